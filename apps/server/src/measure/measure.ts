import { bindParameters, checks, discoverableKinds, sayReconciled } from '@art32/probes'
import type { Check, Text } from '@art32/probes'
import { canonicalize } from '@art32/ledger'
import { publicStateOf } from '@art32/press'
import type { Assurance, PublicState } from '@art32/press'
import { addDuration } from '../kernel/index.ts'
import type { DiscoveredRow } from '../system/index.ts'
import { assuranceOf } from './assurance.ts'
import type { CheckBacking, GuaranteeBacking, SignOffBacking } from './assurance.ts'
import type { AttestationRow } from './attestation.ts'
import { guaranteesOf } from './guarantee.ts'
import type { GuaranteeRow } from './guarantee.ts'
import { holds } from './exception.ts'
import type { Deviation } from './exception.ts'
import type { MappingRow, MeasureRow, PlacedBacking, StatementRow } from './store.ts'

/** A new failure is shown to the public after this time unless it is mended before. */
export const graceHours = 72

/** One check that speaks for a part, on one system. */
export interface PartCheck extends CheckBacking {
  readonly check: string
  readonly systemId: string
  readonly reason: string | null
  /** When the verdict was made. */
  readonly at: Date
  /** When somebody last looked; later than `at` where the last look could see nothing. */
  readonly lookedAt: Date
  readonly failingSince: Date | null
  /** The commitment of the outcome's leaf. */
  readonly outcome: Buffer
  /** Exceptions that hold for this check on this system. */
  readonly deviations: readonly Deviation[]
}

/** A duty or a guideline that speaks for a part. */
export interface PartSignOff extends SignOffBacking {
  readonly row: AttestationRow
  readonly isOverdue: boolean
}

/** A processor that speaks for a part. */
export interface PartGuarantee extends GuaranteeBacking {
  readonly row: GuaranteeRow
}

/** One catalogue measure of a statement with what backs it. */
export interface AssessedPart {
  readonly mapping: MappingRow
  /** Whether a check of this release could prove it. */
  readonly provable: boolean
  readonly checks: readonly PartCheck[]
  /** What people signed off for it or still have to. */
  readonly signOffs: readonly PartSignOff[]
  /** The processors that guarantee it; none where nobody says that a processor does. */
  readonly guarantees: readonly PartGuarantee[]
}

/** A measure with its assurance and everything it was computed from. */
export interface Assessed {
  readonly assurance: Assurance
  readonly publicState: PublicState
  readonly parts: readonly AssessedPart[]
  /** Parameters of the statement that no check takes: with one of them, nothing is plain verified. */
  readonly unproven: readonly string[]
  /** When somebody last looked; null: never. */
  readonly checkedAt: Date | null
  /** Until when the oldest proof counts; null: nothing to expire. */
  readonly freshUntil: Date | null
  /** What the line must say of exceptions; null: none holds, or nothing is promised that one could be from. */
  readonly exception: { readonly until: string; readonly reason: string } | null
  /** What to do next. */
  readonly next: 'confirm' | 'choose' | 'mend' | 'connect' | 'look-again' | 'plan' | 'none'
  /** `4 of 5 discovered servers`; null where nothing was discovered that belongs to it. */
  readonly discovered: Text | null
}

const servingByMeasure = new Map<string, { check: Check; relation: 'proves' | 'supports' }[]>()
for (const check of checks) {
  for (const { measure, as } of check.serves) {
    servingByMeasure.set(measure, [...(servingByMeasure.get(measure) ?? []), { check, relation: as }])
  }
}

/** The text under which outcomes with these parameters are kept: canonical JSON with the check's defaults filled in. */
export function parametersKey(check: Check, parameters: Readonly<Record<string, unknown>>): string {
  return canonicalize(check.params.parse(parameters))
}

/** The parameters with which statements want each check judged, besides its defaults; by check id and key. */
export function wantedParameters(
  rows: readonly { statement: StatementRow; mapping: readonly MappingRow[] }[],
): Map<string, Map<string, Record<string, unknown>>> {
  const wanted = new Map<string, Map<string, Record<string, unknown>>>()
  for (const { check } of [...servingByMeasure.values()].flat())
    wanted.set(check.id, new Map([[parametersKey(check, {}), {}]]))
  for (const { statement, mapping } of rows) {
    for (const { catalogue_id: measure } of mapping) {
      for (const { check } of servingByMeasure.get(measure) ?? []) {
        const { parameters } = bindParameters(check, measure, statement.parameters)
        wanted.get(check.id)?.set(parametersKey(check, parameters), { ...parameters })
      }
    }
  }
  return wanted
}

