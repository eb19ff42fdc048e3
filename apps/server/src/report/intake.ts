import { createHash } from 'node:crypto'
import { addDays, dayAt } from '../calendar/index.ts'
import { findDay } from '../duty/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { addFile, attachFiles } from '../file/index.ts'
import type { InspectedFile } from '../file/index.ts'
import { endLetterLink } from './letter-store.ts'
import { noteReceipt } from './letters.ts'
import { hashOfToken, newToken } from './link.ts'
import { isOver, mostADay, mostMessages, writeDays } from './report.ts'
import type { Reported } from './said.ts'
import { stand } from './stand.ts'
import * as store from './store.ts'
import type { ReportRow } from './store.ts'

/** Reports that nobody has looked at yet; what comes beyond is not taken, and whoever sends it is told so. */
export const mostWaiting = 300

/** What whoever reported is given, and nobody else ever has. */
export interface Received {
  readonly reportId: string
  readonly number: number
  readonly token: string
}

/**
 * Keeps a report, with the link by which whoever sent it reads on.
 *
 * @param report.receivedAt when it came, where it came by another way before
 * @param report.receipt whether a letter with a link goes to the address; left out: no letter ever does
 * @param report.link the token of the link, where whoever sent it was given one already; left out: a new one
 * @returns null where too many wait
 */
export async function receive(
  tx: TenantContext,
  report: {
    readonly said: Reported
    readonly language: 'en' | 'de'
    readonly files?: readonly InspectedFile[]
    readonly source: 'form' | 'workplace'
    readonly receivedAt?: Date
    readonly receipt?: 'queued' | 'withheld' | undefined
    readonly link?: string | undefined
  },
): Promise<Received | null> {
  const { said, language, source, receivedAt = tx.now, files = [], receipt, link } = report
  if (source === 'form' && (await store.countWaiting(tx)) >= mostWaiting) return null
  const { acknowledge_days: days } = await store.findSetting(tx)
  const { timeZone } = await findDay(tx)
  const { token, hash } = link === undefined ? newToken() : { token: link, hash: hashOfToken(link) }
  const id = tx.newId()
  const number = await store.addReport(tx, {
    id,
    source,
    language,
    ...said,
    received_at: receivedAt,
    acknowledge_by: addDays(dayAt(receivedAt, timeZone), days),
    token_hash: hash,
  })
  const hashes = await attach(tx, id, files)
  await tx.append({
    type: 'report.received',
    about: { kind: 'report', id },
    code: source,
    // What was said may be erased; that it was said, and this text and no other, stays.
    content: { content: { number, text: hashOfText(said), files: hashes } },
    ...(source === 'form' ? { by: 'system' as const } : {}),
  })
  if (receipt) await noteReceipt(tx, id, receipt)
  await stand(tx)
  return { reportId: id, number, token }
}

/** What a link opens. Of a link that never was, and of one that is over, nobody learns more than that. */
export async function openLink(tx: TenantContext, token: string): Promise<ReportRow | undefined> {
  // The hash is made in any case, so that a malformed token takes as long as a well-formed one.
  return await store.findByToken(tx, hashOfToken(token))
}

/** Whether whoever reported may still write. */
export function mayWrite({ state, closed_at: closedAt }: ReportRow, now: Date): boolean {
  return !isOver(state) || closedAt === null || now.getTime() - closedAt.getTime() < writeDays * 86_400_000
}

/** Keeps what whoever reported says more. @returns false where it is too much, or too late */
export async function answerFromReporter(
  tx: TenantContext,
  report: ReportRow,
  said: string,
  files: readonly InspectedFile[] = [],
): Promise<boolean> {
  const messages = await store.listMessages(tx, report.id)
  const since = tx.now.getTime() - 86_400_000
  const today = messages.filter(({ kind, at }) => kind === 'reporter' && at.getTime() > since)
  if (!mayWrite(report, tx.now) || today.length >= mostADay || messages.length >= mostMessages) return false
  const id = tx.newId()
  await store.addMessage(tx, { id, report_id: report.id, kind: 'reporter', account_id: null, text: said, at: tx.now })
  const hashes = await attach(tx, report.id, files)
  await tx.append({
    type: 'report.answered',
    about: { kind: 'report', id: report.id },
    code: 'reporter',
    content: { content: { message: id, text: hashOfText(said), files: hashes } },
    by: 'system',
  })
  return true
}

/** A new link for a report; the one before ends, and so does the one in a letter. */
export async function renewLink(tx: TenantContext, id: string): Promise<string> {
  const { token, hash } = newToken()
  await store.setToken(tx, id, hash)
  await endLetterLink(tx, id)
  return token
}

async function attach(tx: TenantContext, id: string, files: readonly InspectedFile[]): Promise<string[]> {
  const added = []
  for (const file of files) added.push((await addFile(tx, file)).fileId)
  return (await attachFiles(tx, { kind: 'report', id }, added)).map(({ sha256 }) => sha256)
}

/** SHA-256 of a text, or of several as JSON; salted in the leaf. */
export function hashOfText(said: unknown): string {
  return createHash('sha256').update(JSON.stringify(said)).digest('hex')
}
