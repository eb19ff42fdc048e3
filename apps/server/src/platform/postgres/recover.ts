import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { escapeLiteral } from 'pg'
import type { TarFile } from '../tar.ts'
import { accountFor, giveTo, runsAsRoot } from './account.ts'
import { withClient } from './administration.ts'
import { superuser } from './cluster.ts'
import { foldersName, pieceBegin } from './cluster-archive.ts'
import { postgresErrors } from './errors.ts'
import { lockFolder } from './lock.ts'
import type { PostgresServer } from './server.ts'
import { endLeftoversIn, startPostgres } from './start.ts'

/** A cluster that is to come back as it was at a moment. */
export interface Recovery {
  /** Where the embedded server is to lie. No cluster is there. */
  readonly folder: string
  /** What `copyBase` gave. Throws where it is not what was kept: nothing of it is used then. */
  readonly base: AsyncIterable<TarFile>
  /** Parts of the log, from the first that the base needs to the one with the moment in it. */
  readonly segments: AsyncIterable<{ readonly name: string; readonly bytes: Uint8Array }>
  readonly to: Date
}

/** Whether an embedded server has ever been there. */
export function hasCluster(folder: string): boolean {
  return existsSync(join(folder, 'data'))
}

/** What is being restored lies beside the folder in which it is to be. */
function draftsOf(folder: string): string[] {
  const [above, beginning] = [dirname(folder), `${basename(folder)}.restoring-`]
  if (!existsSync(above)) return []
  return readdirSync(above).flatMap((name) => (name.startsWith(beginning) ? [join(above, name)] : []))
}

/**
 * Refuses to begin a new installation where a restore was killed, or is under way: whoever restores waits for the old one. Beside a
 * cluster that is in its place, what such a restore left is removed.
 *
 * @throws {postgres.half_restored}
 */
export async function refuseHalfRestored(folder: string): Promise<void> {
  const [draft] = draftsOf(folder)
  if (draft === undefined) return
  if (!hasCluster(folder)) throw postgresErrors.half_restored({ folder: draft })
  await removeHalfRestored(folder)
}

/** Removes what a killed restore left, with whatever of PostgreSQL still runs there. */
export async function removeHalfRestored(folder: string): Promise<void> {
  for (const draft of draftsOf(folder)) {
    await endLeftoversIn(draft)
    rmSync(draft, { recursive: true, force: true, maxRetries: 5 })
  }
}

/**
 * Brings a copied cluster forward to a moment, lets the work look at it, and puts it in its place: whole or not at all. The
 * administrator has a new password afterwards. Killed at any moment it leaves no cluster, and the next call begins anew.
 *
 * @param work may change it; what it throws leaves nothing
 * @throws {postgres.exists} a cluster is there
 * @throws {postgres.in_use} another process works in the folder
 * @source PostgreSQL 18, section 25.3.5 (recovering using a continuous archive backup)
 */
export async function recoverPostgres<T>(
  { folder, base, segments, to }: Recovery,
  work: (server: PostgresServer) => Promise<T>,
): Promise<T> {
  if (hasCluster(folder)) throw postgresErrors.exists({ database: folder })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  // Nobody begins a cluster there meanwhile.
  const unlock = lockFolder(join(folder, 'lock'), folder)
  const draft = `${folder}.restoring-${randomBytes(4).toString('hex')}`
  try {
    await removeHalfRestored(folder)
    const [data, log, access] = [join(draft, 'data'), join(draft, 'log'), join(draft, 'log', 'access')]
    mkdirSync(draft, { mode: 0o700 })
    for (const one of [data, log]) mkdirSync(one, { mode: 0o700 })
    // A part that is missing or damaged is told before the whole base was fetched for nothing.
    for await (const { name, bytes } of segments) await writeSparse(join(log, name), bytes)
    await unpackBase(base, data)
    // Nobody else can enter the folder of the socket; the password of then is not known here.
    writeFileSync(access, 'local all all trust\n', { mode: 0o600 })
    writeFileSync(join(data, 'recovery.signal'), '')
    const password = randomBytes(24).toString('base64url')
    writeFileSync(join(draft, 'password'), `${password}\n`, { mode: 0o600, flush: true })
    if (runsAsRoot()) for (const one of [data, log]) giveTo(accountFor(folder, join(folder, 'data')), one)
    const server = await startPostgres({ folder: draft, supervise: false, recovery: { log, to, access } })
    let done: T
    try {
      await withClient(server.url(server.maintenance), (client) =>
        client.query(`alter role ${superuser} password ${escapeLiteral(password)}`),
      )
      done = await work(server)
    } finally {
      await server.stop()
    }
    rmSync(log, { recursive: true })
    if (hasCluster(folder)) throw postgresErrors.exists({ database: folder })
    rmSync(folder, { recursive: true, force: true })
    renameSync(draft, folder)
    return done
  } finally {
    rmSync(draft, { recursive: true, force: true })
    unlock()
    if (!hasCluster(folder)) removeEmpty(folder)
  }
}

/** What only held the lock. */
function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder)
  } catch {
    // Something else lies there, and was there before.
  }
}

/** A path below a folder, of letters, digits and a few signs: whoever made a copy names no other place. */
const pathForm = /^(?!.*(^|\/)\.{1,2}(\/|$))[A-Za-z0-9_.-]+(\/[A-Za-z0-9_.-]+)*$/

async function unpackBase(files: AsyncIterable<TarFile>, data: string): Promise<void> {
  let file: Awaited<ReturnType<typeof open>> | undefined
  try {
    for await (const { name, bytes } of files) {
      if (name === foldersName) {
        for (const folder of foldersOf(bytes)) await mkdir(join(data, folder), { recursive: true, mode: 0o700 })
        continue
      }
      const [, path = '', piece = ''] = /^files\/(.+)\/(\d{6})$/.exec(name) ?? []
      if (!name.startsWith(pieceBegin) || !pathForm.test(path)) throw postgresErrors.not_a_base()
      if (piece === '000001') {
        await file?.close()
        file = await open(join(data, path), 'wx', 0o600)
      }
      await file?.writeFile(bytes)
    }
  } finally {
    await file?.close()
  }
}

function foldersOf(bytes: Uint8Array): string[] {
  const names: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'))
  if (!Array.isArray(names) || !names.every((name) => typeof name === 'string' && pathForm.test(name)))
    throw postgresErrors.not_a_base()
  return names as string[]
}

/** Most parts of the log of a quiet installation are zeros, which need no room on the disk. */
async function writeSparse(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.truncate(bytes.length)
    for (let at = 0; at < bytes.length; at += holeBytes) {
      const piece = bytes.subarray(at, at + holeBytes)
      if (piece.some((byte) => byte !== 0)) await file.write(piece, 0, piece.length, at)
    }
  } finally {
    await file.close()
  }
}

const holeBytes = 65_536
