import { compare } from '../engine/compare.ts'
import type { FactChange } from '../engine/compare.ts'
import type { Connector } from '../engine/connector.ts'
import type { Reading, Seen } from '../engine/reading.ts'

/** For tests: what changed between two looks, in every group that both saw. */
export function changesBetween(connector: Connector, before: Reading, after: Reading): FactChange[] {
  if (before.read === 'no' || after.read === 'no') throw new Error('one of the looks saw nothing')
  const groups = Object.entries<Seen<unknown>>(before.facts)
  return groups.flatMap(([group, then]) => {
    const now = after.facts[group]
    return then.read === 'ok' && now?.read === 'ok' ? compare(connector.history, group, then.facts, now.facts) : []
  })
}
