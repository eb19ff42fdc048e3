import { isIP } from 'node:net'
import { Unreadable } from '../engine/reading.ts'
import type { Rule } from './answers.ts'
import type { HetznerFacts } from './facts.ts'

export type Inbound = HetznerFacts['firewalls'][number]['inbound'][number]

const lastPort = 65_535

/** A rule for what comes in, without the addresses themselves. */
export function inboundOf({ protocol, port, source_ips: sources }: Rule): Inbound {
  const hasPorts = protocol === 'tcp' || protocol === 'udp'
  const [from, to] = hasPorts ? portsOf(port ?? 'any') : [null, null]
  const prefixes = sources.map(prefixOf)
  const widest = (version: 4 | 6) => {
    const own = prefixes.filter((one) => one.version === version).map(({ length }) => length)
    return own.length === 0 ? null : Math.min(...own)
  }
  return { protocol, from, to, widest4: widest(4), widest6: widest(6) }
}

/** `80`, `1024-5000` or `any`. */
function portsOf(port: string): [number, number] {
  if (port === 'any') return [0, lastPort]
  const [, from, to] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(port) ?? []
  if (from === undefined) throw new Unreadable('contract', '/firewalls: a rule has a port of another form')
  return [Number(from), Number(to ?? from)]
}

function prefixOf(cidr: string): { version: 4 | 6; length: number } {
  const [address = '', length] = cidr.split('/')
  const version = isIP(address)
  const most = version === 4 ? 32 : 128
  const bits = length === undefined ? most : Number(length)
  if ((version !== 4 && version !== 6) || !Number.isInteger(bits) || bits < 0 || bits > most)
    throw new Unreadable('contract', '/firewalls: a rule has an address of another form')
  return { version, length: bits }
}

/** Nobody owns that much: a network wider than this is the world, also where it is written in two halves. */
const widestOwn = { v4: 8, v6: 16 }

/** Whether a rule lets in whoever comes. */
export function letsInTheWorld({ widest4, widest6 }: Inbound): boolean {
  return (widest4 !== null && widest4 < widestOwn.v4) || (widest6 !== null && widest6 < widestOwn.v6)
}
