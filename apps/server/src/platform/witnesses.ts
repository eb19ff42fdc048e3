import { allWitnesses, LedgerError, parseVkey } from '@art32/ledger'
import type { VerifierKey } from '@art32/ledger'
import { ledgerCrypto } from './ledger-keys.ts'

/** A witness that this installation asks for cosignatures. */
export interface WitnessSetting {
  /** As it was set; a key has one spelling. */
  readonly vkey: string
  readonly key: VerifierKey
  /** Without a trailing slash; `/add-checkpoint` follows. */
  readonly address: string
}

/** Reads "vkey address" pairs with commas between. @throws {Error} in words that follow "The setting … is not valid:" */
export function witnessesOf(text: string): WitnessSetting[] {
  const settings = text
    .split(',')
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '')
    .map(witnessOf)
  const names = new Set(settings.map(({ key }) => key.name))
  if (names.size !== settings.length) throw new Error('a witness stands there twice, or two have one name')
  // Words of the policy that bundles carry.
  if (names.has('none') || names.has(allWitnesses)) throw new Error('a witness has a name that a policy needs itself')
  return settings
}

function witnessOf(pair: string): WitnessSetting {
  const [vkey = '', address = '', ...more] = pair.split(/\s+/)
  const url = more.length === 0 && URL.canParse(address) ? new URL(address) : null
  if (url === null || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '' || url.username !== '')
    throw new Error('a witness is written as its verifier key, a space, and its http(s) address')
  const key = keyOf(vkey)
  // Of the kinds of keys that a witness may have, this one needs no newer cryptography to be checked.
  if (key.type !== 0x04) throw new Error(`the key of ${key.name} is no Ed25519 key of a witness`)
  return { vkey, key, address: url.href.replace(/\/+$/, '') }
}

function keyOf(vkey: string): VerifierKey {
  try {
    return parseVkey(ledgerCrypto, vkey)
  } catch (error) {
    if (error instanceof LedgerError) throw new Error(error.message.replace(/\.$/, ''), { cause: error })
    throw error
  }
}

/**
 * Reads the keys of logs that this installation witnesses, with commas between.
 *
 * @throws {Error} in words that follow "The setting … is not valid:"
 */
export function witnessedLogsOf(text: string): VerifierKey[] {
  const keys = text
    .split(',')
    .map((vkey) => vkey.trim())
    .filter((vkey) => vkey !== '')
    .map(keyOf)
  for (const key of keys) if (key.type !== 0x01) throw new Error(`the key of ${key.name} is no Ed25519 key of a log`)
  if (new Set(keys.map(({ name, id }) => `${name}+${id}`)).size !== keys.length)
    throw new Error('a log stands there twice')
  return keys
}
