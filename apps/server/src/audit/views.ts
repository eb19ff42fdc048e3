import { z } from 'zod'
import { auditKinds, auditStates, reasons, severities, stateOf } from './audit.ts'
import type { CountedRow, ItemRow } from './store.ts'

const Instant = z.iso.datetime()
const Day = z.iso.date()

/** An audit in the list. */
export const AuditView = z.object({
  auditId: z.uuid(),
  kind: z.enum(auditKinds),
  title: z.string(),
  scope: z.string(),
  state: z.enum(auditStates),
  plannedOn: Day,
  openedAt: Instant.nullable(),
  /** Of a review: from when on it looks; null: from the beginning. */
  since: Instant.nullable(),
  /** Of an internal audit: what its sample was drawn by, out of how many lines. */
  seed: z.string().nullable(),
  population: z.int().nullable(),
  items: z.int(),
  undecided: z.int(),
  findings: z.int(),
  /** Findings of which nobody has said yet what was done. */
  toDo: z.int(),
  conclusion: z.string().nullable(),
  /** Null: not signed, or an account that is gone. */
  signedBy: z.string().nullable(),
  signedRole: z.string().nullable(),
  signedAt: Instant.nullable(),
  cancelledReason: z.string().nullable(),
})

/** Something to look at. */
export const ItemView = z.object({
  itemId: z.uuid(),
  position: z.int(),
  about: z.object({ kind: z.string(), id: z.string() }),
  title: z.string(),
  reasons: z.array(z.enum(reasons)),
  /** What belongs to the reasons: the text before, a day, a figure. */
  detail: z.record(z.string(), z.union([z.string(), z.number()])),
  verdict: z.enum(['fine', 'finding']).nullable(),
  note: z.string(),
  severity: z.enum(severities).nullable(),
  /** Who follows it up, in the words of whoever decided. */
  owner: z.string(),
  due: Day.nullable(),
  decidedAt: Instant.nullable(),
  doneAt: Instant.nullable(),
  doneNote: z.string().nullable(),
})

/** Names of accounts. */
export type Names = ReadonlyMap<string, { readonly name: string }>

export function viewAudit(row: CountedRow, names: Names): z.input<typeof AuditView> {
  return {
    auditId: row.id,
    kind: row.kind,
    title: row.title,
    scope: row.scope,
    state: stateOf(row),
    plannedOn: row.planned_on,
    openedAt: row.opened_at?.toISOString() ?? null,
    since: row.since?.toISOString() ?? null,
    seed: row.seed,
    population: row.population,
    items: row.items,
    undecided: row.undecided,
    findings: row.findings,
    toDo: row.to_do,
    conclusion: row.conclusion,
    signedBy: row.signed_by === null ? null : (names.get(row.signed_by)?.name ?? null),
    signedRole: row.signed_role,
    signedAt: row.signed_at?.toISOString() ?? null,
    cancelledReason: row.cancelled_reason,
  }
}

export function viewItem(row: ItemRow): z.input<typeof ItemView> {
  return {
    itemId: row.id,
    position: row.position,
    about: { kind: row.about_kind, id: row.about_id },
    title: row.title,
    reasons: [...row.reasons],
    detail: { ...row.detail },
    verdict: row.verdict,
    note: row.note,
    severity: row.severity,
    owner: row.owner,
    due: row.due,
    decidedAt: row.decided_at?.toISOString() ?? null,
    doneAt: row.done_at?.toISOString() ?? null,
    doneNote: row.done_note,
  }
}
