import { z } from 'zod'
import { findDay } from '../duty/index.ts'
import { tenantOperation } from '../evidence/index.ts'
import type { HistoryDependencies, TenantContext } from '../evidence/index.ts'
import { FileShown, listFiles } from '../file/index.ts'
import { findFinding, findingErrors } from '../finding/index.ts'
import { findAuthority } from './authority.ts'
import { incidentErrors } from './errors.ts'
import { Facts } from './facts.ts'
import { incidentRoles, severities, states } from './incident.ts'
import { titleOf } from './intake.ts'
import { look, wakeLater } from './look.ts'
import * as store from './store.ts'
import * as cases from './store-case.ts'
import { listNotices } from './store-notice.ts'
import { CaseView, EntryView, IncidentView, iso, NoticeView, RoleView, viewCase, viewIncident } from './views.ts'

const Instant = z.iso.datetime()
const Id = { incidentId: z.uuid() }
const text = (most: number) => z.string().trim().min(3).max(most)

/** Reporting, reading and describing incidents. */
export function caseOperations({ accountsById }: HistoryDependencies) {
  return [
    tenantOperation({
      id: 'incident.list',
      summary: 'Lists the incidents with their clocks and what is to be done next',
      needs: 'ledger:read',
      input: z.object({ state: z.enum(states).optional() }),
      output: z.object({
        timeZone: z.string(),
        now: Instant,
        counts: z.object({ reported: z.int(), open: z.int(), closed: z.int() }),
        incidents: z.array(IncidentView),
      }),
      async run({ state }, tx) {
        const rows = await store.listIncidents(tx)
        const looked = await look(tx)
        const count = (of: (typeof states)[number]) => rows.filter((row) => row.state === of).length
        return {
          timeZone: looked.timeZone,
          now: tx.now.toISOString(),
          counts: { reported: count('reported'), open: count('open'), closed: count('closed') },
          incidents: rows
            .filter((row) => (state === undefined ? row.state !== 'closed' : row.state === state))
            .map((row) => viewIncident(row, looked)),
        }
      },
    }),
    tenantOperation({
      id: 'incident.show',
      summary: 'Shows an incident with everything that was recorded in it',
      needs: 'ledger:read',
      input: z.object(Id),
      output: z.object({
        timeZone: z.string(),
        now: Instant,
        incident: CaseView,
        affected: z.array(z.object({ controllerId: z.uuid(), name: z.string(), hours: z.int().nullable() })),
        notices: z.array(NoticeView),
        entries: z.array(EntryView),
        tasks: z.array(
          z.object({
            taskId: z.uuid(),
            title: z.string(),
            assignee: z.string().nullable(),
            dueAt: Instant.nullable(),
            doneAt: Instant.nullable(),
          }),
        ),
        roles: z.array(RoleView),
        lessons: z.array(z.object({ text: z.string(), dutyId: z.uuid().nullable() })),
        links: z.array(
          z.object({
            linkId: z.uuid(),
            label: z.string(),
            madeAt: Instant,
            endsAt: Instant,
            endedAt: Instant.nullable(),
            uses: z.int(),
          }),
        ),
        files: z.array(FileShown),
        people: z.array(z.object({ accountId: z.uuid(), name: z.string() })),
      }),
      refuses: [incidentErrors.not_found],
      run: async ({ incidentId }, tx) => await show(tx, incidentId, accountsById),
    }),
    tenantOperation({
      id: 'incident.report',
      summary: 'Reports that something happened: for everybody who works here',
      needs: 'register:read',
      changes: true,
      input: z.object({
        title: text(200),
        description: z.string().trim().max(8_000).default(''),
        /** `processor`: somebody who processes for the tenant has told it. */
        source: z.enum(['person', 'processor']).default('person'),
        sourceRef: z.string().trim().max(200).nullable().default(null),
      }),
      output: z.object({ incidentId: z.uuid(), number: z.int() }),
      async run({ title, description, source, sourceRef }, tx) {
        return await begin(tx, { title, description, source, source_ref: sourceRef })
      },
    }),
    tenantOperation({
      id: 'incident.take_finding',
      summary: 'Makes an incident of a finding of the monitoring',
      needs: 'incident:write',
      changes: true,
      input: z.object({ key: z.string().min(1).max(200) }),
      output: z.object({ incidentId: z.uuid(), number: z.int() }),
      refuses: [findingErrors.not_found],
      async run({ key }, tx) {
        const finding = await findFinding(tx, key)
        const said = finding.say[tx.tenant.language]
        const subject = finding.subject === '' ? '' : `\n\n${finding.subject}`
        return await begin(tx, {
          title: titleOf(said),
          description: `${said}${subject}`,
          source: 'finding',
          source_ref: finding.key,
        })
      },
    }),
    tenantOperation({
      id: 'incident.triage',
      summary: 'Says how severe an incident is, in which role, since when it is known, and whose authority it is for',
      needs: 'incident:write',
      changes: true,
      input: z.object({
        ...Id,
        title: text(200),
        severity: z.enum(severities),
        role: z.enum(incidentRoles),
        /** When it became known with reasonable certainty; null: it has not yet. */
        awareAt: Instant.nullable(),
        /** Of the directory; null: the one of the settings. */
        authority: z.string().max(20).nullable().default(null),
        /** Why it is another moment than before. */
        reason: z.string().trim().max(1_000).default(''),
      }),
      output: z.object({}),
      refuses: [
        incidentErrors.not_found,
        incidentErrors.closed,
        incidentErrors.bad_time,
        incidentErrors.authority_unknown,
      ],
      async run({ incidentId, title, severity, role, awareAt, authority, reason }, tx) {
        const row = await store.getOpen(tx, incidentId)
        const aware = awareAt === null ? null : new Date(awareAt)
        if (aware !== null && aware > tx.now) throw incidentErrors.bad_time()
        const chosen = authority ?? row.authority ?? (await store.findSetting(tx)).authority
        if (chosen !== null && !findAuthority(chosen)) throw incidentErrors.authority_unknown()
        await store.changeIncident(tx, incidentId, {
          title,
          severity,
          role,
          aware_at: aware,
          authority: chosen,
          state: 'open',
          triaged_at: row.triaged_at ?? tx.now,
        })
        await store.addEntry(tx, { incidentId, kind: 'triaged', text: reason })
        const terms = (of: Pick<store.IncidentRow, 'severity' | 'role' | 'aware_at' | 'authority'>) => ({
          severity: of.severity,
          role: of.role,
          awareAt: iso(of.aware_at),
          authority: of.authority,
        })
        await tx.append({
          type: 'incident.changed',
          about: { kind: 'incident', id: incidentId },
          code: 'triaged',
          content: {
            before: terms(row),
            after: terms({ severity, role, aware_at: aware, authority: chosen }),
            ...(reason === '' ? {} : { reason: { reason } }),
          },
        })
        await wakeLater(tx, incidentId)
        return {}
      },
    }),
    tenantOperation({
      id: 'incident.describe',
      summary: 'Writes down what is known, as a notification has to say it (Art. 33(3) GDPR)',
      needs: 'incident:write',
      changes: true,
      input: z.object({ ...Id, facts: Facts.strict() }),
      output: z.object({}),
      refuses: [incidentErrors.not_found, incidentErrors.closed, incidentErrors.bad_time],
      async run({ incidentId, facts }, tx) {
        const row = await store.getOpen(tx, incidentId)
        const after = { ...row.facts, ...facts }
        if (after.from && (new Date(after.from) > tx.now || (after.until && after.until < after.from)))
          throw incidentErrors.bad_time()
        await store.changeIncident(tx, incidentId, { facts: after })
        await store.addEntry(tx, { incidentId, kind: 'described' })
        await tx.append({
          type: 'incident.changed',
          about: { kind: 'incident', id: incidentId },
          code: 'described',
          content: { before: row.facts, after },
        })
        return {}
      },
    }),
  ]
}

