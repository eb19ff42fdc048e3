import { accountsIn, connectorOf, connectors } from '@art32/probes'
import type { Account, Reading } from '@art32/probes'
import { factsOf } from '../check/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import * as store from './store.ts'
import type { HolderRow, PersonRow } from './store.ts'

/** Connectors whose facts name accounts. */
const naming = connectors.filter((connector) => connector.accounts !== undefined).map(({ id }) => id)

/** An account on a system, as the newest look saw it. */
export interface SeenAccount extends Account {
  readonly systemId: string
  readonly systemName: string
  readonly connector: string
  readonly seenAt: Date
}

/** Every account that the newest looks saw. @param systemId of one system only */
export async function seenAccounts(tx: TenantContext, systemId: string | null = null): Promise<SeenAccount[]> {
  const accounts = new Map<string, SeenAccount>()
  for (const row of await store.listLooks(tx, naming, systemId)) {
    const connector = connectorOf(row.connector)
    if (!connector) continue
    // Written by a run from a reading; its groups are parsed again.
    for (const account of accountsIn(connector, factsOf(tx, row) as Reading))
      accounts.set(placeOf(row.system_id, account.id), {
        ...account,
        systemId: row.system_id,
        systemName: row.system_name,
        connector: row.connector,
        seenAt: row.at,
      })
  }
  return [...accounts.values()]
}

/** One text for one account of one system. */
export const placeOf = (systemId: string, account: string) => `${systemId} ${account}`

/** Whose an account could be, and why so; a person decides. */
export interface Proposal {
  readonly personId: string
  /** `same-account`: somebody said so of the same id on another system. `mail`: its pseudonym is that of their address. */
  readonly why: 'same-account' | 'mail'
}

/**
 * Proposes people for accounts that nobody was named for. Only what facts have is used: an id that is the same on two
 * systems of a vendor, and pseudonyms, which are the same for the same mail address.
 */
export function propose(account: Pick<SeenAccount, 'id'>, known: Known): Proposal | null {
  const byMail = known.peopleByPseudonym.get(account.id)
  if (byMail !== undefined) return { personId: byMail, why: 'mail' }
  // A short name such as "admin" is the same everywhere and says nothing.
  if (account.id.length < 8) return null
  const [personId, another] = [...(known.peopleByAccount.get(account.id) ?? [])]
  return personId !== undefined && another === undefined ? { personId, why: 'same-account' } : null
}

/** What proposals are made from. */
export interface Known {
  /** Ids of people by the pseudonym of their mail address. */
  readonly peopleByPseudonym: ReadonlyMap<string, string>
  /** Ids of people by the accounts that are theirs. */
  readonly peopleByAccount: ReadonlyMap<string, ReadonlySet<string>>
}

/** Prepares proposals. @param pseudonym of a mail address in lower case, as facts have it */
export function knownFrom(
  people: readonly PersonRow[],
  holders: readonly HolderRow[],
  pseudonym: (person: string) => string,
): Known {
  const peopleByAccount = new Map<string, Set<string>>()
  for (const { account, person_id: person } of holders)
    if (person !== null) peopleByAccount.set(account, (peopleByAccount.get(account) ?? new Set()).add(person))
  return {
    peopleByPseudonym: new Map(
      people.flatMap(({ id, email }) => (email === null ? [] : [[pseudonym(email.toLowerCase()), id] as const])),
    ),
    peopleByAccount,
  }
}
