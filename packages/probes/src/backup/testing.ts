import { collect } from '../engine/connector.ts'
import type { Reading, Seen } from '../engine/reading.ts'
import { testContext } from '../testing/servers.ts'
import { backup } from './connector.ts'

/** Looks at a repository of a test, in which `db1` has to be backed up. */
export const look = (settings: Record<string, unknown>): Promise<Reading> =>
  collect(backup, { sources: ['db1'], ...settings }, testContext())

/** Facts by group, or the reason why not. */
export function shown(reading: Reading): Record<string, unknown> {
  if (reading.read === 'no') return { whole: reading.why }
  return Object.fromEntries(
    Object.entries<Seen<unknown>>(reading.facts).map(([name, one]) => [name, one.read === 'ok' ? one.facts : one.why]),
  )
}
