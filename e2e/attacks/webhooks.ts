import { createHmac, timingSafeEqual } from 'node:crypto'
import { lookup } from 'node:dns/promises'
import { createServer as createHttp } from 'node:http'
import type { RequestListener } from 'node:http'
import { createServer } from 'node:net'
import type { AddressInfo, Server } from 'node:net'
import { hostname } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { isLocalAddress } from '../../apps/server/src/platform/index.ts'
import type { Attack } from './attack.ts'
import type { Answer, Target } from './target.ts'

const home = 'this-installation'
const post = 'apps/server/src/platform/post.ts'

async function listen<T extends Server>(server: T): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

interface Delivery {
  readonly state: string
  readonly tries: number
  readonly status: number | null
  readonly problem: string | null
}

/** Adds a webhook and has it tried once. @returns what came of it; null where it could not be added */
async function tried(target: Target, cookie: string, tenant: string, url: string): Promise<Delivery | null> {
  const added = await target.call(cookie, 'webhook.add', { url, kinds: ['finding.opened'] }, tenant)
  if (added.status !== 200) return null
  const { webhookId } = added.json<{ webhookId: string }>()
  try {
    return await send(target, cookie, tenant, webhookId)
  } finally {
    await target.call(cookie, 'webhook.remove', { webhookId }, tenant)
  }
}

async function send(target: Target, cookie: string, tenant: string, webhookId: string): Promise<Delivery> {
  await target.call(cookie, 'webhook.test', { webhookId }, tenant)
  for (let n = 0; n < 300; n++) {
    const answer = await target.call(cookie, 'webhook.history', { webhookId }, tenant)
    const [delivery] = answer.json<{ deliveries: Delivery[] }>().deliveries
    if (delivery && delivery.tries > 0) return delivery
    await pause(100)
  }
  throw new Error('the webhook was never tried')
}

/** Names that this machine gives itself, and that lead to it. */
async function ownNames(): Promise<string[]> {
  const names = [hostname(), 'ip6-localhost', 'ip6-loopback', 'localhost.localdomain']
  const found = await Promise.all(
    names.map(async (name) => {
      const addresses = await lookup(name, { all: true }).catch(() => [])
      return addresses.some(({ address }) => isLocalAddress(address)) ? [name] : []
    }),
  )
  return found.flat()
}

/** Weakened: an address is taken as it is. */
export const webhookAddress: Attack = {
  id: 'webhook-address',
  title: 'no webhook of a tenant reaches the machine that art32 runs on, by number or by name',
  weaken: [
    {
      file: 'apps/server/src/notification/webhook.ts',
      from: "if (!mayBeLocal && (host === 'localhost' ||",
      to: "if (!mayBeLocal && host === '' && (host === 'localhost' ||",
    },
    {
      file: post,
      from: "if (isIP(host) !== 0 && !mayBeLocal && isLocalAddress(host)) return { status: null, problem: 'local' }",
      to: '',
    },
    {
      file: post,
      from: 'else if (!mayBeLocal && addresses.some(({ address }) => isLocalAddress(address))) done(new Local(), [])',
      to: '',
    },
  ],
  async run(target, tally) {
    const cookie = await target.signIn('owner')
    let connections = 0
    // Whoever connects was let out, whatever comes of the handshake.
    const inside = createServer((socket) => {
      connections++
      socket.destroy()
    })
    const port = await listen(inside)
    try {
      const names = await ownNames()
      const hosts = [
        '127.0.0.1',
        '127.1',
        '127.0.0.2',
        '0x7f.1',
        '2130706433',
        '017700000001',
        '0.0.0.0',
        '0',
        '[::1]',
        '[::]',
        '[::ffff:127.0.0.1]',
        '[::ffff:7f00:1]',
        '[64:ff9b::7f00:1]',
        '169.254.169.254',
        '[::ffff:169.254.169.254]',
        '[fd00:ec2::254]',
        '168.63.129.16',
        '100.100.100.200',
        '[fe80::1]',
        'localhost',
        'LOCALHOST.',
        'x.localhost',
        '127.0.0.1.',
        '①②⑦.0.0.1',
        ...names,
      ]
      for (const host of hosts) {
        const before = connections
        const delivery = await tried(target, cookie, 'alpha', `https://${host}:${port}/`)
        const isRefused = delivery === null || (delivery.status === null && delivery.problem === 'local')
        tally.add(
          connections > before ? `${host} was reached` : isRefused ? null : `${host}: ${JSON.stringify(delivery)}`,
        )
      }
      for (const url of [
        `http://127.0.0.1:${port}/`,
        'http://hook.example.com/',
        'file:///etc/passwd',
        'ftp://127.0.0.1/',
        'gopher://127.0.0.1/',
        'unix:/var/run/x',
        `https://hook.example.com@127.0.0.1:${port}/`,
        `https://user:password@hook.example.com/`,
        'https://hook.example.com/#x',
        'https://',
        '//hook.example.com',
      ])
        tally.add((await tried(target, cookie, 'alpha', url)) === null ? null : `${url} was added`)
      tally.add(connections === 0 ? null : `${connections} connections to this machine`)
    } finally {
      inside.close()
    }
  },
}

