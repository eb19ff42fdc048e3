import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { countByWay } from '@art32/probes'
import type { WayFacts } from '@art32/probes'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { adopt, keepDocument } from '../measure/index.ts'
import type { Tenant } from '../tenant/index.ts'
import { crossByApi } from './api.ts'

describe('crossing from one tenant to another by the API', () => {
  let server: TestServer
  let one: Tenant
  let other: Tenant
  let neighbour: Person
  let ask: (path: string) => Promise<Response>

  beforeAll(async () => {
    server = await startTestServer()
    one = await server.registry.create({ name: 'One', slug: 'one', language: 'en' })
    other = await server.registry.create({ name: 'Other', slug: 'other', language: 'en' })
    const owner = await server.addPerson('one@example.com', 'one', 'owner')
    neighbour = await server.addPerson('other@example.com', 'other', 'owner')
    const bytes = Buffer.from('- All connections use TLS 1.2.')
    const read = await server.read(bytes, 'tom.md', new Date())
    await server.tenants.asSystem('other', async (tx) => await adopt(tx, (await keepDocument(tx, bytes, read)).id))
    ask = (path) => owner.get(path)
  })
  afterAll(() => server.stop())

  const tried = async (asked: (path: string) => Promise<Response>): Promise<Record<string, Omit<WayFacts, 'way'>>> => {
    const api = { operations: () => server.operations, ask: asked }
    const attempts = await crossByApi({ own: one, other, place: 0, places: 2 }, { tenants: server.tenants, api })
    return Object.fromEntries(countByWay(attempts).map(({ way, ...count }) => [way, count]))
  }

  it('asks every reading operation over the real surface, and each refuses', async () => {
    const counted = await tried(ask)
    expect(Object.keys(counted)).toEqual(['api', 'ids', 'cache'])
    for (const { refused, reached, unseen } of Object.values(counted)) {
      expect([reached, unseen]).toEqual([0, 0])
      expect(refused).toBeGreaterThan(0)
    }
    expect(counted['api']?.refused).toBeGreaterThan(15)
  })

  it('notices where a session opens the tenant of another', async () => {
    const weakened = (path: string) => (path.includes('/other/') ? neighbour.get(path) : ask(path))
    expect((await tried(weakened))['api']?.reached).toBeGreaterThan(15)
  })

  it('notices where the id of another is found', async () => {
    const weakened = (path: string) =>
      path.includes('=') ? neighbour.get(path.replace('/one/', '/other/')) : ask(path)
    expect((await tried(weakened))['ids']?.reached).toBeGreaterThan(0)
  })

  it.each([
    ['may be kept', { 'cache-control': 'private, max-age=60' }],
    ['says nothing of keeping', {}],
    ['has a tag to be asked for again', { 'cache-control': 'no-store', etag: '"1"' }],
  ])('notices where an answer %s', async (_name, headers) => {
    const weakened = async (path: string) => {
      const { status } = await ask(path)
      return new Response(null, { status, headers })
    }
    expect((await tried(weakened))['cache']).toMatchObject({ refused: 0, reached: 1 })
  })

  it('does not take a fault of the server for a refusal, nor a closed own door', async () => {
    const broken = async (path: string) =>
      path.includes('/other/') ? new Response(null, { status: 500 }) : await ask(path)
    expect((await tried(broken))['api']).toMatchObject({ refused: 0, reached: 0 })
    const closed = () => Promise.resolve(new Response(null, { status: 404 }))
    expect(Object.values(await tried(closed))).toEqual(
      Array.from({ length: 3 }, () => ({ refused: 0, reached: 0, unseen: 1 })),
    )
  })

  it('asks in the name of nobody where a tenant has no members', async () => {
    const empty = await server.registry.create({ name: 'Empty', slug: 'empty', language: 'en' })
    const api = { operations: () => server.operations, ask }
    expect(await crossByApi({ own: empty, other, place: 0, places: 3 }, { tenants: server.tenants, api })).toEqual([])
  })
})
