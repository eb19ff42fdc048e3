import type { LedgerCrypto } from '@art32/ledger'
import { sha256 } from '@noble/hashes/sha2.js'

/** The browser has no Ed25519 where the page was not loaded by HTTPS, or is too old. */
export class NoSignatures extends Error {
  override readonly name = 'NoSignatures'
}

interface Asked {
  readonly publicKey: Uint8Array
  readonly message: Uint8Array
  readonly signature: Uint8Array
}

/** More rounds than a bundle has signatures that depend on one another: log, edition, installation. */
const mostRounds = 10

/**
 * Runs a verification by the browser's own Ed25519, which answers later while the ledger asks at once: each round notes
 * the signatures whose answer is not known yet and takes them for wrong; when they are known, it runs again.
 *
 * @throws {NoSignatures}
 */
export async function runWithWebCrypto<Result>(work: (crypto: LedgerCrypto) => Result): Promise<Result> {
  const known = new Map<string, boolean>()
  for (let round = 0; round < mostRounds; round += 1) {
    const asked = new Map<string, Asked>()
    const result = work(cryptoOf(known, asked))
    if (asked.size === 0) return result
    for (const [name, one] of asked) known.set(name, await verify(one))
  }
  throw new RangeError('The signatures of the bundle depend on one another without end.')
}

function cryptoOf(known: ReadonlyMap<string, boolean>, asked: Map<string, Asked>): LedgerCrypto {
  return {
    sha256,
    verifyEd25519(publicKey, message, signature) {
      const name = [publicKey, message, signature].map((bytes) => `${bytes.length} ${sha256(bytes).join()}`).join(' ')
      const answer = known.get(name)
      if (answer === undefined)
        asked.set(name, {
          publicKey: publicKey.slice(),
          message: message.slice(),
          signature: signature.slice(),
        })
      return answer ?? false
    },
  }
}

async function verify({ publicKey, message, signature }: Asked): Promise<boolean> {
  // Present in secure contexts only, whatever its type says.
  const subtle: SubtleCrypto | undefined = globalThis.crypto.subtle
  if (subtle === undefined) throw new NoSignatures()
  try {
    const key = await subtle.importKey('raw', Uint8Array.from(publicKey), 'Ed25519', false, ['verify'])
    return await subtle.verify('Ed25519', key, Uint8Array.from(signature), Uint8Array.from(message))
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotSupportedError')
      throw new NoSignatures('no Ed25519', { cause: error })
    // A key of the wrong shape, made by whoever made the bundle.
    return false
  }
}
