import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, testPassword } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'

let server: TestServer
let owner: Person

const codeOf = async (response: Response) => ((await response.json()) as { code?: string }).code
const remove = (person: Person, input: object) => person.post('/api/account/delete', input)

beforeAll(async () => {
  server = await startTestServer()
  for (const slug of ['alpha', 'beta']) await server.registry.create({ name: slug, slug, language: 'en' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
})
afterAll(() => server.stop())

describe('a deletion of an account', () => {
  it('needs the password and the mail address, and ends guessing', async () => {
    const guesser = await server.addPerson('guesser@example.com', 'beta', 'member')
    const mail = 'guesser@example.com'
    expect(await codeOf(await remove(guesser, { confirm: 'somebody@example.com', password: testPassword }))).toBe(
      'privacy.not_confirmed',
    )
    expect(await codeOf(await remove(guesser, { confirm: mail }))).toBe('privacy.password_wrong')
    const codes = []
    for (let tries = 0; tries < 12; tries++)
      codes.push(await codeOf(await remove(guesser, { confirm: mail, password: 'x' })))
    expect(codes.at(0)).toBe('privacy.password_wrong')
    expect(codes.at(-1)).toBe('account.too_many_attempts')
    expect((await guesser.get('/api/account/sessions')).status).toBe(200)
  })

  it('is refused to the last owner, naming what has to be handed over, and nothing is lost', async () => {
    await server.registry.create({ name: 'Gamma', slug: 'gamma', language: 'en' })
    await server.registry.create({ name: 'Delta', slug: 'delta', language: 'en' })
    const alone = await server.addPerson('alone@example.com', 'gamma', 'owner')
    await server.tenants.join('delta', alone.accountId, 'owner')
    await server.tenants.join('delta', owner.accountId, 'owner')
    const refused = await remove(alone, { confirm: 'alone@example.com', password: testPassword })
    expect(await refused.json()).toMatchObject({
      status: 409,
      code: 'privacy.last_owner',
      detail: expect.stringContaining('owner of: gamma.') as string,
    })
    expect(await (await alone.get('/api/account/leaving')).json()).toMatchObject({ ownedAlone: [{ slug: 'gamma' }] })
    expect((await alone.get('/api/tenants/delta/access/list')).status).toBe(200)
  })

  it('leaves one of two last owners who go at the same moment', async () => {
    await server.registry.create({ name: 'Race', slug: 'race', language: 'en' })
    const pair = [
      await server.addPerson('one@example.com', 'race', 'owner'),
      await server.addPerson('two@example.com', 'race', 'owner'),
    ]
    const answers = await Promise.all(
      pair.map((person, i) =>
        remove(person, { confirm: ['one@example.com', 'two@example.com'][i], password: testPassword }),
      ),
    )
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
    const { rows } = await server.tenants.asSystem('race', ({ sql }) =>
      sql.query(`select 1 from membership where role = 'owner'`),
    )
    expect(rows).toHaveLength(1)
    expect((await server.databases.control.query('select 1 from account_closing')).rows).toEqual([])
  })

  it('asked for twice at the same moment happens once', async () => {
    const twice = await server.addPerson('twice@example.com', 'alpha', 'member')
    const input = { confirm: 'twice@example.com', password: testPassword }
    const answers = await Promise.all([remove(twice, input), remove(twice, input)])
    expect(answers.some(({ status }) => status === 200)).toBe(true)
    expect(answers.every(({ status }) => status < 500)).toBe(true)
    const { rows } = await server.databases.control.query(
      `select 1 from log_entry where type = 'account.erased' and subject = $1`,
      [twice.accountId],
    )
    expect(rows).toHaveLength(1)
  })

  it('takes nothing from others who are called the same, or from a tenant that the person never was in', async () => {
    const inBeta = await server.addPerson('beta@example.com', 'beta', 'owner')
    const name = 'Operations'
    await inBeta.post('/api/tenants/beta/access/invite', { name, email: 'thief@example.com', role: 'member' })
    const tenants = ['alpha', 'beta'] as const
    const left = async (slug: string) =>
      await server.tenants.asSystem(
        slug,
        async ({ sql }) =>
          (
            await sql.query<{ owners: number; contents: number; invitations: number }>(
              `select (select count(*)::int from finding where owner = $1) as owners,
                (select count(*)::int from opening where role <> 'actor' and content is not null) as contents,
                (select count(*)::int from invitation) as invitations`,
              [name],
            )
          ).rows[0],
        { settled: true },
      )
    for (const slug of tenants)
      await server.tenants.asSystem(slug, async ({ sql, append, newId }) => {
        const system = newId()
        await sql.query(
          `insert into system (id, name, kind, environment, created_at) values ($1, 'x', 'domain', 'production', now())`,
          [system],
        )
        await sql.query(
          `insert into finding (id, key, check_id, system_id, subject, severity, say, owner, opened_at, seen_at)
           values ($1, 'x', 'dns.caa', $2, 'x', 'low', '{}', $3, now(), now())`,
          [newId(), system, name],
        )
        await append({
          type: 'finding.assigned',
          about: { kind: 'finding', id: system },
          content: { before: { owner: null }, after: { owner: name } },
        })
      })
    // Names are free to choose: one that others bear, and words that the software itself writes.
    const before = await Promise.all(tenants.map(left))
    expect(before).toMatchObject([{ owners: 1 }, { owners: 1, invitations: 1 }])
    for (const called of [name, 'role', 'alpha']) {
      const thief = await server.addPerson('thief@example.com', 'alpha', 'member')
      await thief.post('/api/account/rename', { name: called })
      expect((await remove(thief, { confirm: 'thief@example.com', password: testPassword })).status).toBe(200)
    }
    const after = await Promise.all(tenants.map(left))
    expect(after[1]).toEqual(before[1])
    expect(after[0]?.owners).toBe(1)
    // More by now: joining and leaving were said, too.
    expect(after[0]?.contents).toBeGreaterThan(before[0]?.contents ?? 0)
  })
})
