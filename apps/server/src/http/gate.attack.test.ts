import { Agent, request } from 'node:http'
import type { RequestOptions } from 'node:http'
import { connect } from 'node:net'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { listen, openLog, openLoopDelay, usualPatience } from '../platform/index.ts'
import type { Listener } from '../platform/index.ts'
import { openGate } from './gate.ts'
import type { Capacity } from './gate.ts'
import { trustedProxies } from './peer.ts'

const capacity: Capacity = { answers: 8, bodies: 16, delayMs: 5_000 }
let server: TestServer
let owner: Person
let control: Client

beforeAll(async () => {
  server = await startTestServer({ ART32_TRUSTED_PROXIES: '127.0.0.0/8,::1' }, { capacity, patience: { body: 400 } })
  for (const slug of ['alpha', 'beta']) await server.registry.create({ name: slug, slug, language: 'en' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  await server.tenants.join('beta', owner.accountId, 'owner')
  const { rows } = await server.databases.control.query<{ name: string }>('select current_database() as name')
  const url = new URL(inject('databaseUrl'))
  url.pathname = `/${rows[0]?.name ?? ''}`
  control = new Client({ connectionString: url.href })
  await control.connect()
})
afterAll(async () => {
  await control.end()
  await server.stop()
})

/** Lets nobody read the tenants' registry while something is done: whoever needs it waits in the middle of an answer. */
async function whileWaiting(work: () => Promise<void>): Promise<void> {
  await control.query('begin; lock table tenant in access exclusive mode')
  try {
    await work()
  } finally {
    await control.query('rollback')
  }
}
/** The machine may be busy with other things. */
const patient = { timeout: 20_000 }
const waitingFor = async () => {
  const { rows } = await control.query<{ n: number }>('select count(*)::int as n from pg_locks where not granted')
  return rows[0]?.n ?? 0
}
const list = (slug: string) => owner.get(`/api/tenants/${slug}/access/list`)
const statuses = async (answers: readonly Promise<Response>[]) =>
  (await Promise.all(answers)).map(({ status }) => status)
const count = (list: readonly number[], status: number) => list.filter((one) => one === status).length

describe('more than the server can bear', () => {
  it('is sent away at once and told when to come again, while what was let in is answered', async () => {
    const let_in: Promise<Response>[] = []
    await whileWaiting(async () => {
      let_in.push(...['alpha', 'beta'].flatMap((slug) => Array.from({ length: 4 }, () => list(slug))))
      await expect.poll(waitingFor, patient).toBeGreaterThan(0)
      const away = await Promise.all(Array.from({ length: 30 }, (_, i) => list(i % 2 === 0 ? 'alpha' : 'beta')))
      expect(
        count(
          away.map(({ status }) => status),
          503,
        ),
      ).toBe(30)
      for (const answer of away) {
        expect(['1', '2', '3']).toContain(answer.headers.get('retry-after'))
        expect(answer.headers.get('cache-control')).toBe('no-store')
      }
      expect(await away[0]?.json()).toMatchObject({ code: 'http.busy', status: 503 })
      // Supervisors and load balancers see a server that is busy, not one that is gone.
      expect((await fetch(`${server.local}/healthz`)).status).toBe(200)
    })
    expect(count(await statuses(let_in), 200)).toBe(8)
    expect(count(await statuses([list('alpha'), list('beta')]), 200)).toBe(2)
  })

  it('of one tenant leaves half of the places to the others', async () => {
    const waiting: Promise<Response>[] = []
    await whileWaiting(async () => {
      waiting.push(...Array.from({ length: 12 }, () => list('alpha')))
      await expect
        .poll(async () => await Promise.race([...waiting].map(async (one) => (await one).status)), patient)
        .toBe(503)
      // Others are let in and wait for the database as the first ones do, instead of being sent away.
      const other = list('beta')
      const first = await Promise.race([other.then(() => 'answered'), waitingFor().then(() => 'waits')])
      expect(first).toBe('waits')
      waiting.push(other)
    })
    const found = await statuses(waiting)
    expect([count(found, 200), count(found, 503), found.at(-1)]).toEqual([5, 8, 200])
  })

  it('that is sent slowly takes no place of answers, and of one network only some of bodies', async () => {
    const slow = Array.from({ length: 40 }, (_, i) => {
      const socket = connect(Number(new URL(server.local).port), '127.0.0.1')
      const sender = { socket, text: '' }
      socket.on('error', () => undefined)
      socket.on('data', (part: Buffer) => void (sender.text += part.toString()))
      socket.write(
        `POST /api/account/setup HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 203.0.113.${i % 2}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{`,
      )
      return sender
    })
    // Two of each network are let in, the others are sent away at once.
    await expect.poll(() => slow.filter(({ text }) => text.startsWith('HTTP/1.1 503')).length, patient).toBe(36)
    expect(count(await statuses([list('alpha'), list('beta')]), 200)).toBe(2)
    for (const { socket } of slow) socket.destroy()
    const next = async () => (await fetch(`${server.local}/api/account/setup`, { method: 'POST', body: '{}' })).status
    await expect.poll(next, patient).toBe(415)
  })

  it('holds no place for whoever asks and goes away, nor for what is no request', async () => {
    for (let i = 0; i < 20; i++) {
      const socket = connect(Number(new URL(server.local).port), '127.0.0.1')
      socket.on('error', () => undefined)
      await new Promise<void>((resolve) =>
        socket.write('GET / HTTP/1.1\r\nHost: a b\r\n\r\nGET /x HTTP/1.1\r\nHost: localhost\r\n\r\n', () => resolve()),
      )
      socket.destroy()
    }
    await expect
      .poll(async () => count(await statuses(Array.from({ length: 4 }, () => list('alpha'))), 200), patient)
      .toBe(4)
  })

  it('by far, for a while, is answered or sent away, every single one, and nothing is left of it', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 200 })
    const found = new Map<number, number>()
    const from = (i: number): RequestOptions => ({
      agent,
      host: '127.0.0.1',
      port: new URL(server.local).port,
      path: i % 3 === 0 ? '/api/account/whoami' : `/trust/${i % 2 === 0 ? 'alpha' : 'beta'}`,
      headers: { 'x-forwarded-for': `198.51.100.${i % 250}` },
    })
    const one = (i: number) =>
      new Promise<void>((resolve, reject) => {
        const sent = request(from(i), (response) => {
          response.resume()
          response.on('end', () => {
            const status = response.statusCode ?? 0
            found.set(status, (found.get(status) ?? 0) + 1)
            if (status === 503 && response.headers['retry-after'] === undefined) reject(new Error('no Retry-After'))
            else resolve()
          })
        })
        sent.on('error', reject)
        sent.end()
      })
    await Promise.all(Array.from({ length: 2_000 }, (_, i) => one(i)))
    agent.destroy()
    expect([...found.keys()].filter((status) => ![200, 404, 503].includes(status))).toEqual([])
    expect(found.get(503)).toBeGreaterThan(0)
    expect(found.get(200)).toBeGreaterThan(0)
    expect(count(await statuses(Array.from({ length: 4 }, () => list('alpha'))), 200)).toBe(4)
  })
})

