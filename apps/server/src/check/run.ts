import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { checkOf, isFor, judge, prove, rollUp } from '@art32/probes'
import type { Check, Context, Outcome, Reading, Target, TargetResult } from '@art32/probes'
import { canonicalize } from '@art32/ledger'
import { checks as allChecks } from '@art32/probes'
import {
  connectionErrors,
  getConnection,
  lacksSettings,
  listConnections,
  listConnectionsById,
  nextLook,
  schedule,
  targetOf,
} from '../connection/index.ts'
import type { ConnectionRow } from '../connection/index.ts'
import type { TenantContext, Tenants } from '../evidence/index.ts'
import { AppError, bug } from '../kernel/index.ts'
import { parametersOfRegister, saveBacking } from '../measure/index.ts'
import { isLocalAddress, open, seal } from '../platform/index.ts'
import type { Environment } from '../system/index.ts'
import type { Tenant } from '../tenant/index.ts'
import { checkErrors } from './errors.ts'
import { keepPseudonyms, openPseudonyms } from './pseudonym.ts'
import type { Pseudonyms } from './pseudonym.ts'
import { keepSpan } from './span.ts'
import * as store from './store.ts'
import type { OutcomeRow } from './store.ts'

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
  /** Told of everything that was judged in a look, in the same transaction. */
  readonly judged: (tx: TenantContext, look: { systemId: string; outcomes: readonly Outcome[] }) => Promise<void>
}

/**
 * Requests a run over connections (none named: all of these environments that are not paused) and puts it into the queue.
 *
 * @throws {connection.not_found | connection.enter_again | check.nothing_connected}
 */
