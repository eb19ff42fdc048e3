import { createWriteStream, openAsBlob, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  AppError,
  drillElsewhere,
  newBackupKey,
  readConfig,
  restore as restoreAll,
  restoreTo,
  tenantPart,
} from '@art32/server'
import type { BackupAlert, RestoreWish } from '@art32/server'
import { z } from 'zod'
import { Refusal } from './refusal.ts'
import { Remote } from './remote.ts'
import { clean, type Terminal } from './terminal.ts'

/** Which server. */
export interface BackupOptions {
  readonly url?: string
}

/** What is restored, and from where. */
export interface RestoreOptions extends BackupOptions {
  readonly from: string
  readonly keyFile: string
  readonly set?: string
  readonly to?: string
  readonly installation?: string
  readonly tenant?: string
  readonly as?: string
}

/** Where a drill looks; nothing: the server is asked for one. */
export interface DrillOptions extends BackupOptions {
  readonly from?: string
  readonly keyFile?: string
  readonly installation?: string
}

const State = z.object({
  runs: z.array(
    z.object({
      set: z.string(),
      startedAt: z.string(),
      endedAt: z.string().nullable(),
      problem: z.string().nullable(),
      bytes: z.number(),
      rows: z.number(),
      databases: z.number(),
      missed: z.number(),
    }),
  ),
  drills: z.array(
    z.object({
      set: z.string().nullable(),
      place: z.number(),
      startedAt: z.string(),
      endedAt: z.string().nullable(),
      passed: z.boolean().nullable(),
      findings: z.array(z.object({ code: z.string(), tenant: z.string().nullable() })),
      databases: z.number(),
      rows: z.number(),
      rtoSeconds: z.number().nullable(),
    }),
  ),
  places: z.array(z.string()),
  // A server before this one says nothing of it.
  continuous: z
    .array(
      z.object({ place: z.number(), spans: z.array(z.object({ from: z.string(), until: z.string() })).default([]) }),
    )
    .nullish(),
  endedLogs: z.array(z.object({ place: z.number(), dueAt: z.string(), goneAt: z.string().nullable() })).default([]),
  alerts: z.array(z.object({ code: z.string(), tenant: z.string().nullable(), place: z.number().nullable() })),
  tenants: z.array(z.object({ slug: z.string(), publicId: z.string() })),
})
type State = z.output<typeof State>

/** Makes a key pair for backups. The secret half is printed once, for somewhere else. */
export async function backupKey(terminal: Terminal): Promise<0> {
  const { identity, recipient } = await newBackupKey()
  terminal.out(`# public key: ${recipient}\n${identity}\n`)
  terminal.err(
    [
      'Keep this key where this machine cannot read it, twice: on paper or in a safe, and with somebody else.',
      `On this machine set only its recipient: ART32_BACKUP_RECIPIENTS=${recipient}`,
      'Keep the master key apart from it and from the backups, too: without both nothing is restored.',
      'Where the master key lies: the file keys/master.key of the data folder, ART32_MASTER_KEY, or your Azure Key Vault.',
      '',
    ].join('\n'),
  )
  return 0
}

/** Makes a backup now and waits for its end. */
export async function backup({ url }: BackupOptions, terminal: Terminal): Promise<0 | 1> {
  const remote = await Remote.open(url, terminal)
  const known = new Set((await stateOf(remote)).runs.map(({ set }) => set))
  await post(remote, '/api/backup/make')
  const run = await awaited(remote, ({ runs }) => runs.find((one) => !known.has(one.set) && one.endedAt !== null))
  if (run.problem !== null) {
    terminal.out(`The backup ${run.set} is not whole: ${clean(run.problem)}.\n`)
    return 1
  }
  terminal.out(`${run.set}: ${run.databases} databases, ${run.rows} rows, ${run.bytes} bytes.\n`)
  if (run.missed > 0) terminal.out(`${run.missed} tenants could not be backed up.\n`)
  return run.missed > 0 ? 1 : 0
}

