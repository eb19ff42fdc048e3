import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startPublishing } from './publishing.ts'
import type { Publishing, Step } from './publishing.ts'

/** More rounds for a long run: `ART32_KILL_ROUNDS=20 npm test -- e2e/durability/killed-publishing`. */
const rounds = Number(process.env['ART32_KILL_ROUNDS'] ?? 1)

/** Kills at each of these steps; then publishing goes on. */
export function publishingSuite(steps: readonly Step[]): void {
  describe.skipIf(process.platform !== 'linux')('publishing when the server is killed', () => {
    let publishing: Publishing
    const told = new Map<Step, { kills: number; acknowledged: number; published: number }>()
    beforeAll(
      async () => {
        publishing = await startPublishing()
        await publishing.publish()
      },
      120_000 * Math.min(rounds, 4),
    )
    afterAll(async () => {
      await publishing?.stop()
      if (rounds > 1) console.log(JSON.stringify({ rounds, letters: publishing.letters.length, steps: [...told] }))
    })

    it.each(steps)(
      '%s: document and ledger have it both or none, and nobody is written to twice',
      async (step) => {
        const count = { kills: 0, acknowledged: 0, published: 0 }
        told.set(step, count)
        for (let i = 0; i < rounds; i++) {
          const before = await publishing.editions()
          const acknowledged = await publishing.killAt(step)
          expect(await publishing.faults()).toEqual([])
          const after = await publishing.editions()
          expect(after.length - before.length).toBeLessThanOrEqual(1)
          if (acknowledged) expect(after.length).toBe(before.length + 1)
          expect(new Set(after).size).toBe(after.length)
          expect(doubles(publishing)).toEqual([])
          count.kills += 1
          count.acknowledged += acknowledged ? 1 : 0
          count.published += after.length - before.length
        }
      },
      60_000 * rounds,
    )

    it('goes on afterwards, with one letter for each edition at most', async () => {
      const before = await publishing.editions()
      await publishing.publish()
      expect((await publishing.editions()).length).toBe(before.length + 1)
      expect(await publishing.faults()).toEqual([])
      expect(doubles(publishing)).toEqual([])
      expect(publishing.letters.length).toBeLessThanOrEqual(before.length + 1)
      expect(publishing.letters.every(({ to }) => to === 'reader@example.com')).toBe(true)
    }, 60_000)
  })
}

/** Letters that came more than once. */
function doubles({ letters }: Publishing): string[] {
  const ids = letters.map(({ id }) => id)
  return ids.filter((id, index) => ids.indexOf(id) !== index)
}
