import { createHash } from 'node:crypto'
import { accountsIn, accountsReading, connectorOf, rosterIn } from '@art32/probes'
import type { AccountsFacts, Reading } from '@art32/probes'
import { leave } from '../access/index.ts'
import type { LeaveDependencies } from '../access/index.ts'
import { factsOf, keepPseudonyms, keepReadings, openPseudonyms, requestRun } from '../check/index.ts'
import type { Judged } from '../check/index.ts'
import { connect, getConnection, lacksSettings, listConnections, sendsItself } from '../connection/index.ts'
import type { ConnectionRow } from '../connection/index.ts'
import { addDays, endOf } from '../calendar/index.ts'
import { findDay } from '../duty/index.ts'
import type { Happening, TenantContext } from '../evidence/index.ts'
import { settleFindings } from '../finding/index.ts'
import { AppError } from '../kernel/index.ts'
import { listPeople } from '../person/index.ts'
import type { PersonRow } from '../person/index.ts'
import type { OwnDependencies } from './own.ts'
import { removalFacts, settleRemovals } from './removal.ts'
import { isProven, settle, standingOf } from './state.ts'
import * as store from './store.ts'
import type { LeaverAccountRow, LeavingRow } from './store.ts'

/** The queue in which people leave at their instant, and it is said again when their time is over. */
export const leavingQueue = 'review.leaving'

/** Attend to who leaves. */
export interface LeavingJob {
  readonly tenantId: string
  /** Look once more before the time is over. */
  readonly look: boolean
}

/** What leaving needs of the rest of the server. */
export interface LeavingDependencies extends LeaveDependencies, OwnDependencies {
  readonly findAccount: (email: string) => Promise<{ readonly id: string } | null | undefined>
}

const hourMs = 3_600_000

/** After so many hours the check says that it was too late, unless a statement says otherwise. */
const usualHours = 24

/** So long after they left, people whose accounts are closed are told of by the check. */
const toldMs = 90 * 24 * hourMs

/** Stands for art32 itself where a list has systems. */
export const here = 'art32'

/** Attends to what has to do with leaving. */
export interface Leavers {
  /** Whatever happens to people and to whose accounts are. */
  happened(tx: TenantContext, happening: Happening): Promise<void>
  /** A look was kept. */
  looked(tx: TenantContext, look: Judged): Promise<void>
  /** An instant has come. */
  attend(tx: TenantContext, job: LeavingJob): Promise<void>
}

/** Opens what attends to people who leave. */
export function openLeavers(dependencies: LeavingDependencies): Leavers {
  return {
    async happened(tx, { type, about, code }) {
      if (about.kind === 'person' && code === 'directory') await attendDirectory(tx, type, about.id)
      else if (type === 'person.left' || type === 'person.changed')
        await attendPerson(tx, { personId: about.id, isOne: code !== 'imported' }, dependencies)
      else if (type === 'holder.changed' && (await store.listLeavings(tx)).length > 0) await attendAll(tx, dependencies)
    },
    async looked(tx, { connectionId }) {
      await store.hold(tx)
      if (await keepRoster(tx, connectionId)) await attendAll(tx, dependencies)
    },
    async attend(tx, { look }) {
      await store.hold(tx)
      await attendAll(tx, dependencies)
      const isOpen = (await store.listLeavings(tx)).some((row) => row.begun_at !== null && row.proven_at === null)
      if (look && isOpen) await requestLooks(tx)
    },
  }
}

/** Keeps what the newest look of a connection saw of its accounts. @returns whether it tells of accounts at all */
async function keepRoster(tx: TenantContext, connectionId: string): Promise<boolean> {
  const connection = await getConnection(tx, connectionId)
  const connector = connectorOf(connection.connector)
  const newest = await store.findNewest(tx, connectionId)
  if (!connector?.accounts || !newest || newest.facts === null) return false
  // Written by a run from a reading; its groups are parsed again.
  const reading = factsOf(tx, { id: newest.id, facts: newest.facts }) as Reading
  const whole = rosterIn(connector, reading)
  const look = { connectionId, systemId: connection.system_id, at: newest.at, why: whole === 'whole' ? null : whole }
  await store.keepSeen(tx, look, accountsIn(connector, reading))
  return true
}

