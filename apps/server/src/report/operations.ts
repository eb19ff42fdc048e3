import { z } from 'zod'
import { addDays, dayAt, endOf } from '../calendar/index.ts'
import { findDay } from '../duty/index.ts'
import { tenantOperation } from '../evidence/index.ts'
import type { HistoryDependencies, TenantContext } from '../evidence/index.ts'
import { attachFiles, fileErrors, listFiles } from '../file/index.ts'
import { beginIncident, findIncidentOfReport } from '../incident/index.ts'
import { bug } from '../kernel/index.ts'
import { paperDownload, paperErrors } from '../paper/index.ts'
import type { Tenant } from '../tenant/index.ts'
import { listAdvisoriesOf } from './advisory-store.ts'
import { clocks, craRule } from './cra.ts'
import { scoreOf } from './cvss.ts'
import { reportErrors } from './errors.ts'
import { hashOfText, receive, renewLink } from './intake.ts'
import { Reporting, Text } from './said.ts'
import { listLetters } from './letter-store.ts'
import { noteNews } from './letters.ts'
import { isShownOpen } from './open.ts'
import { reportsPaper } from './papers.ts'
import { isOver, mostMessages, nextStates, states } from './report.ts'
import { currentFigure, measureId, stand } from './stand.ts'
import * as store from './store.ts'
import type { ReportChange, ReportRow } from './store.ts'
import { ReportLine, ReportView, viewLine, viewReport } from './views.ts'

/** What operations on reports need of the rest of the server. */
export interface ReportDependencies extends HistoryDependencies {
  readonly baseUrl: string
  /** The one address at which a tenant's public page really lives. */
  readonly homeOf: (tenant: Tenant) => Promise<string>
}

const Id = { reportId: z.uuid() }
const Day = z.iso.date()
const Instant = z.iso.datetime()
const fileIds = z.array(z.uuid()).max(20).default([])

const Setting = z.object({
  /** Null: once an edition is published, and for the installation itself. */
  isOpen: z.boolean().nullable(),
  acknowledgeDays: z.int().min(1).max(30),
  discloseDays: z.int().min(1).max(365),
  policy: z.string().trim().max(5_000),
  cra: z.enum(['applies', 'applies-not', 'undecided']),
  craReason: z.string().trim().max(1_000),
})

