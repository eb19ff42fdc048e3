import type { Links } from '../text/engine.ts'
import { copyBytes } from './arena.ts'

/** Values of these types are looked for in the texts of the same record, and what they are called there. */
export const linking: ReadonlyMap<string, string> = new Map([
  ['name', 'name'],
  ['given-name', 'name'],
  ['family-name', 'name'],
  ['username', 'name'],
  ['email', 'email'],
  ['phone', 'phone'],
  ['street', 'address'],
  ['address', 'address'],
  ['place', 'address'],
  ['birth-date', 'birth-date'],
])

/** What is longer is no name, number or address but a text of its own. */
const LONGEST = 200
const MOST = 256

/** Room for the values of one record. */
export const links = (): Links => ({
  bytes: new Uint8Array(MOST * LONGEST),
  count: 0,
  start: new Int32Array(MOST),
  end: new Int32Array(MOST),
  type: new Uint16Array(MOST),
})

export function clearLinks(links: Links): void {
  links.count = 0
}

/** Takes in a value; the surplus of a record with hundreds of names is left to the search for names. */
export function addLink(links: Links, bytes: Uint8Array, from: number, to: number, type: number): void {
  if (to === from || to - from > LONGEST || links.count === MOST) return
  const at = links.count === 0 ? 0 : (links.end[links.count - 1] ?? 0)
  copyBytes(bytes, from, to, links.bytes, at)
  links.start[links.count] = at
  links.end[links.count] = at + to - from
  links.type[links.count] = type
  links.count += 1
}
