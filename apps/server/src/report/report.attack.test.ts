import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openForm, sendReport } from '../../../../scripts/testing/reported.ts'
import { startTestServer, staySignedIn } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'

const at = (operation: string, slug = 'alpha') => `/api/tenants/${slug}/${operation.replace('.', '/')}`
const setting = { isOpen: true, acknowledgeDays: 5, discloseDays: 90, policy: '', cra: 'undecided', craReason: '' }

let server: TestServer
let owner: Person
let member: Person
let now = new Date('2026-11-23T09:00:00.000Z')
const typing = () => {
  now = new Date(now.getTime() + 60_000)
}
/** Another hour, in which nothing was counted yet. */
const later = () => {
  now = new Date(now.getTime() + 2 * 3_600_000)
}

interface Listed {
  readonly reports: readonly { readonly reportId: string; readonly title: string }[]
}
const list = async () => ((await (await owner.get(at('report.list'))).json()) as Listed).reports
const send = async (filled: Parameters<typeof sendReport>[2] = {}) => await sendReport(server, 'alpha', filled, typing)
const linkOf = (sent: Response) => (sent.headers.get('location') ?? '').split('?')[0] ?? ''
const open = async (path: string) => await fetch(`${server.local}${path}`)

beforeAll(async () => {
  server = await startTestServer({ ART32_URL: 'https://art32.example' }, { clock: { now: () => now } })
  for (const slug of ['alpha', 'beta']) await server.registry.create({ name: slug, slug, language: 'en' })
  owner = await server.addPerson('owner@alpha.example', 'alpha', 'owner')
  member = await server.addPerson('member@alpha.example', 'alpha', 'member')
  const other = await server.addPerson('owner@beta.example', 'beta', 'owner')
  // Sessions begin by the machine's clock, which is another one.
  await staySignedIn(server)
  await owner.post(at('report.set_up'), setting)
  await other.post(at('report.set_up', 'beta'), setting)
})
afterAll(() => server.stop())

