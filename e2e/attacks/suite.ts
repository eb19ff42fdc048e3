import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { tried } from '../faults/tried.ts'
import { tryAttack } from './attack.ts'
import type { Attack, Tried } from './attack.ts'
import type { Weakening } from './weakening.ts'
import { startTarget } from './target.ts'
import type { Target } from './target.ts'

/** Two servers start and are attacked, maybe on a busy machine. */
const patienceMs = 300_000

/** Holes of a weakened build after which an attack has noticed. */
const enough = 5

/**
 * Registers attacks: each finds no hole in the server as it is, and one in the build that is weakened for it. So none of
 * them can pass because it looks at nothing.
 *
 * @param options why there is nothing to try them with; whether tenants may have art32 ask this machine
 */
export function attackSuite(
  name: string,
  attacks: readonly Attack[],
  { absent, mayBeLocal = false }: { readonly absent?: string | undefined; readonly mayBeLocal?: boolean } = {},
): void {
  describe.skipIf(absent !== undefined)(`attacks on ${name}`, () => {
    const databaseUrl = inject('databaseUrl')
    const rows: string[][] = []
    let usual: Promise<Target>

    beforeAll(async () => {
      usual = startTarget({ databaseUrl, mayBeLocal })
      await usual
    }, patienceMs)
    afterAll(async () => {
      await (await usual).stop()
      console.log(tableOf([['attack', 'tries', 'holes', 'holes when weakened'], ...rows]))
    })

    /** On a server of its own where it needs one that differs from the usual. */
    async function onTarget(attack: Attack, weaken: readonly Weakening[]): Promise<Tried> {
      const { environment, earnest } = attack
      if (weaken.length === 0 && !environment && !earnest) return await tryAttack(attack, await usual)
      const target = await startTarget({
        databaseUrl,
        weaken,
        mayBeLocal,
        ...(environment ? { environment } : {}),
        ...(earnest ? { earnest } : {}),
      })
      try {
        return await tryAttack(attack, target, weaken.length > 0 ? enough : undefined)
      } finally {
        await target.stop()
      }
    }

    /** On what the attack stored in the server as it is, which stands again afterwards. */
    async function onWeakened(attack: Attack, target: Target): Promise<Tried> {
      await target.restart(attack.weaken)
      try {
        return await tryAttack(attack, target, enough)
      } finally {
        await target.restart([])
      }
    }

    /** The build that is weakened for it; begun beside the real one, but not where time is looked at. */
    async function both(attack: Attack): Promise<[Tried, Tried]> {
      if (attack.goesOn) {
        const target = await usual
        const real = await tryAttack(attack, target)
        return [real, await onWeakened(attack, target)]
      }
      if (attack.earnest) return [await onTarget(attack, []), await onTarget(attack, attack.weaken)]
      return await Promise.all([onTarget(attack, []), onTarget(attack, attack.weaken)])
    }

    test.for(attacks.map((attack) => [attack.title, attack] as const))(
      '%s',
      { timeout: patienceMs },
      async ([, attack], context) => {
        const [real, planted] = await both(attack)
        tried(context, real.tries)
        rows.push(
          [
            attack.id,
            real.tries,
            real.holes.length,
            `${planted.holes.length}${planted.holes.length < enough ? '' : ' and more'}`,
          ].map(String),
        )
        expect(real.holes).toEqual([])
        expect(real.tries).toBeGreaterThan(0)
        expect(planted.holes.length, 'the weakened build was not noticed').toBeGreaterThan(0)
      },
    )
  })
}

function tableOf(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' · ')
  return rows.map(line).join('\n')
}
