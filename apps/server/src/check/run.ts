import { setTimeout as sleep } from 'node:timers/promises'
import { checkOf, proveEach, scopeCheck } from '@art32/probes'
import type { Context, ProveOptions, Reading, Target, TargetResult } from '@art32/probes'
import { canonicalize } from '@art32/ledger'
import {
  connectionErrors,
  getConnection,
  lacksSettings,
  listConnections,
  listConnectionsById,
  nextLook,
  schedule,
  sendsItself,
  targetOf,
} from '../connection/index.ts'
import type { ConnectionRow } from '../connection/index.ts'
import type { TenantContext, Tenants } from '../evidence/index.ts'
import { AppError } from '../kernel/index.ts'
import { listJudged, parametersOfRegister } from '../measure/index.ts'
import { isLocalAddress, openAlone, seal } from '../platform/index.ts'
import type { Crew } from '../platform/index.ts'
import { guardFacts } from '../shield/index.ts'
import type { Environment } from '../system/index.ts'
import type { Tenant } from '../tenant/index.ts'
import { checkErrors } from './errors.ts'
import { keepFacts } from './history.ts'
import { envelopePlace, factsOf, factsPlace, hashOf, judgeLook } from './judging.ts'
import type { Judged, Look, Wanted } from './judging.ts'
import { openProgress } from './progress.ts'
import { noteIncidents, platformConnector } from './platform.ts'
import { keepPseudonyms, openPseudonyms } from './pseudonym.ts'
import type { Pseudonyms } from './pseudonym.ts'
import { reconcile } from './scope.ts'
import * as store from './store.ts'

/** The queue of runs; its payload is a `RunJob`. */
export const runQueue = 'check.run'

/** A run that waits. */
export interface RunJob {
  readonly tenantId: string
  readonly runId: string
}

/** What a run needs of the world. */
export interface RunDependencies {
  readonly tenants: Tenants
  /** What connectors may use; the engine adds the signal. */
  readonly context: Partial<Omit<Context, 'signal' | 'mayReach' | 'pseudonym'>>
  /** Whether a tenant may look at art32's own machine. */
  readonly mayBeLocal: (tenant: Tenant) => boolean
  /** Single addresses of this machine that whoever runs it lets a tenant look at. Absent: none. */
  readonly localAddresses?: ((tenant: Tenant) => readonly string[]) | undefined
  readonly random: () => number
  /** Tells who watches that something of this tenant changed. */
  readonly notify: (tenantId: string) => void
  /** Wakes whenever something of this tenant changed. @returns how to stop that */
  readonly onChange: (tenantId: string, wake: () => void) => () => void
  /** Told of everything that was judged in a look, in the same transaction. */
  readonly judged: (tx: TenantContext, look: Judged) => Promise<void>
  /** All processes of the installation: whoever works a run off holds its name. */
  readonly crew?: Pick<Crew, 'tryHold'>
}

const nameOf = (runId: string): string => `run ${runId}`

/**
 * Requests a run over connections (none named: all of these environments that are not paused) and puts it into the queue.
 *
 * @throws {connection.not_found | connection.sends | connection.enter_again | check.nothing_connected}
 */
export async function requestRun(
  tx: TenantContext,
  connectionIds: readonly string[],
  wanted: readonly Environment[] = ['production'],
): Promise<string> {
  const connections =
    connectionIds.length > 0
      ? await listConnectionsById(tx, connectionIds)
      : (await listConnections(tx)).filter(
          (row) => !row.paused && !sendsItself(row) && wanted.includes(row.environment),
        )
  if (connections.length !== new Set(connectionIds).size && connectionIds.length > 0) throw connectionErrors.not_found()
  if (connections.length === 0) throw checkErrors.nothing_connected()
  if (connections.some(sendsItself)) throw connectionErrors.sends()
  if (connections.some(lacksSettings)) throw connectionErrors.enter_again()
  const environments = [...new Set(connections.map((row) => row.environment))].toSorted()
  const id = tx.newId()
  await store.addRun(
    tx,
    id,
    connections.map((row) => row.id),
    environments,
  )
  await tx.append({
    type: 'check.run',
    about: { kind: 'run', id },
    code: 'requested',
    content: { content: { connections: connections.length, environments } },
  })
  const job: RunJob = { tenantId: tx.tenant.id, runId: id }
  await tx.enqueue(runQueue, job)
  return id
}

/**
 * Runs: looks at every connection outside of any transaction, and keeps each look with its outcomes, their leaves, the
 * backing of measures and the findings in one transaction of its own. Killed in between, what was kept is whole, and
 * whoever gets the job next goes on. One that another process is at is left to it.
 */
