/**
 * Signed notes (C2SP signed-note v1.0.0): a text, an empty line, and one line per signature:
 *
 *     — <key name> base64(key id ‖ signature)
 *
 * A key is known by its name together with its id, the first four bytes of SHA-256(name ‖ 0x0A ‖ type ‖ public key).
 * Signatures of unknown keys are ignored, so keys can be rotated and witnesses can add their lines; a known key whose
 * signature does not verify makes the whole note unacceptable. Cosignatures (types 0x04 and 0x06, C2SP
 * tlog-cosignature) carry a time in seconds and sign another message than the text; both are built here.
 */

import {
  concatBytes,
  decodeBase64,
  decodeUint64,
  encodeBase64,
  encodeHex,
  encodeUint64,
  encodeUtf8,
  equalBytes,
  hasControl,
} from './bytes.ts'
import { parseCheckpoint } from './checkpoint.ts'
import type { Hasher, KeyType, LedgerCrypto, Signer } from './crypto.ts'
import { LedgerError } from './errors.ts'

/** A public key that verifies notes. */
export interface VerifierKey {
  readonly name: string
  /** Eight lower-case hexadecimal digits. */
  readonly id: string
  readonly type: KeyType
  readonly publicKey: Uint8Array
}

/** A signature line, not verified. */
export interface NoteSignature {
  readonly name: string
  readonly id: string
  /** What follows the key id: the signature, for cosignatures with its time before it. */
  readonly signature: Uint8Array
}

