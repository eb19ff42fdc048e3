import { createHash, randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, testPassword } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { makeDraft } from '../edition/index.ts'
import { methodOf, pathOf } from '../http/index.ts'
import type { Permission } from '../kernel/index.ts'
import { adopt, keepDocument } from '../measure/index.ts'
import { isToken, newToken, tokenPattern } from './token-text.ts'
import { openTokens } from './tokens.ts'

let server: TestServer
let owner: Person
let editor: Person
let other: Person

const at = (operation: string, tenant = 'alpha') => `/api/tenants/${tenant}/${operation.replace('.', '/')}`

beforeAll(async () => {
  server = await startTestServer()
  for (const slug of ['alpha', 'beta']) await server.registry.create({ name: slug, slug, language: 'en' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  editor = await server.addPerson('editor@example.com', 'alpha', 'editor')
  other = await server.addPerson('other@example.com', 'beta', 'owner')
})
afterAll(() => server.stop())

interface Made {
  token: string
  tokenId: string
  expiresAt: string
}
const reading: Permission[] = ['register:read', 'ledger:read']
async function make(by: Person, permissions: readonly Permission[] = reading, more: object = {}): Promise<Made> {
  const response = await by.post('/api/token/create', { tenant: 'alpha', name: 'pipeline', permissions, ...more })
  expect(response.status).toBe(200)
  return (await response.json()) as Made
}
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const get = (path: string, headers: Record<string, string>) => fetch(`${server.local}${path}`, { headers })
const post = (path: string, body: object, headers: Record<string, string>) =>
  fetch(`${server.local}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
const answer = async (response: Response) => [
  response.status,
  ((await response.json()) as { code?: string }).code ?? 'ok',
]
const use = async (token: string, tenant = 'alpha') => await answer(await get(at('access.list', tenant), bearer(token)))
const ok = [200, 'ok']
const invalid = [401, 'http.token_invalid']
const notes = async (type: string, id: string) =>
  (
    await server.databases.control.query(
      `select 1 from log_pending where event ->> 'type' = $1 and event -> 'subj' ->> 'id' = $2
       union all select 1 from log_entry where type = $1 and convert_from(leaf, 'UTF8') like '%' || $2 || '%'`,
      [type, id],
    )
  ).rows.length

describe('an API token', () => {
  it('works in its tenant until it is revoked, and is shown once', async () => {
    const { token, tokenId, expiresAt } = await make(editor)
    expect(token).toMatch(tokenPattern)
    expect(Math.round((Date.parse(expiresAt) - Date.now()) / 86_400_000)).toBe(90)
    expect(await use(token)).toEqual(ok)
    const listed = await (await editor.get('/api/token/list')).text()
    expect(listed).toContain(tokenId)
    expect(listed).not.toContain(token)
    const { tokens } = JSON.parse(listed) as { tokens: { tokenId: string; lastUse: string | null }[] }
    expect(tokens.find((one) => one.tokenId === tokenId)?.lastUse).not.toBeNull()
    expect((await editor.post('/api/token/revoke', { tokenId })).status).toBe(200)
    expect(await use(token)).toEqual(invalid)
    expect(await answer(await editor.post('/api/token/revoke', { tokenId }))).toEqual([404, 'access.token_unknown'])
    expect([await notes('token.created', tokenId), await notes('token.revoked', tokenId)]).toEqual([1, 1])
  })

  it('lies in the database as a hash only', async () => {
    const { token } = await make(editor)
    const { rows } = await server.databases.control.query<{ row: string }>(
      'select api_token::text as row from api_token',
    )
    expect(JSON.stringify(rows)).not.toContain(token.slice(6, 38))
    expect(JSON.stringify(rows)).toContain(createHash('sha256').update(token).digest('hex'))
  })

  it('is refused alike when it is forged, mistyped, run out, or garbage', async () => {
    const { token } = await make(editor)
    const late = await make(editor)
    await server.databases.control.query(
      `update api_token set since = now() - interval '2 days', expires_at = now() - interval '1 second' where id = $1`,
      [late.tokenId],
    )
    const swapped = `${token.slice(0, 10)}${token[10] === 'a' ? 'b' : 'a'}${token.slice(11)}`
    const wrong = [
      newToken(),
      late.token,
      swapped,
      `${token}x`,
      token.slice(0, -1),
      token.toUpperCase().replace('ART32_', 'art32_'),
      `${token}, ${token}`,
      'art32_',
      `art32_${'0'.repeat(38)}`,
      `art32_' or '1'='1`,
      `art32_${'x'.repeat(6_000)}`,
    ]
    for (const one of wrong) expect([one, await use(one)]).toEqual([one, invalid])
    const none = Buffer.from('{"alg":"none"}').toString('base64url')
    for (const header of ['Bearer x', `Bearer ${none}.${none}.`, 'Basic YTpi', `Bearer${token}`, token, 'Bearer'])
      expect([header, (await get(at('access.list'), { authorization: header })).status]).toEqual([header, 401])
    expect((await get(at('access.list'), { authorization: `Bearer art32_${'x'.repeat(100_000)}` })).status).toBe(431)
    expect(await use(token)).toEqual(ok)
  })

  it('opens no other tenant, by slug, id or public id, also where its person belongs to both', async () => {
    await server.tenants.join('beta', editor.accountId, 'member')
    const { token } = await make(editor)
    const { tenant } = await server.registry.open('beta')
    for (const name of ['beta', tenant.id, tenant.publicId, 'nothing'])
      expect([name, await use(token, name)]).toEqual([name, [404, 'tenant.not_found']])
    const foreign = await editor.post('/api/token/create', { tenant: 'nothing', name: 'x', permissions: reading })
    expect(await answer(foreign)).toEqual([404, 'tenant.not_found'])
    expect((await other.post('/api/token/create', { tenant: 'alpha', name: 'x', permissions: reading })).status).toBe(
      404,
    )
  })

  it('does nothing outside of its tenant, by any operation', async () => {
    const { token } = await make(owner, ['register:read', 'access:write'])
    const outside = server.operations.filter((one) => one.scope !== 'tenant')
    expect(outside.length).toBeGreaterThan(15)
    for (const operation of outside) {
      const response =
        methodOf(operation) === 'get'
          ? await get(pathOf(operation), bearer(token))
          : await post(pathOf(operation), {}, bearer(token))
      expect([operation.id, await answer(response)]).toEqual([operation.id, [403, 'http.token_confined']])
    }
  })

  it('does only what it was given, and never more than the role carries', async () => {
    const { token } = await make(owner, ['register:read'])
    const beyond = server.operations.filter(
      (one) => one.scope === 'tenant' && one.needs !== null && one.needs !== 'register:read' && one.kind === 'json',
    )
    for (const operation of beyond) {
      const path = pathOf(operation).replace('{tenant}', 'alpha')
      const response =
        methodOf(operation) === 'get' ? await get(path, bearer(token)) : await post(path, {}, bearer(token))
      expect([operation.id, [400, 403].includes(response.status)]).toEqual([operation.id, true])
    }
    const add = (by: string) => post(at('connection.add'), { target: 'dns:example.com' }, bearer(by))
    expect(await answer(await add(token))).toEqual([403, 'http.forbidden'])

    const writes = await make(editor, ['register:read', 'connection:write'])
    expect((await add(writes.token)).status).toBe(200)
    await owner.post(at('access.change'), { accountId: editor.accountId, role: 'member' })
    expect(await answer(await add(writes.token))).toEqual([403, 'http.forbidden'])
    await owner.post(at('access.change'), { accountId: editor.accountId, role: 'editor' })

    const wish = { tenant: 'alpha', name: 'x', permissions: ['access:write'] }
    expect(await answer(await editor.post('/api/token/create', wish))).toEqual([403, 'access.beyond_role'])
    for (const bad of [{ permissions: [] }, { permissions: ['everything'] }, { days: 367 }, { days: 0 }, { name: ' ' }])
      expect((await editor.post('/api/token/create', { ...wish, permissions: reading, ...bad })).status).toBe(400)
  })

  it('is refused beside a session and in an address, and needs no origin', async () => {
    const { token } = await make(owner, ['register:read', 'connection:write'])
    const body = { target: 'dns:example.net' }
    expect((await post(at('connection.add'), body, { ...bearer(token), origin: 'https://ci.example' })).status).toBe(
      200,
    )
    const cookie = 'art32.session_token=x.y'
    for (const one of [cookie, `a=b; ${cookie}`, `__Secure-${cookie}`, `__Host-${cookie}`])
      expect(await answer(await get(at('access.list'), { ...bearer(token), cookie: one }))).toEqual([
        400,
        'http.two_means',
      ])
    for (const path of [
      `${at('access.list')}?token=${token}`,
      `${at('access.list')}?access_token=${token}`,
      `/${token}`,
      `/trust/alpha?x=${token}`,
    ]) {
      for (const headers of [{}, bearer(token)])
        expect(await answer(await get(path, headers))).toEqual([400, 'http.token_in_address'])
    }
  })

  it('shows no draft on the public pages, where the session of its person does', async () => {
    const document = new TextEncoder().encode('All network communication uses TLS 1.2 or newer.\n')
    const result = await server.read(document, 'tom.txt', new Date())
    await server.tenants.asSystem('alpha', async (tx) => adopt(tx, (await keepDocument(tx, document, result)).id))
    await server.tenants.asSystem('alpha', (tx) => makeDraft(tx, server), { settled: true })
    const { token } = await make(owner)
    // Through a proxy: at the machine itself everybody sees drafts.
    const via = { via: '1.1 proxy.example' }
    const cookie = await sessionOf('owner@example.com')
    expect((await get('/trust/alpha', { ...via, cookie })).status).toBe(200)
    expect((await get('/trust/alpha', { ...via, ...bearer(token) })).status).toBe(404)
  })
})

async function sessionOf(email: string): Promise<string> {
  const body = { email, password: testPassword }
  const response = await post('/api/auth/sign-in/email', body, { origin: server.url })
  return response.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
}

describe('a token ends at once', () => {
  it('when its person is removed from the tenant', async () => {
    const leaver = await server.addPerson('leaver@example.com', 'alpha', 'editor')
    // Another tenant is left, so nothing else of theirs ends.
    await server.tenants.join('beta', leaver.accountId, 'member')
    const { token, tokenId } = await make(leaver)
    expect(await use(token)).toEqual(ok)
    await owner.post(at('access.remove'), { accountId: leaver.accountId })
    expect(await use(token)).toEqual(invalid)
    expect(await notes('token.revoked', tokenId)).toBe(1)
    const late = { id: randomUUID(), accountId: leaver.accountId, name: 'x', permissions: reading }
    const { tenant } = await server.registry.open('alpha')
    const times = { since: new Date(), expiresAt: new Date(Date.now() + 60_000) }
    await expect(
      openTokens(server.databases.control, () => new Date()).create({ ...late, ...times, tenantId: tenant.id }),
    ).rejects.toMatchObject({ code: 'tenant.not_found' })
    // Joining again does not bring it back.
    await server.tenants.join('alpha', leaver.accountId, 'editor')
    expect(await use(token)).toEqual(invalid)
  })

  it('while the tenant is suspended, and with the tenant', async () => {
    await server.registry.create({ name: 'gamma', slug: 'gamma', language: 'en' })
    await server.tenants.join('gamma', owner.accountId, 'owner')
    const { token, tokenId } = await make(owner, reading, { tenant: 'gamma' })
    const { id } = (await server.registry.open('gamma')).tenant
    await server.registry.suspend(id, owner.accountId)
    expect(await use(token, 'gamma')).toEqual([403, 'tenant.suspended'])
    await server.registry.resume(id, owner.accountId)
    expect((await owner.post('/api/tenant/delete', { slug: 'gamma', confirm: 'gamma' })).status).toBe(200)
    expect(await use(token, 'gamma')).toEqual(invalid)
    expect(await notes('token.revoked', tokenId)).toBe(1)
  })

  it('when an owner of the tenant revokes it, and by no owner of another', async () => {
    const { token, tokenId } = await make(editor)
    const listed = (await (await owner.get(at('access.tokens'))).json()) as {
      tokens: { tokenId: string; member: string }[]
    }
    expect(listed.tokens.find((one) => one.tokenId === tokenId)?.member).toBe('editor')
    expect((await editor.get(at('access.tokens'))).status).toBe(403)
    const foreign = await other.post(at('access.revoke_token', 'beta'), { tokenId })
    expect(await answer(foreign)).toEqual([404, 'access.token_unknown'])
    expect((await other.post('/api/token/revoke', { tokenId })).status).toBe(404)
    expect((await owner.post('/api/token/revoke', { tokenId })).status).toBe(404)
    expect(await use(token)).toEqual(ok)
    expect((await owner.post(at('access.revoke_token'), { tokenId })).status).toBe(200)
    expect(await use(token)).toEqual(invalid)
  })

  it('also for a stream that is open and a body that is still arriving, within a second', async () => {
    const { token, tokenId } = await make(owner, ['register:read', 'connection:write'])
    const runId = await startRun()
    const stream = await get(`${at('run.watch')}?runId=${runId}`, bearer(token))
    expect(stream.status).toBe(200)
    const slow = trickle(token)
    await new Promise((resolve) => setTimeout(resolve, 100))
    const revokedAt = performance.now()
    await owner.post('/api/token/revoke', { tokenId })
    await stream.text()
    expect(performance.now() - revokedAt).toBeLessThan(1_500)
    expect(await slow).toContain('http.token_invalid')
  })

  /** A run that never ends: its stream stays open. */
  const startRun = async () =>
    await server.tenants.asSystem('alpha', async ({ sql, newId }) => {
      const id = newId()
      await sql.query(`insert into run (id, connection_ids, state, requested_at) values ($1, '{}', 'running', now())`, [
        id,
      ])
      return id
    })

  /** A POST whose body ends only after the token was revoked. */
  function trickle(token: string): Promise<string> {
    return new Promise((resolve) => {
      const socket = connect(Number(new URL(server.local).port), '127.0.0.1')
      let text = ''
      socket.on('data', (data) => void (text += data.toString()))
      socket.on('error', () => undefined)
      socket.on('close', () => resolve(text))
      const body = '{"target":"dns:example.com"}'
      socket.write(
        `POST ${at('connection.add')} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer ${token}\r\n` +
          `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 5)}`,
      )
      setTimeout(() => socket.write(body.slice(5)), 700)
    })
  }
})

it('has a form that scanners can verify', () => {
  // By zlib.crc32 of Python and the alphabet of the guide.
  expect(isToken('art32_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA3Ae0o2')).toBe(true)
  expect(isToken('art32_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB3Ae0o2')).toBe(false)
  expect(isToken(newToken())).toBe(true)
  expect(new Set(Array.from({ length: 1_000 }, newToken)).size).toBe(1_000)
})

it("is told in the tenant's own ledger, by whom and never by its text", async () => {
  const { tokenId, token } = await make(owner)
  await owner.post(at('access.revoke_token'), { tokenId })
  await server.ledgers.settle(await server.registry.open('alpha'))
  const text = await (await owner.get(`${at('ledger.entries')}?limit=100`)).text()
  const { entries } = JSON.parse(text) as { entries: { type: string }[] }
  const types = entries.map((entry) => entry.type)
  expect([types.includes('token.created'), types.includes('token.revoked')]).toEqual([true, true])
  expect(text).not.toContain(token.slice(6, 20))
})