/**
 * Somebody leaves on a day, or stays after all.
 *
 * @param isOne otherwise they are one of many who are read in: a job attends to all of them once they are there
 */
async function attendPerson(
  tx: TenantContext,
  { personId, isOne }: { readonly personId: string; readonly isOne: boolean },
  dependencies: LeavingDependencies,
): Promise<void> {
  const person = await readPerson(tx, personId)
  if (!person) return
  // Looks keep pseudonyms before they wait for what is said of all accounts: here it must be the same.
  const names = await openPseudonyms(tx)
  names.of(nameIn(person))
  await keepPseudonyms(tx, names.take())
  await store.hold(tx)
  const known = await store.findLeaving(tx, personId)
  if (person.left_on === null) {
    if (!known) return
    await store.removeLeaving(tx, personId)
    await tx.append({ type: 'leaving.stopped', about: { kind: 'person', id: personId } })
    await say(tx)
    return
  }
  const day = await findDay(tx)
  const ends = endOf(person.left_on, day.timeZone)
  // Who leaves at once has an instant of that day already.
  const isAwaited = (await store.listInOrder(tx)).some((row) => row.begun_at === null && row.left_at <= tx.now)
  const isSame = known && known.left_at <= ends && known.left_at > endOf(addDays(person.left_on, -1), day.timeZone)
  if (!isSame)
    await store.saveLeaving(tx, {
      person_id: personId,
      left_at: ends,
      by_owner: tx.caller.role === 'owner' || tx.caller.kind === 'system',
      begun_at: null,
      proven_at: null,
    })
  const { left_at: leftAt } = (await store.findLeaving(tx, personId)) ?? { left_at: ends }
  if (leftAt > tx.now) await enqueue(tx, leftAt, false)
  if (isOne) await attendAll(tx, dependencies)
  else if (leftAt <= tx.now && !isAwaited) await enqueue(tx, tx.now, true)
}

/** Without a lock: whoever changes a person waits for what is said of all accounts, never the other way round. */
const readPerson = async (tx: TenantContext, id: string) => (await listPeople(tx)).find((one) => one.id === id)

/** Whom a directory switches off is proposed, and never made a leaver by it. */
async function attendDirectory(tx: TenantContext, type: Happening['type'], directoryId: string): Promise<void> {
  if (type === 'person.left') {
    const id = await store.addProposal(tx, directoryId)
    if (id !== undefined) await tx.append({ type: 'leaving.proposed', about: { kind: 'person', id } })
  } else await store.withdrawProposal(tx, directoryId)
}

/** Brings everybody who leaves up to what looks saw, and says it to the check. */
async function attendAll(tx: TenantContext, dependencies: LeavingDependencies): Promise<void> {
  const due = (await store.listInOrder(tx)).filter(({ left_at: leftAt }) => leftAt <= tx.now)
  const people = new Map((due.length === 0 ? [] : await listPeople(tx)).map((one) => [one.id, one]))
  let isNew = false
  for (const row of due) {
    const person = people.get(row.person_id)
    if (!person) continue
    isNew ||= row.begun_at === null
    await attendOne(tx, row, person, dependencies)
  }
  if (isNew) await requestLooks(tx)
  await settleRemovals(tx, dependencies)
  await say(tx)
}

async function attendOne(
  tx: TenantContext,
  row: LeavingRow,
  person: PersonRow,
  dependencies: LeavingDependencies,
): Promise<void> {
  const names = await openPseudonyms(tx)
  const pseudonym = person.email === null ? null : names.of(person.email.toLowerCase())
  await store.addKnownAccounts(tx, { personId: person.id, pseudonym, leftAt: row.left_at })
  await endOwn(tx, row, person, dependencies)
  const before = await store.listLeaverAccounts(tx, person.id)
  const seen = await store.listSeen(
    tx,
    before.flatMap(({ system_id: systemId, account }) => (systemId === null ? [] : [{ systemId, account }])),
  )
  const after: LeaverAccountRow[] = []
  for (const one of before) {
    if (one.system_id === null || one.state === 'said') {
      after.push(one)
      continue
    }
    const own = seen.filter((each) => each.system_id === one.system_id && each.account === one.account)
    const settled = { ...one, ...settle(one, standingOf(own), row.left_at) }
    await store.saveLeaverAccount(tx, settled)
    after.push(settled)
  }
  await note(tx, row, after)
}

