import { chmodSync, chownSync, mkdirSync } from 'node:fs'
import { open, readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { TarFile } from '../tar.ts'
import type { Account } from './account.ts'
import { withClient } from './administration.ts'
import { isSegment } from './segment-name.ts'

/** A moment up to which the log that is closed holds all. */
export interface LogMoment {
  /** Every change that was committed by then, by the clock of the database, lies in parts up to this one. */
  readonly at: Date
  readonly segment: string
}

/** What came of a copy of all files. */
export interface CopiedBase {
  /** The first part of the log that it needs. */
  readonly from: string
  /** The last part without which it is not whole. */
  readonly until: string
  /** The first moment that it can be brought forward to, by the clock of the database. */
  readonly at: Date
}

/** What a backup of a whole cluster is made of: a copy of its files, and the log since. */
export interface ClusterArchive {
  /** The major version of PostgreSQL, which alone can use it. */
  readonly major: number
  /** Whole parts of the log that nobody took away yet, the first one first. */
  spooled(): Promise<{ readonly name: string; readonly bytes: number }[]>
  readSpooled(name: string): Promise<Buffer>
  removeSpooled(name: string): Promise<void>
  /** The part that is being written. @param url of the administrator */
  current(url: string): Promise<string>
  /** Ends the part that is being written, so that it can be kept. @param url of the administrator */
  endSegment(url: string): Promise<LogMoment>
  /**
   * Copies all files while the server works, in pieces of some MiB that each bear the name of their file and a number. What changes
   * meanwhile stands in the log, from which it is put right.
   *
   * @param url of the administrator
   * @param ended told when the last byte was read
   * @source PostgreSQL 18, section 25.3.4 (base backup using the low level API)
   */
  copyBase(url: string, ended: (base: CopiedBase) => void): AsyncGenerator<TarFile>
}

/** Pieces of a file travel in this size. Bytes. */
const pieceBytes = 4 * 1_048_576

/** What begins a copy: the folders, which have no content of their own where they are empty. */
export const foldersName = 'folders.json'

/** Begins the name of a piece of a file. */
export const pieceBegin = 'files/'

/** Makes the folder into which PostgreSQL copies parts of its log. */
export function makeSpoolFolder(folder: string, account: Account | null): string {
  const spool = join(folder, 'archive')
  mkdirSync(spool, { recursive: true, mode: 0o700 })
  chmodSync(spool, 0o700)
  if (account !== null) chownSync(spool, account.uid, account.gid)
  return spool
}

/** Opens what can be kept of a running cluster. */
export function openClusterArchive({
  spool,
  data,
  major,
}: {
  readonly spool: string
  readonly data: string
  readonly major: number
}): ClusterArchive {
  return {
    major,
    async spooled() {
      const names = await readdir(spool)
      // Notes on histories and on backups are not needed: a line of ours has one timeline, and notes of its own.
      for (const name of names) if (/\.(history|backup)$/.test(name)) await rm(join(spool, name), { force: true })
      const found = names.filter(isSegment).toSorted()
      return await Promise.all(found.map(async (name) => ({ name, bytes: (await stat(join(spool, name))).size })))
    },
    readSpooled: (name) => readFile(join(spool, name)),
    removeSpooled: (name) => rm(join(spool, name), { force: true }),
    current: (url) =>
      withClient(url, async (client) => {
        const { rows } = await client.query<{ name: string }>(
          'select pg_walfile_name(pg_current_wal_insert_lsn()) as name',
        )
        return rows[0]?.name ?? ''
      }),
    endSegment: (url) =>
      withClient(url, async (client) => {
        const { rows: clock } = await client.query<{ at: Date }>('select clock_timestamp() as at')
        // A commit after that moment: where none follows, PostgreSQL cannot tell that it has come to it.
        await client.query(`select pg_logical_emit_message(true, 'art32', 'moment')`)
        const { rows } = await client.query<{ name: string }>('select pg_walfile_name(pg_switch_wal()) as name')
        return { at: clock[0]?.at ?? new Date(0), segment: rows[0]?.name ?? '' }
      }),
    copyBase: (url, ended) => copyBase(data, url, ended),
  }
}

async function* copyBase(data: string, url: string, ended: (base: CopiedBase) => void): AsyncGenerator<TarFile> {
  const { client, end } = await connected(url)
  try {
    const { rows: begun } = await client.query<{ name: string }>(
      `select pg_walfile_name(pg_backup_start('art32', true)) as name`,
    )
    const { folders, files } = await listFiles(data)
    yield { name: foldersName, bytes: Buffer.from(JSON.stringify(folders)) }
    // It says from where the log is read: it has to be the last that is copied.
    for (const name of [...files.filter((one) => one !== controlFile), controlFile]) yield* piecesOf(data, name)
    const { rows } = await client.query<{ label: string; until: string }>(
      'select labelfile as label, pg_walfile_name(lsn) as until from pg_backup_stop(false)',
    )
    const { rows: clock } = await client.query<{ at: Date }>('select clock_timestamp() as at')
    yield { name: `${pieceBegin}backup_label/000001`, bytes: Buffer.from(rows[0]?.label ?? '') }
    ended({ from: begun[0]?.name ?? '', until: rows[0]?.until ?? '', at: clock[0]?.at ?? new Date(0) })
  } finally {
    await end()
  }
}

/** A connection that lasts as long as the copy: with it ends the backup. */
async function connected(url: string) {
  const done = Promise.withResolvers<undefined>()
  const opened = Promise.withResolvers<Parameters<Parameters<typeof withClient>[1]>[0]>()
  const over = withClient(url, async (client) => {
    opened.resolve(client)
    await done.promise
  })
  over.catch((error: unknown) => opened.reject(error))
  const client = await opened.promise
  await client.query(`set statement_timeout = 0`)
  return {
    client,
    end: async () => {
      done.resolve(undefined)
      await over.catch(() => undefined)
    },
  }
}

const controlFile = 'global/pg_control'

/** Folders whose content is of the running server alone. */
const emptied = [
  'pg_wal',
  'pg_replslot',
  'pg_dynshmem',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
]

/** Files that belong to the running server alone, or that it makes anew. */
const notCopied =
  /^(postmaster\.(pid|opts)|backup_label(\.old)?|tablespace_map(\.old)?|backup_manifest|current_logfiles(\.tmp)?|postgresql\.auto\.conf\.tmp)$|(^|\/)(pg_internal\.init[^/]*|pgsql_tmp[^/]*)(\/|$)/

async function listFiles(data: string): Promise<{ folders: string[]; files: string[] }> {
  const folders = ['pg_wal/archive_status', 'pg_wal/summaries']
  const files: string[] = []
  const look = async (below: string): Promise<void> => {
    const entries = await readdir(join(data, below), { withFileTypes: true }).catch((error: unknown) => {
      // A database that was dropped meanwhile.
      if (isMissing(error)) return []
      throw error
    })
    for (const entry of entries) {
      const name = below === '' ? entry.name : `${below}/${entry.name}`
      if (notCopied.test(name)) continue
      if (entry.isFile()) files.push(name)
      if (!entry.isDirectory()) continue
      folders.push(name)
      if (!emptied.includes(name)) await look(name)
    }
  }
  await look('')
  return { folders: folders.toSorted(), files: files.toSorted() }
}

async function* piecesOf(data: string, name: string): AsyncGenerator<TarFile> {
  let file
  try {
    file = await open(join(data, name), 'r')
  } catch (error) {
    // Dropped or cut since it was listed: the log says so, too.
    if (isMissing(error) && name !== controlFile) return
    throw error
  }
  try {
    // Most files are small; what grows meanwhile is read as far as it was, and the rest comes from the log.
    const { size } = await file.stat()
    for (let piece = 1, at = 0; piece === 1 || at < size; piece++) {
      const wanted = Math.min(pieceBytes, size - at)
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(wanted), 0, wanted, at)
      if (bytesRead === 0 && piece > 1) return
      yield { name: `${pieceBegin}${name}/${String(piece).padStart(6, '0')}`, bytes: buffer.subarray(0, bytesRead) }
      at += bytesRead
    }
  } finally {
    await file.close()
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
