import { createReadStream } from 'node:fs'
import { lstat, open } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import { copyIn, execute } from '@art32/shield/database'
import type { Filling } from '@art32/shield/database'
import { Client } from 'pg'
import { Unreadable, errorCode } from '../engine/reading.ts'
import { Fault } from './fault.ts'
import { runTool } from './program.ts'
import type { Tools } from './program.ts'
import { readScript } from './sql-script.ts'

/** How a dump is written, by what it begins with. */
type Form = 'plain' | 'archive'

/** Restores a dump of pg_dump. @param url of the scratch database, as its own role */
export async function restoreDump(path: string, url: string, tools: Tools): Promise<void> {
  if ((await formOf(path)) === 'archive') await restoreArchive(path, url, tools)
  else await restoreScript(path, url, tools)
}

/** @throws {Fault} `empty` */
async function formOf(path: string): Promise<Form> {
  const found = await lstat(path)
  if (found.isDirectory()) {
    const toc = await lstat(join(path, 'toc.dat')).catch(() => undefined)
    if (toc === undefined) throw new Fault('damaged', 'the folder holds no toc.dat of pg_dump')
    return 'archive'
  }
  if (found.size === 0) throw new Fault('empty', 'the file has no bytes')
  const start = await beginOf(path)
  if (start.startsWith('PGDMP')) return 'archive'
  // An archive of tar begins with the table of contents.
  if (!start.startsWith('toc.dat\0')) return 'plain'
  // Of one that is cut off, pg_restore may complain about half a row alone.
  if (!(await endsAsTar(path, found.size))) throw new Fault('truncated', 'the archive of tar has no end')
  return 'archive'
}

/** Two blocks of zeros end it. */
async function endsAsTar(path: string, size: number): Promise<boolean> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(1_024), 0, 1_024, Math.max(0, size - 1_024))
    return bytesRead === 1_024 && buffer.every((byte) => byte === 0)
  } finally {
    await file.close()
  }
}

async function beginOf(path: string): Promise<string> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(16), 0, 16, 0)
    return buffer.subarray(0, bytesRead).toString('latin1')
  } finally {
    await file.close()
  }
}

/** The bytes of a file, unpacked where they are packed by gzip or Zstandard. */
export async function unpacked(path: string): Promise<Readable> {
  const start = await beginOf(path)
  const file = createReadStream(path, { highWaterMark: 262_144 })
  const unpack = start.startsWith('\x1f\x8b')
    ? createGunzip()
    : start.startsWith('\x28\xb5\x2f\xfd')
      ? createZstdDecompress()
      : undefined
  if (unpack === undefined) return file
  file.on('error', (error) => unpack.destroy(error))
  unpack.on('close', () => file.destroy())
  return file.pipe(unpack)
}

/** What of a packed file says that it is cut off or damaged. @returns undefined: something else went wrong */
export function packedFault(error: unknown): Fault | undefined {
  const code = errorCode(error)
  if (code === 'Z_BUF_ERROR' || code === 'ZSTD_error_srcSize_wrong')
    return new Fault('truncated', 'the packed file ends too early', { cause: error })
  if (/^(?:Z_|ZSTD_)/.test(code)) return new Fault('damaged', 'the packed file cannot be unpacked', { cause: error })
  return undefined
}

/** What an administrator does, or what names roles that are not here: owners, rights, replication. */
const ofOthers =
  /^(?:grant|revoke|security\s+label|alter\s+default\s+privileges|comment\s+on\s+(?:extension|publication|subscription|event\s+trigger)|(?:create|alter|drop)\s+(?:publication|subscription|event\s+trigger)|set\s+session\s+authorization|set\s+role)\b|^alter\s[\s\S]*\sowner\s+to\s+\S+$/i

