import { createHash, randomBytes } from 'node:crypto'
import type { z } from 'zod'
import { dayAt } from '../calendar/index.ts'
import { findDay } from '../duty/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import type { Asking } from './asking.ts'
import { stand } from './stand.ts'
import * as store from './store.ts'
import type { Begun, LinkRow, RequestRow } from './store.ts'

/** Requests of the public form at which nobody has looked yet; what comes beyond is not taken, and whoever sends it is told so. */
export const mostWaiting = 200

/** For how long a link opens a request that nobody has decided. */
const linkMonths = 6

/** How often a link opens something. */
const mostUses = 1_000

/** What the person is given, and nobody else ever has. */
export interface Received {
  readonly requestId: string
  readonly number: number
  readonly token: string
}

/** Whether the public page has the form. */
export async function isFormOpen(tx: TenantContext): Promise<boolean> {
  return (await store.findSetting(tx)).form_open
}

/** Keeps a request of the public form. @returns null where too many wait */
export async function askFromOutside(
  tx: TenantContext,
  asking: z.output<typeof Asking>,
  language: 'en' | 'de',
  taken: TakenRequest | null = null,
): Promise<Received | null> {
  if ((await store.countWaiting(tx)) >= mostWaiting) return null
  const { today, timeZone } = await findDay(tx)
  const begun: Begun = {
    ...asking,
    kinds: [...new Set(asking.kinds)],
    source: 'form',
    language,
    // The period begins with the day on which it reached us, whoever opened the door.
    received_on: taken && taken.at < tx.now ? dayAt(taken.at, timeZone) : today,
  }
  return await receive(tx, begun, taken?.token ?? undefined)
}

/** A request that a portal without a database took in, and the link that the person was given there. */
export interface TakenRequest {
  readonly at: Date
  readonly token: string | null
}

/** Keeps a request, with the link by which the person reads on. @param link its token, where the person has it already */
export async function receive(tx: TenantContext, begun: Begun, link?: string): Promise<Received> {
  const { id, number } = await store.addRequest(tx, begun)
  const token = await renewLink(tx, id, link)
  await store.addEntry(tx, id, 'received')
  await tx.append({
    type: 'request.received',
    about: { kind: 'request', id },
    code: begun.source,
    // What was said may be erased; that it was said, and this text and no other, stays.
    content: {
      content: { number, kinds: [...begun.kinds], receivedOn: begun.received_on, text: hashOfText(begun.text) },
    },
    ...(begun.source === 'form' ? { by: 'system' as const } : {}),
  })
  await stand(tx)
  return { requestId: id, number, token }
}

/** A new link for a request; the one before opens nothing any more. */
export async function renewLink(
  tx: TenantContext,
  id: string,
  token: string = randomBytes(32).toString('hex'),
): Promise<string> {
  const ends = new Date(tx.now)
  ends.setUTCMonth(ends.getUTCMonth() + linkMonths)
  await store.setLink(tx, id, hashOf(token), ends)
  return token
}

/** What a link opens. Of a link that never was, and of one that is over, nobody learns more than that. */
export async function openLink(
  tx: TenantContext,
  token: string,
): Promise<{ readonly row: RequestRow; readonly link: LinkRow } | undefined> {
  // The hash is made in any case, so that a malformed token takes as long as a well-formed one.
  const link = await store.findLink(tx, hashOf(token))
  if (!link || link.ends_at <= tx.now || link.uses > mostUses) return undefined
  return { row: await store.getRequest(tx, link.request_id), link }
}

/** Most that a person writes behind a link, so that a link that got lost fills nothing. */
export const mostAdded = 50

/** Keeps what the person adds. @returns false where it is too much, or nobody waits for it any more */
export async function addFromPerson(tx: TenantContext, row: RequestRow, text: string): Promise<boolean> {
  const entries = await store.listEntries(tx, row.id)
  const added = entries.filter(({ kind }) => kind === 'person').length
  if (added >= mostAdded || row.closed_at !== null) return false
  await store.addEntry(tx, row.id, 'person', text)
  await tx.append({
    type: 'request.changed',
    about: { kind: 'request', id: row.id },
    code: 'person',
    content: { content: { text: hashOfText(text) } },
    by: 'system',
  })
  return true
}

/** SHA-256 of a text; salted in the leaf. */
export function hashOfText(said: unknown): string {
  return createHash('sha256').update(JSON.stringify(said)).digest('hex')
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
