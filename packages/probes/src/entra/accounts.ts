import { z } from 'zod'
import type { Context } from '../engine/connector.ts'
import { Unreadable, reasonOf, seen } from '../engine/reading.ts'
import type { Seen, Unseen } from '../engine/reading.ts'
import type { EntraFacts } from './facts.ts'
import { isGenericName } from './generic-names.ts'
import { all } from './graph.ts'
import type { Graph } from './graph.ts'

const dayMs = 86_400_000

/** Accounts that were used since then are only counted; checks ask for more days than these. */
const recentMs = 21 * dayMs

/** The report on second factors runs behind by up to two days. */
const reportLagMs = 2 * dayMs

const time = z.iso.datetime({ offset: true }).nullish()
const graphUser = z.object({
  id: z.string(),
  accountEnabled: z.boolean().nullable(),
  userType: z.string().nullish(),
  userPrincipalName: z.string(),
  mail: z.string().nullish(),
  employeeId: z.string().nullish(),
  createdDateTime: time,
  onPremisesSyncEnabled: z.boolean().nullish(),
  signInActivity: z.object({ lastSignInDateTime: time, lastSuccessfulSignInDateTime: time }).nullish(),
})
const fields = 'id,accountEnabled,userType,userPrincipalName,mail,employeeId,createdDateTime,onPremisesSyncEnabled'

/** As much of an account as the groups of facts need: a few words, since there may be ten thousand. */
export type Account = {
  readonly id: string
  /** Stands for its mail address, or its name where it has none. */
  readonly person: string
  readonly enabled: boolean
  readonly guest: boolean
  readonly generic: boolean
  readonly synced: boolean
  /** Among the declared people. */
  readonly declared: boolean
  readonly numbered: boolean
  readonly created: string | null
  readonly lastUsed: string | null
  readonly signsIn: boolean
  /** The declared leaver whose account it is. */
  readonly leaver: string | undefined
}

/** The accounts of the tenant; `activity` says why it is not known when they were used. */
export type Accounts = {
  readonly items: ReadonlyMap<string, Account>
  readonly complete: boolean
  readonly activity: Unseen | undefined
}

/** Names to look for while the pages go by, in lower case. */
export type Sought = {
  readonly people: ReadonlySet<string>
  readonly leavers: ReadonlySet<string>
  readonly pseudonym: Context['pseudonym']
}

/**
 * Reads all accounts. When they were used needs a licence and a right of its own: without them, everything else is
 * still read.
 */
export async function readAccounts(graph: Graph, sought: Sought): Promise<Accounts> {
  const sweep = async (activity: Unseen | undefined) => {
    const { items, complete } = await all(
      graph.api,
      {
        path: '/users',
        // With the activity a page holds at most 500.
        query: { $select: activity ? fields : `${fields},signInActivity`, $top: activity ? '999' : '500' },
        item: graphUser,
      },
      (user) => asAccount(user, sought),
    )
    return { items: new Map(items.map((account) => [account.id, account])), complete, activity }
  }
  const first = await sweep(undefined).catch(reasonOf)
  if (!('read' in first)) return first
  // The refusal for want of a licence comes now and then where there is one: it counts from the second time on.
  const second = first.why === 'unlicensed' ? await sweep(undefined).catch(reasonOf) : first
  if (!('read' in second)) return second
  if (second.why === 'unlicensed' || second.why === 'denied') return await sweep(second)
  throw new Unreadable(second.why, second.detail, second)
}

function asAccount(user: z.output<typeof graphUser>, { people, leavers, pseudonym }: Sought): Account {
  const names = [user.userPrincipalName, user.mail ?? ''].map((name) => name.toLowerCase())
  return {
    id: user.id,
    // A guest's own name is made of their address; what is written to is the address itself.
    person: pseudonym((user.mail || user.userPrincipalName).toLowerCase()),
    enabled: user.accountEnabled === true,
    guest: user.userType === 'Guest',
    generic: isGenericName(user.userPrincipalName),
    synced: user.onPremisesSyncEnabled === true,
    declared: names.some((name) => people.has(name)),
    numbered: (user.employeeId ?? '') !== '',
    created: user.createdDateTime ?? null,
    lastUsed: user.signInActivity?.lastSuccessfulSignInDateTime ?? null,
    // Attempts at a screen are listed even where they failed: only with a success somewhere they are somebody's.
    signsIn: [user.signInActivity?.lastSignInDateTime, user.signInActivity?.lastSuccessfulSignInDateTime].every(
      (at) => typeof at === 'string',
    ),
    leaver: names.find((name) => leavers.has(name)),
  }
}