/** Begins a case, and says so in the ledger. */
export async function begin(
  tx: TenantContext,
  begun: Omit<store.Begun, 'language' | 'reporter'>,
): Promise<{ incidentId: string; number: number }> {
  const { id, number } = await store.addIncident(tx, { ...begun, language: tx.tenant.language, reporter: null })
  await store.addEntry(tx, { incidentId: id, kind: 'reported' })
  await tx.append({
    type: 'incident.opened',
    about: { kind: 'incident', id },
    code: begun.source,
    content: { after: { number, title: begun.title } },
  })
  return { incidentId: id, number }
}

async function show(tx: TenantContext, id: string, accountsById: HistoryDependencies['accountsById']) {
  const row = await store.getIncident(tx, id)
  const looked = await look(tx)
  const { members } = await findDay(tx)
  const entries = await store.listEntries(tx, id)
  const tasks = await cases.listTasks(tx, id)
  const roles = await cases.listRoles(tx, id)
  const mentioned = [
    row.reported_by,
    ...entries.map(({ account_id: one }) => one),
    ...tasks.map(({ assignee }) => assignee),
    ...roles.map(({ account_id: one }) => one),
    ...members.map(({ account_id: one }) => one),
  ].flatMap((one) => one ?? [])
  const names = await accountsById([...new Set(mentioned)])
  const nameOf = (account: string | null) => (account === null ? null : (names.get(account)?.name ?? null))
  const affected = looked.affected(row)
  const controllers = new Map(affected.map(({ controllerId, name }) => [controllerId, name]))
  const files = await listFiles(tx, 'incident', [id])
  return {
    timeZone: looked.timeZone,
    now: tx.now.toISOString(),
    incident: viewCase(row, looked, nameOf(row.reported_by)),
    affected: affected.map(({ controllerId, name, hours }) => ({ controllerId, name, hours })),
    notices: (await listNotices(tx, id)).map((notice) => ({
      noticeId: notice.id,
      recipient: notice.recipient,
      name: notice.controller_id === null ? null : (controllers.get(notice.controller_id) ?? null),
      phase: notice.phase,
      way: notice.way,
      state: notice.state,
      reference: notice.reference,
      delayReason: notice.delay_reason,
      madeAt: notice.made_at.toISOString(),
      toldAt: iso(notice.told_at),
      sha256: notice.sha256.toString('hex'),
    })),
    entries: entries.map((entry) => ({
      kind: entry.kind,
      text: entry.text,
      happenedAt: entry.happened_at.toISOString(),
      at: entry.at.toISOString(),
      by: nameOf(entry.account_id),
    })),
    tasks: tasks.map((task) => ({
      taskId: task.id,
      title: task.title,
      assignee: nameOf(task.assignee),
      dueAt: iso(task.due_at),
      doneAt: iso(task.done_at),
    })),
    roles: roles.map(({ role, account_id: accountId }) => ({ role, accountId, name: nameOf(accountId) ?? '–' })),
    lessons: (await cases.listLessons(tx, id)).map((one) => ({ text: one.text, dutyId: one.duty_id })),
    links: (await cases.listLinks(tx, id)).map((link) => ({
      linkId: link.id,
      label: link.label,
      madeAt: link.made_at.toISOString(),
      endsAt: link.ends_at.toISOString(),
      endedAt: iso(link.ended_at),
      uses: link.uses,
    })),
    files: files.get(id) ?? [],
    people: members.map(({ account_id: accountId }) => ({ accountId, name: nameOf(accountId) ?? '–' })),
  }
}
