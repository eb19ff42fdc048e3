import { createHmac, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto'
import { KeyError } from './error.ts'
import { decodeLine, encodeLine } from './key-file.ts'
import { type KeyUse, nameOfUse } from './root-key.ts'
import type { OpenVault, Vault } from './vault.ts'

/** Seals values so that they can be revealed. Nothing but its id is seen of it. */
export interface SealingKey {
  /** Names it: 16 hexadecimal digits. */
  readonly id: string
  /** 64 bytes for AES-SIV with AES-256, others for each use. */
  derive(use: KeyUse): Uint8Array
}

/**
 * What has to be kept so that values can be revealed: the sealing key, sealed to the vault. Not secret by itself; it may stand in a
 * report. Write it before the first sealed value, or a crash between leaves values that nobody can reveal.
 */
export interface SealedKey {
  readonly vault: string
  readonly key: string
  /** What values were sealed for; without these they cannot be revealed. */
  readonly uses: readonly KeyUse[]
  /** base64 */
  readonly sealed: string
}

const sealingLabel = 'art32-shield-sealing-1:'
const sealingLength = 32

/**
 * Makes a sealing key at random. `line` is the key itself, for the file from which several processes seal alike; who has it can reveal, so it is
 * deleted when they are done. Without such a file the key ends with the process.
 */
export function createSealingKey(
  vault: Vault,
  uses: readonly KeyUse[],
): { key: SealingKey; sealed: SealedKey; line: string } {
  const bytes = randomBytes(sealingLength)
  const key = sealingKey(bytes)
  const sealed = Buffer.from(vault.seal(bytes, headerOf(vault.id, key.id, uses))).toString('base64')
  const line = encodeLine(bytes, sealingLabel)
  bytes.fill(0)
  return { key, sealed: { vault: vault.id, key: key.id, uses, sealed }, line }
}

/** @throws {KeyError} `malformed` */
export function readSealingKey(line: string): SealingKey {
  return sealingKey(decodeLine(line.trim(), sealingLabel, sealingLength))
}

/** @throws {KeyError} `forged`: it was sealed to another vault, or changed */
export function openSealingKey(vault: OpenVault, sealed: SealedKey): SealingKey {
  const bytes = vault.open(Buffer.from(sealed.sealed, 'base64'), headerOf(vault.id, sealed.key, sealed.uses))
  if (bytes.length !== sealingLength) throw new KeyError('forged', 'What was sealed is no key.')
  return sealingKey(bytes)
}

function sealingKey(bytes: Uint8Array): SealingKey {
  const secret = createSecretKey(bytes)
  return { id: idOf(secret), derive: (use) => derive(secret, use) }
}

function idOf(secret: KeyObject): string {
  return createHmac('sha256', secret).update('art32/shield/sealing-id/v1').digest('hex').slice(0, 16)
}

function derive(secret: KeyObject, use: KeyUse): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, use.tenant, nameOfUse({ ...use, purpose: 'siv' }), 64))
}

/** Binds the record's words to what was sealed: a use cannot be added or taken away. */
function headerOf(vault: string, key: string, uses: readonly KeyUse[]): string {
  return JSON.stringify([vault, key, uses.map((use) => [use.tenant, nameOfUse(use)])])
}
