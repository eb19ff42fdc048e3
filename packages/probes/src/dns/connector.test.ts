import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'
import packet from 'dns-packet'
import type { Answer } from 'dns-packet'
import { describe, expect, it } from 'vitest'
import { collect } from '../engine/connector.ts'
import type { Reading } from '../engine/reading.ts'
import { listen, testContext } from '../testing/servers.ts'
import { dns } from './connector.ts'
import { parents } from './mail.ts'

type Zone = {
  /** `name TYPE` → data. */
  readonly records: Readonly<Record<string, readonly unknown[]>>
  readonly missing?: readonly string[]
  readonly servfail?: boolean
  readonly authentic?: boolean
  readonly rootAuthentic?: boolean
  readonly refused?: boolean
  readonly truncated?: boolean
}

const codes = { NOERROR: 0, SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 }

/** What a name server with this zone answers, to the byte. */
function answer(zone: Zone, bytes: Buffer, overUdp: boolean): Buffer {
  const { id = 0, questions = [], flags = 0 } = packet.decode(bytes)
  const [question] = questions
  if (question === undefined) throw new Error('a query without a question')
  const { name, type } = question
  const unchecked = (flags & packet.CHECKING_DISABLED) !== 0
  const data = zone.records[`${name} ${type}`] ?? []
  const answers = data.map((one): Answer => ({ name, type, ttl: 60, data: one }))
  const isBogus = zone.servfail === true && !unchecked
  const code =
    zone.refused === true
      ? 'REFUSED'
      : isBogus
        ? 'SERVFAIL'
        : (zone.missing ?? []).includes(name)
          ? 'NXDOMAIN'
          : 'NOERROR'
  const isAuthentic = name === '.' ? zone.rootAuthentic !== false : zone.authentic === true
  const cut = overUdp && zone.truncated === true
  return packet.encode({
    type: 'response',
    id,
    flags: (isAuthentic ? packet.AUTHENTIC_DATA : 0) | (cut ? packet.TRUNCATED_RESPONSE : 0) | codes[code],
    questions,
    answers: code === 'NOERROR' && !cut ? answers : [],
  })
}

async function nameServer(zone: Zone): Promise<{ address: string; close: () => Promise<void> }> {
  const tcp = await listen(
    createServer((socket) =>
      socket.once('data', (bytes: Buffer) => {
        const reply = answer(zone, bytes.subarray(2), false)
        socket.end(Buffer.concat([Buffer.from([reply.length >> 8, reply.length & 255]), reply]))
      }),
    ),
  )
  const udp = createSocket('udp4')
  udp.on('message', (bytes, from) => udp.send(answer(zone, bytes, true), from.port, from.address))
  await new Promise<void>((resolve) => udp.bind(tcp.port, '127.0.0.1', resolve))
  return {
    address: `127.0.0.1:${tcp.port}`,
    close: async () => {
      udp.close()
      await tcp.close()
    },
  }
}

const soa = {
  mname: 'ns.example.com',
  rname: 'hostmaster.example.com',
  serial: 1,
  refresh: 1,
  retry: 1,
  expire: 1,
  minimum: 1,
}
const ds = { keyTag: 1, algorithm: 13, digestType: 2, digest: Buffer.alloc(32) }
const base = { 'example.com SOA': [soa], '. SOA': [soa] }

async function look(zone: Zone, domain = 'example.com'): Promise<Reading> {
  const server = await nameServer(zone)
  try {
    return await collect(dns, { domain }, testContext({ resolver: [server.address] }))
  } finally {
    await server.close()
  }
}

