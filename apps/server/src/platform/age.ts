import { webcrypto } from 'node:crypto'
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'

/** A stream of bytes. */
export type Bytes = AsyncIterable<Uint8Array>

/**
 * The age format: a stream that only who holds the secret key of one of its recipients opens, and in which no byte can be
 * changed, removed or added unnoticed.
 *
 * @source https://age-encryption.org/v1
 */
export const age = {
  /** A new secret key, `AGE-SECRET-KEY-1…`. */
  newIdentity: (): Promise<string> => generateX25519Identity(),
  /** The recipient of a secret key, `age1…`. @throws where it is none */
  recipientOf: (identity: string): Promise<string> => identityToRecipient(identity),
  /** Whether a text is a recipient. */
  isRecipient(text: string): boolean {
    try {
      new Encrypter().addRecipient(text)
      return true
    } catch {
      return false
    }
  },
  /** Encrypts to each of the recipients. */
  async *seal(recipients: readonly string[], plain: Bytes): AsyncGenerator<Uint8Array> {
    const encrypter = new Encrypter()
    for (const recipient of recipients) encrypter.addRecipient(recipient)
    yield* read(await encrypter.encrypt(ReadableStream.from(plain)))
  },
  /**
   * A secret key that another secret stands for: the same for the same 32 bytes, and nowhere kept.
   *
   * @source RFC 7748 (X25519), RFC 8410 §7 (the form in which it is read)
   */
  async identityOf(secret: Uint8Array): Promise<AgeIdentity> {
    const form = Buffer.concat([Buffer.from('302e020100300506032b656e04220420', 'hex'), secret])
    const key = await webcrypto.subtle.importKey('pkcs8', form, { name: 'X25519' }, false, ['deriveBits'])
    return { key, recipient: await identityToRecipient(key) }
  },
  /** Opens with any of the secret keys. @throws where none fits, and in the middle where the bytes are not as they were sealed */
  async *open(identities: readonly (string | webcrypto.CryptoKey)[], sealed: Bytes): AsyncGenerator<Uint8Array> {
    const decrypter = new Decrypter()
    for (const identity of identities) decrypter.addIdentity(identity)
    try {
      yield* read(await decrypter.decrypt(ReadableStream.from(sealed)))
    } catch (error) {
      // What the source says is the source's; the library's own errors have neither a code nor a class.
      if (!(error instanceof Error) || 'code' in error) throw error
      throw new AgeError(error.message.includes('no identity matched') ? 'wrong-key' : 'damaged', { cause: error })
    }
  },
}

/** A secret key that is held in memory only, and what others seal to it. */
export interface AgeIdentity {
  readonly key: webcrypto.CryptoKey
  readonly recipient: string
}

/** Why a sealed stream does not open. */
export class AgeError extends Error {
  readonly reason: 'wrong-key' | 'damaged'

  constructor(reason: AgeError['reason'], options: ErrorOptions) {
    super(reason, options)
    this.reason = reason
  }
}

async function* read(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const part of stream) yield part
}
