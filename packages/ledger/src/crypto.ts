/** What the package needs of cryptography; the caller brings it (node:crypto, WebCrypto wrappers, noble). */
export interface LedgerCrypto {
  /**
   * SHA-256, 32 fresh bytes. Must not keep `data`: the array is used again for the next hash.
   *
   * With node:crypto the fastest form is `hash('sha256', data, 'latin1')` written into a buffer by `latin1Write`.
   */
  sha256(data: Uint8Array): Uint8Array
  /** Ed25519 (RFC 8032) over 32-byte keys and 64-byte signatures; false, never an exception, for malformed ones. */
  verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean
  /** ML-DSA-44 (FIPS 204, empty context). Where absent, such signatures are reported as unchecked. */
  verifyMlDsa44?(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean
}

/** The part of {@link LedgerCrypto} that trees need. */
export type Hasher = Pick<LedgerCrypto, 'sha256'>

/** A 32-byte SHA-256 hash. */
export type Hash = Uint8Array

/** Signature types of signed notes: Ed25519, timestamped Ed25519 cosignature, ML-DSA-44 cosignature. */
export type KeyType = 0x01 | 0x04 | 0x06

/** A private key that signs notes; the key itself stays with the caller. */
export interface Signer {
  /** The key's name; for a log it equals the origin. */
  readonly name: string
  readonly type: KeyType
  /** 32 bytes, for type 0x06 1312 bytes. */
  readonly publicKey: Uint8Array
  sign(message: Uint8Array): Uint8Array
}
