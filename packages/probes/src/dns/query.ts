import { createSocket } from 'node:dgram'
import { isIPv6 } from 'node:net'
import type { Answer, Packet } from 'dns-packet'
import type { Context } from '../engine/connector.ts'
import { openSocket } from '../engine/network.ts'
import { Unreadable } from '../engine/reading.ts'

/** What a name server said. */
export type DnsAnswer = {
  readonly rcode: string
  /** The name server vouches that it verified the answer by DNSSEC. */
  readonly authentic: boolean
  readonly answers: readonly Answer[]
  readonly authorities: readonly Answer[]
}

/** Asks one question with the DNSSEC bits set: the runtime's own resolver does not show them. */
export type Ask = (name: string, type: string, options?: { readonly unchecked?: boolean }) => Promise<DnsAnswer>

/**
 * A resolver over UDP (RFC 1035), over TCP where an answer does not fit. The configured name servers are tried in
 * order; one that is silent or broken is passed over.
 */
export async function resolver(context: Context): Promise<Ask> {
  const { default: packet } = await import('dns-packet')
  return async (name, type, { unchecked = false } = {}) => {
    const id = Math.floor(context.random() * 65_536)
    const query: Packet = {
      type: 'query',
      id,
      flags: packet.RECURSION_DESIRED | packet.AUTHENTIC_DATA | (unchecked ? packet.CHECKING_DISABLED : 0),
      questions: [{ type, name }],
      additionals: [{ type: 'OPT', name: '.', udpPayloadSize: 1232, flags: packet.DNSSEC_OK, options: [] }],
    }
    let last: unknown = new Unreadable('not-configured', 'no name server is configured')
    for (const server of context.resolver) {
      try {
        context.signal.throwIfAborted()
        const short = packet.decode(await overUdp(packet.encode(query), id, server, context))
        const whole =
          short.flag_tc === true
            ? packet.streamDecode(await overTcp(packet.streamEncode(query), server, context))
            : short
        const asked = whole.questions?.[0]
        if (whole.id !== id || asked?.name.toLowerCase() !== name.toLowerCase() || asked.type !== type) continue
        if (whole.rcode === 'REFUSED') throw new Unreadable('denied', 'the name server refuses to answer us')
        return {
          rcode: whole.rcode ?? 'NOERROR',
          authentic: whole.flag_ad === true,
          answers: whole.answers ?? [],
          authorities: whole.authorities ?? [],
        }
      } catch (error) {
        last = error
      }
    }
    throw last
  }
}

function splitServer(server: string): { address: string; port: number } {
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(server) ?? []
  return { address: bracketed ?? plain ?? server, port: Number(port ?? 53) }
}

function overUdp(query: Buffer, id: number, server: string, context: Context): Promise<Buffer> {
  const { address, port } = splitServer(server)
  const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4')
  return new Promise<Buffer>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Unreadable('unreachable', 'the name server stayed silent (ETIMEDOUT)')),
      Math.min(2_000, context.limits.silenceMs),
    )
    socket.once('error', reject)
    // Anybody may send to an open port: only the asked server with the id of the question is heard.
    socket.on('message', (message, from) => {
      if (from.port !== port || message.length < 12 || message.readUInt16BE(0) !== id) return
      clearTimeout(timer)
      resolve(message)
    })
    socket.send(query, port, address, (error) => {
      if (error !== null) reject(error)
    })
  }).finally(() => socket.close())
}

async function overTcp(query: Buffer, server: string, context: Context): Promise<Buffer> {
  const { address, port } = splitServer(server)
  const socket = await openSocket(address, port, context)
  return new Promise<Buffer>((resolve, reject) => {
    let received: Buffer = Buffer.alloc(0)
    socket.setTimeout(context.limits.silenceMs, () => {
      reject(new Unreadable('unreachable', 'the name server stayed silent (ETIMEDOUT)'))
    })
    socket.on('error', reject)
    socket.on('close', () => reject(new Unreadable('contract', 'the name server closed the connection')))
    socket.on('data', (bytes) => {
      received = Buffer.concat([received, Buffer.from(bytes)])
      if (received.length >= 2 && received.length >= 2 + received.readUInt16BE(0)) resolve(received)
    })
    socket.write(query)
  }).finally(() => socket.destroy())
}

/** Texts of a TXT answer, each with its strings joined (RFC 7208 §3.3). */
export function textsOf(answer: DnsAnswer): string[] {
  return answer.answers
    .filter((record) => record.type === 'TXT')
    .map(({ data }) =>
      (Array.isArray(data) ? data : [data])
        .map((part: unknown) =>
          part instanceof Uint8Array ? Buffer.from(part).toString('utf8') : typeof part === 'string' ? part : '',
        )
        .join(''),
    )
}