describe('looking at a domain', () => {
  it('reads CAA, DNSSEC, SPF, DMARC, DKIM and how mail is received', async () => {
    const records = {
      ...base,
      'example.com CAA': [{ flags: 0, tag: 'issue', value: 'ca.example.net' }],
      'example.com TXT': [['v=spf1 include:mail.example.net a -all'], ['something else']],
      'mail.example.net TXT': [['v=spf1 ip4:192.0.2.1 mx ', '~all']],
      '_dmarc.example.com TXT': [['v=DMARC1; p=reject; pct=100']],
      'mail._domainkey.example.com TXT': [['v=DKIM1; k=ed25519; p=', Buffer.alloc(32, 7).toString('base64')]],
      'example.com MX': [{ preference: 10, exchange: 'mx.example.com' }],
      '_smtp._tls.example.com TXT': [['v=TLSRPTv1; rua=mailto:tls@example.com']],
    }
    expect(await look({ records, authentic: true })).toMatchObject({
      read: 'ok',
      complete: true,
      source: 'dns example.com',
      facts: {
        caa: { facts: [{ domain: 'example.com', tag: 'issue', value: 'ca.example.net' }] },
        dnssec: { facts: { state: 'secure' } },
        spf: { facts: { records: 1, all: '-', lookups: 3 } },
        dmarc: { facts: { records: 1, policy: 'reject', percent: 100, domain: 'example.com' } },
        dkim: { facts: [{ selector: 'mail', records: 1, state: 'valid', kind: 'ed25519' }] },
        mtaSts: { facts: { servers: 1, records: 0, policy: null } },
        receiving: { facts: { servers: 1, reports: 1, reportsTo: 1 } },
      },
    })
  })

  it('climbs to the parent for CAA and DMARC, and takes the policy for subdomains there', async () => {
    const records = {
      ...base,
      'shop.example.com SOA': [soa],
      'example.com CAA': [{ flags: 0, tag: 'issue', value: ';' }],
      '_dmarc.example.com TXT': [['v=DMARC1; p=reject; sp=none']],
    }
    expect(await look({ records }, 'shop.example.com')).toMatchObject({
      facts: {
        caa: { facts: [{ domain: 'example.com' }] },
        dmarc: { facts: { policy: 'none', domain: 'example.com' } },
      },
    })
  })

  it('tells a bogus signature from an outage, and an unsigned domain from a name server that does not verify', async () => {
    const signed = { ...base, 'example.com DS': [ds] }
    expect(await look({ records: base, servfail: true })).toMatchObject({
      facts: { dnssec: { facts: { state: 'bogus' } } },
    })
    expect(await look({ records: base })).toMatchObject({ facts: { dnssec: { facts: { state: 'insecure' } } } })
    expect(await look({ records: signed, rootAuthentic: false })).toMatchObject({
      facts: { dnssec: { read: 'no', why: 'not-configured' } },
    })
  })

  it('counts look-ups through includes and redirects, and stops in circles', async () => {
    const circle = { ...base, 'example.com TXT': [['v=spf1 include:example.com -all']] }
    const redirect = {
      ...base,
      'example.com TXT': [['v=spf1 redirect=mail.example.net']],
      'mail.example.net TXT': [['v=spf1 mx ~all']],
    }
    expect(await look({ records: circle })).toMatchObject({ facts: { spf: { facts: { lookups: 20 } } } })
    expect(await look({ records: redirect })).toMatchObject({ facts: { spf: { facts: { all: '~', lookups: 2 } } } })
  })

  it('asks again over TCP when the answer did not fit', async () => {
    expect(
      await look({
        records: { ...base, 'example.com CAA': [{ flags: 0, tag: 'iodef', value: 'mailto:a@example.com' }] },
        truncated: true,
      }),
    ).toMatchObject({
      facts: { caa: { facts: [{ tag: 'iodef' }] } },
    })
  })

  it('could not look when the name server refuses, is silent, or does not know the domain', async () => {
    expect(await look({ records: base, refused: true })).toMatchObject({ read: 'no', why: 'denied' })
    expect(await look({ records: base, missing: ['example.com'] })).toMatchObject({ read: 'no', why: 'not-configured' })
    const silent = createSocket('udp4')
    await new Promise<void>((resolve) => silent.bind(0, '127.0.0.1', resolve))
    const reading = await collect(
      dns,
      { domain: 'example.com' },
      testContext({ resolver: [`127.0.0.1:${silent.address().port}`] }),
    )
    silent.close()
    expect(reading).toMatchObject({ read: 'no', why: 'unreachable' })
    expect(await collect(dns, { domain: 'example.com' }, testContext({ resolver: [] }))).toMatchObject({
      why: 'not-configured',
    })
  })

  it('asks the next name server when one is silent', async () => {
    const good = await nameServer({ records: base, authentic: true })
    const reading = await collect(
      dns,
      { domain: 'example.com' },
      testContext({ resolver: ['127.0.0.1:1', good.address] }),
    )
    await good.close()
    expect(reading).toMatchObject({ read: 'ok', facts: { dnssec: { facts: { state: 'secure' } } } })
  })

  it('names a domain and its parents, nearest first', () => {
    expect(parents('a.b.example.com')).toEqual(['a.b.example.com', 'b.example.com', 'example.com'])
  })
})
