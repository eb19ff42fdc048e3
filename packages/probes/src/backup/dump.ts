import { open, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { Unreadable, errorCode, seen } from '../engine/reading.ts'
import { bySeries, instant, parsePrinted } from './snapshot.ts'
import type { Job, Look, Snapshot } from './snapshot.ts'

/** One line of `manifest.jsonl`, written by the script that makes the dumps. */
const line = z.object({
  file: z.string().regex(/^[^/\0]+$/),
  database: z.string().min(1),
  tenant: z.string().min(1).nullish(),
  startedAt: instant,
  finishedAt: instant,
  exit: z.int(),
})

/** Reads a folder of dumps with its manifest. What counts is the file that lies there, not what the manifest says of it. */
export async function lookAtDumps(folder: string): Promise<Look> {
  const text = await readFile(join(folder, 'manifest.jsonl'), 'utf8').catch((error: unknown) => {
    if (errorCode(error) !== 'ENOENT') throw error
    throw new Unreadable('not-configured', 'the folder holds no manifest.jsonl', { needs: 'manifest.jsonl' })
  })
  const entries = text
    .split('\n')
    .filter((one) => one.trim() !== '')
    .map((one) => parsePrinted(line, one))
  const sized = await Promise.all(entries.map(async (one) => ({ ...one, bytes: await sizeOf(join(folder, one.file)) })))
  const asJob = (one: (typeof sized)[number]): Job => ({
    source: one.database,
    tenant: one.tenant ?? null,
    at: one.startedAt,
    seconds: Math.max(0, (Date.parse(one.finishedAt) - Date.parse(one.startedAt)) / 1000),
    exit: one.exit,
    bytes: one.bytes,
  })
  const snapshots = sized
    // The last runs decide, and old dumps are deleted on purpose: a file that is gone is no backup.
    .filter(({ exit, bytes }) => exit === 0 && bytes !== null)
    .map((one): Snapshot => ({
      id: one.file,
      source: one.database,
      tenant: one.tenant ?? null,
      at: one.finishedAt,
      bytes: one.bytes,
      host: null,
      paths: [],
    }))
  return {
    snapshots,
    encryption: await encryptionOf(folder, snapshots),
    appendOnly: null,
    jobs: sized.map(asJob),
  }
}

/** The size of a file, or null where it is gone. */
async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null
    throw error
  }
}

/** Every newest dump has to be encrypted; the worst form is named. */
async function encryptionOf(folder: string, snapshots: readonly Snapshot[]): Promise<Look['encryption']> {
  const newest = bySeries(snapshots).flatMap((series) => series.slice(0, 1))
  const forms = await Promise.all(newest.map(({ id }) => formOf(join(folder, id))))
  if (forms.length === 0) return { read: 'no', why: 'not-configured', detail: 'the folder holds no dump' }
  const plain = forms.find((form) => form === 'plain')
  return seen({ encrypted: plain === undefined, mode: plain ?? [...new Set(forms)].sort().join(', ') })
}

/** How encrypted files begin: age, OpenPGP (armoured or a packet of an encrypted session key), openssl enc. */
export function formOfStart(start: Buffer): 'age' | 'OpenPGP' | 'openssl' | 'plain' {
  const text = start.toString('latin1')
  if (text.startsWith('age-encryption.org/') || text.startsWith('-----BEGIN AGE ENCRYPTED')) return 'age'
  if (text.startsWith('-----BEGIN PGP MESSAGE')) return 'OpenPGP'
  if (text.startsWith('Salted__')) return 'openssl'
  return isSessionKeyPacket(start) ? 'OpenPGP' : 'plain'
}

/** A packet with tag 1 (public key) or 3 (password), in the old or new format, and its version. */
function isSessionKeyPacket(start: Buffer): boolean {
  const [first = 0, second = 0] = start
  if ((first & 0xc0) === 0xc0) {
    const tag = first & 0x3f
    const at = second < 192 ? 2 : second < 224 ? 3 : 6
    return hasVersion(tag, start[at])
  }
  if ((first & 0x80) === 0) return false
  return hasVersion((first & 0x3c) >> 2, start[1 + 2 ** (first & 0x03)])
}

const hasVersion = (tag: number, version: number | undefined) =>
  (tag === 1 && (version === 3 || version === 6)) || (tag === 3 && (version === 4 || version === 5 || version === 6))

async function formOf(path: string): Promise<ReturnType<typeof formOfStart>> {
  const file = await open(path, 'r')
  try {
    const start = Buffer.alloc(64)
    const { bytesRead } = await file.read(start, 0, start.length, 0)
    return formOfStart(start.subarray(0, bytesRead))
  } finally {
    await file.close()
  }
}
