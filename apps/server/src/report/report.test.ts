import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, staySignedIn } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { homeSlug } from '../tenant/index.ts'
import { sendReport } from '../../../../scripts/testing/reported.ts'

let server: TestServer
let now = new Date('2026-11-23T09:00:00.000Z')
const typing = () => {
  now = new Date(now.getTime() + 60_000)
}
let owner: Person
const at = (operation: string) => `/api/tenants/alpha/${operation.replace('.', '/')}`

async function ask<T>(operation: string, input: object): Promise<T> {
  const answer = await owner.post(at(operation), input)
  if (!answer.ok) throw new Error(`${operation} was answered with ${answer.status}: ${await answer.text()}`)
  return (await answer.json()) as T
}
const look = async <T>(operation: string, query = '') =>
  (await (await owner.get(`${at(operation)}?${query}`)).json()) as T

interface Shown {
  readonly state: string
  readonly severity: string | null
  readonly score: number | null
  readonly discloseOn: string | null
  readonly messages: readonly { kind: string; text: string }[]
  readonly files: readonly { name: string }[]
  readonly reporter: unknown
}

const setting = {
  isOpen: true,
  acknowledgeDays: 5,
  discloseDays: 90,
  policy: 'No load tests.',
  cra: 'applies',
  craReason: '',
}