/** Says in the ledger that it begins, that it is proven, and that it is not any more. */
async function note(tx: TenantContext, row: LeavingRow, accounts: readonly LeaverAccountRow[]): Promise<void> {
  const about = { kind: 'person', id: row.person_id } as const
  const open = accounts.filter(({ state }) => state === 'open').length
  const unseen = accounts.filter((one) => one.unseen !== null).length
  if (row.begun_at === null) {
    await tx.append({
      type: 'leaving.begun',
      about,
      code: open > 0 ? 'open' : 'none',
      content: { after: { leftAt: row.left_at.toISOString(), accounts: accounts.length, open, unseen } },
    })
    for (const [hours, look] of [
      [usualHours - 1, true],
      [usualHours, false],
    ] as const)
      await enqueue(tx, new Date(row.left_at.getTime() + hours * hourMs + 60_000), look)
  }
  const proven = isProven(accounts)
  if (proven && row.proven_at === null)
    await tx.append({ type: 'leaving.proven', about, content: { evidence: recordOf(row, accounts) } })
  if (!proven && row.proven_at !== null) await tx.append({ type: 'leaving.reopened', about, code: 'open' })
  await store.saveLeaving(tx, {
    ...row,
    begun_at: row.begun_at ?? tx.now,
    proven_at: proven ? (row.proven_at ?? tx.now) : null,
  })
}

/** The record of a proven revocation: what the leaf commits to. */
function recordOf(row: LeavingRow, accounts: readonly LeaverAccountRow[]) {
  return {
    format: 'art32.leaving/1',
    person: row.person_id,
    leftAt: row.left_at.toISOString(),
    accounts: accounts.map((one) => ({
      system: one.system_id ?? here,
      state: one.state,
      seenAt: one.seen_at.toISOString(),
      endedAt: one.ended_at?.toISOString() ?? null,
    })),
  }
}

/** Ends the membership here at once, and with it sessions and tokens; what stops it stands on the list as open. */
async function endOwn(
  tx: TenantContext,
  row: LeavingRow,
  person: PersonRow,
  dependencies: LeavingDependencies,
): Promise<void> {
  if (person.email === null) return
  const account = await dependencies.findAccount(person.email)
  const known = (await store.listLeaverAccounts(tx, person.id)).find(({ system_id: system }) => system === null)
  const isMember = account ? await store.isMember(tx, account.id) : false
  if (!isMember && !known) return
  const hasEnded = !isMember || (row.by_owner && (await hasLeft(tx, account?.id ?? '', dependencies)))
  await store.saveLeaverAccount(tx, {
    id: known?.id ?? tx.newId(),
    person_id: person.id,
    system_id: null,
    account: here,
    state: hasEnded ? 'gone' : 'open',
    seen_at: tx.now,
    last_open_at: hasEnded ? (known?.last_open_at ?? null) : tx.now,
    ended_at: hasEnded ? (known?.ended_at ?? tx.now) : null,
    unseen: null,
    said_by: null,
    said_reason: null,
  })
}

async function hasLeft(tx: TenantContext, accountId: string, dependencies: LeavingDependencies): Promise<boolean> {
  try {
    await leave(tx, accountId, dependencies)
    return true
  } catch (error) {
    // Without its last owner nobody could let anybody in; and only owners end what is of others.
    if (error instanceof AppError && error.code.startsWith('access.')) return false
    throw error
  }
}

