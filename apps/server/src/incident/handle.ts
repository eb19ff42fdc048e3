import { z } from 'zod'
import { addDuty, dutyErrors, dutyTerms, findDay } from '../duty/index.ts'
import { tenantOperation } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { attachFiles, fileErrors } from '../file/index.ts'
import { incidentErrors } from './errors.ts'
import { caseRoles } from './incident.ts'
import * as store from './store.ts'
import * as cases from './store-case.ts'
import { begin } from './operations.ts'
import { phrases } from './words.ts'

const Instant = z.iso.datetime()
const Id = { incidentId: z.uuid() }
const mostTasks = 200

/** The work on a case: what happened, what is to be done, by whom, and what follows from it. */
export function handleOperations() {
  return [
    tenantOperation({
      id: 'incident.note',
      summary: 'Writes into the timeline of an incident, with evidence files where there are some',
      needs: 'incident:write',
      changes: true,
      input: z.object({
        ...Id,
        text: z.string().trim().min(1).max(8_000),
        happenedAt: Instant.nullable().default(null),
        fileIds: z.array(z.uuid()).max(20).default([]),
      }),
      output: z.object({}),
      refuses: [incidentErrors.not_found, incidentErrors.bad_time, fileErrors.not_found, fileErrors.too_many],
      async run({ incidentId, text, happenedAt, fileIds }, tx) {
        await store.getIncident(tx, incidentId)
        const happened = happenedAt === null ? tx.now : new Date(happenedAt)
        if (happened > tx.now) throw incidentErrors.bad_time()
        const files = await attachFiles(tx, { kind: 'incident', id: incidentId }, fileIds)
        await store.addEntry(tx, { incidentId, kind: 'note', text, happenedAt: happened })
        await tx.append({
          type: 'incident.changed',
          about: { kind: 'incident', id: incidentId },
          code: 'note',
          content: {
            after: { text, happenedAt: happened.toISOString(), files: files.map(({ sha256 }) => sha256) },
          },
        })
        return {}
      },
    }),
    tenantOperation({
      id: 'incident.add_task',
      summary: 'Adds something to do in an incident',
      needs: 'incident:write',
      changes: true,
      input: z.object({
        ...Id,
        title: z.string().trim().min(3).max(400),
        assignee: z.uuid().nullable().default(null),
        dueAt: Instant.nullable().default(null),
      }),
      output: z.object({ taskId: z.uuid() }),
      refuses: [
        incidentErrors.not_found,
        incidentErrors.closed,
        incidentErrors.person_not_found,
        incidentErrors.too_many,
      ],
      async run({ incidentId, title, assignee, dueAt }, tx) {
        await store.getOpen(tx, incidentId)
        await mustBeMember(tx, assignee)
        if ((await cases.listTasks(tx, incidentId)).length >= mostTasks)
          throw incidentErrors.too_many({ most: mostTasks })
        const id = tx.newId()
        const due = dueAt === null ? null : new Date(dueAt)
        await cases.addTask(tx, incidentId, { id, title, assignee, due_at: due, done_at: null })
        await change(tx, incidentId, 'task', { title, dueAt })
        return { taskId: id }
      },
    }),
    tenantOperation({
      id: 'incident.finish_task',
      summary: 'Says that something in an incident is done',
      needs: 'incident:write',
      changes: true,
      input: z.object({ taskId: z.uuid() }),
      output: z.object({}),
      refuses: [incidentErrors.task_not_found],
      async run({ taskId }, tx) {
        const incidentId = await cases.finishTask(tx, taskId)
        if (incidentId === undefined) throw incidentErrors.task_not_found()
        await store.addEntry(tx, { incidentId, kind: 'task-done' })
        await change(tx, incidentId, 'task-done', { task: taskId })
        return {}
      },
    }),
    tenantOperation({
      id: 'incident.assign',
      summary: 'Says who leads an incident, who stands in, and who does what',
      needs: 'incident:write',
      changes: true,
      input: z.object({ ...Id, role: z.enum(caseRoles), accountId: z.uuid().nullable() }),
      output: z.object({}),
      refuses: [incidentErrors.not_found, incidentErrors.closed, incidentErrors.person_not_found],
      async run({ incidentId, role, accountId }, tx) {
        await store.getOpen(tx, incidentId)
        await mustBeMember(tx, accountId)
        await cases.saveRole(tx, incidentId, role, accountId)
        await store.addEntry(tx, { incidentId, kind: 'assigned' })
        await change(tx, incidentId, 'assigned', { role, isTaken: accountId !== null })
        return {}
      },
    }),
    tenantOperation({
      id: 'incident.learn',
      summary: 'Writes down what changes so that it does not happen again; with a day, as a duty with an owner',
      needs: 'incident:write',
      changes: true,
      input: z.object({
        ...Id,
        text: z.string().trim().min(3).max(200),
        /** The day until which it is done; null: it is done already. */
        dueOn: z.iso.date().nullable().default(null),
        catalogueId: z.string().max(100).nullable().default(null),
      }),
      output: z.object({ dutyId: z.uuid().nullable() }),
      refuses: [incidentErrors.not_found, dutyErrors.measure_unknown],
      async run({ incidentId, text, dueOn, catalogueId }, tx) {
        const { number } = await store.getIncident(tx, incidentId)
        const { words } = phrases[tx.tenant.language]
        const label = words.how
        const dutyId =
          dueOn === null
            ? null
            : await addDuty(
                tx,
                z.object(dutyTerms).parse({
                  title: text,
                  instruction: `${words.record} ${number}`,
                  catalogueId,
                  rhythm: { kind: 'once', on: dueOn },
                  ownerRole: 'owner',
                  form: [{ id: 'result', label, kind: 'text', required: true }],
                }),
              )
        await cases.addLesson(tx, incidentId, { id: tx.newId(), text, duty_id: dutyId })
        await store.addEntry(tx, { incidentId, kind: 'learnt', text })
        await change(tx, incidentId, 'learnt', { text, dueOn, duty: dutyId })
        return { dutyId }
      },
    }),
    tenantOperation({
      id: 'incident.drill',
      summary: 'Begins an exercise: an invented incident with real clocks, of which nobody outside hears',
      needs: 'incident:write',
      changes: true,
      input: z.object({ scenario: z.enum(['laptop', 'mail', 'ransom', 'processor']) }),
      output: z.object({ incidentId: z.uuid(), number: z.int() }),
      run: async ({ scenario }, tx) =>
        await begin(tx, { ...drills[scenario][tx.tenant.language], source: 'drill', source_ref: scenario }),
    }),
  ]
}

