import type { AccountsFacts } from '@art32/probes'
import type { TenantContext } from '../evidence/index.ts'
import { ownAccounts } from './own.ts'
import type { OwnDependencies } from './own.ts'
import { listRemovals, setState } from './review-store.ts'
import { standingOf } from './state.ts'
import { listSeen } from './store.ts'

/** So long after it was seen closed, a removal is told of. */
const toldMs = 90 * 86_400_000

/** What reviews decided to remove, as the check is told. */
export async function removalFacts(tx: TenantContext): Promise<AccountsFacts['removals']> {
  return (await listRemovals(tx)).flatMap((row) => {
    const at = row.state_at ?? tx.now
    const state = row.state ?? 'open'
    if (state !== 'open' && tx.now.getTime() - at.getTime() > toldMs) return []
    return [
      {
        id: row.id,
        system: row.system_id ?? 'art32',
        systemName: row.system_name,
        account: row.account,
        decided: (row.answered_at ?? row.decided_at ?? at).toISOString(),
        state,
        seen: at.toISOString(),
      },
    ]
  })
}

/** Brings what reviews decided to remove up to what looks saw; an account that comes back is open again. */
export async function settleRemovals(tx: TenantContext, dependencies: OwnDependencies): Promise<void> {
  const removals = (await listRemovals(tx)).filter(({ state }) => state !== 'said')
  if (removals.length === 0) return
  const seen = await listSeen(
    tx,
    removals.flatMap(({ system_id: systemId, account }) => (systemId === null ? [] : [{ systemId, account }])),
  )
  const byPlace = Map.groupBy(seen, (row) => `${row.system_id} ${row.account}`)
  const isOwn = removals.some(({ system_id: system }) => system === null)
  const own = new Set((isOwn ? await ownAccounts(tx, dependencies) : []).map(({ account }) => account))
  for (const row of removals) {
    const standing =
      row.system_id === null
        ? { state: own.has(row.account) ? ('open' as const) : ('gone' as const), at: tx.now }
        : standingOf(byPlace.get(`${row.system_id} ${row.account}`) ?? [])
    // A system that is connected no more tells nothing: what is open stays open.
    if (standing && standing.state !== row.state) await setState(tx, row.id, standing.state, standing.at)
  }
}
