import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Account } from './account.ts'

/** A socket's path must fit into 104 bytes on macOS and 108 on Linux, with `/.s.PGSQL.5432` and its lock behind the folder. */
const longest = 80
const prefix = 'art32-pg-'

/**
 * Makes the folder of the socket, which only PostgreSQL's account (and root) may enter. Where the path would be too long
 * it is a fresh short one below /run or the temporary folder, and `link` remembers it, so that a later start removes it.
 */
export function makeSocketFolder(link: string, account: Account | null): string {
  removeSocketFolder(link)
  const folder = Buffer.byteLength(link) <= longest ? link : shortFolder()
  if (folder === link) mkdirSync(folder, { mode: 0o700 })
  else symlinkSync(folder, link)
  if (account !== null) chownSync(folder, account.uid, account.gid)
  chmodSync(folder, 0o700)
  return folder
}

/** Removes the folder of the socket, and the short one behind it. */
export function removeSocketFolder(link: string): void {
  const found = lstatSync(link, { throwIfNoEntry: false })
  if (found?.isSymbolicLink() === true) {
    const folder = readlinkSync(link)
    if (basename(folder).startsWith(prefix)) rmSync(folder, { recursive: true, force: true })
  }
  rmSync(link, { recursive: true, force: true })
}

function shortFolder(): string {
  const candidates = process.getuid?.() === 0 ? ['/run', tmpdir(), '/tmp'] : [tmpdir(), '/tmp']
  const base = candidates.find((path) => existsSync(path) && Buffer.byteLength(path) < longest - prefix.length - 7)
  return mkdtempSync(join(base ?? '/tmp', prefix))
}
