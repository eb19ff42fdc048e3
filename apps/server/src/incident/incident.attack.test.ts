import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publishLines } from '../../../../scripts/testing/published-lines.ts'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { mostWaiting } from './intake.ts'

const hostile = '"><script>alert(1)</script>\n=cmd|calc\u202E'

let server: TestServer
let owner: Person
let member: Person
let now = new Date('2026-11-13T14:59:00.000Z')

const at = (operation: string) => `/api/tenants/alpha/${operation.replace('.', '/')}`

beforeAll(async () => {
  server = await startTestServer({}, { clock: { now: () => now } })
  await server.registry.create({ name: 'Alpha <b>', slug: 'alpha', language: 'en' })
  await server.registry.create({ name: 'Beta', slug: 'beta', language: 'en' })
  await publishLines(server, 'alpha', 3)
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  member = await server.addPerson('member@example.com', 'alpha', 'member')
})
afterAll(() => server.stop())

const see = (path: string) => fetch(`${server.local}/trust/${path}`, { redirect: 'manual' })
const send = (form: Record<string, string>, tenant = 'alpha', origin = server.url) =>
  fetch(`${server.local}/trust/${tenant}/report-incident?language=en`, {
    method: 'POST',
    headers: { origin },
    body: new URLSearchParams(form),
  })
async function good<T = object>(operation: string, input: object): Promise<T> {
  const response = await owner.post(at(operation), input)
  const answer = (await response.json()) as T
  expect([operation, response.status, answer]).toEqual([operation, 200, answer])
  return answer
}
interface Listed {
  incidents: { incidentId: string; title: string; source: string }[]
}
const listed = async () => ((await (await owner.get(at('incident.list'))).json()) as Listed).incidents
async function linkTo(id: string, hours: number): Promise<string> {
  const { url } = await good<{ url: string }>('incident.share', { incidentId: id, label: 'The auditor', hours })
  return /\/trust\/(alpha\/incident\/[0-9a-f]{64})$/.exec(url)?.[1] ?? ''
}

describe('the public form', () => {
  it('takes a report without an account and without a script, and runs nothing of it', async () => {
    const form = await see('alpha/report-incident?language=en')
    expect(form.status).toBe(200)
    expect(await form.text()).not.toMatch(/<script/i)
    expect(await (await see('alpha?language=en')).text()).toContain('/trust/alpha/report-incident')
    const sent = await send({ what: hostile, when: 'yesterday', contact: 'reader@example.com' })
    expect([sent.status, sent.headers.get('cache-control')]).toEqual([200, 'no-store'])
    const [made] = await listed()
    expect(made?.source).toBe('form')
    const id = made?.incidentId ?? ''
    const link = await linkTo(id, 1)
    expect(await (await see(link)).text()).not.toMatch(/<script/i)
    // Who reported is in the case for who deals with it, and in nothing that leaves.
    const leaves = await server.tenants.asSystem(
      'alpha',
      async ({ sql }) =>
        (
          await sql.query<{ leaf: string; content: string | null }>(
            `select convert_from(e.leaf, 'UTF8') as leaf, convert_from(o.content, 'UTF8') as content
             from log_entry e left join opening o on o.idx = e.idx where e.subject = $1`,
            [id],
          )
        ).rows,
      { settled: true },
    )
    expect(leaves.length).toBeGreaterThan(1)
    expect(JSON.stringify(leaves)).not.toContain('reader@example.com')
  })

  it('gives back what was typed where it is refused, and escapes it', async () => {
    const answer = await send({ what: 'short', when: '<i>', contact: '' })
    const text = await answer.text()
    expect(answer.status).toBe(422)
    expect(text).toContain('&#60;i&#62;')
    expect(text).toContain('short')
  })

  it('thanks programs and strangers alike, and is nothing where a tenant does not offer it', async () => {
    const before = (await listed()).length
    expect((await send({ what: 'Something was lost here', website: 'https://spam.example' })).status).toBe(200)
    expect((await listed()).length).toBe(before)
    expect((await send({ what: 'Something was lost here' }, 'alpha', 'https://evil.example')).status).toBe(403)
    // A browser says `null` of the page's own form, since it sends no referrer, and whose it is beside it.
    const form = new URLSearchParams({ what: 'Something was lost here' })
    const post = (site: string) =>
      fetch(`${server.local}/trust/alpha/report-incident`, {
        method: 'POST',
        headers: { origin: 'null', 'sec-fetch-site': site },
        body: form,
      })
    expect([(await post('same-origin')).status, (await post('cross-site')).status]).toEqual([200, 403])
    for (const tenant of ['beta', 'nobody', 'this-installation'])
      expect([tenant, (await send({ what: 'Something was lost here' }, tenant)).status]).toEqual([tenant, 404])
    await good('incident.configure', { authority: null, contact: '', formIsOpen: false })
    expect((await see('alpha/report-incident')).status).toBe(404)
    expect((await send({ what: 'Something was lost here' })).status).toBe(404)
    expect(await (await see('alpha?language=en')).text()).not.toContain('/report-incident')
    await good('incident.configure', { authority: null, contact: '', formIsOpen: true })
  })

  it('keeps no more than can be read of a flood, and answers each', async () => {
    const statuses = new Set<number>()
    for (let n = 0; n < 220; n += 44)
      for (const { status } of await Promise.all(
        Array.from({ length: 44 }, (_, k) => send({ what: `Flood number ${n + k} of reports` })),
      ))
        statuses.add(status)
    expect([...statuses]).toEqual([200])
    expect((await listed()).filter(({ source }) => source === 'form')).toHaveLength(mostWaiting)
  })
})

