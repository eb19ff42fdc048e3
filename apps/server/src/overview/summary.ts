import { assurances } from '@art32/press'
import type { Assurance } from '@art32/press'
import { z } from 'zod'
import { findNewest } from '../edition/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { countFindings } from '../finding/index.ts'
import { countRegister, counts, findRegister, loadRegister } from '../measure/index.ts'

/** What is due on a day: findings to be dealt with, or proofs that run out. */
export const Due = z.object({ kind: z.enum(['finding', 'proof']), day: z.iso.date(), count: z.int().positive() })

/** How a tenant stands: counts and days only. */
export interface Summary {
  readonly assurance: Readonly<Record<Assurance, number>>
  readonly lines: number
  readonly unconfirmed: number
  readonly dues: readonly z.output<typeof Due>[]
  readonly publishedAt: Date | null
  /** When time alone changes the counts. */
  readonly staleAt: Date
}

const day = 86_400_000
/** So many days are kept; later ones have time. */
const mostDays = 100

/** Counts one tenant. */
export async function summarise(tx: TenantContext): Promise<Summary> {
  const document = await findRegister(tx)
  const register = document && (await loadRegister(tx, document))
  const counted = register && countRegister(register)
  const ends = (register?.lines ?? [])
    .filter(counts)
    .flatMap(({ measure }) => (measure.assessed.freshUntil === null ? [] : [measure.assessed.freshUntil]))
    .filter((end) => end > tx.now)
  const edition = await findNewest(tx, false)
  return {
    assurance: counted?.assurance ?? none(),
    lines: counted?.lines ?? 0,
    unconfirmed: counted?.unconfirmed ?? 0,
    dues: [...(await countFindings(tx)).map((one) => ({ kind: 'finding' as const, ...one })), ...byDay(ends)]
      .toSorted((a, b) => a.day.localeCompare(b.day))
      .slice(0, mostDays),
    publishedAt: edition?.made_at ?? null,
    staleAt: new Date(Math.min(tx.now.getTime() + day, ...ends.map((end) => end.getTime()))),
  }
}

function byDay(ends: readonly Date[]): z.output<typeof Due>[] {
  const days = Map.groupBy(ends, (end) => end.toISOString().slice(0, 10))
  return [...days].map(([one, all]) => ({ kind: 'proof', day: one, count: all.length }))
}

/** Before a register is there. */
function none(): Record<Assurance, number> {
  return Object.fromEntries(assurances.map((assurance) => [assurance, 0])) as Record<Assurance, number>
}
