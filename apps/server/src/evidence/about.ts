import {
  formatProof,
  openCheckpoint,
  parseVkey,
  planInclusion,
  proveInclusion,
  tileReader,
  tilePath,
  tilesForNodes,
} from '@art32/ledger'
import { bug } from '../kernel/index.ts'
import { ledgerCrypto } from '../platform/index.ts'
import * as store from './store.ts'
import type { TenantContext } from './tenants.ts'

/** How many leaves are proven at most: more would be the log itself. */
const most = 500

/**
 * Every leaf about one thing that has its place, with the proof of it and what it commits to: files that can be checked
 * without this installation, as C2SP tlog-proof says.
 *
 * - `<index>.json` the leaf as hashed · `<index>.tlog-proof` its proof · `<index>.openings.json` salts and contents, without
 *   who did it · `key.txt` the key of the log
 */
export async function proofsAbout({ sql, tenant }: TenantContext, about: string): Promise<Map<string, Uint8Array>> {
  const state = await store.findState(sql)
  if (!state) throw bug('a log was not started')
  const { size } = openCheckpoint(ledgerCrypto, state.note, [parseVkey(ledgerCrypto, tenant.vkey)])
  const { rows } = await sql.query<{ idx: string; leaf: Buffer }>(
    'select idx, leaf from log_entry where subject = $1 and idx < $2 order by idx limit $3',
    [about, size, most],
  )
  const files = new Map<string, Uint8Array>([['key.txt', Buffer.from(`${tenant.vkey}\n`)]])
  const openings = Map.groupBy(
    rows.length === 0
      ? []
      : await store.listOpenings(
          sql,
          rows.map(({ idx }) => Number(idx)),
        ),
    ({ idx }) => String(idx),
  )
  for (const { idx, leaf } of rows) {
    files.set(`${idx}.json`, leaf)
    files.set(`${idx}.tlog-proof`, Buffer.from(await proofOf(sql, Number(idx), size, state.note)))
    const opened = (openings.get(idx) ?? []).flatMap(({ role, salt, content }) =>
      role !== 'actor' && salt && content
        ? [{ role, salt: salt.toString('hex'), content: content.toString('utf8') }]
        : [],
    )
    files.set(`${idx}.openings.json`, Buffer.from(`${JSON.stringify(opened, null, 2)}\n`))
  }
  return files
}

const hashSize = 32

async function proofOf(db: store.Queryable, index: number, size: number, checkpoint: string): Promise<string> {
  const tiles = new Map<string, Uint8Array>()
  for (const tile of tilesForNodes(planInclusion(index, size).nodes, size)) {
    const data = typeof tile.level === 'number' ? await store.findTile(db, tile.level, tile.index) : undefined
    if (!data) throw bug('a tile of a log is missing')
    tiles.set(tilePath(tile), data.subarray(0, tile.width * hashSize))
  }
  const read = tileReader(ledgerCrypto, size, (tile) => tiles.get(tilePath(tile)) ?? new Uint8Array())
  return formatProof({ index, hashes: proveInclusion(ledgerCrypto, index, size, read), checkpoint })
}