describe('a connection', () => {
  let hasty: Listener
  beforeAll(async () => {
    hasty = await listen(0, '127.0.0.1', { ...usualPatience, headers: 100, body: 100 })
    hasty.answer((asked, response) => {
      asked.resume()
      asked.on('end', () => response.end('200'))
    })
  })
  afterAll(() => hasty.close())
  const send = (text: string) =>
    new Promise<string>((resolve) => {
      const socket = connect(hasty.port, '127.0.0.1')
      let answer = ''
      socket.on('error', () => undefined)
      socket.on('data', (part: Buffer) => void (answer += part.toString()))
      socket.on('close', () => resolve(answer))
      socket.write(text)
    })

  it('whose headers never end is told so and closed', async () => {
    expect(await send('GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-')).toContain('408 Request Timeout')
  })

  it('whose body never ends is closed', async () => {
    const head = 'POST /api/account/setup HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n'
    expect(await send(`${head}Content-Length: 100\r\n\r\n{`)).not.toContain('200')
    expect(await send(`${head}Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n`)).not.toContain('200')
  })
})

describe('a server that is behind itself', () => {
  it('makes a quarter of the answers until it has caught up', async () => {
    let delay = 0
    const gate = openGate({
      capacity: { answers: 16, bodies: 8, delayMs: 100 },
      proxies: trustedProxies(['127.0.0.0/8', '::1']),
      delay: () => delay,
      random: () => 0,
      now: () => 0,
      log: openLog('error', () => new Date(0)),
    })
    let open = () => {}
    const bare = await listen(0, '127.0.0.1')
    bare.answer((asked, response) => {
      if (!gate.admit(asked, response)) return
      void gate.through(asked, () => held).then(() => response.end())
    })
    let held = Promise.resolve()
    const ask = async () => {
      held = new Promise((resolve) => (open = resolve))
      const answers = Array.from({ length: 20 }, async (_, i) => {
        const headers = { 'x-forwarded-for': `203.0.113.${i}` }
        return (await fetch(`http://127.0.0.1:${bare.port}/`, { headers })).status
      })
      await expect.poll(() => gate.standing().answers, patient).toBeGreaterThan(0)
      await expect.poll(() => gate.standing().answers + gate.standing().shed - before, patient).toBe(20)
      open()
      before = gate.standing().shed
      return count(await Promise.all(answers), 200)
    }
    let before = 0
    expect(await ask()).toBe(16)
    delay = 101
    expect(await ask()).toBe(4)
    delay = 99
    expect(await ask()).toBe(16)
    await bare.close()
    expect(gate.standing()).toMatchObject({ answers: 0, bodies: 0 })
  })

  it('knows by how much', async () => {
    const delay = openLoopDelay()
    const stand = () => {
      const end = performance.now() + 200
      while (performance.now() < end);
    }
    await expect
      .poll(() => {
        stand()
        return delay.now()
      }, patient)
      .toBeGreaterThan(50)
    await expect.poll(() => delay.now(), patient).toBeLessThan(50)
    delay.close()
  })
})