describe('a link to a case', () => {
  it('shows the case, gives it out as one file, and ends by itself, by hand, and for who guesses', async () => {
    const { incidentId } = await good<{ incidentId: string }>('incident.report', { title: 'A laptop is lost' })
    const link = await linkTo(incidentId, 2)
    const page = await see(link)
    expect([page.status, page.headers.get('cache-control'), page.headers.get('x-robots-tag')]).toEqual([
      200,
      'no-store',
      'noindex',
    ])
    const shown = await page.text()
    expect(shown).toContain('A laptop is lost')
    // Instants are written for people.
    expect(shown).not.toMatch(/>[^<]*\d{4}-\d{2}-\d{2}T/)
    const zip = await see(`${link}/case.zip`)
    expect(zip.headers.get('content-disposition')).toMatch(/^attachment/)
    expect(new Uint8Array(await zip.arrayBuffer()).slice(0, 2)).toEqual(new Uint8Array([0x50, 0x4b]))
    // Of another tenant, forged, cut short, or of something else: nothing is said.
    const token = link.split('/').at(-1) ?? ''
    for (const path of [
      `beta/incident/${token}`,
      `alpha/incident/${'0'.repeat(64)}`,
      `alpha/incident/${token.slice(0, 63)}`,
      `alpha/link/${token}`,
      `alpha/incident/${token}/../case.json`,
    ]) {
      const answer = await see(path)
      expect([path, answer.status]).toEqual([path, 404])
      expect(await answer.text()).not.toContain('A laptop is lost')
    }
    now = new Date('2026-11-13T16:59:00.000Z')
    expect((await see(link)).status).toBe(410)
    expect((await see(`${link}/case.zip`)).status).toBe(410)
    const second = await linkTo(incidentId, 2)
    const { links } = (await (await owner.get(`${at('incident.show')}?incidentId=${incidentId}`)).json()) as {
      links: { linkId: string; endedAt: string | null; uses: number }[]
    }
    expect(links.map(({ uses }) => uses)).toEqual([1, 0])
    await good('incident.end_share', { linkId: links[1]?.linkId })
    const ended = await see(second)
    expect(ended.status).toBe(410)
    expect(await ended.text()).not.toContain('A laptop is lost')
  })
})

describe('who works here without a part in incidents', () => {
  it('may report, and sees nothing of what was reported', async () => {
    const reported = await member.post(at('incident.report'), { title: 'I left a stick on the train' })
    expect(reported.status).toBe(200)
    const { incidentId } = (await reported.json()) as { incidentId: string }
    for (const operation of ['incident.list', 'incident.settings', `incident.show?incidentId=${incidentId}`])
      expect([operation, (await member.get(at(operation))).status]).toEqual([operation, 403])
    expect((await member.get(`${at('incident.archive')}?incidentId=${incidentId}`)).status).toBe(403)
    const answer = await member.post(at('incident.note'), { incidentId, text: 'It was mine.' })
    expect(answer.status).toBe(403)
  })
})
