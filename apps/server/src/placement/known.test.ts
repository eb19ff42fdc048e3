import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { backupPlace } from '../../../../scripts/testing/backup-place.ts'
import { openDoor } from '../../../../scripts/testing/door.ts'
import type { Door } from '../../../../scripts/testing/door.ts'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { TestServer } from '../../../../scripts/testing/server.ts'
import { requestRun } from '../check/index.ts'
import { connect } from '../connection/index.ts'

describe('what knows of every database server', () => {
  const home = 'this-installation'
  let door: Door
  let server: TestServer
  beforeAll(async () => {
    door = await openDoor(inject('otherDatabaseUrl'))
    server = await startTestServer(
      { ...backupPlace.environment, ART32_DATABASE_SERVERS: `east=${door.url}` },
      { watch: { everyMs: 500, patienceMs: 3_000 } },
    )
    await server.registry.create({ name: home, slug: home, language: 'en' })
    await server.registry.create({ name: 'alpha', slug: 'alpha', language: 'en' })
    for (const slug of ['beta', 'gamma'])
      await server.registry.create({ name: slug, slug, language: 'en', server: 'east' })
    for (const slug of [home, 'alpha', 'beta', 'gamma']) await server.addPerson(`${slug}@example.com`, slug, 'owner')
    await server.tenants.asSystem(home, (tx) => connect(tx, { target: 'self' }, true))
  })
  afterAll(async () => {
    await server.stop()
    await door.close()
  })

  async function look(check: string) {
    const runId = await server.tenants.asSystem(home, (tx) => requestRun(tx, []))
    await server.runNow(home, runId)
    return await server.tenants.asSystem(home, async ({ sql }) => {
      const { rows } = await sql.query<{ state: string; subjects: { say: { en: string } }[] }>(
        'select state, subjects from outcome where run_id = $1 and check_id = $2',
        [runId, check],
      )
      return { state: rows[0]?.state, says: rows[0]?.subjects.map(({ say }) => say.en).join('\n') ?? '' }
    })
  }

  it('a backup holds tenants of both, and misses only those whose server is away', async () => {
    await server.backups.make()
    const [whole] = (await server.backups.state()).runs
    expect([whole?.problem, whole?.missed, whole?.databases]).toEqual([null, 0, 5])
    await door.shut()
    await expect.poll(() => server.databases.servers()[1]?.state, { timeout: 20_000 }).toBe('away')
    await server.backups.make()
    const [less] = (await server.backups.state()).runs
    expect([less?.missed, less?.databases]).toEqual([2, 3])
    await door.open()
    await expect.poll(() => server.databases.servers()[1]?.state, { timeout: 20_000 }).toBe('up')
  }, 60_000)

  it('the proof of isolation tries tenants on both, and reaches nobody', async () => {
    const { state, says } = await look('self.tenant-isolation')
    expect(says).toMatch(/Tried live with 4 of 4 tenants in this look/)
    expect(says).toMatch(/Rows of another: (\d+) of \1 attempts refused/)
    expect(state).toBe('pass')
  }, 60_000)
})
