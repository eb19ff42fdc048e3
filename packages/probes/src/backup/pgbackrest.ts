import { z } from 'zod'
import { Unreadable, seen } from '../engine/reading.ts'
import { runBackup } from './program.ts'
import type { Runs } from './program.ts'
import { parsePrinted } from './snapshot.ts'
import type { Job, Look, Snapshot } from './snapshot.ts'

const seconds = z.int().min(0)

/** `pgbackrest info --output=json`; times are seconds since 1970. */
const stanzas = z.array(
  z.object({
    name: z.string(),
    cipher: z.string(),
    status: z.object({ code: z.int() }),
    backup: z.array(
      z.object({
        label: z.string(),
        error: z.boolean().nullish(),
        timestamp: z.object({ start: seconds, stop: seconds }),
        info: z.object({ size: z.int().min(0) }),
        annotation: z.record(z.string(), z.string()).optional(),
      }),
    ),
  }),
)

/** Codes of a stanza: 0 in order, 1 no stanza, 2 no backup; all others mean that it could not be read. */
const readable = [0, 1, 2]

/** Reads a pgBackRest repository, or a report about it. */
export async function lookAtPgbackrest(runs: Runs, report: string | undefined): Promise<Look> {
  const parsed = parsePrinted(stanzas, report ?? (await runBackup('pgbackrest', ['info', '--output=json'], runs)))
  if (parsed.some(({ status }) => !readable.includes(status.code)))
    throw new Unreadable('incomplete', 'pgbackrest could not read every stanza')
  const all = parsed.flatMap(({ name, backup }) => backup.map((one) => ({ name, one })))
  const iso = (at: number) => new Date(at * 1000).toISOString()
  const tenantOf = (annotation: Readonly<Record<string, string>> | undefined) => annotation?.['tenant'] ?? null
  const ciphers = [...new Set(parsed.map(({ cipher }) => cipher))].sort()
  return {
    snapshots: all.map(({ name, one }): Snapshot => ({
      id: one.label,
      source: name,
      tenant: tenantOf(one.annotation),
      at: iso(one.timestamp.stop),
      bytes: one.info.size,
      host: null,
      paths: [],
    })),
    encryption:
      ciphers.length === 0
        ? { read: 'no', why: 'not-configured', detail: 'the repository holds no stanza' }
        : seen({ encrypted: ciphers.every((cipher) => cipher !== 'none'), mode: ciphers.join(', ') }),
    appendOnly: null,
    jobs: all.map(({ name, one }): Job => ({
      source: name,
      tenant: tenantOf(one.annotation),
      at: iso(one.timestamp.start),
      seconds: Math.max(0, one.timestamp.stop - one.timestamp.start),
      // Pages whose checksum was wrong: the backup is there, and so is the damage.
      exit: one.error === true ? 1 : 0,
      bytes: one.info.size,
    })),
  }
}
