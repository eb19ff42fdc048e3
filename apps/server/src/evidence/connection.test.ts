import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { TestServer } from '../../../../scripts/testing/server.ts'

describe('a transaction', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer()
    await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
  })
  afterAll(() => server.stop())

  it('in which a statement failed is never taken for kept, whoever caught the error', async () => {
    const leaves = () =>
      server.tenants.asSystem('alpha', async ({ sql }) => (await sql.query('select from opening')).rows.length)
    const before = await leaves()
    const work = server.tenants.asSystem('alpha', async ({ sql, append, newId }) => {
      await append({ type: 'document.read', about: { kind: 'document', id: newId() }, content: { content: {} } })
      await sql.query('select 1 / 0').catch(() => undefined)
    })
    await expect(work).rejects.toMatchObject({ code: 'art32.bug' })
    expect(await leaves()).toBe(before)
  })
})
