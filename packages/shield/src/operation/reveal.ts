import { KeyError } from '../key/error.ts'
import { openSealingKey, type SealedKey } from '../key/sealing-key.ts'
import { openVault, type Vault } from '../key/vault.ts'
import { keyName, keyNameLength, sealedLength, sealedPrefix } from './seal.ts'
import { type Siv, siv } from './siv.ts'
import { readBase32 } from './token-text.ts'

/** Who reveals, with what. */
export interface Revealing {
  readonly vault: Vault
  /** Two people, each with the own share. */
  readonly people: readonly [Holder, Holder]
  /** The reason, in the words that are to stand in the log. */
  readonly why: string
  /** As kept beside what was sealed. */
  readonly sealed: readonly SealedKey[]
  /** Called, and waited for, before anything is handed out; where it fails nothing is. */
  readonly log: (record: RevealRecord) => void | Promise<void>
}

/** One of the two people, with the own share. */
export interface Holder {
  /** As it is to stand in the log. */
  readonly name: string
  readonly share: string
}

/** Holds no value. */
export interface RevealRecord {
  readonly who: readonly [string, string]
  readonly why: string
  readonly vault: string
  readonly keys: readonly string[]
  /** `values`: so many were asked for one by one. `text`: a text is about to be read; then `revealed` says how many were in it. */
  readonly what: 'values' | 'text' | 'revealed'
  readonly count: number
}

/** Hands out values, each time after it was recorded. */
export interface Revealer {
  /** The values, undefined where one was not sealed with any of the keys. */
  values(tokens: readonly string[]): Promise<(string | undefined)[]>
  /**
   * A text in which every sealed value is replaced; the others stay. Constant memory.
   *
   * @param encode  writes a value in the way the format demands (quotes of CSV, escapes of JSON); as it is by default
   */
  text(
    source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    encode?: (value: Uint8Array) => Uint8Array,
  ): AsyncGenerator<Uint8Array, void, undefined>
}

/** The longest sealed value that is looked for, characters: longer ones are no values of a cell. */
const longestToken = 1 << 20

/**
 * Opens the vault with the shares of two people.
 *
 * @throws {KeyError} `share`: one person or share twice, or no reason; `malformed`; `forged`
 */
export function reveal(revealing: Revealing): Revealer {
  const [first, second] = revealing.people
  if (first.name.trim() === '' || first.name.trim() === second.name.trim()) {
    throw new KeyError('share', 'Two people with names of their own are needed.')
  }
  if (revealing.why.trim() === '') throw new KeyError('share', 'A reason is needed.')
  const keys = openKeys(revealing)
  const record = (what: RevealRecord['what'], count: number): RevealRecord => ({
    who: [first.name, second.name],
    why: revealing.why,
    vault: revealing.vault.id,
    keys: revealing.sealed.map(({ key }) => key),
    what,
    count,
  })
  return {
    async values(tokens) {
      await revealing.log(record('values', tokens.length))
      return tokens.map((token) => openText(keys, token))
    },
    async *text(source, encode = (value) => value) {
      await revealing.log(record('text', 0))
      const reader = new TokenReader(keys, encode)
      for await (const chunk of source) yield reader.read(chunk, false)
      yield reader.read(new Uint8Array(0), true)
      await revealing.log(record('revealed', reader.count))
    },
  }
}

/** By the four bytes that name them; two may share a name. */
type Keys = ReadonlyMap<string, readonly Siv[]>

function openKeys({ vault, people, sealed }: Revealing): Keys {
  const opened = openVault(vault, [people[0].share, people[1].share])
  const keys = new Map<string, Siv[]>()
  for (const each of sealed) {
    const key = openSealingKey(opened, each)
    for (const use of each.uses) {
      const name = nameText(keyName(key, use))
      keys.set(name, [...(keys.get(name) ?? []), siv(key.derive(use))])
    }
  }
  return keys
}

function nameText(name: Uint8Array): string {
  return Buffer.from(name).toString('hex')
}

function openText(keys: Keys, token: string): string | undefined {
  const bytes = Buffer.from(token.trim())
  const isToken = bytes.subarray(0, sealedPrefix.length).equals(sealedPrefix)
  const value = isToken ? openToken(keys, bytes, sealedPrefix.length, bytes.length) : undefined
  return value === undefined ? undefined : Buffer.from(value).toString()
}

/** Of a token without its prefix. */
function openToken(keys: Keys, bytes: Uint8Array, start: number, end: number): Uint8Array | undefined {
  const sealed = new Uint8Array(end - start)
  const length = readBase32(bytes, start, end, sealed, 0)
  if (length < sealedLength) return undefined
  const value = new Uint8Array(length)
  for (const key of keys.get(nameText(sealed.subarray(0, keyNameLength))) ?? []) {
    const opened = key.open(sealed, keyNameLength, length, value, 0)
    if (opened >= 0) return value.subarray(0, opened)
  }
  return undefined
}

/** Replaces tokens in chunks; what could be the beginning of one at a chunk's end waits for the next. */
class TokenReader {
  count = 0
  readonly #keys: Keys
  readonly #encode: (value: Uint8Array) => Uint8Array
  #waiting: Uint8Array = new Uint8Array(0)

  constructor(keys: Keys, encode: (value: Uint8Array) => Uint8Array) {
    this.#keys = keys
    this.#encode = encode
  }

  read(chunk: Uint8Array, isLast: boolean): Uint8Array {
    const bytes = Buffer.concat([this.#waiting, chunk])
    const parts: Uint8Array[] = []
    let copied = 0
    let at = bytes.indexOf(sealedPrefix)
    while (at >= 0) {
      const end = tokenEnd(bytes, at + sealedPrefix.length)
      if (end === bytes.length && !isLast && end - at < longestToken) break
      const value = openToken(this.#keys, bytes, at + sealedPrefix.length, end)
      if (value !== undefined) {
        parts.push(bytes.subarray(copied, at), this.#encode(value))
        copied = end
        this.count += 1
      }
      at = bytes.indexOf(sealedPrefix, value === undefined ? at + 1 : end)
    }
    const until = isLast ? bytes.length : at >= 0 ? at : withoutPrefixStart(bytes, copied)
    parts.push(bytes.subarray(copied, until))
    this.#waiting = bytes.subarray(until)
    return Buffer.concat(parts)
  }
}

function tokenEnd(bytes: Uint8Array, start: number): number {
  let at = start
  while (at < bytes.length && isOfBase32(bytes[at] ?? 0)) at += 1
  return at
}

function isOfBase32(byte: number): boolean {
  return (byte >= 97 && byte <= 122) || (byte >= 50 && byte <= 55)
}

/** Where the end could be the first one or two bytes of the prefix. */
function withoutPrefixStart(bytes: Uint8Array, from: number): number {
  for (let held = Math.min(sealedPrefix.length - 1, bytes.length - from); held > 0; held -= 1) {
    const begins = bytes.length - held
    let same = 0
    while (same < held && bytes[begins + same] === sealedPrefix[same]) same += 1
    if (same === held) return begins
  }
  return bytes.length
}