/** What can be done with reports of vulnerabilities. */
export function reportOperations({ accountsById, baseUrl, homeOf }: ReportDependencies) {
  const linkOf = (tx: TenantContext, token: string) => `${baseUrl}/trust/${tx.tenant.slug}/report/${token}`
  return [
    tenantOperation({
      id: 'report.list',
      summary: 'Lists reports of vulnerabilities, how often they were acknowledged in time, and what is promised',
      needs: 'ledger:read',
      input: z.object({
        /** Only those with something left to do, or only those that are over. */
        of: z.enum(['open', 'over']).optional(),
      }),
      output: z.object({
        reports: z.array(ReportLine),
        counts: z.object({ open: z.int(), over: z.int(), late: z.int() }),
        figure: z.object({ onTime: z.int(), counted: z.int() }),
        setting: Setting.extend({ setAt: Instant.nullable() }),
        /** Whether strangers can report on the public page now, and where. */
        isOpenNow: z.boolean(),
        formUrl: z.string(),
        rule: z.object({ from: Day, source: z.string(), url: z.string(), readOn: Day }),
        people: z.array(z.object({ accountId: z.uuid(), name: z.string() })),
      }),
      async run({ of }, tx) {
        const rows = await store.listReports(tx)
        const day = await findDay(tx)
        const members = await store.listMembers(tx)
        const ids = [...members.map((one) => one.account_id), ...rows.flatMap((row) => row.owner_account ?? [])]
        const names = await accountsById([...new Set(ids)])
        const at = { now: tx.now, ...day }
        const setting = await store.findSetting(tx)
        const { onTime, counted } = await currentFigure(tx)
        const wanted = rows.filter(({ state }) => of === undefined || isOver(state) === (of === 'over'))
        const over = rows.filter(({ state }) => isOver(state)).length
        const lines = rows.map((row) => viewLine(row, names, at))
        return {
          reports: wanted.map((row) => viewLine(row, names, at)),
          counts: { open: rows.length - over, over, late: lines.filter(({ isLate }) => isLate).length },
          figure: { onTime, counted },
          setting: viewSetting(setting),
          isOpenNow: await isShownOpen(tx),
          formUrl: `${await homeOf(tx.tenant)}/report`,
          rule: { from: craRule.from, source: craRule.source, url: craRule.url, readOn: craRule.readOn },
          people: members
            .filter(({ role }) => role !== 'dpo')
            .map(({ account_id: accountId }) => ({ accountId, name: names.get(accountId)?.name ?? '–' })),
        }
      },
    }),
    tenantOperation({
      id: 'report.show',
      summary: 'Shows a report with everything that was said about it, its files and its deadlines',
      needs: 'ledger:read',
      input: z.object(Id),
      output: ReportView,
      refuses: [reportErrors.not_found],
      async run({ reportId }, tx) {
        const row = await store.getReport(tx, reportId)
        const messages = await store.listMessages(tx, reportId)
        const people = [row.owner_account, ...messages.map(({ account_id: id }) => id)]
        const names = await accountsById([...new Set(people.flatMap((id) => id ?? []))])
        const original = row.duplicate_of === null ? null : await store.getReport(tx, row.duplicate_of)
        const { permissions } = tx.caller
        return viewReport(
          row,
          {
            messages,
            files: (await listFiles(tx, 'report', [reportId])).get(reportId) ?? [],
            letters: await listLetters(tx, reportId),
            original,
            advisories: await listAdvisoriesOf(tx, reportId),
            incident: await findIncidentOfReport(tx, row.number),
            seesReporter: permissions.includes('access:read') || permissions.includes('edition:sign'),
          },
          names,
          { now: tx.now, ...(await findDay(tx)) },
        )
      },
    }),
    tenantOperation({
      id: 'report.set_up',
      summary:
        'Says what is promised to whoever reports, and whether the Cyber Resilience Act applies; the caller answers for it',
      needs: 'edition:sign',
      changes: true,
      input: Setting,
      output: z.object({}),
      async run(given, tx) {
        const { timeZone, today } = await findDay(tx)
        const before = viewSetting(await store.findSetting(tx))
        const { 'sign-off': commitment } = await tx.append({
          type: 'signoff.given',
          about: { kind: 'tenant', id: tx.tenant.id },
          content: {
            'sign-off': {
              format: 'art32.sign-off/1',
              measure: measureId,
              at: tx.now.toISOString(),
              freshUntil: endOf(addDays(today, 366), timeZone).toISOString(),
              evidence: [],
            },
            before,
            after: given,
          },
        })
        if (!commitment) throw bug('a sign-off was appended without its commitment')
        await store.saveSetting(tx, {
          is_open: given.isOpen,
          acknowledge_days: given.acknowledgeDays,
          disclose_days: given.discloseDays,
          policy: given.policy,
          cra: given.cra,
          cra_reason: given.craReason,
          set_at: tx.now,
          role: tx.caller.role,
          commitment,
        })
        await stand(tx)
        return {}
      },
    }),
    tenantOperation({
      id: 'report.add',
      summary: 'Writes down a report that came by another way, such as a letter or a call',
      needs: 'register:write',
      changes: true,
      input: Reporting.extend({ language: z.enum(['en', 'de']), receivedAt: Instant.optional() }),
      output: z.object({ reportId: z.uuid(), number: z.int(), link: z.string() }),
      refuses: [reportErrors.bad_moment],
      async run({ language, receivedAt, ...said }, tx) {
        const at = receivedAt === undefined ? tx.now : new Date(receivedAt)
        if (at > tx.now) throw reportErrors.bad_moment()
        const received = await receive(tx, { said, language, source: 'workplace', receivedAt: at })
        if (!received) throw bug('a report of the workplace was not taken')
        const { reportId, number, token } = received
        return { reportId, number, link: linkOf(tx, token) }
      },
    }),
    tenantOperation({
      id: 'report.link',
      summary: 'Makes a new secret link for whoever reported; the one before ends',
      needs: 'register:write',
      changes: true,
      input: z.object(Id),
      output: z.object({ link: z.string() }),
      refuses: [reportErrors.not_found],
      async run({ reportId }, tx) {
        const row = await store.getReport(tx, reportId, true)
        const token = await renewLink(tx, row.id)
        await changed(tx, row, 'link-renewed', {})
        return { link: linkOf(tx, token) }
      },
    }),
    tenantOperation({
      id: 'report.move',
      summary: 'Takes a report to its next state; whoever reported reads the sentence that goes with it',
      needs: 'register:write',
      changes: true,
      input: z.object({
        ...Id,
        to: z.enum(states),
        /** For whoever reported; needed where it is no vulnerability, or a known one. */
        answer: z.string().trim().max(5_000).default(''),
        duplicateOf: z.uuid().optional(),
      }),
      output: z.object({}),
      refuses: [
        reportErrors.not_found,
        reportErrors.illegal_step,
        reportErrors.needs_answer,
        reportErrors.needs_original,
        reportErrors.too_many_messages,
      ],
      async run({ reportId, to, answer, duplicateOf }, tx) {
        const row = await store.getReport(tx, reportId, true)
        if (!nextStates(row.state).includes(to)) throw reportErrors.illegal_step({ from: row.state, to })
        if ((to === 'not-a-vulnerability' || to === 'duplicate') && answer === '') throw reportErrors.needs_answer()
        if (to === 'duplicate' && (duplicateOf === undefined || duplicateOf === reportId))
          throw reportErrors.needs_original()
        const original = to === 'duplicate' && duplicateOf ? await store.getReport(tx, duplicateOf) : null
        await store.changeReport(tx, reportId, {
          state: to,
          acknowledged_at: row.acknowledged_at ?? tx.now,
          mended_at: to === 'mended' ? tx.now : to === 'confirmed' ? null : row.mended_at,
          closed_at: isOver(to) ? tx.now : null,
          duplicate_of: original?.id ?? null,
          ...(await firstDate(tx, row, to)),
          // A remedy that is there is what the last report of the Cyber Resilience Act counts from.
          ...(to === 'mended' && row.clock !== null && row.remedy_at === null ? { remedy_at: tx.now } : {}),
        })
        if (answer !== '') await say(tx, row, 'answer', answer)
        else await noteNews(tx, reportId, 'state')
        await tx.append({
          type: isOver(to) ? 'report.closed' : 'report.changed',
          about: { kind: 'report', id: reportId },
          code: to,
          content: {
            before: { state: row.state },
            after: { state: to, ...(original ? { original: original.id } : {}) },
          },
        })
        await stand(tx)
        return {}
      },
    }),
    tenantOperation({
      id: 'report.assess',
      summary: 'Says how bad a weakness is by its CVSS 4.0 vector, and names its CVE',
      needs: 'register:write',
      changes: true,
      input: z.object({
        ...Id,
        /** Null: not assessed. */
        vector: z.string().trim().max(300).nullable(),
        cve: z
          .string()
          .regex(/^CVE-\d{4}-\d{4,19}$/)
          .nullable(),
      }),
      output: z.object({ score: z.number().nullable(), severity: z.string().nullable() }),
      refuses: [reportErrors.not_found, reportErrors.bad_vector],
      async run({ reportId, vector, cve }, tx) {
        const row = await store.getReport(tx, reportId, true)
        const scored = vector === null ? null : scoreOf(vector)
        if (vector !== null && !scored) throw reportErrors.bad_vector()
        await store.changeReport(tx, reportId, { vector, score: scored?.score ?? null, cve })
        await changed(tx, row, 'assessed', { vector, score: scored?.score ?? null, cve })
        return { score: scored?.score ?? null, severity: scored?.severity ?? null }
      },
    }),
    tenantOperation({
      id: 'report.assign',
      summary: 'Says who looks after a report, and on which day it is made public',
      needs: 'register:write',
      changes: true,
      input: z.object({ ...Id, ownerAccount: z.uuid().nullable(), discloseOn: Day.nullable() }),
      output: z.object({}),
      refuses: [reportErrors.not_found, reportErrors.person_not_found],
      async run({ reportId, ownerAccount, discloseOn }, tx) {
        const row = await store.getReport(tx, reportId, true)
        if (ownerAccount !== null && !(await store.isMember(tx, ownerAccount))) throw reportErrors.person_not_found()
        const isMoved = discloseOn !== row.disclose_on
        await store.changeReport(tx, reportId, {
          owner_account: ownerAccount,
          disclose_on: discloseOn,
          // Another day is told of anew.
          ...(isMoved ? { told: row.told.filter((one) => !one.startsWith('disclose')) } : {}),
        })
        await changed(tx, row, isMoved ? 'scheduled' : 'assigned', { discloseOn, isAssigned: ownerAccount !== null })
        return {}
      },
    }),
    tenantOperation({
      id: 'report.say',
      summary: 'Writes to whoever reported, or a note that only people here read',
      needs: 'register:write',
      changes: true,
      input: z.object({ ...Id, kind: z.enum(['answer', 'note']), text: Text(10_000), fileIds }),
      output: z.object({}),
      refuses: [reportErrors.not_found, reportErrors.too_many_messages, ...Object.values(fileErrors)],
      async run({ reportId, kind, text, fileIds: files }, tx) {
        const row = await store.getReport(tx, reportId, true)
        await say(tx, row, kind, text)
        await attachFiles(tx, { kind: 'report', id: reportId }, files)
        await tx.append({
          type: 'report.answered',
          about: { kind: 'report', id: reportId },
          code: kind,
          content: { content: { text: hashOfText(text) } },
        })
        return {}
      },
    }),
    tenantOperation({
      id: 'report.start_clock',
      summary:
        'Starts the reporting clock of the Cyber Resilience Act for a weakness that is exploited, or a severe incident',
      needs: 'register:write',
      changes: true,
      input: z.object({ ...Id, about: z.enum(clocks), awareAt: Instant }),
      output: z.object({}),
      refuses: [reportErrors.not_found, reportErrors.bad_moment],
      async run({ reportId, about, awareAt }, tx) {
        const row = await store.getReport(tx, reportId, true)
        const aware = new Date(awareAt)
        if (aware > tx.now) throw reportErrors.bad_moment()
        const told = row.told.filter((one) => !one.startsWith('cra'))
        await store.changeReport(tx, reportId, { clock: about, aware_at: aware, told })
        await changed(tx, row, 'clock-started', { clock: about, awareAt, rule: craRule.id })
        return {}
      },
    }),
    tenantOperation({
      id: 'report.take_incident',
      summary: 'Makes an incident of a weakness that is exploited, or opens the one that was made of it',
      needs: 'incident:write',
      changes: true,
      input: z.object(Id),
      output: z.object({ incidentId: z.uuid(), number: z.int() }),
      refuses: [reportErrors.not_found, reportErrors.no_clock],
      async run({ reportId }, tx) {
        const row = await store.getReport(tx, reportId, true)
        if (row.clock === null) throw reportErrors.no_clock()
        const made = await findIncidentOfReport(tx, row.number)
        if (made) return { incidentId: made.id, number: made.number }
        // Texts of strangers are longer than those of a case; the whole stands in the report.
        const description = [row.product, row.description].filter((one) => one !== '').join('\n\n')
        return await beginIncident(tx, {
          title: row.title,
          description: description.slice(0, 8_000).toWellFormed(),
          source: 'report',
          source_ref: String(row.number),
        })
      },
    }),
    tenantOperation({
      id: 'report.note_sent',
      summary:
        'Notes when a warning, a notification or the final report went to the authority, or since when a remedy is there',
      needs: 'register:write',
      changes: true,
      input: z.object({
        ...Id,
        what: z.enum(['warning', 'notification', 'final', 'remedy']),
        at: Instant,
        /** The number or receipt of the authority. */
        reference: z.string().trim().max(300).default(''),
        fileIds,
      }),
      output: z.object({}),
      refuses: [
        reportErrors.not_found,
        reportErrors.no_clock,
        reportErrors.bad_moment,
        reportErrors.too_many_messages,
        ...Object.values(fileErrors),
      ],
      async run({ reportId, what, at, reference, fileIds: files }, tx) {
        const row = await store.getReport(tx, reportId, true)
        if (row.clock === null || row.aware_at === null) throw reportErrors.no_clock()
        const moment = new Date(at)
        if (moment > tx.now || moment < row.aware_at) throw reportErrors.bad_moment()
        await store.changeReport(tx, reportId, { [fieldOf[what]]: moment } satisfies ReportChange)
        if (reference !== '') await say(tx, row, 'note', reference)
        const attached = await attachFiles(tx, { kind: 'report', id: reportId }, files)
        await changed(tx, row, `sent-${what}`, { at, reference, files: attached.map(({ sha256 }) => sha256) })
        return {}
      },
    }),
    tenantOperation({
      id: 'report.export',
      summary: 'Hands out the register of reports as table or document, without who reported',
      kind: 'download',
      needs: 'ledger:read',
      input: z.object({
        format: z.enum(['csv', 'pdf', 'docx', 'json']).default('csv'),
        language: z.enum(['en', 'de']).default('en'),
      }),
      output: z.unknown(),
      refuses: Object.values(paperErrors),
      async run({ format, language }, tx) {
        const rows = await store.listReports(tx)
        const paper = reportsPaper(rows, await currentFigure(tx), { now: tx.now, ...(await findDay(tx)) }, language)
        return await paperDownload({ tx, paper, format, name: 'vulnerability-reports' })
      },
    }),
  ]
}

