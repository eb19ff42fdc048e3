import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { findDay } from '../duty/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { kinds } from './request.ts'
import { stand } from './stand.ts'
import * as store from './store.ts'
import type { Begun, LinkRow, RequestRow } from './store.ts'

/** Requests of the public form at which nobody has looked yet; what comes beyond is not taken, and whoever sends it is told so. */
export const mostWaiting = 200

/** For how long a link opens a request that nobody has decided. */
const linkMonths = 6

/** How often a link opens something. */
const mostUses = 1_000

// Characters that turn the direction of what stands beside them, or are not seen at all.
const hidden = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu

/** One line of somebody outside. */
export const Line = (least: number, most: number) =>
  z
    .string()
    .transform((text) => text.replaceAll(hidden, ' ').replaceAll(/\s+/g, ' ').trim())
    .pipe(z.string().min(least).max(most))

/** Several lines of somebody outside. */
export const Text = (least: number, most: number) =>
  z
    .string()
    .transform((given) =>
      given
        .replaceAll('\r\n', '\n')
        .split('\n')
        .map((one) => one.replaceAll('\t', '    ').replaceAll(hidden, ''))
        .join('\n')
        .trim(),
    )
    .pipe(z.string().min(least).max(most))

/** A mail address, or none. */
export const Mail = z
  .string()
  .nullable()
  .transform((value) => (value === null || value.trim() === '' ? null : value.trim()))
  .pipe(z.email().max(254).nullable())

/** What somebody asks for. Only so much is asked of them as an answer needs. */
export const Asking = z.object({
  kinds: z.array(z.enum(kinds)).min(1).max(kinds.length),
  name: Line(0, 200),
  email: Mail,
  postal: Text(0, 500),
  text: Text(10, 10_000),
})

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
): Promise<Received | null> {
  if ((await store.countWaiting(tx)) >= mostWaiting) return null
  const { today } = await findDay(tx)
  return await receive(tx, {
    ...asking,
    kinds: [...new Set(asking.kinds)],
    source: 'form',
    language,
    received_on: today,
  })
}

/** Keeps a request, with the link by which the person reads on. */
export async function receive(tx: TenantContext, begun: Begun): Promise<Received> {
  const { id, number } = await store.addRequest(tx, begun)
  const token = await renewLink(tx, id)
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
export async function renewLink(tx: TenantContext, id: string): Promise<string> {
  const token = randomBytes(32).toString('hex')
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
