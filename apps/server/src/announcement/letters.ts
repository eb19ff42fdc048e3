import { createHash } from 'node:crypto'
import type { Change } from '@art32/press'
import { documentOf, findNumber } from '../edition/index.ts'
import { addDays, todayOf } from '../calendar/index.ts'
import type { TenantContext, Tenants } from '../evidence/index.ts'
import { failureOf, isForGood, isServerAway } from '../notification/index.ts'
import { errorClass } from '../platform/index.ts'
import type { Letter, Log, Mailer } from '../platform/index.ts'
import type { Tenant } from '../tenant/index.ts'
import { noticeLetter } from './compose.ts'
import { wake } from './queue.ts'
import type { NoticeJob } from './queue.ts'
import { changesFor, spread } from './spread.ts'
import * as store from './store.ts'
import type { AnnouncementRow } from './store.ts'

/** What sending notices needs of the rest of the server. */
export interface NoticeDependencies {
  readonly tenants: Tenants
  readonly mailer: Mailer
  readonly homeOf: (tenant: Tenant) => Promise<string>
  readonly log: Log
}

/** Letters that one job sends, and the pause until the next: the mail server has others to serve, too. */
const batchSize = 100
const pauseMs = 5_000

/** What set out so long ago was interrupted. */
const interruptedAfterMs = 10 * 60_000

/**
 * Finds who is to be told and sends a batch; what is left waits for the next job, a little later.
 *
 * Before the mail server is asked it is written down that a letter is on its way. One that was interrupted there is not sent again:
 * nobody knows whether it arrived, so a person decides.
 *
 * @throws {mail.*} when some letter was not taken; it is tried again, and only it
 */
export async function sendNotices({ tenantId }: NoticeJob, dependencies: NoticeDependencies): Promise<void> {
  const { tenants, mailer, log } = dependencies
  await tenants.asSystem(tenantId, async (tx) => {
    await spread(tx, mailer.isSet)
    await dropInterrupted(tx)
  })
  if (!mailer.isSet) return
  const claimed = await tenants.asSystem(tenantId, (tx) => claim(tx, dependencies))
  let failed: Error | undefined
  for (const { id, letter } of claimed) {
    if (!(await tenants.asSystem(tenantId, (tx) => setOut(tx, id, letter.to)))) continue
    const failure = await failureOf(mailer.send(letter))
    const isRefused = failure !== null && isForGood(failure)
    await tenants.asSystem(tenantId, (tx) =>
      finish(tx, id, failure === null ? 'sent' : isRefused ? 'refused' : 'waiting'),
    )
    if (isRefused) log.warn('letter.refused', { tenant: tenantId, error: errorClass(failure) })
    else if (failure) {
      failed = failure
      if (isServerAway(failure)) break
    }
  }
  if (failed) throw failed
  await tenants.asSystem(tenantId, async (tx) => {
    const { rows } = await tx.sql.query(`select 1 from announcement_notice where state = 'waiting' limit 1`)
    if (rows.length > 0) await wake(tx, new Date(tx.now.getTime() + pauseMs))
  })
}

interface WaitingRow {
  readonly id: string
  readonly announcement_id: string
  readonly before: number | null
  readonly days: number
  readonly customer: string
  readonly agreement: string
  readonly language: 'en' | 'de'
  readonly contact_email: string | null
}

/** Takes a batch and writes its letters: each comparison is made once. */
async function claim(
  tx: TenantContext,
  { homeOf }: NoticeDependencies,
): Promise<{ readonly id: string; readonly letter: Letter }[]> {
  const { rows } = await tx.sql.query<WaitingRow>(
    `select n.id, n.announcement_id, n.before, n.days, c.name as customer, k.title as agreement, c.language, c.contact_email
     from announcement_notice n join contract k on k.id = n.contract_id join customer c on c.id = k.customer_id
     where n.state = 'waiting' order by n.announcement_id, n.id limit $1`,
    [batchSize],
  )
  const announcements = new Map<string, AnnouncementRow>()
  const compared = new Map<string, readonly Change[]>()
  const contact = await store.findContact(tx)
  const home = await homeOf(tx.tenant)
  const today = await todayOf(tx)
  const letters = []
  for (const row of rows) {
    const announcement =
      announcements.get(row.announcement_id) ?? (await store.getAnnouncement(tx, row.announcement_id))
    announcements.set(row.announcement_id, announcement)
    const key = `${announcement.edition} ${row.before}`
    const changes = compared.get(key) ?? (await changesOf(tx, announcement, row.before))
    compared.set(key, changes)
    const told = {
      tenant: tx.tenant.name,
      customer: row.customer,
      agreement: row.agreement,
      language: row.language,
      objectBy: addDays(today, row.days),
      contact,
      url: `${home}?language=${row.language}`,
    }
    const letter = { ...noticeLetter(announcement, changes, told), to: row.contact_email ?? '', id: idOf(row.id) }
    letters.push({ id: row.id, letter })
  }
  return letters
}

async function changesOf(
  tx: TenantContext,
  { edition }: AnnouncementRow,
  before: number | null,
): Promise<readonly Change[]> {
  const [old, now] = [
    before === null ? undefined : await findNumber(tx, before),
    edition === null ? undefined : await findNumber(tx, edition),
  ]
  return old && now ? changesFor(documentOf(tx, old), documentOf(tx, now)) : []
}

/** From here on only the answer of the mail server decides. @returns whether nobody else sends it */
async function setOut({ sql, now }: TenantContext, id: string, to: string): Promise<boolean> {
  const { rows } = await sql.query(
    `update announcement_notice set state = case when $3 = '' then 'by-hand' else 'on-its-way' end, claimed_until = $2, address = $3
     where id = $1 and state = 'waiting' returning state`,
    [id, new Date(now.getTime() + interruptedAfterMs), to],
  )
  return rows.length > 0 && to !== ''
}

/** @returns nothing; what was on its way when art32 was killed is lost, and said to be */
async function dropInterrupted(tx: TenantContext): Promise<void> {
  const { rows } = await tx.sql.query<{ id: string }>(
    `update announcement_notice set state = 'lost', claimed_until = null
     where state = 'on-its-way' and claimed_until < $1 returning id`,
    [tx.now],
  )
  for (const { id } of rows) await noted(tx, await store.getNotice(tx, id), 'lost')
}

async function finish(tx: TenantContext, id: string, state: 'sent' | 'refused' | 'waiting'): Promise<void> {
  const notice = await store.getNotice(tx, id)
  if (notice.state !== 'on-its-way') return
  const today = await todayOf(tx)
  const when = state === 'sent' ? { sent_on: today, object_by: addDays(today, notice.days) } : {}
  await store.saveNotice(tx, { ...notice, state, ...when })
  if (state !== 'waiting') await noted(tx, { ...notice, ...when }, state)
}

/** A leaf that says how a notice went; to which address lies in the table, not in the ledger. */
export async function noted(
  tx: TenantContext,
  notice: Pick<store.NoticeRow, 'id' | 'announcement_id' | 'contract_id' | 'sent_on' | 'object_by'>,
  code: 'sent' | 'refused' | 'lost' | 'by-hand',
): Promise<void> {
  await tx.append({
    type: 'announcement.sent',
    about: { kind: 'announcement', id: notice.announcement_id },
    code,
    content: {
      content: { contract: notice.contract_id, sentOn: notice.sent_on, objectBy: notice.object_by },
    },
  })
}

/** The same letter has the same id, from which nobody can tell what it is the id of. */
function idOf(id: string): string {
  return createHash('sha256').update(`announcement ${id}`).digest('hex').slice(0, 40)
}