export async function run(job: RunJob, dependencies: RunDependencies): Promise<void> {
  const release = await (dependencies.crew ?? openAlone()).tryHold(nameOf(job.runId))
  if (release === null) return
  try {
    await runHeld(job, dependencies)
  } finally {
    await release()
  }
}

async function runHeld({ tenantId, runId }: RunJob, dependencies: RunDependencies): Promise<void> {
  const { tenants, notify } = dependencies
  const prepare = async (tx: TenantContext): Promise<Prepared | null> => {
    // Nobody is at it: what says so was killed.
    if (!(await store.takeRun(tx, runId)) && !(await takeKilled(tx, runId))) return null
    if (tx.tenant.isSuspended) {
      await endEarly(tx, runId)
      return null
    }
    const connections = await listConnectionsById(tx, (await store.getRun(tx, runId)).connection_ids)
    return {
      targets: connections.filter((row) => !lacksSettings(row)).map((row) => ({ row, target: targetOf(tx, row) })),
      wanted: await parametersOfRegister(tx),
      isLocal: dependencies.mayBeLocal(tx.tenant),
      allowed: dependencies.localAddresses?.(tx.tenant) ?? [],
      pseudonyms: await openPseudonyms(tx),
    }
  }
  const prepared = await tenants.asSystem(tenantId, prepare, { evenSuspended: true })
  if (!prepared) return
  notify(tenantId)
  try {
    await lookAndKeep(tenantId, runId, prepared, dependencies)
  } catch (error) {
    // Often the database is restarting: nobody else would end this run before the next start of art32.
    await insist(() => tenants.asSystem(tenantId, (tx) => endEarly(tx, runId), { evenSuspended: true }))
    if (!isAway(error)) throw error
  } finally {
    notify(tenantId)
  }
}

/**
 * Cancels a run: what was collected stays, and what is being looked at is broken off.
 *
 * @throws {check.run_not_found | check.run_over}
 */
export async function cancelRun(tx: TenantContext, runId: string): Promise<void> {
  await store.getRun(tx, runId)
  if (!(await store.finishRun(tx, runId, 'cancelled'))) throw checkErrors.run_over()
  await tx.append({ type: 'check.run', about: { kind: 'run', id: runId }, code: 'cancelled' })
}

/**
 * Goes on with a run that was cancelled or interrupted, over the connections that are left.
 *
 * @throws {check.run_not_found | check.run_not_ended | check.nothing_left}
 */
export async function resumeRun(tx: TenantContext, runId: string): Promise<void> {
  const { connection_ids: ids } = await store.getRun(tx, runId)
  const done = new Set((await store.listReadings(tx, runId)).map((row) => row.connection_id))
  const left = (await listConnectionsById(tx, ids)).filter((row) => !done.has(row.id) && !lacksSettings(row))
  if (left.length === 0) throw checkErrors.nothing_left()
  if (!(await store.queueAgain(tx, runId))) throw checkErrors.run_not_ended()
  await goOn(tx, runId)
}

/** After a crash: runs that were at work go on, unless they did so too often. Those that another process is at stay with it. */
export async function resumeRuns(tx: TenantContext, crew: Pick<Crew, 'tryHold'> = openAlone()): Promise<void> {
  for (const runId of await store.listRunning(tx)) {
    const release = await crew.tryHold(nameOf(runId))
    if (release === null) continue
    try {
      if (await putBack(tx, runId)) await goOn(tx, runId)
    } finally {
      await release()
    }
  }
}

/** @returns whether it goes on; too often is over */
async function putBack(tx: TenantContext, runId: string): Promise<boolean> {
  const { resumed, over } = await store.listKilled(tx, [runId])
  for (const id of over) await tx.append({ type: 'check.run', about: { kind: 'run', id }, code: 'interrupted' })
  return resumed.length > 0
}

async function takeKilled(tx: TenantContext, runId: string): Promise<boolean> {
  if (!(await putBack(tx, runId))) return false
  await tx.append({ type: 'check.run', about: { kind: 'run', id: runId }, code: 'resumed' })
  return await store.takeRun(tx, runId)
}

async function goOn(tx: TenantContext, runId: string): Promise<void> {
  await tx.append({ type: 'check.run', about: { kind: 'run', id: runId }, code: 'resumed' })
  const job: RunJob = { tenantId: tx.tenant.id, runId }
  await tx.enqueue(runQueue, job)
}

/** What a run works off. */
interface Prepared {
  readonly targets: readonly { readonly row: ConnectionRow; readonly target: Target }[]
  readonly wanted: Wanted
  readonly isLocal: boolean
  readonly allowed: readonly string[]
  readonly pseudonyms: Pseudonyms
}