/** A note taken apart; nothing in it may be trusted yet. */
export interface ParsedNote {
  /** The signed text, with its final newline. */
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

/** A signature that verifies. */
export interface VerifiedSignature {
  readonly key: VerifierKey
  /** Seconds since 1970 that a cosignature states; 0 where it states none. Plain signatures have no time. */
  readonly posixTime?: number
}

/** A note of which at least one signature of a given key verifies. */
export interface OpenedNote {
  readonly text: string
  readonly verified: readonly VerifiedSignature[]
  /** Given keys whose signature could not be checked, because the caller brought no ML-DSA-44. */
  readonly unchecked: readonly VerifierKey[]
  /** Signatures of keys that were not given. */
  readonly unknown: readonly NoteSignature[]
}

// The specification asks for at least 16 signatures; an ML-DSA-44 line has 3.3 kB. Beyond this a note is an attack.
const maxNoteLength = 1_000_000
const maxSignatures = 100

const publicKeySizes = { 0x01: 32, 0x04: 32, 0x06: 1312 } as const satisfies Record<KeyType, number>
const signatureSizes = { 0x01: 64, 0x04: 64, 0x06: 2420 } as const satisfies Record<KeyType, number>

/** The id of a key, as eight hexadecimal digits. */
export function keyId(crypto: Hasher, key: { name: string; type: KeyType; publicKey: Uint8Array }): string {
  const hash = crypto.sha256(concatBytes([encodeUtf8(`${key.name}\n`), Uint8Array.of(key.type), key.publicKey]))
  return encodeHex(hash.subarray(0, 4))
}

/** The verifier key of a signer or of a bare public key. @throws {LedgerError} `key` for an impossible name or size */
export function verifierKey(crypto: Hasher, key: Pick<Signer, 'name' | 'type' | 'publicKey'>): VerifierKey {
  const { name, type, publicKey } = key
  if (!isKeyName(name))
    throw new LedgerError('key', 'The name of a key is empty or has a space, a plus or a control character.')
  if (publicKey.length !== publicKeySizes[type]) {
    throw new LedgerError(
      'key',
      `A public key of type ${type} has ${publicKeySizes[type]} bytes, not ${publicKey.length}.`,
    )
  }
  return { name, id: keyId(crypto, key), type, publicKey }
}

/** A key as text to publish ("vkey"): `name+id+base64(type ‖ public key)`. */
export function formatVkey(key: VerifierKey): string {
  return `${key.name}+${key.id}+${encodeBase64(concatBytes([Uint8Array.of(key.type), key.publicKey]))}`
}

/** A key from its text, in its one valid spelling. @throws {LedgerError} `key` */
export function parseVkey(crypto: Hasher, vkey: string): VerifierKey {
  const parts = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(vkey)
  if (parts === null)
    throw new LedgerError('key', 'A verifier key reads name+id+base64, the id in eight hexadecimal digits.')
  const bytes = decodeBase64(parts[3]!, 'verifier key')
  const type = bytes[0]
  if (type !== 0x01 && type !== 0x04 && type !== 0x06) {
    throw new LedgerError(
      'key',
      'The verifier key has an unknown type; known are Ed25519 (1), its cosignature (4) and ML-DSA-44 (6).',
    )
  }
  const key = verifierKey(crypto, { name: parts[1]!, type, publicKey: bytes.subarray(1) })
  if (key.id !== parts[2])
    throw new LedgerError('key', 'The id in the verifier key does not belong to its name and public key.')
  return key
}

/**
 * Signs a text as a note.
 *
 * @param text       ends with a newline; no control characters otherwise
 * @param posixTime  seconds since 1970 for cosignatures; 0 makes no statement of time
 * @throws {LedgerError} `note` for a text that cannot be signed; signers of type 0x06 sign checkpoints only
 */
export function signNote(crypto: Hasher, text: string, signers: readonly Signer[], posixTime = 0): string {
  if (!isNoteText(text))
    throw new LedgerError('note', 'The text of a note ends with a newline and has no control character.')
  if (signers.length === 0) throw new LedgerError('note', 'A note needs a signature.')
  return `${text}\n${signers.map((signer) => `${signatureLine(crypto, text, signer, posixTime)}\n`).join('')}`
}

/** Adds signature lines, for example those of witnesses, to a note. */
export function addSignatures(note: string, signatures: readonly NoteSignature[]): string {
  parseNote(note)
  return note + signatures.map((signature) => `${formatSignature(signature)}\n`).join('')
}

/** Takes a note apart without trusting it. @throws {LedgerError} `note` */
export function parseNote(note: string): ParsedNote {
  if (note.length > maxNoteLength) throw new LedgerError('note', `A note has at most ${maxNoteLength} characters.`)
  const border = note.lastIndexOf('\n\n')
  const text = note.slice(0, border + 1)
  if (border < 1 || !isNoteText(text)) {
    throw new LedgerError('note', 'This is not a signed note: a text, an empty line, then signature lines.')
  }
  const lines = note.slice(border + 2).split('\n')
  if (lines.pop() !== '' || lines.length === 0)
    throw new LedgerError('note', 'A note ends with a signature line and a newline.')
  if (lines.length > maxSignatures) throw new LedgerError('note', `A note has at most ${maxSignatures} signatures.`)
  return { text, signatures: lines.map(parseSignature) }
}

/**
 * Verifies a note against known keys.
 *
 * @throws {LedgerError} `note` when it is none, `signature` when a known key's signature is wrong or none verifies
 */
export function openNote(crypto: LedgerCrypto, note: string, keys: readonly VerifierKey[]): OpenedNote {
  const { text, signatures } = parseNote(note)
  const verified: VerifiedSignature[] = []
  const unchecked: VerifierKey[] = []
  const unknown: NoteSignature[] = []
  for (const signature of signatures) {
    const key = keys.find(({ name, id }) => name === signature.name && id === signature.id)
    if (key === undefined) unknown.push(signature)
    else if (key.type === 0x06 && crypto.verifyMlDsa44 === undefined) unchecked.push(key)
    else verified.push(verifySignature(crypto, text, key, signature))
  }
  if (verified.length === 0) throw new LedgerError('signature', 'No signature of a trusted key is on this note.')
  return { text, verified, unchecked, unknown }
}

/** Whether a text may name a key: not empty, no white space, no plus, no control character. */
export function isKeyName(name: string): boolean {
  return name.isWellFormed() && /^[^+\p{White_Space}\p{Cc}]+$/u.test(name)
}

function verifySignature(crypto: LedgerCrypto, text: string, key: VerifierKey, line: NoteSignature): VerifiedSignature {
  const timed = key.type !== 0x01
  const posixTime = timed ? decodeUint64(line.signature, 0) : undefined
  const signature = timed ? line.signature.subarray(8) : line.signature
  const message = timed && posixTime === undefined ? undefined : signedMessage(key, text, posixTime ?? 0)
  const ok =
    message !== undefined &&
    signature.length === signatureSizes[key.type] &&
    (key.type === 0x06
      ? crypto.verifyMlDsa44?.(key.publicKey, message, signature) === true
      : crypto.verifyEd25519(key.publicKey, message, signature))
  if (!ok) throw new LedgerError('signature', `The signature by ${key.name}+${key.id} does not belong to this text.`)
  return posixTime === undefined ? { key } : { key, posixTime }
}

function signatureLine(crypto: Hasher, text: string, signer: Signer, posixTime: number): string {
  const key = verifierKey(crypto, signer)
  const signed = signer.sign(signedMessage(signer, text, posixTime))
  const signature = signer.type === 0x01 ? signed : concatBytes([encodeUint64(posixTime), signed])
  return formatSignature({ name: key.name, id: key.id, signature })
}

/** What is really signed: the text itself, or one of the two messages of tlog-cosignature. */
function signedMessage(key: { name: string; type: KeyType }, text: string, posixTime: number): Uint8Array {
  if (key.type === 0x01) return encodeUtf8(text)
  if (key.type === 0x04) return encodeUtf8(`cosignature/v1\ntime ${posixTime}\n${text}`)
  const { origin, size, root } = parseCheckpoint(text)
  const lengthPrefixed = (value: string) => {
    const bytes = encodeUtf8(value)
    if (bytes.length > 255)
      throw new LedgerError('key', 'The name of an ML-DSA-44 cosigner or its log is longer than 255 bytes.')
    return concatBytes([Uint8Array.of(bytes.length), bytes])
  }
  return concatBytes([
    encodeUtf8('subtree/v1\n\0'),
    lengthPrefixed(key.name),
    encodeUint64(posixTime),
    lengthPrefixed(origin),
    encodeUint64(0),
    encodeUint64(size),
    root,
  ])
}

function formatSignature({ name, id, signature }: NoteSignature): string {
  const idBytes = Uint8Array.from(id.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
  return `— ${name} ${encodeBase64(concatBytes([idBytes, signature]))}`
}

function parseSignature(line: string, index: number): NoteSignature {
  const place = `signature line ${index + 1}`
  const parts = /^— (\S+) (\S+)$/u.exec(line)
  const name = parts?.[1]
  if (name === undefined || !isKeyName(name))
    throw new LedgerError('note', 'A signature line reads "— name base64".', place)
  const bytes = decodeBase64(parts?.[2] ?? '', place)
  if (bytes.length < 5)
    throw new LedgerError('note', 'A signature has a key id of four bytes and at least one more.', place)
  return { name, id: encodeHex(bytes.subarray(0, 4)), signature: bytes.subarray(4) }
}

function isNoteText(text: string): boolean {
  return text.endsWith('\n') && text.isWellFormed() && !hasControl(text, '\n')
}

/** Whether two keys are the same public key, whatever their names. */
export function isSameKey(a: VerifierKey, b: VerifierKey): boolean {
  return equalBytes(a.publicKey, b.publicKey)
}
