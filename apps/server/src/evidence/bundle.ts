import {
  buildBundle,
  formatProof,
  LedgerError,
  openProof,
  parseCheckpoint,
  parseLeaf,
  parseNote,
  policyOfWitnesses,
  parseVkey,
  proveInclusion,
  tileReader,
  openCheckpoint,
  planInclusion,
  tilesForNodes,
  tilePath,
  verifierKey,
} from '@art32/ledger'
import type { AnchorProof, BundleInput, InclusionProof, Slot } from '@art32/ledger'
import { bug } from '../kernel/index.ts'
import { ledgerCrypto } from '../platform/index.ts'
import type { Databases } from '../platform/index.ts'
import type { Registry } from '../tenant/index.ts'
import { listEarlierEntries, listEarlierOpenings } from './earlier.ts'
import { earlierParts, laterParts } from './bundled-logs.ts'
import type { EarlierLog } from './earlier.ts'
import * as store from './store.ts'
import type { Stamping } from './stamping.ts'
import type { TenantContext } from './tenants.ts'
import type { Cosigned, Witnessing } from './witnessing.ts'

/**
 * The proof bundle of an edition: the tenant's whole log, the openings that may be shown, and who vouches for it:
 * the witnesses where any cosigned a head of this log, else the installation alone.
 *
 * @param disclose which commitments are opened; the content of the edition always is
 * @param files by name, as the edition's content lists their hashes
 * @param earlier the sealed log in which the edition was published: from before a restore, a change of the key, or the tenant's coming here
 */
export async function bundleOf(
  { tenant, sql }: TenantContext,
  { registry, databases, witnessing, stamping }: Vouchers,
  editionLeaf: number,
  disclose: readonly Slot[],
  files: ReadonlyMap<string, Uint8Array>,
  earlier: EarlierLog | null = null,
): Promise<Map<string, Uint8Array>> {
  const state = earlier ?? (await store.findState(sql))
  if (!state) throw bug('a log was not started')
  const entries = earlier ? await listEarlierEntries(sql, earlier.id) : await store.listEntries(sql, 0, state.size)
  const said = entries[1] && parseLeaf(entries[1].leaf).type === 'key.compromised' ? [{ index: 1, role: 'since' }] : []
  const shown = [...disclose, ...said]
  const wanted = new Set(
    [{ index: editionLeaf, role: 'content' }, ...shown].map(({ index, role }) => `${index}/${role}`),
  )
  const indexes = [editionLeaf, ...shown.map((slot) => slot.index)]
  const rows = earlier ? await listEarlierOpenings(sql, earlier.id, indexes) : await store.listOpenings(sql, indexes)
  const openings = rows.flatMap(({ idx, role, salt, content }) =>
    idx !== null && salt && content && wanted.has(`${idx}/${role}`) ? [{ index: idx, role, salt, content }] : [],
  )
  const head = { db: databases.control, registry, tenantId: tenant.id, origin: state.origin, size: state.size }
  const cosigned = await cosignedProof(head, await witnessing.newest())
  const instance = cosigned?.proof ?? (await instanceProof(head))
  const edition = entries[editionLeaf]
  const stamp = !edition ? null : await stampProof(head, stamping, { index: editionLeaf, at: edition.at })
  const before = earlier ? null : await earlierParts(sql, entries[0]?.leaf)
  const behind = earlier && (await laterParts(sql, earlier, tenant.vkey))
  return buildBundle(ledgerCrypto, {
    checkpoint: state.note,
    entries: entries.map((entry) => entry.leaf),
    keys: [
      parseVkey(ledgerCrypto, (earlier ?? tenant).vkey),
      ...(instance || stamp ? [verifierKey(ledgerCrypto, registry.instance)] : []),
      ...[...(before?.vkeys ?? []), ...(behind?.vkeys ?? [])].map((vkey) => parseVkey(ledgerCrypto, vkey)),
    ],
    editionLeaf,
    openings,
    files,
    ...(instance ? { instance } : {}),
    ...(cosigned ? { witnesses: cosigned.keys } : {}),
    ...(stamp ? { stamp } : {}),
    ...(before ? { earlier: before.parts } : {}),
    ...(behind ? { later: behind.parts } : {}),
  })
}

/** Who is asked to vouch for the ledger, and where it lies. */
export interface Vouchers {
  readonly registry: Registry
  readonly databases: Databases
  readonly witnessing: Witnessing
  readonly stamping: Stamping
}

