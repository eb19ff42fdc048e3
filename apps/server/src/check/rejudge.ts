import { checkOf, checks, connectorOf, digestOf, isFor, judge, parseReading, releaseOf, rollUp } from '@art32/probes'
import type { Check, Reading } from '@art32/probes'
import type { ConnectionRow } from '../connection/index.ts'
import { getConnection, sendsItself } from '../connection/index.ts'
import type { TenantContext, Tenants } from '../evidence/index.ts'
import { parametersOfRegister } from '../measure/index.ts'
import { checkErrors } from './errors.ts'
import { stateOf } from './history.ts'
import { factsOf, hashOf, judgeLook, openFacts } from './judging.ts'
import type { Settle } from './judging.ts'
import { withNames } from './pseudonym.ts'
import * as store from './store.ts'
import type { OutcomeRow, ReadingRow } from './store.ts'

/** The queue of connections whose last look is judged once more; its payload is a `RejudgeJob`. */
export const rejudgeQueue = 'check.rejudge'

/** A look that is to be judged once more. */
export interface RejudgeJob {
  readonly tenantId: string
  readonly connectionId: string
}

/** A connection whose last look was judged by other code than runs now, and by how many checks. */
export interface Outdated {
  readonly connectionId: string
  readonly checks: readonly Check[]
}

/** Connections whose last look was judged by another version of a check than this release has, or by none. */
export async function listOutdated(tx: TenantContext): Promise<Outdated[]> {
  const rows = Map.groupBy(await store.listJudged(tx), (row) => row.connection_id)
  return [...rows].flatMap(([connectionId, judged]) => {
    const connector = judged[0]?.connector ?? ''
    // A computer sends only what it has: a check that never judged it is not about it, or comes with what it sends next.
    const isOutdated = (check: Check) =>
      sendsItself({ connector })
        ? judged.some((row) => row.check_id === check.id && !isBy(row, check))
        : !judged.some((row) => isBy(row, check))
    const outdated = checks.filter((check) => isFor(check, connector) && isOutdated(check))
    return outdated.length === 0 ? [] : [{ connectionId, checks: outdated }]
  })
}

/** Whether an outcome came from the code of a check that runs now; of old ones only the version is known. */
function isBy(
  row: Pick<OutcomeRow, 'check_digest'> & { check_id: string | null; check_version: number | null },
  check: Check,
): boolean {
  return (
    row.check_id === check.id &&
    row.check_version === check.version &&
    (row.check_digest === null || row.check_digest === digestOf(check))
  )
}

/** Puts every connection into the queue whose last look was judged by other code than runs now. */
export async function requestRejudge(tx: TenantContext): Promise<Outdated[]> {
  const outdated = await listOutdated(tx)
  for (const { connectionId } of outdated) {
    const job: RejudgeJob = { tenantId: tx.tenant.id, connectionId }
    await tx.enqueue(rejudgeQueue, job)
  }
  return outdated
}

/** Judges the last look of a connection once more by the checks whose code is another now. Asks nobody anything. */
export async function rejudge(
  { tenantId, connectionId }: RejudgeJob,
  { tenants, judged }: { readonly tenants: Tenants; readonly judged: Settle },
): Promise<void> {
  await tenants.asSystem(tenantId, async (tx) => {
    const outdated = (await listOutdated(tx)).find((one) => one.connectionId === connectionId)
    const connection = await getConnection(tx, connectionId).catch(() => null)
    if (!outdated || !connection) return
    await rejudgeBy(tx, connection, (check) => outdated.checks.includes(check), judged)
  })
}

/** Judges the last look of a connection once more, as of when it was, by some checks. */
export async function rejudgeBy(
  tx: TenantContext,
  connection: Pick<ConnectionRow, 'id' | 'system_id' | 'connector'>,
  only: (check: Check) => boolean,
  judged: Settle,
): Promise<void> {
  const row = await store.findLastReading(tx, connection.id)
  if (!row) return
  const stored = readingOf(tx, row)
  const reading = parsed(connection.connector, stored)
  const look = {
    runId: row.run_id,
    readingId: row.id,
    connection,
    reading,
    factsHash: row.facts_hash,
    now: row.at,
  }
  // What this release reads otherwise needs another look; until then the former verdict stands.
  const canRead = (check: Check) => check.reads.every((part) => isRead(stored, part) === isRead(reading, part))
  const outcomes = await judgeLook(tx, look, await parametersOfRegister(tx), (check) => only(check) && canRead(check))
  // What is seen is what was seen; only the judgement is new, so nothing waits for a second look.
  await judged(tx, { connectionId: connection.id, systemId: connection.system_id, outcomes, earlier: new Set() })
}