async function lookAndKeep(
  tenantId: string,
  runId: string,
  { targets, wanted, isLocal, allowed, pseudonyms }: Prepared,
  dependencies: RunDependencies,
): Promise<void> {
  const { tenants, notify } = dependencies
  const stop = new AbortController()
  const work = <T>(one: (tx: TenantContext) => Promise<T>) => tenants.asSystem(tenantId, one)
  const done = new Set((await work((tx) => store.listReadings(tx, runId))).map((row) => row.connection_id))
  // What was looked at before it was cancelled or killed stays.
  const left = targets.filter(({ row }) => !done.has(row.id))
  const stopIfOver = async (tx: TenantContext) => {
    if ((await store.getRun(tx, runId)).state !== 'running') stop.abort()
    return stop.signal.aborted
  }
  const progress = openProgress(async (looking) => {
    await work((tx) => store.setLooking(tx, runId, looking))
    notify(tenantId)
  })
  // A cancellation is a change of the tenant: looks that hang need not end first.
  const isOver = openProgress(async () => void (await work(stopIfOver)))
  const unwatch = dependencies.onChange(tenantId, () => isOver.changed())
  // One after the other: looks of one system settle the same findings. Each look waits until it is kept, and is forgotten then.
  let kept: Promise<void> = Promise.resolve()
  const keep = async (result: TargetResult, index: number): Promise<void> => {
    const connection = left[index]?.row
    if (!connection || stop.signal.aborted) return
    progress.end(connection.id)
    await work(async (tx) => {
      // What was broken off saw nothing, and nothing is said about it.
      if (await stopIfOver(tx)) return
      await keepPseudonyms(tx, pseudonyms.take())
      await keepLook(tx, runId, connection, result, wanted, dependencies)
    })
    notify(tenantId)
  }
  const options: ProveOptions = {
    context: {
      ...dependencies.context,
      mayReach: (address) => isLocal || !isLocalAddress(address) || allowed.includes(address),
      pseudonym: pseudonyms.of,
    },
    signal: stop.signal,
    // Each check is judged below, once for every set of parameters that the register's statements want.
    only: () => false,
    onProgress(event) {
      const connection = left[event.target]?.row
      if (connection && event.kind === 'started' && !stop.signal.aborted) progress.begin(connection.id)
    },
  }
  try {
    await proveEach(
      left.map(({ target }) => target),
      options,
      (result, index) => {
        kept = kept.then(() => keep(result, index))
        return kept
      },
    )
  } finally {
    unwatch()
    await Promise.all([progress.settled(), isOver.settled()])
  }
  await work(async (tx) => {
    if (await store.finishRun(tx, runId, 'done'))
      await tx.append({ type: 'check.run', about: { kind: 'run', id: runId }, code: 'done' })
  })
}

async function endEarly(tx: TenantContext, runId: string): Promise<void> {
  if (await store.finishRun(tx, runId, 'interrupted'))
    await tx.append({ type: 'check.run', about: { kind: 'run', id: runId }, code: 'interrupted' })
}

/** Whether the tenant was suspended or deleted meanwhile: nothing failed. */
function isAway(error: unknown): boolean {
  return error instanceof AppError && (error.code === 'tenant.suspended' || error.code === 'tenant.not_found')
}

/** Tries until it succeeds or the tenant is gone, for half a minute at most. */
async function insist(work: () => Promise<void>): Promise<void> {
  for (let left = 30; ; left--) {
    try {
      return await work()
    } catch (error) {
      if (isAway(error)) return
      if (left === 0) throw error
      await sleep(1_000)
    }
  }
}

/** Works a run off, or waits for whoever took it first, the queue's worker for example. */
export async function runToEnd(job: RunJob, dependencies: RunDependencies): Promise<void> {
  await run(job, dependencies)
  for (;;) {
    const { state } = await dependencies.tenants.asSystem(job.tenantId, (tx) => store.getRun(tx, job.runId))
    if (state !== 'queued' && state !== 'running') return
    await sleep(100)
  }
}

/** Looks at one connection because it is due, and puts the next look into the queue. */
export async function lookAgain(
  tenantId: string,
  connectionId: string,
  { tenants, random }: RunDependencies,
): Promise<void> {
  const look = async (tx: TenantContext) => {
    const row = await getConnection(tx, connectionId).catch(() => null)
    // A connection that was removed or paused meanwhile, or looked at by hand, needs no look now.
    if (!row || row.paused || sendsItself(row) || row.next_at > tx.now) return
    // A suspended tenant is not looked at; the looks go on in their rhythm, so that they are there when it resumes.
    if (!tx.tenant.isSuspended) await requestRun(tx, [connectionId])
    await schedule(tx, connectionId, nextLook(row, tx.now, random()))
  }
  await tenants.asSystem(tenantId, look, { evenSuspended: true })
}

