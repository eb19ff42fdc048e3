import { createHash } from 'node:crypto'
import { longDay } from '@art32/press'
import type { Attempts } from '../account/index.ts'
import type { TenantContext, Tenants } from '../evidence/index.ts'
import { AppError, bug } from '../kernel/index.ts'
import { errorClass } from '../platform/index.ts'
import type { Letter, Log, Mailer } from '../platform/index.ts'
import * as letters from './letter-store.ts'
import type { LetterRow } from './letter-store.ts'
import { letterWords } from './letter-words.ts'
import { newToken } from './link.ts'
import * as store from './store.ts'
import type { ReportRow } from './store.ts'

/** The queue of letters to whoever reported; its payload is a `ReportLetterJob`. */
export const reportLetterQueue = 'report.letter'

/** A letter to be sent: ids only, and no token. */
export interface ReportLetterJob {
  readonly tenantId: string
  readonly letterId: string
}

/** Letters to one address, whatever they are about and from whichever tenant. */
export const addressLimits = [
  { of: 'report.letter.hour', most: 3, minutes: 60 },
  { of: 'report.letter.day', most: 10, minutes: 1_440 },
] as const

/** Receipts from the whole installation: anybody can have one sent to anybody, so it must be no use for a flood. */
export const receiptLimits = [
  { of: 'report.receipts.hour', most: 100, minutes: 60 },
  { of: 'report.receipts.day', most: 500, minutes: 1_440 },
] as const

/** For how long news are gathered into one letter. */
const gatherMs = 60_000

/** What waited for so long is not sent any more: a receipt says what the page has said long since; news wait for another day's letters. */
const patienceMs = { receipt: 12 * 3_600_000, news: 3 * 86_400_000 } as const

/** What sending needs of the rest of the server. */
export interface ReportLetterDependencies {
  readonly tenants: Tenants
  readonly mailer: Mailer
  readonly attempts: Attempts
  readonly baseUrl: string
  /** Whom to tell at the tenant, by mail or on a page. */
  readonly contactOf: (tx: TenantContext) => Promise<string>
  readonly reporting: { endToken(publicId: string, reportId: string): string }
  readonly log: Log
}

/** One mailbox under the names that most providers let it have, for counting only. */
function mailboxOf(email: string): string {
  const [local = '', domain = ''] = email.toLowerCase().split('@')
  return `${local.replace(/\+.*/, '').replaceAll('.', '')}@${domain}`
}

/** Whether a receipt may go to an address now; asking counts. */
export async function mayReceipt(attempts: Attempts, email: string): Promise<boolean> {
  const limits = [
    ...addressLimits.map((limit) => ({ ...limit, who: mailboxOf(email) })),
    ...receiptLimits.map((limit) => ({ ...limit, who: 'installation' })),
  ]
  const work = () => Promise.resolve(true)
  return (await counted(() => attempts.guard(limits, work, () => 'counts'))) === true
}

/** @returns what came of it; the seconds to wait where too many went before */
async function counted<T>(work: () => Promise<T>): Promise<T | { readonly seconds: number }> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'account.too_many_attempts') throw error
    return { seconds: Number(error.params['seconds'] ?? 3_600) }
  }
}

/** Notes that a receipt is to be sent, or that none is: then no letter at all follows about this report. */
export async function noteReceipt(tx: TenantContext, reportId: string, state: 'queued' | 'withheld'): Promise<void> {
  const letterId = await letters.addLetter(tx, { report_id: reportId, kind: 'receipt', state })
  if (state === 'queued') await enqueue(tx, letterId)
}

/** Has whoever reported told that there is an answer or another state; only who got a receipt was told that letters come. */
export async function noteNews(tx: TenantContext, reportId: string, kind: 'answer' | 'state'): Promise<void> {
  const receipt = await letters.findReceipt(tx, reportId)
  if (!receipt || receipt.state === 'withheld' || receipt.state === 'failed') return
  const { email } = await store.getReport(tx, reportId)
  if (email === null || (await letters.joinWaiting(tx, reportId, kind))) return
  const letterId = await letters.addLetter(tx, { report_id: reportId, kind, state: 'queued' })
  await enqueue(tx, letterId, new Date(tx.now.getTime() + gatherMs))
}

async function enqueue(tx: TenantContext, letterId: string, after?: Date): Promise<void> {
  const job: ReportLetterJob = { tenantId: tx.tenant.id, letterId }
  await tx.enqueue(reportLetterQueue, job, after)
}

/** Gives up what nobody could send. */
export async function attendLetters(tx: TenantContext): Promise<void> {
  const ago = (ms: number) => new Date(tx.now.getTime() - ms)
  await letters.giveUpLetters(tx, { receipt: ago(patienceMs.receipt), news: ago(patienceMs.news) })
}

/** What came of handing a letter over; `later`: it was not taken now, or too many went to this address. */
type Outcome =
  | { readonly state: 'sent' }
  | { readonly state: 'failed' | 'later'; readonly failure: Error }
  | { readonly state: 'later'; readonly seconds: number }

/**
 * Sends a letter, at most once: that it is on its way is written down before the mail server is asked, and what was
 * interrupted there is `unknown`. The token of the link is made only here, so that it lies in no queue and in no database;
 * another try makes another one.
 *
 * @throws {mail.*} when the letter was not taken; it is tried again
 */
