import type { Happening, TenantContext } from '../evidence/index.ts'
import type { Role } from '../kernel/index.ts'
import { addDelivery } from './deliver.ts'
import { codeOf, defaultRhythm, kindOf } from './kind.ts'
import type { Kind, Rhythm } from './kind.ts'
import { letterQueue, whenDue } from './letters.ts'
import type { LetterJob } from './letters.ts'

/**
 * Decides who is told of a happening, in its own transaction: neither is without the other.
 *
 * @param mailIsSet  without a mail server nothing is kept for letters, so that none of long ago is sent once there is one
 */
export function announcer(mailIsSet: boolean): (tx: TenantContext, happening: Happening) => Promise<void> {
  /** The rhythms that a transaction has a job for. */
  const jobs = new WeakMap<TenantContext, Set<Rhythm>>()

  async function tellPeople(tx: TenantContext, kind: Kind, code: string | null): Promise<void> {
    const { rows } = await tx.sql.query<{ account_id: string; role: Role; rhythm: Rhythm | null }>(
      `select m.account_id, m.role, c.rhythm from membership m
       left join notification_choice c on c.account_id = m.account_id and c.kind = $1`,
      [kind],
    )
    const queued = jobs.get(tx) ?? new Set()
    jobs.set(tx, queued)
    for (const { account_id: accountId, role, rhythm: chosen } of rows) {
      const rhythm = chosen ?? defaultRhythm(kind, role)
      // Nobody needs a letter about what they did themselves.
      if (rhythm === 'never' || accountId === tx.caller.accountId) continue
      await tx.sql.query(
        'insert into notification_item (id, account_id, kind, code, rhythm, at) values ($1, $2, $3, $4, $5, $6)',
        [tx.newId(), accountId, kind, code, rhythm, tx.now],
      )
      if (queued.has(rhythm)) continue
      queued.add(rhythm)
      const job: LetterJob = { tenantId: tx.tenant.id, rhythm }
      await tx.enqueue(letterQueue, job, whenDue(rhythm, tx.now, tx.tenant.id))
    }
  }

  return async (tx, happening) => {
    const kind = kindOf(happening)
    if (kind === undefined) return
    const code = codeOf(happening)
    if (mailIsSet) await tellPeople(tx, kind, code)
    const { rows } = await tx.sql.query<{ id: string }>(
      `select id from webhook where state = 'active' and $1 = any (kinds)`,
      [kind],
    )
    for (const { id } of rows) await addDelivery(tx, { webhookId: id, type: kind, about: happening.about, code })
  }
}