describe('the form for strangers', () => {
  it.each([
    ['sent at once', async () => ({ stamp: await openForm(server, 'alpha') }), 'press the button once more'],
    ['without its mark', () => Promise.resolve({ stamp: '' }), 'open for more than a day'],
    [
      'with a mark of another tenant',
      async () => ({ stamp: await openForm(server, 'beta') }),
      'open for more than a day',
    ],
    ['with the trap filled in', () => Promise.resolve({ website: 'http://spam.example' }), 'stays empty'],
    ['without a text', () => Promise.resolve({ description: '  ' }), 'Nothing was sent'],
    [
      'with a mail address that is none',
      () => Promise.resolve({ email: 'a@b\r\nBcc: x@y.example' }),
      'Nothing was sent',
    ],
  ])('keeps nothing that is %s, and loses nothing that was typed', async (_, make, sentence) => {
    later()
    const before = (await list()).length
    const filled = await make()
    const answer = await sendReport(
      server,
      'alpha',
      { title: 'Typed', ...filled },
      'stamp' in filled ? undefined : typing,
    )
    expect(answer.status).toBe(422)
    const page = await answer.text()
    expect(page).toContain(sentence)
    expect(page).toContain('value="Typed"')
    expect((await list()).length).toBe(before)
  })

  it('takes no form from another site, and none that is too long', async () => {
    later()
    const foreign = await send({ headers: { 'sec-fetch-site': 'cross-site' } })
    expect(foreign.status).toBe(422)
    const long = await send({ file: { name: 'a.txt', text: 'x'.repeat(17 * 1_048_576) } })
    expect([413, 422]).toContain(long.status)
    expect(await list()).toEqual([])
  })

  it.each([
    ['a program', 'run.png', new Uint8Array([0x4d, 0x5a, 0x90, 0, ...Array.from({ length: 100 }, () => 0)])],
    ['a page with a script', 'proof.txt', '<!doctype html><script>alert(1)</script>'],
    ['a drawing with a script', 'proof.png', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ['nothing at all but a name', '../../etc/passwd', new Uint8Array([0, 1, 2, 3])],
  ])('takes no %s as a file, and keeps no half of the report', async (_, name, text) => {
    later()
    const answer = await send({ file: { name, text } })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('Files have to be chosen again')
    expect(await list()).toEqual([])
  })

  it('refuses the eleventh report of an hour from one network, and says so', async () => {
    later()
    const statuses: number[] = []
    for (let n = 0; n < 11; n += 1) statuses.push((await send({ title: `Flood ${n}` })).status)
    expect(statuses.filter((status) => status === 303)).toHaveLength(10)
    expect(statuses.at(-1)).toBe(429)
    later()
    expect((await send()).status).toBe(303)
  })

  it('is not there for a tenant that closed it or rests, just as for none', async () => {
    await owner.post(at('report.set_up'), { ...setting, isOpen: false })
    const closed = await open('/trust/alpha/report')
    const none = await open('/trust/nobody/report')
    expect([closed.status, none.status]).toEqual([404, 404])
    const shape = async (answer: Response) => {
      const { trace: _, ...rest } = (await answer.json()) as { trace: string }
      return rest
    }
    expect(await shape(closed)).toEqual(await shape(none))
    expect((await open('/trust/alpha/security.txt')).status).toBe(404)
    await owner.post(at('report.set_up'), setting)
  })
})

describe('what strangers write', () => {
  it('is text wherever it is shown, without what is not seen or turns other text round', async () => {
    later()
    const title = '<img src=x onerror=alert(1)> \u202Egnp.exe\u202C \u200B=cmd|calc'
    const sent = await send({ title, description: 'a\u0007b\n<script>alert(2)</script>\u2066x' })
    expect(sent.status).toBe(303)
    const page = await (await open(linkOf(sent))).text()
    expect(page).not.toMatch(/<img|<script|[\u0007\u200B\u202E\u2066]/)
    expect(page).toContain('&#60;script&#62;')
    const [report] = await list()
    expect(report?.title).toBe('<img src=x onerror=alert(1)> gnp.exe =cmd|calc')
    const csv = await (await owner.get(`${at('report.export')}?format=csv`)).text()
    expect(csv).not.toMatch(/(^|[\n,"])[=@+]/)
  })
})

describe('a secret link', () => {
  it('opens its own report and no other: not guessed, not of another tenant, not cut, not in another case', async () => {
    later()
    const link = linkOf(await send({ title: 'Mine' }))
    expect((await open(link)).status).toBe(200)
    const token = link.split('/').at(-1) ?? ''
    const forged = [
      link.replace('/alpha/', '/beta/'),
      link.slice(0, -1),
      link.replace(token, token.toUpperCase()),
      link.replace(token, `${token.slice(0, -1)}${token.endsWith('0') ? '1' : '0'}`),
      link.replace(token, '0'.repeat(64)),
    ]
    for (const path of forged) {
      const answer = await open(path)
      expect([path, answer.status]).toEqual([path, 404])
      expect(await answer.text()).not.toContain('Mine')
    }
    const posted = await fetch(`${server.local}${forged[4]}`, {
      method: 'POST',
      body: new URLSearchParams({ text: 'Let me in.' }),
    })
    expect(posted.status).toBe(404)
  })

  it('is kept as a hash only, is stored by nobody on the way, and ends with a new one', async () => {
    later()
    const link = linkOf(await send({ title: 'Renewed' }))
    const token = link.split('/').at(-1) ?? ''
    const found = await server.tenants.asSystem('alpha', async ({ sql }) => {
      const { rows } = await sql.query<{ all: string }>(
        `select string_agg(r::text || l::text, ' ') as all from report r join report_link l on l.report_id = r.id`,
      )
      return rows[0]?.all ?? ''
    })
    expect(found).not.toContain(token)
    const answer = await open(link)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('x-robots-tag')).toBe('noindex')
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
    const reportId = (await list())[0]?.reportId
    const renewed = (await (await owner.post(at('report.link'), { reportId })).json()) as { link: string }
    expect((await open(link)).status).toBe(404)
    expect((await open(new URL(renewed.link).pathname)).status).toBe(200)
  })

  it('writes for thirty days after the end, and reads on', async () => {
    later()
    const link = linkOf(await send({ title: 'Over' }))
    const reportId = (await list())[0]?.reportId
    await owner.post(at('report.move'), { reportId, to: 'not-a-vulnerability', answer: 'It is meant to be so.' })
    const write = async () =>
      await fetch(`${server.local}${link}`, {
        method: 'POST',
        body: new URLSearchParams({ text: 'But.' }),
        redirect: 'manual',
      })
    expect((await write()).status).toBe(303)
    now = new Date(now.getTime() + 31 * 86_400_000)
    expect((await write()).status).toBe(422)
    const page = await (await open(link)).text()
    expect(page).toContain('It is meant to be so.')
    expect(page).not.toContain('<form')
    now = new Date(now.getTime() + 340 * 86_400_000)
    expect((await open(link)).status).toBe(404)
  })

  it('writes no more than twenty messages a day', async () => {
    later()
    const link = linkOf(await send({ title: 'Chatty' }))
    const statuses: number[] = []
    for (let n = 0; n < 21; n += 1)
      statuses.push(
        (
          await fetch(`${server.local}${link}`, {
            method: 'POST',
            body: new URLSearchParams({ text: `${n}` }),
            redirect: 'manual',
          })
        ).status,
      )
    expect(statuses.filter((status) => status === 303)).toHaveLength(20)
    expect(statuses.at(-1)).toBe(422)
  })
})

it('shows reports to whoever may read the ledger, and to no other member', async () => {
  expect((await member.get(at('report.list'))).status).toBe(403)
  const reportId = (await list())[0]?.reportId
  expect((await member.get(`${at('report.show')}?reportId=${reportId}`)).status).toBe(403)
  expect((await member.get(`${at('report.export')}?format=csv`)).status).toBe(403)
})
