import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'

const document = new TextEncoder().encode(`# Measures

## Confidentiality

- All network communication uses TLS 1.2 or newer.
- Hard disks are encrypted <script>alert(1)</script> & "always".

## Planned

- A second factor for administrators is in progress.
`)

describe('reports on tenants', () => {
  let server: TestServer
  let owner: Person
  let dpo: Person
  let stranger: Person

  beforeAll(async () => {
    server = await startTestServer()
    for (const [slug, name] of [
      ['alpha', '<b>Alpha</b> & Co'],
      ['beta', 'Beta'],
      ['foreign', 'Foreign'],
    ] as const)
      await server.registry.create({ name, slug, language: slug === 'beta' ? 'de' : 'en' })
    owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
    dpo = await server.addPerson('dpo@example.com', 'alpha', 'dpo')
    stranger = await server.addPerson('stranger@example.com', 'foreign', 'owner')
    await server.tenants.join('beta', dpo.accountId, 'dpo')
    const read = await owner.upload('/api/tenants/alpha/document/read?name=tom.md', document)
    const { document: kept } = (await read.json()) as { document: { id: string } }
    await owner.post('/api/tenants/alpha/document/adopt', { documentId: kept.id })
    await server.tenants.asSystem('alpha', async ({ sql, newId, now }) => {
      const system = newId()
      await sql.query(
        `insert into system (id, name, kind, environment, created_at) values ($1, 'db.example.com', 'host', 'production', $2)`,
        [system, now],
      )
      await sql.query(
        `insert into finding (id, key, check_id, system_id, subject, severity, say, due, opened_at, seen_at)
         values ($1, 'tls.version/1', 'tls.version', $2, '', 'high', $3, '2020-01-01', $4, $4)`,
        [newId(), system, JSON.stringify({ en: 'TLS 1.0 <i>answers</i>', de: 'TLS 1.0 antwortet' }), now],
      )
    })
  })
  afterAll(() => server.stop())

  const report = async (person: Person, query = '', slug = 'alpha') =>
    await person.get(`/api/tenants/${slug}/overview/report${query}`)
  async function zipFor(person: Person): Promise<Record<string, string>> {
    const answer = await person.get('/api/overview/reports')
    expect(answer.headers.get('content-type')).toBe('application/zip')
    const files = unzipSync(new Uint8Array(await answer.arrayBuffer()))
    return Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, strFromU8(bytes)]))
  }

  it('say what is planned and what was found, with place, owner and next step', async () => {
    const answer = await report(dpo, '?language=en')
    expect(answer.headers.get('content-disposition')).toMatch(/report-alpha-\d{4}-\d\d-\d\d\.html/)
    const page = (await answer.text()).replaceAll(/[ \n]+/g, ' ')
    expect(page).toContain('A second factor for administrators is in progress.')
    expect(page).toContain('Planned, line 10 · owner: nobody yet · next: confirm what the sentence means')
    expect(page).toContain('on db.example.com · due on 1\u00a0Jan\u00a02020 <strong class="bad">overdue</strong>')
    expect(page).toContain('No certification under Art. 42 GDPR')
    expect(page).not.toContain('undefined')
  })

  it('speak the language that is asked for, else the one of the tenant', async () => {
    expect(await (await report(dpo, '?language=de')).text()).toContain('Keine Zertifizierung nach Art. 42 DSGVO')
    expect(await (await report(dpo, '', 'beta')).text()).toContain('noch kein Dokument eingelesen')
  })

  it('show names and texts of others as text and never as markup, and ask nobody for anything', async () => {
    const page = await (await report(dpo)).text()
    for (const markup of ['<b>Alpha', '<i>answers', '<script', 'src=', 'href=', 'url('])
      expect(page).not.toContain(markup)
    expect(page).toContain('&#60;b&#62;Alpha&#60;/b&#62; &#38; Co')
  })

  it('hold in one file every tenant that the caller may enter and no other', async () => {
    const files = await zipFor(dpo)
    const day = new Date().toISOString().slice(0, 10)
    expect(Object.keys(files)).toEqual([`report-alpha-${day}.html`, `report-beta-${day}.html`])
    expect(files[`report-alpha-${day}.html`]).toContain('TLS 1.0 &#60;i&#62;answers')
    expect(Object.keys(await zipFor(stranger))).toEqual([`report-foreign-${day}.html`])
  })

  it('are made for one person once at a time, and for others meanwhile', async () => {
    const answers = await Promise.all([1, 2, 3, 4].map(() => dpo.get('/api/overview/reports')))
    const statuses = answers.map(({ status }) => status)
    expect(statuses).toContain(200)
    const busy = answers.find(({ status }) => status !== 200)
    expect(await busy?.json()).toMatchObject({ status: 409, code: 'overview.busy' })
    expect((await stranger.get('/api/overview/reports')).status).toBe(200)
    expect((await dpo.get('/api/overview/reports')).status).toBe(200)
  })

  it('leave out a tenant in which only the registry knows of a role, is suspended, or wants a second factor', async () => {
    const day = new Date().toISOString().slice(0, 10)
    const { tenant } = await server.registry.open('foreign')
    await server.registry.grant(tenant.id, dpo.accountId, 'owner')
    expect(Object.keys(await zipFor(dpo))).not.toContain(`report-foreign-${day}.html`)
    const beta = (await server.registry.open('beta')).tenant
    await server.registry.setNeedsFactor(beta.id, true, owner.accountId)
    expect(Object.keys(await zipFor(dpo))).toEqual([`report-alpha-${day}.html`])
    await server.registry.setNeedsFactor(beta.id, false, owner.accountId)
    await server.registry.suspend(beta.id, owner.accountId)
    expect(Object.keys(await zipFor(dpo))).toEqual([`report-alpha-${day}.html`])
  })

  it('are refused in one file beyond 200 tenants, and where there is none', async () => {
    await server.databases.control.query(
      `insert into tenant (id, public_id, slug, name, language, state, database_name, role_password, data_key, ledger_key, ledger_vkey, since, data_key_since)
       select gen_random_uuid(), translate(substr(md5(i::text), 1, 12), '0189', 'ghij'), 'many-' || i, 'Many', 'en', 'ready', 'none-' || i, '', '', '', '', now(), now()
       from generate_series(1, 201) i`,
    )
    await server.databases.control.query(
      `insert into tenant_account (tenant_id, account_id) select id, $1 from tenant where slug like 'many-%'`,
      [owner.accountId],
    )
    const refused = await owner.get('/api/overview/reports')
    expect(await refused.json()).toMatchObject({ status: 409, code: 'overview.too_many' })
    await server.databases.control.query(`delete from tenant where slug like 'many-%'`)
    const { tenant } = await server.registry.open('foreign')
    await server.registry.revoke(tenant.id, stranger.accountId)
    const none = await (await server.signIn('stranger@example.com')).get('/api/overview/reports')
    expect(await none.json()).toMatchObject({ code: 'overview.none' })
  })
})
