import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto'
import { KeyError } from './error.ts'
import { decodeLine, encodeLine } from './key-file.ts'
import { joinShares, type Share, splitSecret } from './shares.ts'

/**
 * A vault is a pair of X25519 keys (RFC 7748). Its public line stands wherever something is sealed; its private key exists only as shares, of which any
 * two restore it. So whoever seals needs nobody, and whoever reveals needs a second person (GDPR Art. 4(5), EDPB 01/2025).
 *
 *     art32-shield-vault-1:<32 bytes>          the public key
 *     art32-shield-share-1:<8 + 1 + 32 + 4>    id of the vault, place, share, first bytes of the SHA-256 of those
 *
 * both in base64.
 */
const vaultLabel = 'art32-shield-vault-1:'
const shareLabel = 'art32-shield-share-1:'

/** What was sealed to a vault, as bytes: a public key made for it alone, what it encrypts, 16 bytes that authenticate. */
const sealOverhead = 32 + 16

/** The public half: whoever has it can seal and nobody can open. */
export interface Vault {
  /** Names it: 16 hexadecimal digits. */
  readonly id: string
  readonly line: string
  /** Seals so that only two shares together open it; `header` is authenticated with it. */
  seal(secret: Uint8Array, header: string): Uint8Array
}

export interface OpenVault {
  readonly id: string
  /** @throws {KeyError} `forged`: sealed to another vault, with another header, or changed */
  open(sealed: Uint8Array, header: string): Uint8Array
}

/**
 * Makes a vault and the shares of its key, one line for each person. They are shown once and kept nowhere.
 *
 * @param people  2 to 255
 */
export function createVault(people: number): { vault: Vault; shares: string[] } {
  const { privateKey, publicKey } = generateKeyPairSync('x25519')
  const vault = vaultOf(rawPublic(publicKey))
  const secret = rawPrivate(privateKey)
  const shares = splitSecret(secret, people).map((share) => shareLine(vault.id, share))
  secret.fill(0)
  return { vault, shares }
}

/** @throws {KeyError} `malformed` */
export function readVault(line: string): Vault {
  return vaultOf(decodeLine(line.trim(), vaultLabel, 32))
}

/**
 * @param shares  lines of two people
 * @throws {KeyError} `malformed`: not a share, or mistyped; `share`: one share twice, or of another vault
 */
export function openVault(vault: Vault, shares: readonly [string, string]): OpenVault {
  const [a, b] = [readShare(vault, shares[0]), readShare(vault, shares[1])]
  if (a.place === b.place) throw new KeyError('share', 'This is one share twice; a second person is needed.')
  const secret = joinShares(a, b)
  const key = createPrivateKey({ key: Buffer.concat([privatePrefix, secret]), format: 'der', type: 'pkcs8' })
  secret.fill(0)
  if (vaultOf(rawPublic(createPublicKey(key))).id !== vault.id) {
    throw new KeyError('share', 'These shares do not belong together.')
  }
  return { id: vault.id, open: (sealed, header) => open(key, sealed, header) }
}

function vaultOf(publicBytes: Uint8Array): Vault {
  const key = createPublicKey({ key: Buffer.concat([publicPrefix, publicBytes]), format: 'der', type: 'spki' })
  return {
    id: createHash('sha256').update('art32/shield/vault-id/v1').update(publicBytes).digest('hex').slice(0, 16),
    line: encodeLine(publicBytes, vaultLabel),
    seal: (secret, header) => seal(key, secret, header),
  }
}

function shareLine(vaultId: string, share: Share): string {
  const bytes = Buffer.concat([Buffer.from(vaultId, 'hex'), Buffer.from([share.place]), share.bytes])
  return encodeLine(Buffer.concat([bytes, checksum(bytes)]), shareLabel)
}

function readShare(vault: Vault, line: string): Share {
  const bytes = decodeLine(line.trim(), shareLabel, 45)
  const content = bytes.subarray(0, 41)
  if (!checksum(content).equals(bytes.subarray(41))) throw new KeyError('malformed', 'This share is mistyped.')
  if (Buffer.from(content.subarray(0, 8)).toString('hex') !== vault.id) {
    throw new KeyError('share', 'This share is of another vault.')
  }
  return { place: content[8] ?? 0, bytes: content.subarray(9) }
}

function checksum(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest().subarray(0, 4)
}

function seal(to: KeyObject, secret: Uint8Array, header: string): Uint8Array {
  const { privateKey, publicKey } = generateKeyPairSync('x25519')
  const once = rawPublic(publicKey)
  const key = agreedKey(privateKey, to, once, rawPublic(to))
  const cipher = createCipheriv('aes-256-gcm', key, zeroNonce).setAAD(Buffer.from(header))
  return Buffer.concat([once, cipher.update(secret), cipher.final(), cipher.getAuthTag()])
}

function open(by: KeyObject, sealed: Uint8Array, header: string): Uint8Array {
  try {
    if (sealed.length < sealOverhead) throw new RangeError('too short')
    const once = sealed.subarray(0, 32)
    const from = createPublicKey({ key: Buffer.concat([publicPrefix, once]), format: 'der', type: 'spki' })
    const key = agreedKey(by, from, once, rawPublic(createPublicKey(by)))
    const cipher = createDecipheriv('aes-256-gcm', key, zeroNonce).setAAD(Buffer.from(header))
    cipher.setAuthTag(sealed.subarray(-16))
    return Buffer.concat([cipher.update(sealed.subarray(32, -16)), cipher.final()])
  } catch (error) {
    throw new KeyError('forged', 'This was not sealed to this vault, or was changed since.', { cause: error })
  }
}

/** Used for one message only, so the nonce may be zero. */
const zeroNonce = new Uint8Array(12)

function agreedKey(mine: KeyObject, theirs: KeyObject, once: Uint8Array, vault: Uint8Array): Uint8Array {
  const agreed = diffieHellman({ privateKey: mine, publicKey: theirs })
  return new Uint8Array(hkdfSync('sha256', agreed, Buffer.concat([once, vault]), 'art32/shield/vault/v1', 32))
}

/** What stands before the 32 bytes of a key in DER (RFC 8410). */
const publicPrefix = Buffer.from('302a300506032b656e032100', 'hex')
const privatePrefix = Buffer.from('302e020100300506032b656e04220420', 'hex')

function rawPublic(key: KeyObject): Uint8Array {
  return Uint8Array.from(key.export({ format: 'der', type: 'spki' }).subarray(-32))
}

function rawPrivate(key: KeyObject): Uint8Array {
  return Uint8Array.from(key.export({ format: 'der', type: 'pkcs8' }).subarray(-32))
}
