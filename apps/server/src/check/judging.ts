import { hash } from 'node:crypto'
import { canonicalize } from '@art32/ledger'
import { checks as allChecks, digestOf, isFor, judge, rollUp, signerIn } from '@art32/probes'
import type { Check, DrillEnvelope, Outcome, Reading } from '@art32/probes'
import { sendsItself } from '../connection/index.ts'
import type { ConnectionRow } from '../connection/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { bug } from '../kernel/index.ts'
import { saveBacking } from '../measure/index.ts'
import { open } from '../platform/index.ts'
import { declaredOn } from './declared.ts'
import { approvedFacts } from './history.ts'
import type { Approved } from './history.ts'
import { keepSpan } from './span.ts'
import * as store from './store.ts'
import type { OutcomeRow } from './store.ts'

/** The parameters with which the register's statements want each check judged; by check id and canonical JSON. */
export type Wanted = ReadonlyMap<string, ReadonlyMap<string, Readonly<Record<string, unknown>>>>

/** A look that is judged: now, or once more from what is stored. */
export interface Look {
  readonly runId: string
  readonly readingId: string
  readonly connection: Pick<ConnectionRow, 'id' | 'system_id' | 'connector'>
  readonly reading: Reading
  readonly factsHash: Buffer
  /** For how old things are: when it was looked, or a little later. */
  readonly now: Date
  /** From when the verdict counts, where that is not when it was seen. */
  readonly heldFrom?: Date
}

/** What a look led to. */
export interface Judged {
  readonly connectionId: string
  readonly systemId: string
  readonly outcomes: readonly Outcome[]
  /** Checks that had judged this system in another look before; none where a stored look is judged anew. */
  readonly earlier: ReadonlySet<string>
}

/** Told of everything that was judged, in the same transaction. */
export type Settle = (tx: TenantContext, look: Judged) => Promise<void>

/** Judges a look by all checks that read it, or by some, and keeps each outcome with its leaf, span and backing. */
export async function judgeLook(
  tx: TenantContext,
  look: Look,
  wanted: Wanted,
  only: (check: Check) => boolean = () => true,
): Promise<Outcome[]> {
  const all: Outcome[] = []
  const approved = await approvedFacts(tx, look.connection)
  const declared = await declaredOn(tx, look.connection.system_id)
  const { connection, reading } = look
  // What a computer has not got is not among what it sent: the check is not for it.
  const isAbout = (check: Check) =>
    !sendsItself(connection) || reading.read === 'no' || check.reads.every((name) => Object.hasOwn(reading.facts, name))
  for (const check of allChecks.filter((one) => isFor(one, connection.connector) && isAbout(one) && only(one))) {
    const baseline = baselineOf(check, approved)
    const own = declared(check)
    const sets = wanted.get(check.id) ?? new Map([[canonicalize(check.params.parse({})), {}]])
    for (const [key, parameters] of sets) {
      const outcomes = judge(check, look.reading, {
        system: look.connection.system_id,
        now: look.now,
        // What was declared fills in what a statement does not say.
        parameters: { ...own, ...parameters, ...baseline?.parameters },
      })
      // What was on its way for too long says nothing to this check; what it said before grows stale by itself.
      if (rollUp(outcomes) === 'stale') continue
      const signedBy = signerIn(look.reading)
      await keepOutcome(tx, look, { check, key, outcomes, declared: own, baseline: baseline?.hash ?? null, signedBy })
      all.push(...outcomes)
    }
  }
  return all
}

/** What a check takes from the state that a person approved, and the hash of that state; null: nothing is approved. */
export function baselineOf(
  check: Check,
  approved: ReadonlyMap<string, Approved>,
): { parameters: Readonly<Record<string, unknown>>; hash: string } | null {
  if (check.baseline === undefined) return null
  const parts = check.reads.map((part) => approved.get(part))
  const facts: Record<string, unknown> = {}
  for (const [at, part] of check.reads.entries()) facts[part] = parts[at]?.facts
  const known = parts.flatMap((part) => (part ? [part.hash] : []))
  if (known.length < check.reads.length) return null
  return { parameters: check.baseline(facts), hash: known.join(' ') }
}

