import { hash } from 'node:crypto'
import { z } from 'zod'
import type { Check } from './check.ts'

const known = new WeakMap<object, string>()

/**
 * Stands for the code of a check: of its own judgement, its parameters and what it says of nothing.
 *
 * Its version is the promise; this only notices that somebody forgot to raise it. Functions that a judgement calls are
 * not in it, and a text that was compiled otherwise has another one.
 */
export function digestOf(check: Pick<Check, 'id' | 'version'> & Partial<Check>): string {
  const { id, version, judge, baseline, params, reads, maxAge, onEmpty } = check
  const made = known.get(check)
  if (made !== undefined) return made
  const code = [judge, baseline].map((one) => (one ? one.toString() : ''))
  const shape = params ? z.toJSONSchema(params, { unrepresentable: 'any', io: 'input' }) : null
  const digest = hash('sha256', JSON.stringify([id, version, code, shape, reads, maxAge, onEmpty])).slice(0, 16)
  known.set(check, digest)
  return digest
}