export async function requestRun(
  tx: TenantContext,
  connectionIds: readonly string[],
  wanted: readonly Environment[] = ['production'],
): Promise<string> {
  const connections =
    connectionIds.length > 0
      ? await listConnectionsById(tx, connectionIds)
      : (await listConnections(tx)).filter((row) => !row.paused && wanted.includes(row.environment))
  if (connections.length !== new Set(connectionIds).size && connectionIds.length > 0) throw connectionErrors.not_found()
  if (connections.length === 0) throw checkErrors.nothing_connected()
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
 * backing of measures and the findings in one transaction of its own. Killed in between, what was kept is whole.
 */
export async function run({ tenantId, runId }: RunJob, dependencies: RunDependencies): Promise<void> {
  const { tenants, notify } = dependencies
  const prepare = async (tx: TenantContext): Promise<Prepared | null> => {
    if (!(await store.takeRun(tx, runId))) return null
    if (tx.tenant.isSuspended) {
      await endEarly(tx, runId)
      return null
    }
    const connections = await listConnectionsById(tx, (await store.getRun(tx, runId)).connection_ids)
    return {
      connections,
      targets: connections.map((row) => targetOf(tx, row)),
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

/** What a run works off. */
interface Prepared {
  readonly connections: readonly ConnectionRow[]
  readonly targets: readonly Target[]
  readonly wanted: ReadonlyMap<string, ReadonlyMap<string, Record<string, unknown>>>
  readonly isLocal: boolean
  readonly allowed: readonly string[]
  readonly pseudonyms: Pseudonyms
}

async function lookAndKeep(
  tenantId: string,
  runId: string,
  { connections, targets, wanted, isLocal, allowed, pseudonyms }: Prepared,
  dependencies: RunDependencies,
): Promise<void> {
  const { tenants, notify } = dependencies
  let kept: Promise<unknown> = Promise.resolve()
  await prove(targets, {
    context: {
      ...dependencies.context,
      mayReach: (address) => isLocal || !isLocalAddress(address) || allowed.includes(address),
      pseudonym: pseudonyms.of,
    },
    // Each check is judged below, once for every set of parameters that the register's statements want.
    only: () => false,
    onProgress(event) {
      if (event.kind !== 'finished') return
      const connection = connections[event.target]
      if (!connection) return
      kept = kept.then(async () => {
        await tenants.asSystem(tenantId, async (tx) => {
          await keepPseudonyms(tx, pseudonyms.take())
          await keepLook(tx, runId, connection, event.result, wanted, dependencies)
        })
        notify(tenantId)
      })
      // It is awaited below; a failure until then must not end the process.
      kept.catch(() => undefined)
    },
  })
  await kept
  await tenants.asSystem(tenantId, async (tx) => {
    await store.finishRun(tx, runId, 'done')
    await tx.append({ type: 'check.run', about: { kind: 'run', id: runId }, code: 'done' })
  })
}

async function endEarly(tx: TenantContext, runId: string): Promise<void> {
  await store.finishRun(tx, runId, 'interrupted')
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
    if (state === 'done' || state === 'interrupted') return
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
    if (!row || row.paused || row.next_at > tx.now) return
    // A suspended tenant is not looked at; the looks go on in their rhythm, so that they are there when it resumes.
    if (!tx.tenant.isSuspended) await requestRun(tx, [connectionId])
    await schedule(tx, connectionId, nextLook(row, tx.now, random()))
  }
  await tenants.asSystem(tenantId, look, { evenSuspended: true })
}

async function keepLook(
  tx: TenantContext,
  runId: string,
  connection: ConnectionRow,
  { reading, requests }: TargetResult,
  wanted: ReadonlyMap<string, ReadonlyMap<string, Record<string, unknown>>>,
  { judged }: RunDependencies,
): Promise<void> {
  const facts = Buffer.from(canonicalize(reading), 'utf8')
  const factsHash = createHash('sha256').update(facts).digest()
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
  })
  const all: Outcome[] = []
  for (const check of allChecks.filter((one) => isFor(one, connection.connector))) {
    const sets = wanted.get(check.id) ?? new Map([[canonicalize(check.params.parse({})), {}]])
    for (const [key, parameters] of sets) {
      const outcomes = judge(check, reading, { system: connection.system_id, now: tx.now, parameters })
      await keepOutcome(tx, {
        runId,
        readingId,
        systemId: connection.system_id,
        check,
        key,
        outcomes,
        factsHash,
        reading,
      })
      all.push(...outcomes)
    }
  }
  await judged(tx, { systemId: connection.system_id, outcomes: all })
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

async function keepOutcome(
  tx: TenantContext,
  look: {
    runId: string
    readingId: string
    systemId: string
    check: Check
    key: string
    outcomes: readonly Outcome[]
    factsHash: Buffer
    reading: Reading
  },
): Promise<void> {
  const { check, key, outcomes, systemId, factsHash } = look
  const [first] = outcomes
  const state = rollUp(outcomes)
  if (!first || state === 'stale') throw bug('a fresh look was judged stale')
  const reason = outcomes.find((outcome) => outcome.reason !== undefined)?.reason
  const record = {
    format: 'art32.outcome/1',
    check: check.id,
    checkVersion: String(check.version),
    system: systemId,
    subject: '',
    state,
    ...(reason === undefined ? {} : { reason }),
    at: first.at,
    params: first.parameters,
    factsHash: factsHash.toString('hex'),
    freshUntil: first.freshUntil,
  }
  const { outcome: commitment } = await tx.append({
    type: 'check.outcome',
    about: { kind: 'system', id: systemId },
    code: state,
    content: { outcome: record },
  })
  if (!commitment) throw bug('an outcome was appended without its commitment')
  const row: Omit<OutcomeRow, 'system_name'> = {
    id: tx.newId(),
    run_id: look.runId,
    reading_id: look.readingId,
    check_id: check.id,
    check_version: check.version,
    system_id: systemId,
    state,
    reason: reason ?? null,
    subjects: outcomes.map((outcome) => ({
      subject: outcome.subject,
      state: outcome.state,
      say: { en: outcome.say.en, de: outcome.say.de },
    })),
    parameters: key,
    at: new Date(first.at),
    fresh_until: new Date(first.freshUntil),
    commitment,
  }
  await store.addOutcome(tx, row)
  await keepSpan(tx, row)
  await saveBacking(tx, {
    check_id: check.id,
    system_id: systemId,
    state,
    reason: reason ?? null,
    looked_at: row.at,
    failing_since: state === 'fail' ? row.at : null,
    at: row.at,
    fresh_until: row.fresh_until,
    parameters: key,
    outcome: commitment,
  })
}

/** The facts of a look, unsealed. */
export function factsOf(tx: TenantContext, row: { id: string; facts: Buffer }): unknown {
  return JSON.parse(open(tx.dataKey, factsPlace(tx, row.id), row.facts).toString('utf8'))
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

function factsPlace(tx: TenantContext, readingId: string): string {
  return `tenant:${tx.tenant.id}/reading:${readingId}/facts`
}

/** The title of a check, or its id for one that this release does not have. */
export function titleOf(id: string): { en: string; de: string } {
  return checkOf(id)?.title ?? { en: id, de: id }
}
