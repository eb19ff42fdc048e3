import { z } from 'zod'
import { tenantOperation } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { paperDownload, paperErrors } from '../paper/index.ts'
import { incidentErrors } from './errors.ts'
import { actsAs, isLate } from './incident.ts'
import { look, wakeLater } from './look.ts'
import { controllerLetter, keepNotice, controllerNoticeQueue, notifying } from './notify.ts'
import type { ControllerNoticeJob } from './notify.ts'
import {
  authorityPaper,
  controllerPaper,
  notificationData,
  peoplePaper,
  registerPaper,
  registerTable,
} from './papers.ts'
import * as store from './store.ts'
import type { IncidentRow } from './store.ts'
import { listVersions } from './store-bulletin.ts'
import * as notices from './store-notice.ts'

const Instant = z.iso.datetime()
const Id = { incidentId: z.uuid() }
const language = z.enum(['en', 'de']).default('en')

/** Who is told what: controllers, the authority, the people, and the papers for each. */
export function tellOperations({ mailIsSet }: { readonly mailIsSet: boolean }) {
  return [
    tenantOperation({
      id: 'incident.set_affected',
      summary: 'Says which controllers an incident concerns: each gets a clock by its own contract',
      needs: 'incident:write',
      changes: true,
      input: z.object({ ...Id, controllerIds: z.array(z.uuid()).max(1_000) }),
      output: z.object({}),
      refuses: [incidentErrors.not_found, incidentErrors.closed, incidentErrors.controller_not_found],
      async run({ incidentId, controllerIds }, tx) {
        await store.getOpen(tx, incidentId)
        const known = new Set((await notices.listControllers(tx)).map(({ id }) => id))
        if (controllerIds.some((id) => !known.has(id))) throw incidentErrors.controller_not_found()
        await store.saveAffected(tx, incidentId, controllerIds)
        await store.addEntry(tx, { incidentId, kind: 'affected' })
        await tx.append({
          type: 'incident.changed',
          about: { kind: 'incident', id: incidentId },
          code: 'affected',
          content: { after: { controllers: controllerIds } },
        })
        await wakeLater(tx, incidentId)
        return {}
      },
    }),
    tenantOperation({
      id: 'incident.tell_controllers',
      summary:
        'Tells every affected controller by letter (Art. 33(2) GDPR); without a mail server says who is to be told by hand',
      needs: 'edition:sign',
      changes: true,
      input: z.object({ ...Id, controllerIds: z.array(z.uuid()).min(1).max(1_000).optional() }),
      output: z.object({ sent: z.int(), byHand: z.array(z.object({ controllerId: z.uuid(), name: z.string() })) }),
      refuses: [
        incidentErrors.not_found,
        incidentErrors.closed,
        incidentErrors.not_a_breach,
        incidentErrors.not_your_role,
        incidentErrors.nobody_affected,
        incidentErrors.controller_not_found,
      ],
      async run({ incidentId, controllerIds }, tx) {
        const row = await store.getOpen(tx, incidentId)
        if (row.breach !== true) throw incidentErrors.not_a_breach()
        if (!actsAs(row, 'processor')) throw incidentErrors.not_your_role()
        const chosen = await chosenOf(tx, row, controllerIds)
        if (chosen.length === 0) throw incidentErrors.nobody_affected()
        const isDrill = row.source === 'drill'
        if (!mailIsSet && !isDrill)
          return { sent: 0, byHand: chosen.map(({ id, name }) => ({ controllerId: id, name })) }
        for (const controller of chosen) {
          const given = await notifying(tx, row, controller.language)
          const notice = await keepNotice(tx, row, {
            recipient: 'controller',
            controller_id: controller.id,
            way: isDrill ? 'drill' : 'letter',
            state: isDrill ? 'delivered' : 'queued',
            content: controllerLetter(tx.tenant.name, given, controller),
            told_at: isDrill ? tx.now : null,
          })
          const job: ControllerNoticeJob = { tenantId: tx.tenant.id, noticeId: notice.id }
          if (!isDrill) await tx.enqueue(controllerNoticeQueue, job)
        }
        await tx.append({
          type: 'incident.changed',
          about: { kind: 'incident', id: incidentId },
          code: 'telling',
          content: { after: { controllers: chosen.map(({ id }) => id) } },
        })
        return { sent: chosen.length, byHand: [] }
      },
    }),
    tenantOperation({
      id: 'incident.record_notice',
      summary:
        'Records that somebody was told by hand: the authority, a controller, or the people; in as many phases as there are',
      needs: 'edition:sign',
      changes: true,
      input: z.object({
        ...Id,
        recipient: z.enum(['authority', 'controller', 'people']),
        controllerId: z.uuid().nullable().default(null),
        way: z.enum(['portal', 'mail', 'post', 'phone', 'publication']),
        toldAt: Instant,
        /** The file number of who was told, or what else proves it. */
        reference: z.string().trim().max(400).default(''),
        /** Needed where the authority is told after the 72 hours. */
        delayReason: z.string().trim().max(4_000).default(''),
      }),
      output: z.object({ noticeId: z.uuid() }),
      refuses: [
        incidentErrors.not_found,
        incidentErrors.not_triaged,
        incidentErrors.not_your_role,
        incidentErrors.controller_not_found,
        incidentErrors.bad_time,
        incidentErrors.delay_reason_needed,
      ],
      async run(input, tx) {
        const row = await store.getIncident(tx, input.incidentId)
        if (row.aware_at === null || row.role === null) throw incidentErrors.not_triaged()
        if (!actsAs(row, input.recipient === 'controller' ? 'processor' : 'controller'))
          throw incidentErrors.not_your_role()
        const toldAt = new Date(input.toldAt)
        // A minute for clocks that differ.
        if (toldAt.getTime() > tx.now.getTime() + 60_000 || toldAt < row.aware_at) throw incidentErrors.bad_time()
        const controller = await controllerOf(tx, row, input)
        await needDelayReason(tx, row, input.recipient, toldAt, input.delayReason)
        const given = await notifying(tx, row, row.language, input.delayReason)
        const { id } = await keepNotice(tx, row, {
          recipient: input.recipient,
          controller_id: controller?.id ?? null,
          way: row.source === 'drill' ? 'drill' : input.way,
          content: controller
            ? controllerLetter(tx.tenant.name, given, controller)
            : input.recipient === 'people'
              ? peoplePaper(given)
              : notificationData(given, tx.tenant.name),
          told_at: toldAt,
          reference: input.reference,
          delay_reason: input.delayReason,
        })
        return { noticeId: id }
      },
    }),
    tenantOperation({
      id: 'incident.paper',
      summary: 'Hands out the notification to the authority, the letter to controllers or the letter to the people',
      kind: 'download',
      needs: 'ledger:read',
      input: z.object({
        ...Id,
        of: z.enum(['authority', 'controller', 'people']),
        format: z.enum(['pdf', 'docx', 'json']),
        language,
        delayReason: z.string().trim().max(4_000).optional(),
      }),
      output: z.unknown(),
      refuses: [incidentErrors.not_found, ...Object.values(paperErrors)],
      async run({ incidentId, of, format, language: spoken, delayReason }, tx) {
        const row = await store.getIncident(tx, incidentId)
        const given = await notifying(tx, row, spoken, delayReason)
        const name = `incident-${row.number}-${of}`
        if (of === 'authority')
          return await paperDownload({
            tx,
            paper: authorityPaper(given),
            format,
            name,
            data: notificationData(given, tx.tenant.name),
          })
        const { affected } = { affected: (await look(tx)).affected(row) }
        const paper =
          of === 'people'
            ? peoplePaper(given)
            : controllerPaper({ ...given, controller: affected.map((one) => one.name).join(', ') })
        return await paperDownload({ tx, paper, format, name })
      },
    }),
    tenantOperation({
      id: 'incident.register',
      summary: 'Hands out the register of all breaches, also of those that were not notified (Art. 33(5) GDPR)',
      kind: 'download',
      needs: 'ledger:read',
      input: z.object({ format: z.enum(['pdf', 'docx', 'csv']), language }),
      output: z.unknown(),
      refuses: Object.values(paperErrors),
      async run({ format, language: spoken }, tx) {
        // Exercises are no breaches, and what was decided not to be one stands in its own record.
        const rows = (await store.listIncidents(tx)).filter(
          ({ breach, source }) => breach === true && source !== 'drill',
        )
        const versions = await listVersions(
          tx,
          rows.map(({ id }) => id),
        )
        const table = registerTable(rows.toReversed(), await store.listTold(tx), spoken, versions)
        const paper = registerPaper(table, spoken)
        return await paperDownload({ tx, paper, format, name: 'register-of-breaches', table })
      },
    }),
  ]
}

