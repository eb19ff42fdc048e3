import { hash } from 'node:crypto'
import { canonicalize } from '@art32/ledger'
import { checks, compare, connectorOf, isFor, settle } from '@art32/probes'
import type { FactChange, Reading } from '@art32/probes'
import type { ConnectionRow } from '../connection/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { open, seal } from '../platform/index.ts'
import { checkErrors } from './errors.ts'
import * as kept from './history-store.ts'
import type { ChangeRow, PartRow } from './history-store.ts'

/** A part of what a connection sees, in the state that a person approved. */
export interface Approved {
  readonly hash: string
  readonly facts: unknown
}

type Place = Pick<ConnectionRow, 'id' | 'system_id' | 'connector'>

/**
 * Keeps each part of a reading that was seen completely and is another than before, and what changed. A part that was
 * not seen stays as it was: nobody knows.
 */
export async function keepFacts(tx: TenantContext, connection: Place, reading: Reading): Promise<void> {
  const connector = connectorOf(connection.connector)
  if (reading.read === 'no' || !connector) return
  const known = new Map((await kept.listParts(tx, connection.id)).map((row) => [row.part, row]))
  const unchanged = new Map<string, string>()
  for (const [part, group] of Object.entries(reading.facts)) {
    if (group.read === 'no' || !group.complete) continue
    const settled = settle(connector.history, part, group.facts)
    // All of it changes by itself.
    if (settled === undefined) continue
    const text = canonicalize(settled)
    const present = hash('sha256', `${connection.connector}\0${part}\0${text}`)
    const before = known.get(part)
    if (before?.hash === present) unchanged.set(present, text)
    else await keepState(tx, connection, { part, before, present, settled, text })
  }
  for (const id of await kept.noteSeen(tx, connection.id, [...unchanged.keys()])) {
    const text = unchanged.get(id)
    if (text !== undefined) await keepContent(tx, id, text)
  }
}

interface State {
  readonly part: string
  readonly before: PartRow | undefined
  readonly present: string
  readonly settled: unknown
  readonly text: string
}

async function keepState(
  tx: TenantContext,
  connection: Place,
  { part, before, present, settled, text }: State,
): Promise<void> {
  await keepContent(tx, present, text)
  const changes = before ? await changesOf(tx, connection.connector, part, before.hash, { facts: settled }) : []
  // A new release may leave out more: what is left is the same then, and the approved state goes on under its new hash.
  const isSame = before !== undefined && changes !== null && changes.length === 0
  await kept.setPart(tx, connection.id, {
    part,
    hash: present,
    since: isSame ? before.since : tx.now,
    approved_hash: isSame && before.approved_hash === before.hash ? present : (before?.approved_hash ?? null),
  })
  if (isSame || (!before && !isCompared(connection.connector, part))) return
  const change = {
    id: tx.newId(),
    system_id: connection.system_id,
    connection_id: connection.id,
    connector: connection.connector,
    part,
    before_hash: before?.hash ?? null,
    after_hash: present,
    earlier_at: before?.seen_at ?? null,
    size: changes?.length ?? 0,
  }
  await kept.addChange(tx, change)
  await tx.append({
    type: 'facts.changed',
    about: { kind: 'system', id: connection.system_id },
    content: { content: { part, connector: connection.connector, before: change.before_hash, after: present } },
  })
  await undoWhatIsBack(tx, connection.id, part, present)
}

/** Where a state is again what it was before the first change that nobody approved, none of them is left to approve. */
async function undoWhatIsBack(tx: TenantContext, connectionId: string, part: string, present: string): Promise<void> {
  const open = await kept.listOpen(tx, connectionId, part)
  if (open[0]?.before_hash === present)
    await kept.setUndone(
      tx,
      open.map(({ id }) => id),
    )
}

/** Whether a check compares a part with what is approved: then the state that was seen first waits for approval. */
function isCompared(connector: string, part: string): boolean {
  return checks.some((check) => check.baseline !== undefined && isFor(check, connector) && check.reads.includes(part))
}

/**
 * What changed from one state to another; null where one of them is not kept any more.
 *
 * @param after its hash, or the facts themselves
 */
