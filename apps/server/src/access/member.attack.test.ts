import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, testPassword } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'

let server: TestServer
let owner: Person
let other: Person

const at = (operation: string, tenant = 'alpha') => `/api/tenants/${tenant}/${operation.replace('.', '/')}`

beforeAll(async () => {
  server = await startTestServer()
  for (const slug of ['alpha', 'beta']) await server.registry.create({ name: slug, slug, language: 'en' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  other = await server.addPerson('other@example.com', 'beta', 'owner')
})
afterAll(() => server.stop())

async function codeOf(response: Response): Promise<string> {
  return ((await response.json()) as { code?: string }).code ?? `${response.status}`
}

async function invite(email: string, role = 'editor', by = owner, tenant = 'alpha'): Promise<string> {
  const response = await by.post(at('access.invite', tenant), { name: 'Invited', email, role })
  expect(response.status).toBe(200)
  const { link } = (await response.json()) as { link: string }
  return new URL(link).hash.slice(1)
}

const accept = (body: object, headers: Record<string, string> = {}) =>
  fetch(`${server.local}/api/invitation/accept`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
const acceptAnew = (token: string) => accept({ token, account: { name: 'Invited', password: testPassword } })
const show = (token: string) =>
  fetch(`${server.local}/api/invitation/open`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  })

interface Members {
  members: { accountId: string; email: string; role: string }[]
  roles: { role: string; permissions: string[] }[]
}
const members = async (by = owner, tenant = 'alpha') =>
  (await (await by.get(at('access.list', tenant))).json()) as Members
const roleOf = async (email: string) => (await members()).members.find((one) => one.email === email)?.role ?? null
const leaves = async () => {
  await server.ledgers.settle(await server.registry.open('alpha'))
  const { entries } = (await (await owner.get(`${at('ledger.entries')}?limit=100`)).json()) as {
    entries: { type: string }[]
  }
  return entries.map((entry) => entry.type)
}

describe('an invitation', () => {
  it('lets a new person in once, with the role that was given and no other', async () => {
    const token = await invite('New@Example.com', 'signatory')
    expect(await (await show(token)).json()).toMatchObject({
      tenant: 'alpha',
      email: 'new@example.com',
      role: 'signatory',
    })
    for (const extra of [{ role: 'owner' }, { email: 'x@example.com' }, { accountId: owner.accountId }])
      expect((await accept({ token, ...extra })).status).toBe(400)
    const nested = { name: 'Invited', password: testPassword, role: 'owner' }
    expect((await accept({ token, account: nested })).status).toBe(400)
    expect((await acceptAnew(token)).status).toBe(200)
    expect(await roleOf('new@example.com')).toBe('signatory')
    const person = await server.signIn('new@example.com')
    expect((await person.get(at('register.show'))).status).not.toBe(401)
    expect(await codeOf(await acceptAnew(token))).toBe('access.invitation_invalid')
    expect(await codeOf(await show(token))).toBe('access.invitation_invalid')
  })

  it('lets exactly one of ten win who use it at the same moment', async () => {
    const token = await invite('race@example.com')
    const answers = await Promise.all(Array.from({ length: 10 }, () => acceptAnew(token)))
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, ...Array(9).fill(410)])
    expect((await members()).members.filter((one) => one.email === 'race@example.com')).toHaveLength(1)
  })

  it('is refused alike when it is forged, replaced, withdrawn, run out, or belongs to another tenant', async () => {
    const replaced = await invite('again@example.com')
    const token = await invite('again@example.com')
    const withdrawn = await invite('withdrawn@example.com')
    const { invitations } = (await (await owner.get(at('invitation.list'))).json()) as {
      invitations: { invitationId: string; email: string }[]
    }
    const id = invitations.find((one) => one.email === 'withdrawn@example.com')?.invitationId
    expect(await codeOf(await other.post(at('invitation.withdraw', 'beta'), { invitationId: id }))).toBe(
      'access.invitation_invalid',
    )
    expect((await owner.post(at('invitation.withdraw'), { invitationId: id })).status).toBe(200)
    const expired = await invite('expired@example.com')
    const alpha = await server.registry.open('alpha')
    await alpha.connections.connect().then(async (client) => {
      await client.query(`update invitation set expires_at = now() where email = 'expired@example.com'`)
      client.release()
    })
    const beta = await server.registry.open('beta')
    const secret = token.split('.')[1]
    const wrong = [
      'x',
      replaced,
      withdrawn,
      expired,
      `${beta.tenant.publicId}.${secret}`,
      `${'a'.repeat(12)}.${secret}`,
      `${token}x`,
      token.slice(0, -1),
      `${alpha.tenant.publicId}.' or '1'='1`,
    ]
    for (const one of wrong) {
      expect([one, await codeOf(await acceptAnew(one))]).toEqual([one, 'access.invitation_invalid'])
      expect([one, await codeOf(await show(one))]).toEqual([one, 'access.invitation_invalid'])
    }
    expect((await acceptAnew(token)).status).toBe(200)
  })

  it('is accepted by the existing account that it names and by no other', async () => {
    const token = await invite('other@example.com', 'dpo')
    expect(await codeOf(await acceptAnew(token))).toBe('access.account_exists')
    expect(await codeOf(await accept({ token }))).toBe('access.other_account')
    expect(await codeOf(await owner.post('/api/invitation/accept', { token }))).toBe('access.other_account')
    expect((await other.post('/api/invitation/accept', { token })).status).toBe(200)
    expect(await roleOf('other@example.com')).toBe('dpo')
    await owner.post(at('access.remove'), { accountId: other.accountId })
  })

  it('is not made for somebody who is a member, nor with a short password', async () => {
    const response = await owner.post(at('access.invite'), { name: 'O', email: 'OWNER@example.com', role: 'member' })
    expect(await codeOf(response)).toBe('access.already_member')
    const token = await invite('short@example.com')
    expect((await accept({ token, account: { name: 'S', password: 'short' } })).status).toBe(400)
    expect((await show(token)).status).toBe(200)
  })

  it('lies in the database as a hash only', async () => {
    const token = await invite('hash@example.com')
    const alpha = await server.registry.open('alpha')
    const client = await alpha.connections.connect()
    const { rows } = await client.query('select invitation::text as row from invitation')
    client.release()
    expect(JSON.stringify(rows)).not.toContain(token.split('.')[1])
  })

  it('from another site is refused', async () => {
    const response = await accept({ token: 'x' }, { origin: 'https://evil.example' })
    expect(await codeOf(response)).toBe('http.foreign_origin')
  })
})

