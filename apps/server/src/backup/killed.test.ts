import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { filesBelow, openDoomed } from '../../../../scripts/testing/killed-backup.ts'
import type { Doomed } from '../../../../scripts/testing/killed-backup.ts'

let doomed: Doomed
beforeAll(async () => {
  doomed = await openDoomed()
})
afterAll(() => doomed.end())

it('a kill in the middle of a backup leaves the old one whole, and no half one that is taken for one', async () => {
  for (const afterMs of [60, 400]) {
    await doomed.killed('backup', afterMs)
    expect(filesBelow(doomed.place).filter((name) => name.endsWith('manifest')).length).toBeGreaterThan(0)
  }
  const server = await doomed.start()
  try {
    // Each that has a manifest is restored; what has none is no backup.
    const [result] = await server.backups.drill()
    expect(result?.findings).toEqual([])
    await server.backups.make()
    const { runs } = await server.backups.state()
    expect(runs[0]).toMatchObject({ problem: null, databases: 2 })
    expect(runs.filter(({ ended_at: ended }) => ended === null)).toEqual([])
    const left = filesBelow(join(doomed.folder, 'data', 'backup'))
    expect(left.filter((name) => /\.(age|part)$|manifest$/.test(name))).toEqual([])
  } finally {
    await server.stop()
  }
}, 120_000)
