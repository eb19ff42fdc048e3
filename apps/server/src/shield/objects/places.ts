import { z } from 'zod'
import type { TenantContext } from '../../evidence/index.ts'
import { open, openObjectStore, seal } from '../../platform/index.ts'
import type { ObjectReach, ObjectStore } from '../../platform/index.ts'
import { shieldErrors } from '../errors.ts'
import * as store from './store.ts'
import type { StoreRow } from './store.ts'

/** Who asks a store. */
export interface AccessKey {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

const Key = z.object({ accessKeyId: z.string(), secretAccessKey: z.string() })

/** A store of the tenant that was not removed. @throws {shield.store_not_found} */
export async function getStore(tx: TenantContext, id: string): Promise<StoreRow> {
  const row = await store.findStore(tx, id)
  if (!row || row.removed_at !== null) throw shieldErrors.store_not_found()
  return row
}

/** Keeps a store. Whether it may be asked at all is known at once; what it says itself, with the first job. */
export async function addStore(
  tx: TenantContext,
  place: Pick<StoreRow, 'name' | 'endpoint' | 'region' | 'bucket' | 'addressing'>,
  { key, mayBeLocal }: { readonly key: AccessKey; readonly mayBeLocal: boolean },
): Promise<string> {
  // Refuses the address.
  openObjectStore({ ...place, ...key }, { mayBeLocal }).close()
  const id = tx.newId()
  if (!(await store.addStore(tx, { id, ...place, settings: sealKey(tx, id, key) })))
    throw shieldErrors.store_name_taken()
  await tx.append({
    type: 'shield.store',
    about: { kind: 'shield-store', id },
    code: 'added',
    content: { after: { ...place } },
  })
  return id
}

/** Enters another access key. @throws {shield.store_not_found} */
export async function changeKey(tx: TenantContext, storeId: string, key: AccessKey): Promise<void> {
  const { id } = await getStore(tx, storeId)
  await store.setSettings(tx, id, sealKey(tx, id, key))
  await tx.append({ type: 'shield.store', about: { kind: 'shield-store', id }, code: 'changed' })
}

/** Forgets the access key of a store, and lists it no more. @throws {shield.store_not_found | shield.store_in_use} */
export async function removeStore(tx: TenantContext, storeId: string): Promise<void> {
  const { id } = await getStore(tx, storeId)
  if (!(await store.removeStore(tx, id))) throw shieldErrors.store_in_use()
  await tx.append({ type: 'shield.store', about: { kind: 'shield-store', id }, code: 'removed' })
}

/** Opens a store for work outside of the transaction. @throws {shield.enter_again} and what `openObjectStore` throws */
export function openStore(tx: TenantContext, row: StoreRow, reach: ObjectReach): ObjectStore {
  if (row.settings.length === 0) throw shieldErrors.enter_again()
  const text = open(tx.dataKey, placeOf(tx, row.id), row.settings).toString('utf8')
  return openObjectStore({ ...row, ...Key.parse(JSON.parse(text)) }, reach)
}

function sealKey(tx: TenantContext, id: string, key: AccessKey): Buffer {
  return seal(tx.dataKey, placeOf(tx, id), Buffer.from(JSON.stringify(Key.parse(key))))
}

const placeOf = ({ tenant }: TenantContext, id: string) => `tenant:${tenant.id}/shield_store:${id}/settings`
