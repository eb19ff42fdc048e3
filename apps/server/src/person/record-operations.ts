import { z } from 'zod'
import { tenantOperation } from '../evidence/index.ts'
import type { HistoryDependencies, TenantContext } from '../evidence/index.ts'
import { attachFiles, fileErrors } from '../file/index.ts'
import { personErrors } from './errors.ts'
import { settle, signKept, withdrawKept } from './keep.ts'
import { todayOf } from '../calendar/index.ts'
import { keptMeasures, personStates, stateOf } from './person.ts'
import { readRecords, standingIn } from './records.ts'
import * as recordStore from './record-store.ts'
import { listRecords, showRecord } from './show.ts'
import * as store from './store.ts'
import type { PersonRow } from './store.ts'
import { ListedView, RecordView, StandingView } from './views.ts'

const Day = z.iso.date()
const Reason = z.string().trim().min(3).max(1_000)
const pageSize = 50
const gaps = ['agreement', 'training', 'points', 'items'] as const

/** What can be done with the records of people. */
export function recordOperations({ accountsById }: HistoryDependencies) {
  return [
    tenantOperation({
      id: 'record.list',
      summary: 'Lists the people who work here, with what is missing of each',
      needs: 'person:read',
      input: z.object({
        state: z.enum(personStates).optional(),
        /** Of whom something is missing, overdue, or to be returned. */
        gap: z.enum(gaps).optional(),
        find: z.string().max(200).optional(),
        page: z.coerce.number().int().min(0).max(10_000).default(0),
      }),
      output: z.object({
        today: Day,
        counts: z.object({ all: z.int(), coming: z.int(), here: z.int(), leaving: z.int(), left: z.int() }),
        /** The words for areas that are in use. */
        areas: z.array(z.string()),
        found: z.int(),
        page: z.int(),
        pages: z.int(),
        people: z.array(ListedView),
      }),
      run: async (filter, tx) => await listFound(tx, filter),
    }),
    tenantOperation({
      id: 'record.show',
      summary: 'Shows everything that is on record about somebody',
      needs: 'person:read',
      input: z.object({ personId: z.uuid() }),
      output: RecordView.extend({
        /** A member with the same mail address whose record it could be. */
        couldBe: z.object({ accountId: z.uuid(), name: z.string() }).nullable(),
      }),
      refuses: [personErrors.not_found],
      async run({ personId }, tx) {
        const person = await getPerson(tx, personId)
        return { ...(await showRecord(tx, person, accountsById)), tries: [], couldBe: await proposeAccount(tx, person) }
      },
    }),
    tenantOperation({
      id: 'record.mine',
      summary:
        'Shows the caller everything that is on record about them (Art. 15 GDPR); null: nothing is linked to their account',
      needs: 'person:own',
      input: z.object({}),
      output: z.object({ record: RecordView.nullable() }),
      async run(_, tx) {
        const person = await ownPerson(tx)
        return { record: person ? await showRecord(tx, person, accountsById) : null }
      },
    }),
    tenantOperation({
      id: 'record.copy',
      summary: 'Hands the caller everything that is on record about them, as JSON (Art. 15 and 20 GDPR)',
      kind: 'download',
      needs: 'person:own',
      input: z.object({}),
      output: z.unknown(),
      refuses: [personErrors.no_record],
      async run(_, tx) {
        const person = await ownPerson(tx)
        if (!person) throw personErrors.no_record()
        const record = await showRecord(tx, person, accountsById)
        const copy = { format: 'art32.record/1', tenant: tx.tenant.name, madeAt: tx.now.toISOString(), ...record }
        return {
          name: `${tx.tenant.slug}-my-record-${await todayOf(tx)}.json`,
          type: 'application/json',
          bytes: Buffer.from(`${JSON.stringify(copy, null, 2)}\n`),
        }
      },
    }),
    tenantOperation({
      id: 'record.link',
      summary: 'Links a record to a member, who then sees it as their own; null: to nobody',
      needs: 'person:write',
      changes: true,
      input: z.object({ personId: z.uuid(), accountId: z.uuid().nullable() }),
      output: z.object({}),
      refuses: [personErrors.not_found, personErrors.member_not_found, personErrors.link_taken],
      async run({ personId, accountId }, tx) {
        await recordStore.lockRecords(tx)
        const person = await getPerson(tx, personId)
        if (accountId !== null) {
          if (!(await store.isMember(tx, accountId))) throw personErrors.member_not_found()
          const other = await store.findByAccount(tx, accountId)
          if (other && other.id !== personId) throw personErrors.link_taken()
        }
        await store.savePerson(tx, { ...person, account_id: accountId })
        await tx.append({
          type: 'person.changed',
          about: { kind: 'person', id: personId },
          code: accountId === null ? 'unlinked' : 'linked',
        })
        return {}
      },
    }),
    tenantOperation({
      id: 'record.move',
      summary: 'Says that somebody does something else from a day on',
      needs: 'person:write',
      changes: true,
      input: z.object({
        personId: z.uuid(),
        movedOn: Day,
        position: z.string().trim().min(1).max(200).nullable().default(null),
        area: z.string().trim().min(1).max(100).nullable().default(null),
      }),
      output: z.object({}),
      refuses: [personErrors.not_found, personErrors.no_change],
      async run({ personId, movedOn, position, area }, tx) {
        await recordStore.lockRecords(tx)
        const person = await getPerson(tx, personId)
        if (position === person.position && area === person.area) throw personErrors.no_change()
        await recordStore.addMove(tx, {
          id: tx.newId(),
          person_id: personId,
          moved_on: movedOn,
          position_before: person.position,
          position_after: position,
          area_before: person.area,
          area_after: area,
        })
        await store.savePerson(tx, { ...person, position, area })
        await tx.append({
          type: 'person.changed',
          about: { kind: 'person', id: personId },
          code: 'moved',
          content: { before: { area: person.area }, after: { area, movedOn } },
        })
        await settle(tx)
        return {}
      },
    }),
    tenantOperation({
      id: 'confidentiality.add',
      summary: 'Records that somebody was bound to confidentiality, with the signed paper as an evidence file',
      needs: 'person:write',
      changes: true,
      input: z.object({
        personId: z.uuid(),
        signedOn: Day,
        note: z.string().trim().max(1_000).default(''),
        fileIds: z.array(z.uuid()).max(20).default([]),
      }),
      output: z.object({ agreementId: z.uuid() }),
      refuses: [
        personErrors.not_found,
        personErrors.day_to_come,
        fileErrors.not_found,
        fileErrors.removed,
        fileErrors.too_many,
      ],
      async run({ personId, signedOn, note, fileIds }, tx) {
        await recordStore.lockRecords(tx)
        const person = await getPerson(tx, personId)
        if (signedOn > (await todayOf(tx))) throw personErrors.day_to_come()
        const id = tx.newId()
        await recordStore.addAgreement(tx, { id, person_id: personId, signed_on: signedOn, note })
        const files = await attachFiles(tx, { kind: 'confidentiality', id }, fileIds)
        await tx.append({
          type: 'confidentiality.signed',
          about: { kind: 'person', id: personId },
          content: { after: { kind: person.kind, signedOn, files: files.map(({ sha256 }) => sha256) } },
        })
        await settle(tx)
        return { agreementId: id }
      },
    }),
    tenantOperation({
      id: 'confidentiality.withdraw',
      summary:
        'Takes back that somebody was bound to confidentiality, with a reason; what was recorded stays to be read',
      needs: 'person:write',
      changes: true,
      input: z.object({ agreementId: z.uuid(), reason: Reason }),
      output: z.object({}),
      refuses: [personErrors.agreement_not_found],
      async run({ agreementId, reason }, tx) {
        await recordStore.lockRecords(tx)
        const row = await recordStore.findAgreement(tx, agreementId)
        if (!row || row.withdrawn_at !== null) throw personErrors.agreement_not_found()
        await recordStore.withdrawAgreement(tx, agreementId, reason)
        await tx.append({
          type: 'confidentiality.withdrawn',
          about: { kind: 'person', id: row.person_id },
          content: { before: { signedOn: row.signed_on } },
        })
        await settle(tx)
        return {}
      },
    }),
    tenantOperation({
      id: 'staff.show',
      summary:
        'Shows how many of the people who work here are covered, for each measure that their records stand behind',
      needs: 'register:read',
      input: z.object({}),
      output: z.object({ people: z.int(), standings: z.array(StandingView) }),
      async run(_, tx) {
        const records = await readRecords(tx)
        const signed = new Map((await recordStore.listSignOffs(tx)).map((row) => [row.catalogue_id, row]))
        return {
          people: records.people.filter((person) => ['here', 'leaving'].includes(stateOf(person, records.today)))
            .length,
          standings: keptMeasures.map((measure) => {
            const { covered, of, due, expired, missing } = standingIn(records, measure)
            const row = signed.get(measure)
            return {
              measure,
              covered,
              of,
              due,
              expired,
              missing,
              signed: row ? { role: row.role, at: row.at.toISOString(), until: row.fresh_until.toISOString() } : null,
            }
          }),
        }
      },
    }),
    tenantOperation({
      id: 'staff.sign',
      summary:
        'Signs off that a measure is kept by the records of people, for a year; from then on they stand behind it',
      needs: 'edition:sign',
      changes: true,
      input: z.object({ measure: z.enum(keptMeasures) }),
      output: z.object({ covered: z.int(), of: z.int() }),
      refuses: [personErrors.not_kept, personErrors.nobody_here],
      async run({ measure }, tx) {
        const { covered, of } = await signKept(tx, measure)
        return { covered, of }
      },
    }),
    tenantOperation({
      id: 'staff.withdraw',
      summary: 'Takes such a sign-off back: the records stand behind the measure no more',
      needs: 'edition:sign',
      changes: true,
      input: z.object({ measure: z.enum(keptMeasures), reason: Reason }),
      output: z.object({}),
      refuses: [personErrors.not_signed],
      async run({ measure, reason }, tx) {
        await withdrawKept(tx, measure, reason)
        return {}
      },
    }),
  ]

  /** A member whose address is that of the record, and whose record is not linked yet. */
  async function proposeAccount(tx: TenantContext, person: PersonRow) {
    const address = person.email?.toLowerCase()
    if (person.account_id !== null || address === undefined) return null
    const known = await accountsById(await store.listMembers(tx))
    const found = [...known].find(([, { email }]) => email.toLowerCase() === address)
    return found ? { accountId: found[0], name: found[1].name } : null
  }
}

