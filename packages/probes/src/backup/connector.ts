import { readFile, stat } from 'node:fs/promises'
import type { Connector, Context } from '../engine/connector.ts'
import { addressOf } from '../engine/network.ts'
import { Unreadable, errorCode, reasonOf, seen, unseen } from '../engine/reading.ts'
import type { Groups, Seen } from '../engine/reading.ts'
import { lookAtBorg } from './borg.ts'
import { lookAtDumps } from './dump.ts'
import { backupFacts } from './facts.ts'
import type { BackupFacts } from './facts.ts'
import { readJobLog } from './job-log.ts'
import type { JobLog } from './job-log.ts'
import { lookAtPgbackrest } from './pgbackrest.ts'
import { machineOf, placeOf } from './place.ts'
import type { Place } from './place.ts'
import { environmentOf } from './program.ts'
import { lookAtRestic } from './restic.ts'
import { backupSettings } from './settings.ts'
import type { BackupSettings } from './settings.ts'
import { bySeries } from './snapshot.ts'
import type { Job, Look } from './snapshot.ts'

/** How many sizes and runs of one source and tenant are kept. */
const kept = { sizes: 12, runs: 40, checks: 10 } as const

/** A report that is older than this tells of the past. */
const reportHours = 26

/** Looks at a repository of backups with the program that wrote it, which is asked to read only. */
export const backup = {
  id: 'backup',
  title: { en: 'Backups', de: 'Datensicherungen' },
  about: {
    en: 'A repository of restic, borg or pgBackRest, or a folder of dumps with a manifest: what is backed up, when, how large, where, and how it is protected.',
    de: 'Ein Sicherungsspeicher von restic, borg oder pgBackRest oder ein Ordner mit Dumps und Manifest: was wann gesichert ist, wie groß, wo und wie geschützt.',
  },
  settings: backupSettings,
  facts: backupFacts,
  history: {
    volatile: ['snapshots.newest', 'sizes.bytes', 'jobs.runs', 'verified', 'configuration.newest'],
    named: { snapshots: ['source', 'tenant'], sizes: ['source', 'tenant'], jobs: ['source', 'tenant'] },
  },
  needs: [
    {
      privilege: 'read access to the repository',
      reason: {
        en: 'Backups are listed without a lock and nothing is written; at a store, a key that may only list and read suffices.',
        de: 'Sicherungen werden ohne Sperre aufgelistet, geschrieben wird nichts; beim Speicher genügt ein Schlüssel, der nur auflisten und lesen darf.',
      },
    },
    {
      privilege: 'the password of the repository (restic, encrypted borg), or a report instead',
      reason: {
        en: 'restic and borg have no password that only lists: whoever knows it can read the backups. Where that is too much, let the machine that has it write a report.',
        de: 'restic und borg kennen kein Passwort, das nur auflistet: Wer es kennt, kann die Sicherungen lesen. Wo das zu viel ist, schreibt der Rechner, der es hat, einen Bericht.',
      },
    },
    {
      privilege: 'read access to the log of runs',
      reason: {
        en: 'For backup.job-history and backup.integrity: the repository does not remember how a run ended.',
        de: 'Für backup.job-history und backup.integrity: Der Speicher weiß nicht, wie ein Lauf endete.',
      },
    },
  ],
  address: ({ kind, repository }) => `${kind}:${repository.replace(/\/\/[^/@]*@/, '//')}`,
  // Programs of this machine are run, its folders, reports and logs are read.
  ownMachine: () => true,
  async collect(settings, context) {
    const place = placeOf(settings.repository)
    const [look, log] = await Promise.all([
      lookAt(settings, place, context).then((one) => seen(one), reasonOf),
      settings.jobLog === undefined
        ? unseen('not-configured', 'no log of runs is set up', { needs: 'jobLog' })
        : readJobLog(settings.jobLog).then((one) => seen(one), reasonOf),
    ])
    const runs = jobsOf(look, log)
    return {
      declared: seen({ sources: settings.sources, tenants: settings.tenants }),
      snapshots: onSeen(look, newestOf),
      sizes: onSeen(look, (one) => sizesOf(one, log)),
      jobs: runs.read === 'no' ? runs : seen(keptRuns(runs.facts)),
      location: look.read === 'no' ? look : await locationOf(settings, place, look.facts),
      encryption: onSeen(look, ({ encryption }) => encryption),
      immutability: immutabilityOf(settings, look),
      verified: onSeen(log, ({ checks }) => seen(newestFirst(checks).slice(0, kept.checks))),
      configuration: look.read === 'no' ? look : await configurationOf(settings, look.facts).catch(reasonOf),
    } satisfies Groups<BackupFacts>
  },
} satisfies Connector<typeof backupSettings, BackupFacts>

/** What follows from something seen, or the reason why it was not. */
function onSeen<T, U>(one: Seen<T>, then: (facts: T) => Seen<U>): Seen<U> {
  return one.read === 'no' ? one : then(one.facts)
}

async function lookAt(settings: BackupSettings, place: Place, context: Context): Promise<Look> {
  const report = settings.report === undefined ? undefined : await readReport(settings.report, context)
  if (report === undefined && place.host !== null && /[.:]|^localhost$/.test(place.host))
    await addressOf(place.host, context)
  const runs = {
    signal: context.signal,
    env: environmentOf(settings),
    folder: place.folder ?? undefined,
  }
  switch (settings.kind) {
    case 'restic':
      return lookAtRestic(runs, report)
    case 'borg':
      return lookAtBorg(runs, report)
    case 'pgbackrest':
      return lookAtPgbackrest(runs, report)
    case 'pg_dump':
      return lookAtDumps(place.folder ?? settings.repository)
  }
}

