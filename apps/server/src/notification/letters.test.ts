import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { openMailer } from '../platform/index.ts'
import type { Mailer } from '../platform/index.ts'
import { whenDue } from './letters.ts'

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
let member: Person

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
  member = await server.addPerson('member@example.com', 'alpha', 'member')
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

describe('what people are told', () => {
  it('is little by default: new findings weekly to owners and editors, and nothing to others', async () => {
    await happens('critical', 2)
    const { rows } = await server.tenants.asSystem('alpha', ({ sql }) =>
      sql.query<{ account_id: string; rhythm: string }>('select account_id, rhythm from notification_item'),
    )
    expect(new Set(rows.map((row) => row.account_id))).toEqual(new Set([owner.accountId, editor.accountId]))
    expect(rows.map((row) => row.rhythm)).toEqual(Array(4).fill('weekly'))
    const shown = await (await member.get(at('notification.show'))).json()
    expect(shown).toMatchObject({ mailIsSet: true, language: null, tenantLanguage: 'de' })
    expect((shown as { choices: { rhythm: string }[] }).choices.every(({ rhythm }) => rhythm === 'never')).toBe(true)
  })

  it('comes as one letter in their language through the queue, with counts and nothing of the content', async () => {
    expect((await choose(owner, { 'finding.opened': 'now' }, { language: 'en' })).status).toBe(200)
    await choose(editor, { 'finding.opened': 'now' })
    await happens('critical', 2)
    await happens('low')
    await due()
    await vi.waitFor(() => expect(received).toHaveLength(2), { timeout: 8_000 })
    const english = received.find(({ to }) => to === 'owner@example.com')?.raw
    expect(english?.replaceAll('\r\n ', ' ')).toContain('Subject: Alpha <b> & Co.: 3 new findings (2 critical, 1 low)')
    expect(english).toContain('3 new findings (2 critical, 1 low)')
    expect(english).toContain('Alpha &lt;b&gt; &amp; Co.')
    expect(english).toContain(`${address}/t/alpha/findings`)
    const german = received.find(({ to }) => to === 'editor@example.com')?.raw
    expect(german).toContain('3 neue Feststellungen (2 kritisch, 1 niedrig)')
    await vi.waitFor(async () => expect(await waiting()).toBe(0))
  })

  it('is not what they did themselves', async () => {
    await choose(owner, { 'member.changed': 'daily' })
    await choose(editor, { 'member.changed': 'daily' })
    await owner.post(at('access.change'), { accountId: member.accountId, role: 'dpo' })
    await owner.post(at('access.change'), { accountId: member.accountId, role: 'member' })
    const { rows } = await server.tenants.asSystem('alpha', ({ sql }) =>
      sql.query<{ account_id: string; code: string }>('select account_id, code from notification_item'),
    )
    const told = { account_id: editor.accountId, code: 'changed' }
    expect(rows).toEqual([told, told])
  })

  it('is decided with what happened, or not at all', async () => {
    await expect(
      server.tenants.asSystem('alpha', async ({ append, newId }) => {
        await append({ type: 'finding.opened', about: { kind: 'finding', id: newId() }, code: 'high' })
        throw new Error('undone')
      }),
    ).rejects.toThrow('undone')
    expect(await waiting()).toBe(0)
  })

  it('is at once, to the owners, that their tenant was suspended', async () => {
    const operator = await server.addPerson('runs@example.com', 'this-installation', 'owner')
    expect((await operator.post('/api/tenant/suspend', { slug: 'alpha' })).status).toBe(200)
    try {
      await server.ledgers.settle(await server.registry.open('alpha'))
      await due()
      await vi.waitFor(() => expect(received).toHaveLength(1), { timeout: 8_000 })
      expect(received[0]).toMatchObject({ to: 'owner@example.com' })
      expect(received[0]?.raw).toContain('1 tenant suspended by the operator')
    } finally {
      await operator.post('/api/tenant/resume', { slug: 'alpha' })
    }
  })

  it('ends with the membership', async () => {
    const leaver = await server.addPerson('leaver@example.com', 'alpha', 'editor')
    await choose(leaver, { 'finding.opened': 'weekly' })
    await happens('high')
    await owner.post(at('access.remove'), { accountId: leaver.accountId })
    const { rows } = await server.tenants.asSystem('alpha', ({ sql }) =>
      sql.query('select 1 from notification_item where account_id = $1', [leaver.accountId]),
    )
    expect(rows).toEqual([])
  })
})

it('letters of a day leave in the next morning, those of a week on the next Monday, those at once after a minute', () => {
  const id = '00000000-0000-4000-8000-000000000000'
  const sunday = new Date('2026-11-22T06:00:00Z')
  expect(whenDue('now', sunday, id).toISOString()).toBe('2026-11-22T06:01:00.000Z')
  expect(whenDue('daily', sunday, id).toISOString()).toBe('2026-11-23T05:00:00.000Z')
  expect(whenDue('weekly', sunday, id).toISOString()).toBe('2026-11-23T05:00:00.000Z')
  const monday = new Date('2026-11-23T05:00:00Z')
  expect(whenDue('daily', monday, id).toISOString()).toBe('2026-11-24T05:00:00.000Z')
  expect(whenDue('weekly', monday, id).toISOString()).toBe('2026-11-30T05:00:00.000Z')
  expect(whenDue('weekly', new Date('2026-11-23T04:59:00Z'), id).toISOString()).toBe('2026-11-23T05:00:00.000Z')
})
