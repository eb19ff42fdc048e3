import { parseCheckpoint, parseLeaf, parseNote } from '@art32/ledger'
import type { Vouchers } from './bundle.ts'
import * as store from './store.ts'
import type { TenantContext } from './tenants.ts'

/** How much of a tenant's log witnesses have cosigned by now; null: nothing. */
export async function witnessedHead(
  { tenant }: Pick<TenantContext, 'tenant'>,
  { databases, witnessing }: Pick<Vouchers, 'databases' | 'witnessing'>,
): Promise<{ size: number; witnesses: { name: string; time: Date }[] } | null> {
  const cosigned = await witnessing.newest()
  if (cosigned === null) return null
  const { signatures } = parseNote(cosigned.note)
  const size = await coveredBy(databases.control, tenant.id, cosigned.note)
  if (size === null) return null
  const witnesses = cosigned.keys.flatMap(({ name, id }) => {
    const line = signatures.find((one) => one.name === name && one.id === id)
    return line ? [{ name, time: new Date(Number(Buffer.from(line.signature).readBigUInt64BE(0)) * 1000) }] : []
  })
  return { size, witnesses }
}

/** How much of a tenant's log was stamped, first of all for an entry recorded at a time; null: nothing. */
export async function stampedHead(
  { tenant }: Pick<TenantContext, 'tenant'>,
  { databases, stamping }: Pick<Vouchers, 'databases' | 'stamping'>,
  { index, at }: { index: number; at: Date },
): Promise<{ size: number; authority: string; time: Date } | null> {
  let found: { size: number; authority: string; time: Date } | null = null
  for (const { note, authority, time } of await stamping.list(at)) {
    const size = await coveredBy(databases.control, tenant.id, note)
    if (size === null) continue
    found = { size, authority, time }
    if (size > index) return found
  }
  return found
}

/** How many entries of a tenant's log stand under a head of the instance log; null: none, or it is of another log. */
async function coveredBy(db: store.Queryable, tenantId: string, note: string): Promise<number | null> {
  const { origin, size } = parseCheckpoint(parseNote(note).text)
  const state = await store.findState(db)
  const entry = await store.findLastHead(db, tenantId, size)
  const head = entry && parseLeaf(entry.leaf).head
  return head && origin === state?.origin && size <= state.size ? head.size : null
}