async function readReport(path: string, context: Context): Promise<string> {
  const found = await stat(path).catch((error: unknown) => {
    if (errorCode(error) !== 'ENOENT') throw error
    throw new Unreadable('not-configured', 'the report does not exist', { needs: 'report' })
  })
  if (found.mtimeMs < context.now().getTime() - reportHours * 3_600_000)
    throw new Unreadable('incomplete', `the report was last written on ${found.mtime.toISOString().slice(0, 10)}`)
  return readFile(path, 'utf8')
}

/** An empty backup is none, however new it is. */
function newestOf({ snapshots }: Look): Seen<BackupFacts['snapshots']> {
  const whole = snapshots.filter(({ bytes }) => bytes !== 0)
  return seen(
    bySeries(whole).flatMap(([first]) =>
      first === undefined ? [] : [{ source: first.source, tenant: first.tenant, newest: first.at }],
    ),
  )
}

function sizesOf({ snapshots }: Look, log: Seen<JobLog>): Seen<BackupFacts['sizes']> {
  const logged = log.read === 'ok' ? log.facts.backups.filter(({ exit }) => exit === 0) : []
  const sizesIn = (items: readonly { source: string; tenant: string | null; at: string; bytes: number | null }[]) =>
    bySeries(items).flatMap((series) => {
      const [first] = series
      const bytes = series.flatMap((one) => (one.bytes === null ? [] : [one.bytes])).slice(0, kept.sizes)
      // Where the newest has no size, older ones say nothing about it.
      return first === undefined || first.bytes === null ? [] : [{ source: first.source, tenant: first.tenant, bytes }]
    })
  const own = sizesIn(snapshots)
  const sizes = own.length > 0 ? own : sizesIn(logged)
  if (sizes.length === 0 && snapshots.length > 0)
    return unseen('not-configured', 'neither the repository nor a log of runs tells sizes', { needs: 'jobLog' })
  return seen(sizes, sizes.length >= bySeries(snapshots).length)
}

/** Runs that the repository remembers, and those of the log. */
function jobsOf(look: Seen<Look>, log: Seen<JobLog>): Seen<readonly Job[]> {
  if (log.read === 'ok') return seen([...log.facts.backups, ...(look.read === 'ok' ? look.facts.jobs : [])])
  if (log.why !== 'not-configured') return log
  if (look.read === 'no') return look
  return look.facts.jobs.length > 0 ? seen(look.facts.jobs) : log
}

const keptRuns = (jobs: readonly Job[]): BackupFacts['jobs'] =>
  bySeries(jobs).flatMap((series) => {
    const [first] = series
    const runs = series.slice(0, kept.runs).map(({ at, seconds, exit }) => ({ at, seconds, exit }))
    return first === undefined ? [] : [{ source: first.source, tenant: first.tenant, runs }]
  })

const newestFirst = <T extends { at: string }>(items: readonly T[]): T[] =>
  items.toSorted((a, b) => (a.at < b.at ? 1 : -1))

async function locationOf(settings: BackupSettings, place: Place, look: Look): Promise<Seen<BackupFacts['location']>> {
  const { sourcePlace = null, repositoryPlace = null, separateCredentials = null } = settings
  const machine = await machineOf(place)
  const here = await machineOf({ host: null, folder: '/' })
  const sources = new Set(look.snapshots.map(({ host }) => host?.toLowerCase() ?? here))
  const sameMachine = sources.has(machine)
  // The same machine is a verdict by itself; anything else needs to know the places.
  if (!sameMachine && (sourcePlace === null || repositoryPlace === null || separateCredentials === null))
    return unseen('not-configured', 'the places of source and repository, and who can delete backups, are not declared')
  return seen({ sameMachine, sourcePlace, repositoryPlace, separateCredentials })
}

function immutabilityOf({ immutability }: BackupSettings, look: Seen<Look>): Seen<BackupFacts['immutability']> {
  if (look.read === 'no') return look
  if (look.facts.appendOnly === true) return seen({ by: 'append-only', seen: true })
  if (immutability !== undefined) return seen({ by: immutability, seen: false })
  if (look.facts.appendOnly === false) return seen({ by: 'none', seen: true })
  return unseen('not-configured', 'the repository does not say whether backups can be overwritten', {
    needs: 'immutability',
  })
}

/** Looks for the configuration in the newest backup of each source that could hold it. */
async function configurationOf(settings: BackupSettings, look: Look): Promise<Seen<BackupFacts['configuration']>> {
  const wanted = settings.configuration
  if (wanted.length === 0)
    return unseen('not-configured', 'no files with configuration are declared', { needs: 'configuration' })
  const { holds } = look
  if (holds === undefined)
    return unseen(
      'not-configured',
      'files inside these backups cannot be listed; connect the repository that holds them',
    )
  const found = new Map<string, string>()
  for (const [newest] of bySeries(look.snapshots)) {
    if (newest === undefined) continue
    const covered = wanted.filter((path) => newest.paths.some((root) => isUnder(path, root)))
    if (covered.length === 0) continue
    for (const path of await holds(newest, covered)) {
      const before = found.get(path)
      if (before === undefined || before < newest.at) found.set(path, newest.at)
    }
  }
  return seen(wanted.map((path) => ({ path, newest: found.get(path) ?? null })))
}

const isUnder = (path: string, root: string) => root === '/' || path === root || path.startsWith(`${root}/`)
