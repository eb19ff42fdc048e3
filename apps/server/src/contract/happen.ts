import { todayOf } from '../calendar/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { attachFiles } from '../file/index.ts'
import { matterErrors } from './errors.ts'
import { dueOf, matters, stepOf, toTellOfMatter, wrongFields } from './matter.ts'
import type { MatterKind, Said, Step } from './matter.ts'
import * as store from './store.ts'
import type { ContractRow, MatterRow } from './store.ts'

/** What begins. */
export interface Beginning {
  readonly kind: MatterKind
  readonly openedOn: string
  readonly said: Said
  readonly roomId: string | null
  readonly fileIds: readonly string[]
}

/** Writes down that something happens under an agreement. @throws {matter.wrong_fields | file.*} */
export async function openMatter(
  tx: TenantContext,
  contract: ContractRow,
  { kind, openedOn, said, roomId, fileIds }: Beginning,
): Promise<string> {
  const [first] = matters[kind].steps
  refuseWrong(first, said)
  const row: MatterRow = {
    id: tx.newId(),
    contract_id: contract.id,
    kind,
    state: first.id,
    opened_on: openedOn,
    due_on: dueOf(kind, openedOn, said, contract),
    closed_on: null,
    room_id: roomId,
    said,
    told: 0,
    created_at: tx.now,
  }
  await store.addMatter(tx, row)
  await record(tx, row, openedOn, said, fileIds, 'matter.opened')
  return row.id
}

/**
 * Writes down what came next; what was written before stays.
 *
 * @throws {matter.not_found | matter.not_possible | matter.to_come | matter.wrong_fields | file.*}
 */
export async function stepMatter(
  tx: TenantContext,
  {
    matterId,
    state,
    onDay,
    said,
    fileIds,
  }: { matterId: string; state: string; onDay: string; said: Said; fileIds: readonly string[] },
): Promise<void> {
  const row = await store.getMatter(tx, matterId, true)
  const next = stepOf(row.kind, state)
  if (!next || !(stepOf(row.kind, row.state)?.next ?? []).includes(state)) throw matterErrors.not_possible()
  if (onDay > (await todayOf(tx)) || onDay < row.opened_on) throw matterErrors.to_come()
  refuseWrong(next, said)
  const isClosed = next.next.length === 0
  const changed: MatterRow = {
    ...row,
    state,
    // What was passed on in time is not due any more; what was held neither.
    due_on: ['forwarded', 'held'].includes(state) ? null : row.due_on,
    closed_on: isClosed ? onDay : null,
    said: { ...row.said, ...said },
  }
  await store.changeMatter(tx, changed)
  await record(tx, changed, onDay, said, fileIds, isClosed ? 'matter.closed' : 'matter.changed')
}

async function record(
  tx: TenantContext,
  row: MatterRow,
  onDay: string,
  said: Said,
  fileIds: readonly string[],
  type: 'matter.opened' | 'matter.changed' | 'matter.closed',
): Promise<void> {
  const files = await attachFiles(tx, { kind: 'contract', id: row.id }, fileIds)
  await store.addStep(tx, {
    id: tx.newId(),
    matter_id: row.id,
    state: row.state,
    on_day: onDay,
    said,
    role: tx.caller.role,
    at: tx.now,
  })
  await tx.append({
    type,
    about: { kind: 'matter', id: row.id },
    code: row.kind,
    content: {
      content: {
        contract: row.contract_id,
        state: row.state,
        onDay,
        said: { ...said },
        room: row.room_id,
        files: files.map(({ sha256 }) => sha256),
      },
    },
  })
}

function refuseWrong({ asks }: Step, said: Said): void {
  const wrong = wrongFields(asks, said)
  if (wrong.length > 0) throw matterErrors.wrong_fields({ fields: wrong.map((id) => id.slice(0, 40)).join(', ') })
}

/** Tells once that something is due, and once that it is overdue. */
export async function attendMatters(tx: TenantContext): Promise<void> {
  const today = await todayOf(tx)
  for (const { customer: _, customer_id: __, ...row } of await store.listOpenMatters(tx)) {
    const told = toTellOfMatter(row, today)
    if (told <= row.told) continue
    await store.changeMatter(tx, { ...row, told })
    await tx.append({
      type: 'matter.reminded',
      about: { kind: 'matter', id: row.id },
      code: told === 2 ? 'overdue' : 'today',
      content: { content: { contract: row.contract_id, state: row.state, dueOn: row.due_on } },
      by: 'system',
    })
  }
}
