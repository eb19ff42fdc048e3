import type { TenantContext } from '../evidence/index.ts'
import { roomErrors } from './errors.ts'

/** Who may read what in a room: the width of the edition that is shown. */
export const audiences = ['public', 'customers', 'auditors'] as const

/** A room as stored. */
export interface RoomRow {
  readonly id: string
  readonly name: string
  readonly edition_id: string
  readonly edition_number: number
  readonly audience: (typeof audiences)[number]
  readonly opened_at: Date
  readonly until: Date
  readonly closed_at: Date | null
}

/** A question, or an answer to one. */
export interface MessageRow {
  readonly id: string
  readonly question_id: string | null
  readonly line_id: string | null
  readonly account_id: string
  readonly at: Date
  readonly commitment: Buffer
}

const select = 'select r.*, e.number as edition_number from room r join edition e on e.id = r.edition_id'

export async function add(
  { sql, caller, now }: TenantContext,
  room: Pick<RoomRow, 'id' | 'name' | 'edition_id' | 'audience' | 'until'>,
): Promise<void> {
  await sql.query(
    'insert into room (id, name, edition_id, audience, opened_by, opened_at, until) values ($1, $2, $3, $4, $5, $6, $7)',
    [room.id, room.name, room.edition_id, room.audience, caller.accountId, now, room.until],
  )
}

/** The rooms that the caller may see, newest first: a guest's own, everybody else's all. */
export async function list({ sql, caller }: TenantContext): Promise<RoomRow[]> {
  return (
    await sql.query<RoomRow>(
      `${select} where $1::uuid is null or r.id in (select room_id from guest where account_id = $1)
       order by r.opened_at desc`,
      [caller.role === 'guest' ? caller.accountId : null],
    )
  ).rows
}

/** A room that the caller may see. @throws {room.not_found} another guest's room alike */
export async function get(tx: TenantContext, id: string): Promise<RoomRow> {
  const room = (await list(tx)).find((one) => one.id === id)
  if (!room) throw roomErrors.not_found()
  return room
}

/** Whether there is a room of this id. */
export async function isRoom({ sql }: TenantContext, id: string): Promise<boolean> {
  return (await sql.query('select 1 from room where id = $1', [id])).rows.length > 0
}

/** Marks a room as closed. @returns whether it was open */
export async function close({ sql }: TenantContext, id: string, at: Date): Promise<boolean> {
  const { rows } = await sql.query('update room set closed_at = $2 where id = $1 and closed_at is null returning id', [
    id,
    at,
  ])
  return rows.length > 0
}

/** Rooms whose time is over and that nobody closed. */
export async function listOver({ sql, now }: TenantContext): Promise<{ id: string; until: Date }[]> {
  return (
    await sql.query<{ id: string; until: Date }>('select id, until from room where closed_at is null and until <= $1', [
      now,
    ])
  ).rows
}

export async function removeInvitations({ sql }: TenantContext, roomId: string): Promise<void> {
  await sql.query('delete from invitation where room_id = $1 and used_at is null', [roomId])
}

export async function listGuests({ sql }: TenantContext, roomId: string): Promise<{ id: string; since: Date }[]> {
  return (
    await sql.query<{ id: string; since: Date }>(
      'select account_id as id, since from guest where room_id = $1 order by since',
      [roomId],
    )
  ).rows
}

/** Takes a guest out of a room. @returns in how many rooms they still are; null: they were not in this one */
export async function removeGuest({ sql }: TenantContext, roomId: string, accountId: string): Promise<number | null> {
  const { rows } = await sql.query('delete from guest where room_id = $1 and account_id = $2 returning since', [
    roomId,
    accountId,
  ])
  if (rows.length === 0) return null
  return (await sql.query('select 1 from guest where account_id = $1', [accountId])).rows.length
}

export async function listInvited(
  { sql, now }: TenantContext,
  roomId: string,
): Promise<{ name: string; email: string; until: Date }[]> {
  return (
    await sql.query<{ name: string; email: string; until: Date }>(
      `select name, email, expires_at as until from invitation
       where room_id = $1 and used_at is null and expires_at > $2 order by invited_at`,
      [roomId, now],
    )
  ).rows
}

export async function addMessage(
  { sql, caller, now }: TenantContext,
  roomId: string,
  message: Omit<MessageRow, 'at' | 'account_id'>,
): Promise<void> {
  await sql.query(
    `insert into room_message (id, room_id, question_id, line_id, account_id, at, commitment)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [message.id, roomId, message.question_id, message.line_id, caller.accountId, now, message.commitment],
  )
}

export async function listMessages({ sql }: TenantContext, roomId: string): Promise<MessageRow[]> {
  return (await sql.query<MessageRow>('select * from room_message where room_id = $1 order by at, id', [roomId])).rows
}

export async function countQuestions({ sql }: TenantContext, roomId: string): Promise<number> {
  const { rows } = await sql.query<{ n: number }>(
    'select count(*)::int as n from room_message where room_id = $1 and question_id is null',
    [roomId],
  )
  return rows[0]?.n ?? 0
}
