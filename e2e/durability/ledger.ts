import { setTimeout as sleep } from 'node:timers/promises'
import { leafHash, openCheckpoint, parseLeaf, treeRoot, verifierKey } from '../../packages/ledger/src/index.ts'
import type { ReadLeaf } from '../../packages/ledger/src/index.ts'
import type { Server } from '../../apps/server/src/main.ts'
import { ledgerCrypto } from '../../apps/server/src/platform/index.ts'

/** A ledger as it lies in the database, read in full and computed again. */
export interface Recomputed {
  readonly leaves: readonly ReadLeaf[]
  /** Every way in which it contradicts itself; empty for a good one. */
  readonly faults: readonly string[]
  /** Every signed head that is kept, by its size. */
  readonly heads: ReadonlyMap<number, string>
}

/** How long a start may take in the background to finish what a killed process left. Milliseconds. */
const finishing = 10_000

/** Reads the ledger of a tenant, as soon as nothing waits to be taken into it, and computes every signed head again from the leaves. */
export async function recompute(server: Pick<Server, 'registry'>, slug: string): Promise<Recomputed> {
  const { connections, signer } = await server.registry.open(slug)
  const client = await connections.connect()
  try {
    const count = async () => (await client.query('select id from log_pending')).rows.length
    for (const deadline = Date.now() + finishing; Date.now() < deadline && (await count()) > 0;) await sleep(20)
    const waiting = await count()
    const entries = await client.query<{ idx: string; leaf: Buffer; leaf_hash: Buffer }>(
      'select idx, leaf, leaf_hash from log_entry order by idx',
    )
    const heads = await client.query<{ size: string; note: string }>(
      'select size, note from log_checkpoint order by size',
    )
    const state = await client.query<{ note: string }>('select note from log_state')
    const hashes = entries.rows.map(({ leaf }) => leafHash(ledgerCrypto, leaf))
    const leaves = entries.rows.map(({ leaf }) => parseLeaf(leaf))
    const rootAt = (size: number) => hex(treeRoot(ledgerCrypto, hashes.slice(0, size)))
    const faults: string[] = []
    for (const [i, { idx, leaf_hash }] of entries.rows.entries()) {
      if (Number(idx) !== i || leaves[i]?.seq !== i)
        faults.push(`leaf ${i} has the index ${idx} and says ${leaves[i]?.seq}`)
      if (hex(leaf_hash) !== hex(hashes[i] ?? new Uint8Array())) faults.push(`leaf ${i} does not have its hash`)
    }
    for (const { note } of [...heads.rows, ...state.rows]) {
      const { size, root } = openCheckpoint(ledgerCrypto, note, [verifierKey(ledgerCrypto, signer)])
      if (size > leaves.length) faults.push(`a head of ${size} leaves was signed, there are ${leaves.length}`)
      else if (rootAt(size) !== hex(root)) faults.push(`the head of ${size} leaves has another root`)
    }
    const last = state.rows[0] && openCheckpoint(ledgerCrypto, state.rows[0].note, [verifierKey(ledgerCrypto, signer)])
    if (last?.size !== leaves.length) faults.push(`the head says ${last?.size}, there are ${leaves.length} leaves`)
    if (waiting > 0) faults.push(`${waiting} leaves still wait`)
    return { leaves, faults, heads: new Map(heads.rows.map(({ size, note }) => [Number(size), note])) }
  } finally {
    client.release()
  }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
