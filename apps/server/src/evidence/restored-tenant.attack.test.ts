import { describe, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import { copyDatabase, grow, tenantLog } from '../../../../scripts/testing/logs.ts'

describe('one tenant whose database is put back while art32 runs', () => {
  it.each(['remembered', 'anchored'] as const)('is found before anything is signed over it: %s', async (from) => {
    const running = await startTestServer()
    try {
      await running.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
      await grow(running, 2)
      const before = await tenantLog(running)
      const putBack = await copyDatabase(running, 'alpha')
      await grow(running, 3)
      const lost = await tenantLog(running)
      await putBack()
      const open = await running.registry.open('alpha')
      // Where this machine remembers nothing, the log of the installation still does.
      if (from === 'anchored') {
        Object.assign(open.signer.heads, { of: () => undefined, family: () => [] })
        await running.ledgers.compare(open)
      }
      await running.tenants.asSystem('alpha', ({ append, tenant }) =>
        append({ type: 'tenant.changed', about: { kind: 'tenant', id: tenant.id } }),
      )
      const { origin, leaves, earlier } = await tenantLog(running)
      expect(origin).toBe(`${before.origin}/2`)
      expect(leaves.slice(0, 3).map(({ type, code, head }) => [type, code, head?.size])).toEqual([
        ['log.continued', 'after-restore', before.size],
        ['log.lost', from, lost.size],
        ['tenant.changed', undefined, undefined],
      ])
      expect(earlier.map((log) => [log.origin, Number(log.size)])).toEqual([[before.origin, before.size]])
      expect((await running.registry.open('alpha')).tenant.origin).toBe(origin)
    } finally {
      await running.stop()
    }
  })
})

describe('a person who says that a ledger was restored', () => {
  it('lets it go on at once, with its first entries signed and what the register rests on taken over', async () => {
    const running = await startTestServer()
    try {
      await running.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
      const owner = await running.addPerson('owner@example.com', 'alpha', 'owner')
      await grow(running, 2)
      const { origin, size } = await tenantLog(running)
      const answer = await owner.post('/api/ledger/succeed', { slug: 'alpha' })
      expect([answer.status, await answer.json()]).toMatchObject([200, { origin: `${origin}/2` }])
      const shown = await (await owner.get('/api/tenants/alpha/ledger/show')).json()
      expect(shown).toMatchObject({
        origin: `${origin}/2`,
        size: 2,
        pending: 0,
        restored: { kept: { origin, size }, lost: [{ origin: null, size: null, from: 'declared' }] },
        earlier: [{ origin, size }],
      })
    } finally {
      await running.stop()
    }
  })
})
