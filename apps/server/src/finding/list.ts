import { z } from 'zod'
import { checkOf, scopeCheck } from '@art32/probes'
import { titleOf, withNames } from '../check/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { exceptionsInForce } from '../measure/index.ts'
import type { ExceptionRow } from '../measure/index.ts'
import { listSystems } from '../system/index.ts'
import { findingStates, nearException, stateOf } from './finding.ts'
import * as store from './store.ts'
import type { ListedRow, Shown } from './store.ts'

const Text = z.object({ en: z.string(), de: z.string() })

/** A finding as pages show it. */
export const FindingView = z.object({
  key: z.string(),
  state: z.enum(findingStates),
  check: z.string(),
  title: Text,
  remedy: Text,
  systemId: z.uuid(),
  systemName: z.string(),
  subject: z.string(),
  severity: z.enum(['low', 'medium', 'high', 'critical']),
  say: Text,
  /** What would let it pass or except it, where that is near. */
  hints: z.array(Text),
  owner: z.string().nullable(),
  due: z.string().nullable(),
  /** Since when it is open, or what was seen once was. */
  openedAt: z.iso.datetime(),
  seenAt: z.iso.datetime(),
  closedAt: z.iso.datetime().nullable(),
  /** The exception that holds for it. */
  exception: z
    .object({ exceptionId: z.uuid(), until: z.iso.date(), reason: z.string(), owner: z.string().nullable() })
    .nullable(),
  /** How many comments stand beside it. */
  comments: z.int(),
})

type View = z.input<typeof FindingView>

/** Findings as pages show them, with names for whoever must act. */
export async function listFindings(tx: TenantContext, shown: readonly Shown[]): Promise<View[]> {
  const inForce = await exceptionsInForce(tx)
  const rows = await store.listRows(tx, shown, inForce)
  const systems = new Map(inForce.size === 0 ? [] : (await listSystems(tx)).map(({ id, name }) => [id, name]))
  const declared = [...inForce.values()].map((row) => ({
    checkId: row.check_id,
    systemId: row.system_id,
    systemName: systems.get(row.system_id) ?? row.system_id,
    subject: row.subject,
    until: row.until,
  }))
  return await withNames(
    tx,
    rows.map((row) => {
      const exception = inForce.get(row.key)
      const near = exception || row.closed_at !== null ? null : nearException(row, declared)
      return view(
        row,
        exception,
        [row.hint, near].filter((hint) => hint !== null),
      )
    }),
  )
}

/** How many findings stand how. */
export async function countFindingStates(tx: TenantContext) {
  return await store.countStates(tx, await exceptionsInForce(tx))
}

/** Open findings by the day they are due. */
export async function countFindings(tx: TenantContext): Promise<{ day: string; count: number }[]> {
  return await store.countDays(tx, await exceptionsInForce(tx))
}

function view(row: ListedRow, exception: ExceptionRow | undefined, hints: View['hints']): View {
  const since = row.suspected_at ?? row.opened_at ?? row.closed_at ?? row.seen_at
  return {
    key: row.key,
    state: stateOf(row, exception !== undefined),
    check: row.check_id,
    title: titleOf(row.check_id),
    remedy: remedyOf(row.check_id),
    systemId: row.system_id,
    systemName: row.system_name,
    subject: row.subject,
    severity: row.severity,
    say: row.say,
    hints,
    owner: row.owner,
    due: row.due,
    openedAt: since.toISOString(),
    seenAt: row.seen_at.toISOString(),
    closedAt: row.suspected_at === null ? (row.closed_at?.toISOString() ?? null) : null,
    exception: exception
      ? { exceptionId: exception.id, until: exception.until, reason: exception.reason, owner: exception.owner }
      : null,
    comments: row.comments,
  }
}

/** What to do about it; of a check that this release does not have only the title is left. */
function remedyOf(id: string): { readonly en: string; readonly de: string } {
  return id === scopeCheck.id ? scopeCheck.remedy : (checkOf(id)?.remedy ?? titleOf(id))
}
