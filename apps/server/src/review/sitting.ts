import { createHash } from 'node:crypto'
import { canonicalize } from '@art32/ledger'
import { dayAt, findTimeZone, todayOf } from '../calendar/index.ts'
import { signOffFor } from '../duty/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { addDuration } from '../kernel/index.ts'
import { attest } from '../measure/index.ts'
import { reviewErrors } from './errors.ts'
import { say } from './leaving.ts'
import { ownAccounts } from './own.ts'
import type { OwnDependencies } from './own.ts'
import { settleRemovals } from './removal.ts'
import { hold } from './store.ts'
import * as store from './review-store.ts'
import type { LineRow, LineStart, ReviewRow } from './review-store.ts'

/** How long a review counts, unless a duty says otherwise. */
const validity = 'P1Y'

/** Begins a review: the list as it is now, with what is other than at the last one. @throws {review.under_way} */
export async function startReview(tx: TenantContext, dependencies: OwnDependencies): Promise<string> {
  if (await store.findOpenReview(tx)) throw reviewErrors.under_way()
  const last = await store.findLastSigned(tx)
  const before = last ? await store.listLines(tx, last.id) : []
  const known = new Map(before.map((line) => [placeOf(line), line]))
  const timeZone = await findTimeZone(tx)
  const own = (await ownAccounts(tx, dependencies)).map((one) => ({
    ...one,
    system_id: null,
    system_name: 'art32',
    person: null,
    is_active: true,
  }))
  const present = [...own, ...(await store.listPresent(tx))]
  const lines = present.map((one, index): LineStart => {
    const earlier = known.get(placeOf(one))
    const said = earlier?.answer ?? earlier?.decision ?? null
    return {
      ...one,
      line: index + 1,
      changes: last ? changesSince(one, earlier) : [],
      before: said,
      before_on: said === null ? null : last?.signed_at ? dayAt(last.signed_at, timeZone) : null,
    }
  })
  const id = tx.newId()
  await store.addReview(tx, id, lines)
  await tx.append({
    type: 'review.started',
    about: { kind: 'review', id },
    content: { after: { lines: lines.length } },
  })
  return id
}

type Present = Pick<LineStart, 'system_id' | 'account' | 'is_admin' | 'rights' | 'holder'>

/** What is other with an account than at the last review. */
function changesSince(now: Present, before: LineRow | undefined): string[] {
  if (!before) return ['new']
  const rights = (one: Present) => JSON.stringify([one.is_admin, [...one.rights].sort()])
  return [
    ...(before.decision === 'remove' || before.answer === 'remove' ? ['back'] : []),
    ...(rights(now) === rights(before) ? [] : ['rights']),
    ...(now.holder === before.holder ? [] : ['holder']),
  ]
}

const placeOf = ({ system_id: system, account }: Pick<LineStart, 'system_id' | 'account'>) =>
  `${system ?? ''} ${account}`

/** The same list with the same decisions has the same hash. Names are not in it: they may have to go. */
export function hashOf(lines: readonly LineRow[]): string {
  const said = lines.map((one) => ({
    system: one.system_id ?? 'art32',
    account: one.account,
    admin: one.is_admin,
    active: one.is_active,
    rights: [...one.rights],
    decision: one.decision,
  }))
  return createHash('sha256').update(canonicalize(said)).digest('hex')
}

/** A review that goes on. @throws {review.not_found | review.closed} */
export async function getOpen(tx: TenantContext, reviewId: string): Promise<ReviewRow> {
  const review = await store.findReview(tx, reviewId, 'for update')
  if (!review) throw reviewErrors.not_found()
  if (review.signed_at !== null) throw reviewErrors.closed()
  return review
}

/**
 * Signs a review off: its record stands in the ledger and behind the measure, duties that ask for it are done, and what is to
 * be removed is looked for from now on.
 *
 * @returns duties that ask for it, and whether each was signed off
 * @throws {review.not_found | review.closed | review.undecided}
 */
export async function signReview(
  tx: TenantContext,
  reviewId: string,
  dependencies: OwnDependencies,
): Promise<{ title: string; isSigned: boolean }[]> {
  await hold(tx)
  await getOpen(tx, reviewId)
  const lines = await store.listLines(tx, reviewId)
  const count = lines.filter(({ decision }) => decision === null).length
  if (count > 0) throw reviewErrors.undecided({ count })
  const tally = await store.tallyOf(tx, reviewId)
  const listHash = hashOf(lines)
  const { keep, remove, ask, systems } = tally
  await store.sign(tx, reviewId, listHash)
  const record = { format: 'art32.access-review/1', lines: lines.length, systems, keep, remove, ask, listHash }
  await tx.append({ type: 'review.signed', about: { kind: 'review', id: reviewId }, content: { evidence: record } })
  const today = await todayOf(tx)
  await attest(tx, {
    catalogue_id: 'access-review',
    source: 'review',
    source_id: reviewId,
    title: tx.tenant.language === 'de' ? 'Zugriffsprüfung' : 'Access review',
    effective_on: today,
    fresh_until: addDuration(tx.now, validity),
    evidence: [listHash],
  })
  const names = [...new Set(lines.map(({ system_name: name }) => name))]
  const duties = await signOffFor(tx, 'access-review', {
    systems: names.slice(0, 1_000),
    accounts: lines.length,
    removed: remove,
  })
  await settleRemovals(tx, dependencies)
  await say(tx)
  return duties
}