/** Whom to tell by letter: those chosen, or all who were not told yet and to whom no letter is on its way. */
async function chosenOf(
  tx: TenantContext,
  row: IncidentRow,
  wanted: readonly string[] | undefined,
): Promise<notices.ControllerRow[]> {
  const affected = new Set((await look(tx)).affected(row).map(({ controllerId }) => controllerId))
  if (wanted?.some((id) => !affected.has(id))) throw incidentErrors.controller_not_found()
  const busy = new Set(
    (await notices.listNotices(tx, row.id))
      .filter(({ state }) => wanted === undefined && ['queued', 'sending', 'delivered'].includes(state))
      .map(({ controller_id: id }) => id),
  )
  return (await notices.listControllers(tx)).filter(
    // Who has no mail address is told another way, which is recorded.
    ({ id, contact }) => affected.has(id) && contact !== '' && !busy.has(id) && (wanted?.includes(id) ?? true),
  )
}

async function controllerOf(
  tx: TenantContext,
  row: IncidentRow,
  { recipient, controllerId }: { readonly recipient: string; readonly controllerId: string | null },
): Promise<notices.ControllerRow | undefined> {
  if (recipient !== 'controller') return undefined
  const isAffected = (await look(tx)).affected(row).some((one) => one.controllerId === controllerId)
  const found = (await notices.listControllers(tx)).find(({ id }) => id === controllerId)
  if (!isAffected || !found) throw incidentErrors.controller_not_found()
  return found
}

/** The first notification after the 72 hours says why (Art. 33(1), second sentence). */
async function needDelayReason(
  tx: TenantContext,
  row: IncidentRow,
  recipient: string,
  toldAt: Date,
  reason: string,
): Promise<void> {
  if (recipient !== 'authority' || reason !== '') return
  const looked = await look(tx)
  const isFirst = !looked.told(row).some((one) => one.recipient === 'authority')
  if (isFirst && isLate(looked.clocks(row), toldAt)) throw incidentErrors.delay_reason_needed()
}