beforeAll(async () => {
  server = await startTestServer({ ART32_URL: 'https://art32.example' }, { clock: { now: () => now } })
  await server.registry.create({ name: 'Alpha <GmbH>', slug: 'alpha', language: 'en' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  // Sessions begin by the machine's clock, which is another one.
  await staySignedIn(server)
  await ask('report.set_up', setting)
})
afterAll(() => server.stop())

describe('a report of a vulnerability', () => {
  let link = ''
  let reportId = ''
  let advisoryId = ''

  it('is sent without an account, with a file, and answered by a secret link', async () => {
    const filled = {
      title: 'Invoices of others',
      description: 'Line one\nline <b>two</b>',
      email: 'finder@example.com',
      file: { name: 'proof.txt', text: 'GET /invoice/2' },
    }
    const sent = await sendReport(server, 'alpha', filled, typing)
    expect(sent.status).toBe(303)
    link = sent.headers.get('location') ?? ''
    expect(link).toMatch(/^\/trust\/alpha\/report\/[0-9a-f]{64}\?language=en&new=1$/)
    const page = await (await fetch(`${server.local}${link}`)).text()
    expect(page).toContain('Your report was received')
    expect(page).toContain('line &#60;b&#62;two&#60;/b&#62;')
    expect(page).toContain('proof.txt')
    expect(page).not.toContain('finder@example.com')
    // There is no mail server.
    expect(page).toContain('No letters are sent about this report')
    expect(page).toContain('nobody can send it to you')
  })

  it('is read, acknowledged, scored and answered in the workplace', async () => {
    const { reports } = await look<{ reports: { reportId: string; state: string }[] }>('report.list')
    expect(reports.map(({ state }) => state)).toEqual(['received'])
    reportId = reports[0]?.reportId ?? ''
    await ask('report.move', { reportId, to: 'confirmed', answer: 'We see it, too.' })
    const scored = await ask('report.assess', {
      reportId,
      vector: 'CVSS:4.0/AV:N/AC:L/AT:N/PR:L/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N',
      cve: 'CVE-2026-12345',
    })
    expect(scored).toEqual({ score: 7.1, severity: 'high' })
    await ask('report.say', { reportId, kind: 'note', text: 'Only for us.', fileIds: [] })
    const shown = await look<Shown>('report.show', `reportId=${reportId}`)
    expect(shown).toMatchObject({ state: 'confirmed', severity: 'high', score: 7.1 })
    expect(shown.discloseOn).toMatch(/^\d{4}-\d\d-\d\d$/)
    expect(shown.reporter).toEqual({ name: null, email: 'finder@example.com' })
    expect(shown.files.map(({ name }) => name)).toEqual(['proof.txt'])
    const page = await (await fetch(`${server.local}${link}`)).text()
    expect(page).toContain('We see it, too.')
    expect(page).not.toContain('Only for us.')
    const { figure } = await look<{ figure: object }>('report.list')
    expect(figure).toEqual({ onTime: 1, counted: 1 })
  })

  it('is answered by whoever reported, through their link alone', async () => {
    const form = new FormData()
    form.set('text', 'Thank you.')
    const said = await fetch(`${server.local}${link.split('?')[0]}?language=en`, {
      method: 'POST',
      body: form,
      redirect: 'manual',
    })
    expect(said.status).toBe(303)
    const shown = await look<Shown>('report.show', `reportId=${reportId}`)
    expect(shown.messages.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
      'answer: We see it, too.',
      'note: Only for us.',
      'reporter: Thank you.',
    ])
  })

  it('becomes an advisory that is valid CSAF, a page, a feed and files that name it', async () => {
    await ask('report.move', { reportId, to: 'mended', answer: '' })
    const made = await ask<{ advisoryId: string; trackingId: string }>('advisory.create', {
      reportIds: [reportId],
      text: {
        language: 'en',
        title: 'Invoices of others could be read',
        summary: 'Whoever was signed in could read the invoices of others.',
        products: [{ name: 'App', affected: ['before 1.5'], fixed: ['1.5'] }],
        cve: 'CVE-2026-12345',
        vector: 'CVSS:4.0/AV:N/AC:L/AT:N/PR:L/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N',
        remedy: 'Install 1.5.',
        credit: 'A finder',
      },
    })
    ;({ advisoryId } = made)
    expect(made.trackingId).toMatch(/^alpha-\d{4}-0001$/)
    expect((await fetch(`${server.local}/trust/alpha/advisories`)).status).toBe(404)
    await ask('advisory.publish', { advisoryId, summary: 'First version.' })
    const get = async (path: string) => await (await fetch(`${server.local}/trust/alpha/${path}`)).text()
    expect(await get(`advisories/${made.trackingId}`)).toContain('Whoever was signed in')
    expect(await get('advisories/feed.atom')).toContain(made.trackingId)
    const year = made.trackingId.split('-')[1]
    expect(await get('csaf/white/index.txt')).toBe(`${year}/${made.trackingId}.json\n`)
    expect(await get('csaf/white/changes.csv')).toMatch(/^"\d{4}\/alpha-\d{4}-0001\.json","\d{4}-.*Z"\r\n$/)
    const document: unknown = JSON.parse(await get(`csaf/white/${year}/${made.trackingId}.json`))
    expect(document).toMatchObject({
      document: { csaf_version: '2.0', tracking: { version: '1', id: made.trackingId } },
    })
    expect(await get(`csaf/white/${year}/${made.trackingId}.json.sha256`)).toMatch(/^[0-9a-f]{64} {2}\S+\.json\n$/)
    const security = await get('security.txt')
    expect(security).toContain('Contact: https://art32.example/trust/alpha/report\n')
    expect(security).toContain('CSAF: https://art32.example/trust/alpha/csaf/provider-metadata.json\n')
    expect(security).toMatch(/\nExpires: \d{4}-\d\d-\d\dT23:59:59Z\n/)
    expect((await look<Shown>('report.show', `reportId=${reportId}`)).state).toBe('disclosed')
    expect(await (await fetch(`${server.local}${link}`)).text()).toContain('Invoices of others could be read')
  })

  it('leaves the published version as it is when another one follows', async () => {
    const refused = await owner.post(at('advisory.publish'), { advisoryId, summary: 'Again.' })
    expect(refused.status).toBe(409)
    const shown = await look<{ draft: object; reportIds: string[] }>('advisory.show', `advisoryId=${advisoryId}`)
    await ask('advisory.change', {
      advisoryId,
      reportIds: shown.reportIds,
      text: { ...shown.draft, workaround: 'Block the address.' },
    })
    await ask('advisory.publish', { advisoryId, summary: 'A workaround.' })
    const { versions } = await look<{ versions: { number: number; summary: string }[] }>(
      'advisory.show',
      `advisoryId=${advisoryId}`,
    )
    expect(versions.map(({ number, summary }) => `${number} ${summary}`)).toEqual([
      '1 First version.',
      '2 A workaround.',
    ])
  })
})

it('shows the installation’s own form in its security.txt, also before anything is published', async () => {
  await server.registry.create({ name: 'This installation', slug: homeSlug, language: 'en' })
  const text = await (await fetch(`${server.local}/.well-known/security.txt`)).text()
  expect(text).toMatch(/^Contact: https:\/\/art32\.example\/trust\/[a-z-]+\/report\n/)
  const path = new URL(text.split('\n')[0]?.slice('Contact: '.length) ?? '').pathname
  const page = await fetch(`${server.local}${path}`, { headers: { 'accept-language': 'de' } })
  expect(await page.text()).toContain('Eine Schwachstelle melden')
  expect((await fetch(`${server.local}${path.replace('/report', '/style.css')}`)).status).toBe(200)
})
