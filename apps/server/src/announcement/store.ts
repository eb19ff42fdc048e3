import type { AnnouncementKind } from '../contract/index.ts'
import { announcementErrors } from '../contract/index.ts'
import type { TenantContext } from '../evidence/index.ts'

/** Something that customers are told. */
export interface AnnouncementRow {
  readonly id: string
  readonly kind: AnnouncementKind
  /** Empty for a publication: the edition says it. */
  readonly title: string
  readonly body: string
  readonly edition_id: string | null
  /** Null also for a publication until it is known who is told. */
  readonly edition: number | null
  readonly effective_on: string | null
  readonly role: string
  readonly made_at: Date
  readonly spread_at: Date | null
}

/** It, told to one customer. */
export interface NoticeRow {
  readonly id: string
  readonly announcement_id: string
  readonly contract_id: string
  readonly before: number | null
  readonly days: number
  readonly state: 'waiting' | 'on-its-way' | 'sent' | 'refused' | 'lost' | 'by-hand'
  readonly address: string | null
  readonly sent_on: string | null
  readonly object_by: string | null
  readonly outcome: 'accepted' | 'objected' | 'silent' | null
  readonly outcome_on: string | null
  readonly outcome_text: string
  readonly settled_on: string | null
  readonly settlement: string
}

/** A notice with whom and what it is about. */
export interface NoticeWith extends NoticeRow {
  readonly customer_id: string
  readonly customer: string
  readonly agreement: string
  readonly kind: AnnouncementKind
  readonly title: string
  readonly edition: number | null
  readonly made_at: Date
}

const announcementColumns =
  'a.id, a.kind, a.title, a.body, a.edition_id, a.edition, a.effective_on::text, a.role, a.made_at, a.spread_at'
const noticeColumns = `n.id, n.announcement_id, n.contract_id, n.before, n.days, n.state, n.address, n.sent_on::text, n.object_by::text,
  n.outcome, n.outcome_on::text, n.outcome_text, n.settled_on::text, n.settlement`
const noticeWith = `select ${noticeColumns}, c.id as customer_id, c.name as customer, k.title as agreement, a.kind, a.title, a.edition, a.made_at
  from announcement_notice n join announcement a on a.id = n.announcement_id
  join contract k on k.id = n.contract_id join customer c on c.id = k.customer_id`

