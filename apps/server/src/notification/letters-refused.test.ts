import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { openMailer } from '../platform/index.ts'
import type { Mailer } from '../platform/index.ts'

interface Mail {
  readonly to: string
  readonly raw: string
}

let received: Mail[] = []
/** What the mail server answers to the next recipients, if not yes. */
let answers: number[] = []
let smtp: SMTPServer
let mailer: Mailer & { close(): void }
let server: TestServer
let owner: Person
let editor: Person

const address = 'https://toms.example.com'

beforeAll(async () => {
  smtp = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo(_, _session, done) {
      const status = answers.shift()
      done(status === undefined ? null : Object.assign(new Error('not now'), { responseCode: status }))
    },
    onData(stream, session, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        const raw = Buffer.concat(parts).toString('utf8').replaceAll('=\r\n', '').replaceAll('=3D', '=')
        received.push({ to: session.envelope.rcptTo[0]?.address ?? '', raw })
        done()
      })
    },
  })
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', () => resolve()))
  const { port } = smtp.server.address() as AddressInfo
  mailer = openMailer({ url: `smtp://127.0.0.1:${port}`, from: 'art32 <art32@example.com>' })
  server = await startTestServer({ ART32_URL: address }, { mailer })
  for (const slug of ['this-installation', 'alpha', 'beta'])
    await server.registry.create({ name: slug === 'alpha' ? 'Alpha <b> & Co.' : slug, slug, language: 'de' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  editor = await server.addPerson('editor@example.com', 'alpha', 'editor')
  await server.addPerson('member@example.com', 'alpha', 'member')
  await clear()
})
afterAll(async () => {
  await server.stop()
  mailer.close()
  await new Promise<void>((resolve) => smtp.close(() => resolve()))
})
afterEach(async () => {
  await clear()
  answers = []
  received = []
})

const clear = () =>
  server.tenants.asSystem('alpha', async ({ sql }) => {
    await sql.query('delete from notification_item')
    await sql.query('delete from notification_choice')
  })
const at = (operation: string) => `/api/tenants/alpha/${operation.replace('.', '/')}`
const choose = (person: Person, choices: Record<string, string>, more: object = {}) =>
  person.post(at('notification.choose'), {
    choices: Object.entries(choices).map(([kind, rhythm]) => ({ kind, rhythm })),
    ...more,
  })

/** Something happens, as a look of art32 would note it. */
const happens = (code: string, times = 1) =>
  server.tenants.asSystem('alpha', async ({ append, newId }) => {
    for (let n = 0; n < times; n++)
      await append({ type: 'finding.opened', about: { kind: 'finding', id: newId() }, code })
  })

/** Lets jobs be due that wait for their hour, as the clock would. */
async function due(): Promise<void> {
  const { tenant } = await server.registry.open('alpha')
  await server.ledgers.settle(await server.registry.open('alpha'))
  await server.databases.control.query(
    `update pgboss.job set start_after = now() where name = 'notification.letters' and state in ('created', 'retry') and data ->> 'tenantId' = $1`,
    [tenant.id],
  )
}

const waiting = () =>
  server.tenants.asSystem('alpha', async ({ sql }) => {
    const { rows } = await sql.query<{ n: number }>('select count(*)::int as n from notification_item')
    return rows[0]?.n
  })

describe('a mail server', () => {
  it('that asks to come back later gets only the letters that it did not take, again', async () => {
    await choose(owner, { 'finding.opened': 'now' })
    await choose(editor, { 'finding.opened': 'now' })
    answers = [451]
    await happens('high')
    await due()
    await vi.waitFor(() => expect(received).toHaveLength(1), { timeout: 8_000 })
    expect(await waiting()).toBe(1)
    await vi.waitFor(
      async () => {
        await due()
        expect(received).toHaveLength(2)
      },
      { timeout: 8_000 },
    )
    expect(new Set(received.map(({ to }) => to))).toEqual(new Set(['owner@example.com', 'editor@example.com']))
  })

  it('that refuses a letter for good is not asked again', async () => {
    await choose(owner, { 'finding.opened': 'now' })
    await choose(editor, { 'finding.opened': 'never' })
    answers = [550]
    await happens('high')
    await due()
    await vi.waitFor(async () => expect(await waiting()).toBe(0), { timeout: 8_000 })
    expect(received).toEqual([])
  })

  it('is tried out by the operator with a letter to the own address, and by nobody else', async () => {
    const operator = await server.addPerson('operator@example.com', 'this-installation', 'owner')
    expect((await owner.post('/api/mail/test', {})).status).toBe(403)
    expect((await owner.get('/api/mail/show')).status).toBe(403)
    expect((await operator.post('/api/mail/test', { to: 'a@example.org' })).status).toBe(400)
    expect(await (await operator.get('/api/mail/show')).json()).toEqual({ isSet: true })
    expect((await operator.post('/api/mail/test', { language: 'de' })).status).toBe(200)
    expect(received.map(({ to }) => to)).toEqual(['operator@example.com'])
    expect(received[0]?.raw).not.toMatch(/^List-Unsubscribe/im)
    answers = [550]
    expect(await (await operator.post('/api/mail/test', {})).json()).toMatchObject({ code: 'mail.refused' })
  })
})
