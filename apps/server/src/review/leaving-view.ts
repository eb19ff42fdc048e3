import { z } from 'zod'
import { connectorOf, whys } from '@art32/probes'
import { withNames } from '../check/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { listHolders, listPeople } from '../person/index.ts'
import { leavingErrors } from './errors.ts'
import { here } from './leaving.ts'
import * as store from './store.ts'

const Instant = z.iso.datetime()
const Text = z.object({ en: z.string(), de: z.string() })

/** Somebody who leaves, as a list shows them. */
export const LeavingView = z.object({
  personId: z.uuid(),
  name: z.string(),
  leftAt: Instant,
  hasLeft: z.boolean(),
  provenAt: Instant.nullable(),
  counts: z.object({ all: z.int(), open: z.int(), closed: z.int(), said: z.int(), unseen: z.int() }),
})

/** An account of somebody who leaves. */
const AccountView = z.object({
  accountId: z.uuid(),
  /** Null: here, in art32 itself. */
  systemId: z.uuid().nullable(),
  systemName: z.string(),
  connector: z.string(),
  account: z.string(),
  state: z.enum(['open', 'disabled', 'gone', 'said']),
  seenAt: Instant,
  endedAt: Instant.nullable(),
  /** Why no look since leaving saw it; null: one did. */
  unseen: z.enum(whys).nullable(),
  reason: z.string().nullable(),
  /** No connection can look: a person may say that it is gone. */
  isHidden: z.boolean(),
})

/** Everything about somebody who leaves. */
export const LeavingShown = LeavingView.extend({
  accounts: z.array(AccountView),
  /** Where was looked, or could not be. */
  systems: z.array(
    z.object({
      systemId: z.uuid(),
      name: z.string(),
      connector: z.string(),
      lookedAt: Instant.nullable(),
      why: z.enum(whys).nullable(),
      /** Accounts there that nobody was named for: one of them may be theirs. */
      unmatched: z.int(),
      /** People have accounts there, and nothing tells of them. */
      hides: Text.nullable(),
    }),
  ),
})

/** Everything about somebody who leaves. */
export type LeavingShown = z.output<typeof LeavingShown>

/** Everybody who leaves, the latest first. */
export async function viewLeavings(tx: TenantContext): Promise<z.output<typeof LeavingView>[]> {
  const people = new Map((await listPeople(tx)).map((row) => [row.id, row]))
  const accounts = Map.groupBy(await store.listLeaverAccounts(tx), (row) => row.person_id)
  return (await store.listLeavings(tx)).flatMap((row) => {
    const person = people.get(row.person_id)
    return person ? [viewOf(tx, row, person.name, accounts.get(row.person_id) ?? [])] : []
  })
}

/** @throws {leaving.not_leaving} */
export async function showLeaving(tx: TenantContext, personId: string): Promise<LeavingShown> {
  const row = (await store.listLeavings(tx)).find((one) => one.person_id === personId)
  const person = row && (await listPeople(tx)).find(({ id }) => id === personId)
  if (!person) throw leavingErrors.not_leaving()
  const rows = await store.listLeaverAccounts(tx, personId)
  const looks = await store.listRosterLooks(tx)
  const entered = new Set((await listHolders(tx)).map(({ system_id: id }) => id))
  const bySystem = Map.groupBy(looks, ({ system_id: id }) => id)
  const shown: LeavingShown = {
    ...viewOf(tx, row, person.name, rows),
    accounts: rows.map((one) => {
      const [look] = one.system_id === null ? [] : (bySystem.get(one.system_id) ?? [])
      return {
        accountId: one.id,
        systemId: one.system_id,
        systemName: one.system_id === null ? 'art32' : (look?.system_name ?? '–'),
        connector: one.system_id === null ? here : (look?.connector ?? ''),
        account: one.account,
        state: one.state,
        seenAt: one.seen_at.toISOString(),
        endedAt: one.ended_at?.toISOString() ?? null,
        unseen: one.unseen,
        reason: one.said_reason,
        isHidden: one.system_id !== null && isHidden(bySystem.get(one.system_id) ?? []),
      }
    }),
    systems: looks.flatMap((look) => {
      const connector = connectorOf(look.connector)
      const hides = connector?.hidesAccounts ?? null
      if (!connector?.accounts && (hides === null || entered.has(look.system_id))) return []
      return [
        {
          systemId: look.system_id,
          name: look.system_name,
          connector: look.connector,
          lookedAt: look.looked_at?.toISOString() ?? null,
          why: look.why,
          unmatched: look.unmatched,
          hides,
        },
      ]
    }),
  }
  return await withNames(tx, shown)
}

/** Whether nothing tells of the accounts of a system: then a person looks. */
export function isHidden(looks: readonly { readonly connector: string }[]): boolean {
  return looks.every(({ connector }) => connectorOf(connector)?.accounts === undefined)
}

function viewOf(
  tx: TenantContext,
  row: store.LeavingRow,
  name: string,
  accounts: readonly store.LeaverAccountRow[],
): z.output<typeof LeavingView> {
  const count = (is: (one: store.LeaverAccountRow) => boolean) => accounts.filter(is).length
  return {
    personId: row.person_id,
    name,
    leftAt: row.left_at.toISOString(),
    hasLeft: row.left_at <= tx.now,
    provenAt: row.proven_at?.toISOString() ?? null,
    counts: {
      all: accounts.length,
      open: count(({ state, unseen }) => state === 'open' && unseen === null),
      closed: count(({ state, unseen }) => (state === 'disabled' || state === 'gone') && unseen === null),
      said: count(({ state, unseen }) => state === 'said' && unseen === null),
      unseen: count(({ unseen }) => unseen !== null),
    },
  }
}
