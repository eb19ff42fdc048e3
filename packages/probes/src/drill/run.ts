import { randomBytes } from 'node:crypto'
import { stat, statfs } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { Unreadable, errorCode, reasonOf, seen } from '../engine/reading.ts'
import { restoreDump } from './dump.ts'
import { askDatabase, askFiles } from './expect.ts'
import type { Asked, Expectation } from './expect.ts'
import type { DrillFacts, DrillProblem } from './facts.ts'
import { Fault, oneLine } from './fault.ts'
import { findNewest, insideOf, measure, restoreFiles } from './files.ts'
import type { Found } from './files.ts'
import { originOf } from './origin.ts'
import { restorePgbackrest } from './pgbackrest.ts'
import { PlanError } from './plan.ts'
import type { Plan } from './plan.ts'
import type { Tools } from './program.ts'
import { DrillPush, drillFormat } from './push.ts'
import { restoreBorg, restoreRestic } from './repository.ts'
import type { Restored } from './repository.ts'
import { openScratchDatabase } from './scratch-database.ts'
import type { ScratchDatabase } from './scratch-database.ts'
import { openScratchFolder } from './scratch-folder.ts'

/** A throw-away PostgreSQL. */
export type ScratchServer = {
  /** As its administrator. */
  readonly url: string
  stop(): Promise<void>
}

/** What a drill needs of the world. */
export type DrillWorld = {
  readonly now: () => Date
  /** A clock for spans. Milliseconds. */
  readonly elapsed: () => number
  /** Starts a PostgreSQL whose files lie in a folder. @throws there is none for this machine */
  readonly startServer: (folder: string) => Promise<ScratchServer>
  /** Tells which pipeline this is. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Which program this is: `art32 0.1.0`. */
  readonly collector: string
  /** Aborted: somebody ended it. Everything is removed, then it throws. */
  readonly signal: AbortSignal
  /** Told what is being done. */
  readonly tell?: (step: string) => void
}

/** What came of a drill. */
export type DrillResult = {
  readonly push: DrillPush
  /** What a program or a server said where something was wrong; it may quote data and is for whoever watches. */
  readonly heard: string | undefined
}

/** What the drill has found so far. */
type State = {
  step: string
  backup: Restored | null
  asked: Asked | null
  files: readonly Expectation[]
  size: { readonly files: number; readonly bytes: number }
  rtoMs: number | null
}

/** One drill under way. */
type Drill = Tools & {
  readonly plan: Plan
  readonly startedAt: Date
  readonly state: State
  readonly begin: (step: string) => void
  /** What has to be undone, in the reverse order. Each says whether nothing is left. */
  readonly undo: (() => Promise<boolean>)[]
}

/**
 * Restores a backup by a plan into a scratch place, compares what came back, and removes it in any case.
 *
 * @throws {PlanError} the plan asks for what is never done: a server in use, a folder that cannot be written
 */
export async function runDrill(plan: Plan, world: DrillWorld): Promise<DrillResult> {
  const startedAt = world.now()
  const folder = await openScratchFolder(plan.scratch.folder)
  const limits = new AbortController()
  const state: State = { step: '', backup: null, asked: null, files: [], size: { files: 0, bytes: 0 }, rtoMs: null }
  const drill: Drill = {
    plan,
    startedAt,
    state,
    folder,
    signal: AbortSignal.any([world.signal, limits.signal]),
    undo: [() => folder.remove()],
    begin(step) {
      this.signal.throwIfAborted()
      state.step = step
      world.tell?.(step)
    },
  }
  const trouble = await restoreAndAsk(drill, world, limits).then(
    () => null,
    (error: unknown) => error,
  )
  world.tell?.('removing what was restored')
  let isRemoved = true
  for (const one of drill.undo.toReversed()) isRemoved = (await one().catch(() => false)) && isRemoved
  world.signal.throwIfAborted()
  if (trouble instanceof PlanError) throw trouble
  const fault = faultOf(trouble, state)
  const endedAt = world.now()
  const facts = factsOf(drill, fault, { endedAt, isRemoved, origin: originOf(world.environment) })
  const lacked = trouble === null || fault !== undefined ? undefined : reasonOf(trouble)
  const push = DrillPush.parse({
    format: drillFormat,
    drill: plan.drill,
    nonce: randomBytes(16).toString('hex'),
    at: endedAt.toISOString(),
    collector: world.collector,
    groups: {
      plan: seen(termsOf(plan)),
      drill: lacked === undefined ? seen(facts) : { read: 'no', why: lacked.why, detail: oneLine(lacked.detail) },
    },
  })
  return { push, heard: fault?.heard }
}

