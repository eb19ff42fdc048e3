import type { FollowTopic } from '@art32/press'
import type { TenantContext } from '../evidence/index.ts'

/** Somebody who confirmed that they want letters. */
export interface SubscriberRow {
  readonly id: string
  readonly email: string
  readonly language: 'en' | 'de'
  readonly topics: readonly FollowTopic[]
  readonly since: Date
}

/** Somebody, or somebody else in their name, who asked for letters. */
export interface RequestRow {
  readonly id: string
  readonly email: string
  readonly language: 'en' | 'de'
  readonly topics: readonly FollowTopic[]
  readonly requested_at: Date
  readonly expires_at: Date
  readonly sent_at: Date | null
}

/** Whether the public page offers letters. */
export async function isOpen({ sql }: TenantContext): Promise<boolean> {
  const { rows } = await sql.query<{ is_open: boolean }>('select is_open from subscription_setting')
  return rows[0]?.is_open ?? true
}

export async function setOpen({ sql }: TenantContext, open: boolean): Promise<void> {
  await sql.query(
    'insert into subscription_setting (id, is_open) values (1, $1) on conflict (id) do update set is_open = excluded.is_open',
    [open],
  )
}

/** Keeps that somebody asked; what the same address asked before ends. */
export async function addRequest(
  { sql, now }: TenantContext,
  request: Omit<RequestRow, 'requested_at' | 'sent_at'> & { readonly hash: Buffer },
): Promise<void> {
  const { id, hash, email, language, topics, expires_at: expiresAt } = request
  await sql.query(
    `insert into subscription_request (id, token_hash, email, language, topics, requested_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (lower(email)) do update set id = excluded.id, token_hash = excluded.token_hash, email = excluded.email,
       language = excluded.language, topics = excluded.topics, requested_at = excluded.requested_at,
       expires_at = excluded.expires_at, sent_at = null`,
    [id, hash, email, language, topics, now, expiresAt],
  )
}

export async function findRequest({ sql, now }: TenantContext, id: string): Promise<RequestRow | undefined> {
  const { rows } = await sql.query<RequestRow>('select * from subscription_request where id = $1 and expires_at > $2', [
    id,
    now,
  ])
  return rows[0]
}

export async function markSent({ sql, now }: TenantContext, id: string): Promise<void> {
  await sql.query('update subscription_request set sent_at = $2 where id = $1', [id, now])
}

/** Takes a request by the hash of its token: it works once. */
export async function takeRequest({ sql, now }: TenantContext, hash: Buffer): Promise<RequestRow | undefined> {
  const { rows } = await sql.query<RequestRow>(
    'delete from subscription_request where token_hash = $1 and expires_at > $2 returning *',
    [hash, now],
  )
  return rows[0]
}

/** Keeps who confirmed; who was there already wants from now on what they asked for last. @returns the id they have */
export async function addSubscriber({ sql, now }: TenantContext, request: RequestRow): Promise<string> {
  const { id, email, language, topics } = request
  const { rows } = await sql.query<{ id: string }>(
    `insert into subscriber (id, email, language, topics, since) values ($1, $2, $3, $4, $5)
     on conflict (lower(email)) do update set language = excluded.language, topics = excluded.topics, refused = 0
     returning id`,
    [id, email, language, topics, now],
  )
  return rows[0]?.id ?? id
}

export async function findSubscriber({ sql }: TenantContext, id: string): Promise<SubscriberRow | undefined> {
  return (await sql.query<SubscriberRow>('select * from subscriber where id = $1', [id])).rows[0]
}

/** Erases somebody: their address, what they asked for, and letters that wait for them. @returns whether they were there */
export async function removeSubscriber({ sql }: TenantContext, id: string): Promise<boolean> {
  const gone = await sql.query<{ email: string }>('delete from subscriber where id = $1 returning email', [id])
  const [row] = gone.rows
  if (row) await sql.query('delete from subscription_request where lower(email) = lower($1)', [row.email])
  return row !== undefined
}

/** Forgets that somebody asked. @returns whether they had */
export async function removeRequest({ sql }: TenantContext, id: string): Promise<boolean> {
  return (await sql.query('delete from subscription_request where id = $1 returning id', [id])).rows.length > 0
}

/** The id of whoever has an address already. */
export async function findByAddress({ sql }: TenantContext, email: string): Promise<string | undefined> {
  const { rows } = await sql.query<{ id: string }>('select id from subscriber where lower(email) = lower($1)', [email])
  return rows[0]?.id
}

/** A page of subscribers, the newest first. @param after the last id of the page before */
export async function listSubscribers(
  { sql }: TenantContext,
  { find, after, most }: { find: string; after: string | null; most: number },
): Promise<SubscriberRow[]> {
  const { rows } = await sql.query<SubscriberRow>(
    `select * from subscriber s
     where ($1 = '' or position(lower($1) in lower(email)) > 0)
       and ($2::uuid is null or (since, id) < (select since, id from subscriber where id = $2))
     order by since desc, id desc limit $3`,
    [find, after, most],
  )
  return rows
}

/** How many there are, by what they want. */
export async function countAll({ sql, now }: TenantContext): Promise<{
  readonly subscribers: number
  readonly requests: number
  readonly waiting: number
  readonly topics: Readonly<Record<FollowTopic, number>>
}> {
  const { rows } = await sql.query<Record<FollowTopic | 'subscribers' | 'requests' | 'waiting', number>>(
    `select count(*)::int as subscribers,
       count(*) filter (where 'edition' = any (topics))::int as edition,
       count(*) filter (where 'weakened' = any (topics))::int as weakened,
       count(*) filter (where 'lapse' = any (topics))::int as lapse,
       count(*) filter (where 'processors' = any (topics))::int as processors,
       count(*) filter (where 'advisory' = any (topics))::int as advisory,
       count(*) filter (where 'incident' = any (topics))::int as incident,
       (select count(*)::int from subscription_request where expires_at > $1) as requests,
       (select count(*)::int from subscriber_letter) as waiting
     from subscriber`,
    [now],
  )
  const {
    subscribers = 0,
    requests = 0,
    waiting = 0,
    edition = 0,
    weakened = 0,
    lapse = 0,
    processors = 0,
    advisory = 0,
    incident = 0,
  } = rows[0] ?? {}
  return { subscribers, requests, waiting, topics: { edition, weakened, lapse, processors, advisory, incident } }
}
