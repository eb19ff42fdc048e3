import { z } from 'zod'
import { findMeasure } from '@art32/catalogue'
import { tenantOperation } from '../evidence/index.ts'
import type { HistoryDependencies, TenantContext } from '../evidence/index.ts'
import { fileErrors, listFiles } from '../file/index.ts'
import { attendDuty, attest, findDay } from './attend.ts'
import { addDays, addTo, findTimeZone, isTimeZone, saveTimeZone } from '../calendar/index.ts'
import { states } from './duty.ts'
import { dutyErrors } from './errors.ts'
import { Field, Filled } from './form.ts'
import * as lists from './list-store.ts'
import { look, mineOf, viewDuty, viewOccurrences } from './look.ts'
import { propose, rhythmFrom } from './propose.ts'
import { confirmSignOff, signOff, withdraw } from './sign.ts'
import * as store from './store.ts'
import type { DutyRow } from './store.ts'
import { templates } from './templates.ts'
import { DutyView, given, OccurrenceView, RhythmInput, SignOffView } from './views.ts'

const Day = z.iso.date()
const pageSize = 100
const Reason = z.string().trim().min(3).max(1_000)

/** What can be done with duties. */
export function dutyOperations({ accountsById }: HistoryDependencies) {
  return [
    tenantOperation({
      id: 'duty.list',
      summary: 'Lists the duties with their owners, and how often each was performed on time',
      needs: 'register:read',
      input: z.object({
        /** What the title holds. */
        find: z.string().trim().max(200).default(''),
        page: z.coerce.number().int().min(0).max(10_000).default(0),
      }),
      output: z.object({
        timeZone: z.string(),
        today: Day,
        found: z.int(),
        page: z.int(),
        pages: z.int(),
        duties: z.array(DutyView),
        /** Who can own one or stand in. */
        people: z.array(z.object({ accountId: z.uuid(), name: z.string(), role: z.string() })),
      }),
      async run({ find, page }, tx) {
        const { ids, found } = await lists.listDutyIds(tx, { find, limit: pageSize, offset: page * pageSize })
        const looked = await look(tx, ids, accountsById)
        const order = new Map(ids.map((id, index) => [id, index]))
        const members = looked.day.members.filter(({ role }) => role !== 'dpo')
        const names = await accountsById(members.map(({ account_id: id }) => id))
        return {
          timeZone: looked.day.timeZone,
          today: looked.day.today,
          found,
          page,
          pages: Math.max(1, Math.ceil(found / pageSize)),
          duties: looked.duties
            .toSorted((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0))
            .map((duty) => viewDuty(looked, duty)),
          people: members.map(({ account_id: id, role }) => ({
            accountId: id,
            name: names.get(id)?.name ?? '–',
            role,
          })),
        }
      },
    }),
    tenantOperation({
      id: 'duty.calendar',
      summary: 'Lists due days, the oldest first: those of one state, or those that the caller can act on',
      needs: 'register:read',
      input: z.object({
        state: z.enum([...states, 'open']).optional(),
        /** Only what the caller can sign off or confirm now. */
        mine: z.stringbool().optional(),
        page: z.coerce.number().int().min(0).max(10_000).default(0),
      }),
      output: z.object({
        counts: z.object({ open: z.int(), overdue: z.int(), missed: z.int(), done: z.int(), mine: z.int() }),
        found: z.int(),
        page: z.int(),
        pages: z.int(),
        occurrences: z.array(OccurrenceView.extend({ instruction: z.string(), form: z.array(Field) })),
      }),
      async run({ state = null, mine = false, page }, tx) {
        const day = await findDay(tx)
        const { today } = day
        const own = await mineOf(tx, day)
        const nothing = mine && own === null
        const wanted = { today, state, mine: mine ? own : null }
        const counts = {
          ...(await lists.countStates(tx, today)),
          mine: own === null ? 0 : await lists.countDue(tx, { today, state: null, mine: own }),
        }
        const found = nothing ? 0 : (counted(counts, state, mine) ?? (await lists.countDue(tx, wanted)))
        const pages = Math.max(1, Math.ceil(found / pageSize))
        const shown = Math.min(page, pages - 1)
        const cut = { limit: pageSize, offset: shown * pageSize }
        const rows = nothing ? [] : await lists.listDue(tx, wanted, cut)
        const all = await store.listDuties(tx, [...new Set(rows.map(({ duty_id: id }) => id))])
        const duties = new Map(all.map((duty) => [duty.id, duty]))
        return {
          counts,
          found,
          page: shown,
          pages,
          occurrences: (await viewOccurrences(tx, day, duties, rows)).map((one) => {
            const duty = duties.get(one.dutyId)
            return { ...one, instruction: duty?.instruction ?? '', form: [...(duty?.form ?? [])] }
          }),
        }
      },
    }),
    tenantOperation({
      id: 'duty.show',
      summary: 'Shows a duty with all its due days and every record of a sign-off',
      needs: 'register:read',
      input: z.object({ dutyId: z.uuid() }),
      output: z.object({
        duty: DutyView,
        occurrences: z.array(OccurrenceView),
        signOffs: z.array(SignOffView),
      }),
      refuses: [dutyErrors.not_found],
      async run({ dutyId }, tx) {
        const looked = await look(tx, [dutyId], accountsById)
        const [duty] = looked.duties
        if (!duty) throw dutyErrors.not_found()
        const rows = (await store.listOccurrences(tx, dutyId)).toReversed()
        const records = await store.listSignOffs(tx, dutyId)
        const files = await listFiles(
          tx,
          'sign-off',
          records.map(({ id }) => id),
        )
        const names = await accountsById([...new Set(records.flatMap(({ account_id: id }) => id ?? []))])
        return {
          duty: viewDuty(looked, duty),
          occurrences: await viewOccurrences(tx, looked.day, new Map([[dutyId, duty]]), rows),
          signOffs: records.map((row) => ({
            signOffId: row.id,
            occurrenceId: row.occurrence_id,
            kind: row.kind,
            ofId: row.of_id,
            by: row.account_id === null ? null : (names.get(row.account_id)?.name ?? null),
            role: row.role,
            effectiveOn: row.effective_on,
            at: row.at.toISOString(),
            form: Filled.parse(row.form),
            files: files.get(row.id) ?? [],
            reason: row.reason,
            isOwn: row.account_id !== null && row.account_id === tx.caller.accountId,
          })),
        }
      },
    }),
    tenantOperation({
      id: 'duty.add',
      summary: 'Adds a duty: what is to be done, how often, by whom, and what is written down',
      needs: 'register:write',
      changes: true,
      input: z.object(given),
      output: z.object({ dutyId: z.uuid() }),
      refuses: [dutyErrors.person_not_found, dutyErrors.one_owner, dutyErrors.measure_unknown],
      async run(input, tx) {
        return { dutyId: await addDuty(tx, input) }
      },
    }),
    tenantOperation({
      id: 'duty.change',
      summary: 'Changes a duty; due days that there are already stay as they are',
      needs: 'register:write',
      changes: true,
      input: z.object({ dutyId: z.uuid(), ...given }),
      output: z.object({}),
      refuses: [
        dutyErrors.not_found,
        dutyErrors.retired,
        dutyErrors.person_not_found,
        dutyErrors.one_owner,
        dutyErrors.measure_unknown,
      ],
      async run({ dutyId, ...input }, tx) {
        const before = await getDuty(tx, dutyId)
        const row = await rowOf(tx, { id: dutyId, startsOn: (await findDay(tx)).today }, input)
        await store.saveDuty(tx, row)
        await tx.append({
          type: 'duty.changed',
          about: { kind: 'duty', id: dutyId },
          content: { before: termsOf(before), after: termsOf(row) },
        })
        const after = { ...row, retired_at: null }
        await attendDuty(tx, after)
        await attest(tx, after)
        return {}
      },
    }),
    tenantOperation({
      id: 'duty.retire',
      summary: 'Ends a duty, with a reason; its records stay, and nothing becomes due any more',
      needs: 'register:write',
      changes: true,
      input: z.object({ dutyId: z.uuid(), reason: Reason }),
      output: z.object({}),
      refuses: [dutyErrors.not_found, dutyErrors.retired],
      async run({ dutyId, reason }, tx) {
        const duty = await getDuty(tx, dutyId)
        await store.retireDuty(tx, dutyId)
        await tx.append({ type: 'duty.retired', about: { kind: 'duty', id: dutyId }, content: { reason: { reason } } })
        await attest(tx, { ...duty, retired_at: tx.now })
        return {}
      },
    }),
    tenantOperation({
      id: 'duty.release',
      summary: 'Says that there is a release: duties of each release become due once for it',
      needs: 'register:write',
      changes: true,
      input: z.object({ version: z.string().trim().min(1).max(80), on: Day.optional() }),
      output: z.object({ due: z.int() }),
      async run({ version, on }, tx) {
        const { today } = await findDay(tx)
        const duties = (await store.lockActive(tx)).filter(({ rhythm }) => rhythm.kind === 'release')
        for (const duty of duties) {
          const days = duty.rhythm.kind === 'release' ? duty.rhythm.days : 0
          const from = on ?? today
          const due = addDays(from, days)
          // The same release said twice is one.
          const known = (await store.listOccurrences(tx, duty.id)).some(({ label }) => label === version)
          if (!known)
            await store.addOccurrence(tx, {
              duty_id: duty.id,
              due_on: due,
              from_on: from,
              last_on: addDays(due, duty.grace_days),
              label: version,
            })
          await attendDuty(tx, duty)
        }
        await tx.append({
          type: 'duty.changed',
          about: { kind: 'tenant', id: tx.tenant.id },
          code: 'release',
          content: { after: { version, duties: duties.length } },
        })
        return { due: duties.length }
      },
    }),
    tenantOperation({
      id: 'duty.propose',
      summary: 'Proposes duties for the organisational lines of the register, and lists all templates',
      needs: 'register:read',
      input: z.object({}),
      output: z.object({
        proposals: z.array(
          z.object({
            catalogueId: z.string(),
            title: z.string(),
            instruction: z.string(),
            rhythm: RhythmInput,
            isPromised: z.boolean(),
            fourEyes: z.boolean(),
            form: z.array(Field),
            lines: z.array(z.string()),
          }),
        ),
        templates: z.array(
          z.object({
            catalogueId: z.string(),
            title: z.string(),
            instruction: z.string(),
            rhythm: RhythmInput,
            fourEyes: z.boolean(),
            form: z.array(Field),
          }),
        ),
      }),
      async run(_, tx) {
        const { language, proposals } = await propose(tx)
        const { today } = await findDay(tx)
        const say = (template: (typeof templates)[number]) => ({
          catalogueId: template.id,
          fourEyes: template.fourEyes,
          ...template[language],
          form: [...template[language].form],
        })
        return {
          proposals: proposals.map(({ template, rhythm, isPromised, lines }) => ({
            ...say(template),
            rhythm,
            isPromised,
            lines: [...lines],
          })),
          templates: templates.map((template) => ({ ...say(template), rhythm: rhythmFrom(template.cadence, today) })),
        }
      },
    }),
    tenantOperation({
      id: 'duty.set_up',
      summary: 'Sets up several duties at once, all of them or none',
      needs: 'register:write',
      changes: true,
      input: z.object({ duties: z.array(z.object(given).strict()).min(1).max(200) }),
      output: z.object({ dutyIds: z.array(z.uuid()) }),
      refuses: [dutyErrors.person_not_found, dutyErrors.one_owner, dutyErrors.measure_unknown],
      async run({ duties }, tx) {
        const dutyIds: string[] = []
        for (const one of duties) dutyIds.push(await addDuty(tx, one))
        return { dutyIds }
      },
    }),
    tenantOperation({
      id: 'duty.sign',
      summary: 'Signs off that a duty was done, with the day on which it was and what is asked for',
      needs: 'duty:sign',
      changes: true,
      input: z.object({ occurrenceId: z.uuid(), effectiveOn: Day, form: Filled.default({}) }),
      output: z.object({ signOffId: z.uuid(), isWaiting: z.boolean() }),
      refuses: [
        dutyErrors.occurrence_not_found,
        dutyErrors.retired,
        dutyErrors.already_done,
        dutyErrors.not_yours,
        dutyErrors.needs_other,
        dutyErrors.bad_day,
        dutyErrors.bad_form,
        dutyErrors.no_account,
        fileErrors.not_found,
        fileErrors.removed,
        fileErrors.too_many,
      ],
      run: async (input, tx) => await signOff(tx, input),
    }),
    tenantOperation({
      id: 'duty.confirm',
      summary: 'Confirms as the second person what somebody else signed off',
      needs: 'duty:sign',
      changes: true,
      input: z.object({ occurrenceId: z.uuid() }),
      output: z.object({ signOffId: z.uuid() }),
      refuses: [
        dutyErrors.occurrence_not_found,
        dutyErrors.retired,
        dutyErrors.already_done,
        dutyErrors.sign_off_not_found,
        dutyErrors.not_yours,
        dutyErrors.needs_other,
        dutyErrors.no_account,
        fileErrors.not_found,
        fileErrors.removed,
      ],
      run: async ({ occurrenceId }, tx) => ({ signOffId: await confirmSignOff(tx, occurrenceId) }),
    }),
    tenantOperation({
      id: 'duty.withdraw',
      summary: 'Takes a sign-off back, with a reason; the record of it stays',
      needs: 'duty:sign',
      changes: true,
      input: z.object({ signOffId: z.uuid(), reason: Reason }),
      output: z.object({}),
      refuses: [
        dutyErrors.sign_off_not_found,
        dutyErrors.occurrence_not_found,
        dutyErrors.retired,
        dutyErrors.not_yours,
      ],
      async run({ signOffId, reason }, tx) {
        await withdraw(tx, signOffId, reason)
        return {}
      },
    }),
    tenantOperation({
      id: 'duty.configure',
      summary: 'Says in which time zone days begin and end',
      needs: 'register:write',
      changes: true,
      input: z.object({ timeZone: z.string().min(1).max(60) }),
      output: z.object({}),
      refuses: [dutyErrors.bad_time_zone],
      async run({ timeZone }, tx) {
        if (!isTimeZone(timeZone)) throw dutyErrors.bad_time_zone()
        const before = await findTimeZone(tx)
        await saveTimeZone(tx, timeZone)
        await tx.append({
          type: 'duty.changed',
          about: { kind: 'tenant', id: tx.tenant.id },
          code: 'time-zone',
          content: { before: { timeZone: before }, after: { timeZone } },
        })
        return {}
      },
    }),
  ]
}

