import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import { AppError } from '../kernel/index.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'

let server: TestServer
let operator: Person
let owner: Person
let editor: Person

const at = (operation: string) => `/api/tenants/alpha/${operation.replace('.', '/')}`
const codeOf = async (response: Response) => ((await response.json()) as { code?: string }).code ?? `${response.status}`
const terms = { scope: 'read', hours: 2, reason: 'The checks stopped' }
const give = (more: object = {}) => owner.post(at('grant.give'), { accountId: operator.accountId, ...terms, ...more })

interface Grant {
  grantId: string
  state: string
  name: string
  reason: string
  usedAt: string | null
}
const grants = async () => ((await (await owner.get(at('grant.list'))).json()) as { grants: Grant[] }).grants
const running = async () => (await grants()).find((one) => one.state === 'active')?.grantId
const end = async () => await owner.post(at('grant.end'), { grantId: await running() })

async function leaves(): Promise<string[]> {
  await server.ledgers.settle(await server.registry.open('alpha'))
  const { events } = (await (await owner.get(`${at('history.list')}?kind=access&limit=200`)).json()) as {
    events: { type: string; code: string | null; who: { name: string | null } }[]
  }
  return events.map(({ type, code, who }) => [type, code, who.name].filter((one) => one !== null).join(' '))
}

beforeAll(async () => {
  server = await startTestServer()
  for (const slug of ['this-installation', 'alpha']) await server.registry.create({ name: slug, slug, language: 'en' })
  operator = await server.addPerson('operator@example.com', 'this-installation', 'owner')
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  editor = await server.addPerson('editor@example.com', 'alpha', 'editor')
})
afterAll(() => server.stop())

describe('the operator', () => {
  it('sees no content without a grant, asks for one with a reason, and is let in by an owner only', async () => {
    expect(await codeOf(await operator.get(at('access.list')))).toBe('tenant.not_found')
    const request = { slug: 'alpha', ...terms }
    expect(await codeOf(await owner.post('/api/grant/request', request))).toBe('access.not_operator')
    expect((await operator.post('/api/grant/request', request)).status).toBe(200)
    expect(await codeOf(await operator.post('/api/grant/request', request))).toBe('access.grant_open')
    expect(await codeOf(await operator.get(at('access.list')))).toBe('tenant.not_found')
    expect(await codeOf(await operator.post(at('grant.give'), { accountId: operator.accountId, ...terms }))).toBe(
      'tenant.not_found',
    )
    expect((await editor.post(at('grant.give'), { accountId: operator.accountId, ...terms })).status).toBe(403)
    expect(await grants()).toMatchObject([{ state: 'requested', name: 'operator', reason: terms.reason }])
    expect((await give()).status).toBe(200)
    expect(await grants()).toMatchObject([{ state: 'active', usedAt: null }])
  })

  it('reads and changes nothing by a grant to read, and every visit is recorded once an hour', async () => {
    const { tenants } = (await (await operator.get('/api/account/whoami')).json()) as {
      tenants: { slug: string; role: string; permissions: string[] }[]
    }
    expect(tenants.find((one) => one.slug === 'alpha')).toMatchObject({
      role: 'operator',
      permissions: ['register:read', 'ledger:read'],
    })
    // Asking who one is, is no visit.
    expect((await leaves()).some((leaf) => leaf.startsWith('access.used'))).toBe(false)
    for (let times = 0; times < 3; times++) expect((await operator.get(at('access.list'))).status).toBe(200)
    const used = async () => (await leaves()).filter((leaf) => leaf === 'access.used operator').length
    expect(await used()).toBe(1)
    await server.tenants.asSystem('alpha', async ({ sql }) => {
      await sql.query(`update access_grant set used_at = used_at - interval '61 minutes'`)
    })
    await operator.get(at('access.list'))
    expect(await used()).toBe(2)
    for (const [operation, body] of [
      ['connection.add', { target: 'dns:example.com' }],
      ['access.invite', { name: 'x', email: 'x@example.com', role: 'owner' }],
      ['access.change', { accountId: editor.accountId, role: 'owner' }],
      ['grant.give', { accountId: operator.accountId, ...terms, hours: 168 }],
      ['edition.draft', {}],
      ['room.create', { editionId: owner.accountId, name: 'x', days: 1, guests: [] }],
    ] as const)
      expect([operation, (await operator.post(at(operation), body)).status]).toEqual([operation, 403])
    expect((await operator.get(at('access.concept'))).status).toBe(403)
  })

  it('comes in person, never as a program, and with a second factor where the tenant asks for one', async () => {
    const wish = { tenant: 'alpha', name: 'pipeline', permissions: ['register:read'] }
    expect(await codeOf(await operator.post('/api/token/create', wish))).toBe('access.beyond_role')
    const { tenant } = await server.registry.open('alpha')
    const enter = (more: object) =>
      server.tenants
        .within('alpha', { id: operator.accountId, factors: 'one', ...more }, () => Promise.resolve('in'), {
          guests: true,
        })
        .catch((error: unknown) => (error instanceof AppError ? error.code : 'bug'))
    const token = { tenantId: tenant.id, permissions: ['register:read'] }
    expect([await enter({}), await enter({ token })]).toEqual(['in', 'tenant.not_found'])
    await server.registry.setNeedsFactor(tenant.id, true, owner.accountId)
    expect([await enter({}), await enter({ factors: 'two' })]).toEqual(['tenant.factor_needed', 'in'])
    await server.registry.setNeedsFactor(tenant.id, false, owner.accountId)
  })

  it('is out at once when an owner ends it, also from a stream', async () => {
    await end()
    await give({ scope: 'work' })
    const { runId } = (await (await operator.post(at('check.run'), {})).json()) as { runId: string }
    // A run that never ends, so that only the end of the grant ends the stream.
    await server.tenants.asSystem('alpha', async ({ sql }) => {
      await sql.query(`update run set state = 'running', finished_at = null where id = $1`, [runId])
    })
    const stream = await operator.get(`${at('run.watch')}?runId=${runId}`)
    const reader = stream.body?.getReader()
    await reader?.read()
    const began = Date.now()
    await end()
    for (let chunk = await reader?.read(); chunk?.done === false;) chunk = await reader?.read()
    expect(Date.now() - began).toBeLessThan(3_000)
    expect(await codeOf(await operator.get(at('access.list')))).toBe('tenant.not_found')
    expect(await codeOf(await end())).toBe('http.invalid')
  })

  it('is out when the time is over, also from a stream and whatever the queue does', async () => {
    await give({ scope: 'work' })
    const { runId } = (await (await operator.post(at('check.run'), {})).json()) as { runId: string }
    await server.tenants.asSystem('alpha', async ({ sql }) => {
      await sql.query(`update run set state = 'running', finished_at = null where id = $1`, [runId])
    })
    const reader = (await operator.get(`${at('run.watch')}?runId=${runId}`)).body?.getReader()
    await reader?.read()
    await server.tenants.asSystem('alpha', async ({ sql }) => {
      await sql.query(`update access_grant set until = now() where ended_at is null`)
    })
    for (let chunk = await reader?.read(); chunk?.done === false;) chunk = await reader?.read()
    expect(await codeOf(await operator.get(at('access.list')))).toBe('tenant.not_found')
    expect((await give()).status).toBe(200)
    expect((await leaves()).slice(0, 2)).toEqual(['access.granted owner', 'access.revoked expired'])
    await end()
  })

  it('is let in by one of two grants given at the same moment', async () => {
    const answers = await Promise.all([give(), give(), give()])
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1)
    await end()
  })

  it('cannot be somebody who does not run the installation, nor for longer than a week', async () => {
    expect(await codeOf(await give({ accountId: editor.accountId }))).toBe('access.no_operator')
    expect(await codeOf(await give({ hours: 169 }))).toBe('http.invalid')
    expect(await codeOf(await give({ reason: '  ' }))).toBe('http.invalid')
    expect(await codeOf(await give({ scope: 'owner' }))).toBe('http.invalid')
  })

  it('is declined without ever having been let in', async () => {
    await operator.post('/api/grant/request', { slug: 'alpha', ...terms })
    const grantId = (await grants()).find((one) => one.state === 'requested')?.grantId
    expect((await owner.post(at('grant.end'), { grantId })).status).toBe(200)
    expect((await leaves())[0]).toBe('access.withdrawn declined owner')
    expect(await codeOf(await operator.get(at('access.list')))).toBe('tenant.not_found')
  })
})

