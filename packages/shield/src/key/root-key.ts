import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'
import { KeyError } from './error.ts'

/** Bytes of a root key. */
export const rootKeyLength = 32

/**
 * What a sub-key is for. Two uses that differ in anything have keys that have nothing in common, so the same value becomes
 * another pseudonym: that is what keeps domains apart.
 */
export interface KeyUse {
  /** Whose data; any text. */
  readonly tenant: string
  /** The pseudonymisation domain: who is to be able to join (EDPB 01/2025). */
  readonly domain: string
  /** Type of the data: the id of a detector, or `name`, `text` … */
  readonly type: string
  /** Changed to rotate: pseudonyms of two epochs cannot be joined. */
  readonly epoch: string
  /** Other work than pseudonyms has keys of its own, even with all else the same. */
  readonly purpose?: 'ff1' | 'shift' | 'siv'
}

/** A root key. Its bytes leave it only as keys derived from it; printed or put into JSON it shows nothing but its id. */
export interface RootKey {
  /** The key as Node.js holds it, which prints as nothing: to hand it to another thread, where `rootKeyOf` takes it. */
  readonly secret: KeyObject
  /** Names the key in reports without telling anything of it: 16 hexadecimal digits. */
  readonly id: string
  /**
   * HKDF-SHA256 (RFC 5869): salt is the tenant, info `art32/shield/v1|domain|type|epoch`, then `|purpose` where there is one.
   *
   * @returns 32 bytes
   * @throws {KeyError} `name`: domain, type or epoch is empty or has another character than letters, digits, `.`, `_`, `-`
   */
  derive(use: KeyUse): Uint8Array
}

/**
 * @param bytes  32; may be overwritten by the caller afterwards
 * @throws {KeyError} `malformed`: another length
 */
export function rootKey(bytes: Uint8Array): RootKey {
  if (bytes.length !== rootKeyLength) throw new KeyError('malformed', 'A root key has 32 bytes.')
  return rootKeyOf(createSecretKey(bytes))
}

/** A root key that came from another thread. */
export function rootKeyOf(secret: KeyObject): RootKey {
  return { secret, id: idOf(secret), derive: (use) => derive(secret, use) }
}

function idOf(secret: KeyObject): string {
  return createHmac('sha256', secret).update('art32/shield/key-id/v1').digest('hex').slice(0, 16)
}

function derive(secret: KeyObject, use: KeyUse): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, use.tenant, nameOfUse(use), 32))
}

/** All of a use but the tenant, as one text. */
export function nameOfUse(use: KeyUse): string {
  const parts = [use.domain, use.type, use.epoch, ...(use.purpose === undefined ? [] : [use.purpose])]
  for (const part of parts) refuseAmbiguous(part)
  return ['art32/shield/v1', ...parts].join('|')
}

/** A `|` in a name would let two uses have one info, hence one key. */
function refuseAmbiguous(name: string): void {
  if (/^[A-Za-z0-9._-]{1,200}$/.test(name)) return
  throw new KeyError(
    'name',
    `“${name}” cannot name a domain, a type or an epoch: letters, digits, “.”, “_” and “-” can.`,
  )
}
