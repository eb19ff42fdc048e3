import type { RiskView } from '../api/api.ts'

/** How high a risk is. */
export type Level = RiskView['before']['level']

/** The tone in which a level is shown, beside its word. */
export const toneOf: Readonly<Record<Level, string>> = { low: 'good', medium: 'waiting', high: 'bad' }

/** The four steps of likelihood and severity. */
export const steps = [1, 2, 3, 4] as const

/** What the server computes, for what is being typed: low up to a product of 3, high from 9 on. */
export function levelOf({ likelihood, severity }: { likelihood: number; severity: number }): Level {
  const product = likelihood * severity
  return product <= 3 ? 'low' : product >= 9 ? 'high' : 'medium'
}
