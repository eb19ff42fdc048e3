import type { EditionDocument } from '@art32/press'
import { listAgreed } from '../contract/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import * as store from './store.ts'

/** The editions that customers agreed to by an agreement in force. @param but a number that is compared with anyhow */
export async function agreedEditions(tx: TenantContext, but: number | null): Promise<EditionDocument[]> {
  const found: EditionDocument[] = []
  for (const number of await listAgreed(tx)) {
    const row = number === but ? undefined : await store.findNumber(tx, number)
    if (row) found.push(store.documentOf(tx, row))
  }
  return found
}
