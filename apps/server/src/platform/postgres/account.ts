import { createHash } from 'node:crypto'
import { chmodSync, chownSync, lchownSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { postgresErrors } from './errors.ts'

/** The numeric account PostgreSQL runs under when art32 runs as root: PostgreSQL refuses to be root itself. */
export interface Account {
  readonly uid: number
  readonly gid: number
}

/** `initdb` looks its account up in the passwd file; 65534 (nobody) is in every one. It owns the files for that second only. */
export const nobody: Account = { uid: 65_534, gid: 65_534 }

/** Where root's data folders lie by default: these are ours to open for the account of PostgreSQL. */
const rootHome = '/var/lib/art32'

/** Whether PostgreSQL needs an account of its own. */
export const runsAsRoot = (): boolean => process.getuid?.() === 0

/**
 * The account of a data folder: the owner of its data, or a number of its own for new ones. 60578 to 61183 belong to
 * nobody on systemd and Debian systems (systemd, "Users, Groups, UIDs and GIDs") and exist inside user namespaces.
 */
export function accountFor(folder: string, data: string): Account {
  const owner = statSync(data, { throwIfNoEntry: false })
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  const id = 60_578 + (createHash('sha256').update(folder).digest().readUInt32BE(0) % 606)
  return { uid: id, gid: id }
}

/** Gives a folder and all below it to an account. */
export function giveTo(account: Account, folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    lchownSync(join(folder, entry), account.uid, account.gid)
  }
  chownSync(folder, account.uid, account.gid)
}

/**
 * Lets another account pass through to the folder (pass, not list). Only folders of art32 itself are opened: the folder,
 * the data folder it lies in, and those below /var/lib/art32.
 *
 * @throws {postgres.not_enterable} naming the folder above that would have to be opened
 */
export function makeEnterable(folder: string): void {
  const own = new Set([folder, dirname(folder)])
  for (let at = resolve(folder); at !== dirname(at); at = dirname(at)) {
    const { mode } = statSync(at)
    if ((mode & 0o001) !== 0) continue
    if (!own.has(at) && at !== rootHome && !at.startsWith(`${rootHome}/`))
      throw postgresErrors.not_enterable({ folder: at })
    chmodSync(at, (mode & 0o7777) | 0o001)
  }
}