/** Computes the assurance of a measure from its statement, its mapping and the last verdicts of checks. Pure. */
export function assess(
  { measure, statement, mapping }: { measure: MeasureRow; statement: StatementRow; mapping: readonly MappingRow[] },
  backing: ReadonlyMap<string, readonly PlacedBacking[]>,
  now: Date,
  discovered: readonly DiscoveredRow[] = [],
  {
    attestations = new Map(),
    guarantees = new Map(),
  }: {
    attestations?: ReadonlyMap<string, readonly AttestationRow[]>
    guarantees?: ReadonlyMap<string, readonly GuaranteeRow[]>
  } = {},
): Assessed {
  const proven = new Set<string>()
  const parts = mapping.map((row) => ({
    ...assessPart(row, measure, statement, { backing, now }, proven),
    signOffs: (attestations.get(row.catalogue_id) ?? []).map((one) => signOffOf(one, measure.cadence)),
    guarantees:
      measure.guarantor === 'processor'
        ? guaranteesOf(guarantees.get(row.catalogue_id) ?? [], statement.id).map((one) => ({
            row: one,
            freshUntil: one.fresh_until,
          }))
        : [],
  }))
  const unproven = Object.keys(statement.parameters).filter((name) => !proven.has(name))
  const computed = assuranceOf(
    {
      status: statement.status,
      guarantor: measure.guarantor,
      parts: parts.map((part) => ({
        confirmed: part.mapping.confirmed_by !== null,
        checks: part.checks,
        signOffs: part.signOffs,
        guarantees: part.guarantees,
      })),
    },
    now,
  )
  const assurance = computed === 'verified' && unproven.length > 0 ? 'stated' : computed
  const all = parts.flatMap((part) => part.checks)
  const signed = parts.flatMap((part) => part.signOffs)
  const vouched = parts.flatMap((part) => part.guarantees)
  const failingSince = earliest(
    all.flatMap((check) =>
      check.state === 'fail' && !check.excepted && check.failingSince ? [check.failingSince] : [],
    ),
  )
  // What is overdue had a grace of its own.
  const isOverdue = assurance === 'failing' && signed.some((one) => one.isOverdue)
  const graceOver = failingSince !== null && failingSince.getTime() + graceHours * 3_600_000 <= now.getTime()
  return {
    assurance,
    publicState: publicStateOf(assurance, assurance === 'lapsed' || graceOver || isOverdue),
    parts,
    unproven,
    checkedAt: latest([
      ...all.map((check) => check.lookedAt),
      ...[...signed, ...vouched].flatMap(({ row }) => row.given_at ?? []),
    ]),
    freshUntil: earliest([
      ...all.filter((check) => check.relation === 'proves' && check.state === 'pass').map((check) => check.freshUntil),
      ...[...signed, ...vouched].flatMap((one) =>
        one.freshUntil === null || (one.freshUntil < now && assurance !== 'lapsed') ? [] : [one.freshUntil],
      ),
    ]),
    exception: isJudged(statement, measure) ? exceptionOf(all.flatMap((check) => check.deviations)) : null,
    next: nextStep(assurance, statement, parts),
    discovered: reconciledWith(measure, mapping, discovered),
  }
}

/** A sign-off counts no longer than the measure promises: who says “quarterly” is not backed by what is done once a year. */
function signOffOf(row: AttestationRow, cadence: string | null): PartSignOff {
  const { effective_on: day, fresh_until: until } = row
  const promised = day === null || cadence === null ? null : addDuration(new Date(`${day}T23:59:59.999Z`), cadence)
  // As long again as a tenth of the rhythm: nobody does a thing of each year on the very same day.
  const slack = promised === null || day === null ? 0 : (promised.getTime() - Date.parse(`${day}T00:00:00Z`)) / 10
  const latest = promised === null ? null : new Date(promised.getTime() + slack)
  return {
    row,
    isOverdue: row.overdue_since !== null,
    freshUntil: until === null || latest === null || until < latest ? until : latest,
  }
}