/** An outcome that is kept: of a check of the registry, or of the engine itself. */
interface Kept {
  readonly check: Pick<Check, 'id' | 'version'> & Partial<Pick<Check, 'judge'>>
  /** Canonical JSON of the parameters that the register wanted. */
  readonly key: string
  readonly outcomes: readonly Outcome[]
  readonly baseline: string | null
  /** What people declared for it. */
  readonly declared: Readonly<Record<string, unknown>>
  /** Whether measures may lean on it. */
  readonly backs?: false
  /** Who signed what it rests on; null: nobody. Absent or undefined: nobody could. */
  readonly signedBy?: string | null | undefined
}

/** Keeps an outcome: its leaf with all that is needed to compute it again, its row, its span, and what it backs. */
export async function keepOutcome(
  tx: TenantContext,
  look: Pick<Look, 'runId' | 'readingId' | 'connection' | 'factsHash' | 'now' | 'heldFrom'>,
  { check, key, outcomes, baseline, declared, backs, signedBy }: Kept,
): Promise<void> {
  const { system_id: systemId } = look.connection
  const [first] = outcomes
  const state = rollUp(outcomes)
  if (!first || state === 'stale') throw bug('a fresh look was judged stale')
  const reason = outcomes.find((outcome) => outcome.reason !== undefined)?.reason
  const digest = digestOf(check)
  const record = {
    format: 'art32.outcome/1',
    check: check.id,
    checkVersion: String(check.version),
    checkDigest: digest,
    system: systemId,
    subject: '',
    state,
    ...(reason === undefined ? {} : { reason }),
    at: first.at,
    judgedAt: look.now.toISOString(),
    params: first.parameters,
    factsHash: look.factsHash.toString('hex'),
    freshUntil: first.freshUntil,
    ...(signedBy === undefined ? {} : { signedBy }),
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
    check_digest: digest,
    baseline,
    judged_at: look.now,
    system_id: systemId,
    state,
    reason: reason ?? null,
    subjects: outcomes.map((outcome) => ({
      subject: outcome.subject,
      state: outcome.state,
      say: { en: outcome.say.en, de: outcome.say.de },
    })),
    parameters: key,
    declared,
    at: new Date(first.at),
    fresh_until: new Date(first.freshUntil),
    commitment,
    signed_by: signedBy === undefined ? null : (signedBy ?? ''),
  }
  await store.supersede(tx, row)
  await store.addOutcome(tx, row)
  const heldFrom = look.heldFrom ?? row.at
  await keepSpan(tx, { ...row, at: heldFrom })
  if (backs === false) return
  await saveBacking(tx, {
    check_id: check.id,
    system_id: systemId,
    state,
    reason: reason ?? null,
    looked_at: row.at,
    failing_since: state === 'fail' ? heldFrom : null,
    at: heldFrom,
    fresh_until: row.fresh_until,
    parameters: key,
    outcome: commitment,
    failing: outcomes.filter((outcome) => outcome.state === 'fail').map((outcome) => outcome.key),
  })
}

/** The hash of a reading as outcomes cite it. */
export function hashOf(reading: Buffer): Buffer {
  return Buffer.from(hash('sha256', reading), 'hex')
}

/** The facts of a look, unsealed. */
export function factsOf(tx: TenantContext, row: { id: string; facts: Buffer }): unknown {
  return JSON.parse(openFacts(tx, row).toString('utf8'))
}

/** The bytes of a reading as they were hashed. */
export function openFacts(tx: TenantContext, row: { id: string; facts: Buffer }): Buffer {
  return open(tx.dataKey, factsPlace(tx, row.id), row.facts)
}

/** What whoever sent a look signed, and by which key; null: it was not signed, or is not kept. */
export function envelopeOf(
  tx: TenantContext,
  { id, envelope }: { id: string; envelope: Buffer | null },
): { envelope: DrillEnvelope; key: string } | null {
  if (envelope === null) return null
  // Written by this module as canonical JSON.
  return JSON.parse(open(tx.dataKey, envelopePlace(tx, id), envelope).toString('utf8')) as ReturnType<typeof envelopeOf>
}

/** Where the envelope of a look is sealed. */
export function envelopePlace(tx: TenantContext, readingId: string): string {
  return `tenant:${tx.tenant.id}/reading:${readingId}/envelope`
}

/** Where the facts of a look are sealed. */
export function factsPlace(tx: TenantContext, readingId: string): string {
  return `tenant:${tx.tenant.id}/reading:${readingId}/facts`
}
