import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'

const secret = 'quiet-heron-by-the-river'
const settings = { url: `postgres://auditor:${secret}@db.example.com/app` }

describe('connecting by settings', () => {
  let server: TestServer
  let owner: Person
  const at = (path: string) => `/api/tenants/alpha/${path}`
  beforeAll(async () => {
    server = await startTestServer()
    await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
    owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  })
  afterAll(() => server.stop())
  const connect = (given: object, connector = 'postgres') =>
    owner.post(at('connection/add'), { connector, settings: given })
  const json = async <T>(answer: Promise<Response>) => (await (await answer).json()) as T
  const refused = async (response: Response) => (await response.json()) as { code: string; detail: string }

  it('keeps a secret and shows it to nobody', async () => {
    const { connections } = await json<{ connections: string[] }>(connect(settings))
    expect(connections).toHaveLength(1)
    for (const path of ['connection/list', 'connector/list', 'system/list', 'ledger/show'])
      expect(await (await owner.get(at(path))).text()).not.toContain(secret)
  })

  it('says by name what is missing, wrong or unknown, and repeats no value', async () => {
    const answer = await refused(await connect({ url: `mysql://x:${secret}@db.example.com/app`, port: 1 }))
    expect(answer.code).toBe('connection.bad_settings')
    expect(JSON.stringify(answer)).toContain('port, url')
    expect(JSON.stringify(answer)).not.toContain(secret)
    expect((await refused(await connect({}, 'nothing'))).code).toBe('connection.bad_settings')
  })

  it('takes a changed secret for the same system only', async () => {
    const { connections } = await json<{ connections: { id: string; connector: string }[] }>(
      owner.get(at('connection/list')),
    )
    const connectionId = connections.find(({ connector }) => connector === 'postgres')?.id ?? ''
    const enter = (url: string) => owner.post(at('connection/enter'), { connectionId, settings: { url } })
    expect((await enter('postgres://auditor:another-quiet-heron@db.example.com/app')).status).toBe(200)
    expect((await refused(await enter('postgres://auditor:x@other.example.com/app'))).code).toBe(
      'connection.other_target',
    )
  })

  it('uses no secret in two environments, whatever it is called', async () => {
    await connect({ url: 'postgres://auditor:shared-heron@a.example.com/app' })
    const other = await owner.post(at('connection/add'), {
      connector: 'postgres',
      environment: 'test',
      settings: { url: 'postgres://auditor:shared-heron@b.example.com/app' },
    })
    expect((await refused(other)).code).toBe('connection.shared_secret')
  })
})