/** Weakened: the answer is read to its end. */
export const webhookReceiver: Attack = {
  id: 'webhook-receiver',
  title: 'no receiver of a webhook leads it on, holds it up, fills the memory or gets a header of its own choice',
  weaken: [{ file: post, from: '      response.destroy()\n', to: '      response.resume()\n' }],
  async run(target, tally) {
    const cookie = await target.signIn('operator')
    let inside = 0
    let poured = 0
    let isOpen = false
    const heads: string[] = []
    const hidden = createHttp((_, response) => {
      inside++
      response.end()
    })
    const hiddenPort = await listen(hidden)
    const answer: RequestListener = (request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://x.test')
      heads.push([request.url ?? '', ...request.rawHeaders].join('\n'))
      if (/^\/30\d/.test(pathname))
        response.writeHead(Number(pathname.slice(1)), { location: `http://127.0.0.1:${hiddenPort}/inside` }).end()
      else if (pathname === '/endless') {
        isOpen = true
        response.writeHead(200)
        const timer = setInterval(() => {
          poured += 262_144
          response.write(Buffer.alloc(262_144))
        }, 2)
        response.on('close', () => {
          clearInterval(timer)
          isOpen = false
        })
      } else if (pathname !== '/silent') response.writeHead(204).end()
    }
    const receiver = createHttp(answer)
    const base = `http://127.0.0.1:${await listen(receiver)}`
    try {
      // Ten seconds of waiting, while the others are tried.
      const began = performance.now()
      const silent = tried(target, cookie, home, `${base}/silent`).then((delivery) => ({
        delivery,
        took: performance.now() - began,
      }))
      for (const status of [301, 303, 308]) {
        const delivery = await tried(target, cookie, home, `${base}/${status}`)
        tally.add(delivery?.status === status && inside === 0 ? null : `a redirect by ${status} was followed`)
      }
      const endless = await tried(target, cookie, home, `${base}/endless`)
      await pause(1_000)
      tally.add(endless?.status === 200 && !isOpen ? null : 'an endless answer is still read')
      tally.add(poured < 64 * 1_048_576 ? null : `${poured} bytes of an answer were taken`)
      tally.add((await target.send('/health')).status === 200 ? null : 'it answers no more')
      for (const part of [
        '%0d%0ax-injected:%201',
        '\r\nx-injected: 1',
        '?a=\nx-injected:1',
        '%0aHost:%20evil.example',
        '\u010d\u010ax-injected: 1',
        ' HTTP/1.1\r\nx-injected: 1',
      ]) {
        heads.length = 0
        await tried(target, cookie, home, `${base}/hook${part}`)
        // As pairs: an address may well hold the word.
        const names = heads.flatMap((head) => head.split('\n').filter((_, n) => n % 2 === 1))
        tally.add(
          names.some((name) => /injected/i.test(name)) || heads.some((head) => /\nevil/.test(head))
            ? `${JSON.stringify(part)} became a header`
            : null,
        )
      }
      const { delivery, took } = await silent
      tally.add(delivery?.problem === 'timeout' && took < 60_000 ? null : 'a silent receiver is waited for')
    } finally {
      for (const server of [hidden, receiver]) {
        server.closeAllConnections()
        server.close()
      }
    }
  },
}