export async function changesOf(
  tx: TenantContext,
  connectorId: string,
  part: string,
  before: string,
  after: string | { readonly facts: unknown },
): Promise<FactChange[] | null> {
  const connector = connectorOf(connectorId)
  const wanted = typeof after === 'string' ? [before, after] : [before]
  const contents = await contentsOf(tx, wanted)
  const then = contents.get(before)
  const now = typeof after === 'string' ? contents.get(after) : after
  if (!connector || !then || !now) return null
  return compare(connector.history, part, then.facts, now.facts)
}

/** Kept states by their hash, unsealed; those whose time is over are missing. */
async function contentsOf(tx: TenantContext, hashes: readonly string[]): Promise<Map<string, { facts: unknown }>> {
  const rows = await kept.listContents(tx, hashes)
  return new Map(
    rows.map(({ hash: id, facts }) => [
      id,
      { facts: JSON.parse(open(tx.dataKey, contentPlace(tx, id), facts).toString('utf8')) as unknown },
    ]),
  )
}

/** A kept state; null where its time is over. */
export async function stateOf(tx: TenantContext, id: string): Promise<{ facts: unknown } | null> {
  return (await contentsOf(tx, [id])).get(id) ?? null
}

async function keepContent(tx: TenantContext, id: string, text: string): Promise<void> {
  await kept.addContent(tx, id, seal(tx.dataKey, contentPlace(tx, id), Buffer.from(text)))
}

function contentPlace(tx: TenantContext, id: string): string {
  return `tenant:${tx.tenant.id}/fact_content:${id}/facts`
}

/** The approved states of what a connection sees, as far as a check compares with them. */
export async function approvedFacts(tx: TenantContext, connection: Place): Promise<Map<string, Approved>> {
  const parts = checks.some((check) => check.baseline !== undefined && isFor(check, connection.connector))
    ? await kept.listParts(tx, connection.id)
    : []
  const wanted = parts.filter(({ part }) => isCompared(connection.connector, part))
  const contents = await contentsOf(
    tx,
    wanted.flatMap((row) => (row.approved_hash === null ? [] : [row.approved_hash])),
  )
  return new Map(
    wanted.flatMap(({ part, approved_hash: approved }) => {
      const content = approved === null ? undefined : contents.get(approved)
      return content && approved !== null ? [[part, { hash: approved, facts: content.facts }] as const] : []
    }),
  )
}

/**
 * Confirms changes as intended. What is approved is a state: with a change, those before it of the same part are.
 *
 * @returns the connections whose approved state is another now
 * @throws {check.change_not_found | check.change_settled}
 */
export async function approve(
  tx: TenantContext,
  { changeIds, note, ticket }: { changeIds: readonly string[]; note: string; ticket: string | null },
): Promise<{ connectionIds: string[]; approved: number }> {
  const chosen = await kept.listChangesById(tx, changeIds)
  if (chosen.length !== new Set(changeIds).size) throw checkErrors.change_not_found()
  if (chosen.some(({ state }) => state !== 'open')) throw checkErrors.change_settled()
  const connectionIds = new Set<string>()
  let approved = 0
  for (const ofPart of Map.groupBy(chosen, (row) => `${row.connection_id} ${row.part}`).values()) {
    const newest = ofPart.reduce((last, row) => (row.nth > last.nth ? row : last))
    const covered = (await kept.listOpen(tx, newest.connection_id, newest.part)).filter(({ nth }) => nth <= newest.nth)
    await kept.setApproved(tx, covered, { by: tx.caller.accountId, note, ticket })
    await kept.setApprovedState(tx, newest)
    await appendApproval(tx, newest, covered.length, { note, ticket })
    connectionIds.add(newest.connection_id)
    approved += covered.length
  }
  return { connectionIds: [...connectionIds], approved }
}

async function appendApproval(
  tx: TenantContext,
  newest: ChangeRow,
  changes: number,
  { note, ticket }: { note: string; ticket: string | null },
): Promise<void> {
  const { part, connector, after_hash: state } = newest
  await tx.append({
    type: 'facts.approved',
    about: { kind: 'system', id: newest.system_id },
    content: {
      after: { part, connector, state, changes, ...(ticket === null ? {} : { ticket }) },
      reason: { reason: note },
    },
  })
}
