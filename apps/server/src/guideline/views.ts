import { z } from 'zod'
import { todayOf } from '../calendar/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { inForce, stateOf, states } from './guideline.ts'
import * as store from './store.ts'
import type { GuidelineRow, VersionRow } from './store.ts'

const Instant = z.iso.datetime()
const Day = z.iso.date()

/** A guideline in the list. */
export const GuidelineView = z.object({
  guidelineId: z.uuid(),
  title: z.string(),
  language: z.enum(['en', 'de']),
  template: z.string().nullable(),
  state: z.enum(states),
  /** Whether the draft says something that no version in force or to come says. */
  hasDraft: z.boolean(),
  /** Of the version in force; null: there is none. */
  number: z.int().nullable(),
  effectiveFrom: Day.nullable(),
  reviewDue: Day.nullable(),
  /** How many members accepted the version in force, of how many. */
  accepted: z.int(),
  members: z.int(),
})

/** An approved version. */
export const VersionView = z.object({
  versionId: z.uuid(),
  number: z.int(),
  title: z.string(),
  body: z.string(),
  measures: z.array(z.string()),
  approvedBy: z.string().nullable(),
  approvedRole: z.string(),
  /** Whether whoever approved it wrote it, too, as nobody else could have approved it. */
  alone: z.boolean(),
  approvedAt: Instant,
  effectiveFrom: Day,
  reviewDue: Day,
  reviewedAt: Instant.nullable(),
  withdrawnAt: Instant.nullable(),
  withdrawnReason: z.string().nullable(),
})

/** Somebody who accepted a version, or has not yet. */
export const AcceptanceView = z.object({
  /** Null: whose account is gone. */
  name: z.string().nullable(),
  version: z.int(),
  at: Instant.nullable(),
})

/** Names and addresses of accounts; unknown ones are missing. */
export type AccountsById = (
  ids: readonly string[],
) => Promise<ReadonlyMap<string, { readonly name: string; readonly email: string }>>

/** A guideline with everything that lists and figures are made of. */
export interface Standing {
  readonly row: GuidelineRow
  /** The newest first. */
  readonly versions: readonly VersionRow[]
  readonly current: VersionRow | undefined
  /** The members who accepted the version in force. */
  readonly accepted: ReadonlyMap<string, Date>
  /** All who have to. */
  readonly members: readonly string[]
  /** The day it is where the tenant is. */
  readonly today: string
}

/** How all guidelines stand, or one, in a fixed number of queries. */
export async function standings(tx: TenantContext, only: GuidelineRow | null = null): Promise<Standing[]> {
  const rows = only ? [only] : await store.listGuidelines(tx)
  const today = await todayOf(tx)
  const versions = Map.groupBy(await store.listVersions(tx, only?.id ?? null), (row) => row.guideline_id)
  const current = new Map(rows.map(({ id }) => [id, inForce(versions.get(id) ?? [], today)]))
  const ids = [...current.values()].flatMap((version) => version?.id ?? [])
  const acceptances = Map.groupBy(await store.listAcceptances(tx, ids), (row) => row.version_id)
  const members = (await store.listMembers(tx)).map(({ accountId }) => accountId)
  return rows.map((row) => {
    const version = current.get(row.id)
    const accepted = new Map((acceptances.get(version?.id ?? '') ?? []).map((one) => [one.account_id, one.at]))
    return { row, versions: versions.get(row.id) ?? [], current: version, accepted, members, today }
  })
}

export function viewGuideline({
  row,
  versions,
  current,
  accepted,
  members,
  today,
}: Standing): z.input<typeof GuidelineView> {
  const last = versions[0]
  const isSaid =
    last !== undefined &&
    !last.withdrawn &&
    last.title === row.title &&
    last.body === row.body &&
    last.review_months === row.review_months &&
    last.measures.join() === row.measures.join()
  return {
    guidelineId: row.id,
    title: current?.title ?? row.title,
    language: row.language,
    template: row.template,
    state: stateOf(versions, today),
    hasDraft: !isSaid,
    number: current?.number ?? null,
    effectiveFrom: current?.effective_from ?? null,
    reviewDue: current?.review_due ?? null,
    accepted: current ? members.filter((id) => accepted.has(id)).length : 0,
    members: members.length,
  }
}

export function viewVersion(
  row: VersionRow,
  names: ReadonlyMap<string, { readonly name: string }>,
): z.input<typeof VersionView> {
  return {
    versionId: row.id,
    number: row.number,
    title: row.title,
    body: row.body,
    measures: [...row.measures],
    approvedBy: row.approved_by === null ? null : (names.get(row.approved_by)?.name ?? null),
    approvedRole: row.approved_role,
    alone: row.alone,
    approvedAt: row.approved_at.toISOString(),
    effectiveFrom: row.effective_from,
    reviewDue: row.review_due,
    reviewedAt: row.reviewed_at?.toISOString() ?? null,
    withdrawnAt: row.withdrawn_at?.toISOString() ?? null,
    withdrawnReason: row.withdrawn_reason,
  }
}