describe('the authorisation concept', () => {
  interface Concept {
    columns: { key: string; permissions: string[]; people: number }[]
    permissions: { permission: string; words: { en: string; de: string }; operations: { id: string }[] }[]
    members: { email: string }[]
    grants: { reason: string }[]
  }
  const concept = async () => (await (await owner.get(at('access.concept'))).json()) as Concept

  it('lists every operation of a tenant under the permission that it needs, and everybody who is let in', async () => {
    await give()
    const { columns, permissions, members, grants: admitted } = await concept()
    const listed = permissions.flatMap((one) => one.operations.map((operation) => operation.id))
    const all = server.operations.filter((one) => one.scope === 'tenant').map((one) => one.id)
    expect(listed.toSorted()).toEqual(all.toSorted())
    expect(columns.map((column) => [column.key, column.people])).toEqual([
      ['owner', 1],
      ['editor', 1],
      ['signatory', 0],
      ['dpo', 0],
      ['member', 0],
      ['operator-read', 1],
      ['operator-work', 0],
      ['guest', 0],
    ])
    expect(members.map((member) => member.email)).toEqual(['owner@example.com', 'editor@example.com'])
    expect(admitted).toMatchObject([{ reason: terms.reason }])
    for (const { words } of permissions) expect(words.en).not.toBe(words.de)
    await end()
  })

  it('is read by owner, editor and data protection officer, and by nobody else', async () => {
    for (const [role, status] of [
      ['dpo', 200],
      ['signatory', 403],
      ['member', 403],
    ] as const) {
      const person = await server.addPerson(`${role}@example.com`, 'alpha', role)
      expect([role, (await person.get(at('access.concept'))).status]).toEqual([role, status])
      expect([role, (await person.get(`${at('access.document')}?format=json`)).status]).toEqual([role, status])
    }
    expect((await editor.get(at('access.concept'))).status).toBe(200)
  })

  it('is a page without script whatever people are called', async () => {
    await owner.post('/api/account/rename', { name: '<script>alert(1)</script>' })
    for (const language of ['en', 'de']) {
      const page = await owner.get(`${at('access.document')}?format=html&language=${language}`)
      expect(page.headers.get('content-disposition')).toContain('attachment')
      const html = await page.text()
      expect(html).not.toMatch(/<script|onerror|(?:src|href)=/i)
      expect(html).toContain('&#60;script')
    }
  })
})
