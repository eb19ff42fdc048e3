import { findMeasure, type ControlId, type MeasureId } from '@art32/catalogue'
import { lexicon } from './lexicon/lexicon.ts'
import { holds, mayHold, runsOf, SURE, type Rule } from './lexicon/rule.ts'
import { fold } from './normalise.ts'
import type { MappedMeasure } from './schema.ts'

/** Characters of one sentence that are looked at together; a longer one is read in further pieces. */
const WINDOW = 1_500

/** Pieces of one sentence that are read: thirty thousand letters without a full stop are no sentence. */
const PIECES = 20

/** A sentence of so many clauses is read as a whole only. */
const CLAUSES = 40

/** Below this, a mapping is not reported. */
export const REPORTED = 0.5

/** From this on, the reader calls itself sure of a mapping: from here at least 85 in 100 were right, also on unseen documents. */
export const CERTAIN = 0.85

/** Where a measure stands (in a section of its own control group or elsewhere) and whether the sentence speaks of others too. */
type Fit = 'elsewhere' | 'elsewhere among others' | 'inside' | 'inside among others'

/**
 * Confidence by fit and by how many rules of the measure hold (one, two, more). Each value is the share of right answers
 * among some 1,600 mappings, half of them in documents that the rules had never seen, rounded down to what those gave.
 */
const CALIBRATED: Readonly<Record<Fit, readonly [number, number, number]>> = {
  elsewhere: [0.82, 0.9, 0.97],
  'elsewhere among others': [0.67, 0.82, 0.92],
  inside: [0.93, 0.97, 0.99],
  'inside among others': [0.77, 0.82, 0.97],
}

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

/** Measures of IT that share their words with those of doors and rooms: keys, authorisations, access. */
const OF_SYSTEMS: ReadonlySet<MeasureId> = new Set([
  'encryption-key-management',
  'access-provisioning',
  'authorisation-concept',
])

const NAMES_SYSTEMS =
  /\b(it|edv|systems?|systeme?n?|software|applications?|anwendung(en)?|accounts?|konten|konto|benutzer\w*|users?|data|daten|datenbank(en)?|databases?|login|passw\w+|encrypt\w*|crypto\w*|krypto\w*|verschluess\w*|cryptographic|api|kms|hsm)\b/

/** Whether keys and authorisations mean those of doors: in a section on entry alone, unless the sentence names a system. */
function speaksOfRooms(folded: string, controls: ReadonlySet<ControlId>): boolean {
  return (
    controls.has('physical-access') &&
    !controls.has('system-access') &&
    !controls.has('data-access') &&
    !NAMES_SYSTEMS.test(folded)
  )
}

/** What speaks for a measure in a sentence. */
type Finding = { readonly rules: number; readonly strength: number }

/**
 * The catalogue measures that a sentence speaks of, best first. Deterministic; depends on nothing but the text and the
 * control groups of its section.
 */
export function mapSentence(text: string, controls: ReadonlySet<ControlId>): MappedMeasure[] {
  const found = withoutYielding(findMeasures(text, controls))
  return [...found]
    .map(([id, finding]) => ({ id, confidence: confidenceOf(id, finding, controls, found.size > 1) }))
    .filter(({ confidence }) => confidence >= REPORTED)
    .toSorted((a, b) => b.confidence - a.confidence || a.id.localeCompare(b.id))
}

/**
 * Every measure that at least one rule speaks for and no veto silences. Where a sentence has more clauses than measures,
 * it is read again clause by clause: what must not stand beside the words of a rule may well stand in the next clause.
 */
function findMeasures(text: string, controls: ReadonlySet<ControlId>): Map<MeasureId, Finding> {
  const found = new Map<MeasureId, Finding>()
  const head = text.slice(0, WINDOW * PIECES)
  for (const piece of pieces(fold(head))) addFindings(found, piece, controls)
  const clauses = head.split(/[;,]\s+/).filter((clause) => clause.split(/\s+/).length >= 3)
  if (clauses.length > 1 && clauses.length < CLAUSES && clauses.length > found.size)
    for (const clause of clauses) addFindings(found, fold(clause), controls)
  return found
}

function addFindings(found: Map<MeasureId, Finding>, piece: string, controls: ReadonlySet<ControlId>): void {
  const runs = runsOf(piece)
  const rooms = speaksOfRooms(piece, controls)
  const speaks = (rule: Rule) => mayHold(rule, runs) && holds(rule, piece, controls)
  for (const { id, rules, vetoes } of lexicon()) {
    const holding = rules.filter(speaks)
    if (holding.length === 0 || vetoes.some(speaks)) continue
    const own = findMeasure(id)
    if (!own || (rooms && OF_SYSTEMS.has(own.id))) continue
    const before = found.get(own.id)
    const strength = Math.max(...holding.map((rule) => rule.confidence)) / SURE
    found.set(own.id, {
      rules: Math.max(before?.rules ?? 0, holding.length),
      strength: Math.max(before?.strength ?? 0, strength),
    })
  }
}

/** Leaves out what yields to a more specific measure. */
function withoutYielding(found: ReadonlyMap<MeasureId, Finding>): Map<MeasureId, Finding> {
  const weak = (id: MeasureId) => found.get(id)?.rules === 1
  const wins = (specific: MeasureId, id: MeasureId) =>
    found.has(specific) && !(weak(specific) && YIELDS[specific]?.includes(id))
  return new Map([...found].filter(([id]) => !(weak(id) && YIELDS[id]?.some((specific) => wins(specific, id)))))
}

function confidenceOf(
  id: MeasureId,
  { rules, strength }: Finding,
  controls: ReadonlySet<ControlId>,
  amongOthers: boolean,
): number {
  const control = findMeasure(id)?.control
  const inside = control !== undefined && controls.has(control)
  const share = CALIBRATED[fitOf(inside, amongOthers)][Math.min(rules, 3) - 1] ?? 0
  return Math.round(Math.min(strength * share, 1) * 100) / 100
}

function fitOf(inside: boolean, amongOthers: boolean): Fit {
  if (amongOthers) return inside ? 'inside among others' : 'elsewhere among others'
  return inside ? 'inside' : 'elsewhere'
}

function pieces(folded: string): string[] {
  const found: string[] = []
  for (let from = 0; from < folded.length && found.length < PIECES; from += WINDOW)
    found.push(folded.slice(from, from + WINDOW + 100))
  return found
}
