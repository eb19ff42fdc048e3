import { listInForce } from '../contract/index.ts'
import type { Happening, TenantContext } from '../evidence/index.ts'
import { wake } from './queue.ts'
import * as store from './store.ts'

/** Notes, in the transaction of a publication, that customers may have to be told: neither is without the other. */
export async function publicationNoter(tx: TenantContext, { type, about }: Happening): Promise<void> {
  if (type !== 'edition.published') return
  const hasAgreed = (await listInForce(tx)).some(({ contract: { edition } }) => edition !== null)
  if (!hasAgreed) return
  await store.addAnnouncement(tx, {
    id: tx.newId(),
    kind: 'measures',
    title: '',
    body: '',
    edition_id: about.id,
    edition: null,
    effective_on: null,
    role: tx.caller.role,
  })
  await wake(tx)
}
