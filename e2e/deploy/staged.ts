/*
 * A release as it lies on a server, and programs started in it as an init system or a container engine would: in a mount namespace of their
 * own, with the account, the file systems and the rights that the unit or the Dockerfile says. Root on Linux only.
 */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'

import { buildWeb } from '../../apps/cli/src/serve.ts'
import { repository } from '../../scripts/gate.ts'
import { packRelease } from '../../scripts/release/package.ts'
import { readLock, readShipped } from '../../scripts/release/shipped.ts'

/** Whether this machine lets us make namespaces. */
export const mayStage = process.platform === 'linux' && process.getuid?.() === 0

/** An unpacked release with places for its packages. */
export interface Staged {
  readonly home: string
  /** The folder of the release. */
  readonly release: string
  /** Lines of a shell script that put the packages of the bill of materials, and no others, below a folder. */
  packagesBelow(folder: string): string
  remove(): void
}

/** Packs a release with the workplace of now and unpacks it. */
export async function stage(): Promise<Staged> {
  const home = realpathSync(mkdtempSync(path.join(tmpdir(), 'art32-staged-')))
  // Other accounts pass through to what lies in it.
  chmodSync(home, 0o711)
  await buildWeb()
  const sums = await packRelease(path.join(home, 'packed'))
  const archive = [...sums.keys()].find((name) => name.endsWith('.tar.gz')) ?? ''
  execFileSync('tar', ['-xzf', path.join(home, 'packed', archive), '-C', home])
  const release = path.join(home, archive.replace('.tar.gz', ''))
  const places = readShipped(repository)
    .map(({ place }) => place)
    .filter((place) => !/node_modules\/.*\/node_modules\//.test(place) && isInstalled(place))
  for (const place of places) mkdirSync(path.join(release, place), { recursive: true })
  linkOwn(release)
  mkdirSync(path.join(release, 'node_modules/.bin'))
  symlinkSync(linkOf('node_modules/.bin/node'), path.join(release, 'node_modules/.bin/node'))
  return {
    home,
    release,
    packagesBelow: (folder) =>
      places.map((place) => `mount --bind '${path.join(repository, place)}' '${folder}/${place}'`).join('\n'),
    remove: () => rmSync(home, { recursive: true }),
  }
}

const isInstalled = (place: string): boolean =>
  lstatSync(path.join(repository, place), { throwIfNoEntry: false })?.isDirectory() ?? false

const linkOf = (place: string): string =>
  execFileSync('readlink', [path.join(repository, place)], { encoding: 'utf8' }).trim()

/** Our own packages are links to their folders, as npm makes them. */
function linkOwn(release: string): void {
  for (const [place, one] of Object.entries(readLock(repository))) {
    if (one.link !== true) continue
    mkdirSync(path.dirname(path.join(release, place)), { recursive: true })
    symlinkSync(linkOf(place), path.join(release, place))
  }
}

/** How long a first start may take, with its main job, on a machine that others use as well. */
export const startMs = 120_000

/** A program that runs staged. */
export interface Running {
  readonly printed: readonly string[]
  /** The process that the command line started, as the machine numbers it. */
  readonly pid: number
  readonly url: string
  status(field: string): string
  /** As `systemctl stop` and `docker stop` do: SIGTERM to the one process. @returns its exit status */
  stop(): Promise<number | null>
  kill(): void
}

/** Runs a shell script in a mount namespace of its own; its last line is to `exec` the program. Waits until art32 has printed its link. */
export async function runStaged(script: string): Promise<Running> {
  const child = spawn('unshare', ['--mount', '--propagation', 'private', 'sh', '-c', `set -eu\n${script}`], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] },
  })
  const ended = once(child, 'exit')
  const printed: string[] = []
  child.stderr.on('data', (data) => void printed.push(String(data)))
  // Whoever does not start in this time is not waited for, and is not left behind.
  const patience = setTimeout(() => child.kill('SIGKILL'), startMs * 0.9)
  for await (const line of createInterface(child.stdout)) {
    printed.push(line)
    if (line.includes('/setup#')) break
  }
  clearTimeout(patience)
  const url = printed.map((line) => /workplace\s+(http:\S+?)\/?$/.exec(line)?.[1]).find((found) => found !== undefined)
  const isThere = printed.some((line) => line.includes('/setup#'))
  if (url === undefined || child.pid === undefined || !isThere) {
    child.kill('SIGKILL')
    throw new Error(`it did not start:\n${printed.join('\n')}`)
  }
  const pid = child.pid
  return {
    printed,
    pid,
    url,
    status: (field) =>
      new RegExp(`^${field}:\\s*(.*)$`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '',
    stop: async () => {
      process.kill(pid, 'SIGTERM')
      await ended
      return child.exitCode
    },
    kill: () => void child.kill('SIGKILL'),
  }
}

/** Whose files lie below a folder, and which of them others may read. */
export function ownersBelow(folder: string): { readonly uids: ReadonlySet<number>; readonly open: readonly string[] } {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => path.join(folder, name))
  const seen = files.map((file) => ({ file, stat: lstatSync(file) }))
  return {
    uids: new Set(seen.map(({ stat }) => stat.uid)),
    open: seen.filter(({ stat }) => stat.isFile() && (stat.mode & 0o077) !== 0).map(({ file }) => file),
  }
}
