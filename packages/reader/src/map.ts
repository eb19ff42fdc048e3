import { findMeasure, type ControlId, type MeasureId } from '@art32/catalogue'
import { lexicon } from './lexicon/lexicon.ts'
import { holds, mayHold, runsOf, SURE, type Rule } from './lexicon/rule.ts'
import { fold } from './normalise.ts'
import type { MappedMeasure } from './schema.ts'

/** Characters of one sentence that are looked at together; a longer one is read in further pieces. */
const WINDOW = 1_500

/** Pieces of one sentence that are read: thirty thousand letters without a full stop are no sentence. */
const PIECES = 20

/** Below this, a mapping is not reported. */
export const REPORTED = 0.5

/** From this on, the reader calls itself sure. */
export const CERTAIN = 0.8

/**
 * Confidence by how many rules of a measure hold (one, two, more) and whether the measure belongs to the control group
 * of the section. Shares of right answers on the development documents, rounded down by what unseen ones are harder.
 */
const CALIBRATED: Readonly<Record<'elsewhere' | 'inside', readonly [number, number, number]>> = {
  elsewhere: [0.72, 0.9, 0.96],
  inside: [0.83, 0.95, 0.98],
}

/** A measure that is the only one of its sentence is hardly ever wrong. */
const ALONE = 0.92

/**
 * The more specific measure wins: where only one rule speaks for the first and any of the others is found, the first was
 * only the wording of the other ("logging of entry, change and deletion" is no deletion).
 */
const YIELDS: Readonly<Partial<Record<MeasureId, readonly MeasureId[]>>> = {
  'retention-deletion': [
    'change-logging',
    'media-destruction',
    'data-entry-documentation',
    'session-timeout',
    'video-surveillance',
  ],
  'login-authentication': ['mfa', 'central-identity', 'request-authorisation', 'key-based-login'],
  'access-provisioning': ['access-review', 'rbac', 'least-privilege', 'data-subject-requests'],
  'backup-concept': ['regular-backup', 'restore-test', 'ups', 'backup-monitoring'],
  'regular-backup': [
    'backup-encryption',
    'backup-offsite',
    'backup-concept',
    'backup-monitoring',
    'restore-test',
    'recovery-objectives',
    'contingency-plan',
  ],
  'privileged-access': ['minimal-admins'],
  rbac: ['access-review', 'privileged-access', 'mfa', 'purpose-separation'],
  'request-authorisation': ['api-token-auth', 'secrets-management'],
  'server-room-protection': ['alarm-perimeter', 'environmental-protection'],
  'certified-datacentre': ['no-own-infrastructure'],
  'system-monitoring': ['redundancy', 'intrusion-detection'],
  'security-event-logging': ['privileged-access', 'access-logging'],
  'access-logging': ['entry-logging', 'log-masking', 'electronic-access-control'],
  'change-logging': ['retention-deletion', 'tamper-proof-logs'],
  'disclosure-logging': ['data-integrity-checks', 'secure-media-transport'],
  'measure-review': ['emergency-exercise', 'penetration-test', 'internal-audit'],
  'employee-training': ['ai-safeguards'],
}

/**
 * The catalogue measures that a sentence speaks of, best first. Deterministic; depends on nothing but the text and the
 * control groups of its section.
 */
export function mapSentence(text: string, controls: ReadonlySet<ControlId>): MappedMeasure[] {
  const found = new Map<MeasureId, number>()
  const single = new Set<MeasureId>()
  for (const piece of pieces(fold(text.slice(0, WINDOW * PIECES)))) {
    const runs = runsOf(piece)
    const speaks = (rule: Rule) => mayHold(rule, runs) && holds(rule, piece, controls)
    for (const { id, rules, vetoes } of lexicon()) {
      const holding = rules.filter(speaks)
      if (holding.length === 0 || vetoes.some(speaks)) continue
      const strength = Math.max(...holding.map((rule) => rule.confidence)) / SURE
      const own = findMeasure(id)
      const place = own && controls.has(own.control) ? 'inside' : 'elsewhere'
      const confidence = strength * (CALIBRATED[place][Math.min(holding.length, 3) - 1] ?? 0)
      if (!own) continue
      if (holding.length === 1 && !found.has(own.id)) single.add(own.id)
      else single.delete(own.id)
      found.set(own.id, Math.max(found.get(own.id) ?? 0, confidence))
    }
  }
  for (const id of single) {
    if (
      YIELDS[id]?.some((specific) => found.has(specific) && !(single.has(specific) && YIELDS[specific]?.includes(id)))
    )
      found.delete(id)
  }
  const floor = found.size === 1 ? ALONE : 0
  return [...found]
    .map(([id, confidence]) => ({
      id,
      confidence: Math.round(Math.max(confidence, Math.min(floor, confidence * 1.25)) * 100) / 100,
    }))
    .filter(({ confidence }) => confidence >= REPORTED)
    .toSorted((a, b) => b.confidence - a.confidence || a.id.localeCompare(b.id))
}

function pieces(folded: string): string[] {
  const found: string[] = []
  for (let from = 0; from < folded.length && found.length < PIECES; from += WINDOW)
    found.push(folded.slice(from, from + WINDOW + 100))
  return found
}