/** Invented incidents, as somebody would report them. */
const drills = {
  laptop: {
    en: {
      title: 'Exercise: a laptop is lost',
      description:
        'A laptop was left on a train this morning. Nobody is sure whether its disk was encrypted. It held an export of 1,200 customers with names, addresses and invoices.',
    },
    de: {
      title: 'Übung: Ein Laptop ist verloren',
      description:
        'Heute früh blieb ein Laptop im Zug liegen. Ob die Festplatte verschlüsselt war, weiß niemand sicher. Darauf lag ein Export von 1.200 Kunden mit Namen, Anschriften und Rechnungen.',
    },
  },
  mail: {
    en: {
      title: 'Exercise: a letter to everybody in copy',
      description:
        'A newsletter went out with 430 addresses in copy, so that everybody saw everybody. Two readers have complained. It was about a self-help group.',
    },
    de: {
      title: 'Übung: Eine Rundmail mit allen in Kopie',
      description:
        'Eine Rundmail ging mit 430 Adressen in Kopie hinaus, alle sahen alle. Zwei haben sich beschwert. Es ging um eine Selbsthilfegruppe.',
    },
  },
  ransom: {
    en: {
      title: 'Exercise: files are encrypted and somebody asks for money',
      description:
        'Since six in the morning a file server shows a demand for money. The backup of last night looks whole. Outgoing traffic of the night was three times the usual.',
    },
    de: {
      title: 'Übung: Dateien sind verschlüsselt, und jemand fordert Geld',
      description:
        'Seit sechs Uhr zeigt ein Dateiserver eine Geldforderung. Die Sicherung der letzten Nacht scheint heil. Der ausgehende Verkehr der Nacht war dreimal so hoch wie sonst.',
    },
  },
  processor: {
    en: {
      title: 'Exercise: a processor tells of a breach',
      description:
        'A provider that processes for you writes that a stranger had access to a storage account for five days. Which customers are concerned is not said yet.',
    },
    de: {
      title: 'Übung: Ein Auftragsverarbeiter meldet eine Verletzung',
      description:
        'Ein Anbieter, der für Sie verarbeitet, schreibt, dass jemand Fremdes fünf Tage lang Zugriff auf einen Speicher hatte. Welche Kunden betroffen sind, sagt er noch nicht.',
    },
  },
} as const

async function change(tx: TenantContext, id: string, code: string, after: object): Promise<void> {
  await tx.append({ type: 'incident.changed', about: { kind: 'incident', id }, code, content: { after } })
}

async function mustBeMember(tx: TenantContext, accountId: string | null): Promise<void> {
  if (accountId === null) return
  const { members } = await findDay(tx)
  if (!members.some(({ account_id: id }) => id === accountId)) throw incidentErrors.person_not_found()
}
