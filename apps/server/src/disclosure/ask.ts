import type { z } from 'zod'
import { takeTurn } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import type { Asking } from './asking.ts'

/** Days for which a request waits to be decided. */
const waitDays = 60

/** Requests that wait at once: what comes beyond is not kept, since nobody would read it. */
export const mostWaiting = 200

/** Requests of one address that wait at once. */
const mostOfOne = 3

/** Months that a request is kept after its end where nothing was accepted. */
export const retentionMonths = 6

/**
 * Keeps a request. Nobody learns whether it was: who asks again and again, or floods the form, is answered like everybody.
 *
 * @returns whether it was kept
 */
export async function ask(
  tx: TenantContext,
  { name, organisation, email: given, reason }: z.output<typeof Asking>,
  language: 'en' | 'de',
): Promise<boolean> {
  const email = given.toLowerCase()
  // One at a time, so that many at once do not count each other out.
  await takeTurn(tx, 'disclosure.asked')
  const { rows } = await tx.sql.query<{ all: number; own: number }>(
    `select count(*)::int as all, (count(*) filter (where email = $1))::int as own from disclosure where state = 'asked' and ends_at > $2`,
    [email, tx.now],
  )
  const { all = 0, own = 0 } = rows[0] ?? {}
  if (all >= mostWaiting || own >= mostOfOne) return false
  const id = tx.newId()
  await tx.sql.query(
    `insert into disclosure (id, state, name, organisation, email, reason, language, asked_at, ends_at)
     values ($1, 'asked', $2, $3, $4, $5, $6, $7, $8)`,
    [id, name, organisation, email, reason, language, tx.now, new Date(tx.now.getTime() + waitDays * 86_400_000)],
  )
  await tx.append({ type: 'disclosure.requested', about: { kind: 'disclosure', id }, by: 'system' })
  return true
}
