import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openDoomed } from '../../../../scripts/testing/killed-backup.ts'
import type { Doomed } from '../../../../scripts/testing/killed-backup.ts'
import { readConfig, restore } from '../main.ts'
import { openEmptyServer } from '../platform/index.ts'

let doomed: Doomed
beforeAll(async () => {
  doomed = await openDoomed()
})
afterAll(() => doomed.end())

it('a kill in the middle of a restore leaves no installation, and the next one is whole', async () => {
  await doomed.dropInstallation()
  await doomed.killed('restore', 500)
  const { postgres, ...names } = await doomed.onServer('restored')
  const there = openEmptyServer(postgres, { controlMigrations: [], tenantMigrations: [], ...names })
  expect(await there.isEmpty()).toBe(true)
  const wish = { from: doomed.place, key: { id: null, secret: null }, identities: [doomed.identity] }
  const config = readConfig({ ...doomed.environment, ART32_DATA: join(doomed.folder, 'new') })
  const done = await restore(config, wish, await doomed.onServer('restored'))
  expect(done).toMatchObject({ databases: 2, missed: [] })
}, 120_000)
