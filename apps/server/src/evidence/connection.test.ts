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

  it('sees in a statement what it appended before, and keeps the order of leaves', async () => {
    const commitments = await server.tenants.asSystem('alpha', async ({ sql, append, newId }) => {
      const note = async (n: number) =>
        await append({ type: 'document.read', about: { kind: 'document', id: newId() }, content: { content: { n } } })
      const first = await note(1)
      const { rows } = await sql.query('select from opening where commitment = $1', [first['content']])
      expect(rows.length).toBe(1)
      return [first, await note(2), await note(3)].map(({ content }) => content)
    })
    await server.ledgers.settle(await server.registry.open('alpha'))
    const places = await server.tenants.asSystem('alpha', async ({ sql }) => {
      const { rows } = await sql.query<{ idx: string }>(
        'select o.idx from unnest($1::bytea[]) with ordinality as c(it, n) join opening o on o.commitment = c.it order by c.n',
        [commitments],
      )
      return rows.map(({ idx }) => Number(idx))
    })
    expect(places.map((place) => place - (places[0] ?? 0))).toEqual([0, 1, 2])
  })

  it('appends a thousand leaves with large contents in one transaction, all or none', async () => {
    const append = async (fail: boolean) =>
      await server.tenants.asSystem('alpha', async (tx) => {
        for (let n = 0; n < 1_000; n++)
          await tx.append({
            type: 'document.read',
            about: { kind: 'document', id: tx.newId() },
            content: { content: { n, text: 'x'.repeat(5_000) } },
          })
        if (fail) throw new Error('no')
      })
    const leaves = async () => (await server.ledgers.settle(await server.registry.open('alpha'))).size
    const before = await leaves()
    await expect(append(true)).rejects.toThrow('no')
    expect(await leaves()).toBe(before)
    await append(false)
    expect(await leaves()).toBe(before + 1_000)
  })

  it('that only appends is written with those of others; what fails of one is that one’s alone', async () => {
    const before = (await server.ledgers.settle(await server.registry.open('alpha'))).size
    const append = async (n: number) =>
      await server.tenants.asSystem('alpha', async (tx) => {
        await tx.append({
          type: 'document.read',
          about: { kind: 'document', id: n === 7 ? 'no\u0000jsonb' : tx.newId() },
          content: { content: { n } },
        })
      })
    const results = await Promise.allSettled(Array.from({ length: 200 }, (_, n) => append(n)))
    expect(results.flatMap(({ status }, n) => (status === 'rejected' ? [n] : []))).toEqual([7])
    expect((await server.ledgers.settle(await server.registry.open('alpha'))).size).toBe(before + 199)
  })
})
