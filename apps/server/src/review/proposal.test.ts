import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'

interface Listed {
  proposed: { proposalId: string; personId: string | null; email: string }[]
  leaving: { name: string }[]
}

let server: TestServer
let owner: Person
let editor: Person

const address = (operation: string) => `/api/tenants/alpha/${operation.replace('.', '/')}`
const list = async () => (await (await owner.get(address('leaving.list'))).json()) as Listed

/** What the directory does with somebody, as its door does it. */
async function directory(email: string, isActive: boolean): Promise<void> {
  await server.tenants.asSystem('alpha', async (tx) => {
    const { rows } = await tx.sql.query<{ id: string }>(
      `insert into directory_person (id, account_id, user_name, name, email, made_here, is_active, since, changed_at)
       values ($1, $1, $2, 'Kim Sample', $2, false, $3, $4, $4)
       on conflict (lower(user_name)) do update set is_active = excluded.is_active returning id`,
      [randomUUID(), email, isActive, tx.now],
    )
    const type = isActive ? 'person.changed' : 'person.left'
    await tx.append({ type, about: { kind: 'person', id: rows[0]?.id ?? '' }, code: 'directory' })
  })
}

beforeAll(async () => {
  server = await startTestServer()
  await server.registry.create({ name: 'alpha', slug: 'alpha', language: 'en' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  editor = await server.addPerson('editor@example.com', 'alpha', 'editor')
})
afterAll(() => server.stop())

describe('somebody whom a directory switches off', () => {
  it('is proposed once, and is no leaver until a person says so', async () => {
    await directory('kim@example.com', false)
    await directory('kim@example.com', false)
    expect(await list()).toMatchObject({ proposed: [{ email: 'kim@example.com', personId: null }], leaving: [] })
  })

  it('is proposed no more when switched on again', async () => {
    await directory('kim@example.com', true)
    expect((await list()).proposed).toEqual([])
  })

  it('leaves when an owner says so, and is put on the list of people', async () => {
    await directory('kim@example.com', false)
    const [proposed] = (await list()).proposed
    const body = { proposalId: proposed?.proposalId }
    expect((await editor.post(address('leaving.accept'), body)).status).toBe(403)
    expect((await owner.post(address('leaving.accept'), body)).status).toBe(200)
    expect(await list()).toMatchObject({ proposed: [], leaving: [{ name: 'Kim Sample' }] })
    expect((await owner.post(address('leaving.accept'), body)).status).toBe(404)
  })

  it('stays when somebody says why, and stands in the ledger', async () => {
    await directory('lee@example.com', false)
    const [proposed] = (await list()).proposed
    const body = { proposalId: proposed?.proposalId, reason: 'On parental leave.' }
    expect((await editor.post(address('leaving.decline'), body)).status).toBe(200)
    expect(await list()).toMatchObject({ proposed: [], leaving: [{ name: 'Kim Sample' }] })
  })
})
