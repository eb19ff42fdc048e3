/**
 * Scores of CVSS 4.0 vectors. Source: FIRST, CVSS v4.0 specification, section 8 (scoring by groups of equivalent vectors).
 */
import { groupScore } from './cvss4-table.ts'

/** The values of each metric, the most severe first. `SI` and `SA` know safety only where they are modified. */
const scales: Readonly<Record<string, string>> = {
  AV: 'NALP',
  AC: 'LH',
  AT: 'NP',
  PR: 'NLH',
  UI: 'NPA',
  VC: 'HLN',
  VI: 'HLN',
  VA: 'HLN',
  SC: 'SHLN',
  SI: 'SHLN',
  SA: 'SHLN',
  CR: 'HML',
  IR: 'HML',
  AR: 'HML',
  E: 'APU',
}
const base = ['AV', 'AC', 'AT', 'PR', 'UI', 'VC', 'VI', 'VA', 'SC', 'SI', 'SA']
const supplemental = ['S', 'AU', 'R', 'V', 'RE', 'U']

/** The metrics that count: modified ones take the place of the others, and what is not defined is taken for the worst. */
function metricsOf(vector: string): Readonly<Record<string, string>> | undefined {
  if (!vector.startsWith('CVSS:4.0/') || vector.length > 300) return undefined
  const given = new Map<string, string>()
  for (const part of vector.split('/').slice(1)) {
    const [name = '', value = ''] = part.split(':')
    const isModified = name.startsWith('M') && base.includes(name.slice(1))
    const scale = scales[isModified ? name.slice(1) : name]
    const hasSafety = name === 'MSI' || name === 'MSA'
    const isKnown =
      value.length === 1 &&
      ((scale?.includes(value) === true && (value !== 'S' || hasSafety)) ||
        (value === 'X' && scale !== undefined && !base.includes(name)))
    if (given.has(name) || !(isKnown || supplemental.includes(name))) return undefined
    given.set(name, value)
  }
  if (!base.every((name) => given.has(name))) return undefined
  const of = (name: string) => {
    const modified = given.get(`M${name}`) ?? 'X'
    if (modified !== 'X') return modified
    const own = given.get(name) ?? 'X'
    return own === 'X' ? (scales[name]?.[0] ?? '') : own
  }
  return Object.fromEntries(Object.keys(scales).map((name) => [name, of(name)]))
}

/** The levels of the six sets of equivalence (tables 24 to 29 of the specification). */
function levelsOf(m: Readonly<Record<string, string>>): [number, number, number, number, number, number] {
  const is = (name: string, value: string) => m[name] === value
  const open = [is('AV', 'N'), is('PR', 'N'), is('UI', 'N')]
  const harms = [is('VC', 'H'), is('VI', 'H'), is('VA', 'H')]
  const needed = [is('CR', 'H'), is('IR', 'H'), is('AR', 'H')]
  return [
    open.every(Boolean) ? 0 : open.some(Boolean) && !is('AV', 'P') ? 1 : 2,
    is('AC', 'L') && is('AT', 'N') ? 0 : 1,
    is('VC', 'H') && is('VI', 'H') ? 0 : harms.some(Boolean) ? 1 : 2,
    is('SI', 'S') || is('SA', 'S') ? 0 : is('SC', 'H') || is('SI', 'H') || is('SA', 'H') ? 1 : 2,
    is('E', 'A') ? 0 : is('E', 'P') ? 1 : 2,
    harms.some((harm, index) => harm && needed[index]) ? 0 : 1,
  ]
}

/** The most severe vectors of each level, the metrics of a set in this order. */
const worst = {
  first: { metrics: ['AV', 'PR', 'UI'], by: [['NNN'], ['ANN', 'NLN', 'NNP'], ['PNN', 'ALP']] },
  second: { metrics: ['AC', 'AT'], by: [['LN'], ['HN', 'LP']] },
  /** Of the third and the sixth set together: level three times two plus level six. */
  third: {
    metrics: ['VC', 'VI', 'VA', 'CR', 'IR', 'AR'],
    by: [
      ['HHHHHH'],
      ['HHLMMH', 'HHHMMM'],
      ['LHHHHH', 'HLHHHH'],
      ['LHLHMH', 'LHHHMM', 'HLHMHM', 'HLLMHH', 'LLHHHM'],
      [],
      ['LLLHHH'],
    ],
  },
  fourth: { metrics: ['SC', 'SI', 'SA'], by: [['HSS'], ['HHH'], ['LLL']] },
} as const

/** How deep each level is, in steps from its most severe vector to the least. */
const depths = { first: [1, 4, 5], second: [1, 2], third: [7, 6, 8, 8, 0, 10], fourth: [6, 5, 4] } as const

/** How many steps a vector is below the most severe one of its level that is nowhere less severe. */
function stepsBelow(m: Readonly<Record<string, string>>, set: keyof typeof worst, level: number): number {
  const { metrics, by } = worst[set]
  for (const most of by[level] ?? []) {
    const steps = metrics.map(
      (name, index) => (scales[name] ?? '').indexOf(m[name] ?? '') - (scales[name] ?? '').indexOf(most[index] ?? ''),
    )
    if (steps.every((step) => step >= 0)) return steps.reduce((sum, step) => sum + step, 0)
  }
  return 0
}

/** The score of a CVSS 4.0 vector by its specification, or undefined where the text is none. */
export function cvss4Score(vector: string): number | undefined {
  const m = metricsOf(vector)
  if (m === undefined) return undefined
  if (['VC', 'VI', 'VA', 'SC', 'SI', 'SA'].every((name) => m[name] === 'N')) return 0
  const levels = levelsOf(m)
  const value = groupScore(levels)
  if (value === undefined) return undefined
  const [one, two, three, four, five, six] = levels
  const lower = (...below: readonly (readonly number[])[]) => {
    const scores = below.flatMap((each) => groupScore(each) ?? [])
    return scores.length === 0 ? undefined : Math.max(...scores)
  }
  const harm = three * 2 + six
  const toLess =
    harm === 0
      ? lower([one, two, 0, four, five, 1], [one, two, 1, four, five, 0])
      : lower(harm === 2 ? [one, two, 1, four, five, 1] : [one, two, three + 1, four, five, six])
  // For each set: what the next lower group scores, and how far the vector is on its way there.
  const ways: readonly (readonly [next: number | undefined, part: number])[] = [
    [lower([one + 1, two, three, four, five, six]), stepsBelow(m, 'first', one) / (depths.first[one] ?? 1)],
    [lower([one, two + 1, three, four, five, six]), stepsBelow(m, 'second', two) / (depths.second[two] ?? 1)],
    [toLess, stepsBelow(m, 'third', harm) / (depths.third[harm] ?? 1)],
    [lower([one, two, three, four + 1, five, six]), stepsBelow(m, 'fourth', four) / (depths.fourth[four] ?? 1)],
    [lower([one, two, three, four, five + 1, six]), 0],
  ]
  const existing = ways.flatMap(([next, part]) => (next === undefined ? [] : [(value - next) * part]))
  const mean = existing.length === 0 ? 0 : existing.reduce((sum, one_) => sum + one_, 0) / existing.length
  // A hair upwards, so that a half that a machine cannot write is rounded like one.
  return Math.round((Math.max(0, Math.min(10, value - mean)) + 1e-6) * 10) / 10
}
