import { createHash } from 'node:crypto'
import { findMeasure } from '@art32/catalogue'
import { canonicalJson, compareEditions, linesOf } from '@art32/press'
import type { Change, Changes, Comparison, Decision, EditionDocument, Line, Visibility } from '@art32/press'
import { findIndexes, listContents } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { bug } from '../kernel/index.ts'
import { editionErrors } from './errors.ts'

/** A decision about one change; the newest about a change counts. */
export interface DecisionTaken {
  readonly reason: string
  /** Id of the line that is said to keep the level. */
  readonly equivalent: string | null
  readonly by: string
  readonly at: Date
  readonly commitment: Buffer
}

interface DecisionRow {
  readonly change_key: Buffer
  readonly decided_role: string
  readonly at: Date
  readonly commitment: Buffer
}

/** What two editions promise, by the strengths and alternatives of the catalogue. */
export function compare(before: EditionDocument, after: EditionDocument): Comparison {
  return compareEditions(before, after, (measure) => findMeasure(measure))
}

/**
 * Names a change by what is promised before and after, so that a decision counts for this change and for no other: neither
 * another wording nor another day's proofs inherit it.
 */
export function keyOf(change: Change): Buffer {
  const promises = {
    before: change.before && promiseOfLine(change.before),
    after: change.after && promiseOfLine(change.after),
  }
  return createHash('sha256').update(canonicalJson(promises)).digest()
}

function promiseOfLine(line: Line): Partial<Line> {
  const { text, status, condition, rhythm, parameters, guarantor, systems, exception, visibility } = line
  return {
    text,
    status,
    guarantor,
    visibility,
    parts: line.parts.map(({ measure, title, required }) => ({
      measure,
      title,
      required,
      backing: [],
      confirmedBy: null,
    })),
    ...(condition === undefined ? {} : { condition }),
    ...(rhythm === undefined ? {} : { rhythm }),
    ...(parameters === undefined ? {} : { parameters }),
    ...(systems === undefined ? {} : { systems }),
    ...(exception === undefined ? {} : { exception }),
  }
}

/** Records that a person decided about a change. */
export async function decide(
  tx: TenantContext,
  change: Change,
  { reason, equivalent }: { reason: string; equivalent: string | null },
): Promise<void> {
  const id = tx.newId()
  const { accountId } = tx.caller
  if (accountId === null) throw bug('a decision without a person')
  const { decision } = await tx.append({
    type: 'decision.recorded',
    about: { kind: 'decision', id },
    content: {
      decision: {
        format: 'art32.decision/1',
        before: change.before?.text ?? null,
        after: change.after?.text ?? null,
        differences: change.differences.map((one) => ({ ...one })),
        reason,
        equivalent,
      },
    },
  })
  if (!decision) throw bug('a decision was appended without its commitment')
  await tx.sql.query(
    `insert into decision (id, change_key, decided_by, decided_role, at, commitment) values ($1, $2, $3, $4, $5, $6)`,
    [id, keyOf(change), accountId, tx.caller.role, tx.now, decision],
  )
}

/** The newest decision about each of these changes; one whose reason was erased counts no more. */
export async function decisionsOf(tx: TenantContext, changes: readonly Change[]): Promise<Map<Change, DecisionTaken>> {
  const keys = new Map(changes.map((change) => [keyOf(change).toString('base64'), change]))
  const { rows } = await tx.sql.query<DecisionRow>(
    `select distinct on (change_key) change_key, decided_role, at, commitment from decision
     where change_key = any ($1::bytea[]) order by change_key, at desc, id desc`,
    [[...keys.keys()].map((key) => Buffer.from(key, 'base64'))],
  )
  const contents = await listContents(
    tx.sql,
    rows.map((row) => row.commitment),
  )
  const found = new Map<Change, DecisionTaken>()
  for (const row of rows) {
    const change = keys.get(row.change_key.toString('base64'))
    const said = saidIn(contents.get(row.commitment.toString('base64')))
    if (change && said) found.set(change, { ...said, by: row.decided_role, at: row.at, commitment: row.commitment })
  }
  return found
}

/** As `decide` wrote it. */
function saidIn(content: unknown): Pick<DecisionTaken, 'reason' | 'equivalent'> | null {
  if (typeof content !== 'object' || content === null || !('reason' in content)) return null
  const equivalent = 'equivalent' in content ? content.equivalent : null
  return {
    reason: String(content.reason),
    equivalent: typeof equivalent === 'string' ? equivalent : null,
  }
}

/**
 * What an edition says of its changes since the one before.
 *
 * @throws {edition.decision_needed} with how many changes nobody has decided about
 */
export async function changesSince(
  tx: TenantContext,
  before: EditionDocument,
  after: EditionDocument,
): Promise<Changes> {
  const { changes, counts, levels } = compare(before, after)
  const open = changes.filter(({ decision }) => decision === 'needed')
  const taken = await decisionsOf(tx, open)
  if (taken.size < open.length) throw editionErrors.decision_needed({ count: open.length - taken.size })
  const indexes = await findIndexes(
    tx.sql,
    [...taken.values()].map(({ commitment }) => commitment),
  )
  const lines = new Map(linesOf(after.sections).map((line) => [line.id, line]))
  const { decisions: _, ...kinds } = counts
  return {
    since: before.number ?? 0,
    date: before.date,
    counts: kinds,
    decisions: open.flatMap((change): Decision[] => {
      const decision = taken.get(change)
      const leaf = decision && indexes.get(decision.commitment.toString('base64'))
      if (!decision || leaf === undefined) return []
      const equivalent = decision.equivalent === null ? undefined : lines.get(decision.equivalent)
      return [
        {
          before: change.before?.text ?? '',
          after: change.after?.text ?? '',
          differences: change.differences,
          reason: decision.reason,
          ...(equivalent ? { equivalent: equivalent.text } : {}),
          by: decision.by,
          at: decision.at.toISOString(),
          leaf,
          visibility: narrowest([change.before, change.after, equivalent]),
        },
      ]
    }),
    levels: levels.map(({ goal, before: old, after: now }) => ({ goal, before: old.points, after: now.points })),
  }
}

/**
 * Sees to it that nothing is promised less than what a customer agreed to unless a person decided so.
 *
 * @param agreed the editions that customers agreed to
 * @throws {edition.agreed_decision_needed} with the edition, and how many changes since nobody has decided about
 */
export async function refuseLessThanAgreed(
  tx: TenantContext,
  agreed: readonly EditionDocument[],
  after: EditionDocument,
): Promise<void> {
  for (const before of agreed) {
    const open = compare(before, after).changes.filter(({ decision }) => decision === 'needed')
    const taken = await decisionsOf(tx, open)
    if (taken.size < open.length)
      throw editionErrors.agreed_decision_needed({ number: before.number ?? 0, count: open.length - taken.size })
  }
}

const circles: readonly Visibility[] = ['public', 'customers', 'auditors']

/** The narrowest circle of some lines: what is said of them tells no more people than each of them does. */
function narrowest(lines: readonly (Line | null | undefined)[]): Visibility {
  const widths = lines.map((line) => circles.indexOf(line?.visibility ?? 'public'))
  return circles[Math.max(...widths)] ?? 'auditors'
}
