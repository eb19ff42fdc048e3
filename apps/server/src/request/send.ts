import { createHash } from 'node:crypto'
import { canonicalize } from '@art32/ledger'
import type { TenantContext, Tenants } from '../evidence/index.ts'
import { AppError, bug } from '../kernel/index.ts'
import type { Mailer } from '../platform/index.ts'
import { requestErrors } from './errors.ts'
import { isUnfinished } from './letters.ts'
import type { LetterKind } from './request.ts'
import * as store from './store.ts'
import type { LetterRow, RequestRow } from './store.ts'

/** The queue of letters to data subjects; its payload is a `RequestLetterJob`. */
export const requestLetterQueue = 'request.letter'

/** A letter to be sent: ids only. */
export interface RequestLetterJob {
  readonly tenantId: string
  readonly letterId: string
}

/** How a person is told: by a mail of art32, behind the link only, or by hand. */
export const ways = ['letter', 'link', 'mail', 'post', 'phone'] as const

/** What is said, and how. */
export interface Telling {
  readonly kind: LetterKind
  readonly way: (typeof ways)[number]
  readonly subject: string
  readonly text: string
}

/** Keeps what the person is told, by its hash in the ledger, and sends it where a mail of art32 was chosen. @throws {request.no_address | request.unfinished} */
export async function tell(
  tx: TenantContext,
  row: RequestRow,
  { kind, way, subject, text }: Telling,
  mailIsSet: boolean,
): Promise<LetterRow> {
  if (isUnfinished(text)) throw requestErrors.unfinished()
  if (way === 'letter' && (row.email === null || !mailIsSet)) throw requestErrors.no_address()
  const isMail = way === 'letter'
  const letter: LetterRow = {
    id: tx.newId(),
    request_id: row.id,
    kind,
    way,
    state: isMail ? 'queued' : 'delivered',
    subject,
    text,
    language: row.language,
    sha256: createHash('sha256').update(canonicalize({ subject, text })).digest(),
    made_at: tx.now,
    told_at: isMail ? null : tx.now,
    told_by: tx.caller.accountId,
  }
  await store.addLetter(tx, letter)
  if (isMail)
    await tx.enqueue(requestLetterQueue, { tenantId: tx.tenant.id, letterId: letter.id } satisfies RequestLetterJob)
  else await noteTold(tx, letter)
  return letter
}

async function noteTold(tx: TenantContext, letter: LetterRow): Promise<void> {
  await store.addEntry(tx, letter.request_id, `told-${letter.kind}`)
  await tx.append({
    type: 'request.told',
    about: { kind: 'request', id: letter.request_id },
    code: letter.kind,
    content: { content: { letter: letter.id, way: letter.way, sha256: letter.sha256.toString('hex') } },
    ...(tx.caller.accountId === null ? { by: 'system' as const } : {}),
  })
}

/**
 * Sends a letter, at most once: that it is on its way is written down before the mail server is asked. What was interrupted
 * is `unknown`, and a person decides whether to tell again by another way.
 */
export async function sendRequestLetter(
  { tenantId, letterId }: RequestLetterJob,
  { tenants, mailer }: { readonly tenants: Tenants; readonly mailer: Mailer },
): Promise<void> {
  const within = <T>(work: (tx: TenantContext) => Promise<T>) => tenants.asSystem(tenantId, work)
  const letter = await within(async (tx) => {
    const kept = await store.findLetter(tx, letterId)
    if (kept?.state === 'sending') await settle(tx, kept, 'unknown')
    if (kept?.state !== 'queued') return null
    const { email } = await store.getRequest(tx, kept.request_id)
    if (email === null) {
      await settle(tx, kept, 'refused')
      return null
    }
    await store.settleLetter(tx, kept.id, 'sending', null)
    return { to: email, language: kept.language, subject: kept.subject, paragraphs: kept.text.split(/\n{2,}/) }
  })
  if (letter === null) return
  const failure = await failureOf(mailer.send({ ...letter, id: letterId.replaceAll('-', '') }))
  await within(async (tx) => {
    const kept = await store.findLetter(tx, letterId)
    if (!kept) return
    if (failure === null) await settle(tx, kept, 'delivered')
    else if (isForGood(failure)) await settle(tx, kept, 'refused')
    else await store.settleLetter(tx, kept.id, 'queued', null)
  })
  if (failure !== null && !isForGood(failure)) throw failure
}

async function settle(tx: TenantContext, letter: LetterRow, state: 'delivered' | 'refused' | 'unknown'): Promise<void> {
  await store.settleLetter(tx, letter.id, state, state === 'delivered' ? tx.now : null)
  if (state === 'delivered') {
    await noteTold(tx, letter)
    return
  }
  await store.addEntry(tx, letter.request_id, 'not-told')
  await tx.append({
    type: 'request.changed',
    about: { kind: 'request', id: letter.request_id },
    code: 'not-delivered',
    content: { content: { letter: letter.id, state } },
    by: 'system',
  })
}

/** Why a letter was not taken; null: it was. */
async function failureOf(sent: Promise<void>): Promise<Error | null> {
  try {
    await sent
    return null
  } catch (error) {
    return error instanceof Error ? error : bug('a letter failed without an error', error)
  }
}

function isForGood(error: unknown): boolean {
  return error instanceof AppError && ['mail.refused', 'mail.bad_letter', 'mail.not_set'].includes(error.code)
}