export async function addAnnouncement(
  { sql, now }: TenantContext,
  row: Omit<AnnouncementRow, 'made_at' | 'spread_at'>,
): Promise<void> {
  await sql.query(
    `insert into announcement (id, kind, title, body, edition_id, edition, effective_on, role, made_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [row.id, row.kind, row.title, row.body, row.edition_id, row.edition, row.effective_on, row.role, now],
  )
}

/** @throws {announcement.not_found} */
export async function getAnnouncement({ sql }: TenantContext, id: string): Promise<AnnouncementRow> {
  const { rows } = await sql.query<AnnouncementRow>(
    `select ${announcementColumns} from announcement a where a.id = $1 and a.spread_at is not null`,
    [id],
  )
  if (!rows[0]) throw announcementErrors.not_found()
  return rows[0]
}

/** Those of which it is not settled yet who is told; nobody else settles them meanwhile. */
export async function takeUnspread({ sql }: TenantContext): Promise<AnnouncementRow[]> {
  const { rows } = await sql.query<AnnouncementRow>(
    `select ${announcementColumns} from announcement a where a.spread_at is null order by a.made_at, a.id for update skip locked`,
  )
  return rows
}

export async function markSpread({ sql, now }: TenantContext, id: string, edition: number | null): Promise<void> {
  await sql.query('update announcement set spread_at = $2, edition = $3 where id = $1', [id, now, edition])
}

/** Nobody has to be told: it was none. */
export async function dropAnnouncement({ sql }: TenantContext, id: string): Promise<void> {
  await sql.query('delete from announcement where id = $1', [id])
}

/** How many notices of each announcement are in which state, the newest first. */
export async function listAnnouncements({ sql }: TenantContext, today: string) {
  const { rows } = await sql.query<
    AnnouncementRow & {
      all: number
      sent: number
      by_hand: number
      waiting: number
      accepted: number
      objected: number
      unsettled: number
      silent: number
      running: number
    }
  >(
    `select ${announcementColumns}, count(n.id)::int as all,
       count(*) filter (where n.state = 'sent')::int as sent,
       count(*) filter (where n.state in ('by-hand', 'refused', 'lost'))::int as by_hand,
       count(*) filter (where n.state in ('waiting', 'on-its-way'))::int as waiting,
       count(*) filter (where n.outcome = 'accepted')::int as accepted,
       count(*) filter (where n.outcome = 'objected')::int as objected,
       count(*) filter (where n.outcome = 'objected' and n.settled_on is null)::int as unsettled,
       count(*) filter (where n.outcome = 'silent')::int as silent,
       count(*) filter (where n.outcome is null and n.object_by >= $1::date)::int as running
     from announcement a left join announcement_notice n on n.announcement_id = a.id
     where a.spread_at is not null group by a.id order by a.made_at desc, a.id limit 200`,
    [today],
  )
  return rows
}

/** Makes a notice for an agreement; a second one of the same announcement is none. */
export async function addNotices(
  { sql, newId }: TenantContext,
  announcementId: string,
  notices: readonly { contractId: string; before: number | null; days: number; byMail: boolean }[],
): Promise<void> {
  await sql.query(
    `insert into announcement_notice (id, announcement_id, contract_id, before, days, state)
     select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::int[], $6::text[]) on conflict do nothing`,
    [
      notices.map(() => newId()),
      notices.map(() => announcementId),
      notices.map(({ contractId }) => contractId),
      notices.map(({ before }) => before),
      notices.map(({ days }) => days),
      notices.map(({ byMail }) => (byMail ? 'waiting' : 'by-hand')),
    ],
  )
}

/** The newest edition of which each agreement's customer was told, by the agreement. */
export async function listTold({ sql }: TenantContext): Promise<Map<string, number>> {
  const { rows } = await sql.query<{ contract_id: string; edition: number }>(
    `select n.contract_id, max(a.edition)::int as edition from announcement_notice n join announcement a on a.id = n.announcement_id
     where a.edition is not null group by n.contract_id`,
  )
  return new Map(rows.map((row) => [row.contract_id, row.edition]))
}

/** The notices of an announcement: what waits for somebody first, then by customer. */
export async function listNotices({ sql }: TenantContext, announcementId: string, most: number): Promise<NoticeWith[]> {
  const { rows } = await sql.query<NoticeWith>(
    `${noticeWith} where n.announcement_id = $1
     order by (n.outcome = 'objected' and n.settled_on is null) desc nulls last, (n.state in ('by-hand', 'refused', 'lost')) desc,
       lower(c.name), n.id limit $2`,
    [announcementId, most],
  )
  return rows
}

/** What a customer was told, the newest first. */
export async function listNoticesOf({ sql }: TenantContext, customerId: string): Promise<NoticeWith[]> {
  return (await sql.query<NoticeWith>(`${noticeWith} where c.id = $1 order by a.made_at desc, n.id`, [customerId])).rows
}

/** One notice, held for a change. @throws {announcement.not_found} */
export async function getNotice({ sql }: TenantContext, id: string): Promise<NoticeWith> {
  const { rows } = await sql.query<NoticeWith>(`${noticeWith} where n.id = $1 for update of n`, [id])
  if (!rows[0]) throw announcementErrors.not_found()
  return rows[0]
}

/** Sent, and the days to object are over without a word. */
export async function listSilent({ sql }: TenantContext, today: string): Promise<NoticeWith[]> {
  return (
    await sql.query<NoticeWith>(
      `${noticeWith} where n.state = 'sent' and n.outcome is null and n.object_by < $1::date for update of n`,
      [today],
    )
  ).rows
}

/** Keeps how a notice stands. */
export async function saveNotice({ sql }: TenantContext, row: NoticeRow): Promise<void> {
  await sql.query(
    `update announcement_notice set state = $2, sent_on = $3, object_by = $4, outcome = $5, outcome_on = $6, outcome_text = $7,
       settled_on = $8, settlement = $9, claimed_until = null where id = $1`,
    [
      row.id,
      row.state,
      row.sent_on,
      row.object_by,
      row.outcome,
      row.outcome_on,
      row.outcome_text,
      row.settled_on,
      row.settlement,
    ],
  )
}

/** Where customers write to object; empty: nobody said. */
export async function findContact({ sql }: TenantContext): Promise<string> {
  return (await sql.query<{ contact: string }>('select contact from announcement_setting')).rows[0]?.contact ?? ''
}

export async function setContact({ sql }: TenantContext, contact: string): Promise<void> {
  await sql.query(
    'insert into announcement_setting (id, contact) values (1, $1) on conflict (id) do update set contact = excluded.contact',
    [contact],
  )
}
