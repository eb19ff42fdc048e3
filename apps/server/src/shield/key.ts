import { randomBytes } from 'node:crypto'
import { type RootKey, rootKey } from '@art32/shield'
import type { TenantContext } from '../evidence/index.ts'
import { open, seal } from '../platform/index.ts'

/**
 * Whose data, as sub-keys name it. The root is the tenant's own already, and a tenant that moves to another installation gets another
 * id: with that in its keys, nothing could be joined there with what was made here.
 */
export const keyOwner = 'tenant'

/**
 * The root of the tenant's keys, made at first use. Random and sealed under the data key, not derived from it: the data key is
 * changed now and then, and pseudonyms must not be.
 */
export async function openShieldKey({ sql, dataKey, tenant }: TenantContext): Promise<RootKey> {
  const place = `tenant:${tenant.id}/shield_key:1/key`
  const stored = async () => (await sql.query<{ key: Buffer }>('select key from shield_key')).rows[0]?.key
  const found = await stored()
  if (found !== undefined) return keyIn(open(dataKey, place, found))
  const made = seal(dataKey, place, Buffer.from(randomBytes(32).toString('hex')))
  // Two at once: the first one's counts.
  await sql.query('insert into shield_key (key) values ($1) on conflict do nothing', [made])
  return keyIn(open(dataKey, place, (await stored()) ?? made))
}

/** Written as text, so that an export can carry it. */
const keyIn = (text: Buffer): RootKey => rootKey(Buffer.from(text.toString('utf8'), 'hex'))

/**
 * The key of people in the facts of connectors. Where there are pseudonyms of the time before the shield, theirs is its epoch 0 and stays:
 * with another one, nobody in the facts of thirteen months could be joined with who is seen today.
 */
export async function personKey(tx: TenantContext): Promise<Uint8Array> {
  const { rows } = await tx.sql.query<{ key: Buffer }>('select key from pseudonym_key')
  const place = `tenant:${tx.tenant.id}/pseudonym_key:1/key`
  if (rows[0]) return Buffer.from(open(tx.dataKey, place, rows[0].key).toString('utf8'), 'hex')
  const root = await openShieldKey(tx)
  return root.derive({ tenant: keyOwner, domain: 'connector', type: 'person', epoch: '1' })
}
