import { z } from 'zod'
import { Unreadable } from '../engine/reading.ts'
import { environmentOf } from '../backup/program.ts'
import { instant, parsePrinted } from '../backup/snapshot.ts'
import { Fault } from './fault.ts'
import type { Backup } from './plan.ts'
import { runTool } from './program.ts'
import type { Tools } from './program.ts'

/** What a repository gave back. */
export type Restored = { readonly name: string; readonly at: Date | null }

/** Until a repository has said what is in it. Milliseconds. */
const listingMs = 120_000

const snapshots = z.array(
  z.object({ id: z.string(), time: instant, hostname: z.string(), tags: z.array(z.string()).nullish() }),
)

type Restic = Extract<Backup, { kind: 'restic' }>
type Borg = Extract<Backup, { kind: 'borg' }>

/** Restores the newest snapshot that fits. Nothing is written to the repository. */
export async function restoreRestic(backup: Restic, into: string, tools: Tools): Promise<Restored> {
  const { repository, password, passwordFile, account, accountKey, host, tag, include } = backup
  const { RESTIC_PASSWORD: given = '', ...rest } = environmentOf({
    ...bare,
    kind: 'restic',
    repository,
    ...(password === undefined ? {} : { password }),
    ...(account === undefined ? {} : { account }),
    ...(accountKey === undefined ? {} : { accountKey }),
  })
  const env = {
    ...rest,
    ...(passwordFile === undefined ? { RESTIC_PASSWORD: given } : { RESTIC_PASSWORD_FILE: passwordFile }),
  }
  const common = ['--no-lock', '--no-cache', '--quiet']
  const listed = await runTool('restic', ['snapshots', '--json', ...common], tools, { env, timeoutMs: listingMs })
  if (listed.status !== 0) throw complaint('restic', listed.stderr, 'listing')
  const [newest] = parsePrinted(snapshots, listed.stdout)
    .filter(
      (one) => (host === undefined || one.hostname === host) && (tag === undefined || one.tags?.includes(tag) === true),
    )
    .toSorted((a, b) => (a.time < b.time ? 1 : -1))
  if (newest === undefined) throw new Fault('missing', 'no snapshot fits the plan')
  const wanted = include.flatMap((path) => ['--include', path])
  const done = await runTool('restic', ['restore', newest.id, '--target', into, ...common, ...wanted], tools, { env })
  if (done.status !== 0) throw complaint('restic', done.stderr, newest.id.slice(0, 8))
  return { name: newest.id.slice(0, 8), at: new Date(newest.time) }
}

const archives = z.object({ archives: z.array(z.object({ name: z.string(), start: instant })) })

/** Restores the newest archive that fits. Nothing is written to the repository. */
export async function restoreBorg(backup: Borg, into: string, tools: Tools): Promise<Restored> {
  const { repository, password, prefix, include } = backup
  const env = {
    ...environmentOf({ ...bare, kind: 'borg', repository, ...(password === undefined ? {} : { password }) }),
    BORG_CACHE_DIR: tools.folder.folder('borg-cache'),
    BORG_SECURITY_DIR: tools.folder.folder('borg-security'),
  }
  const listed = await runTool('borg', ['list', '--json', '--bypass-lock'], tools, { env, timeoutMs: listingMs })
  if (listed.status > 1) throw complaint('borg', listed.stderr, 'listing')
  const [newest] = parsePrinted(archives, listed.stdout)
    .archives.filter(({ name }) => prefix === undefined || name.startsWith(prefix))
    .toSorted((a, b) => (a.start < b.start ? 1 : -1))
  if (newest === undefined) throw new Fault('missing', 'no archive fits the plan')
  const wanted = include.map((path) => `pp:${path}`)
  const done = await runTool('borg', ['extract', '--bypass-lock', `::${newest.name}`, ...wanted], tools, {
    env,
    cwd: into,
  })
  // 1 is a warning, as for a path that matched nothing or a file that could not be written whole.
  if (done.status !== 0) throw complaint('borg', done.stderr, newest.name)
  return { name: newest.name, at: new Date(newest.start) }
}

/** What a connection of the same program has and a plan has not. */
const bare = { sources: ['-'], tenants: [], configuration: [] }

/** What restic, borg and pgBackRest say, by the complaints that they are known for. */
const complaints: readonly (readonly [RegExp, (place: string, heard: string) => Error])[] = [
  [
    /wrong password|no key found|passphrase supplied|passphrase .*incorrect|key file .* not found|unable to decrypt|cipher|unable to flush/i,
    (place, heard) => new Fault('wrong-key', place, { heard }),
  ],
  [/no space left|disk full/i, (place, heard) => new Fault('disk-full', place, { heard })],
  [
    /no such host|connection refused|timed? ?out|network is unreachable|could not resolve|connection closed|hostconnecterror/i,
    () => new Unreadable('unreachable', 'the repository cannot be reached'),
  ],
  [
    /access ?denied|forbidden|unauthorized|\b40[13]\b|invalidaccesskey|publickey|permission denied/i,
    () => new Unreadable('denied', 'the repository refused access'),
  ],
  [
    /is there a repository|unable to open config|repository .* does not exist|not a valid repository|unable to find a valid repository|config file .* does not exist/i,
    () => new Unreadable('not-configured', 'there is no such repository at this place'),
  ],
  [
    /no prior backup exists|no backup set|no backups? (?:found|to restore)|unable to find backup/i,
    (place, heard) => new Fault('missing', place, { heard }),
  ],
]

/** What went wrong with a repository: the backup is at fault, or it could not be looked at. */
export function complaint(program: string, said: string, place: string): Error {
  const heard = said.trim().split('\n').slice(0, 4).join(' ')
  const known = complaints.find(([pattern]) => pattern.test(said))
  const where = `${program}, ${place}`
  return known?.[1](where, heard) ?? new Fault('damaged', where, { heard })
}
