import { z } from 'zod'
import { todayOf } from '../calendar/index.ts'
import { namesOf, openPseudonyms } from '../check/index.ts'
import { tenantOperation } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { knownFrom, placeOf, propose, seenAccounts } from './accounts.ts'
import type { SeenAccount } from './accounts.ts'
import { personErrors } from './errors.ts'
import { settle } from './keep.ts'
import { personKinds } from './person.ts'
import * as store from './store.ts'
import type { HolderRow, PersonRow } from './store.ts'

const Instant = z.iso.datetime()
const pageSize = 50
const kinds = ['open', 'person', 'program', 'left'] as const
type Kind = (typeof kinds)[number]

const Person = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string().nullable(),
  position: z.string().nullable(),
  leftOn: z.iso.date().nullable(),
})
const Holder = z
  .object({
    personId: z.uuid().nullable(),
    /** Of the person. */
    name: z.string().nullable(),
    leftOn: z.iso.date().nullable(),
    /** Who answers for a program, and why there is one. */
    owner: z.string().nullable(),
    reason: z.string().nullable(),
    at: Instant,
  })
  .nullable()

/** What a person's record takes. */
const given = {
  name: z.string().trim().min(1).max(200),
  email: z.email().max(254).nullable().default(null),
  position: z.string().trim().min(1).max(200).nullable().default(null),
  /** What is left out stays as it is. */
  kind: z.enum(personKinds).optional(),
  area: z.string().trim().min(1).max(100).nullable().optional(),
  joinedOn: z.iso.date().nullable().optional(),
}

