import { z } from 'zod'
import { presetIds } from '@art32/press'
import {
  agreementErrors,
  agreeTo,
  announcementErrors,
  announcementKinds,
  contractErrors,
  countInForce,
  Day,
  getContract,
  getCustomer,
  Line,
  Lines,
  noticeStates,
  outcomes,
} from '../contract/index.ts'
import { addDays, todayOf } from '../calendar/index.ts'
import { annexForms, annexOf, editionErrors, findNumber } from '../edition/index.ts'
import type { EditionDependencies } from '../edition/index.ts'
import { tenantOperation } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { paperDownload, paperErrors } from '../paper/index.ts'
import { noted } from './letters.ts'
import { logPaper, logTable } from './papers.ts'
import { wake } from './queue.ts'
import { spread } from './spread.ts'
import * as store from './store.ts'
import type { NoticeWith } from './store.ts'

/** What telling customers needs of the rest of the server. */
export interface AnnouncementDependencies extends Pick<EditionDependencies, 'url'> {
  readonly mailIsSet: boolean
}

const Text = Lines(4_000).pipe(z.string().min(3))
const NoticeView = z.object({
  noticeId: z.uuid(),
  announcementId: z.uuid(),
  contractId: z.uuid(),
  customerId: z.uuid(),
  customer: z.string(),
  agreement: z.string(),
  kind: z.enum(announcementKinds),
  /** Empty for a publication. */
  title: z.string(),
  edition: z.int().nullable(),
  before: z.int().nullable(),
  madeAt: z.iso.datetime(),
  days: z.int(),
  state: z.enum(noticeStates),
  address: z.string().nullable(),
  sentOn: Day.nullable(),
  objectBy: Day.nullable(),
  outcome: z.enum(outcomes).nullable(),
  outcomeOn: Day.nullable(),
  outcomeText: z.string(),
  settledOn: Day.nullable(),
  settlement: z.string(),
})

function viewNotice(row: NoticeWith): z.input<typeof NoticeView> {
  return {
    noticeId: row.id,
    announcementId: row.announcement_id,
    contractId: row.contract_id,
    customerId: row.customer_id,
    customer: row.customer,
    agreement: row.agreement,
    kind: row.kind,
    title: row.title,
    edition: row.edition,
    before: row.before,
    madeAt: row.made_at.toISOString(),
    days: row.days,
    state: row.state,
    address: row.address,
    sentOn: row.sent_on,
    objectBy: row.object_by,
    outcome: row.outcome,
    outcomeOn: row.outcome_on,
    outcomeText: row.outcome_text,
    settledOn: row.settled_on,
    settlement: row.settlement,
  }
}