describe('a member', () => {
  it('loses everything at once when removed, also with an open session', async () => {
    const leaver = await server.addPerson('leaver@example.com', 'alpha', 'editor')
    expect((await leaver.get(at('access.list'))).status).toBe(200)
    expect((await owner.post(at('access.remove'), { accountId: leaver.accountId })).status).toBe(200)
    // No tenant is left, so the session itself has ended.
    expect((await leaver.get(at('access.list'))).status).toBe(401)
    expect(await roleOf('leaver@example.com')).toBeNull()
  })

  it('of another tenant keeps the session and loses this tenant', async () => {
    const both = await server.addPerson('both@example.com', 'alpha', 'editor')
    await server.tenants.join('beta', both.accountId, 'member')
    await owner.post(at('access.remove'), { accountId: both.accountId })
    expect((await both.get(at('access.list'))).status).toBe(404)
    expect((await both.get(at('access.list', 'beta'))).status).toBe(200)
  })

  it('is changed and removed only by an owner of the same tenant', async () => {
    const editor = await server.addPerson('editor@example.com', 'alpha', 'editor')
    for (const [person, expected] of [
      [editor, 403],
      [other, 404],
    ] as const) {
      for (const [operation, extra] of [
        ['access.change', { role: 'owner' }],
        ['access.remove', {}],
      ] as const) {
        const body = { accountId: editor.accountId, ...extra }
        expect([operation, (await person.post(at(operation), body)).status]).toEqual([operation, expected])
      }
    }
    const foreign = { accountId: editor.accountId, role: 'owner' }
    expect(await codeOf(await other.post(at('access.change', 'beta'), foreign))).toBe('access.not_member')
    expect(await roleOf('editor@example.com')).toBe('editor')
    expect((await owner.post(at('access.change'), { accountId: editor.accountId, role: 'dpo' })).status).toBe(200)
    expect((await editor.post(at('connection.add'), { target: 'dns:example.com' })).status).toBe(403)
  })
})

describe('the last owner', () => {
  it('is neither removed nor lowered', async () => {
    const { accountId } = owner
    expect(await codeOf(await owner.post(at('access.remove'), { accountId }))).toBe('access.last_owner')
    expect(await codeOf(await owner.post(at('access.change'), { accountId, role: 'editor' }))).toBe('access.last_owner')
    expect((await owner.post(at('access.change'), { accountId, role: 'owner' })).status).toBe(200)
  })

  it('stays when two owners remove or lower each other at the same moment', async () => {
    for (let round = 0; round < 5; round++) {
      const second = await server.addPerson(`second${round}@example.com`, 'beta', 'owner')
      const answers = await Promise.all([
        other.post(at('access.change', 'beta'), { accountId: second.accountId, role: 'member' }),
        second.post(at('access.change', 'beta'), { accountId: other.accountId, role: 'member' }),
      ])
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)[0]).toBe(200)
      await server.tenants.asSystem('beta', async ({ sql }) => {
        const { rows } = await sql.query(`select 1 from membership where role = 'owner'`)
        expect(rows).toHaveLength(1)
      })
      await server.tenants.join('beta', other.accountId, 'owner')
      await other.post(at('access.remove', 'beta'), { accountId: second.accountId })
    }
  })
})

it('says who may do what by the table that decides', async () => {
  const { roles } = await members()
  expect(roles.map(({ role }) => role)).toEqual(['owner', 'editor', 'signatory', 'dpo', 'member'])
  expect(roles.filter(({ permissions }) => permissions.includes('access:write')).map(({ role }) => role)).toEqual([
    'owner',
  ])
})

it('records each change of access', async () => {
  const types = await leaves()
  for (const type of ['access.invited', 'access.granted', 'access.changed', 'access.revoked', 'access.withdrawn'])
    expect(types).toContain(type)
})
