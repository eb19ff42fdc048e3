import { macroVectors } from './cvss-table.ts'

/** How bad a weakness is, in words. */
export const severities = ['none', 'low', 'medium', 'high', 'critical'] as const

/** How bad a weakness is, in words. */
export type Severity = (typeof severities)[number]

/** A vector with what it means. */
export interface Scored {
  /** As it was given; FIRST knows one order only. */
  readonly vector: string
  /** 0.0 to 10.0, with one decimal. */
  readonly score: number
  readonly severity: Severity
}

/** Every metric in the order of the standard, with its values; the first eleven must be there. */
const metrics: readonly (readonly [name: string, values: string])[] = [
  ['AV', 'NALP'],
  ['AC', 'LH'],
  ['AT', 'NP'],
  ['PR', 'NLH'],
  ['UI', 'NPA'],
  ['VC', 'HLN'],
  ['VI', 'HLN'],
  ['VA', 'HLN'],
  ['SC', 'HLN'],
  ['SI', 'HLN'],
  ['SA', 'HLN'],
  ['E', 'XAPU'],
  ['CR', 'XHML'],
  ['IR', 'XHML'],
  ['AR', 'XHML'],
  ['MAV', 'XNALP'],
  ['MAC', 'XLH'],
  ['MAT', 'XNP'],
  ['MPR', 'XNLH'],
  ['MUI', 'XNPA'],
  ['MVC', 'XHLN'],
  ['MVI', 'XHLN'],
  ['MVA', 'XHLN'],
  ['MSC', 'XHLN'],
  ['MSI', 'XSHLN'],
  ['MSA', 'XSHLN'],
  ['S', 'XNP'],
  ['AU', 'XNY'],
  ['R', 'XAUI'],
  ['V', 'XDC'],
  ['RE', 'XLMH'],
]
const mandatory = 11
/** The only one whose values have more than one letter, and the last. */
const urgency = ['X', 'Clear', 'Green', 'Amber', 'Red']

/** The values of a metric that count, worst first. */
const levels: Readonly<Record<string, string>> = {
  AV: 'NALP',
  PR: 'NLH',
  UI: 'NPA',
  AC: 'LH',
  AT: 'NP',
  VC: 'HLN',
  VI: 'HLN',
  VA: 'HLN',
  SC: 'SHLN',
  SI: 'SHLN',
  SA: 'SHLN',
  CR: 'HML',
  IR: 'HML',
  AR: 'HML',
}

/** One set of equivalent vectors: its worst ones, and how many steps it is deep (specification, tables 24 to 30). */
interface Class {
  readonly worst: readonly string[]
  readonly depth: number
}

const eq1: readonly Class[] = [
  { worst: ['AV:N/PR:N/UI:N'], depth: 1 },
  { worst: ['AV:A/PR:N/UI:N', 'AV:N/PR:L/UI:N', 'AV:N/PR:N/UI:P'], depth: 4 },
  { worst: ['AV:P/PR:N/UI:N', 'AV:A/PR:L/UI:P'], depth: 5 },
]
const eq2: readonly Class[] = [
  { worst: ['AC:L/AT:N'], depth: 1 },
  { worst: ['AC:H/AT:N', 'AC:L/AT:P'], depth: 2 },
]
const eq3and6: Readonly<Record<string, Class>> = {
  '00': { worst: ['VC:H/VI:H/VA:H/CR:H/IR:H/AR:H'], depth: 7 },
  '01': { worst: ['VC:H/VI:H/VA:L/CR:M/IR:M/AR:H', 'VC:H/VI:H/VA:H/CR:M/IR:M/AR:M'], depth: 6 },
  '10': { worst: ['VC:L/VI:H/VA:H/CR:H/IR:H/AR:H', 'VC:H/VI:L/VA:H/CR:H/IR:H/AR:H'], depth: 8 },
  '11': {
    worst: [
      'VC:L/VI:H/VA:L/CR:H/IR:M/AR:H',
      'VC:L/VI:H/VA:H/CR:H/IR:M/AR:M',
      'VC:H/VI:L/VA:H/CR:M/IR:H/AR:M',
      'VC:H/VI:L/VA:L/CR:M/IR:H/AR:H',
      'VC:L/VI:L/VA:H/CR:H/IR:H/AR:M',
    ],
    depth: 8,
  },
  '21': { worst: ['VC:L/VI:L/VA:L/CR:H/IR:H/AR:H'], depth: 10 },
}
const eq4: readonly Class[] = [
  { worst: ['SC:H/SI:S/SA:S'], depth: 6 },
  { worst: ['SC:H/SI:H/SA:H'], depth: 5 },
  { worst: ['SC:L/SI:L/SA:L'], depth: 4 },
]

/**
 * What a CVSS 4.0 vector scores, exactly as FIRST's table and interpolation say: base, threat and environmental metrics count,
 * supplemental ones are read and change nothing.
 *
 * @returns null for what is no vector: another version, a metric missing, unknown, twice or out of order
 * @source CVSS v4.0 Specification Document, FIRST, sections 7 and 8
 */
export function scoreOf(vector: string): Scored | null {
  const given = parse(vector)
  if (!given) return null
  const score = computed((metric) => valueOf(given, metric))
  return { vector, score, severity: severityOf(score) }
}