/** The backup is at fault. A full disk is, too: what was backed up did not come back here. */
function faultOf(trouble: unknown, { step }: State): Fault | undefined {
  if (trouble instanceof Fault) return trouble
  return errorCode(trouble) === 'ENOSPC' ? new Fault('disk-full', step, { cause: trouble }) : undefined
}

async function restoreAndAsk(drill: Drill, world: DrillWorld, limits: AbortController): Promise<void> {
  const { plan, state, undo } = drill
  let database: ScratchDatabase | undefined
  // Before a server is started in vain.
  const found = 'path' in plan.backup ? await findNewest(plan.backup.path) : undefined
  state.backup = found ?? null
  if (needsDatabase(plan)) {
    drill.begin('scratch server')
    database = await databaseFor(drill, world)
  }
  const unwatch = watch(drill, database, limits)
  undo.push(async () => {
    await unwatch()
    return true
  })
  const begun = world.elapsed()
  await restore(drill, database, found)
  state.rtoMs = world.elapsed() - begun
}

const needsDatabase = ({ backup }: Plan) =>
  backup.kind === 'postgres-dump' || (backup.kind !== 'pgbackrest' && backup.dump !== undefined)

async function databaseFor({ plan, folder, undo }: Drill, world: DrillWorld): Promise<ScratchDatabase> {
  const { database: address, extensions } = plan.scratch
  if (address !== 'embedded') {
    const made = await openScratchDatabase(address, plan.production, extensions)
    undo.push(() => made.drop())
    return made
  }
  const server = await world.startServer(`${folder.path}/server`).catch((cause: unknown) => {
    throw new Unreadable('not-configured', 'no PostgreSQL of art32 can be started here', { cause })
  })
  undo.push(async () => {
    // All that was in it goes with the folder.
    await server.stop()
    return true
  })
  return await openScratchDatabase(server.url, [], extensions)
}

/** @param found the file or folder, where the plan names one */
async function restore(drill: Drill, database: ScratchDatabase | undefined, found: Found | undefined): Promise<void> {
  const { plan, state, folder, undo } = drill
  const { backup } = plan
  drill.begin(`restore (${backup.kind})`)
  if (backup.kind === 'pgbackrest') {
    const server = await restorePgbackrest(backup, drill)
    undo.push(async () => {
      await server.stop()
      return true
    })
    state.backup = server
    state.size = await measure(server.data)
    await ask(drill, server.url)
    return
  }
  if (backup.kind === 'postgres-dump') {
    if (found === undefined) throw new Error('a dump has a path')
    state.size = await measureOne(found)
    await loadAndAsk(drill, found.path, database)
    return
  }
  const into = folder.folder('files')
  state.backup = await restoreFrom(drill, into, found)
  state.size = await measure(into)
  if (state.size.files === 0) throw new Fault('empty', state.backup.name)
  if (state.size.bytes > bytesAllowed(plan)) throw new Fault('too-large', state.step)
  if (backup.dump !== undefined) {
    const dump = await insideOf(into, backup.dump)
    if (dump === undefined) throw new Fault('missing', `${backup.dump} in ${state.backup.name}`)
    await loadAndAsk(drill, dump, database)
  }
  drill.begin('files')
  state.files = await askFiles(into, plan)
}

async function restoreFrom(drill: Drill, into: string, found: Found | undefined): Promise<Restored> {
  const { backup } = drill.plan
  switch (backup.kind) {
    case 'restic':
      return await restoreRestic(backup, into, drill)
    case 'borg':
      return await restoreBorg(backup, into, drill)
    case 'folder':
    case 'postgres-dump':
    case 'pgbackrest':
      if (found === undefined) throw new Error('holds no files')
      await restoreFiles(found, into, drill)
      return found
  }
}

