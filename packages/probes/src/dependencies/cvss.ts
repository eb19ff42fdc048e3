import type { Severity } from './facts.ts'

type Weights = Readonly<Record<string, number>>
const reach: Weights = { N: 0.85, A: 0.62, L: 0.55, P: 0.2 }
const effort: Weights = { L: 0.77, H: 0.44 }
const rights: Weights = { N: 0.85, L: 0.62, H: 0.27 }
const rightsBeyond: Weights = { N: 0.85, L: 0.68, H: 0.5 }
const person: Weights = { N: 0.85, R: 0.62 }
const harm: Weights = { H: 0.56, L: 0.22, N: 0 }

/** The base score of a CVSS 3.0 or 3.1 vector by its specification, or undefined where the text is none. */
export function cvss3Score(vector: string): number | undefined {
  if (!/^CVSS:3\.[01]\//.test(vector)) return undefined
  const parts = new Map(
    vector
      .split('/')
      .slice(1, 40)
      .map((part) => [part.split(':', 1)[0], part.split(':')[1] ?? '']),
  )
  const scope = parts.get('S')
  if (scope !== 'U' && scope !== 'C') return undefined
  const beyond = scope === 'C'
  const weigh = (name: string, weights: Weights) => {
    const value = parts.get(name) ?? ''
    return Object.hasOwn(weights, value) ? weights[value] : undefined
  }
  const exploit = [
    weigh('AV', reach),
    weigh('AC', effort),
    weigh('PR', beyond ? rightsBeyond : rights),
    weigh('UI', person),
  ]
  const harms = [weigh('C', harm), weigh('I', harm), weigh('A', harm)]
  if (!exploit.every(isGiven) || !harms.every(isGiven)) return undefined
  const lost = 1 - harms.reduce((rest, one) => rest * (1 - one), 1)
  const impact = beyond ? 7.52 * (lost - 0.029) - 3.25 * (lost - 0.02) ** 15 : 6.42 * lost
  if (impact <= 0) return 0
  const sum = impact + 8.22 * exploit.reduce((product, one) => product * one, 1)
  return roundUp(Math.min(10, beyond ? 1.08 * sum : sum))
}

const isGiven = (value: number | undefined): value is number => value !== undefined

/** To one decimal, upwards, as appendix A of CVSS 3.1 has it so that every machine says the same. */
function roundUp(value: number): number {
  const parts = Math.round(value * 100_000)
  return parts % 10_000 === 0 ? parts / 100_000 : (Math.floor(parts / 10_000) + 1) / 10
}

/** The word for a score, by CVSS 3.1 section 5; null for 0. */
export function severityOf(score: number): Severity | null {
  if (score >= 9) return 'critical'
  if (score >= 7) return 'high'
  if (score >= 4) return 'medium'
  return score > 0 ? 'low' : null
}
