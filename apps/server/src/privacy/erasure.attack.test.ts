import { unzipSync } from 'fflate'
import { verifyBundle } from '@art32/ledger'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, json, publishedEdition } from '../../../../scripts/testing/published.ts'
import type { Published } from '../../../../scripts/testing/published.ts'
import { testPassword } from '../../../../scripts/testing/server.ts'
import type { Person } from '../../../../scripts/testing/server.ts'
import type { Queryable } from '../evidence/index.ts'
import { ledgerCrypto } from '../platform/index.ts'

const canary = 'canary4c1d8leaver'
const email = `${canary}@example.com`

let { server, owner, bundleOf, published, measureOf, draft } = {} as Published
let leaver: Person
let signed: string

const all = (files: Record<string, Uint8Array>) => verifyBundle(ledgerCrypto, new Map(Object.entries(files)))
const codeOf = async (response: Response) => ((await response.json()) as { code?: string }).code
const remove = (person: Person, input: object) => person.post('/api/account/delete', input)

/** Tables in which the person is named, in one database. */
async function holders(sql: Queryable): Promise<string[]> {
  const { rows: tables } = await sql.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema')
       and has_table_privilege(format('%I.%I', schemaname, tablename), 'select')`,
  )
  const found: string[] = []
  for (const { name } of tables) {
    const { rows } = await sql.query(
      `select 1 from ${name} t where position($1 in t::text) > 0 or position($2 in t::text) > 0 limit 1`,
      [canary, Buffer.from(canary).toString('hex')],
    )
    if (rows.length > 0) found.push(name)
  }
  return found
}

beforeAll(async () => {
  ;({ server, owner, bundleOf, published, measureOf, draft } = await publishedEdition())
  await server.registry.create({ name: 'Beta', slug: 'beta', language: 'en' })
  await json(await owner.post(at('access.invite'), { name: `${canary} Person`, email, role: 'owner' }))
  leaver = await server.addPerson(email, 'alpha', 'owner')
  await leaver.post('/api/account/rename', { name: `${canary} Person` })
  await json(await leaver.post(at('measure.change'), { ...(await measureOf('Passwords')), owner: 'Operations' }))
  await json(await leaver.post(at('measure.confirm'), await measureOf('Passwords')))
  await json(await leaver.post(at('edition.sign'), { editionId: await draft() }))
  const { editions } = await json<{ editions: { id: string; number: number | null }[] }>(
    await owner.get(at('edition.list')),
  )
  signed = editions.find(({ number }) => number === 2)?.id ?? ''
  await leaver.post(at('access.invite'), { name: 'Guest', email: 'guest@example.com', role: 'member' })
  await json(await owner.post(at('measure.change'), { ...(await measureOf('Passwords')), owner: `${canary} Person` }))
  await draft()
})
afterAll(() => server.stop())

describe('an export', () => {
  it('holds what is stored about the account, for machines and for reading, and no secret', async () => {
    const response = await leaver.get('/api/account/export')
    expect(response.headers.get('content-disposition')).toContain('account.zip')
    const files = unzipSync(new Uint8Array(await response.arrayBuffer()))
    const text = (name: string) => Buffer.from(files[name] ?? []).toString('utf8')
    const data = JSON.parse(text('account.json')) as {
      installation: { tables: Record<string, Record<string, unknown>[]> }
      tenants: { tenant: string; tables: Record<string, Record<string, unknown>[]>; actions: { type: string }[] }[]
    }
    const { tables } = data.installation
    expect(tables['account']).toMatchObject([{ email, name: `${canary} Person` }])
    expect(tables['credential']?.[0]?.['password']).toContain('never handed out')
    expect(tables['session']?.[0]?.['token']).toContain('never handed out')
    const [alpha, ...others] = data.tenants
    expect(others).toEqual([])
    expect(alpha?.tables['membership']).toMatchObject([{ role: 'owner' }])
    expect(alpha?.tables['measure']).toMatchObject([{ owner: `${canary} Person` }])
    expect(alpha?.tables['edition']?.[0]).not.toHaveProperty('content')
    // The one to this address whole; of the one to somebody else only that it was made.
    expect(alpha?.tables['invitation']?.map((row) => row['email'])).toEqual([email, undefined])
    expect(alpha?.actions.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['measure.changed', 'edition.published', 'access.invited']),
    )
    expect(text('account.html')).toContain(`${canary} Person`)
    expect(text('account.json') + text('account.html')).not.toMatch(/argon2id\$|guest@example\.com/)
  })

  it('is refused to who is signed out', async () => {
    expect((await fetch(`${server.local}/api/account/export`)).status).toBe(401)
  })
})

describe('a deletion', () => {
  it('finds the person nowhere afterwards, and every ledger and bundle still holds', async () => {
    const inTenant = (slug: string) => server.tenants.asSystem(slug, ({ sql }) => holders(sql), { settled: true })
    // It has to be there, or not finding it would say nothing.
    expect(await holders(server.databases.control)).toContain('public.account')
    expect(await inTenant('alpha')).toEqual(expect.arrayContaining(['public.measure', 'public.opening']))

    const answer = await json<{ receipt: { account: string; erased: Record<string, number> }; stays: object[] }>(
      await remove(leaver, { confirm: email.toUpperCase(), password: testPassword }),
    )
    expect(answer.receipt.account).toBe(leaver.accountId)
    expect(answer.receipt.erased).toMatchObject({ account: 1, session: 1, measure: 1, invitation: 2 })
    expect(answer.stays.length).toBeGreaterThan(2)
    expect(await holders(server.databases.control)).toEqual([])
    expect(await inTenant('alpha')).toEqual([])
    expect((await leaver.get('/api/account/sessions')).status).toBe(401)
    await expect(server.signIn(email)).rejects.toThrow('401')

    for (const edition of [published, signed]) {
      const report = all(await bundleOf(edition))
      expect(report.steps.filter(({ ok }) => !ok)).toEqual([])
    }
    const { events } = await json<{ events: { type: string; account: string | null }[] }>(
      await owner.get(`${at('history.list')}?id=${(await measureOf('Passwords')).measureId}`),
    )
    expect(events.filter(({ type }) => type === 'measure.changed').length).toBeGreaterThan(1)
    const { rows } = await server.databases.control.query<{ type: string }>(
      `select type from log_entry where subject = $1 and type in ('account.deleted', 'account.erased') order by idx`,
      [leaver.accountId],
    )
    expect(rows.map(({ type }) => type)).toEqual(['account.deleted', 'account.erased'])
    const { rows: named } = await server.databases.control.query(
      `select 1 from opening where position($1 in convert_from(content, 'UTF8')) > 0 and role = 'actor'`,
      [leaver.accountId],
    )
    expect(named).toEqual([])
  })

  it('frees the mail address, and a new account of it has nothing of the old one', async () => {
    const again = await server.addPerson(email, 'beta', 'member')
    expect(again.accountId).not.toBe(leaver.accountId)
    expect(await codeOf(await again.get(at('register.show')))).toBe('tenant.not_found')
    const answer = await json<{ receipt: { erased: Record<string, number> } }>(
      await remove(again, { confirm: email, password: testPassword }),
    )
    expect(answer.receipt.erased).toMatchObject({ account: 1 })
  })
})
