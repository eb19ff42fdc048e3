import {
  commit,
  emptyFrontier,
  encodeUtf8,
  leafHead,
  sequence,
  signNote,
  verifierKey,
  type BundleInput,
  type Checkpoint,
  type VerifierKey,
} from '@art32/ledger'
import { nodeCrypto } from '../node-crypto.ts'
import { bytesOf, signerOf } from './signer.ts'

const instance = signerOf('art32.example/instance', 'instance')

/** When the witnesses of samples cosign. */
export const cosignedAt = '2026-11-22T09:00:00Z'

/** The key of a witness of samples. */
export function witnessKey(name: string): VerifierKey {
  return verifierKey(nodeCrypto, signerOf(name, name, 0x04))
}

/** A head of a log as the only leaf of an instance log, cosigned by these witnesses. */
export function anchored(
  head: Checkpoint,
  witnesses: readonly string[],
): { keys: VerifierKey[]; vouched: Pick<BundleInput, 'instance' | 'witnesses'> } {
  const actor = commit(nodeCrypto, bytesOf('anchor actor'), encodeUtf8('{}'))
  const batch = sequence(nodeCrypto, { origin: instance.name, frontier: emptyFrontier, last: undefined }, [
    {
      actor: { c: actor, k: 'system' },
      at: '2026-11-22T08:30:00.000Z',
      head: leafHead(head),
      links: [],
      obj: [],
      subj: { id: 'tenant-of-the-sample', t: 'tenant' },
      type: 'tenant.checkpoint',
    },
  ])
  const signers = [instance, ...witnesses.map((name) => signerOf(name, name, 0x04))]
  const checkpoint = signNote(nodeCrypto, batch.text, signers, Date.parse(cosignedAt) / 1000)
  const leaf = batch.entries[0]
  if (leaf === undefined) throw new Error('a batch without its leaf')
  return {
    keys: [verifierKey(nodeCrypto, instance)],
    vouched: { instance: { leaf, proof: { index: 0, hashes: [], checkpoint } }, witnesses: witnesses.map(witnessKey) },
  }
}
