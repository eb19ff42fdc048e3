/**
 * Signed envelopes (Dead Simple Signing Envelope, DSSE v1.0.2) with one Ed25519 signature.
 *
 * What is signed is not the payload alone but its type with it, each with its length before it:
 *
 *     "DSSEv1" SP length(type) SP type SP length(payload) SP payload
 *
 * so that no payload can be taken for one of another type, and nothing has to be written in canonical form. Of the forms that the
 * specification leaves open one is taken: standard base64, and exactly one signature, so that no part of a kept envelope is unverified.
 * `keyid` is a hint that nobody signed: it is never believed.
 *
 * Private keys as text follow the signed notes of Go (golang.org/x/mod/sumdb/note): `PRIVATE+KEY+name+id+base64(type ‖ seed)`.
 *
 * @source https://github.com/secure-systems-lab/dsse/blob/v1.0.2/protocol.md
 */

import { concatBytes, decodeBase64, encodeBase64, encodeHex, encodeUtf8 } from './bytes.ts'
import type { Hasher, LedgerCrypto, Signer } from './crypto.ts'
import { LedgerError } from './errors.ts'
import { keyId, verifierKey } from './note.ts'
import type { VerifierKey } from './note.ts'

/** A signed envelope as it travels in JSON. */
export interface Envelope {
  readonly payloadType: string
  /** base64. */
  readonly payload: string
  readonly signatures: readonly { readonly keyid?: string | undefined; readonly sig: string }[]
}

/** What a signature covers. @param type of the payload, as a media type */
export function preAuthentication(type: string, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const name = encodeUtf8(type)
  return concatBytes([encodeUtf8(`DSSEv1 ${name.length} `), name, encodeUtf8(` ${payload.length} `), payload])
}

/** Signs a payload. @throws {LedgerError} `key` for a signer that is no plain Ed25519 key */
export function signEnvelope(crypto: Hasher, type: string, payload: Uint8Array, signer: Signer): Envelope {
  const key = verifierKey(crypto, signer)
  if (key.type !== 0x01) throw new LedgerError('key', 'An envelope is signed by an Ed25519 key (1).')
  const sig = encodeBase64(signer.sign(preAuthentication(type, payload)))
  return { payloadType: type, payload: encodeBase64(payload), signatures: [{ keyid: nameOfKey(key), sig }] }
}

/** The payload of an envelope, before anything in it may be trusted. @throws {LedgerError} `encoding` */
export function payloadOf({ payload }: Pick<Envelope, 'payload'>): Uint8Array<ArrayBuffer> {
  return decodeBase64(payload, 'payload')
}

/**
 * Verifies an envelope. Attacker-controlled.
 *
 * @param keys those that are trusted; each is tried, whatever key the envelope names
 * @returns the key that signed
 * @throws {LedgerError} `encoding` or `envelope`: it is none of this form; `signature`: of another type, or of no trusted key
 */
export function verifyEnvelope(
  crypto: LedgerCrypto,
  type: string,
  envelope: Envelope,
  keys: readonly VerifierKey[],
): VerifierKey {
  const [only, ...more] = envelope.signatures
  if (only === undefined || more.length > 0)
    throw new LedgerError('envelope', 'An envelope has exactly one signature.', 'signatures')
  const signature = decodeBase64(only.sig, 'sig')
  if (signature.length !== 64) throw new LedgerError('envelope', 'A signature of Ed25519 has 64 bytes.', 'sig')
  const payload = payloadOf(envelope)
  if (envelope.payloadType !== type)
    throw new LedgerError('envelope', 'The envelope holds something of another type.', 'payloadType')
  const signed = preAuthentication(type, payload)
  const key = keys.find((one) => one.type === 0x01 && crypto.verifyEd25519(one.publicKey, signed, signature))
  if (key === undefined) throw new LedgerError('signature', 'No trusted key made the signature of this envelope.')
  return key
}

/** A key in short: `name+id`, as envelopes name it. */
export function nameOfKey({ name, id }: Pick<VerifierKey, 'name' | 'id'>): string {
  return `${name}+${id}`
}

/**
 * Points of small order, by their bytes without the sign. Whoever enters one as his key lets others sign for it, since
 * a signature can be made that fits (almost) every message. Some libraries refuse such signatures, and some take them.
 *
 * @source libsodium, ge25519_has_small_order; RFC 8032 §5.1 for the curve
 */
const smallOrder: ReadonlySet<string> = new Set([
  `00${'00'.repeat(31)}`,
  `01${'00'.repeat(31)}`,
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  `ec${'ff'.repeat(30)}7f`,
  `ed${'ff'.repeat(30)}7f`,
  `ee${'ff'.repeat(30)}7f`,
])

/** Whether an Ed25519 public key is a point for which others can sign. */
export function isWeakKey(publicKey: Uint8Array): boolean {
  const unsigned = Uint8Array.from(publicKey)
  unsigned[31]! &= 0x7f
  return smallOrder.has(encodeHex(unsigned))
}

const privateMark = 'PRIVATE+KEY+'

/** Whether a text is, or should have been, a private key: what must not be entered as a public one. */
export function isPrivateKeyText(text: string): boolean {
  return text.startsWith(privateMark)
}

/** A private key as one line. @param seed 32 bytes (RFC 8032 §5.1.5) */
export function formatPrivateKey(key: VerifierKey, seed: Uint8Array): string {
  return `${privateMark}${key.name}+${key.id}+${encodeBase64(concatBytes([Uint8Array.of(key.type), seed]))}`
}

/**
 * A private key from its line; whoever has the seed has to compute the public key from it.
 *
 * @throws {LedgerError} `key`; never repeats what it was given
 */
export function parsePrivateKey(text: string): {
  readonly name: string
  readonly id: string
  readonly seed: Uint8Array
} {
  const parts = /^PRIVATE\+KEY\+([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(text)
  const bytes = parts === null ? undefined : decodeBase64(parts[3]!, 'private key')
  if (parts === null || bytes?.[0] !== 0x01 || bytes.length !== 33)
    throw new LedgerError('key', 'A private key reads PRIVATE+KEY+name+id+base64.')
  return { name: parts[1]!, id: parts[2]!, seed: bytes.subarray(1) }
}

/** Whether a name and an id belong to a public key, as those of a private key do to the one computed from it. */
export function isKeyOf(crypto: Hasher, { name, id }: { name: string; id: string }, publicKey: Uint8Array): boolean {
  return keyId(crypto, { name, type: 0x01, publicKey }) === id
}
