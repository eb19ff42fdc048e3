import { createPrivateKey, createPublicKey, generateKeyPairSync, hash, sign, verify } from 'node:crypto'
import type { LedgerCrypto, Signer } from '@art32/ledger'

const spki = Buffer.from('302a300506032b6570032100', 'hex')

/** The ledger's cryptography by node:crypto. */
export const ledgerCrypto: LedgerCrypto = {
  sha256(data) {
    // Asking for a Buffer is three times slower than for a latin1 string.
    const digest = Buffer.allocUnsafe(32)
    digest.write(hash('sha256', data, 'latin1'), 'latin1')
    return digest
  },
  verifyEd25519(publicKey, message, signature) {
    if (publicKey.length !== 32 || signature.length !== 64) return false
    const key = createPublicKey({ key: Buffer.concat([spki, publicKey]), format: 'der', type: 'spki' })
    return verify(null, message, key, signature)
  },
}

/** Makes a new Ed25519 private key. @returns PKCS #8 DER, to be sealed by the caller */
export function newLedgerKey(): Buffer {
  return generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' })
}

/** Opens a private key as the signer of one log; its name is the log's origin. */
export function ledgerSigner(origin: string, pkcs8: Uint8Array): Signer {
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(spki.length)
  return { name: origin, type: 0x01, publicKey, sign: (message) => sign(null, message, key) }
}
