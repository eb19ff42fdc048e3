import {
  buildBundle,
  parseLeaf,
  parseVkey,
  proveInclusion,
  tileReader,
  openCheckpoint,
  planInclusion,
  tilesForNodes,
  tilePath,
  verifierKey,
} from '@art32/ledger'
import type { InclusionProof, Slot } from '@art32/ledger'
import { bug } from '../kernel/index.ts'
import { ledgerCrypto } from '../platform/index.ts'
import type { Databases } from '../platform/index.ts'
import type { Registry } from '../tenant/index.ts'
import { listEarlierEntries, listEarlierOpenings } from './earlier.ts'
import { earlierParts, laterParts } from './bundled-logs.ts'
import type { EarlierLog } from './earlier.ts'
import * as store from './store.ts'
import type { TenantContext } from './tenants.ts'

/**
 * The proof bundle of an edition: the tenant's whole log, the openings that may be shown, and the installation's word for it.
 *
 * @param disclose which commitments are opened; the content of the edition always is
 * @param files by name, as the edition's content lists their hashes
 * @param earlier the log of another installation in which the edition was published, before the tenant came here
 */
export async function bundleOf(
  { tenant, sql }: TenantContext,
  { registry, databases }: { registry: Registry; databases: Databases },
  editionLeaf: number,
  disclose: readonly Slot[],
  files: ReadonlyMap<string, Uint8Array>,
  earlier: EarlierLog | null = null,
): Promise<Map<string, Uint8Array>> {
  const state = earlier ?? (await store.findState(sql))
  if (!state) throw bug('a log was not started')
  const entries = earlier ? await listEarlierEntries(sql, earlier.id) : await store.listEntries(sql, 0, state.size)
  const wanted = new Set(
    [{ index: editionLeaf, role: 'content' }, ...disclose].map(({ index, role }) => `${index}/${role}`),
  )
  const indexes = [editionLeaf, ...disclose.map((slot) => slot.index)]
  const rows = earlier ? await listEarlierOpenings(sql, earlier.id, indexes) : await store.listOpenings(sql, indexes)
  const openings = rows.flatMap(({ idx, role, salt, content }) =>
    idx !== null && salt && content && wanted.has(`${idx}/${role}`) ? [{ index: idx, role, salt, content }] : [],
  )
  const instance = earlier ? null : await instanceProof(databases.control, registry, tenant.id, state)
  return buildBundle(ledgerCrypto, {
    checkpoint: state.note,
    entries: entries.map((entry) => entry.leaf),
    keys: [
      parseVkey(ledgerCrypto, (earlier ?? tenant).vkey),
      ...(instance ? [verifierKey(ledgerCrypto, registry.instance)] : []),
    ],
    editionLeaf,
    openings,
    files,
    ...(instance ? { instance } : {}),
    ...(earlier ? {} : { earlier: await earlierParts(sql, entries[0]?.leaf) }),
    ...(earlier ? { later: await laterParts(sql, earlier) } : {}),
  })
}

/** The last head of a tenant's log that stands in the instance log, with its inclusion there. */
async function instanceProof(
  db: store.Queryable,
  registry: Registry,
  tenantId: string,
  { origin, size }: { readonly origin: string; readonly size: number },
): Promise<{ leaf: Uint8Array; proof: InclusionProof } | null> {
  const entry = await store.findLastHead(db, tenantId)
  const state = await store.findState(db)
  const head = entry && parseLeaf(entry.leaf).head
  // After a restore the last head that stands there may be of a log before, or of leaves that are gone.
  if (!entry || !state || !head || head.origin !== origin || head.size > size) return null
  return { leaf: entry.leaf, proof: await proveInInstance(db, registry, entry.idx) }
}

/** The proof that an entry is in the instance log, under its last signed head. */
export async function proveInInstance(db: store.Queryable, registry: Registry, index: number): Promise<InclusionProof> {
  const state = await store.findState(db)
  if (!state) throw bug('the instance log was not started')
  const checkpoint = openCheckpoint(ledgerCrypto, state.note, [verifierKey(ledgerCrypto, registry.instance)])
  const tiles = new Map<string, Uint8Array>()
  for (const tile of tilesForNodes(planInclusion(index, checkpoint.size).nodes, checkpoint.size)) {
    const data = typeof tile.level === 'number' ? await store.findTile(db, tile.level, tile.index) : undefined
    if (!data) throw bug('a tile of the instance log is missing')
    tiles.set(tilePath(tile), data)
  }
  const read = tileReader(ledgerCrypto, checkpoint.size, (tile) => tiles.get(tilePath(tile)) ?? new Uint8Array())
  const hashes = proveInclusion(ledgerCrypto, index, checkpoint.size, read)
  return { index, hashes, checkpoint: state.note }
}
