import * as checkList from './checks.ts'
import * as connectorList from './connectors.ts'
import type { Check } from './engine/check.ts'
import type { Connector } from './engine/connector.ts'

/** Every connector, in the order of `connectors.ts`. */
export const connectors: readonly Connector[] = Object.values(connectorList)

/** Every check, in the order of the alphabet. */
export const checks: readonly Check[] = Object.values<Check>(checkList).sort((a, b) => (a.id < b.id ? -1 : 1))

/** The connector of an id, if there is one. */
export function connectorOf(id: string): Connector | undefined {
  return connectors.find((connector) => connector.id === id)
}

/** The check of an id, if there is one. */
export function checkOf(id: string): Check | undefined {
  return checks.find((check) => check.id === id)
}