interface Message {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What the guide tells receivers to do. @source Standard Webhooks 1.0, "Verifying webhook authenticity" */
function isGenuine(secret: string, { headers, body }: Message, now = Date.now()): boolean {
  const { 'webhook-id': id = '', 'webhook-timestamp': time = '', 'webhook-signature': signatures = '' } = headers
  if (!/^\d+$/.test(time) || Math.abs(now / 1_000 - Number(time)) > 5 * 60) return false
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const wanted = createHmac('sha256', key).update(`${id}.${time}.${body}`).digest()
  return signatures.split(' ').some((signature) => {
    const given = Buffer.from(signature.replace(/^v1,/, ''), 'base64')
    return signature.startsWith('v1,') && given.length === wanted.length && timingSafeEqual(given, wanted)
  })
}

/** Weakened: it signs with a secret that anybody knows. */
export const webhookSecret: Attack = {
  id: 'webhook-secret',
  title: 'the secret of a webhook is shown once, and without it no message passes for one of art32',
  weaken: [
    {
      file: 'apps/server/src/notification/deliver.ts',
      from: 'signatureOf(secret, `${id}.${seconds}.${body}`)',
      to: 'signatureOf(Buffer.alloc(32), `${id}.${seconds}.${body}`)',
    },
  ],
  async run(target, tally) {
    const cookie = await target.signIn('operator')
    const received: Message[] = []
    const receiver = createHttp((request, response) => {
      const parts: Buffer[] = []
      request.on('data', (part: Buffer) => parts.push(part))
      request.on('end', () => {
        const headers = Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
        )
        received.push({ headers, body: Buffer.concat(parts).toString() })
        response.writeHead(204).end()
      })
    })
    const url = `http://127.0.0.1:${await listen(receiver)}/?key=${'k'.repeat(30)}`
    try {
      const added = await target.call(cookie, 'webhook.add', { url, kinds: ['finding.opened'] }, home)
      const { webhookId, secret } = added.json<{ webhookId: string; secret: string }>()
      await send(target, cookie, home, webhookId)
      const [message] = received
      if (!message) throw new Error('nothing came')
      const { body, headers } = message
      tally.add(isGenuine(secret, message) ? null : 'its own message is not genuine')
      const now = Math.floor(Date.now() / 1_000)
      const wrong = `whsec_${Buffer.alloc(32).toString('base64')}`
      tally.add(isGenuine(wrong, message) ? 'a message is genuine under a secret that anybody knows' : null)
      for (const [what, change] of Object.entries<Partial<Message>>({
        'with another body': { body: body.replace('webhook.test', 'finding.opened') },
        'with another id': { headers: { ...headers, 'webhook-id': 'msg_x' } },
        'at another time': { headers: { ...headers, 'webhook-timestamp': String(now + 60) } },
        'without a signature': { headers: { ...headers, 'webhook-signature': '' } },
        'with a signature of another kind': {
          headers: { ...headers, 'webhook-signature': headers['webhook-signature']?.replace('v1,', 'v1a,') ?? '' },
        },
      }))
        tally.add(isGenuine(secret, { ...message, ...change }) ? `a message ${what} is genuine` : null)
      tally.add(
        isGenuine(secret, message, Date.now() + 6 * 60_000) ? 'a message is genuine again after six minutes' : null,
      )
      tally.add(isGenuine(secret, message, Date.now() - 6 * 60_000) ? 'a message of the future is genuine' : null)
      // Where else it might stand.
      const plain = secret.slice('whsec_'.length)
      const rotated = (await target.call(cookie, 'webhook.rotate', { webhookId }, home)).json<{ secret: string }>()
      const secrets = [plain, rotated.secret.slice('whsec_'.length)]
      const places: Promise<Answer>[] = [
        target.call(cookie, 'webhook.list', {}, home),
        target.call(cookie, 'webhook.history', { webhookId }, home),
        target.call(cookie, 'ledger.entries', { limit: 100 }, home),
        target.call(cookie, 'tenant.export', {}, home),
      ]
      const texts = (await Promise.all(places)).map(({ text }) => text)
      const rows = await target.query('select * from webhook', [], home)
      const hexes = secrets.map((one) => Buffer.from(one, 'base64').toString('hex'))
      for (const text of [...texts, JSON.stringify(rows), target.log()])
        tally.add(
          [...secrets, ...hexes].some((one) => text.includes(one)) ? `the secret stands in ${text.slice(0, 80)}` : null,
        )
      tally.add(target.log().includes('k'.repeat(30)) ? 'the log holds the address' : null)
    } finally {
      receiver.closeAllConnections()
      receiver.close()
    }
  },
}
