import { parseLeaf } from '@art32/ledger'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { lookAgain, run } from '../check/index.ts'
import type { RunDependencies } from '../check/index.ts'
import { homeSlug } from '../tenant/index.ts'

let server: TestServer
let operator: Person
let owner: Person
let member: Person
let stranger: Person

const document = new TextEncoder().encode(
  '# Measures\n\nVersion 1, 2 May 2026\n\n## Access\n\n- Visitors are escorted by staff.\n',
)

beforeAll(async () => {
  // An address of its own: then being on the same machine is no reason to see drafts.
  server = await startTestServer({ ART32_URL: 'http://art32.example' })
  for (const slug of [homeSlug, 'alpha', 'beta']) await server.registry.create({ name: slug, slug, language: 'en' })
  operator = await server.addPerson('operator@example.com', homeSlug, 'owner')
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  member = await server.addPerson('member@example.com', 'alpha', 'member')
  stranger = await server.addPerson('stranger@example.com', 'beta', 'owner')
  const read = (await (await owner.upload('/api/tenants/alpha/document/read?name=tom.md', document)).json()) as {
    document: { id: string }
  }
  await owner.post('/api/tenants/alpha/document/adopt', { documentId: read.document.id })
})
afterAll(() => server.stop())

const tenants = async () => {
  const response = await operator.get('/api/tenant/list')
  expect(response.status).toBe(200)
  return ((await response.json()) as { tenants: { slug: string; name: string; state: string }[] }).tenants
}
const stateOf = async (slug: string) => (await tenants()).find((tenant) => tenant.slug === slug)?.state
const codeOf = async (response: Response) => ((await response.json()) as { code?: string }).code
const change = (person: Person, verb: string, input: object) => person.post(`/api/tenant/${verb}`, input)

/** What the instance log says of a tenant, with who did it. */
async function instanceEvents(slug: string) {
  await server.ledgers.anchor(await server.registry.open(homeSlug))
  const { tenant } = await server.registry.open(slug)
  const { rows } = await server.databases.control.query<{ type: string; leaf: Buffer; actor: Buffer }>(
    `select e.type, e.leaf, o.content as actor from log_entry e join opening o on o.idx = e.idx and o.role = 'actor'
     where e.subject = $1 and e.type <> 'tenant.checkpoint' order by e.idx`,
    [tenant.id],
  )
  return rows.map(({ type, leaf, actor }) => ({
    type,
    kind: parseLeaf(leaf).actor.k,
    actor: JSON.parse(actor.toString('utf8')) as unknown,
  }))
}

describe('the list of all tenants', () => {
  it('is for the operator, and tells nothing of what they hold', async () => {
    expect((await tenants()).map(({ slug }) => slug).toSorted()).toEqual(['alpha', 'beta', homeSlug])
    const [first] = await tenants()
    expect(Object.keys(first ?? {}).toSorted()).toEqual(['isHome', 'name', 'since', 'slug', 'state'])
    for (const person of [owner, member, stranger])
      expect(await codeOf(await person.get('/api/tenant/list'))).toBe('access.not_operator')
    expect((await fetch(`${server.local}/api/tenant/list`)).status).toBe(401)
  })

  it('gives the operator no way into a tenant', async () => {
    for (const operation of server.operations.filter((one) => one.scope === 'tenant' && !one.changes)) {
      const path = `/api/tenants/alpha/${operation.id.replace('.', '/')}`
      if (operation.kind === 'upload') continue
      const response = await operator.get(path)
      expect([operation.id, response.ok]).toEqual([operation.id, false])
    }
    expect(await codeOf(await operator.get('/api/tenants/alpha/register/show'))).toBe('tenant.not_found')
  })
})

describe('a name', () => {
  it('is changed by an owner of the tenant and by the operator, each with its events', async () => {
    expect((await change(owner, 'rename', { slug: 'alpha', name: ' Alpha & Söhne ' })).status).toBe(200)
    expect((await change(operator, 'rename', { slug: 'alpha', name: 'Alpha' })).status).toBe(200)
    expect((await tenants()).find(({ slug }) => slug === 'alpha')?.name).toBe('Alpha')
    const events = (await instanceEvents('alpha')).filter(({ type }) => type === 'tenant.changed')
    expect(events).toEqual([
      { type: 'tenant.changed', kind: 'user', actor: { account: owner.accountId, kind: 'user' } },
      { type: 'tenant.changed', kind: 'user', actor: { account: operator.accountId, kind: 'user' } },
    ])
    await server.ledgers.settle(await server.registry.open('alpha'))
    const { entries } = (await (await owner.get('/api/tenants/alpha/ledger/entries')).json()) as {
      entries: { type: string; content: unknown }[]
    }
    expect(entries[0]).toMatchObject({
      type: 'tenant.changed',
      content: { before: { name: 'Alpha & Söhne' }, after: { name: 'Alpha' } },
    })
  })

  it('is refused to a member, and the tenant is not found for a stranger', async () => {
    expect(await codeOf(await change(member, 'rename', { slug: 'alpha', name: 'Mine' }))).toBe('access.not_owner')
    expect(await codeOf(await change(stranger, 'rename', { slug: 'alpha', name: 'Mine' }))).toBe('tenant.not_found')
    expect(await codeOf(await change(operator, 'rename', { slug: 'nobody', name: 'Mine' }))).toBe('tenant.not_found')
  })

  it.each(['two\nlines', 'ring\u0007', 'nul\u0000', 'turned\u202eround', 'line\u2028end', 'x', ' ', 'y'.repeat(201)])(
    'is refused as %j',
    async (name) => {
      expect(await codeOf(await change(owner, 'rename', { slug: 'alpha', name }))).toBe('http.invalid')
      expect(await codeOf(await change(operator, 'create', { name, language: 'en' }))).toBe('http.invalid')
    },
  )

  it('stays what it was when it is given again, without an event', async () => {
    const before = (await instanceEvents('alpha')).length
    await change(owner, 'rename', { slug: 'alpha', name: 'Alpha' })
    expect(await instanceEvents('alpha')).toHaveLength(before)
  })
})