/** A tenant's log of some size, and where to look for its heads. */
interface Head {
  readonly db: store.Queryable
  readonly registry: Registry
  readonly tenantId: string
  /** After a restore the last head that stands there may be of a log before. */
  readonly origin: string
  readonly size: number
}

/**
 * The last head of a tenant's log that stands in the instance log and that a log of this size should continue, with its
 * inclusion there. Of a log that was cut back it is an older one, and of a rewritten one it shows that it was.
 *
 * @param note an earlier head of the instance log, with what others put under it
 * @param before the size of the instance log at that head
 */
async function instanceProof(
  { db, registry, tenantId, origin, size }: Head,
  note?: string,
  before?: number,
): Promise<AnchorProof | null> {
  const entry = await store.findHeadUpTo(db, tenantId, { origin, size }, before)
  const state = await store.findState(db)
  if (!entry || !state) return null
  return { leaf: entry.leaf, proof: await proveInInstance(db, registry, entry.idx, note) }
}

/** The same under what witnesses cosigned last; null where that covers no head of this log, or is not of the log that is here. */
async function cosignedProof(
  head: Head,
  cosigned: Cosigned | null,
): Promise<{ proof: AnchorProof; keys: Cosigned['keys'] } | null> {
  if (cosigned === null) return null
  const { origin, size } = parseCheckpoint(parseNote(cosigned.note).text)
  const state = await store.findState(head.db)
  // After a restore the witnesses know a longer log, or one of an earlier name.
  if (origin !== state?.origin || size > state.size) return null
  const proof = await instanceProof(head, cosigned.note, size)
  if (proof === null) return null
  return isProven(head, proof, cosigned.keys) ? { proof, keys: cosigned.keys } : null
}

/**
 * The first time stamp that covers an entry, since that says most about when it was there at the latest; where none does, the
 * newest that covers any of the log.
 */
async function stampProof(
  head: Head,
  stamping: Stamping,
  entry: { index: number; at: Date },
): Promise<BundleInput['stamp'] | null> {
  if (stamping.host === null) return null
  const state = await store.findState(head.db)
  let found: BundleInput['stamp'] | null = null
  for (const { note, size, token, root } of await stamping.list(entry.at)) {
    const { origin } = parseCheckpoint(parseNote(note).text)
    // After a restore the stamps know a longer log, or one of an earlier name.
    if (!state || origin !== state.origin || size > state.size) continue
    const proof = await instanceProof(head, note, size)
    if (proof === null || !isProven(head, proof)) continue
    found = { ...proof, token, root }
    if ((parseLeaf(proof.leaf).head?.size ?? 0) > entry.index) return found
  }
  return found
}

function isProven({ registry }: Head, { leaf, proof }: AnchorProof, keys: Cosigned['keys'] = []): boolean {
  try {
    const policy = policyOfWitnesses([verifierKey(ledgerCrypto, registry.instance)], keys)
    openProof(ledgerCrypto, formatProof(proof), leaf, policy)
    return true
  } catch (error) {
    if (error instanceof LedgerError) return false
    throw error
  }
}

/**
 * The proof that an entry is in the instance log.
 *
 * @param note an earlier head of it, as it was cosigned; left out: the last signed one
 */
export async function proveInInstance(
  db: store.Queryable,
  registry: Registry,
  index: number,
  note?: string,
): Promise<InclusionProof> {
  const state = await store.findState(db)
  if (!state) throw bug('the instance log was not started')
  const under = note ?? state.note
  const { size } = openCheckpoint(ledgerCrypto, under, [verifierKey(ledgerCrypto, registry.instance)])
  const tiles = new Map<string, Uint8Array>()
  for (const tile of tilesForNodes(planInclusion(index, size).nodes, size)) {
    const data = typeof tile.level === 'number' ? await store.findTile(db, tile.level, tile.index) : undefined
    if (!data) throw bug('a tile of the instance log is missing')
    // It has grown since that head.
    tiles.set(tilePath(tile), data.subarray(0, tile.width * hashSize))
  }
  const read = tileReader(ledgerCrypto, size, (tile) => tiles.get(tilePath(tile)) ?? new Uint8Array())
  return { index, hashes: proveInclusion(ledgerCrypto, index, size, read), checkpoint: under }
}

const hashSize = 32