/** Somebody on the list, locked. @throws {person.not_found} */
export async function getPerson(tx: TenantContext, id: string): Promise<PersonRow> {
  const row = await store.findPerson(tx, id)
  if (!row) throw personErrors.not_found()
  return row
}

/** Whose record the caller may see as their own. */
export async function ownPerson(tx: TenantContext): Promise<PersonRow | undefined> {
  return tx.caller.accountId === null ? undefined : await store.findByAccount(tx, tx.caller.accountId)
}

async function listFound(
  tx: TenantContext,
  filter: {
    state?: (typeof personStates)[number] | undefined
    gap?: (typeof gaps)[number] | undefined
    find?: string | undefined
    page: number
  },
) {
  const all = await listRecords(tx)
  const wanted = filter.find?.trim().toLowerCase() ?? ''
  const isOpen = (coverage: string | null) => coverage !== null && coverage !== 'covered'
  const hasGap = (one: (typeof all)[number]) => {
    if (filter.gap === 'agreement') return one.state !== 'left' && isOpen(one.agreement)
    if (filter.gap === 'training') return one.state !== 'left' && isOpen(one.training)
    if (filter.gap === 'points') return one.overduePoints > 0
    return filter.gap === undefined || ((one.state === 'left' || one.state === 'leaving') && one.held > 0)
  }
  const found = all
    .filter(({ state }) =>
      filter.state === undefined ? state !== 'left' || filter.gap === 'items' : state === filter.state,
    )
    .filter(hasGap)
    .filter(({ name, email, position, area }) =>
      [name, email ?? '', position ?? '', area ?? ''].some((text) => text.toLowerCase().includes(wanted)),
    )
  const pages = Math.max(1, Math.ceil(found.length / pageSize))
  const page = Math.min(filter.page, pages - 1)
  const count = (wantedState: string) => all.filter(({ state }) => state === wantedState).length
  return {
    today: await todayOf(tx),
    counts: {
      all: all.length,
      coming: count('coming'),
      here: count('here'),
      leaving: count('leaving'),
      left: count('left'),
    },
    areas: [...new Set(all.flatMap(({ area }) => area ?? []))].toSorted((a, b) => a.localeCompare(b)),
    found: found.length,
    page,
    pages,
    people: found.slice(page * pageSize, (page + 1) * pageSize),
  }
}
