import { createHash } from 'node:crypto'
import type { Outcome } from '../engine/run.ts'
import { type Plan, writePlan } from '../plan/plan.ts'

/** A warning of the report, with what it is about. */
export interface Warning {
  readonly code:
    | 'frequent-value'
    | 'small-domain'
    | 'unique-records'
    | 'drift'
    | 'unknown-column'
    | 'missing-column'
    | 'unreadable'
    | 'identifier-in-output'
    | 'known-value-in-output'
  readonly column: string | undefined
  readonly figure: number | undefined
}

/** What a run found and did; schema art32.shield-report/1. It holds numbers and names of columns, never a value. */
export interface ShieldReport {
  readonly schema: 'art32.shield-report/1'
  readonly plan: { readonly sha256: string; readonly domain: string; readonly epoch: number }
  /** Names the key without telling anything of it. */
  readonly keyId: string
  /** The nonce of this run, as hexadecimal digits: pseudonyms that are the same within a document only come from it. */
  readonly document: string
  readonly records: number
  readonly bytesIn: number
  readonly bytesOut: number
  readonly columns: readonly ColumnReport[]
  readonly unknown: readonly string[]
  readonly missing: readonly string[]
  readonly residual: Outcome['residual']
  /** A second look at the output, at so many blocks of all. Every one of these should be zero or named in a warning. */
  readonly verification: VerificationReport
  readonly warnings: readonly Warning[]
  /** What remains to be said of every run. */
  readonly statement: { readonly en: string; readonly de: string }
}

export interface VerificationReport {
  readonly blocks: number
  readonly blocksLooked: number
  /** Values of the output that were looked at. */
  readonly looked: number
  /** Identifiers with check digits, and mail addresses, that stand in the output where the plan wants none; by type. */
  readonly found: Readonly<Record<string, number>>
  /** Values of columns that were to go and stand in another column of the output; by that column. */
  readonly known: Readonly<Record<string, number>>
}

export interface ColumnReport {
  readonly name: string
  readonly type: string | null
  readonly confidence: number | null
  readonly did: string
  readonly values: number
  readonly empty: number
  readonly changed: number
  readonly unreadable: number
  readonly quarantined: number
  readonly found: Readonly<Record<string, number>>
}

/** One value of a hundred is the same: who knows how often it occurs in the world may guess it. */
const FREQUENT = 0.01
/** So few different values can be tried one after the other by who may have pseudonyms made. */
const SMALL = 10_000

/**
 * Puts together what a run counted.
 *
 * @param steps what was done with each column where that is more than the plan says: in a database a reference follows its key
 */
export function report(
  outcome: Outcome,
  plan: Plan,
  keyId: string,
  document: Uint8Array,
  steps: Plan['columns'] = plan.columns,
): ShieldReport {
  const { counts, unknown, missing, residual } = outcome
  const columns = Object.entries(counts.columns).map(([name, count]): ColumnReport => {
    const planned = Object.hasOwn(steps, name) ? steps[name] : undefined
    return {
      name,
      type: planned?.type ?? null,
      confidence: planned?.confidence ?? null,
      did: planned?.do ?? plan.unknown,
      ...count,
    }
  })
  return {
    schema: 'art32.shield-report/1',
    plan: {
      sha256: createHash('sha256').update(writePlan(plan)).digest('hex'),
      domain: plan.domain,
      epoch: plan.epoch,
    },
    keyId,
    document: Buffer.from(document).toString('hex'),
    records: counts.records,
    bytesIn: counts.bytesIn,
    bytesOut: counts.bytesOut,
    columns,
    unknown,
    missing,
    residual,
    verification: {
      blocks: outcome.verification.blocks,
      blocksLooked: outcome.verification.blocksLooked,
      looked: outcome.verification.values,
      found: outcome.verification.found,
      known: outcome.verification.known,
    },
    warnings: warningsOf(outcome, columns, plan),
    statement,
  }
}

function warningsOf(
  { residual, verification, unknown, missing }: Outcome,
  columns: readonly ColumnReport[],
  plan: Plan,
): Warning[] {
  const spreads = Object.entries(residual.spreads).filter(([name]) => {
    const column = plan.columns[name]
    return column?.do === 'pseudonym' && column.same !== 'never'
  })
  const about = (code: Warning['code'], column?: string, figure?: number): Warning => ({ code, column, figure })
  return [
    ...spreads
      .filter(([, { topShare, values }]) => topShare >= FREQUENT && values > 100)
      .map(([name, { topShare }]) => about('frequent-value', name, topShare)),
    ...spreads
      .filter(([, { different, values }]) => different < SMALL && different < values / 2)
      .map(([name, { different }]) => about('small-domain', name, different)),
    ...(residual.classes !== undefined && residual.classes.unique > 0
      ? [about('unique-records', undefined, residual.classes.unique)]
      : []),
    ...columns
      .filter(({ did, found }) => did === 'keep' && Object.keys(found).length > 0)
      .map(({ name, found }) => about('drift', name, total(found))),
    ...(Object.keys(verification.found).length > 0
      ? [about('identifier-in-output', undefined, total(verification.found))]
      : []),
    ...Object.entries(verification.known).map(([name, count]) => about('known-value-in-output', name, count)),
    ...unknown.map((name) => about('unknown-column', name)),
    ...missing.map((name) => about('missing-column', name)),
    ...columns
      .filter(({ unreadable }) => unreadable > 0)
      .map(({ name, unreadable }) => about('unreadable', name, unreadable)),
  ]
}

const total = (found: Readonly<Record<string, number>>): number =>
  Object.values(found).reduce((sum, count) => sum + count, 0)

const statement = {
  en: 'The output is still personal data for whoever has the key or can link it to other data (Art. 4(5), recital 26 GDPR). What is said in text in words that no detector knows, and names that stand in no column of their record, may remain.',
  de: 'Die Ausgabe bleibt personenbezogen für alle, die den Schlüssel haben oder sie mit anderen Daten verknüpfen können (Art. 4 Nr. 5, Erwägungsgrund 26 DSGVO). Was im Text in Worten steht, die kein Detektor kennt, und Namen, die in keiner Spalte ihres Datensatzes stehen, können übrig bleiben.',
}
