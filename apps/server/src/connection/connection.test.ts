import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'

let server: TestServer
let owner: Person
beforeAll(async () => {
  server = await startTestServer()
  await server.registry.create({ name: 'This installation', slug: 'this-installation', language: 'en' })
  owner = await server.addPerson('owner@example.com', 'this-installation', 'owner')
})
afterAll(() => server.stop())

const add = (body: object) => owner.post('/api/tenants/this-installation/connection/add', body)
type List = { connections: { id: string; connector: string; systemName: string; target: string; paused: boolean }[] }
const list = async () =>
  ((await (await owner.get('/api/tenants/this-installation/connection/list')).json()) as List).connections

it('makes two connections of one system from an https address, and names systems as people do', async () => {
  for (const target of ['https://art32.example/path', 'host', 'self', 'dns:example.org'])
    expect((await add({ target })).status).toBe(200)
  const names = (await list()).map(({ connector, systemName }) => `${connector} ${systemName}`)
  expect(names.toSorted((a, b) => a.localeCompare(b))).toEqual([
    'dns dns:example.org',
    'host This machine',
    'http art32.example',
    'self This installation',
    'tls art32.example',
    'versions This machine',
  ])
})

it('refuses what it has, what it cannot understand, and never repeats a credential', async () => {
  expect(await (await add({ target: 'https://art32.example/path' })).json()).toMatchObject({
    code: 'connection.exists',
  })
  expect(await (await add({ target: 'just words' })).json()).toMatchObject({
    status: 400,
    code: 'connection.bad_target',
  })
  expect((await add({ target: 'postgres://reader:hunter2secret@db.example/app' })).status).toBe(200)
  expect(JSON.stringify(await list())).not.toContain('hunter2secret')
  const { connections } = await server.registry.open('this-installation')
  const client = await connections.connect()
  const { rows } = await client.query<{ settings: Buffer; target: string }>('select settings, target from connection')
  client.release()
  for (const row of rows)
    expect(row.settings.includes('hunter2secret') || row.target.includes('hunter2secret')).toBe(false)
})

it('pauses, resumes and removes a connection', async () => {
  const dns = (await list()).find((one) => one.connector === 'dns')
  await owner.post('/api/tenants/this-installation/connection/pause', { connectionId: dns?.id, paused: true })
  expect((await list()).find((one) => one.id === dns?.id)?.paused).toBe(true)
  await owner.post('/api/tenants/this-installation/connection/remove', { connectionId: dns?.id })
  expect((await list()).some((one) => one.id === dns?.id)).toBe(false)
})