const membersOf = (accounts: Accounts) => [...accounts.items.values()].filter((one) => one.enabled && !one.guest)

/** Whose the accounts are. */
export function accountsOf(accounts: Accounts, declared: number): Seen<EntraFacts['accounts']> {
  const members = membersOf(accounts)
  const withEmployeeNumber = members.filter(({ numbered }) => numbered).length
  const isKnown = declared + withEmployeeNumber > 0
  const doubtful = members
    .filter((one) => one.generic || (isKnown && !one.declared && !one.numbered))
    .map((one) => ({
      id: one.id,
      generic: one.generic,
      mapped: isKnown ? one.declared || one.numbered : null,
      signsIn: accounts.activity ? null : one.signsIn,
    }))
  return seen({ members: members.length, people: { declared, withEmployeeNumber }, doubtful }, accounts.complete)
}

/** Everybody in the directory. Roles are those of whoever administers all of it; others are not read. */
export function rosterOf(accounts: Accounts, admins: Seen<EntraFacts['admins']>): Seen<EntraFacts['roster']> {
  const held = new Map((admins.read === 'ok' ? admins.facts : []).map(({ id, standing }) => [id, standing]))
  const roster = [...accounts.items.values()].map(({ id, person, enabled, guest }) => {
    const standing = held.get(id)
    const role = standing === undefined ? [] : [standing ? 'Global Administrator' : 'Global Administrator (eligible)']
    return { id, person, active: enabled, admin: held.has(id), rights: [guest ? 'Guest' : 'Member', ...role] }
  })
  return seen(roster, accounts.complete)
}

/** When the accounts were used. */
export function activityOf(accounts: Accounts, now: Date): Seen<EntraFacts['activity']> {
  if (accounts.activity) return accounts.activity
  const enabled = [...accounts.items.values()].filter((one) => one.enabled)
  const idle = enabled
    .filter(({ lastUsed, created }) => {
      const since = lastUsed ?? created
      return since === null || now.getTime() - Date.parse(since) > recentMs
    })
    .map(({ id, guest, lastUsed, created }) => ({ id, guest, lastUsed, created }))
  return seen({ enabled: enabled.length, idle }, accounts.complete)
}

const graphRegistration = z.object({ id: z.string(), isAdmin: z.boolean().nullish(), isMfaCapable: z.boolean() })

/** Who has a second factor that can be used. */
export async function readRegistration(
  { reports }: Graph,
  accounts: Promise<Accounts>,
  context: Context,
): Promise<Seen<EntraFacts['registration']>> {
  const [report, known] = await Promise.all([
    all(
      reports,
      {
        path: '/reports/authenticationMethods/userRegistrationDetails',
        query: { $select: 'id,isAdmin,isMfaCapable', $top: '999' },
        item: graphRegistration,
      },
      (row) => row,
    ),
    accounts,
  ])
  const rows = new Map(report.items.map((row) => [row.id, row]))
  const members = membersOf(known)
  const isNew = (created: string | null) =>
    created !== null && context.now().getTime() - Date.parse(created) < reportLagMs
  const judged = members.filter(({ id, created }) => rows.has(id) || !isNew(created))
  const incapable = judged
    .filter(({ id }) => rows.get(id)?.isMfaCapable === false)
    .map(({ id }) => ({ id, admin: rows.get(id)?.isAdmin === true }))
  // A member of whom the report says nothing is not judged, and is not counted as good either.
  const isWhole = judged.every(({ id }) => rows.has(id))
  return seen({ members: judged.length, incapable }, isWhole && report.complete && known.complete)
}
