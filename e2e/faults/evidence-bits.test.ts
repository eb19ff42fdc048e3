import { createHash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../scripts/testing/server.ts'
import { asSuperuser } from '../../scripts/testing/superuser.ts'
import { newPdf } from '../durability/uploads.ts'
import { rounds, tried } from './tried.ts'

const flips = rounds(60, 1_000)

describe('a bit of an evidence file that turned', () => {
  let server: TestServer
  let owner: Person
  beforeAll(async () => {
    server = await startTestServer()
    await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
    owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  }, 120_000)
  afterAll(() => server.stop())

  it(
    'is found each time: the file is not handed out, and right again once the bit is',
    { timeout: 300_000 },
    async (context) => {
      const bytes = newPdf(0.01)
      const added = await owner.upload('/api/tenants/alpha/file/add?name=report.pdf', bytes)
      const { fileId, sha256 } = (await added.json()) as { fileId: string; sha256: string }
      const get = () => owner.get(`/api/tenants/alpha/file/read?fileId=${fileId}`)
      const hashOf = async (response: Response) =>
        createHash('sha256')
          .update(Buffer.from(await response.arrayBuffer()))
          .digest('hex')
      expect(await hashOf(await get())).toBe(sha256)
      await asSuperuser(server, 'alpha', async (client) => {
        await client.query(`set session_replication_role = 'replica'`)
        const { rows } = await client.query<{ content: Buffer }>('select content from evidence_content')
        const whole = rows[0]?.content ?? Buffer.alloc(0)
        const put = (content: Buffer) => client.query('update evidence_content set content = $1', [content])
        const handedOut: number[] = []
        for (let n = 0; n < flips; n++) {
          const at = randomBytes(4).readUInt32LE() % whole.length
          const turned = Buffer.from(whole)
          turned[at] = (turned[at] ?? 0) ^ (1 << (n % 8))
          await put(turned)
          const response = await get()
          if (response.status < 500) handedOut.push(at)
          await response.arrayBuffer()
        }
        await put(whole)
        expect(handedOut).toEqual([])
      })
      expect(await hashOf(await get())).toBe(sha256)
      tried(context, flips)
    },
  )
})
