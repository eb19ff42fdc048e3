import type { Output } from '../api/api.ts'

type TenantOverview = Output<'overview.list'>['tenants'][number]
type Due = NonNullable<TenantOverview['summary']>['dues'][number]

/** What one tenant has to do on one day. */
interface Entry {
  readonly slug: string
  readonly name: string
  readonly kind: Due['kind']
  readonly count: number
}

/** One calendar over all tenants: the days on which something is due, the earliest first. What is overdue comes on its own day. */
export function calendarOf(
  tenants: readonly TenantOverview[],
  until: string,
): readonly { readonly day: string; readonly entries: readonly Entry[] }[] {
  const entries = tenants.flatMap(({ slug, name, summary }) =>
    (summary?.dues ?? [])
      .filter((due) => due.day <= until)
      .map(({ day, kind, count }) => ({ day, entry: { slug, name, kind, count } })),
  )
  return [...Map.groupBy(entries, ({ day }) => day)]
    .map(([day, all]) => ({ day, entries: all.map(({ entry }) => entry) }))
    .toSorted((a, b) => a.day.localeCompare(b.day))
}

/** Tenants whose name or short name holds what was typed. */
export function findTenants(tenants: readonly TenantOverview[], typed: string): readonly TenantOverview[] {
  const wanted = typed.trim().toLowerCase()
  return tenants.filter(({ slug, name }) => slug.includes(wanted) || name.toLowerCase().includes(wanted))
}
