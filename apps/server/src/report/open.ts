import type { TenantContext } from '../evidence/index.ts'
import { findPublished } from '../edition/index.ts'
import { homeSlug } from '../tenant/index.ts'
import { findSetting } from './store.ts'

/**
 * Whether strangers can report to a tenant. Where nobody decided: once it has published something, since before that nobody is
 * to learn that it is here; and always to the installation itself.
 */
export async function isShownOpen(tx: TenantContext): Promise<boolean> {
  if (tx.tenant.isSuspended) return false
  const { is_open: isOpen } = await findSetting(tx)
  if (isOpen !== null) return isOpen
  return tx.tenant.slug === homeSlug || (await findPublished(tx)) !== undefined
}
