import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs'
import { text } from 'node:stream/consumers'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import { join } from 'node:path'
import { type Account, giveTo, nobody } from './account.ts'
import { postgresErrors } from './errors.ts'
import { spawnGuarded } from './guarded.ts'
import type { Program } from './program.ts'

/** The one administrative role of an embedded server. */
export const superuser = 'art32_admin'

/** A fresh cluster takes about 40 MB; with its first write-ahead log and our databases it needs some room to live. */
const neededToInitialise = 250
const neededToStart = 40

const draftPrefix = 'initialising-'

interface ClusterOptions {
  readonly folder: string
  readonly program: Program
  readonly account: Account | null
  readonly durable: boolean
}

/**
 * Makes sure that `<folder>/data` is a cluster of our version, and returns the password of its superuser. `initdb` runs
 * in a draft folder that is renamed when whole, so that a start interrupted at any moment leaves nothing half made.
 */
export async function ensureCluster(options: ClusterOptions): Promise<{ password: string; initialised: boolean }> {
  const { folder, program } = options
  const data = join(folder, 'data')
  const passwordFile = join(folder, 'password')
  for (const entry of readdirSync(folder)) {
    if (entry.startsWith(draftPrefix)) rmSync(join(folder, entry), { recursive: true, force: true })
  }
  if (existsSync(data)) {
    requireVersion(data, program)
    requireSpace(folder, neededToStart)
    if (!existsSync(passwordFile)) throw postgresErrors.no_password({ file: passwordFile })
    return { password: readFileSync(passwordFile, 'utf8').trim(), initialised: false }
  }
  requireSpace(folder, neededToInitialise)
  const password = randomBytes(24).toString('base64url')
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600, flush: true })
  await initialise(options, data, password)
  return { password, initialised: true }
}

async function initialise(
  { folder, program, account, durable }: ClusterOptions,
  data: string,
  password: string,
): Promise<void> {
  const draft = mkdtempSync(join(folder, draftPrefix))
  const passwordFile = join(draft, 'password')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  const runner = account === null ? null : nobody
  if (runner !== null) for (const path of [draft, passwordFile]) chownSync(path, runner.uid, runner.gid)
  const child = spawnGuarded({
    command: join(program.bin, 'initdb'),
    arguments: [
      `--pgdata=${join(draft, 'data')}`,
      `--username=${superuser}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--locale=C.UTF-8',
      '--no-instructions',
      ...(durable ? [] : ['--no-sync']),
    ],
    cwd: draft,
    environment: { LD_LIBRARY_PATH: program.libraries },
    account: runner,
    output: 'pipe',
  })
  const said = Promise.all([child.stdout, child.stderr].map((stream) => text(stream ?? Readable.from([]))))
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) {
    const lines = (await said).join('\n').split('\n')
    rmSync(draft, { recursive: true, force: true })
    throw explain(lines, folder) ?? postgresErrors.not_initialised({ folder, detail: lastLine(lines) })
  }
  rmSync(passwordFile)
  writeFileSync(join(draft, 'data', 'pg_hba.conf'), 'local all all scram-sha-256\n')
  if (account !== null) giveTo(account, join(draft, 'data'))
  chmodSync(join(draft, 'data'), 0o700)
  renameSync(join(draft, 'data'), data)
  if (durable) syncFolder(folder)
  rmSync(draft, { recursive: true })
}

/** What PostgreSQL's own lines mean to somebody who can do something about it; null when they mean nothing special. */
export function explain(lines: readonly string[], folder: string): Error | null {
  const all = lines.join('\n')
  if (all.includes('No space left on device')) {
    return postgresErrors.no_space({ folder, free: freeMegabytes(folder), needed: neededToStart })
  }
  if (/Permission denied|Read-only file system/.test(all)) return postgresErrors.not_writable({ folder })
  return null
}

/** The last line that says what is wrong, else the last line. */
export function lastLine(lines: readonly string[]): string {
  const spoken = lines.map((line) => line.trim()).filter((line) => line !== '')
  return spoken.findLast((line) => /FATAL|PANIC|error:/.test(line)) ?? spoken.at(-1) ?? 'it said nothing'
}

function requireVersion(data: string, program: Program): void {
  const file = join(data, 'PG_VERSION')
  const found = existsSync(file) ? readFileSync(file, 'utf8').trim() : 'an unknown version'
  if (found !== String(program.major)) {
    throw postgresErrors.other_version({ folder: data, found, wanted: program.major })
  }
}

function requireSpace(folder: string, needed: number): void {
  const free = freeMegabytes(folder)
  if (free < needed) throw postgresErrors.no_space({ folder, free, needed })
}

function freeMegabytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return Math.floor((bavail * bsize) / 1_000_000)
}

function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r')
  fsyncSync(descriptor)
  closeSync(descriptor)
}
