import type { AccountsFacts } from '@art32/probes'
import type { TenantContext } from '../evidence/index.ts'

/** What reviews decided to remove, as the check is told. */
export async function removalFacts(_tx: TenantContext): Promise<AccountsFacts['removals']> {
  return await Promise.resolve([])
}

/** Brings what reviews decided to remove up to what looks saw. */
export async function settleRemovals(_tx: TenantContext): Promise<void> {
  await Promise.resolve()
}
