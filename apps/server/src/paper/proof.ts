import type { PaperProof } from '@art32/press'
import { findIndexes, findState } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'

/** Where the ledger holds a record, for the foot of a paper; undefined while it has no place yet, or there is no record. */
export async function ledgerProof({ sql }: TenantContext, commitment: Buffer | null): Promise<PaperProof | undefined> {
  if (commitment === null) return undefined
  const leaf = (await findIndexes(sql, [commitment])).get(commitment.toString('base64'))
  const state = await findState(sql)
  if (leaf === undefined || !state) return undefined
  return { log: state.origin, leaf, checkpoint: `${state.size} ${Buffer.from(state.root).toString('base64')}` }
}