function isRead(reading: Reading, part: string): boolean {
  return reading.read === 'ok' && reading.facts[part]?.read === 'ok'
}

/** The reading that is kept, as the engine delivered it. */
export function readingOf(tx: TenantContext, row: ReadingRow): Reading {
  const { facts } = row
  if (!facts) throw checkErrors.facts_gone()
  // Sealed by this module as the engine delivered it; `parseReading` takes it strictly again.
  return factsOf(tx, { id: row.id, facts }) as Reading
}

function parsed(connectorId: string, reading: Reading): Reading {
  const connector = connectorOf(connectorId)
  return connector ? parseReading(connector, reading) : reading
}

/** What came of computing a verdict once more. */
export interface Recomputed {
  /** `computed`: by the very check. `other-code`: its version is the same, its code is not. */
  readonly by: 'computed' | 'other-code' | 'other-version' | 'no-check'
  readonly version: number
  /** The version that runs now; null: the check was retired. */
  readonly running: number | null
  /** The release in which the version of that day lies, where it is known. */
  readonly release: string | null
  /** Whether the kept facts have the hash that the ledger cites. */
  readonly holds: boolean
  /** Whether it came out the same; null where it could not be computed. */
  readonly same: boolean | null
  readonly state: string | null
  readonly subjects: readonly store.SubjectVerdict[]
}

/**
 * Computes a past verdict once more from the facts that led to it, with the parameters and the instant of that day.
 *
 * @throws {check.outcome_not_found | check.facts_gone}
 */
export async function recompute(tx: TenantContext, outcomeId: string): Promise<Recomputed> {
  const outcome = await store.getOutcome(tx, outcomeId)
  const row = await store.getReadingOf(tx, outcomeId)
  const reading = readingOf(tx, row)
  const check = checkOf(outcome.check_id)
  const known = {
    version: outcome.check_version,
    running: check?.version ?? null,
    release: releaseOf(outcome.check_id, outcome.check_version),
    holds: row.facts !== null && hashOf(openFacts(tx, { id: row.id, facts: row.facts })).equals(row.facts_hash),
  }
  const none = { ...known, same: null, state: null, subjects: [] }
  if (!check) return { ...none, by: 'no-check' }
  if (check.version !== outcome.check_version) return { ...none, by: 'other-version' }
  const outcomes = judge(check, reading, {
    system: outcome.system_id,
    now: outcome.judged_at ?? outcome.at,
    parameters: await parametersOf(tx, check, outcome),
  })
  const state = rollUp(outcomes)
  const subjects = outcomes.map(({ subject, state: one, say }) => ({
    subject,
    state: one,
    say: { en: say.en, de: say.de },
  }))
  const isSame = outcome.check_digest === null || outcome.check_digest === digestOf(check)
  return {
    ...known,
    by: isSame ? 'computed' : 'other-code',
    same: state === outcome.state && (outcome.subjects.length === 0 || wordsOf(subjects) === wordsOf(outcome.subjects)),
    state,
    subjects: await withNames(tx, subjects),
  }
}

/** Verdicts by subject; sentences are not compared, since a wording may be mended. */
function wordsOf(subjects: readonly store.SubjectVerdict[]): string {
  return subjects
    .map(({ subject, state }) => `${subject}\0${state}`)
    .toSorted()
    .join('\n')
}

/** With what an outcome was judged: what the register wanted, and what was approved. @throws {check.facts_gone} */
export async function parametersOf(
  tx: TenantContext,
  check: Check,
  outcome: Pick<OutcomeRow, 'parameters' | 'declared' | 'baseline'>,
): Promise<Record<string, unknown>> {
  const { baseline } = outcome
  const wanted = { ...outcome.declared, ...wantedOf(outcome) }
  if (baseline === null || check.baseline === undefined) return wanted
  const states = await Promise.all(baseline.split(' ').map((id) => stateOf(tx, id)))
  if (states.some((state) => state === null)) throw checkErrors.facts_gone()
  const approved = Object.fromEntries(check.reads.map((part, at) => [part, states[at]?.facts]))
  return { ...wanted, ...check.baseline(approved) }
}

/** What the register wanted of an outcome. */
export function wantedOf({ parameters }: Pick<OutcomeRow, 'parameters'>): Record<string, unknown> {
  // Written by this module as canonical JSON of an object.
  return JSON.parse(parameters) as Record<string, unknown>
}
