import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { openLog } from '../platform/index.ts'
import { openOverview } from './overview.ts'

interface Listed {
  readonly tenants: readonly {
    readonly slug: string
    readonly summary: { readonly lines: number; readonly findings: number; readonly overdue: number } | null
  }[]
}

describe('the overview', () => {
  let server: TestServer
  let dpo: Person

  const list = async (person: Person) => (await (await person.get('/api/overview/list')).json()) as Listed
  const document = new TextEncoder().encode(
    '# Measures\n\n## Confidentiality\n\n- All network communication uses TLS 1.2.\n',
  )

  async function addFinding(slug: string, due: string): Promise<void> {
    await server.tenants.asSystem(slug, async ({ sql, newId, now, append }) => {
      const system = newId()
      const finding = newId()
      await sql.query(
        `insert into system (id, name, kind, environment, created_at) values ($1, $3, 'host', 'production', $2)`,
        [system, now, system],
      )
      await sql.query(
        `insert into finding (id, key, check_id, system_id, subject, severity, say, due, opened_at, seen_at)
         values ($1, $5, 'tls.version', $2, '', 'high', '{}', $3, $4, $4)`,
        [finding, system, due, now, finding],
      )
      await append({ type: 'finding.opened', about: { kind: 'finding', id: finding }, code: 'high' })
    })
  }

  beforeAll(async () => {
    server = await startTestServer()
    for (const slug of ['good', 'late', 'open', 'foreign'])
      await server.registry.create({ name: slug, slug, language: 'en' })
    dpo = await server.addPerson('dpo@example.com', 'good', 'owner')
    for (const slug of ['late', 'open']) await server.tenants.join(slug, dpo.accountId, 'dpo')
  })
  afterAll(() => server.stop())

  it('says of a tenant that nobody has counted yet that it is not counted', async () => {
    const fresh = await server.registry.create({ name: 'fresh', slug: 'fresh', language: 'en' })
    await server.registry.grant(fresh.id, dpo.accountId, 'dpo')
    expect((await list(dpo)).tenants.find(({ slug }) => slug === 'fresh')).toEqual({
      slug: 'fresh',
      name: 'fresh',
      summary: null,
    })
    await server.registry.revoke(fresh.id, dpo.accountId)
  })

  it('puts the worst first and shows no tenant of others', async () => {
    await addFinding('late', '2020-01-01')
    await addFinding('open', '2999-01-01')
    await server.overview.catchUp()
    const { tenants } = await list(dpo)
    expect(tenants.map(({ slug }) => slug)).toEqual(['late', 'open', 'good'])
    expect(tenants.map(({ summary }) => [summary?.findings, summary?.overdue])).toEqual([
      [1, 1],
      [1, 0],
      [0, 0],
    ])
  })

  it('follows a change within seconds', async () => {
    const read = await dpo.upload('/api/tenants/good/document/read?name=tom.md', document)
    const { document: kept } = (await read.json()) as { document: { id: string } }
    expect((await dpo.post('/api/tenants/good/document/adopt', { documentId: kept.id })).ok).toBe(true)
    await expect
      .poll(async () => (await list(dpo)).tenants.find(({ slug }) => slug === 'good')?.summary?.lines, {
        timeout: 5_000,
      })
      .toBe(1)
  })

  it('rests nine times as long as a tenant took that changes all the time', async () => {
    const took = 40
    const { tenant } = await server.registry.open('good')
    const counted: number[] = []
    const overview = openOverview({
      control: server.databases.control,
      tenants: {
        ...server.tenants,
        async asSystem(...asked) {
          counted.push(performance.now())
          await sleep(took)
          return await server.tenants.asSystem(...asked)
        },
      },
      now: () => new Date(),
      log: openLog('error', () => new Date()),
    })
    const changes = setInterval(() => overview.changed(tenant.id), 5)
    await expect.poll(() => counted.length, { timeout: 10_000 }).toBeGreaterThan(3)
    clearInterval(changes)
    for (const [n, at] of counted.slice(1).entries()) expect(at - (counted[n] ?? 0)).toBeGreaterThan(9 * took)
    await overview.stop()
  })

  it('keeps no text and no name of a tenant in its projection', async () => {
    await addFinding('late', '2021-05-05')
    await server.overview.catchUp()
    const { rows } = await server.databases.control.query<{ row: object }>(
      'select to_jsonb(tenant_summary) as row from tenant_summary',
    )
    const texts = JSON.stringify(rows.map(({ row }) => row))
    expect(rows.length).toBeGreaterThan(2)
    expect(texts).not.toContain('tls.version')
    expect(texts).not.toContain('TLS 1.2')
  })

  it('counts again what time alone has changed', async () => {
    await server.databases.control.query(`update tenant_summary set lines = 77, stale_at = now() - interval '1 minute'`)
    await server.overview.catchUp()
    for (const { summary } of (await list(dpo)).tenants) expect(summary?.lines).not.toBe(77)
  })
})
