import { createHash } from 'node:crypto'
import { canonicalize } from '@art32/ledger'
import { z } from 'zod'
import { findEarlier } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import * as store from './store.ts'

const Published = z.object({ files: z.record(z.string(), z.string()) })

/**
 * Whether the editions of a tenant that came from another installation are those that its sealed log records: the whole
 * text, and every file by its hash.
 *
 * @returns what is wrong; null: nothing
 */
export async function checkEditions(tx: TenantContext): Promise<string | null> {
  for (const row of await store.list(tx)) {
    const place = await findEarlier(tx.sql, row.commitment)
    if (!place) return 'an edition is not in the ledger'
    const { rows } = await tx.sql.query<{ role: string; content: Buffer | null }>(
      'select role, content from earlier_opening where log_id = $1 and idx = $2',
      [place.log.id, place.index],
    )
    const opened = new Map(rows.map(({ role, content }) => [role, content]))
    const whole = opened.get('whole')
    if (whole && whole.toString('utf8') !== canonicalize(store.documentOf(tx, row)))
      return 'an edition says something else than the ledger'
    const content = opened.get('content')
    if (!content) continue
    const { files } = Published.parse(JSON.parse(content.toString('utf8')))
    const hashes = (await store.listFiles(tx, row.id)).map(({ name, bytes }): [string, string] => [
      name,
      createHash('sha256').update(bytes).digest('hex'),
    ])
    if (hashes.length !== Object.keys(files).length || hashes.some(([name, hash]) => files[name] !== hash))
      return 'an edition has other files than the ledger says'
  }
  return null
}