/** How many due days a list holds, where they are counted already. */
function counted(
  counts: Readonly<Record<'open' | 'overdue' | 'missed' | 'done' | 'mine', number>>,
  state: string | null,
  mine: boolean,
): number | undefined {
  if (mine) return state === null ? counts.mine : undefined
  if (state === null) return counts.open + counts.done
  return state === 'open' || state === 'overdue' || state === 'missed' || state === 'done' ? counts[state] : undefined
}

type Terms = z.output<z.ZodObject<typeof given>>

/** Adds a duty in the caller's own transaction. @throws {duty.person_not_found | duty.one_owner | duty.measure_unknown} */
export async function addDuty(tx: TenantContext, input: Terms): Promise<string> {
  const row = await rowOf(tx, { id: tx.newId(), startsOn: (await findDay(tx)).today }, input)
  await store.saveDuty(tx, row)
  await tx.append({ type: 'duty.created', about: { kind: 'duty', id: row.id }, content: { after: termsOf(row) } })
  await attendDuty(tx, { ...row, retired_at: null })
  return row.id
}

/**
 * Sets up the duty of a catalogue measure from its template, in the tenant's language, unless one is there that is not retired.
 *
 * @returns its id; null: there was one already
 */
export async function ensureDuty(tx: TenantContext, catalogueId: string): Promise<string | null> {
  const existing = await store.listDuties(tx)
  if (existing.some((duty) => duty.catalogue_id === catalogueId && duty.retired_at === null)) return null
  const template = templates.find(({ id }) => id === catalogueId)
  if (!template) throw dutyErrors.measure_unknown()
  const { today } = await findDay(tx)
  const { title, instruction, form } = template[tx.tenant.language]
  return await addDuty(tx, {
    title,
    instruction,
    catalogueId,
    rhythm: rhythmFrom(template.cadence, addTo(today, 'P11M')),
    ownerAccount: null,
    ownerRole: 'owner',
    deputyAccount: null,
    leadDays: 30,
    graceDays: 14,
    fourEyes: template.fourEyes,
    form: [...form],
  })
}

