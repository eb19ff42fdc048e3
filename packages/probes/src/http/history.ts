import type { Comparison } from '../engine/compare.ts'

/** How two looks are compared: numbers that a page uses once are no change. */
export const httpHistory = {
  volatile: [],
  steady: (_group, facts) => withoutNonces(facts),
} satisfies Comparison

/** Facts with a fixed word where a Content-Security-Policy has a nonce (CSP 3 §2.3.1), which is new in every answer. */
export function withoutNonces(facts: unknown): unknown {
  if (typeof facts === 'string') return facts.replace(/'nonce-[^']*'/g, "'nonce-…'")
  if (Array.isArray(facts)) return facts.map(withoutNonces)
  if (typeof facts !== 'object' || facts === null) return facts
  return Object.fromEntries(Object.entries(facts).map(([key, value]) => [key, withoutNonces(value)]))
}