/** Looks at everything that tells of accounts. @returns the run; null: nothing does */
export async function requestLooks(tx: TenantContext): Promise<string | null> {
  const telling = (await listConnections(tx)).filter(
    (row) => connectorOf(row.connector)?.accounts && !row.paused && !sendsItself(row) && !lacksSettings(row),
  )
  if (telling.length === 0) return null
  return await requestRun(
    tx,
    telling.map(({ id }) => id),
  )
}

/** Says to the check what is known of all accounts, where it is other than before or half a day old. */
export async function say(tx: TenantContext): Promise<void> {
  const facts = await factsNow(tx)
  const known = await store.findSaid(tx)
  const isEmpty = facts.leavers.length === 0 && facts.removals.length === 0
  if (isEmpty && !known) return
  // When something was seen once more is no news, except of what is open: that may be too late by now.
  const news = facts.leavers.map((one) => ({
    ...one,
    accounts: one.accounts.map(({ seen: _seen, ...rest }) => rest),
  }))
  const digest = createHash('sha256')
    .update(JSON.stringify([news, facts.removals.map(({ seen: _seen, ...rest }) => rest)]))
    .digest('hex')
  if (
    known?.digest === digest &&
    tx.now.getTime() - known.said_at.getTime() < 12 * hourMs &&
    !isDueNow(facts, known.said_at, tx.now)
  )
    return
  await store.saveSaid(tx, digest)
  const reading = accountsReading(facts, tx.now)
  await keepReadings(tx, [{ connection: await connectionOf(tx), reading }], {
    // It is known, not glimpsed: nobody waits for a second look.
    judged: (inner, look) => settleFindings(inner, { ...look, earlier: new Set() }),
  })
}

/** Whether the usual time of somebody ran out since it was last said. */
function isDueNow({ leavers }: AccountsFacts, since: Date, now: Date): boolean {
  return leavers.some(({ left }) => {
    const due = Date.parse(left) + usualHours * hourMs
    return due > since.getTime() && due <= now.getTime()
  })
}

const connector = 'accounts'

async function connectionOf(tx: TenantContext): Promise<ConnectionRow> {
  const find = async () => (await listConnections(tx)).find((row) => row.connector === connector)
  const known = await find()
  if (known) return known
  const name = tx.tenant.language === 'de' ? 'Konten über alle Verbindungen' : 'Accounts over all connections'
  await connect(tx, { connector, settings: {}, name }, true)
  const made = await find()
  if (!made) throw new Error('a connection was made and is not there')
  return made
}

/** What a person is called in facts before a pseudonym stands for it: the same at each look, another one for two of one name. */
const nameIn = ({ id, name, email }: PersonRow) => email?.toLowerCase() ?? `${name} (${id.slice(0, 8)})`

async function factsNow(tx: TenantContext): Promise<AccountsFacts> {
  const names = await openPseudonyms(tx)
  const systems = await store.listSystemNames(tx)
  const accounts = Map.groupBy(await store.listLeaverAccounts(tx), (row) => row.person_id)
  const people = new Map((await listPeople(tx)).map((one) => [one.id, one]))
  const leavers: AccountsFacts['leavers'] = []
  for (const row of await store.listLeavings(tx)) {
    const isOld = row.proven_at !== null && tx.now.getTime() - row.left_at.getTime() > toldMs
    const person = row.begun_at === null || isOld ? undefined : people.get(row.person_id)
    if (!person) continue
    leavers.push({
      person: names.of(nameIn(person)),
      left: row.left_at.toISOString(),
      accounts: (accounts.get(row.person_id) ?? []).map((one) => ({
        system: one.system_id ?? here,
        systemName: one.system_id === null ? 'art32' : (systems.get(one.system_id) ?? '–'),
        account: one.account,
        state: one.state,
        seen: one.seen_at.toISOString(),
        lastOpen: one.last_open_at?.toISOString() ?? null,
        ended: one.ended_at?.toISOString() ?? null,
        unseen: one.unseen,
      })),
    })
  }
  return { leavers, removals: await removalFacts(tx) }
}

async function enqueue(tx: TenantContext, at: Date, look: boolean): Promise<void> {
  const job: LeavingJob = { tenantId: tx.tenant.id, look }
  await tx.enqueue(leavingQueue, job, at)
}