/** Prints how the backups stand. */
export async function backupShow({ url }: BackupOptions, terminal: Terminal): Promise<0 | 1> {
  const { runs, drills, continuous, endedLogs, alerts } = await stateOf(await Remote.open(url, terminal))
  for (const { set, problem, databases, rows, bytes } of runs)
    terminal.out(
      `${set}  ${problem === null ? `${databases} databases, ${rows} rows, ${bytes} bytes` : clean(problem)}\n`,
    )
  for (const one of drills) terminal.out(`${toldOf(one)}\n`)
  for (const { place, spans } of continuous ?? [])
    terminal.out(
      spans.length === 0
        ? `log in place ${place}: no moment can be restored yet\n`
        : spans
            .map(({ from, until }) => `log in place ${place}: any moment from ${clean(from)} to ${clean(until)}\n`)
            .join(''),
    )
  for (const { place, dueAt, goneAt } of endedLogs)
    terminal.out(
      `log in place ${place}: switched off, ${goneAt === null ? `there until ${clean(dueAt)}` : `gone since ${clean(goneAt)}`}\n`,
    )
  if (runs.length === 0) terminal.out('There is no backup yet: npx art32 backup makes one now.\n')
  for (const alert of alerts) terminal.out(`! ${sentenceOf(alert)}\n`)
  return alerts.some(({ code }) => code !== 'one-place') ? 1 : 0
}

const sentences: Readonly<Record<BackupAlert, string>> = {
  failed: 'The last backup did not come to its end.',
  late: 'A night was missed.',
  'no-part': 'It is not in the newest backup.',
  'odd-size': 'It has much less or much more in the newest backup than usual.',
  'not-sent': 'It does not have the newest backup yet.',
  'drill-late': 'No drill has passed for more than a week.',
  'drill-failed': 'The last drill failed.',
  'log-late': 'The log of the database is kept there no longer, or not yet; what was written since would be lost.',
  'log-gap': 'The log of the database had a gap. To moments within it there is no way back.',
  'log-not-gone':
    'The log of the database was switched off, its time is over, and it is still there. Look whether the place can be reached and art32 may delete there.',
  'one-place':
    'All backups lie in one place. A second one, with credentials of its own, survives a thief of the first.',
}

/** What is wrong, in a sentence; a newer server may know more than this command line. */
function sentenceOf({ code, tenant, place }: State['alerts'][number]): string {
  const of = tenant === null ? '' : `${clean(tenant)}: `
  return `${place === null ? '' : `Place ${place}: `}${of}${Object.hasOwn(sentences, code) ? sentences[code as BackupAlert] : clean(code)}`
}

/** Has the server restore its newest backup into scratch databases; or does so here, with the key that was kept. */
export async function drill(options: DrillOptions, terminal: Terminal): Promise<0 | 1> {
  if (options.from !== undefined) {
    if (options.keyFile === undefined) throw new Refusal('Name the file with the key: --key-file.')
    const wish = wishOf({ ...options, from: options.from, keyFile: options.keyFile }, terminal)
    const { set, findings, databases, rows, rtoMs } = await understood(() =>
      drillElsewhere(readConfig(process.env), wish),
    )
    const passed = findings.length === 0
    const rtoSeconds = rtoMs === null ? null : rtoMs / 1_000
    terminal.out(`${toldOf({ set, passed, findings: [...findings], databases, rows, rtoSeconds, place: 1 })}\n`)
    return passed ? 0 : 1
  }
  const remote = await Remote.open(options.url, terminal)
  const { places, drills } = await stateOf(remote)
  const known = new Set(drills.map(({ startedAt }) => startedAt))
  await post(remote, '/api/backup/drill')
  const ended = await awaited(remote, (state) => {
    const own = state.drills.filter((one) => !known.has(one.startedAt) && one.endedAt !== null)
    return own.length === places.length ? own : undefined
  })
  for (const one of ended) terminal.out(`${toldOf(one)}\n`)
  return ended.every(({ passed }) => passed === true) ? 0 : 1
}

/** Puts a whole installation back where there is none; or one tenant of a server, while the others work. */
export async function restore(options: RestoreOptions, terminal: Terminal): Promise<0> {
  const wish = wishOf(options, terminal)
  if (options.to !== undefined) return await restoreMoment(options.to, wish, options, terminal)
  if (options.tenant !== undefined) return await restoreTenant(options.tenant, wish, options, terminal)
  if (options.as !== undefined) throw new Refusal('--as goes with --tenant.')
  const say = (done: number, of: number) => terminal.err(`${done} of ${of} databases\n`)
  const done = await understood(() => restoreAll(readConfig(process.env), { ...wish, say }))
  terminal.out(`${done.set}: ${done.databases} databases, ${done.rows} rows, as of ${done.at.toISOString()}.\n`)
  for (const id of done.missed) terminal.out(`The backup has nothing of the tenant ${clean(id)}.\n`)
  terminal.out('Start art32 now. Every ledger goes on under a new name, which says that it was restored.\n')
  return 0
}

