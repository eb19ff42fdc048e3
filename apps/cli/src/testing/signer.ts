import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto'
import type { KeyType, Signer } from '@art32/ledger'

/** An Ed25519 signer of a seed, so that each run makes the same bytes. */
export function signerOf(name: string, seed: string, type: KeyType = 0x01): Signer {
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), bytesOf(seed)])
  const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })
  const publicKey = Uint8Array.from(createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32))
  return { name, type, publicKey, sign: (message) => sign(null, message, key) }
}

/** 32 bytes that follow from a label. */
export function bytesOf(label: string): Uint8Array {
  return Uint8Array.from(createHash('sha256').update(label).digest())
}