function assessPart(
  mapping: MappingRow,
  measure: MeasureRow,
  statement: StatementRow,
  { backing, now }: { backing: ReadonlyMap<string, readonly PlacedBacking[]>; now: Date },
  proven: Set<string>,
): Omit<AssessedPart, 'signOffs' | 'guarantees'> {
  const serving = servingByMeasure.get(mapping.catalogue_id) ?? []
  const checksOfPart = serving.flatMap(({ check, relation }) => {
    const known = backing.get(check.id)
    // Most checks of most tenants have never looked.
    if (!known) return []
    const { parameters, bound, refused } = bindParameters(check, mapping.catalogue_id, statement.parameters)
    const key = parametersKey(check, parameters)
    const rows = known.filter(
      (row) =>
        row.parameters === key &&
        measure.environments.includes(row.environment) &&
        (measure.scope.length === 0 || measure.scope.includes(row.system_id)),
    )
    if (relation === 'proves' && rows.some((row) => row.state === 'pass')) for (const name of bound) proven.add(name)
    // A value that the check cannot judge is not what it proves.
    const as = refused.length > 0 ? 'supports' : relation
    return rows.map((row) => ({
      check: check.id,
      ...deviating(row, now),
      relation: as,
      systemId: row.system_id,
      state: row.state,
      reason: row.reason,
      at: row.at,
      lookedAt: row.looked_at,
      failingSince: row.failing_since,
      freshUntil: row.fresh_until,
      outcome: row.outcome,
    }))
  })
  return { mapping, provable: serving.some(({ relation }) => relation === 'proves'), checks: checksOfPart }
}

/** The exceptions that hold, and whether they answer for the verdict: for a fail, only where they cover all of it. */
function deviating(
  { state, failing, deviations }: PlacedBacking,
  now: Date,
): Pick<PartCheck, 'excepted' | 'deviations'> {
  const inForce = (deviations ?? []).filter((one) => holds(one, now))
  const covers = failing.length > 0 && failing.every((key) => inForce.some((one) => one.key === key))
  return { deviations: inForce, excepted: state === 'fail' ? covers : inForce.length > 0 }
}

/** Whether checks count for it at all: one can deviate only from what was promised as being there. */
function isJudged({ status }: StatementRow, { guarantor }: MeasureRow): boolean {
  return (status === 'in-place' || status === 'conditional') && guarantor !== 'customer'
}

/** Several speak as one: until the first of them ends, with every reason. */
function exceptionOf(deviations: readonly Deviation[]): Assessed['exception'] {
  const own = [...new Map(deviations.map((one) => [one.key, one])).values()].toSorted((a, b) =>
    a.until.localeCompare(b.until),
  )
  const [first] = own
  return first ? { until: first.until, reason: [...new Set(own.map(({ reason }) => reason))].join(' · ') } : null
}

/** How many of the discovered systems that could be looked at for a measure are in its scope, in words. */
function reconciledWith(
  measure: MeasureRow,
  mapping: readonly MappingRow[],
  discovered: readonly DiscoveredRow[],
): Assessed['discovered'] {
  const looking = mapping
    .flatMap((row) => servingByMeasure.get(row.catalogue_id) ?? [])
    .filter(({ relation }) => relation === 'proves')
    .flatMap(({ check }) => [check.connector, ...(check.also ?? [])])
  const counted = discovered.flatMap(({ kind, state, system_id: id, environment }) => {
    const lookers: readonly string[] = discoverableKinds[kind]
    if (!lookers.some((connector) => looking.includes(connector))) return []
    if (state !== 'declared' || id === null || environment === null) return [{ kind, state }]
    // In an environment that does not count it is none of this measure's.
    if (!measure.environments.includes(environment)) return []
    const isInScope = measure.scope.length === 0 || measure.scope.includes(id)
    return [{ kind, state: isInScope ? state : ('open' as const) }]
  })
  return counted.length === 0 ? null : sayReconciled(counted)
}

function nextStep(assurance: Assurance, statement: StatementRow, parts: readonly AssessedPart[]): Assessed['next'] {
  if (parts.length === 0) return 'choose'
  if (parts.some((part) => part.mapping.confirmed_by === null)) return 'confirm'
  if (assurance === 'failing') return 'mend'
  if (assurance === 'lapsed') return 'look-again'
  if (assurance === 'absent' || assurance === 'planned') return 'plan'
  const open = parts.filter((part) => part.provable && part.checks.length === 0)
  return assurance === 'stated' && open.length > 0 && statement.status === 'in-place' ? 'connect' : 'none'
}

function earliest(times: readonly Date[]): Date | null {
  return times.reduce<Date | null>((first, time) => (first === null || time < first ? time : first), null)
}

function latest(times: readonly Date[]): Date | null {
  return times.reduce<Date | null>((last, time) => (last === null || time > last ? time : last), null)
}
