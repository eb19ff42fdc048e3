import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { TestServer } from '../../../../scripts/testing/server.ts'
import { requestRun } from '../check/index.ts'
import { connect } from '../connection/index.ts'
import { homeSlug, newBackupKey } from '../main.ts'

const folder = mkdtempSync(join(tmpdir(), 'art32-backup-judged-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What the installation's own checks say of its backups. */
async function judged(server: TestServer): Promise<Record<string, string>> {
  const runId = await server.tenants.asSystem(homeSlug, (tx) => requestRun(tx, []))
  await server.runNow(homeSlug, runId)
  return await server.tenants.asSystem(homeSlug, async ({ sql }) => {
    const { rows } = await sql.query<{ check: string; state: string; subjects: { say: { en: string } }[] }>(
      `select check_id as check, state, subjects from outcome where run_id = $1 and check_id like 'self.backup-%'`,
      [runId],
    )
    return Object.fromEntries(
      rows.map(({ check, state, subjects }) => [check, state === 'fail' ? (subjects[0]?.say.en ?? '') : state]),
    )
  })
}

async function withServer(environment: Record<string, string>, work: (server: TestServer) => Promise<void>) {
  const server = await startTestServer(environment)
  try {
    await server.registry.create({ name: 'Home', slug: homeSlug, language: 'en' })
    await server.tenants.asSystem(homeSlug, (tx) => connect(tx, { target: 'self' }, true))
    await work(server)
  } finally {
    await server.stop()
  }
}

it('an installation without backups promises none', async () => {
  await withServer({ ART32_DATA: join(folder, 'without') }, async (server) => {
    const none = 'No backups are set up.'
    expect(await judged(server)).toEqual({
      'self.backup-fresh': none,
      'self.backup-restored': none,
      'self.backup-second': none,
    })
  })
})

it('fresh backups, which a drill restored, prove what its document promises; that two folders are elsewhere, nothing does', async () => {
  const places = [join(folder, 'one'), join(folder, 'two')]
  for (const place of places) mkdirSync(place)
  const { recipient } = await newBackupKey()
  const environment = {
    ART32_DATA: join(folder, 'with'),
    ART32_BACKUP_RECIPIENTS: recipient,
    ART32_BACKUP_TARGET: places[0] ?? '',
    ART32_BACKUP_SECOND_TARGET: places[1] ?? '',
  }
  await withServer(environment, async (server) => {
    await server.backups.make()
    await server.backups.drill()
    expect(await judged(server)).toEqual({
      'self.backup-fresh': 'pass',
      'self.backup-restored': 'pass',
      'self.backup-second': 'info',
    })
  })
})