/** What can be done with people and the holders of accounts. */
export function personOperations() {
  return [
    tenantOperation({
      id: 'person.list',
      summary: 'Lists the people to whom accounts are matched, and how many accounts each has',
      needs: 'access:read',
      input: z.object({}),
      output: z.object({ people: z.array(Person.extend({ accounts: z.int() })) }),
      async run(_, tx) {
        const counted = Map.groupBy(await store.listHolders(tx), (row) => row.person_id)
        return {
          people: (await store.listPeople(tx)).map((row) => ({
            ...viewPerson(row),
            accounts: counted.get(row.id)?.length ?? 0,
          })),
        }
      },
    }),
    tenantOperation({
      id: 'person.show',
      summary: 'Shows everything that is stored about one of these people, to answer them (Art. 15 GDPR)',
      needs: 'access:read',
      input: z.object({ personId: z.uuid() }),
      output: z.object({
        person: Person,
        /** What stands for their mail address in facts. */
        pseudonym: z.string().nullable(),
        accounts: z.array(z.object({ systemId: z.uuid(), account: z.string(), at: Instant })),
      }),
      refuses: [personErrors.not_found],
      async run({ personId }, tx) {
        const person = await getPerson(tx, personId)
        const own = (await store.listHolders(tx)).filter((row) => row.person_id === personId)
        return {
          person: viewPerson(person),
          pseudonym: person.email === null ? null : (await openPseudonyms(tx)).of(person.email.toLowerCase()),
          accounts: own.map(({ system_id: systemId, account, at }) => ({ systemId, account, at: at.toISOString() })),
        }
      },
    }),
    tenantOperation({
      id: 'person.add',
      summary: 'Adds somebody to whom accounts can be matched',
      needs: 'register:write',
      changes: true,
      input: z.object(given),
      output: z.object({ personId: z.uuid() }),
      refuses: [personErrors.mail_taken, personErrors.bad_days],
      async run(input, tx) {
        return { personId: await addPerson(tx, input) }
      },
    }),
    tenantOperation({
      id: 'person.change',
      summary: 'Corrects what is stored about somebody',
      needs: 'register:write',
      changes: true,
      input: z.object({ personId: z.uuid(), ...given }),
      output: z.object({}),
      refuses: [personErrors.not_found, personErrors.mail_taken, personErrors.bad_days],
      async run({ personId, ...input }, tx) {
        const before = await getPerson(tx, personId)
        await refuseTaken(tx, input.email, personId)
        await store.savePerson(tx, rowOf(before, input))
        // Names and addresses are not kept beside the ledger: they would have to be erased there, too.
        await tx.append({ type: 'person.changed', about: { kind: 'person', id: personId } })
        await settle(tx)
        return {}
      },
    }),
    tenantOperation({
      id: 'person.remove',
      summary: "Deletes everything that is stored about somebody; their accounts are nobody's again",
      needs: 'register:write',
      changes: true,
      input: z.object({ personId: z.uuid() }),
      output: z.object({}),
      refuses: [personErrors.not_found],
      async run({ personId }, tx) {
        await getPerson(tx, personId)
        await store.removePerson(tx, personId)
        await tx.append({ type: 'person.deleted', about: { kind: 'person', id: personId } })
        await settle(tx)
        return {}
      },
    }),
    tenantOperation({
      id: 'holder.list',
      summary: 'Lists the accounts that looks saw, with whose they are, or whose they could be',
      needs: 'access:read',
      input: z.object({
        /** `left`: somebody has it who left, and it is not known to be switched off. */
        of: z.enum(kinds).optional(),
        systemId: z.uuid().optional(),
        find: z.string().max(200).optional(),
        page: z.coerce.number().int().min(0).max(10_000).default(0),
      }),
      output: z.object({
        counts: z.object({ all: z.int(), open: z.int(), person: z.int(), program: z.int(), left: z.int() }),
        /** How many of them the filters let through. */
        found: z.int(),
        page: z.int(),
        pages: z.int(),
        accounts: z.array(
          z.object({
            systemId: z.uuid(),
            systemName: z.string(),
            connector: z.string(),
            account: z.string(),
            isAdmin: z.boolean(),
            isActive: z.boolean().nullable(),
            seenAt: Instant,
            holder: Holder,
            proposal: z
              .object({ personId: z.uuid(), name: z.string(), why: z.enum(['same-account', 'mail']) })
              .nullable(),
          }),
        ),
      }),
      run: async (filter, tx) => await listAccounts(tx, filter),
    }),
    tenantOperation({
      id: 'holder.set',
      summary: "Says whose an account is: a person's, or a program's with an owner and a reason; neither: nobody's",
      needs: 'register:write',
      changes: true,
      input: z.object({
        systemId: z.uuid(),
        account: z.string().min(1).max(300),
        personId: z.uuid().nullable().default(null),
        owner: z.string().trim().min(1).max(200).nullable().default(null),
        reason: z.string().trim().min(3).max(1_000).nullable().default(null),
      }),
      output: z.object({}),
      refuses: [personErrors.account_not_found, personErrors.not_found, personErrors.one_holder],
      async run({ systemId, account, personId, owner, reason }, tx) {
        if ((owner === null) !== (reason === null) || (personId !== null && owner !== null))
          throw personErrors.one_holder()
        const before = await store.findHolder(tx, systemId, account)
        const isSeen = (await seenAccounts(tx, systemId)).some((one) => one.id === account)
        // What is not seen any more may still be freed.
        if (!isSeen && !before) throw personErrors.account_not_found()
        if (personId !== null) await getPerson(tx, personId)
        const id = before?.id ?? tx.newId()
        const isFreed = personId === null && owner === null
        if (isFreed && before) await store.removeHolder(tx, before.id)
        if (!isFreed)
          await store.saveHolder(tx, { id, system_id: systemId, account, person_id: personId, owner, reason })
        await tx.append({
          type: 'holder.changed',
          about: { kind: 'holder', id },
          code: isFreed ? 'freed' : personId === null ? 'program' : 'person',
          content: {
            before: { person: before?.person_id ?? null },
            after: { person: personId, system: systemId },
            ...(reason === null ? {} : { reason: { reason } }),
          },
        })
        return {}
      },
    }),
    tenantOperation({
      id: 'holder.reveal',
      summary: 'Names the people behind pseudonyms; that they were named stands in the ledger',
      needs: 'register:write',
      changes: true,
      input: z.object({
        pseudonyms: z
          .array(z.string().regex(/^person-[0-9a-f]{32}$/))
          .min(1)
          .max(200),
      }),
      output: z.object({ names: z.record(z.string(), z.string()) }),
      async run({ pseudonyms }, tx) {
        const names = await namesOf(tx, pseudonyms)
        await tx.append({
          type: 'pseudonym.opened',
          about: { kind: 'tenant', id: tx.tenant.id },
          content: { after: { count: names.size } },
        })
        return { names: Object.fromEntries(names) }
      },
    }),
  ]
}

