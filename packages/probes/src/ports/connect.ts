import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import type { Context } from '../engine/connector.ts'
import { openSocket } from '../engine/network.ts'
import { Unreadable, errorCode } from '../engine/reading.ts'
import type { PortsFacts } from './facts.ts'

export type Family = 'IPv4' | 'IPv6'
type State = PortsFacts['ports'][number]['state']

/** So many connections at once; more would look like an attack, and be slowed down as one. */
const atOnce = 64
/** An open port answers within a round trip; what stays silent longer is dropped by a firewall. */
const silenceMs = 1_500

/** One address of each wanted family: all addresses of a name are taken to be the same host. */
export async function addressesOf(
  host: string,
  families: readonly Family[],
  context: Context,
): Promise<Map<Family, string>> {
  const name = host.replace(/^\[|\]$/g, '')
  const version = isIP(name)
  const found = version === 0 ? await lookup(name, { all: true }) : [{ address: name, family: version }]
  const chosen = new Map<Family, string>()
  for (const { address, family } of found) {
    const wanted: Family = family === 6 ? 'IPv6' : 'IPv4'
    if (!families.includes(wanted) || chosen.has(wanted)) continue
    if (!context.mayReach(address))
      throw new Unreadable('not-configured', 'this installation may not reach the address', { needs: 'network limits' })
    chosen.set(wanted, address)
  }
  if (chosen.size === 0) throw new Unreadable('not-configured', 'the host has no address of the wanted kind')
  return chosen
}

/** Tries ports one by one, a few at once, and gives their states in the order of the ports. */
export async function tryPorts(address: string, ports: readonly number[], context: Context): Promise<State[]> {
  const limited = {
    ...context,
    limits: { ...context.limits, silenceMs: Math.min(silenceMs, context.limits.silenceMs) },
  }
  const states = Array.from<State>({ length: ports.length })
  const waiting = ports.map((port, index) => ({ port, index }))
  const work = async (): Promise<void> => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift())
      states[one.index] = await stateOf(address, one.port, limited)
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, ports.length) }, work))
  return states
}

/** A packet can get lost: silence counts only when it comes twice. */
async function stateOf(address: string, port: number, context: Context): Promise<State> {
  const first = await tryOnce(address, port, context)
  return first === 'silent' ? tryOnce(address, port, context) : first
}

async function tryOnce(address: string, port: number, context: Context): Promise<State> {
  try {
    const socket = await openSocket(address, port, context)
    socket.on('error', () => undefined)
    socket.resetAndDestroy()
    return 'open'
  } catch (error) {
    context.signal.throwIfAborted()
    const state = stateByError(error)
    if (state === undefined) throw error
    return state
  }
}

/** What the failure of a connection says about the port; undefined where it says something about this machine. */
export function stateByError(error: unknown): State | undefined {
  if (error instanceof Unreadable) return error.reason.why === 'unreachable' ? 'silent' : undefined
  switch (errorCode(error)) {
    case 'ECONNREFUSED':
      return 'refused'
    case 'ETIMEDOUT':
      return 'silent'
    case 'ECONNRESET':
    case 'EPIPE':
      return 'reset'
    default:
      return undefined
  }
}

/** A host that is down, or a way that is cut, is as silent as a good firewall: then nothing is known of any port. */
export function requireAnswer(states: readonly State[], family: Family): void {
  if (states.some((state) => state === 'open' || state === 'refused')) return
  throw new Unreadable('unreachable', `nothing at all answers by ${family}; the host may be down, or the way to it cut`)
}
