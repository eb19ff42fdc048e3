import { lookup } from 'node:dns/promises'
import { connect, isIP } from 'node:net'
import type { Socket } from 'node:net'
import type { Context } from './connector.ts'
import { Unreadable } from './reading.ts'

/**
 * The first address of a host that this installation may reach. Resolved once per look, so that every connection of
 * the look goes to the same machine and a second answer of the name server cannot lead elsewhere.
 */
export async function addressOf(host: string, context: Context): Promise<string> {
  const name = host.replace(/^\[|\]$/g, '')
  const addresses = isIP(name) === 0 ? (await lookup(name, { all: true })).map((found) => found.address) : [name]
  const allowed = addresses.find((address) => context.mayReach(address))
  if (allowed === undefined)
    throw new Unreadable('not-configured', 'this installation may not reach the address', { needs: 'network limits' })
  return allowed
}

/** Opens a TCP connection; rejects with the reason of the system, or `ETIMEDOUT` after the silence of the limits. */
export function openSocket(address: string, port: number, context: Context): Promise<Socket> {
  return new Promise((resolve, reject) => {
    context.sent?.({ method: 'CONNECT', host: `${address}:${port}`, path: '', status: null })
    const socket = connect({ host: address, port, signal: context.signal })
    const timer = setTimeout(() => {
      socket.destroy()
      reject(new Unreadable('unreachable', 'no answer in time (ETIMEDOUT)'))
    }, context.limits.silenceMs)
    socket.once('connect', () => {
      clearTimeout(timer)
      resolve(socket)
    })
    socket.once('error', (error) => {
      clearTimeout(timer)
      reject(error)
    })
  })
}