async function rowOf(
  tx: TenantContext,
  { id, startsOn }: { readonly id: string; readonly startsOn: string },
  input: Terms,
): Promise<Omit<DutyRow, 'retired_at'>> {
  const { ownerAccount, ownerRole, deputyAccount, catalogueId } = input
  const isTwice = deputyAccount !== null && deputyAccount === ownerAccount
  if ((ownerAccount !== null && ownerRole !== null) || isTwice) throw dutyErrors.one_owner()
  if (catalogueId !== null && !findMeasure(catalogueId)) throw dutyErrors.measure_unknown()
  const members = new Set((await store.listMembers(tx)).map((one) => one.account_id))
  for (const person of [ownerAccount, deputyAccount])
    if (person !== null && !members.has(person)) throw dutyErrors.person_not_found()
  return {
    id,
    title: input.title,
    instruction: input.instruction,
    catalogue_id: catalogueId,
    rhythm: input.rhythm,
    owner_account: ownerAccount,
    owner_role: ownerAccount === null ? (ownerRole ?? 'owner') : null,
    deputy_account: deputyAccount,
    lead_days: input.leadDays,
    grace_days: input.graceDays,
    four_eyes: input.fourEyes,
    form: input.form,
    starts_on: startsOn,
  }
}

/** What the ledger keeps beside it: the terms, and no person. */
function termsOf(row: Omit<DutyRow, 'retired_at'>): object {
  const { title, catalogue_id: measure, rhythm, owner_role: role, lead_days: lead, grace_days: grace } = row
  return { title, measure, rhythm, role, lead, grace, fourEyes: row.four_eyes }
}

async function getDuty(tx: TenantContext, id: string): Promise<DutyRow> {
  const duty = await store.findDuty(tx, id)
  if (!duty) throw dutyErrors.not_found()
  if (duty.retired_at !== null) throw dutyErrors.retired()
  return duty
}
