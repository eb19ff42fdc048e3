import { assurances } from '@art32/press'
import { z } from 'zod'
import type { Entrant } from '../evidence/index.ts'
import { operationsFor } from '../kernel/index.ts'
import type { Tenant } from '../tenant/index.ts'
import type { Overview } from './overview.ts'
import type { CountedSummary } from './store.ts'
import { Due } from './summary.ts'

/** What the overview needs of the rest of the server. */
export interface OverviewDependencies {
  readonly overview: Pick<Overview, 'summaries'>
  /** The tenants that somebody may enter as they have signed in. */
  readonly listTenantsOf: (account: Entrant) => Promise<readonly Tenant[]>
  readonly now: () => Date
}

const ownOperation = operationsFor<{ readonly account: Entrant | null }>('installation')

const TenantSummary = z.object({
  slug: z.string(),
  name: z.string(),
  /** Null: not counted yet. */
  summary: z
    .object({
      /** Lines of the register by assurance. */
      assurance: z.record(z.enum(assurances), z.int()),
      lines: z.int(),
      unconfirmed: z.int(),
      findings: z.int(),
      /** Of these, those whose day has passed. */
      overdue: z.int(),
      /** What is due on which day. */
      dues: z.array(Due),
      publishedAt: z.iso.datetime().nullable(),
      countedAt: z.iso.datetime(),
    })
    .nullable(),
})

/** How all tenants of one person stand. */
export function overviewOperations({ overview, listTenantsOf, now }: OverviewDependencies) {
  return [
    ownOperation({
      id: 'overview.list',
      summary: 'Lists the tenants of the caller, the worst first, with counts and days and nothing of their content',
      needs: null,
      input: z.object({}),
      output: z.object({ tenants: z.array(TenantSummary) }),
      async run(_, { account }) {
        const tenants = account ? await listTenantsOf(account) : []
        const known = await overview.summaries(tenants.map(({ id }) => id))
        const today = now().toISOString().slice(0, 10)
        return {
          tenants: tenants
            .map(({ id, slug, name }) => ({ slug, name, summary: view(known.get(id), today) }))
            .toSorted(worstFirst),
        }
      },
    }),
  ]
}

type TenantView = z.input<typeof TenantSummary>

function view(summary: CountedSummary | undefined, today: string): TenantView['summary'] {
  if (!summary) return null
  const { publishedAt, countedAt, dues, ...counts } = summary
  const findings = dues.filter(({ kind }) => kind === 'finding')
  return {
    ...counts,
    findings: sum(findings),
    overdue: sum(findings.filter(({ day }) => day < today)),
    dues: [...dues],
    publishedAt: publishedAt?.toISOString() ?? null,
    countedAt: countedAt.toISOString(),
  }
}

function sum(dues: readonly z.output<typeof Due>[]): number {
  return dues.reduce((total, { count }) => total + count, 0)
}

/** What is failing weighs most, then what is overdue, then what ran out or is missing; who is not counted yet comes last. */
function worstFirst(a: TenantView, b: TenantView): number {
  const weights = ({ summary }: TenantView) =>
    summary
      ? [
          summary.assurance.failing,
          summary.overdue,
          summary.findings,
          summary.assurance.lapsed,
          summary.assurance.absent,
          summary.unconfirmed,
        ]
      : [-1]
  const [left, right] = [weights(a), weights(b)]
  for (const [i, weight] of left.entries()) if (weight !== right[i]) return (right[i] ?? -1) - weight
  return a.name.localeCompare(b.name)
}