describe('a short name', () => {
  it('goes to one of those who want it at the same moment', async () => {
    const create = () => change(operator, 'create', { name: 'Same', slug: 'same-name', language: 'en' })
    const answers = await Promise.all([create(), create(), create()])
    expect((await Promise.all(answers.map(codeOf))).filter((code) => code === 'tenant.slug_taken')).toHaveLength(2)
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
  })
})

describe('a suspended tenant', () => {
  const atRest: RunDependencies = {
    get tenants() {
      return server.tenants
    },
    context: {},
    mayBeLocal: () => false,
    random: Math.random,
    notify: () => undefined,
    onChange: () => () => undefined,
    judged: () => Promise.reject(new Error('a suspended tenant was looked at')),
  }
  let runId: string
  let connectionId: string

  beforeAll(async () => {
    const { id } = (await (await owner.post('/api/tenants/alpha/edition/draft', {})).json()) as { id: string }
    expect((await owner.post('/api/tenants/alpha/edition/sign', { editionId: id })).status).toBe(200)
    await owner.post('/api/tenants/alpha/edition/draft', {})
    expect((await owner.post('/api/tenants/alpha/connection/add', { target: 'dns:nothing.example' })).status).toBe(200)
    const list = await owner.get('/api/tenants/alpha/connection/list')
    ;[connectionId = ''] = ((await list.json()) as { connections: { id: string }[] }).connections.map(({ id }) => id)
    expect((await change(operator, 'suspend', { slug: 'alpha' })).status).toBe(200)
    // A run that was asked for just before.
    runId = await server.tenants.asSystem(
      'alpha',
      async ({ sql, newId }) => {
        const id = newId()
        await sql.query(`insert into run (id, connection_ids, state, requested_at) values ($1, $2, 'queued', now())`, [
          id,
          [connectionId],
        ])
        return id
      },
      { evenSuspended: true },
    )
  })

  it('says so to its members, and is not found for anybody else', async () => {
    expect(await stateOf('alpha')).toBe('suspended')
    for (const operation of server.operations.filter((one) => one.scope === 'tenant' && one.kind === 'json')) {
      if (operation.changes) continue
      const path = `/api/tenants/alpha/${operation.id.replace('.', '/')}`
      expect((await owner.get(path)).ok).toBe(false)
    }
    for (const person of [owner, member])
      expect(await codeOf(await person.get('/api/tenants/alpha/register/show'))).toBe('tenant.suspended')
    for (const person of [stranger, operator])
      expect(await codeOf(await person.get('/api/tenants/alpha/register/show'))).toBe('tenant.not_found')
    expect(await codeOf(await owner.post('/api/tenants/alpha/edition/draft', {}))).toBe('tenant.suspended')
    expect(await codeOf(await change(owner, 'rename', { slug: 'alpha', name: 'Other' }))).toBe('tenant.suspended')
  })

  it('leaves everybody else alone', async () => {
    expect((await owner.get('/api/account/whoami')).status).toBe(200)
    expect((await stranger.get('/api/tenants/beta/system/list')).status).toBe(200)
  })

  it('keeps its public page, and shows a draft to nobody', async () => {
    for (const person of [owner, stranger]) {
      const page = await person.get('/trust/alpha')
      expect(page.status).toBe(200)
      expect((await (await person.get('/trust/alpha/edition.json')).json()) as object).toMatchObject({
        state: 'edition',
      })
    }
    expect((await fetch(`${server.local}/trust/alpha/bundle.zip`)).status).toBe(200)
  })

  it('looks at nothing: a waiting run ends, and a due look is put off', async () => {
    await run({ tenantId: (await server.registry.open('alpha')).tenant.id, runId }, atRest)
    const past = new Date(Date.now() - 60_000)
    const quiet = <R extends object>(text: string, values: unknown[]) =>
      server.tenants.asSystem('alpha', ({ sql }) => sql.query<R>(text, values), { evenSuspended: true })
    await quiet('update connection set next_at = $1 where id = $2', [past, connectionId])
    await lookAgain((await server.registry.open('alpha')).tenant.id, connectionId, atRest)
    expect((await quiet<{ state: string }>('select state from run where id = $1', [runId])).rows).toEqual([
      { state: 'interrupted' },
    ])
    const { rows } = await quiet<{ next_at: Date }>('select next_at from connection where id = $1', [connectionId])
    expect(rows[0]?.next_at.getTime()).toBeGreaterThan(Date.now())
  })

  it('is resumed by the operator only', async () => {
    for (const person of [owner, member, stranger])
      for (const verb of ['suspend', 'resume'])
        expect(await codeOf(await change(person, verb, { slug: 'alpha' }))).toBe('access.not_operator')
    expect((await change(operator, 'resume', { slug: 'alpha' })).status).toBe(200)
    expect((await owner.get('/api/tenants/alpha/register/show')).status).toBe(200)
    const events = (await instanceEvents('alpha')).filter(({ type }) => /suspended|resumed/.test(type))
    expect(events.map(({ type }) => type)).toEqual(['tenant.suspended', 'tenant.resumed'])
    expect(events.every(({ kind }) => kind === 'user')).toBe(true)
  })

  it('is never the installation itself', async () => {
    expect(await codeOf(await change(operator, 'suspend', { slug: homeSlug }))).toBe('tenant.home_stays')
    expect(await stateOf(homeSlug)).toBe('ready')
  })
})
