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

describe('the link in a letter', () => {
  const link = async () => {
    received = []
    await choose(owner, { 'finding.opened': 'now', 'edition.published': 'daily' })
    await choose(editor, { 'finding.opened': 'never', 'member.changed': 'daily' })
    await happens('high')
    await due()
    await vi.waitFor(() => expect(received).toHaveLength(1), { timeout: 8_000 })
    const raw = received[0]?.raw ?? ''
    expect(raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/im)
    return new URL(/^List-Unsubscribe:\s*<(.*)>$/im.exec(raw)?.[1] ?? '')
  }
  const click = (path: string) =>
    fetch(`${server.local}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    })
  const rhythmsOf = async (person: Person) => {
    const shown = (await (await person.get(at('notification.show'))).json()) as { choices: { rhythm: string }[] }
    return new Set(shown.choices.map(({ rhythm }) => rhythm))
  }

  it('ends all letters by one click without signing in, for this person and tenant only', async () => {
    const url = await link()
    expect(url.href.startsWith(`${address}/unsubscribe?token=`)).toBe(true)
    // Programs that look at links before the reader does must not end anything.
    await fetch(`${server.local}${url.pathname}${url.search}`)
    expect(await rhythmsOf(owner)).not.toEqual(new Set(['never']))
    await happens('high')
    expect((await click(url.pathname + url.search)).status).toBe(200)
    expect((await click(url.pathname + url.search)).status).toBe(200)
    expect(await rhythmsOf(owner)).toEqual(new Set(['never']))
    expect(await rhythmsOf(editor)).not.toEqual(new Set(['never']))
    expect(await waiting()).toBe(0)
  })

  it('works for nothing that was not signed', async () => {
    const token = (await link()).searchParams.get('token') ?? ''
    const [publicId = '', , signature = ''] = token.split('.')
    const other = (await server.registry.open('beta')).tenant.publicId
    const forged = [
      '',
      'x',
      `${publicId}.${editor.accountId}.${signature}`,
      token.replace(publicId, other),
      `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`,
      `${token}x`,
      token.slice(0, -43),
    ]
    for (const one of forged) {
      expect((await click(`/unsubscribe?token=${encodeURIComponent(one)}`)).status, one).toBe(400)
      const asked = await fetch(`${server.local}/api/notification/unsubscribe`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ token: one }),
      })
      expect(await asked.json()).toMatchObject({ code: 'notification.link_invalid' })
    }
    expect(await rhythmsOf(editor)).not.toEqual(new Set(['never']))
  })
})
