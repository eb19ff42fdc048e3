import { request } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { configure, openWalk, outcomeOf, redirectOf } from '../../../../scripts/testing/browser-walk.ts'
import { openDirectory } from '../../../../scripts/testing/directory.ts'
import type { TestDirectory } from '../../../../scripts/testing/directory.ts'
import { startProvider } from '../../../../scripts/testing/provider.ts'
import type { TestProvider } from '../../../../scripts/testing/provider.ts'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'

let server: TestServer
let owner: Person
let directory: TestDirectory
let provider: TestProvider

beforeAll(async () => {
  server = await startTestServer({}, { mayBeLocal: () => true })
  await server.registry.create({ name: 'Home', slug: 'this-installation', language: 'en' })
  for (const slug of ['alpha', 'beta']) await server.registry.create({ name: slug, slug, language: 'en' })
  provider = await startProvider(await redirectOf(server, 'alpha'), [
    { sub: 'oid-ada', name: 'Ada', email: 'wrong@alpha.example' },
  ])
  owner = await server.addPerson('owner@alpha.example', 'alpha', 'owner')
  const operator = await server.addPerson('operator@example.com', 'this-installation', 'owner')
  await operator.post('/api/domain/allow', { slug: 'alpha', domain: 'alpha.example' })
  await configure(owner, 'alpha', provider, { joinRole: null })
  directory = await openDirectory(server, owner, 'alpha')
})
afterAll(async () => {
  await provider.stop()
  await server.stop()
})

const list = '/api/tenants/alpha/access/list'

/** Whoever the directory brought, signed in by the provider: found by the id that both know. */
async function bringAndEnter() {
  const { id } = await directory.bring('ada@alpha.example', { externalId: 'oid-ada' })
  const walk = openWalk(server)
  const end = await walk.back(await provider.visit(await walk.url('alpha'), 'oid-ada'))
  expect(outcomeOf(end)).toBeNull()
  expect((await walk.get(list)).status).toBe(200)
  const account = await server.accounts.findByEmail('ada@alpha.example')
  return { id, walk, accountId: account?.id ?? '' }
}

/** An upload of which the second half is sent when the test says so. */
function slowUpload(cookie: string): { finish: () => void; status: Promise<number> } {
  const sending = request(`${server.local}/api/tenants/alpha/document/read?name=tom.md`, {
    method: 'POST',
    headers: { cookie, origin: server.url, 'content-type': 'application/octet-stream' },
  })
  const status = new Promise<number>((resolve, reject) => {
    sending.once('response', (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    sending.once('error', reject)
  })
  sending.write('# Technical and organisational measures\n\n')
  return { finish: () => sending.end('- All network communication uses TLS 1.2 or newer.\n'), status }
}

it.each(['the directory', 'one click'])('ends everything at once by %s, also a request in flight', async (way) => {
  const { id, walk, accountId } = await bringAndEnter()
  const cookie = [...walk.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const upload = slowUpload(cookie)
  await wait(100)
  const began = performance.now()
  const gone =
    way === 'one click'
      ? await owner.post('/api/tenants/alpha/access/remove', { accountId })
      : await directory.ask('PATCH', `/Users/${id}`, { Operations: [{ op: 'replace', value: { active: false } }] })
  expect(gone.status).toBe(200)
  expect((await walk.get(list)).status).toBe(401)
  upload.finish()
  expect(await upload.status).toBe(401)
  expect(performance.now() - began).toBeLessThan(1_000)
  const { rows } = await server.databases.control.query('select 1 from session where "userId" = $1', [accountId])
  expect(rows).toHaveLength(0)
  const back = openWalk(server)
  expect(outcomeOf(await back.back(await provider.visit(await back.url('alpha'), 'oid-ada')))).toBe('not_invited')
  expect((await directory.ask('DELETE', `/Users/${id}`)).status).toBe(204)
})

it('leaves a person what is theirs in other tenants', async () => {
  const both = await server.addPerson('both@alpha.example', 'beta', 'editor')
  const { id } = await directory.bring('both@alpha.example')
  expect((await both.get(list)).status).toBe(200)
  expect((await directory.ask('DELETE', `/Users/${id}`)).status).toBe(204)
  expect((await both.get(list)).status).toBe(404)
  expect((await both.get('/api/tenants/beta/access/list')).status).toBe(200)
})
