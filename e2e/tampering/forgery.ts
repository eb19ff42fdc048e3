import { readFileSync, writeFileSync } from 'node:fs'
import { unzipSync, zipSync } from 'fflate'
import {
  buildBundle,
  emptyFrontier,
  encodeFrontier,
  leafHash,
  parseLeaf,
  sequenceEntries,
  signNote,
  verifierKey,
} from '../../packages/ledger/src/index.ts'
import type { Signer } from '../../packages/ledger/src/index.ts'
import { ledgerCrypto } from '../../apps/server/src/platform/index.ts'
import type { Owned } from './owned.ts'

/** The leaves as they lie in the database. */
export async function leavesOf(owned: Owned): Promise<Buffer[]> {
  const { rows } = await owned.asSuperuser((client) =>
    client.query<{ leaf: Buffer }>('select leaf from log_entry order by idx'),
  )
  return rows.map(({ leaf }) => leaf)
}

/**
 * A bundle of the forger's own making, where the server refuses to make it: what lies in the database now, with the contents
 * and files of the bundle that was kept.
 */
export async function writeBundle(owned: Owned, path: string): Promise<string> {
  const kept = unzipSync(readFileSync(owned.kept.bundle))
  const { rows } = await owned.asSuperuser((client) => client.query<{ note: string }>('select note from log_state'))
  const note = rows[0]?.note ?? ''
  const bundle = buildBundle(ledgerCrypto, {
    checkpoint: note.includes('— ') ? note : `${note}— nobody AAAAAAAA\n`,
    entries: await leavesOf(owned),
    keys: [verifierKey(ledgerCrypto, (await owned.server.registry.open('alpha')).signer)],
    editionLeaf: owned.editionLeaf,
    openings: [],
    files: new Map(),
  })
  for (const [name, bytes] of Object.entries(kept))
    if (name.startsWith('openings/') || name.startsWith('files/')) bundle.set(name, bytes)
  writeFileSync(path, zipSync(Object.fromEntries(bundle)))
  return path
}

/** A leaf that says something else and is still a leaf. */
export function edited(leaf: Buffer | undefined): Buffer {
  const changed = Buffer.from(String(leaf).replace('"k":"user"', '"k":"system"'))
  if (leaf === undefined || changed.equals(leaf)) throw new Error('the leaf stays as it was')
  parseLeaf(changed)
  return changed
}

/**
 * Puts other leaves into the log and rebuilds everything that hangs on them: hashes, tiles, frontier, root.
 *
 * @param signer whoever stole the key signs the new head too; without it the head keeps the signature that it had
 */
export async function rebuild(owned: Owned, leaves: readonly Buffer[], signer: Signer | null): Promise<void> {
  const { name: origin } = (await owned.server.registry.open('alpha')).signer
  const batch = sequenceEntries(ledgerCrypto, { origin, frontier: emptyFrontier, last: undefined }, leaves)
  await owned.asSuperuser(async (client) => {
    await client.query(`set session_replication_role = 'replica'`)
    await client.query('truncate log_entry, log_tile')
    for (const [index, leaf] of leaves.entries()) {
      const { type, subj } = parseLeaf(leaf)
      await client.query('insert into log_entry (idx, leaf, leaf_hash, type, subject) values ($1, $2, $3, $4, $5)', [
        index,
        leaf,
        leafHash(ledgerCrypto, leaf),
        type,
        subj.id,
      ])
    }
    for (const { level, index, width, data } of batch.tiles)
      await client.query('insert into log_tile (level, n, width, data) values ($1, $2, $3, $4)', [
        level,
        index,
        width,
        data,
      ])
    const { rows } = await client.query<{ note: string }>('select note from log_state')
    const signature = (rows[0]?.note ?? '').split('\n\n')[1] ?? ''
    const note = signer ? signNote(ledgerCrypto, batch.text, [signer]) : `${batch.text}\n${signature}`
    const { size, root } = batch.checkpoint
    await client.query('update log_state set size = $1, root = $2, frontier = $3, note = $4', [
      size,
      root,
      encodeFrontier(batch.frontier),
      note,
    ])
    await client.query('delete from log_checkpoint where size >= $1', [size])
    await client.query('insert into log_checkpoint (size, root, note) values ($1, $2, $3)', [size, root, note])
  })
}
