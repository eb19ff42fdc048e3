import { createServer } from 'node:http'
import type { IncomingHttpHeaders, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { deliver } from './deliver.ts'

interface Message {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

let server: TestServer
let owner: Person
let foreigner: Person
let member: Person
let receiver: Server
let received: Message[] = []
/** How the receiver answers. */
let status = 204
let url: string

beforeAll(async () => {
  receiver = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(parts).toString('utf8') })
      response.writeHead(status).end('a body that nobody reads')
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook?key=canary-in-the-address`
  server = await startTestServer()
  // Only the installation's own tenant may send to this machine.
  for (const slug of ['this-installation', 'alpha']) await server.registry.create({ name: slug, slug, language: 'en' })
  owner = await server.addPerson('owner@example.com', 'this-installation', 'owner')
  member = await server.addPerson('member@example.com', 'this-installation', 'member')
  foreigner = await server.addPerson('foreigner@example.com', 'alpha', 'owner')
})
afterAll(async () => {
  await server.stop()
  receiver.closeAllConnections()
  receiver.close()
})
beforeEach(async () => {
  received = []
  status = 204
  await home(({ sql }) => sql.query('delete from webhook'))
})

const home = <T>(work: Parameters<TestServer['tenants']['asSystem']>[1]) =>
  server.tenants.asSystem('this-installation', work) as Promise<T>
const at = (operation: string, tenant = 'this-installation') => `/api/tenants/${tenant}/${operation.replace('.', '/')}`

async function ask<T>(person: Person, operation: string, input: object = {}): Promise<T> {
  const response = await person.post(at(operation), input)
  expect(response.status, await response.clone().text()).toBe(200)
  return (await response.json()) as T
}

interface Delivery {
  readonly deliveryId: string
  readonly state: string
  readonly tries: number
  readonly status: number | null
  readonly problem: string | null
  readonly nextAt: string | null
}

const add = (kinds: readonly string[] = ['finding.opened']) =>
  ask<{ webhookId: string; secret: string }>(owner, 'webhook.add', { url, kinds })
const history = async (webhookId: string) => {
  const response = await owner.get(`${at('webhook.history')}?webhookId=${webhookId}`)
  return ((await response.json()) as { deliveries: Delivery[] }).deliveries
}
const only = async (webhookId: string) => {
  const [delivery, ...others] = await history(webhookId)
  expect(others).toEqual([])
  if (!delivery) throw new Error('there is no delivery')
  return delivery
}

/** @param byHand  the queue gets no job, so that each try is one of `attempt` */
async function happens(byHand = false): Promise<string> {
  return await home<string>(async ({ append, newId, sql }) => {
    const id = newId()
    await append({ type: 'finding.opened', about: { kind: 'finding', id }, code: 'high' })
    if (byHand) await sql.query(`delete from outbox where queue = 'notification.webhook'`)
    return id
  })
}

const arrive = (count: number) => vi.waitFor(() => expect(received).toHaveLength(count), 20_000)

/** Makes a try at once, in this process; the queue's own comes later and finds that it was made. */
async function attempt(deliveryId: string, tries: number): Promise<void> {
  const { id: tenantId } = (await server.registry.open('this-installation')).tenant
  await deliver({ tenantId, deliveryId, tries }, { tenants: server.tenants, mayBeLocal: () => true, random: () => 0.5 })
}

function verify(secret: string, { headers, body }: Message): unknown {
  return new Webhook(secret).verify(body, {
    'webhook-id': String(headers['webhook-id']),
    'webhook-timestamp': String(headers['webhook-timestamp']),
    'webhook-signature': String(headers['webhook-signature']),
  })
}

describe('a webhook', () => {
  it('gets a thin message that an independent library verifies, through the queue', async () => {
    const { webhookId, secret } = await add()
    const id = await happens()
    await arrive(1)
    const [message] = received
    if (!message) throw new Error('nothing came')
    const { publicId } = (await server.registry.open('this-installation')).tenant
    expect(verify(secret, message)).toEqual({
      type: 'finding.opened',
      timestamp: expect.stringMatching(/Z$/) as string,
      data: { tenant: publicId, kind: 'finding', id, code: 'high' },
    })
    expect(() => verify(`whsec_${Buffer.alloc(32).toString('base64')}`, message)).toThrow('No matching signature')
    expect(() => verify(secret, { ...message, body: message.body.replace('high', 'none') })).toThrow(
      'No matching signature',
    )
    await vi.waitFor(
      async () => expect(await only(webhookId)).toMatchObject({ state: 'delivered', status: 204 }),
      20_000,
    )
  })

  it('is told only of what it asked for, and of nothing that was undone', async () => {
    const { webhookId } = await add(['edition.published'])
    await happens()
    await home(async ({ append, newId }) => {
      await append({ type: 'edition.published', about: { kind: 'edition', id: newId() } })
      throw new Error('undone')
    }).catch(() => undefined)
    expect(await history(webhookId)).toEqual([])
  })

  it('shows its secret once, and keeps secret and address sealed', async () => {
    const { secret, webhookId } = await add()
    const { secret: next } = await ask<{ secret: string }>(owner, 'webhook.rotate', { webhookId })
    expect(next).not.toBe(secret)
    const listed = await (await owner.get(at('webhook.list'))).text()
    expect(listed).toContain('canary-in-the-address')
    const { rows } = await home<{ rows: { all: string }[] }>(({ sql }) =>
      sql.query(
        `select coalesce(string_agg(encode(address, 'escape') || encode(secret, 'escape') || encode(previous_secret, 'escape'), ''), '') ||
           (select string_agg(convert_from(content, 'UTF8'), '') from opening) as all from webhook`,
      ),
    )
    for (const one of [secret, next]) {
      expect(listed).not.toContain(one)
      const plain = Buffer.from(one.slice('whsec_'.length), 'base64')
      expect(rows[0]?.all).not.toContain(plain.toString('base64'))
    }
    expect(rows[0]?.all).not.toContain('canary-in-the-address')
  })

  it('verifies with the secret before and with the new one for a day, then with the new one only', async () => {
    const { webhookId, secret } = await add()
    const { secret: next } = await ask<{ secret: string }>(owner, 'webhook.rotate', { webhookId })
    await ask(owner, 'webhook.test', { webhookId })
    await arrive(1)
    const [first] = received
    if (!first) throw new Error('nothing came')
    expect(verify(secret, first)).toMatchObject({ type: 'webhook.test' })
    expect(verify(next, first)).toMatchObject({ type: 'webhook.test' })
    await home(({ sql }) => sql.query(`update webhook set previous_until = now() - interval '1 second'`))
    await ask(owner, 'webhook.test', { webhookId })
    await arrive(2)
    const second = received[1]
    if (!second) throw new Error('nothing came')
    expect(() => verify(secret, second)).toThrow('No matching signature')
    expect(verify(next, second)).toMatchObject({ type: 'webhook.test' })
  })
})

describe('a delivery', () => {
  it('is tried eight times with longer and longer pauses, always under the same webhook-id, and then again by hand', async () => {
    const { webhookId } = await add()
    status = 500
    await happens(true)
    const { deliveryId } = await only(webhookId)
    const pauses: number[] = []
    for (let tries = 0; tries < 8; tries++) {
      await attempt(deliveryId, tries)
      const { nextAt, state } = await only(webhookId)
      expect(state).toBe(tries < 7 ? 'waiting' : 'failed')
      if (nextAt) pauses.push(Math.round((Date.parse(nextAt) - Date.now()) / 1_000))
    }
    expect(pauses.length).toBe(7)
    for (const [n, wanted] of [5, 30, 300, 1_800, 7_200, 18_000, 28_800].entries())
      expect(Math.abs((pauses[n] ?? 0) - wanted)).toBeLessThan(4)
    expect(received).toHaveLength(8)
    status = 204
    await ask(owner, 'webhook.send_again', { deliveryId })
    await arrive(9)
    expect(new Set(received.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([`msg_${deliveryId}`]))
    await vi.waitFor(async () => expect(await only(webhookId)).toMatchObject({ state: 'delivered', tries: 9 }), 20_000)
  })

  it('that was sent and not recorded is sent again under the same webhook-id', async () => {
    const { webhookId } = await add()
    status = 500
    await happens(true)
    const { deliveryId } = await only(webhookId)
    // Killed between the two: the record never happens, so the job comes back as it was.
    const { id: tenantId } = (await server.registry.open('this-installation')).tenant
    let opened = 0
    const killed = {
      ...server.tenants,
      asSystem: ((...given) =>
        ++opened === 2
          ? Promise.reject(new Error('killed'))
          : server.tenants.asSystem(...given)) as TestServer['tenants']['asSystem'],
    }
    const job = { tenantId, deliveryId, tries: 0 }
    const dependencies = { mayBeLocal: () => true, random: () => 0.5 }
    await expect(deliver(job, { ...dependencies, tenants: killed })).rejects.toThrow('killed')
    expect(received).toHaveLength(1)
    expect(await only(webhookId)).toMatchObject({ state: 'waiting', tries: 0 })
    status = 204
    await attempt(deliveryId, 0)
    expect(received).toHaveLength(2)
    expect(await only(webhookId)).toMatchObject({ state: 'delivered', tries: 1 })
    expect(new Set(received.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([`msg_${deliveryId}`]))
  })

  it('that its job asks for twice is made once', async () => {
    const { webhookId } = await add()
    status = 500
    await happens(true)
    const { deliveryId } = await only(webhookId)
    await attempt(deliveryId, 0)
    await attempt(deliveryId, 0)
    expect(received).toHaveLength(1)
    expect((await only(webhookId)).tries).toBe(1)
  })

  it('to whoever fails for five days switches the webhook off and lets the owners know', async () => {
    const { webhookId } = await add()
    status = 503
    await happens(true)
    const { deliveryId } = await only(webhookId)
    await attempt(deliveryId, 0)
    await home(({ sql }) => sql.query(`update webhook set failing_since = now() - interval '4 days 23 hours'`))
    await attempt(deliveryId, 1)
    expect(await (await owner.get(at('webhook.list'))).json()).toMatchObject({ webhooks: [{ state: 'active' }] })
    await home(({ sql }) => sql.query(`update webhook set failing_since = now() - interval '5 days'`))
    await attempt(deliveryId, 2)
    expect(await (await owner.get(at('webhook.list'))).json()).toMatchObject({ webhooks: [{ state: 'disabled' }] })
    expect((await only(webhookId)).state).toBe('failed')
    await home(async ({ sql }) => {
      const { rows } = await sql.query<{ n: number }>(
        `select count(*)::int as n from log_pending where event ->> 'type' = 'webhook.changed' and event ->> 'code' = 'disabled'`,
      )
      const integrated = await sql.query(`select 1 from log_entry where type = 'webhook.changed' and subject = $1`, [
        webhookId,
      ])
      expect((rows[0]?.n ?? 0) + integrated.rows.length).toBe(1)
    })
    await happens()
    expect(await history(webhookId)).toHaveLength(1)
    expect(await (await owner.post(at('webhook.test'), { webhookId })).json()).toMatchObject({
      code: 'webhook.not_active',
    })
    await ask(owner, 'webhook.change', { webhookId, active: true })
    expect(await (await owner.get(at('webhook.list'))).json()).toMatchObject({
      webhooks: [{ state: 'active', failingSince: null }],
    })
  })

  it('to whoever is gone (410) switches the webhook off at once', async () => {
    await add()
    status = 410
    await happens()
    await arrive(1)
    await vi.waitFor(
      async () =>
        expect(await (await owner.get(at('webhook.list'))).json()).toMatchObject({ webhooks: [{ state: 'disabled' }] }),
      20_000,
    )
  })
})

describe('an attacker', () => {
  it("reaches no other tenant's webhook by its id", async () => {
    const { webhookId } = await add()
    await ask(owner, 'webhook.test', { webhookId })
    const { deliveryId } = await only(webhookId)
    for (const [operation, input] of [
      ['webhook.change', { webhookId, active: false }],
      ['webhook.rotate', { webhookId }],
      ['webhook.test', { webhookId }],
      ['webhook.remove', { webhookId }],
      ['webhook.send_again', { deliveryId }],
    ] as const) {
      const own = await foreigner.post(at(operation, 'alpha'), input)
      expect([operation, await own.json()]).toMatchObject([operation, { code: 'webhook.not_found' }])
      expect((await foreigner.post(at(operation), input)).status).toBe(404)
      expect((await member.post(at(operation), input)).status).toBe(403)
    }
    expect((await foreigner.get(`${at('webhook.history', 'alpha')}?webhookId=${webhookId}`)).status).toBe(404)
    expect((await member.get(at('webhook.list'))).status).toBe(403)
    expect(await (await owner.get(at('webhook.list'))).json()).toMatchObject({ webhooks: [{ state: 'active' }] })
  })

  it.each([
    ['http://hook.example.com/', 'webhook.bad_address'],
    ['https://user:password@hook.example.com/', 'webhook.bad_address'],
    ['https://hook.example.com/#part', 'webhook.bad_address'],
    ['file:///etc/passwd', 'webhook.bad_address'],
    ['javascript:alert(1)', 'webhook.bad_address'],
    ['hook.example.com', 'webhook.bad_address'],
    ['https://127.0.0.1/', 'webhook.local_only'],
    ['https://169.254.169.254/latest/meta-data/', 'webhook.local_only'],
    ['https://[::1]/', 'webhook.local_only'],
    ['https://[::ffff:127.0.0.1]/', 'webhook.local_only'],
    ['https://0x7f000001/', 'webhook.local_only'],
    ['https://localhost/', 'webhook.local_only'],
    ['https://LOCALHOST./', 'webhook.local_only'],
  ])('cannot add %s', async (address, code) => {
    const response = await foreigner.post(at('webhook.add', 'alpha'), { url: address, kinds: ['finding.opened'] })
    expect(await response.json()).toMatchObject({ code })
  })

  it('gets no further by a name that leads to this machine', async () => {
    const { id: tenantId } = (await server.registry.open('alpha')).tenant
    const response = await foreigner.post(at('webhook.add', 'alpha'), {
      url: `https://rebind.example.com:${(receiver.address() as AddressInfo).port}/`,
      kinds: ['finding.opened'],
    })
    const { webhookId } = (await response.json()) as { webhookId: string }
    // Made by hand and not by the queue, whose name server is the real one.
    const deliveryId = await server.tenants.asSystem('alpha', async ({ sql, newId, now }) => {
      const id = newId()
      await sql.query(
        `insert into webhook_delivery (id, webhook_id, type, about_kind, about_id, at, state, next_at)
         values ($1, $2::text::uuid, 'webhook.test', 'webhook', $2::text, $3, 'waiting', $3)`,
        [id, webhookId, now],
      )
      return id
    })
    await deliver(
      { tenantId, deliveryId, tries: 0 },
      {
        tenants: server.tenants,
        mayBeLocal: (tenant) => tenant.slug === 'this-installation',
        random: () => 0.5,
        way: { resolve: (_, done) => done(null, [{ address: '127.0.0.1', family: 4 }]) },
      },
    )
    const list = await foreigner.get(`${at('webhook.history', 'alpha')}?webhookId=${webhookId}`)
    expect(await list.json()).toMatchObject({ deliveries: [{ status: null, problem: 'local', tries: 1 }] })
    expect(received).toEqual([])
  })

  it('fills no more than ten, even at the same moment', async () => {
    const wish = { url: 'https://hook.invalid/', kinds: ['finding.opened'] }
    const answers = await Promise.all(
      Array.from({ length: 14 }, () => foreigner.post(at('webhook.add', 'alpha'), wish)),
    )
    expect(answers.filter(({ status }) => status === 409).length).toBeGreaterThanOrEqual(4)
    const { webhooks } = (await (await foreigner.get(at('webhook.list', 'alpha'))).json()) as { webhooks: unknown[] }
    expect(webhooks).toHaveLength(10)
  })
})
