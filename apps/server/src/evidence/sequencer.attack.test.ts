import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recompute } from '../../../../e2e/durability/ledger.ts'
import { json } from '../../../../scripts/testing/published.ts'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { asSuperuser } from '../../../../scripts/testing/superuser.ts'
import { integratePending } from './sequencer.ts'
import { queryable } from './store.ts'

let server: TestServer
let owner: Person

beforeAll(async () => {
  server = await startTestServer()
  await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
})
afterAll(() => server.stop())

describe('the sequencer', () => {
  it('loses and doubles no leaf of 64 producers while two sequencers race', async () => {
    await server.registry.create({ name: 'Busy', slug: 'busy', language: 'en' })
    const open = await server.registry.open('busy')
    await server.tenants.asSystem('busy', () => Promise.resolve())
    const ids: string[] = []
    const over = new AbortController()
    const race = async () => {
      while (!over.signal.aborted) await integratePending(queryable(open.connections), open.signer)
    }
    const sequencers = [race(), race()]
    const producers = Array.from({ length: 64 }, async () => {
      for (let i = 0; i < 4; i++) {
        await server.tenants.asSystem('busy', async (tx) => {
          const id = tx.newId()
          await tx.append({ type: 'measure.changed', about: { kind: 'measure', id } })
          ids.push(id)
        })
      }
    })
    await Promise.all(producers)
    over.abort()
    await Promise.all(sequencers)
    expect(await server.ledgers.settle(open)).toMatchObject({ size: 256 })
    const { leaves, faults } = await recompute(server, 'busy')
    expect(faults).toEqual([])
    expect(leaves.map(({ subj }) => subj.id).toSorted()).toEqual(ids.toSorted())
  })

  it('leaves no trace of a change that was rolled back', async () => {
    const before = await server.ledgers.settle(await server.registry.open('alpha'))
    const failing = server.tenants.asSystem('alpha', async (tx) => {
      await tx.append({ type: 'measure.changed', about: { kind: 'measure', id: tx.newId() } })
      await tx.enqueue('check.run', {})
      throw new Error('changed my mind')
    })
    await expect(failing).rejects.toThrow('changed my mind')
    expect(await server.ledgers.settle(await server.registry.open('alpha'))).toEqual(before)
    const { rows } = await server.tenants.asSystem('alpha', ({ sql }) => sql.query('select 1 from outbox'))
    expect(rows).toEqual([])
  })

  it('tries again by itself when it could not integrate what was acknowledged', async () => {
    await asSuperuser(server, 'alpha', (client) =>
      client.query('alter function ledger_integrate rename to ledger_integrate_gone'),
    )
    await json(await owner.post('/api/tenants/alpha/connection/add', { target: 'dns:waiting.example' }))
    const pending = async () =>
      (await json<{ pending: number }>(await owner.get('/api/tenants/alpha/ledger/show'))).pending
    expect(await pending()).toBeGreaterThan(0)
    await asSuperuser(server, 'alpha', (client) =>
      client.query('alter function ledger_integrate_gone rename to ledger_integrate'),
    )
    await expect.poll(pending, { timeout: 8_000, interval: 100 }).toBe(0)
  })
})
