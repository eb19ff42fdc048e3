import type { TenantContext } from '../evidence/index.ts'
import { holdChanges } from './change.ts'
import { addDays, todayOf } from '../calendar/index.ts'
import { agreementUntil, proofUntil } from './processor.ts'
import * as store from './store.ts'
import { vouchForAll } from './vouching.ts'

/** The queue in which processors are attended to, in every tenant. */
export const processorQueue = 'processor.attend'

/** When, each day, as cron says it: before the letters of the day leave and before lapsed lines are told. */
export const processorTime = '23 0 * * *'

/** What runs out is told so many days before. */
const soonDays = 60

/** Something with a last day, and whether it still matters. */
interface Ending {
  readonly id: string
  readonly processor_id: string
  readonly until: string
  readonly what: 'agreement' | 'certificate' | 'report'
}

/**
 * Lets announced changes hold, says anew what processors stand behind, and tells once of what runs out and of what ran out.
 * Any number of times, by any number of processes.
 */
export async function attendProcessors(tx: TenantContext): Promise<void> {
  await holdChanges(tx)
  await vouchForAll(tx)
  const today = await todayOf(tx)
  for (const ending of await listEndings(tx)) {
    const { processor_id: processorId, id: aboutId, until } = ending
    const stage = until < today ? 'lapsed' : until <= addDays(today, soonDays) ? 'soon' : null
    if (stage === null || !(await store.noteTold(tx, { processorId, aboutId, untilOn: until, stage }))) continue
    await tx.append({
      type: stage === 'lapsed' ? 'processor.lapsed' : 'processor.reminded',
      about: { kind: 'processor', id: processorId },
      code: ending.what,
      content: { content: { [ending.what]: aboutId, until } },
      by: 'system',
    })
  }
}

/** The newest agreement, and of each standard the newest paper, of each active processor: what was replaced needs no word. */
async function listEndings(tx: TenantContext): Promise<Ending[]> {
  const active = new Set((await store.listProcessors(tx)).flatMap(({ id, state }) => (state === 'active' ? [id] : [])))
  const agreements = (await store.listAgreements(tx)).flatMap((row): Ending[] => {
    const until = row.ended_on === null ? agreementUntil(row) : null
    return until === null ? [] : [{ id: row.id, processor_id: row.processor_id, until, what: 'agreement' }]
  })
  const open = new Set(
    (await store.listAgreements(tx)).flatMap((row) =>
      row.ended_on === null && row.valid_until === null ? [row.processor_id] : [],
    ),
  )
  const proofs = (await store.listProofs(tx))
    .filter((row) => row.withdrawn_on === null)
    .map((row) => ({ ...row, until: proofUntil(row), what: row.form }))
  return [
    ...newest(agreements, (one) => one.processor_id).filter((one) => !open.has(one.processor_id)),
    ...newest(proofs, (one) => `${one.processor_id} ${one.standard} ${one.standard === 'other' ? one.title : ''}`),
  ].filter((one) => active.has(one.processor_id))
}

function newest<T extends Ending>(all: readonly T[], of: (one: T) => string): T[] {
  return [...Map.groupBy(all, of).values()].flatMap(
    (some) => some.toSorted((a, b) => b.until.localeCompare(a.until))[0] ?? [],
  )
}
