import { createHash } from 'node:crypto'
import { canonicalize } from '@art32/ledger'
import type { TenantContext, Tenants } from '../evidence/index.ts'
import { AppError, bug } from '../kernel/index.ts'
import type { Mailer } from '../platform/index.ts'
import { look } from './look.ts'
import { allAsked, missingOf } from './facts.ts'
import { controllerPaper, factsOf, instantIn, said } from './papers.ts'
import type { Notifying } from './papers.ts'
import * as store from './store.ts'
import type { IncidentRow } from './store.ts'
import * as notices from './store-notice.ts'
import type { ControllerRow, NoticeRow } from './store-notice.ts'
import { phrases } from './words.ts'

/** The queue of letters to controllers; its payload is a `ControllerNoticeJob`. */
export const controllerNoticeQueue = 'incident.notice'

/** A letter to be sent: ids only. */
export interface ControllerNoticeJob {
  readonly tenantId: string
  readonly noticeId: string
}

/** A letter as it is kept, and sent. */
interface LetterContent {
  readonly to: string
  readonly language: 'en' | 'de'
  readonly subject: string
  readonly paragraphs: readonly string[]
}

/** What every paper of a case needs. */
export async function notifying(
  tx: TenantContext,
  row: IncidentRow,
  language: 'en' | 'de',
  delayReason?: string,
): Promise<Notifying> {
  const looked = await look(tx)
  const authority = looked.clocks(row).find(({ key }) => key === 'authority')
  return {
    row,
    language,
    timeZone: looked.timeZone,
    notices: await notices.listNotices(tx, row.id),
    contact: (await store.findSetting(tx)).contact,
    strict: authority?.clock.strict?.at ?? null,
    ...(delayReason === undefined ? {} : { delayReason }),
  }
}

/** Keeps a notice with what it says, by its hash in the ledger. */
export async function keepNotice(
  tx: TenantContext,
  row: IncidentRow,
  given: Pick<NoticeRow, 'recipient' | 'controller_id' | 'way' | 'content' | 'told_at'> &
    Partial<Pick<NoticeRow, 'state' | 'reference' | 'delay_reason'>>,
): Promise<NoticeRow> {
  const earlier = (await notices.listNotices(tx, row.id)).filter(
    (one) => one.recipient === given.recipient && one.controller_id === given.controller_id,
  )
  const notice: NoticeRow = {
    id: tx.newId(),
    incident_id: row.id,
    phase: earlier.length + 1,
    state: 'delivered',
    reference: '',
    delay_reason: '',
    ...given,
    sha256: createHash('sha256').update(canonicalize(given.content)).digest(),
    made_at: tx.now,
    told_by: tx.caller.accountId,
  }
  await notices.addNotice(tx, notice)
  if (notice.state === 'delivered') await tellLedger(tx, notice)
  return notice
}

/** Somebody was told: that stands in the ledger from the moment at which it is known. */
async function tellLedger(tx: TenantContext, notice: NoticeRow): Promise<void> {
  await store.addEntry(tx, {
    incidentId: notice.incident_id,
    kind: `told-${notice.recipient}`,
    ...(notice.told_at === null ? {} : { happenedAt: notice.told_at }),
  })
  await tx.append({
    type: 'breach.notified',
    about: { kind: 'incident', id: notice.incident_id },
    code: notice.recipient,
    content: {
      content: {
        notice: notice.id,
        phase: notice.phase,
        way: notice.way,
        toldAt: notice.told_at?.toISOString() ?? null,
        sha256: notice.sha256.toString('hex'),
      },
    },
  })
}

/** The letter to a controller, as text for the mail and for the record. */
export function controllerLetter(tenant: string, given: Notifying, controller: ControllerRow): LetterContent {
  const { language } = controller
  const { row, contact, timeZone } = given
  const { words, facts: labels } = phrases[language]
  const facts = factsOf(row, contact)
  const missing = missingOf(facts)
  const paper = controllerPaper({ ...given, language, controller: controller.name })
  const lines = allAsked.map((name) => `${labels[name]}: ${said(facts, name, language)}`)
  return {
    to: controller.contact,
    language,
    subject: `${tenant}: ${paper.title} (${row.number})`.slice(0, 200).toWellFormed(),
    paragraphs: [
      controller.name,
      words.controllerLead,
      ...(row.aware_at === null ? [] : [`${words.aware}: ${instantIn(row.aware_at, language, timeZone)}`]),
      ...lines,
      ...(missing.length === 0 ? [] : [`${words.missing}: ${missing.map((name) => labels[name]).join(', ')}`]),
      words.controllerEnd,
      tenant,
    ],
  }
}

/**
 * Sends a letter, at most once: that it is on its way is written down before the mail server is asked. What was interrupted
 * is `unknown`, and a person decides whether to tell again by another way.
 */
export async function sendControllerNotice(
  { tenantId, noticeId }: ControllerNoticeJob,
  { tenants, mailer }: { readonly tenants: Tenants; readonly mailer: Mailer },
): Promise<void> {
  const within = <T>(work: (tx: TenantContext) => Promise<T>) =>
    tenants.asSystem(tenantId, work, { evenSuspended: true })
  const letter = await within(async (tx) => {
    const notice = await notices.findNotice(tx, noticeId)
    if (notice?.state === 'sending') await settle(tx, notice, 'unknown')
    if (notice?.state !== 'queued') return null
    await notices.changeNotice(tx, { ...notice, state: 'sending' })
    return notice.content as LetterContent
  })
  if (letter === null) return
  const failure = await failureOf(mailer.send({ ...letter, id: noticeId.replaceAll('-', '') }))
  await within(async (tx) => {
    const notice = await notices.findNotice(tx, noticeId)
    if (!notice) return
    if (failure === null) await settle(tx, notice, 'delivered')
    else if (isForGood(failure)) await settle(tx, notice, 'refused')
    else await notices.changeNotice(tx, { ...notice, state: 'queued' })
  })
  if (failure !== null && !isForGood(failure)) throw failure
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

async function settle(tx: TenantContext, notice: NoticeRow, state: NoticeRow['state']): Promise<void> {
  const done: NoticeRow = { ...notice, state, told_at: state === 'delivered' ? tx.now : null }
  await notices.changeNotice(tx, done)
  if (state === 'delivered') {
    await tellLedger(tx, done)
    return
  }
  await store.addEntry(tx, { incidentId: notice.incident_id, kind: 'not-told' })
  await tx.append({
    type: 'incident.changed',
    about: { kind: 'incident', id: notice.incident_id },
    code: 'not-delivered',
    content: { content: { notice: notice.id, state } },
  })
}

function isForGood(error: unknown): boolean {
  return error instanceof AppError && ['mail.refused', 'mail.bad_letter', 'mail.not_set'].includes(error.code)
}