export async function sendReportLetter(
  { tenantId, letterId }: ReportLetterJob,
  dependencies: ReportLetterDependencies,
): Promise<void> {
  const { tenants, log } = dependencies
  const letter = await tenants.asSystem(tenantId, (tx) => setOut(tx, letterId, dependencies))
  if (letter === null) return
  const outcome = await hand(letter, dependencies)
  await tenants.asSystem(tenantId, (tx) => finish(tx, letterId, outcome))
  if (outcome.state === 'failed') log.warn('letter.refused', { tenant: tenantId, error: errorClass(outcome.failure) })
  if (outcome.state === 'later' && 'failure' in outcome) throw outcome.failure
}

interface Written extends Letter {
  readonly kind: LetterRow['kind']
}

/** Writes the letter and that it is on its way. @returns null where there is nothing to send */
async function setOut(
  tx: TenantContext,
  letterId: string,
  dependencies: ReportLetterDependencies,
): Promise<Written | null> {
  const kept = await letters.findLetter(tx, letterId)
  // Whoever sent it was killed between the mail server and the note of what it answered.
  if (kept?.state === 'sending') await letters.setLetter(tx, letterId, 'unknown', kept.token_hash)
  if (kept?.state !== 'queued') return null
  const report = await store.getReport(tx, kept.report_id)
  if (report.email === null) {
    await letters.setLetter(tx, letterId, 'failed', null)
    return null
  }
  const made = kept.kind === 'receipt' ? newToken() : null
  await letters.setLetter(tx, letterId, 'sending', made?.hash ?? null)
  const { baseUrl, contactOf, reporting } = dependencies
  const page = `${baseUrl}/trust/${tx.tenant.slug}/report`
  const end = `${page}/letters?token=${reporting.endToken(tx.tenant.publicId, report.id)}&language=${report.language}`
  return {
    ...(made === null
      ? newsLetter(tx.tenant.name, report, kept.kind === 'answer')
      : receiptLetter(tx.tenant.name, report, {
          url: `${page}/${made.token}?language=${report.language}`,
          contact: await contactOf(tx),
        })),
    kind: kept.kind,
    to: report.email,
    language: report.language,
    id: createHash('sha256').update(`report ${letterId}`).digest('hex').slice(0, 40),
    unsubscribe: { label: letterWords[report.language].end, url: end },
  }
}

async function hand({ kind, ...letter }: Written, { mailer, attempts }: ReportLetterDependencies): Promise<Outcome> {
  // Of a receipt it was counted, and said on the page, when the report came in.
  if (kind === 'receipt') return await send(mailer, letter)
  const limits = addressLimits.map((limit) => ({ ...limit, who: mailboxOf(letter.to) }))
  const outcome = await counted(() =>
    attempts.guard(
      limits,
      () => send(mailer, letter),
      ({ state }) => (state === 'later' ? 'taken-back' : 'counts'),
    ),
  )
  return 'seconds' in outcome ? { state: 'later', seconds: outcome.seconds } : outcome
}

/** Answers of a mail server, or of none, after which this very letter is not tried again. */
const forGood: ReadonlySet<string> = new Set(['mail.refused', 'mail.bad_letter', 'mail.not_set'])

async function send(mailer: Mailer, letter: Letter): Promise<Outcome> {
  try {
    await mailer.send(letter)
    return { state: 'sent' }
  } catch (error) {
    const failure = error instanceof Error ? error : bug('a letter failed without an error', error)
    return { state: failure instanceof AppError && forGood.has(failure.code) ? 'failed' : 'later', failure }
  }
}

async function finish(tx: TenantContext, letterId: string, outcome: Outcome): Promise<void> {
  const kept = await letters.findLetter(tx, letterId)
  if (kept?.state !== 'sending') return
  if (outcome.state === 'later') {
    const waits = await letters.waitAgain(tx, kept)
    if (waits && 'seconds' in outcome) await enqueue(tx, letterId, new Date(tx.now.getTime() + outcome.seconds * 1_000))
    return
  }
  await letters.setLetter(tx, letterId, outcome.state, outcome.state === 'sent' ? kept.token_hash : null)
  await tx.append({
    type: 'report.changed',
    about: { kind: 'report', id: kept.report_id },
    code: outcome.state === 'sent' ? 'letter-sent' : 'letter-failed',
    content: { content: { letter: letterId, kind: kept.kind } },
    by: 'system',
  })
}

type Content = Pick<Letter, 'subject' | 'paragraphs' | 'action'>

function receiptLetter(
  name: string,
  { number, language, received_at: at }: ReportRow,
  { url, contact }: { url: string; contact: string },
): Content {
  const say = letterWords[language]
  const tenant = oneLine(name)
  return {
    subject: say.subject(number, tenant),
    paragraphs: [
      say.receipt(number, tenant, longDay(at.toISOString(), language)),
      say.link,
      say.later,
      say.notYou(tenant, oneLine(contact)),
    ],
    action: { label: say.action, url },
  }
}

function newsLetter(name: string, { number, language }: ReportRow, isAnswer: boolean): Content {
  const say = letterWords[language]
  const tenant = oneLine(name)
  return {
    subject: say.news(number, tenant),
    paragraphs: [isAnswer ? say.answer(number, tenant) : say.state(number, tenant), say.open],
  }
}

function oneLine(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .slice(0, 200)
    .toWellFormed()
}
