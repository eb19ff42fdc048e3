import { open } from 'node:fs/promises'
import { z } from 'zod'
import { Unreadable, errorCode } from '../engine/reading.ts'
import { instant, parsePrinted } from './snapshot.ts'
import type { Job } from './snapshot.ts'

const line = z.object({
  job: z.enum(['backup', 'check']),
  at: instant,
  exit: z.int(),
  source: z.string().min(1).nullish(),
  tenant: z.string().min(1).nullish(),
  seconds: z.number().min(0).nullish(),
  bytes: z.int().min(0).nullish(),
})

/** Runs that were written down where they happen. */
export type JobLog = { readonly backups: readonly Job[]; readonly checks: readonly { at: string; exit: number }[] }

/** What is read from the end of the file: weeks of a thousand lines a day. */
const tailBytes = 4_194_304

/** Reads the end of a log of runs. A line is whole only when it has ended: the last one may be being written. */
export async function readJobLog(path: string): Promise<JobLog> {
  const text = await tailOf(path)
  const lines = text
    .split('\n')
    .slice(0, -1)
    .filter((one) => one.trim() !== '')
    .map((one) => parsePrinted(line, one))
  return {
    backups: lines
      .filter(({ job }) => job === 'backup')
      .map((one) => {
        if (one.source === undefined || one.source === null)
          throw new Unreadable('contract', 'a backup in the log of runs names no source')
        const { source, at, exit } = one
        return { source, at, exit, tenant: one.tenant ?? null, seconds: one.seconds ?? null, bytes: one.bytes ?? null }
      }),
    checks: lines.filter(({ job }) => job === 'check').map(({ at, exit }) => ({ at, exit })),
  }
}

async function tailOf(path: string): Promise<string> {
  const file = await open(path, 'r').catch((error: unknown) => {
    if (errorCode(error) !== 'ENOENT') throw error
    throw new Unreadable('not-configured', 'the log of runs does not exist', { needs: 'jobLog' })
  })
  try {
    const { size } = await file.stat()
    const from = Math.max(0, size - tailBytes)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from)
    const text = buffer.subarray(0, bytesRead).toString('utf8')
    return from === 0 ? text : text.slice(text.indexOf('\n') + 1)
  } finally {
    await file.close()
  }
}