/** The word for a score (specification, section 6). */
export function severityOf(score: number): Severity {
  if (score >= 9) return 'critical'
  if (score >= 7) return 'high'
  if (score >= 4) return 'medium'
  return score > 0 ? 'low' : 'none'
}

function parse(vector: string): ReadonlyMap<string, string> | null {
  const [prefix, ...parts] = vector.split('/')
  if (prefix !== 'CVSS:4.0' || parts.length > metrics.length + 1) return null
  const given = new Map<string, string>()
  let at = 0
  for (const part of parts) {
    const [name = '', value = '', ...rest] = part.split(':')
    const isUrgency = name === 'U'
    const found = isUrgency ? metrics.length : metrics.findIndex(([known], index) => index >= at && known === name)
    const allowed = isUrgency ? urgency.includes(value) : value.length === 1 && metrics[found]?.[1].includes(value)
    if (found < at || !allowed || rest.length > 0) return null
    given.set(name, value)
    at = found + 1
  }
  return metrics.slice(0, mandatory).every(([name]) => given.has(name)) ? given : null
}

/** What counts of a metric: the modified one where it is given; what is not said is taken at its worst. */
function valueOf(given: ReadonlyMap<string, string>, metric: string): string {
  const said = [given.get(`M${metric}`), given.get(metric)].find((value) => value !== undefined && value !== 'X')
  return said ?? (metric === 'E' ? 'A' : 'H')
}

type Values = (metric: string) => string

function computed(of: Values): number {
  if (['VC', 'VI', 'VA', 'SC', 'SI', 'SA'].every((metric) => of(metric) === 'N')) return 0
  const [one, two, three, four, five, six] = classesOf(of)
  const look = (a: number, b: number, c: number, d: number, e: number, f: number) =>
    macroVectors[`${a}${b}${c}${f}`]?.[d * 3 + e]
  const value = look(one, two, three, four, five, six) ?? 0
  // The worst of the next lower ones where there are two: only from 00.
  const below = [
    look(one, two, three + 1, four, five, six),
    three === 0 || six === 0 ? look(one, two, three, four, five, six + 1) : undefined,
  ]
  const lower36 = six === 1 ? below[0] : three === 1 ? below[1] : maxOf(below)
  const steps: readonly (readonly [next: number | undefined, way: number])[] = [
    [one < 2 ? look(one + 1, two, three, four, five, six) : undefined, wayInto(eq1[one], of)],
    [two < 1 ? look(one, two + 1, three, four, five, six) : undefined, wayInto(eq2[two], of)],
    [lower36, wayInto(eq3and6[`${three}${six}`], of)],
    [four < 2 ? look(one, two, three, four + 1, five, six) : undefined, wayInto(eq4[four], of)],
    [five < 2 ? look(one, two, three, four, five + 1, six) : undefined, 0],
  ]
  const there = steps.flatMap(([next, way]) => (next === undefined ? [] : [(value - next) * way]))
  const mean = there.length === 0 ? 0 : there.reduce((sum, one) => sum + one, 0) / there.length
  // A half is rounded up, also where binary fractions end a little below it.
  return Math.min(100, Math.max(0, Math.round(value - mean + 1e-6))) / 10
}

function maxOf(scores: readonly (number | undefined)[]): number | undefined {
  const there = scores.filter((score) => score !== undefined)
  return there.length === 0 ? undefined : Math.max(...there)
}

/** How far into its class a vector lies, 0 to 1: steps from the worst one that is at least as bad in each metric. */
function wayInto(found: Class | undefined, of: Values): number {
  if (!found) return 0
  for (const worst of found.worst) {
    const steps = worst.split('/').map((part) => {
      const [metric = '', value = ''] = part.split(':')
      const level = levels[metric] ?? ''
      return level.indexOf(of(metric)) - level.indexOf(value)
    })
    if (steps.every((step) => step >= 0)) return steps.reduce((sum, step) => sum + step, 0) / found.depth
  }
  return 0
}

/** EQ1 to EQ6 (specification, tables 24 to 29). */
function classesOf(of: Values): [number, number, number, number, number, number] {
  const is = (metric: string, value: string) => of(metric) === value
  const open = [is('AV', 'N'), is('PR', 'N'), is('UI', 'N')]
  const one = open.every(Boolean) ? 0 : open.some(Boolean) && !is('AV', 'P') ? 1 : 2
  const two = is('AC', 'L') && is('AT', 'N') ? 0 : 1
  const three = is('VC', 'H') && is('VI', 'H') ? 0 : ['VC', 'VI', 'VA'].some((metric) => is(metric, 'H')) ? 1 : 2
  const four = is('SI', 'S') || is('SA', 'S') ? 0 : ['SC', 'SI', 'SA'].some((metric) => is(metric, 'H')) ? 1 : 2
  const five = is('E', 'A') ? 0 : is('E', 'P') ? 1 : 2
  const six = ['C', 'I', 'A'].some((goal) => is(`${goal}R`, 'H') && is(`V${goal}`, 'H')) ? 0 : 1
  return [one, two, three, four, five, six]
}
