import type { CheckId } from './check-ids.ts'
import type { MeasureId } from './measure-ids.ts'
import type { Text } from './text.ts'

/**
 * What a measure protects: the goals of Art. 32(1) GDPR and, where they fit better, those of the
 * Standard-Datenschutzmodell (SDM).
 */
export type GoalId =
  | 'confidentiality'
  | 'integrity'
  | 'availability'
  | 'resilience'
  | 'recoverability'
  | 'review'
  | 'minimisation'
  | 'unlinkability'
  | 'transparency'
  | 'intervenability'

/**
 * The group in which a German reader looks for a measure: the eight controls of the annex to the
 * former § 9 BDSG, which the trade still uses, and the groups that Art. 25, 28 and 32 to 34 GDPR add.
 */
export type ControlId =
  | 'physical-access'
  | 'system-access'
  | 'data-access'
  | 'transfer'
  | 'input'
  | 'order'
  | 'availability'
  | 'separation'
  | 'pseudonymisation'
  | 'encryption'
  | 'resilience'
  | 'recoverability'
  | 'review'
  | 'incident'
  | 'organisation'
  | 'by-default'

/** A letter of Art. 32(1) GDPR: (a) pseudonymisation and encryption … (d) regular testing. */
export type Art32Point = 'a' | 'b' | 'c' | 'd'

/** Whether a system can show the measure (`technical`) or a person has to confirm it. */
export type MeasureKind = 'technical' | 'organisational'

/**
 * What a pass of a check says about a measure. `proves`: it shows the promise itself on the systems
 * that it looked at. `supports`: it makes the promise more credible but never shows it alone.
 */
export type CheckRelation = 'proves' | 'supports'

/** A check that can speak for a measure, and how far it carries. */
export type MeasureCheck = { readonly id: CheckId; readonly relation: CheckRelation }

/**
 * Identifiers of the provisions and controls that a measure serves; each is listed in `references`.
 * Identifiers only: the titles of ISO, AICPA and CIS controls are protected by copyright.
 */
export type MeasureReferences = {
  readonly gdpr: readonly string[]
  readonly iso27001: readonly string[]
  readonly bsi: readonly string[]
  readonly soc2: readonly string[]
  readonly nistCsf: readonly string[]
  readonly cis: readonly string[]
  readonly sdm: readonly string[]
}

/** What is written down for a measure; the letters of Art. 32(1) follow from its references. */
export type MeasureEntry = {
  /** Never renamed, never reused: a measure is added or retired. */
  readonly id: MeasureId
  readonly title: Text
  /** One or two sentences that say what is done, not what is hoped for. */
  readonly description: Text
  readonly goal: GoalId
  readonly control: ControlId
  readonly kind: MeasureKind
  /** Default rhythm of proof or confirmation as an ISO 8601 duration; null where only events matter. */
  readonly cadence: string | null
  readonly checks: readonly MeasureCheck[]
  /** What a person would attach to a sign-off. */
  readonly evidence: Text
  /** Measures that may stand in for this one; a person decides whether the level is kept. */
  readonly alternatives: readonly MeasureId[]
  readonly refs: MeasureReferences
  /** A judgement: 1 helps a little, 2 is solid practice, 3 carries the protection. */
  readonly strength: 1 | 2 | 3
  /** Expected of any provider: its absence, and that of its alternatives, is a missing topic. */
  readonly essential: boolean
}

/** One measure of the catalogue. */
export type CatalogueMeasure = MeasureEntry & {
  /** Letters of Art. 32(1) GDPR that the measure serves, in order; derived from `refs.gdpr`. */
  readonly art32: readonly Art32Point[]
}

/** The letters of Art. 32(1) GDPR named in a list of provisions such as `32(1)(b)`, in order and once each. */
export function art32Points(provisions: readonly string[]): readonly Art32Point[] {
  const points: readonly Art32Point[] = ['a', 'b', 'c', 'd']
  return points.filter((point) => provisions.includes(`32(1)(${point})`))
}