async function restoreMoment(
  text: string,
  wish: RestoreWish,
  { tenant, as, set }: RestoreOptions,
  terminal: Terminal,
): Promise<0> {
  if (tenant !== undefined || as !== undefined)
    throw new Refusal('--to is of the whole installation. Restore it elsewhere, and take the tenant over from there.')
  if (set !== undefined) throw new Refusal('Name a moment (--to) or a backup (--set), not both.')
  const to = text === 'latest' ? text : momentOf(text)
  const say = (done: number, of: number) => terminal.err(`${done} of ${of} parts of the log\n`)
  const done = await understood(() => restoreTo(readConfig(process.env), { ...wish, to, say }))
  terminal.out(`${done.databases} databases, as of ${done.at.toISOString()}.\n`)
  for (const base of done.passedOver)
    terminal.out(`The copy ${clean(base)} is not what was kept; an earlier one was used. Look at that place.\n`)
  for (const id of done.missed) terminal.out(`The tenant ${clean(id)} was deleted after that, and stays so.\n`)
  terminal.out('Start art32 now. Every ledger goes on under a new name, which says that it was restored.\n')
  return 0
}

/** A moment with its offset: without one nobody could know which hour is meant. */
function momentOf(text: string): Date {
  const parsed = z.iso.datetime({ offset: true }).safeParse(text)
  if (!parsed.success)
    throw new Refusal('--to is a moment with its offset, as in 2026-11-23T11:40:00Z or …T12:40:00+01:00, or latest.', 2)
  return new Date(parsed.data)
}

async function restoreTenant(
  slug: string,
  wish: RestoreWish,
  { url, as }: RestoreOptions,
  terminal: Terminal,
): Promise<0> {
  const remote = await Remote.open(url, terminal)
  const tenant = (await stateOf(remote)).tenants.find((one) => one.slug === slug)
  if (!tenant) throw new Refusal('There is no such tenant on this server.', 1)
  const folder = await mkdtemp(join(tmpdir(), 'art32-restore-'))
  try {
    const path = join(folder, 'part')
    await understood(() =>
      pipeline(Readable.from(tenantPart(wish, tenant.publicId, folder)), createWriteStream(path, { mode: 0o600 })),
    )
    const query = new URLSearchParams({ name: 'part', slug, ...(as === undefined ? {} : { as }) })
    const answer = await remote.send(`/api/backup/restore_tenant?${query.toString()}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: await openAsBlob(path),
    })
    const done = z.object({ slug: z.string(), rows: z.number(), at: z.string() }).parse(await remote.json(answer))
    terminal.out(`${clean(done.slug)}: ${done.rows} rows, as of ${clean(done.at)}.\n`)
    return 0
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function wishOf(
  { from, keyFile, set, installation }: Pick<RestoreOptions, 'from' | 'keyFile' | 'set' | 'installation'>,
  { environment }: Terminal,
): RestoreWish {
  let text: string
  try {
    text = readFileSync(keyFile, 'utf8')
  } catch (error) {
    throw new Refusal('The file with the key cannot be read. Check --key-file.', 2, { cause: error })
  }
  const identities = text.split('\n').filter((line) => line.startsWith('AGE-SECRET-KEY-'))
  if (identities.length === 0) throw new Refusal('The file holds no key: a line begins with AGE-SECRET-KEY-.', 2)
  return {
    from,
    identities,
    key: { id: environment['ART32_BACKUP_KEY_ID'] ?? null, secret: environment['ART32_BACKUP_KEY_SECRET'] ?? null },
    set,
    installation,
  }
}

type Told = Pick<State['drills'][number], 'set' | 'place' | 'passed' | 'findings' | 'databases' | 'rows' | 'rtoSeconds'>

function toldOf({ set, place, passed, findings, databases, rows, rtoSeconds }: Told): string {
  const what = `drill of ${set ?? 'nothing'}, place ${place}`
  if (passed === true) return `${what}: passed, ${databases} databases, ${rows} rows, ${rtoSeconds?.toFixed(1)} s`
  const found = findings.map(({ code, tenant }) => `${clean(code)}${tenant === null ? '' : ` (${clean(tenant)})`}`)
  return `${what}: ${passed === null ? 'under way' : `failed: ${found.join(', ')}`}`
}

async function stateOf(remote: Remote): Promise<State> {
  return State.parse(await remote.json(await remote.send('/api/backup/show', { method: 'GET' })))
}

async function post(remote: Remote, path: string): Promise<void> {
  await remote.send(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
}

async function awaited<T>(remote: Remote, find: (state: State) => T | undefined): Promise<T> {
  for (;;) {
    await sleep(1_000)
    const found = find(await stateOf(remote))
    if (found !== undefined) return found
  }
}

async function understood<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof AppError) throw new Refusal(error.message, 1, { cause: error })
    throw error
  }
}
