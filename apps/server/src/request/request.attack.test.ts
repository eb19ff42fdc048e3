import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publishLines } from '../../../../scripts/testing/published-lines.ts'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { mostAdded, mostWaiting } from './intake.ts'
import { todayOfTenants } from '../../../../scripts/testing/today.ts'

const hostile = '"><script>alert(1)</script> =cmd|calc \u202Eevil'

let server: TestServer
let owner: Person
let editor: Person
let stranger: Person

const at = (operation: string, tenant = 'alpha') => `/api/tenants/${tenant}/${operation.replace('.', '/')}`

beforeAll(async () => {
  server = await startTestServer()
  await server.registry.create({ name: 'Alpha <b>', slug: 'alpha', language: 'en' })
  await server.registry.create({ name: 'Beta', slug: 'beta', language: 'en' })
  await publishLines(server, 'alpha', 3)
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  editor = await server.addPerson('editor@example.com', 'alpha', 'editor')
  stranger = await server.addPerson('stranger@example.com', 'beta', 'owner')
})
afterAll(() => server.stop())

const see = (path: string) => fetch(`${server.local}/trust/${path}`, { redirect: 'manual' })
const post = (path: string, form: Record<string, string>, headers: Record<string, string> = { origin: server.url }) =>
  fetch(`${server.local}/trust/${path}`, {
    method: 'POST',
    headers,
    body: new URLSearchParams(form),
    redirect: 'manual',
  })
const asking = { kind: 'access', text: 'Which data about me do you hold?' }
async function good<T = object>(operation: string, input: object): Promise<T> {
  const response = await owner.post(at(operation), input)
  const answer = (await response.json()) as T
  expect([operation, response.status, response.status === 200 ? null : answer]).toEqual([operation, 200, null])
  return answer
}
const count = async () =>
  await server.tenants.asSystem(
    'alpha',
    async ({ sql }) => (await sql.query<{ n: number }>('select count(*)::int as n from request')).rows[0]?.n,
  )
const letter = { subject: 'Your request', text: 'This is what we say.', way: 'link' }
async function recorded(): Promise<{ requestId: string; path: string }> {
  const { requestId, url } = await good<{ requestId: string; url: string }>('request.record', {
    kinds: ['access'],
    source: 'letter',
    email: 'person@example.com',
    text: hostile,
    receivedOn: todayOfTenants(),
  })
  await good('request.triage', { requestId, kinds: ['access'], role: 'controller' })
  return { requestId, path: /\/trust\/(alpha\/request\/[0-9a-f]{64})$/.exec(url)?.[1] ?? '' }
}

describe('the public form of requests', () => {
  it('runs nothing of what it is sent, and takes out what turns or hides text', async () => {
    const sent = await post('alpha/request?language=en', { ...asking, text: hostile, name: hostile })
    expect([sent.status, sent.headers.get('cache-control')]).toEqual([303, 'no-store'])
    const page = await (await fetch(`${server.local}${sent.headers.get('location') ?? ''}`)).text()
    expect(page).not.toMatch(/<script|\u202E/i)
    expect(page).toContain('alert(1)')
    const again = await post('alpha/request?language=en', { kind: 'everything', text: hostile, email: 'no address' })
    expect([again.status, /<script/i.test(await again.text())]).toEqual([422, false])
  })

  it('keeps nothing of programs, of other sites, and for tenants that do not offer it', async () => {
    const before = await count()
    expect((await post('alpha/request', { ...asking, website: 'https://spam.example' })).status).toBe(422)
    expect((await post('alpha/request', asking, { origin: 'https://evil.example' })).status).toBe(403)
    for (const tenant of ['beta', 'nobody', 'this-installation'])
      expect([tenant, (await post(`${tenant}/request`, asking)).status]).toEqual([tenant, 404])
    await good('request.configure', { formIsOpen: false })
    expect([(await see('alpha/request')).status, (await post('alpha/request', asking)).status]).toEqual([404, 404])
    await good('request.configure', { formIsOpen: true })
    expect(await count()).toBe(before)
  })

  it('keeps no more than can be read of a flood, and says so', async () => {
    await server.tenants.asSystem('alpha', async ({ sql }) => {
      await sql.query(
        `insert into request (id, number, kinds, source, language, text, received_on, state, created_at)
         select gen_random_uuid(), 10000 + n, '{access}', 'form', 'en', 'flood', '2026-11-01', 'open', now()
         from generate_series(1, $1::int) n`,
        [mostWaiting],
      )
    })
    const statuses = await Promise.all([1, 2, 3].map(async () => (await post('alpha/request', asking)).status))
    expect(statuses).toEqual([503, 503, 503])
    await server.tenants.asSystem('alpha', async ({ sql }) => {
      await sql.query('delete from request where number > 10000')
    })
    expect((await post('alpha/request', asking)).status).toBe(303)
  })
})

