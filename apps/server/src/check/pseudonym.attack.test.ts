import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { keepPseudonyms, openPseudonyms, withNames } from './pseudonym.ts'

const someone = 'someone@example.com'

describe('a person in the facts', () => {
  let server: TestServer
  let owner: Person
  let member: Person
  beforeAll(async () => {
    server = await startTestServer()
    for (const slug of ['alpha', 'beta']) await server.registry.create({ name: slug, slug, language: 'en' })
    owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
    member = await server.addPerson('member@example.com', 'alpha', 'member')
  })
  afterAll(() => server.stop())

  const give = (slug: string) =>
    server.tenants.asSystem(slug, async (tx) => {
      const pseudonyms = await openPseudonyms(tx)
      const id = pseudonyms.of(someone)
      await keepPseudonyms(tx, pseudonyms.take())
      return id
    })

  it('has the same pseudonym at each look, and another one in another tenant', async () => {
    const id = await give('alpha')
    expect(id).toMatch(/^person-[0-9a-f]{32}$/)
    expect(await give('alpha')).toBe(id)
    expect(await give('beta')).not.toBe(id)
  })

  it('is stored nowhere by name', async () => {
    await give('alpha')
    const dump = await server.tenants.asSystem(
      'alpha',
      async ({ sql }) => (await sql.query('select * from pseudonym')).rows,
    )
    expect(JSON.stringify(dump)).not.toContain(someone)
    expect(dump.some((row) => Buffer.from(JSON.stringify(row)).includes('someone'))).toBe(false)
  })

  it('is named to who must act, and to nobody else', async () => {
    const id = await give('alpha')
    await server.tenants.asSystem('alpha', async ({ sql, now }) => {
      const system = '00000000-0000-4000-8000-000000000001'
      await sql.query(
        `insert into system (id, name, kind, environment, created_at) values ($1, 'Directory', 'entra', 'production', $2)`,
        [system, now],
      )
      await sql.query(
        `insert into finding (id, key, check_id, system_id, subject, severity, say, opened_at, seen_at)
         values ($1, 'entra.mfa-registered/x', 'entra.mfa-registered', $1, $2, 'high', $3, $4, $4)`,
        [
          system,
          id,
          JSON.stringify({ en: `${id} has no second factor.`, de: `${id} hat keinen zweiten Faktor.` }),
          now,
        ],
      )
    })
    const list = async (person: Person) => await (await person.get('/api/tenants/alpha/finding/list')).text()
    expect(await list(owner)).toContain(someone)
    expect(await list(member)).not.toContain(someone)
    expect(await list(member)).toContain(id)
  })

  it('is nobody any more when the name is deleted', async () => {
    const id = await give('alpha')
    await server.tenants.asSystem('alpha', async (tx) => {
      await tx.sql.query('delete from pseudonym where id = $1', [id])
      expect(await withNames(tx, { subject: id })).toEqual({ subject: id })
    })
  })
})