/** A reading that came by itself. */
interface Sent {
  readonly connection: ConnectionRow
  readonly reading: Reading
  /** What whoever sent it signed, to be verified once more later. Absent or null: nothing. */
  readonly evidence?: Buffer | null | undefined
}

/** Keeps readings that came by themselves as one run: judged, kept and told in the ledger as if somebody had looked. */
export async function keepReadings(
  tx: TenantContext,
  looks: readonly Sent[],
  dependencies: Pick<RunDependencies, 'judged'>,
): Promise<void> {
  if (looks.length === 0) return
  const about = { kind: 'run', id: tx.newId() } as const
  const environments = [...new Set(looks.map(({ connection }) => connection.environment))].toSorted()
  const ids = looks.map(({ connection }) => connection.id)
  await store.addRun(tx, about.id, ids, environments)
  await tx.append({
    type: 'check.run',
    about,
    code: 'requested',
    content: { content: { connections: ids.length, environments } },
  })
  await store.takeRun(tx, about.id)
  const wanted = await parametersOfRegister(tx)
  for (const { connection, reading, evidence } of looks)
    await keepLook(tx, about.id, connection, { reading, requests: [], evidence }, wanted, dependencies)
  await store.finishRun(tx, about.id, 'done')
  await tx.append({ type: 'check.run', about, code: 'done' })
}

async function keepLook(
  tx: TenantContext,
  runId: string,
  connection: ConnectionRow,
  { reading: seen, requests, evidence = null }: Pick<TargetResult, 'reading' | 'requests'> & Pick<Sent, 'evidence'>,
  wanted: Wanted,
  { judged }: Pick<RunDependencies, 'judged'>,
): Promise<void> {
  const { value: reading, found } = guardFacts(connection.connector, seen)
  if (Object.keys(found).length > 0) await noteLetThrough(tx, connection, found)
  const facts = Buffer.from(canonicalize(reading), 'utf8')
  const factsHash = hashOf(facts)
  const readingId = tx.newId()
  if (reading.read === 'no') await noteBlindness(tx, connection.id)
  await store.addReading(tx, {
    id: readingId,
    run_id: runId,
    connection_id: connection.id,
    read: reading.read,
    why: reading.read === 'no' ? reading.why : null,
    facts: seal(tx.dataKey, factsPlace(tx, readingId), facts),
    facts_hash: factsHash,
    requests,
    at: new Date(reading.at),
    envelope: evidence && seal(tx.dataKey, envelopePlace(tx, readingId), evidence),
  })
  if (connection.connector === platformConnector) await noteIncidents(tx, connection.system_id, reading)
  await keepFacts(tx, connection, reading)
  const earlier = await listJudged(tx, connection.system_id)
  const look: Look = { runId, readingId, connection, reading, factsHash, now: tx.now }
  const outcomes = await judgeLook(tx, look, wanted)
  await judged(tx, {
    connectionId: connection.id,
    systemId: connection.system_id,
    outcomes: [...outcomes, ...(await reconcile(tx, look))],
    earlier,
  })
}

/** Says what a connector let through, which then was not kept: its maker is to be told. */
async function noteLetThrough(
  tx: TenantContext,
  { id, connector }: ConnectionRow,
  counts: Readonly<Record<string, number>>,
): Promise<void> {
  await tx.append({
    type: 'shield.reported',
    about: { kind: 'connection', id },
    code: 'facts',
    content: { after: { connector, counts } },
  })
}

const dayMs = 86_400_000

/** Says once, with the first look that sees nothing a day after such looks began, that nothing is seen any more. */
async function noteBlindness(tx: TenantContext, connectionId: string): Promise<void> {
  const blind = await store.findBlind(tx, connectionId)
  if (!blind) return
  const day = blind.since.getTime() + dayMs
  if (blind.last.getTime() < day && tx.now.getTime() >= day)
    await tx.append({ type: 'collection.failed', about: { kind: 'connection', id: connectionId } })
}

/** Whether the newest facts of a tenant are sealed and open with its own key. */
export async function holdsOnlySealedFacts(tx: TenantContext): Promise<boolean> {
  const rows = await store.listNewestReadings(tx, 20)
  return rows.every((row) => {
    try {
      return row.facts.at(0) !== 0x7b && factsOf(tx, row) !== undefined
    } catch {
      return false
    }
  })
}

/** The title of a check, or its id for one that this release does not have. */
export function titleOf(id: string): { en: string; de: string } {
  return checkOf(id)?.title ?? (id === scopeCheck.id ? scopeCheck.title : { en: id, de: id })
}
