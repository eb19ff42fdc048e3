import type { LeafType } from '@art32/ledger'
import { expect } from 'vitest'
import type { AnyOperation } from '../../../apps/server/src/kernel/index.ts'
import { callerOf } from './cases.ts'
import { table } from './table.ts'
import { call, cookiesOf } from './world.ts'
import type { World } from './world.ts'

/** Leaves of one type by one kind of actor. */
interface Counted {
  readonly type: string
  readonly actor: string
  readonly count: number
}
type Leaves = Readonly<Record<'tenant' | 'instance', readonly Counted[]>>

const leavesFrom = `
  select type, convert_from(leaf, 'UTF8')::jsonb #>> '{actor,k}' as actor, idx::int from log_entry where idx >= $1
  union all select event ->> 'type', event #>> '{actor,k}', null from log_pending`
const sizeOf = 'select count(*)::int as size from log_entry'

/** What a ledger held when it was last looked at: a walk over all operations would read all of it again each time. */
interface Seen {
  size: number
  readonly counts: Map<string, Counted>
}

function addTo(counts: Map<string, Counted>, { type, actor }: { type: string; actor: string }): void {
  const key = `${type} ${actor}`
  counts.set(key, { type, actor, count: (counts.get(key)?.count ?? 0) + 1 })
}

interface Reads {
  query<T extends object>(text: string, values?: unknown[]): Promise<{ rows: T[] }>
}

/** How many leaves a ledger holds, waiting ones too. */
async function countLeaves(seen: Seen, sql: Reads): Promise<Counted[]> {
  // A database that was put back has fewer than there were.
  const { rows: sizes } = await sql.query<{ size: number }>(sizeOf)
  if ((sizes[0]?.size ?? 0) < seen.size) {
    seen.size = 0
    seen.counts.clear()
  }
  const { rows } = await sql.query<{ type: string; actor: string; idx: number | null }>(leavesFrom, [seen.size])
  for (const row of rows) {
    if (row.idx === null) continue
    addTo(seen.counts, row)
    seen.size = Math.max(seen.size, row.idx + 1)
  }
  const all = new Map(seen.counts)
  for (const row of rows) if (row.idx === null) addTo(all, row)
  return [...all.values()]
}

const seenOf = new WeakMap<World, Map<string, Seen>>()

async function leavesOf(world: World, tenant: string): Promise<Leaves> {
  const ofWorld = seenOf.get(world) ?? new Map<string, Seen>()
  seenOf.set(world, ofWorld)
  const seen = (name: string): Seen => {
    const one = ofWorld.get(name) ?? { size: 0, counts: new Map() }
    ofWorld.set(name, one)
    return one
  }
  const [own, instance] = await Promise.all([
    world.server.tenants.asSystem(tenant, ({ sql }) => countLeaves(seen(`tenant ${tenant}`), sql)),
    countLeaves(seen('instance'), world.server.databases.control),
  ])
  return { tenant: own, instance }
}

const countOf = (leaves: readonly Counted[], type: string) =>
  leaves.filter((one) => one.type === type).reduce((sum, { count }) => sum + count, 0)

/** Asserts of every operation that it succeeds, and appends what its row says: nothing where it only reads. */
export async function expectLeaves(world: World, operations: readonly AnyOperation[]): Promise<void> {
  const faults: string[] = []
  for (const operation of operations) {
    const { id, changes } = operation
    const { leaves, noLeaf } = table[id] ?? {}
    if ((leaves !== undefined) === (noLeaf !== undefined) && changes)
      faults.push(`${id}: leaves, or why there are none`)
    if ((leaves !== undefined || noLeaf !== undefined) && !changes) faults.push(`${id} only reads`)
    const { before, after } = await succeed(world, operation)
    if (!leaves) faults.push(...grown(before, after).map((type) => `${id} appends ${type}`))
    for (const ledger of ['tenant', 'instance'] as const)
      for (const type of leaves?.[ledger] ?? [])
        if (countOf(after[ledger], type) <= countOf(before[ledger], type))
          faults.push(`${id} appends no ${type} to the ledger of the ${ledger}`)
  }
  expect(faults).toEqual([])
}

async function succeed(world: World, operation: AnyOperation): Promise<{ before: Leaves; after: Leaves }> {
  const me = await callerOf(world, operation)
  const row = table[operation.id]
  const input = (await row?.input?.(me)) ?? {}
  const file = await row?.file?.(me)
  const tenant = row?.into ?? me.tenant
  const before = await leavesOf(world, tenant)
  // What is for everybody works for who is signed out.
  const headers = operation.scope === 'public' ? {} : cookiesOf(me)
  const { code } = await call(world.server, operation, { input, tenant: me.tenant, headers, file })
  expect([operation.id, code]).toEqual([operation.id, 'ok'])
  return { before, after: await leavesOf(world, tenant) }
}

/** What art32 appends to the ledger of the instance whoever calls, or later. */
const byItself: ReadonlySet<string> = new Set(['tenant.checkpoint', 'retention.performed'] satisfies LeafType[])

/** What a call appended; what art32 does by itself meanwhile is none of it. */
function grown(before: Leaves, after: Leaves): string[] {
  const byUser = (leaves: readonly Counted[]) => leaves.filter(({ actor }) => actor === 'user')
  const byCall = (leaves: readonly Counted[]) => leaves.filter(({ type }) => !byItself.has(type))
  const more = (now: readonly Counted[], then: readonly Counted[]) =>
    now.filter(({ type }) => countOf(now, type) > countOf(then, type)).map(({ type }) => type)
  return [
    ...more(byUser(after.tenant), byUser(before.tenant)),
    ...more(byCall(after.instance), byCall(before.instance)),
  ]
}