/** What can be done with what customers are told, and what is handed out to them. */
export function announcementOperations({ mailIsSet, url }: AnnouncementDependencies) {
  return [
    tenantOperation({
      id: 'announcement.list',
      summary: 'Lists what customers were told, and how far it went',
      needs: 'ledger:read',
      input: z.object({}),
      output: z.object({
        announcements: z.array(
          z.object({
            announcementId: z.uuid(),
            kind: z.enum(announcementKinds),
            title: z.string(),
            body: z.string(),
            edition: z.int().nullable(),
            effectiveOn: Day.nullable(),
            madeAt: z.iso.datetime(),
            counts: z.record(z.string(), z.int()),
          }),
        ),
        /** Where customers write to object; empty: nobody said. */
        contact: z.string(),
        mailIsSet: z.boolean(),
        /** How many customers would be told now. */
        inForce: z.int(),
      }),
      async run(_, tx) {
        const today = await todayOf(tx)
        const rows = await store.listAnnouncements(tx, today)
        return {
          announcements: rows.map((row) => ({
            announcementId: row.id,
            kind: row.kind,
            title: row.title,
            body: row.body,
            edition: row.edition,
            effectiveOn: row.effective_on,
            madeAt: row.made_at.toISOString(),
            counts: {
              all: row.all,
              sent: row.sent,
              byHand: row.by_hand,
              waiting: row.waiting,
              accepted: row.accepted,
              objected: row.objected,
              unsettled: row.unsettled,
              silent: row.silent,
              running: row.running,
            },
          })),
          contact: await store.findContact(tx),
          mailIsSet,
          inForce: await countInForce(tx, today),
        }
      },
    }),
    tenantOperation({
      id: 'announcement.show',
      summary:
        'Shows whom an announcement reached and when, and what each customer said; what waits for somebody first',
      needs: 'ledger:read',
      input: z.object({ announcementId: z.uuid() }),
      output: z.object({ notices: z.array(NoticeView), today: Day }),
      refuses: [announcementErrors.not_found],
      async run({ announcementId }, tx) {
        await store.getAnnouncement(tx, announcementId)
        return {
          notices: (await store.listNotices(tx, announcementId, 200)).map(viewNotice),
          today: await todayOf(tx),
        }
      },
    }),
    tenantOperation({
      id: 'announcement.of',
      summary: 'Lists what one customer was told, and what they said',
      needs: 'ledger:read',
      input: z.object({ customerId: z.uuid() }),
      output: z.object({ notices: z.array(NoticeView) }),
      refuses: [contractErrors.not_found],
      async run({ customerId }, tx) {
        await getCustomer(tx, customerId)
        return { notices: (await store.listNoticesOf(tx, customerId)).map(viewNotice) }
      },
    }),
    tenantOperation({
      id: 'announcement.make',
      summary: 'Tells every customer with an agreement in force of something, each with the period of their agreement',
      needs: 'edition:sign',
      changes: true,
      input: z.object({
        kind: z.enum(['sub-processor', 'other']),
        title: Line(200).pipe(z.string().min(3)),
        body: Text,
        /** From which day it holds. */
        effectiveOn: Day.nullable().default(null),
      }),
      output: z.object({ announcementId: z.uuid() }),
      refuses: [announcementErrors.nobody],
      async run({ kind, title, body, effectiveOn }, tx) {
        if ((await countInForce(tx, await todayOf(tx))) === 0) throw announcementErrors.nobody()
        const id = tx.newId()
        const role = tx.caller.role
        await store.addAnnouncement(tx, {
          id,
          kind,
          title,
          body,
          edition_id: null,
          edition: null,
          effective_on: effectiveOn,
          role,
        })
        await spread(tx, mailIsSet)
        await wake(tx)
        return { announcementId: id }
      },
    }),
    tenantOperation({
      id: 'announcement.set_contact',
      summary: 'Says where customers write to object',
      needs: 'register:write',
      changes: true,
      input: z.object({ contact: Line(200) }),
      output: z.object({}),
      async run({ contact }, tx) {
        await store.setContact(tx, contact)
        await tx.append({
          type: 'announcement.made',
          about: { kind: 'tenant', id: tx.tenant.id },
          code: 'contact',
          content: { content: { contact } },
        })
        return {}
      },
    }),
    tenantOperation({
      id: 'announcement.send',
      summary: 'Sends a notice by mail that did not reach the customer before',
      needs: 'register:write',
      changes: true,
      input: z.object({ noticeId: z.uuid() }),
      output: z.object({}),
      refuses: [announcementErrors.not_found, announcementErrors.sent_already, announcementErrors.no_mail],
      async run({ noticeId }, tx) {
        const notice = await unsent(tx, noticeId)
        const { customer_id: customerId } = await getContract(tx, notice.contract_id)
        const { contact_email: email } = await getCustomer(tx, customerId)
        if (!mailIsSet || email === null) throw announcementErrors.no_mail()
        await store.saveNotice(tx, { ...notice, state: 'waiting' })
        await tx.append({
          type: 'announcement.made',
          about: { kind: 'announcement', id: notice.announcement_id },
          code: 'again',
          content: { content: { contract: notice.contract_id } },
        })
        await wake(tx)
        return {}
      },
    }),
    tenantOperation({
      id: 'announcement.mark_sent',
      summary: 'Records that a customer was told another way, such as by letter, and when',
      needs: 'register:write',
      changes: true,
      input: z.object({ noticeId: z.uuid(), sentOn: Day }),
      output: z.object({ objectBy: Day }),
      refuses: [announcementErrors.not_found, announcementErrors.sent_already, announcementErrors.not_sent],
      async run({ noticeId, sentOn }, tx) {
        const notice = await unsent(tx, noticeId)
        if (sentOn > (await todayOf(tx))) throw announcementErrors.not_sent()
        const objectBy = addDays(sentOn, notice.days)
        const sent = { ...notice, state: 'sent' as const, sent_on: sentOn, object_by: objectBy }
        await store.saveNotice(tx, sent)
        await noted(tx, sent, 'by-hand')
        return { objectBy }
      },
    }),
    tenantOperation({
      id: 'announcement.answer',
      summary: 'Records what a customer said to a notice: agreed, or objected, with the day and the words',
      needs: 'register:write',
      changes: true,
      input: z.object({
        noticeId: z.uuid(),
        outcome: z.enum(['accepted', 'objected']),
        onDay: Day,
        text: Lines(4_000).default(''),
      }),
      output: z.object({}),
      refuses: [announcementErrors.not_found, announcementErrors.not_sent, announcementErrors.answered],
      async run({ noticeId, outcome, onDay, text }, tx) {
        const notice = await store.getNotice(tx, noticeId)
        if (notice.state !== 'sent' || notice.sent_on === null || onDay < notice.sent_on)
          throw announcementErrors.not_sent()
        if (onDay > (await todayOf(tx))) throw announcementErrors.not_sent()
        // After the days of silence a customer may still say something: that it was late is seen by the day.
        if (notice.outcome !== null && notice.outcome !== 'silent') throw announcementErrors.answered()
        await store.saveNotice(tx, { ...notice, outcome, outcome_on: onDay, outcome_text: text })
        await answered(tx, notice, outcome, { onDay, text })
        if (outcome === 'accepted' && notice.edition !== null)
          await agreeTo(tx, notice.contract_id, notice.edition, 'accepted')
        return {}
      },
    }),
    tenantOperation({
      id: 'announcement.settle',
      summary: 'Records what became of an objection, and whether the customer agrees by now',
      needs: 'edition:sign',
      changes: true,
      input: z.object({ noticeId: z.uuid(), onDay: Day, settlement: Text, agrees: z.boolean() }),
      output: z.object({}),
      refuses: [announcementErrors.not_found, announcementErrors.no_objection],
      async run({ noticeId, onDay, settlement, agrees }, tx) {
        const notice = await store.getNotice(tx, noticeId)
        if (notice.outcome !== 'objected' || notice.settled_on !== null || onDay > (await todayOf(tx)))
          throw announcementErrors.no_objection()
        await store.saveNotice(tx, { ...notice, settled_on: onDay, settlement })
        await answered(tx, notice, agrees ? 'settled' : 'kept', { onDay, settlement })
        if (agrees && notice.edition !== null) await agreeTo(tx, notice.contract_id, notice.edition, 'accepted')
        return {}
      },
    }),
    tenantOperation({
      id: 'announcement.log',
      summary: 'Hands out whom an announcement reached and when, and what each said, as document or table',
      kind: 'download',
      needs: 'ledger:read',
      input: z.object({
        announcementId: z.uuid(),
        format: z.enum(['pdf', 'docx', 'csv']).default('pdf'),
        language: z.enum(['en', 'de']).default('en'),
      }),
      output: z.unknown(),
      refuses: [announcementErrors.not_found, ...Object.values(paperErrors)],
      async run({ announcementId, format, language }, tx) {
        const announcement = await store.getAnnouncement(tx, announcementId)
        const notices = await store.listNotices(tx, announcementId, 20_000)
        const paper = logPaper(announcement, notices, language)
        return await paperDownload({ tx, paper, format, name: 'notices', table: logTable(notices) })
      },
    }),
    tenantOperation({
      id: 'contract.annex',
      summary: 'Hands out the edition that a customer agreed to as the annex of their agreement',
      kind: 'download',
      needs: 'ledger:read',
      input: z.object({
        contractId: z.uuid(),
        preset: z.enum(presetIds).default('dpa-annex'),
        format: z.enum(annexForms).default('pdf'),
        /** Left out: the language of the customer. */
        language: z.enum(['en', 'de']).optional(),
      }),
      output: z.unknown(),
      refuses: [agreementErrors.not_found, agreementErrors.no_edition, editionErrors.not_published, paperErrors.busy],
      async run({ contractId, preset, format, language }, tx) {
        const contract = await getContract(tx, contractId)
        const customer = await getCustomer(tx, contract.customer_id)
        const row = contract.edition === null ? undefined : await findNumber(tx, contract.edition)
        if (!row) throw agreementErrors.no_edition()
        const wish = { preset, form: format, language: language ?? customer.language, audience: 'customers' as const }
        return await annexOf(tx, row, wish, url === undefined ? {} : { url })
      },
    }),
  ]
}

/** A notice that is neither sent nor being sent. @throws {announcement.not_found | announcement.sent_already} */
async function unsent(tx: TenantContext, noticeId: string): Promise<NoticeWith> {
  const notice = await store.getNotice(tx, noticeId)
  if (!['by-hand', 'refused', 'lost'].includes(notice.state)) throw announcementErrors.sent_already()
  return notice
}

async function answered(
  tx: TenantContext,
  { announcement_id: id, contract_id: contract }: NoticeWith,
  code: 'accepted' | 'objected' | 'settled' | 'kept',
  said: object,
): Promise<void> {
  await tx.append({
    type: 'announcement.answered',
    about: { kind: 'announcement', id },
    code,
    content: { content: { contract, ...said } },
  })
}
