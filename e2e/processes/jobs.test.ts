import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { homeSlug } from '../../apps/server/src/main.ts'
import { recompute } from '../durability/ledger.ts'
import { json, startInstallation } from './installation.ts'
import type { Installation, Person } from './installation.ts'

const at = (operation: string) => `/api/tenants/${homeSlug}/${operation.replace('.', '/')}`
const invited = 16

interface Runs {
  readonly runs: readonly { readonly runId: string; readonly state: string; readonly finished: number }[]
}

describe.skipIf(process.platform !== 'linux')('jobs of two processes that work', () => {
  let all: Installation
  let owner: Person
  const sites: Server[] = []
  const asked = [0, 0]
  let isSilent = true

  beforeAll(async () => {
    for (const which of [0, 1]) {
      const site = createServer((_, response) => {
        asked[which] = (asked[which] ?? 0) + 1
        if (which === 0 || !isSilent) response.writeHead(200).end('<!doctype html><title>x</title>')
      })
      sites.push(site)
      await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
    }
    all = await startInstallation({ workers: 2 })
    await all.server.registry.create({ name: 'This installation', slug: homeSlug, language: 'en' })
    owner = await all.addPerson('owner@example.com', homeSlug, 'owner')
  }, 180_000)
  afterAll(async () => {
    await all.stop()
    for (const site of sites) {
      site.close()
      site.closeAllConnections()
    }
  })

  const runOf = async (runId: string) =>
    (await json<Runs>(owner.get(all.webs[1], at('run.list')))).runs.find((one) => one.runId === runId)

  it('a run whose worker is killed goes on at another one, and looks at nothing twice', async () => {
    const [victim, other] = all.workers
    // So that it is the first one that takes the run.
    other?.tell('SIGSTOP')
    const ids: string[] = []
    for (const [n, site] of sites.entries()) {
      const target = `http://localhost:${(site.address() as AddressInfo).port}/`
      const added = owner.post(all.webs[0], at('connection.add'), { target, name: `Site ${n}` })
      ids.push(...(await json<{ connections: string[] }>(added)).connections)
    }
    const { runId } = await json<{ runId: string }>(owner.post(all.webs[0], at('check.run'), { connectionIds: ids }))
    // One site was looked at and kept; the other does not answer.
    await expect.poll(async () => (await runOf(runId))?.finished, { timeout: 20_000 }).toBe(1)
    await expect.poll(() => asked[1], { timeout: 20_000 }).toBeGreaterThan(0)
    const [lookedAt] = asked
    await victim?.kill()
    isSilent = false
    other?.tell('SIGCONT')
    await expect.poll(async () => (await runOf(runId))?.state, { timeout: 45_000, interval: 250 }).toBe('done')
    expect(asked[0]).toBe(lookedAt)
    const { leaves, faults } = await recompute(all.server, homeSlug)
    expect(faults).toEqual([])
    const codes = leaves.filter(({ type, subj }) => type === 'check.run' && subj.id === runId).map(({ code }) => code)
    expect(codes).toEqual(['requested', 'resumed', 'done'])
  }, 120_000)

  it('every letter is sent once, whoever sends it and whoever asked for it', async () => {
    await all.start('worker')
    const addresses = Array.from({ length: invited }, (_, n) => `guest${n}@example.com`)
    await Promise.all(
      addresses.map((email, n) =>
        json(owner.post(all.webs[n % 2 === 0 ? 0 : 1], at('access.invite'), { name: 'Guest', email, role: 'member' })),
      ),
    )
    await expect.poll(() => all.letters.length, { timeout: 30_000 }).toBeGreaterThanOrEqual(invited)
    const jobs = async () => {
      const { rows } = await all.server.databases.control.query<{ state: string; tries: number; n: number }>(
        `select state::text, retry_count as tries, count(*)::int as n from pgboss.job where name = 'invitation-letter'
         group by 1, 2`,
      )
      return rows
    }
    await expect.poll(jobs, { timeout: 10_000 }).toEqual([{ state: 'completed', tries: 0, n: invited }])
    expect(all.letters.toSorted()).toEqual(addresses.toSorted())
  }, 60_000)

  it('whoever died is found, and those that only answer count as such', async () => {
    const { rows } = await all.server.databases.control.query<{ role: string; n: number }>(
      'select role, count(*)::int as n from process group by role order by role',
    )
    // Two that answer and the one of this test, two that work: the killed one was found and removed.
    expect(rows).toEqual([
      { role: 'web', n: 3 },
      { role: 'worker', n: 2 },
    ])
  })
})
