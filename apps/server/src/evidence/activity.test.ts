import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { TestServer } from '../../../../scripts/testing/server.ts'

describe('the note of tenants that have something in hand', () => {
  let server: TestServer
  const ids = new Map<string, string>()

  beforeAll(async () => {
    server = await startTestServer()
    for (const slug of ['busy', 'quiet']) {
      const { id } = await server.registry.create({ name: slug, slug, language: 'en' })
      ids.set(slug, id)
    }
  })
  afterAll(() => server.stop())

  const change = (slug: string, then?: () => Promise<void>) =>
    server.tenants.asSystem(slug, async ({ append }) => {
      await append({ type: 'tenant.changed', about: { kind: 'tenant', id: ids.get(slug) ?? '' } })
      await then?.()
    })

  it('is written before the change commits', async () => {
    await change('busy', async () => expect(await server.registry.listMarked()).toEqual([ids.get('busy')]))
  })

  it('stays when the change is rolled back, so that nothing can be missed', async () => {
    await server.ledgers.anchorAll()
    await expect(change('busy', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await server.registry.listMarked()).toEqual([ids.get('busy')])
  })

  it('is removed once everything stands in both logs', async () => {
    await change('busy')
    const open = await server.registry.open('busy')
    await server.ledgers.settle(open)
    await server.ledgers.anchorAll()
    expect(await server.registry.listMarked()).toEqual([])
  })

  it('is not removed while a change is under way', async () => {
    await change('quiet', async () => {
      await server.ledgers.anchorAll()
      expect(await server.registry.listMarked()).toEqual([ids.get('quiet')])
    })
  })

  it('is there again for whoever changes while it is being removed', async () => {
    const open = await server.registry.open('busy')
    for (let i = 0; i < 20; i++) {
      await server.ledgers.settle(open)
      const removing = server.ledgers.anchorAll()
      await change('busy', async () => {
        await removing
        expect(await server.registry.listMarked()).toContain(ids.get('busy'))
      })
    }
  })
})
