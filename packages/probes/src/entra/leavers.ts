import { z } from 'zod'
import type { Context } from '../engine/connector.ts'
import { seen, unseen } from '../engine/reading.ts'
import type { Seen } from '../engine/reading.ts'
import type { Accounts } from './accounts.ts'
import { newest } from './directory.ts'
import type { EntraFacts } from './facts.ts'
import { all } from './graph.ts'
import type { Graph } from './graph.ts'

/** So long the directory keeps its log, with a licence; without one, a week. */
const logDays = 30

const audit = z.object({
  activityDateTime: z.iso.datetime({ offset: true }),
  result: z.string().nullish(),
  targetResources: z.array(z.object({ id: z.string().nullable(), userPrincipalName: z.string().nullish() })),
})

/** Somebody who left, by account name, and when. */
export type Leaver = { readonly account: string; readonly left: string }

/** What became of the accounts of those who left. */
export async function readLeavers(
  graph: Graph,
  leavers: readonly Leaver[],
  accounts: Promise<Accounts>,
  context: Context,
): Promise<Seen<EntraFacts['leavers']>> {
  if (leavers.length === 0) return unseen('not-configured', 'no leavers are declared', { needs: 'leavers' })
  const since = new Date(context.now().getTime() - logDays * 86_400_000).toISOString()
  const log = (activity: string) =>
    all(
      graph.reports,
      {
        path: '/auditLogs/directoryAudits',
        // The log knows no selection.
        query: { $filter: `activityDisplayName eq '${activity}' and activityDateTime ge ${since}` },
        item: audit,
      },
      (entry) => (entry.result === 'failure' ? undefined : entry),
    )
  const [disabled, deleted, known] = await Promise.all([log('Disable account'), log('Delete user'), accounts])
  const byLeaver = new Map([...known.items.values()].map((account) => [account.leaver, account]))
  const facts = leavers.map(({ account: name, left }) => {
    const sought = name.toLowerCase()
    const account = byLeaver.get(sought)
    const times = [...disabled.items, ...deleted.items]
      .filter(({ targetResources }) =>
        targetResources.some(
          ({ id, userPrincipalName }) =>
            (account !== undefined && id === account.id) || isNameOf(sought, userPrincipalName ?? ''),
        ),
      )
      .map(({ activityDateTime }) => activityDateTime)
    const state = account ? (account.enabled ? ('enabled' as const) : ('disabled' as const)) : ('absent' as const)
    return { person: context.pseudonym(sought), left, state, ended: newest(times) }
  })
  return seen(facts, known.complete && disabled.complete && deleted.complete)
}

/** A deleted account is listed by its name with its id, without hyphens, in front. */
function isNameOf(sought: string, listed: string): boolean {
  return listed.toLowerCase().replace(/^[0-9a-f]{32}(?=.*@)/, '') === sought
}
