import type { TenantContext } from '../evidence/index.ts'

/** Letters to whoever reported: the receipt with a link, and news without one. */
export const letterKinds = ['receipt', 'answer', 'state'] as const

/** What became of a letter. `withheld`: so many had gone to that address, or from here, that it was not even queued. */
export const letterStates = ['queued', 'sending', 'sent', 'failed', 'unknown', 'withheld'] as const

/** A letter as stored; to which address, the report says. */
export interface LetterRow {
  readonly id: string
  readonly report_id: string
  readonly kind: (typeof letterKinds)[number]
  readonly state: (typeof letterStates)[number]
  readonly token_hash: Buffer | null
  readonly made_at: Date
  readonly sent_at: Date | null
}

export async function addLetter(
  { sql, newId, now }: TenantContext,
  row: Pick<LetterRow, 'report_id' | 'kind' | 'state'>,
): Promise<string> {
  const id = newId()
  await sql.query('insert into report_letter (id, report_id, kind, state, made_at) values ($1, $2, $3, $4, $5)', [
    id,
    row.report_id,
    row.kind,
    row.state,
    now,
  ])
  return id
}

/** A letter, held until the transaction ends. */
export async function findLetter({ sql }: TenantContext, id: string): Promise<LetterRow | undefined> {
  return (await sql.query<LetterRow>('select * from report_letter where id = $1 for update', [id])).rows[0]
}

/** Letters about a report, the earliest first. */
export async function listLetters({ sql }: TenantContext, reportId: string): Promise<LetterRow[]> {
  const { rows } = await sql.query<LetterRow>('select * from report_letter where report_id = $1 order by made_at, id', [
    reportId,
  ])
  return rows
}

/** The receipt; undefined: no letter goes out about this report. */
export async function findReceipt({ sql }: TenantContext, reportId: string): Promise<LetterRow | undefined> {
  const { rows } = await sql.query<LetterRow>(`select * from report_letter where report_id = $1 and kind = 'receipt'`, [
    reportId,
  ])
  return rows[0]
}

/** Has news that wait say that there is an answer, too. @returns whether any wait */
export async function joinWaiting(
  { sql }: TenantContext,
  reportId: string,
  kind: 'answer' | 'state',
): Promise<boolean> {
  const { rows } = await sql.query(
    `update report_letter set kind = case when $2 = 'answer' then 'answer' else kind end
     where report_id = $1 and kind <> 'receipt' and state = 'queued' returning id`,
    [reportId, kind],
  )
  return rows.length > 0
}

export async function setLetter(
  { sql, now }: TenantContext,
  id: string,
  state: LetterRow['state'],
  tokenHash: Buffer | null,
): Promise<void> {
  await sql.query(
    `update report_letter set state = $2, token_hash = $3, sent_at = case when $2 = 'sent' then $4::timestamptz end
     where id = $1`,
    [id, state, tokenHash, now],
  )
}

/** Lets a letter wait again; where other news came to wait in the meantime, they tell of this, too. @returns whether it waits */
export async function waitAgain(tx: TenantContext, { id, report_id: reportId, kind }: LetterRow): Promise<boolean> {
  if (kind !== 'receipt' && (await joinWaiting(tx, reportId, kind))) {
    await tx.sql.query('delete from report_letter where id = $1', [id])
    return false
  }
  await setLetter(tx, id, 'queued', null)
  return true
}

/** Ends the link in a letter; it went out before a new one was made. */
export async function endLetterLink({ sql }: TenantContext, reportId: string): Promise<void> {
  await sql.query('update report_letter set token_hash = null where report_id = $1', [reportId])
}

/** What has waited since then is not sent any more, and of what was on its way nobody knows. */
export async function giveUpLetters(
  { sql }: TenantContext,
  before: { readonly receipt: Date; readonly news: Date },
): Promise<void> {
  await sql.query(
    `update report_letter set state = case state when 'queued' then 'failed' else 'unknown' end
     where state in ('queued', 'sending') and made_at < case kind when 'receipt' then $1::timestamptz else $2 end`,
    [before.receipt, before.news],
  )
}

/** Deletes the mail address of whoever reported, with the letters that wait. @returns whether there was one */
export async function forgetAddress({ sql }: TenantContext, reportId: string): Promise<boolean> {
  // The report first, as whoever works on it does: two that wait for each other would both fail.
  const { rows } = await sql.query('update report set email = null where id = $1 and email is not null returning id', [
    reportId,
  ])
  await sql.query(`delete from report_letter where report_id = $1 and state = 'queued'`, [reportId])
  return rows.length > 0
}