const fieldOf = {
  warning: 'warned_at',
  notification: 'notified_at',
  final: 'final_at',
  remedy: 'remedy_at',
} as const

/** Confirmed, and nobody has said when it is made public: the promised number of days after it was received. */
async function firstDate(tx: TenantContext, row: ReportRow, to: string): Promise<ReportChange> {
  if (to !== 'confirmed' || row.disclose_on !== null) return {}
  const { disclose_days: days } = await store.findSetting(tx)
  const { timeZone } = await findDay(tx)
  return { disclose_on: addDays(dayAt(row.received_at, timeZone), days) }
}

async function say(tx: TenantContext, row: ReportRow, kind: 'answer' | 'note', text: string): Promise<void> {
  if ((await store.listMessages(tx, row.id)).length >= mostMessages)
    throw reportErrors.too_many_messages({ most: mostMessages })
  const { accountId } = tx.caller
  await store.addMessage(tx, { id: tx.newId(), report_id: row.id, kind, account_id: accountId, text, at: tx.now })
  if (kind === 'answer') await noteNews(tx, row.id, 'answer')
}

async function changed(tx: TenantContext, row: ReportRow, code: string, after: object): Promise<void> {
  await tx.append({ type: 'report.changed', about: { kind: 'report', id: row.id }, code, content: { after } })
}

function viewSetting(row: store.SettingRow): z.input<typeof Setting> & { setAt: string | null } {
  return {
    isOpen: row.is_open,
    acknowledgeDays: row.acknowledge_days,
    discloseDays: row.disclose_days,
    policy: row.policy,
    cra: row.cra,
    craReason: row.cra_reason,
    setAt: row.set_at?.toISOString() ?? null,
  }
}
