import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { homeSlug, readConfig, startServer } from '../../apps/server/src/main.ts'
import { recompute } from '../durability/ledger.ts'
import { address, json, startInstallation } from './installation.ts'
import type { Installation, Person } from './installation.ts'

const at = (operation: string) => `/api/tenants/alpha/${operation.replace('.', '/')}`

describe.skipIf(process.platform !== 'linux')('two processes that answer and two that work, on one database', () => {
  let all: Installation
  let owner: Person
  beforeAll(async () => {
    all = await startInstallation({ workers: 2 })
    await all.server.registry.create({ name: 'This installation', slug: homeSlug, language: 'en' })
    await all.server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
    owner = await all.addPerson('owner@example.com', 'alpha', 'owner')
    await all.server.tenants.join(homeSlug, owner.accountId, 'owner')
  }, 180_000)
  afterAll(() => all.stop())

  const control = (text: string) => all.server.databases.control.query<Record<string, unknown>>(text)

  it('were brought forward once, although all started at once on an empty database', async () => {
    expect((await control('select count(*)::int as n from installation')).rows).toEqual([{ n: 1 }])
    expect((await control('select count(*)::int as n from migration group by id having count(*) > 1')).rows).toEqual([])
    const { rows } = await control('select role, count(*)::int as n from process group by role order by role')
    expect(rows).toEqual([
      { role: 'web', n: 3 },
      { role: 'worker', n: 2 },
    ])
    expect(await all.server.crew.others()).toBe(4)
  })

  it('a worker says how it is, and answers nothing else', async () => {
    const local = all.workers[0]?.local ?? ''
    expect(await (await fetch(`${local}/healthz`)).json()).toEqual({ status: 'ok', role: 'worker' })
    expect(await (await fetch(`${local}/readyz`)).json()).toEqual({ status: 'ready', role: 'worker' })
    for (const path of ['/', '/trust/alpha', '/api/account/whoami', '/openapi.json', '/healthz/x', '/metrics'])
      expect((await fetch(`${local}${path}`)).status).toBe(404)
    const credentials = JSON.stringify({ email: 'owner@example.com', password: 'correct horse battery staple' })
    const refused = await fetch(`${local}/api/auth/sign-in/email`, { method: 'POST', body: credentials })
    expect(refused.status).toBe(405)
    expect(await (await fetch(`${all.webs[0].local}/readyz`)).json()).toEqual({ status: 'ready', role: 'web' })
  })

  it('changes by both at once come into one ledger without a gap', async () => {
    const add = (n: number) =>
      json(owner.post(all.webs[n % 2 === 0 ? 0 : 1], at('connection.add'), { target: `dns:n${n}.example` }))
    await Promise.all(Array.from({ length: 60 }, (_, n) => add(n)))
    // Each process gives the leaves of its own commits their places; the last of them may still be at it.
    await expect.poll(async () => (await recompute(all.server, 'alpha')).faults, { timeout: 10_000 }).toEqual([])
    const { leaves, heads } = await recompute(all.server, 'alpha')
    expect(leaves.filter(({ type }) => type === 'connection.created')).toHaveLength(60)
    expect(heads.size).toBeGreaterThan(1)
  })

  it('the heads of a tenant that both sign never go back in the instance log', async () => {
    const anchored = async () => {
      const { rows } = await control(
        `select (convert_from(leaf, 'UTF8')::jsonb -> 'head' ->> 'size')::int as size from log_entry
         where type = 'tenant.checkpoint' and subject = (select id::text from tenant where slug = 'alpha') order by idx`,
      )
      return rows.map(({ size }) => Number(size))
    }
    const open = await all.server.registry.open('alpha')
    for (let n = 0; n < 3; n++) {
      await json(owner.post(all.webs[n === 1 ? 1 : 0], at('connection.add'), { target: `dns:head${n}.example` }))
      await all.server.ledgers.anchor(open)
    }
    const sizes = await anchored()
    expect(sizes.length).toBeGreaterThan(1)
    expect(sizes).toEqual([...new Set(sizes)].toSorted((a, b) => a - b))
  })

  it('a role on the embedded database is refused with what to do', () => {
    const alone = { ART32_DATA: all.folder, ART32_ROLE: 'worker', ART32_URL: address }
    expect(() => readConfig(alone)).toThrow('ART32_DATABASE_URL')
    expect(() => readConfig({ ...alone, ...all.settings, ART32_URL: '' })).toThrow('ART32_URL')
  })

  it('another master key does not open the installation, and the refusal says what all need', async () => {
    const other = { ART32_DATA: join(all.folder, 'other-key'), ART32_PORT: '0', ART32_LOG: 'error' }
    const key = { ART32_MASTER_KEY: Buffer.alloc(32, 7).toString('base64') }
    await expect(startServer(readConfig({ ...all.settings, ...other, ...key }))).rejects.toThrow(
      'all processes on one database need the same one',
    )
    expect((await owner.get(all.webs[0], at('access.list'))).status).toBe(200)
  })

  it('a second process on the data folder of another is refused with what to do', async () => {
    const same = { ...all.settings, ART32_ROLE: 'web', ART32_DATA: join(all.folder, 'own'), ART32_PORT: '0' }
    await expect(startServer(readConfig(same))).rejects.toThrow('and a data folder each')
  })
})
