/**
 * Commitments: what a leaf holds in place of content.
 *
 * c = SHA-256(salt ‖ content) with 32 random bytes of salt per commitment, so the same content twice gives two unrelated
 * commitments, and nothing can be guessed from c. Opening needs both files: `cat salt content | sha256sum`. Erasing the
 * content and its salt leaves a hash of bytes that exist no more, and every proof stays valid.
 *
 * @source EDPB Guidelines 02/2025 (personal data off the chain, commitments on it)
 */

import { concatBytes, encodeBase64 } from './bytes.ts'
import type { Hasher } from './crypto.ts'
import { LedgerError } from './errors.ts'

/** Bytes of a salt. */
export const saltSize = 32

/** The base64 commitment to content. @throws {LedgerError} `commitment` unless the salt has 32 bytes */
export function commit(crypto: Hasher, salt: Uint8Array, content: Uint8Array): string {
  if (salt.length !== saltSize) throw new LedgerError('commitment', `A salt has ${saltSize} bytes, not ${salt.length}.`)
  return encodeBase64(crypto.sha256(concatBytes([salt, content])))
}

/** Whether salt and content open a commitment. */
export function isOpenedBy(crypto: Hasher, commitment: string, salt: Uint8Array, content: Uint8Array): boolean {
  return salt.length === saltSize && commit(crypto, salt, content) === commitment
}
