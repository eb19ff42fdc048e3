import { firstServer } from './postgres/index.ts'
import type { ServerSetting } from './postgres/index.ts'

const name = /^[a-z][a-z0-9-]{0,30}$/

/**
 * Reads the servers beside the first one: `east=postgresql://… west=postgresql://…`, with white space between.
 *
 * @param wrong what is wrong with an address, or null
 * @throws {Error} what is wrong; an address is never repeated, since it holds a password
 */
export function serversOf(text: string, wrong: (url: string) => string | null): ServerSetting[] {
  const servers = pairsOf(text).map(([key, url]) => ({ name: key, url }))
  const known = new Set<string>([firstServer])
  for (const { name: key, url } of servers) {
    if (!name.test(key))
      throw new Error('a server is named by up to 31 small letters, digits and hyphens, as in east=postgresql://…')
    if (known.has(key))
      throw new Error(
        `the name ${key} is taken: each server needs its own, and "first" is that of the control database`,
      )
    known.add(key)
    const problem = wrong(url)
    if (problem !== null) throw new Error(`the address of ${key} ${problem}`)
  }
  return servers
}

/** Reads how many tenants each server takes: `first=100 east=500`. @throws {Error} what is wrong */
export function roomOf(text: string, servers: readonly string[]): Map<string, number> {
  return new Map(
    pairsOf(text).map(([key, most]) => {
      if (!servers.includes(key)) throw new Error(`there is no server ${JSON.stringify(key)}`)
      if (!/^\d{1,6}$/.test(most)) throw new Error(`${key} takes a number of tenants, as in ${key}=100`)
      return [key, Number(most)]
    }),
  )
}

function pairsOf(text: string): [key: string, value: string][] {
  return text
    .split(/\s+/)
    .filter((one) => one !== '')
    .map((one) => {
      const at = one.indexOf('=')
      return [one.slice(0, Math.max(at, 0)), one.slice(at + 1)]
    })
}