const measureOne = async ({ path, isFolder }: Found) =>
  isFolder ? await measure(path) : { files: 1, bytes: (await stat(path)).size }

async function loadAndAsk(drill: Drill, dump: string, database: ScratchDatabase | undefined): Promise<void> {
  if (database === undefined) throw new Error('a dump needs a database')
  drill.begin('restore (dump)')
  await restoreDump(dump, database.url, drill)
  if ((await database.bytes()) > bytesAllowed(drill.plan)) throw new Fault('too-large', drill.state.step)
  await ask(drill, database.url)
}

async function ask(drill: Drill, url: string): Promise<void> {
  drill.begin('expectations')
  drill.state.asked = await askDatabase(url, drill.plan, drill.startedAt, drill.signal)
}

const bytesAllowed = ({ limits }: Plan) => limits.gigabytes * 1e9

/** So much stays free on the disk of the scratch place, which others use, too. Bytes. */
const reserve = 268_435_456
const lookEveryMs = 2_000

/** Ends a drill that takes too long or too much room. @returns how to stop looking */
function watch(
  { plan, folder, state }: Drill,
  database: ScratchDatabase | undefined,
  limits: AbortController,
): () => Promise<void> {
  const stopped = new AbortController()
  const end = (problem: DrillProblem) => limits.abort(new Fault(problem, state.step))
  const clock = setTimeout(() => end('too-slow'), Math.min(plan.limits.minutes * 60_000, 2 ** 31 - 1))
  const looking = (async () => {
    while (!stopped.signal.aborted && !limits.signal.aborted) {
      const { bavail, bsize } = await statfs(folder.path)
      if (bavail * bsize < reserve) end('disk-full')
      else if (database !== undefined && (await database.bytes()) > bytesAllowed(plan)) end('too-large')
      await sleep(lookEveryMs, undefined, { signal: stopped.signal }).catch(() => undefined)
    }
    // Whoever restores meets what keeps it from being looked at.
  })().catch(() => undefined)
  return async () => {
    clearTimeout(clock)
    stopped.abort()
    await looking
  }
}

const termsOf = ({
  backup,
  sha256,
  allowed,
  expect: { tables, queries, newest, files },
}: Plan): DrillFacts['plan'] => ({
  kind: backup.kind,
  sha256,
  expectations: tables.length + queries.length + newest.length + files.length,
  allowedRtoSeconds: allowed.rto,
  allowedRpoSeconds: allowed.rpo,
})

function factsOf(
  { plan, state, startedAt }: Drill,
  fault: Fault | undefined,
  { endedAt, isRemoved, origin }: { endedAt: Date; isRemoved: boolean; origin: DrillFacts['drill']['origin'] },
): DrillFacts['drill'] {
  const { backup, asked, files, size, rtoMs } = state
  const rows = plan.expect.newest.length > 0
  const newest = rows ? oldestOf(asked?.newest ?? []) : (backup?.at ?? null)
  return {
    startedAt: startedAt.toISOString(),
    endedAt: endedAt.toISOString(),
    backup: backup === null ? null : { name: oneLine(backup.name), at: backup.at?.toISOString() ?? null },
    problems: fault === undefined ? [] : [{ code: fault.problem, place: fault.place }],
    expectations: [...(asked?.expectations ?? []), ...files],
    restored: { tables: asked?.tables ?? 0, rows: asked?.rows ?? 0, ...size },
    rtoSeconds: rtoMs === null ? null : rtoMs / 1_000,
    rpoSeconds: newest === null ? null : (startedAt.getTime() - newest.getTime()) / 1_000,
    rpoBy: newest === null ? null : rows ? 'rows' : 'backup',
    isRemoved,
    origin,
  }
}

/** Of several tables the one that lags most; null where one has none. */
function oldestOf(times: readonly (Date | null)[]): Date | null {
  if (times.length === 0 || times.includes(null)) return null
  return new Date(Math.min(...times.map((at) => at?.getTime() ?? 0)))
}
