import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig, startServer } from '../../apps/server/src/main.ts'
import { setUp } from '../durability/client.ts'
import { orphansOf, postmasterOf, startDoomed } from '../durability/doomed.ts'
import type { Doomed } from '../durability/doomed.ts'
import { recompute } from '../durability/ledger.ts'
import { cookieOf, owner } from './caller.ts'
import { tally, traffic } from './traffic.ts'
import type { Traffic } from './traffic.ts'
import { rounds, tried } from './tried.ts'

const times = rounds(1, 10)
/** What a machine that is busy with other tests, too, answers at once: else one would see how it works off what is left over. */
const perSecond = 40

describe.skipIf(process.platform !== 'linux')('the server while its database goes away', () => {
  let folder: string
  let started: { readonly doomed: Doomed; readonly load: Traffic } | undefined
  const running = () => {
    if (!started) throw new Error('the server did not start')
    return started
  }

  beforeAll(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'art32-away-')))
    const doomed = await startDoomed(folder)
    await setUp(doomed.url, doomed.token ?? '', owner)
    const headers = { cookie: await cookieOf(doomed.url), origin: doomed.url, 'content-type': 'application/json' }
    const at = `${doomed.url}/api/tenants/alpha`
    // An address that is not the server's own name could be a tenant's domain, which the database knows.
    const byNumber = at.replace('localhost', '127.0.0.1')
    const load = traffic(perSecond, (n) =>
      n % 5 === 0
        ? {
            url: `${at}/connection/add`,
            init: { method: 'POST', headers, body: JSON.stringify({ target: `dns:n${n}.example` }) },
            keeps: (text) => (JSON.parse(text) as { connections: string[] }).connections,
          }
        : { url: `${n % 2 === 0 ? at : byNumber}/connection/list`, init: { headers } },
    )
    started = { doomed, load }
  }, 180_000)
  afterAll(async () => {
    await started?.load.end()
    await started?.doomed.kill()
    await orphansOf(folder)
    rmSync(folder, { recursive: true, force: true })
  })

  it.for([['stopped', 'SIGINT'] as const, ['killed', 'SIGKILL'] as const])(
    'lives on and answers again when PostgreSQL is %s',
    { timeout: 120_000 * times },
    async ([, signal], context) => {
      const { doomed, load } = running()
      const good = ({ status }: { status: number | null }) => status === 200
      for (let n = 0; n < times; n++) {
        load.mark()
        await expect.poll(() => load.since(good), { timeout: 60_000 }).toBeGreaterThan(perSecond / 2)
        const before = postmasterOf(folder)?.pid ?? 0
        process.kill(before, signal)
        await expect.poll(() => postmasterOf(folder)?.pid ?? before, { timeout: 60_000 }).not.toBe(before)
        load.mark()
        await expect.poll(() => load.since(good), { timeout: 60_000 }).toBeGreaterThan(perSecond / 2)
        expect(doomed.isAlive()).toBe(true)
      }
      tried(context, times)
    },
  )

  it('has answered right or with 503, and lost nothing that it acknowledged', { timeout: 180_000 }, async (context) => {
    const { doomed, load } = running()
    await load.end()
    const kinds = tally(load.answers)
    console.log('answers while the database went away:', kinds)
    expect(Object.keys(kinds).filter((kind) => !/^(200|503 postgres\.away)$/.test(kind))).toEqual([])
    // Whoever asks meanwhile waits for it: only changes that were under way are told to come again, and who waited for three seconds.
    expect(kinds['503 postgres.away'] ?? 0).toBeLessThan(load.answers.length / 10)
    await doomed.kill()
    expect(await orphansOf(folder)).toEqual([])
    const server = await startServer(readConfig({ ART32_DATA: folder, ART32_PORT: '0', ART32_LOG: 'error' }))
    try {
      const { leaves, faults } = await recompute(server, 'alpha')
      expect(faults).toEqual([])
      const created = new Set(leaves.filter(({ type }) => type === 'connection.created').map(({ subj }) => subj.id))
      expect(load.acknowledged.length).toBeGreaterThan(0)
      expect(load.acknowledged.filter((id) => !created.has(id))).toEqual([])
    } finally {
      await server.stop()
    }
    tried(context, load.answers.length)
  })
})