async function listAccounts(
  tx: TenantContext,
  filter: { of?: Kind | undefined; systemId?: string | undefined; find?: string | undefined; page: number },
) {
  const accounts = await seenAccounts(tx)
  const [people, holders] = [await store.listPeople(tx), await store.listHolders(tx)]
  const byId = new Map(people.map((row) => [row.id, row]))
  const byPlace = new Map(holders.map((row) => [placeOf(row.system_id, row.account), row]))
  const today = await todayOf(tx)
  const known = knownFrom(people, holders, (await openPseudonyms(tx)).of)
  const all = accounts.map((account) => {
    const row = byPlace.get(placeOf(account.systemId, account.id))
    const person = row?.person_id ? byId.get(row.person_id) : undefined
    return { account, row, person, kind: kindOf(account, row, person, today) }
  })
  const wanted = filter.find?.trim().toLowerCase() ?? ''
  const found = all
    .filter(({ kind }) => filter.of === undefined || kind === filter.of || (filter.of === 'person' && kind === 'left'))
    .filter(({ account }) => filter.systemId === undefined || account.systemId === filter.systemId)
    .filter(({ account, row, person }) =>
      [account.id, account.systemName, row?.owner ?? '', person?.name ?? ''].some((text) =>
        text.toLowerCase().includes(wanted),
      ),
    )
    .toSorted((a, b) => rank(a) - rank(b))
  const pages = Math.max(1, Math.ceil(found.length / pageSize))
  const page = Math.min(filter.page, pages - 1)
  const count = (kind: Kind) => all.filter((one) => one.kind === kind).length
  return {
    counts: {
      all: all.length,
      open: count('open'),
      person: count('person') + count('left'),
      program: count('program'),
      left: count('left'),
    },
    found: found.length,
    page,
    pages,
    accounts: found.slice(page * pageSize, (page + 1) * pageSize).map(({ account, row, person }) => {
      const proposal = row ? null : propose(account, known)
      const proposed = proposal ? byId.get(proposal.personId) : undefined
      return {
        systemId: account.systemId,
        systemName: account.systemName,
        connector: account.connector,
        account: account.id,
        isAdmin: account.isAdmin,
        isActive: account.isActive,
        seenAt: account.seenAt.toISOString(),
        holder: row ? viewHolder(row, person) : null,
        proposal: proposal && proposed ? { ...proposal, name: proposed.name } : null,
      }
    }),
  }
}

function kindOf(account: SeenAccount, row: HolderRow | undefined, person: PersonRow | undefined, today: string): Kind {
  if (!row) return 'open'
  if (!person) return 'program'
  const hasLeft = person.left_on !== null && person.left_on < today
  return hasLeft && account.isActive !== false ? 'left' : 'person'
}

/** What somebody has to do something about comes first: leavers, then accounts of nobody, administrators before others. */
function rank({ kind, account }: { kind: Kind; account: SeenAccount }): number {
  return { left: 0, open: 2, person: 4, program: 4 }[kind] + (account.isAdmin ? 0 : 1)
}

async function getPerson(tx: TenantContext, id: string): Promise<PersonRow> {
  const row = await store.findPerson(tx, id)
  if (!row) throw personErrors.not_found()
  return row
}

async function refuseTaken(tx: TenantContext, email: string | null, own: string | null): Promise<void> {
  const known = email === null ? undefined : await store.findByEmail(tx, email)
  if (known && known.id !== own) throw personErrors.mail_taken()
}

interface Given {
  readonly name: string
  readonly email: string | null
  readonly position: string | null
  readonly kind?: PersonRow['kind'] | undefined
  readonly area?: string | null | undefined
  readonly joinedOn?: string | null | undefined
}

/** Adds somebody. @throws {person.mail_taken | bad_days} */
export async function addPerson(tx: TenantContext, input: Given): Promise<string> {
  await refuseTaken(tx, input.email, null)
  const id = tx.newId()
  await store.savePerson(
    tx,
    rowOf({ id, kind: 'employee', area: null, joined_on: null, left_on: null, account_id: null }, input),
  )
  await tx.append({
    type: 'person.joined',
    about: { kind: 'person', id },
    content: { after: { kind: input.kind ?? 'employee', joinedOn: input.joinedOn ?? null } },
  })
  await settle(tx)
  return id
}

type Before = Pick<PersonRow, 'id' | 'kind' | 'area' | 'joined_on' | 'left_on' | 'account_id'>

function rowOf(before: Before, { name, email, position, kind, area, joinedOn }: Given): PersonRow {
  const joined = joinedOn === undefined ? before.joined_on : joinedOn
  if (joined !== null && before.left_on !== null && before.left_on < joined) throw personErrors.bad_days()
  return {
    id: before.id,
    account_id: before.account_id,
    name,
    email,
    position,
    left_on: before.left_on,
    kind: kind ?? before.kind,
    area: area === undefined ? before.area : area,
    joined_on: joined,
  }
}

const viewPerson = ({ id, name, email, position, left_on: leftOn }: PersonRow) => ({
  id,
  name,
  email,
  position,
  leftOn,
})

const viewHolder = ({ person_id: personId, owner, reason, at }: HolderRow, person: PersonRow | undefined) => ({
  personId,
  name: person?.name ?? null,
  leftOn: person?.left_on ?? null,
  owner,
  reason,
  at: at.toISOString(),
})