const setting = /^(?:set\s|select\s+pg_catalog\.set_config\()/i
const extension = /^create\s+extension\b/i

async function restoreScript(path: string, url: string, { signal }: Tools): Promise<void> {
  const client = await connect(url)
  const stop = () => void client.end().catch(() => undefined)
  signal.addEventListener('abort', stop, { once: true })
  const source = await unpacked(path)
  let line = 1
  try {
    let filling: Filling | undefined
    for await (const piece of readScript(source)) {
      signal.throwIfAborted()
      if (piece.kind === 'rows') await filling?.write(piece.bytes)
      else if (piece.kind === 'end') {
        await filling?.finish()
        filling = undefined
      } else {
        line = piece.line
        if (piece.kind === 'copy') filling = await copyIn(client, piece.sql)
        else await runStatement(client, piece.sql)
      }
    }
  } catch (error) {
    signal.throwIfAborted()
    throw packedFault(error) ?? refusalOf(error, `line ${line}`)
  } finally {
    signal.removeEventListener('abort', stop)
    source.destroy()
    await client.end().catch(() => undefined)
  }
}

async function runStatement(client: Client, sql: string): Promise<void> {
  if (ofOthers.test(sql)) return
  try {
    await execute(client, sql)
  } catch (error) {
    const code = errorCode(error)
    // A newer pg_dump sets what an older server does not know.
    if (code === '42704' && setting.test(sql)) return
    if (extension.test(sql) && /^(?:42501|0A000|58P01|22023)$/.test(code))
      throw new Unreadable(
        'not-configured',
        'the scratch server lacks an extension of the dump, or only an administrator may make it',
        {
          needs: 'scratch.extensions',
          cause: error,
        },
      )
    throw error
  }
}

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url, application_name: 'art32 drill', connectionTimeoutMillis: 15_000 })
  client.on('error', () => undefined)
  await client.connect()
  return client
}

/** An error of the server, with its code; its words may quote rows and are only for whoever watches. */
function refusalOf(error: unknown, place: string): unknown {
  if (error instanceof Fault || error instanceof Unreadable) return error
  const code = errorCode(error)
  const heard = error instanceof Error ? error.message : undefined
  const more = { cause: error, ...(heard === undefined ? {} : { heard }) }
  if (code === '53100') return new Fault('disk-full', place, more)
  if (
    /^(?:08|53|57P|58)/.test(code) ||
    code === 'ECONNRESET' ||
    /connection (?:ended|terminated)|not queryable/i.test(heard ?? '')
  )
    return new Unreadable('unreachable', `the scratch server ended the connection (${code || 'no code'})`, {
      cause: error,
    })
  if (/^[0-9A-Z]{5}$/.test(code)) return new Fault('refused', `${place}, SQLSTATE ${code}`, more)
  return error
}

const restoring = [
  '--exit-on-error',
  '--no-owner',
  '--no-privileges',
  '--no-comments',
  '--no-publications',
  '--no-subscriptions',
  '--no-security-labels',
] as const

async function restoreArchive(path: string, url: string, tools: Tools): Promise<void> {
  const { status, stderr } = await runTool('pg_restore', [...restoring, '--dbname', nameIn(url), path], tools, {
    env: connectionOf(url),
  })
  if (status === 0) return
  throw complaintOfRestore(stderr)
}

const nameIn = (url: string) => decodeURIComponent(new URL(url).pathname.slice(1))

/** For programs of PostgreSQL: command lines are seen by every user of a machine. */
function connectionOf(url: string): Record<string, string> {
  const address = new URL(url)
  return {
    PGHOST: address.searchParams.get('host') ?? address.hostname.replace(/^\[|\]$/g, ''),
    PGPORT: address.port === '' ? '5432' : address.port,
    PGUSER: decodeURIComponent(address.username),
    PGPASSWORD: decodeURIComponent(address.password),
    PGSSLMODE: address.searchParams.get('sslmode') ?? 'prefer',
    PGAPPNAME: 'art32 drill',
  }
}

/** What pg_restore says, by the complaints that it is known for. */
function complaintOfRestore(said: string): Error {
  const heard = said.trim().split('\n').slice(0, 4).join(' ')
  const entry = /from TOC entry [^;]*; \d+ \d+ ([A-Z ]+[^\n]{0,120})/.exec(said)?.[1]
  const place = entry === undefined ? 'pg_restore' : `pg_restore, ${entry}`
  if (/unsupported version/i.test(said))
    return new Unreadable('not-configured', 'pg_restore here is older than the pg_dump that made the dump')
  if (/extension .*(?:is not available|control file)|permission denied to create extension/i.test(said))
    return new Unreadable(
      'not-configured',
      'the scratch server lacks an extension of the dump, or only an administrator may make it',
      { needs: 'scratch.extensions' },
    )
  if (/no space left|could not extend file|disk full/i.test(said)) return new Fault('disk-full', place, { heard })
  if (/end of file|could not read (?:from )?input file|unexpected end|unexpected EOF|could not seek/i.test(said))
    return new Fault('truncated', place, { heard })
  if (
    /could not (?:open|find|uncompress)|valid archive|magic string|corrupt|incomplete|checksum|inflate|compressed/i.test(
      said,
    )
  )
    return new Fault('damaged', place, { heard })
  if (/connection to server|server closed the connection|terminating connection/i.test(said))
    return new Unreadable('unreachable', 'the scratch server ended the connection')
  return new Fault('refused', place, { heard })
}
