import { createHmac, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { TestServer } from '../../../../scripts/testing/server.ts'
import { seal } from '../platform/index.ts'
import { openPseudonyms } from './pseudonym.ts'

const someone = 'someone@example.com'
let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  for (const slug of ['alpha', 'beta']) await server.registry.create({ name: slug, slug, language: 'en' })
})
afterAll(() => server.stop())

const pseudonymIn = (slug: string) =>
  server.tenants.asSystem(slug, async (tx) => (await openPseudonyms(tx)).of(someone))

describe('a pseudonym of the time before the shield', () => {
  it('joins with the one of today, since its key is the first epoch', async () => {
    const key = randomBytes(32)
    await server.tenants.asSystem('alpha', async ({ sql, dataKey, tenant }) => {
      const place = `tenant:${tenant.id}/pseudonym_key:1/key`
      await sql.query('insert into pseudonym_key (key) values ($1)', [
        seal(dataKey, place, Buffer.from(key.toString('hex'))),
      ])
    })
    const earlier = `person-${createHmac('sha256', key).update(someone).digest('hex').slice(0, 32)}`
    expect(await pseudonymIn('alpha')).toBe(earlier)
  })

  it('is not there in a tenant that began later: its key is one of the shield', async () => {
    const id = await pseudonymIn('beta')
    expect(id).toMatch(/^person-[0-9a-f]{32}$/)
    expect(await pseudonymIn('beta')).toBe(id)
    const keys = await server.tenants.asSystem('beta', async ({ sql }) => {
      const { rows } = await sql.query<{ old: number; own: number }>(
        'select (select count(*)::int from pseudonym_key) as old, (select count(*)::int from shield_key) as own',
      )
      return rows[0]
    })
    expect(keys).toEqual({ old: 0, own: 1 })
  })
})
