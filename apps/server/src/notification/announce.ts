import type { Happening, TenantContext } from '../evidence/index.ts'
import type { Role } from '../kernel/index.ts'
import { listTold } from '../duty/index.ts'
import { listOwners } from '../finding/index.ts'
import { whoHasNotAccepted } from '../guideline/index.ts'
import { whoseRecord } from '../person/index.ts'
import { listAskedAccounts } from '../review/index.ts'
import { listConcerned } from '../incident/index.ts'
import { findReportOwner } from '../report/index.ts'
import { ownerOfRule } from '../notice/index.ts'
import { ownerOfRequest } from '../request/index.ts'
import { addDelivery } from './deliver.ts'
import { codeOf, defaultRhythm, kindOf } from './kind.ts'
import type { Kind, Rhythm } from './kind.ts'
import { letterQueue, whenDue } from './letters.ts'
import type { LetterJob } from './letters.ts'

/** What telling needs of the rest of the server. */
interface Announcing {
  /** Without a mail server nothing is kept for letters, so that none of long ago is sent once there is one. */
  readonly mailIsSet: boolean
  readonly accountsById: (
    ids: readonly string[],
  ) => Promise<ReadonlyMap<string, { readonly name: string; readonly email: string }>>
}

/** Decides who is told of a happening, in its own transaction: neither is without the other. */
export function announcer({
  mailIsSet,
  accountsById,
}: Announcing): (tx: TenantContext, happening: Happening) => Promise<void> {
  /** The rhythms that a transaction has a job for. */
  const jobs = new WeakMap<TenantContext, Set<Rhythm>>()

  /** Which members a finding names as its owner, by name or address. */
  async function ownersAmong(
    tx: TenantContext,
    about: Happening['about'],
    members: readonly string[],
  ): Promise<ReadonlySet<string>> {
    const named = about.kind === 'finding' ? await listOwners(tx, about.id) : []
    if (named.length === 0) return new Set()
    const wanted = new Set(named.map((one) => one.toLowerCase()))
    const known = await accountsById(members)
    const isNamed = ({ name, email }: { name: string; email: string }) =>
      wanted.has(name.toLowerCase()) || wanted.has(email.toLowerCase())
    return new Set([...known].flatMap(([id, account]) => (isNamed(account) ? [id] : [])))
  }

  /** Whom it concerns more than others. */
  async function concerned(
    tx: TenantContext,
    { type, about, code }: Happening,
    members: readonly string[],
  ): Promise<ReadonlySet<string>> {
    if (about.kind === 'report') return new Set(await findReportOwner(tx, about.id))
    if (about.kind === 'duty') return new Set(await listTold(tx, about.id, type, code ?? null))
    // What is missing of them or what they learned is theirs to know; what others have to do for them is not.
    if (type === 'person.reminded' && about.kind === 'person' && /^(training|agreement|return)/.test(code ?? ''))
      return new Set(await whoseRecord(tx, about.id))
    if (type === 'review.asked') return new Set(await listAskedAccounts(tx, about.id))
    if (type === 'incident.reminded') return new Set(await listConcerned(tx, about.id, code ?? null))
    if (about.kind === 'deletion') return new Set(await ownerOfRule(tx, about.id))
    if (type === 'request.reminded') return new Set(await ownerOfRequest(tx, about.id))
    return await ownersAmong(tx, about, members)
  }

  async function tellPeople(tx: TenantContext, kind: Kind, happening: Happening, code: string | null): Promise<void> {
    const { rows } = await tx.sql.query<{ account_id: string; role: Role; rhythm: Rhythm | null }>(
      `select m.account_id, m.role, c.rhythm from membership m
       left join notification_choice c on c.account_id = m.account_id and c.kind = $1`,
      [kind],
    )
    const queued = jobs.get(tx) ?? new Set()
    jobs.set(tx, queued)
    const owners = await concerned(
      tx,
      happening,
      rows.map((row) => row.account_id),
    )
    // Whoever has accepted is not asked again.
    const asked = kind === 'guideline.accept' ? new Set(await whoHasNotAccepted(tx, happening.about.id)) : null
    for (const { account_id: accountId, role, rhythm: chosen } of rows) {
      if (asked?.has(accountId) === false) continue
      const rhythm = chosen ?? defaultRhythm(kind, role, owners.has(accountId))
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
    if (mailIsSet) await tellPeople(tx, kind, happening, code)
    const { rows } = await tx.sql.query<{ id: string }>(
      `select id from webhook where state = 'active' and $1 = any (kinds)`,
      [kind],
    )
    for (const { id } of rows) await addDelivery(tx, { webhookId: id, type: kind, about: happening.about, code })
  }
}