describe('the secret link', () => {
  it('opens nothing where it is forged, of another tenant, renewed, or its data were not handed out', async () => {
    const { requestId, path } = await recorded()
    expect((await see(path)).status).toBe(200)
    const forged = path.replace(/.{4}$/, (end) => (end === 'abcd' ? 'dcba' : 'abcd'))
    for (const one of [forged, path.replace('alpha', 'beta'), `${path}0`, path.slice(0, -1), `${path}/data.zip`])
      expect([one.length, (await see(one)).status]).toEqual([one.length, 404])
    expect((await post(forged, { text: 'This is not mine at all.' })).status).toBe(404)
    expect((await see(path)).headers.get('x-robots-tag')).toBe('noindex')
    await good('request.renew_link', { requestId })
    expect((await see(path)).status).toBe(404)
  })

  it('is kept as a hash, and stands in no leaf; nor does what was asked', async () => {
    const { requestId, path } = await recorded()
    const token = path.slice(-64)
    await good('request.look', { requestId, mails: ['person@example.com'] })
    await good('request.answer', { requestId, ...letter, handsOut: true })
    const kept = await server.tenants.asSystem(
      'alpha',
      async ({ sql }) => {
        const { rows } = await sql.query<{ text: string }>(
          `select row_to_json(l)::text as text from request_link l
           union all select convert_from(leaf, 'UTF8') from log_entry
           union all select convert_from(o.content, 'UTF8') from opening o join log_entry e on e.idx = o.idx
             where e.subject = $1 and o.content is not null`,
          [requestId],
        )
        return rows.map(({ text }) => text).join('\n')
      },
      { settled: true },
    )
    expect(kept).not.toContain(token)
    expect(kept).not.toMatch(/person@example|alert\(1\)/)
  })

  it('fills nothing: what is added ends, and a request that is over takes no more', async () => {
    const { requestId, path } = await recorded()
    await server.tenants.asSystem('alpha', async ({ sql }) => {
      await sql.query(
        `insert into request_entry (id, request_id, kind, text, at)
         select gen_random_uuid(), $1, 'person', 'more', now() from generate_series(1, $2::int)`,
        [requestId, mostAdded - 1],
      )
    })
    const statuses = []
    for (let n = 0; n < 2; n += 1) statuses.push((await post(path, { text: 'One more thing to say.' })).status)
    expect(statuses).toEqual([200, 422])
    const refusing = { requestId, ...letter, ground: 'other', reason: 'Nothing about them is held.' }
    await good('request.refuse', refusing)
    expect((await post(path, { text: 'One more thing to say.' })).status).toBe(422)
  })
})

describe('who works here', () => {
  it('sees nothing of requests but owners, signatories and the data protection officer', async () => {
    const { requestId } = await recorded()
    const inputs: Readonly<Record<string, Record<string, string>>> = {
      'request.list': {},
      'request.show': { requestId },
      'request.propose': { requestId, letter: 'answer' },
    }
    const ask = (who: Person, operation: string, tenant = 'alpha') =>
      who.get(`${at(operation, tenant)}?${new URLSearchParams(inputs[operation]).toString()}`)
    for (const operation of ['request.list', 'request.show', 'request.propose'])
      expect([operation, (await ask(editor, operation)).status]).toEqual([operation, 403])
    expect((await ask(stranger, 'request.show')).status).toBe(404)
    const own = await ask(stranger, 'request.show', 'beta')
    expect([own.status, ((await own.json()) as { code: string }).code]).toEqual([404, 'request.not_found'])
    const { accountId } = (await (await editor.get('/api/account/whoami')).json()) as { accountId?: string }
    const assigned = await owner.post(at('request.triage'), {
      requestId,
      kinds: ['access'],
      role: 'controller',
      ownerAccount: accountId ?? requestId,
    })
    expect(((await assigned.json()) as { code: string }).code).toBe('request.person_not_found')
  })

  it('erases nothing by accident: not what was not looked for, and not an account', async () => {
    const { requestId } = await recorded()
    const erase = async (email: string) =>
      ((await (await owner.post(at('request.erase'), { requestId, email })).json()) as { code?: string }).code
    expect(await erase('person@example.com')).toBe('request.not_looked')
    await good('request.look', { requestId, mails: ['person@example.com', 'editor@example.com'] })
    expect(await erase('other@example.com')).toBe('request.not_confirmed')
    expect(await erase('editor@example.com')).toBe('request.has_account')
    expect(await erase('person@example.com')).toBeUndefined()
  })

  it('is refused a mail where no mail server is set, and the register holds no formula and nobody', async () => {
    const { requestId } = await recorded()
    const sent = await owner.post(at('request.acknowledge'), { requestId, ...letter, way: 'letter' })
    expect(((await sent.json()) as { code: string }).code).toBe('request.no_address')
    const text = await (await owner.get(`${at('request.register')}?format=csv`)).text()
    expect(text).not.toMatch(/person@example|script|(^|[;,])=/m)
  })
})
