import { createPublicKey, hash, verify } from 'node:crypto'
import type { LedgerCrypto } from '@art32/ledger'

/** Headers of a public key in DER, SubjectPublicKeyInfo (RFC 8410 for Ed25519, RFC 9881 for ML-DSA-44). */
const ed25519 = Buffer.from('302a300506032b6570032100', 'hex')
const mlDsa44 = Buffer.from('30820532300b06096086480165030403110382052100', 'hex')

/** The cryptography of this machine, for the ledger. */
export const nodeCrypto: LedgerCrypto = {
  sha256: (data) => new Uint8Array(hash('sha256', data, 'buffer')),
  verifyEd25519: (key, message, signature) => verifyWith(ed25519, key, message, signature),
  ...(knowsMlDsa44()
    ? { verifyMlDsa44: (key, message, signature) => verifyWith(mlDsa44, key, message, signature) }
    : {}),
}

/** Node.js before 24 has no ML-DSA: then the ledger says that such a signature was not checked, instead of "wrong". */
function knowsMlDsa44(): boolean {
  try {
    createPublicKey({ key: Buffer.concat([mlDsa44, Buffer.alloc(1312)]), format: 'der', type: 'spki' })
    return true
  } catch {
    return false
  }
}

function verifyWith(header: Buffer, key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    const publicKey = createPublicKey({ key: Buffer.concat([header, key]), format: 'der', type: 'spki' })
    return verify(null, message, publicKey, signature)
  } catch {
    // A key or signature of the wrong shape, made by whoever made the bundle.
    return false
  }
}
