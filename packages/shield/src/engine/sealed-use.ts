import type { KeyUse } from '../key/root-key.ts'
import type { ColumnPlan, Plan } from '../plan/plan.ts'

type Reversible = Extract<ColumnPlan, { do: 'reversible' }>

/** What values of this column are sealed for. */
export function sealedUse({ type, domain, epoch }: Reversible, plan: Plan, tenant: string): KeyUse {
  return { tenant, domain: domain ?? plan.domain, type, epoch: String(epoch ?? plan.epoch) }
}

/** All uses of a plan, each once: the sealing key of a run is bound to them. None where nothing is reversible. */
export function sealedUses(plan: Plan, tenant: string): readonly KeyUse[] {
  const uses = Object.values(plan.columns).flatMap((column) =>
    column.do === 'reversible' ? [sealedUse(column, plan, tenant)] : [],
  )
  return [...new Map(uses.map((use) => [JSON.stringify(use), use])).values()]
}
