/** The injected cryptography of the tests: node:crypto, in the forms that are fastest there. */

import { createPrivateKey, createPublicKey, generateKeyPairSync, hash, type KeyObject, sign, verify } from 'node:crypto'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { KeyType, LedgerCrypto, Signer } from '../src/index.ts'

const ed25519Spki = Buffer.from('302a300506032b6570032100', 'hex')
const ed25519Pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex')
const mlDsa44Spki = Buffer.from('30820532300b06096086480165030403110382052100', 'hex')

/** node:crypto behind the interface. */
export const nodeCrypto: LedgerCrypto & Required<Pick<LedgerCrypto, 'verifyMlDsa44'>> = {
  sha256(data) {
    const out = Buffer.allocUnsafe(32)
    out.write(hash('sha256', data, 'latin1'), 'latin1')
    // Not a Buffer: assertions compare types as well.
    return new Uint8Array(out.buffer, out.byteOffset, 32)
  },
  verifyEd25519: (key, message, signature) => verifyWith(ed25519Spki, key, message, signature),
  verifyMlDsa44: (key, message, signature) => verifyWith(mlDsa44Spki, key, message, signature),
}

/** The same without ML-DSA-44. */
export const plainCrypto: LedgerCrypto = {
  sha256: (data) => nodeCrypto.sha256(data),
  verifyEd25519: (...args) => nodeCrypto.verifyEd25519(...args),
}

function verifyWith(prefix: Buffer, key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    return verify(
      null,
      message,
      createPublicKey({ key: Buffer.concat([prefix, key]), format: 'der', type: 'spki' }),
      signature,
    )
  } catch {
    return false
  }
}

/** An Ed25519 signer of a 32-byte seed, so that signatures are the same in each run. */
export function ed25519Signer(name: string, seed: Uint8Array, type: KeyType = 0x01): Signer {
  const key = createPrivateKey({ key: Buffer.concat([ed25519Pkcs8, seed]), format: 'der', type: 'pkcs8' })
  return signerOf(name, type, key, 32)
}

/** A fresh ML-DSA-44 signer. */
export function mlDsa44Signer(name: string): Signer {
  return signerOf(name, 0x06, generateKeyPairSync('ml-dsa-44').privateKey, 1312)
}

function signerOf(name: string, type: KeyType, key: KeyObject, size: number): Signer {
  const publicKey = Uint8Array.from(createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-size))
  return { name, type, publicKey, sign: (message) => sign(null, message, key) }
}

/** The folder of published vectors beside the project, or undefined where there is none. */
export const vectors = [fileURLToPath(new URL('../../../../shared/vectors', import.meta.url))].find((path) =>
  existsSync(path),
)

/** The ending of the name of a test that needs the vectors, so that a skipped one says why. */
export const fromVectors = vectors === undefined ? '(skipped: ../shared/vectors is absent)' : ''

/** Pseudo-random bytes that are the same in each run. */
export function bytesOf(label: string, length = 32): Buffer {
  const parts: Buffer[] = []
  for (let i = 0; i * 32 < length; i++) parts.push(hash('sha256', `${label} ${i}`, 'buffer'))
  return Buffer.concat(parts).subarray(0, length)
}
