import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'

const document = new TextEncoder().encode('# Measures\n\n## Access\n\n- Visitors are escorted by staff.\n')
const script = '<img src=x onerror=alert(1)>'

let server: TestServer
let owner: Person
let dpo: Person
let stranger: Person
let measure: { id: string; revision: number }

const at = (operation: string, tenant = 'alpha') => `/api/tenants/${tenant}/${operation.replace('.', '/')}`
const codeOf = async (response: Response) => ((await response.json()) as { code?: string }).code ?? `${response.status}`

async function ok<T>(response: Response): Promise<T> {
  const body = (await response.json()) as T
  expect(response.status, JSON.stringify(body)).toBe(200)
  return body
}

interface History {
  events: {
    index: number
    type: string
    who: { name: string | null }
    before: Record<string, unknown> | null
    after: Record<string, unknown> | null
  }[]
  next: number | null
}

async function history(query: Record<string, string>, by = owner, tenant = 'alpha'): Promise<History> {
  await server.ledgers.settle(await server.registry.open(tenant))
  return await ok<History>(await by.get(`${at('history.list', tenant)}?${new URLSearchParams(query)}`))
}

beforeAll(async () => {
  server = await startTestServer()
  for (const slug of ['alpha', 'beta']) await server.registry.create({ name: slug, slug, language: 'en' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  dpo = await server.addPerson('dpo@example.com', 'alpha', 'dpo')
  stranger = await server.addPerson('stranger@example.com', 'beta', 'owner')
  const read = await ok<{ document: { id: string } }>(
    await owner.upload(`${at('document.read')}?name=tom.md`, document),
  )
  await ok(await owner.post(at('document.adopt'), { documentId: read.document.id }))
  const { statements } = await ok<{ statements: { measure: typeof measure | null }[] }>(
    await owner.get(at('register.show')),
  )
  measure = statements.find((one) => one.measure)?.measure ?? measure
})
afterAll(() => server.stop())

describe('the history', () => {
  it('tells of each kind of record who changed it, from what to what', async () => {
    const { id } = measure
    await ok(await owner.post(at('measure.change'), { measureId: id, revision: 1, owner: script }))
    expect((await history({ id })).events[0]).toMatchObject({
      type: 'measure.changed',
      who: { name: 'owner' },
      before: { owner: null },
      after: { owner: script },
    })
    await ok(await owner.post(at('access.change'), { accountId: dpo.accountId, role: 'signatory' }))
    await ok(await owner.post(at('access.change'), { accountId: dpo.accountId, role: 'dpo' }))
    expect((await history({ id: dpo.accountId })).events[0]).toMatchObject({
      before: { role: 'signatory' },
      after: { role: 'dpo' },
    })
    await ok(await owner.post('/api/tenant/rename', { slug: 'alpha', name: 'Alpha and more' }))
    const { tenant } = await server.registry.open('alpha')
    expect((await history({ id: tenant.id })).events[0]).toMatchObject({
      who: { name: 'owner' },
      before: { name: 'alpha' },
      after: { name: 'Alpha and more' },
    })
    await ok(await owner.post(at('access.invite'), { name: 'N', email: 'new@example.com', role: 'editor' }))
    expect((await history({ kind: 'access' })).events[0]).toMatchObject({
      after: { email: 'new@example.com', role: 'editor' },
    })
  })

  it('tells of systems and connections without their secrets', async () => {
    const { connections } = await ok<{ connections: string[] }>(
      await owner.post(at('connection.add'), { target: 'postgres://reader:hunter2secret@db.example/app' }),
    )
    const id = connections[0] ?? ''
    await ok(await owner.post(at('connection.pause'), { connectionId: id, paused: true }))
    await ok(await owner.post(at('connection.remove'), { connectionId: id }))
    const { events } = await history({ id })
    expect(events.map(({ type, before, after }) => [type, before, after])).toMatchObject([
      ['connection.deleted', { connector: 'postgres' }, null],
      ['connection.changed', { paused: false }, { paused: true }],
      ['connection.created', null, { connector: 'postgres' }],
    ])
    expect((await history({ kind: 'system' })).events[0]?.after).toMatchObject({ kind: 'postgres' })
    const csv = await (await owner.get(`${at('history.export')}?format=csv`)).text()
    expect(csv).toContain('connection.deleted')
    expect(csv + JSON.stringify(await history({ limit: '200' }))).not.toContain('hunter2secret')
  })

  it('is found by person, kind and time, and paged without gap or double', async () => {
    const all = (await history({ limit: '200' })).events.map((event) => event.index)
    const paged: number[] = []
    for (let before: number | null | undefined; before !== null;) {
      const page: History = await history({ limit: '3', ...(before === undefined ? {} : { before: `${before}` }) })
      paged.push(...page.events.map((event) => event.index))
      before = page.next
    }
    expect(paged).toEqual(all)
    const mine = await history({ person: owner.accountId, limit: '200' })
    expect(mine.events.length).toBeGreaterThan(5)
    expect(mine.events.every((event) => event.who.name === 'owner')).toBe(true)
    expect((await history({ person: dpo.accountId })).events).toEqual([])
    expect((await history({ kind: 'connection' })).events.every((one) => one.type.startsWith('connection.'))).toBe(true)
    expect((await history({ from: new Date(Date.now() + 60_000).toISOString() })).events).toEqual([])
    expect((await history({ to: new Date(Date.now() - 3_600_000).toISOString() })).events).toEqual([])
  })

  it('is nothing for another tenant, for who is only a member, or by a crooked id', async () => {
    expect((await history({ id: measure.id }, stranger, 'beta')).events).toEqual([])
    expect(await codeOf(await stranger.get(at('history.list')))).toBe('tenant.not_found')
    const member = await server.addPerson('member@example.com', 'alpha', 'member')
    expect((await member.get(at('history.list'))).status).toBe(403)
    expect((await member.get(`${at('history.export')}?format=json`)).status).toBe(403)
    for (const query of [`id=' or '1'='1`, 'kind=%25', 'person=x', 'limit=100000', 'from=yesterday'])
      expect([query, (await owner.get(`${at('history.list')}?${query}`)).status]).toEqual([query, 400])
  })
})

describe('a comment', () => {
  const list = async (by = owner) =>
    (
      await ok<{ comments: { commentId: string; text: string | null; name: string; isOwn: boolean }[] }>(
        await by.get(`${at('comment.list')}?measureId=${measure.id}`),
      )
    ).comments

  it('is made by the data protection officer, who may change nothing of the measure', async () => {
    await ok(await dpo.post(at('measure.comment'), { measureId: measure.id, text: script }))
    expect(await list()).toMatchObject([{ text: script, name: 'dpo', isOwn: false }])
    for (const [operation, body] of [
      ['measure.change', { measureId: measure.id, revision: 2, owner: 'DPO' }],
      ['measure.confirm', { measureId: measure.id, revision: 2 }],
      ['edition.draft', {}],
      ['edition.sign', { editionId: measure.id }],
      ['room.create', { editionId: measure.id, name: 'x', days: 1, guests: [] }],
    ] as const)
      expect([operation, (await dpo.post(at(operation), body)).status]).toEqual([operation, 403])
    const page = await dpo.get(`${at('comment.list')}?measureId=${measure.id}`)
    expect(page.headers.get('content-type')).toContain('application/json')
    expect(page.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('is taken back by who made it and nobody else; then nothing of the text is left', async () => {
    const secret = 'said in the heat'
    const { commentId } = await ok<{ commentId: string }>(
      await dpo.post(at('measure.comment'), { measureId: measure.id, text: secret }),
    )
    expect(await codeOf(await owner.post(at('comment.withdraw'), { commentId }))).toBe('measure.no_comment')
    expect(await codeOf(await stranger.post(at('comment.withdraw', 'beta'), { commentId }))).toBe('measure.no_comment')
    await ok(await dpo.post(at('comment.withdraw'), { commentId }))
    expect(await codeOf(await dpo.post(at('comment.withdraw'), { commentId }))).toBe('measure.no_comment')
    expect((await list()).map((one) => one.text)).toEqual([script, null])
    expect(JSON.stringify(await history({ limit: '200' }))).not.toContain(secret)
    await server.tenants.asSystem('alpha', async (tx) => {
      const { rows } = await tx.sql.query<{ content: Buffer }>('select content from opening where content is not null')
      expect(rows.some((row) => row.content.includes(secret))).toBe(false)
    })
  })

  it('is not made on a measure of another tenant, or by who only reads', async () => {
    expect(await codeOf(await stranger.post(at('measure.comment', 'beta'), { measureId: measure.id, text: 'x' }))).toBe(
      'measure.not_found',
    )
    const reader = await server.addPerson('reader@example.com', 'alpha', 'member')
    expect((await reader.post(at('measure.comment'), { measureId: measure.id, text: 'x' })).status).toBe(403)
    expect((await reader.get(`${at('comment.list')}?measureId=${measure.id}`)).status).toBe(403)
  })
})
