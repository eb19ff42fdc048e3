/**
 * A claim: a proof file (C2SP tlog-proof) that a person can check alone. It proves one entry of a tenant's log, an edition for
 * example; its `extra` line, which the format leaves open, holds what belongs to it as canonical JSON `art32.claim/1`:
 *
 *     leaf, openings    the entry, and what opens its commitments: {role, salt, content} in base64
 *     records           further entries under the same checkpoint: {index, leaf, hashes, openings}
 *     line              the line of an edition that this is about, or null
 *     policy            as policy.txt in a bundle
 *     instance          null, or {leaf, proof, consistency}: a head of this log in the instance log, and the proof that this
 *                       log's checkpoint continues it
 *     stamp             null, or the same with {token, root}, for a time stamp
 *
 * Other tools ignore the line and check index, hashes and checkpoint.
 */

import { decodeBase64, decodeUtf8, encodeBase64, encodeUtf8 } from './bytes.ts'
import { type Bundle, slotName, type Slot } from './bundle.ts'
import { canonicalize, type Json, parseCanonical } from './canonical.ts'
import type { Hash, LedgerCrypto } from './crypto.ts'
import { LedgerError } from './errors.ts'
import { parseLeaf } from './leaf.ts'
import { parseNote } from './note.ts'
import { parseCheckpoint } from './checkpoint.ts'
import { formatProof } from './proof.ts'
import { proveConsistency, proveInclusion } from './tree.ts'
import { decodeEntries, tilePath, tileReader, tilesOf } from './tiles.ts'

/** The one format of this version. */
export const claimFormat = 'art32.claim/1'

/** What a claim is to hold. */
export interface ClaimWish {
  /** The entry that it proves. */
  readonly index: number
  /** Further entries that belong to it. */
  readonly records: readonly number[]
  readonly line: string | null
}

/**
 * Makes a claim of what a bundle holds. Checks nothing: the bundle must hold.
 *
 * @throws {LedgerError} `range` for an entry that the log does not have, `bundle` for a file that is missing
 */
export function claimOf(crypto: LedgerCrypto, bundle: Bundle, { index, records, line }: ClaimWish): string {
  const checkpoint = decodeUtf8(fileOf(bundle, 'checkpoint'))
  const { size } = parseCheckpoint(parseNote(checkpoint).text)
  const entries = tilesOf(size).flatMap((tile) =>
    tile.level === 'entries' ? decodeEntries(fileOf(bundle, tilePath(tile)), tilePath(tile)) : [],
  )
  const read = tileReader(crypto, size, (tile) => fileOf(bundle, tilePath(tile)))
  const entryOf = (at: number) => {
    const entry = entries[at]
    if (entry === undefined) throw new LedgerError('range', `The log has no leaf ${at}.`)
    return { leaf: encodeBase64(entry), openings: openingsOf(bundle, at, entry) }
  }
  const hashesOf = (at: number) => proveInclusion(crypto, at, size, read)
  const anchorOf = (folder: 'instance' | 'stamp') => {
    if (!bundle.has(`${folder}/leaf`)) return null
    const leaf = fileOf(bundle, `${folder}/leaf`)
    const head = parseLeaf(leaf, `${folder}/leaf`).head?.size ?? size
    if (head === 0) return null
    const consistency = head === size ? [] : proveConsistency(crypto, head, size, read)
    const proof = decodeUtf8(fileOf(bundle, `${folder}/tenant.tlog-proof`))
    return { leaf: encodeBase64(leaf), proof, consistency: consistency.map(encodeHash) }
  }
  const stamp = anchorOf('stamp')
  const extra: Json = {
    format: claimFormat,
    ...entryOf(index),
    records: records.map((at) => ({ index: at, ...entryOf(at), hashes: hashesOf(at).map(encodeHash) })),
    line,
    policy: decodeUtf8(fileOf(bundle, 'policy.txt')),
    instance: anchorOf('instance'),
    stamp: stamp && {
      ...stamp,
      token: encodeBase64(fileOf(bundle, 'stamp/token.tsr')),
      root: decodeUtf8(fileOf(bundle, 'stamp/tsa.pem')),
    },
  }
  return formatProof({ index, hashes: hashesOf(index), checkpoint, extra: encodeUtf8(canonicalize(extra)) })
}

const encodeHash = (hash: Hash) => encodeBase64(hash)

function openingsOf(bundle: Bundle, index: number, entry: Uint8Array): { [role: string]: string }[] {
  return parseLeaf(entry).obj.flatMap(({ role }) => {
    const path = `openings/${slotName({ index, role })}`
    const [salt, content] = [bundle.get(`${path}.salt`), bundle.get(`${path}.content`)]
    return salt && content ? [{ role, salt: encodeBase64(salt), content: encodeBase64(content) }] : []
  })
}

function fileOf(bundle: Bundle, path: string): Uint8Array {
  const bytes = bundle.get(path)
  if (bytes === undefined) throw new LedgerError('bundle', 'The file is missing.', path)
  return bytes
}

/** The `extra` of a claim, read strictly; nothing in it is checked. */
export interface ReadClaim {
  readonly entry: ClaimedEntry
  readonly records: readonly (ClaimedEntry & { readonly index: number; readonly hashes: readonly Hash[] })[]
  readonly line: string | null
  readonly policy: string
  readonly instance: ClaimedAnchor | null
  readonly stamp: (ClaimedAnchor & { readonly token: Uint8Array; readonly root: string }) | null
}

/** An entry and what opens it. */
export interface ClaimedEntry {
  readonly leaf: Uint8Array
  readonly openings: readonly (Pick<Slot, 'role'> & { readonly salt: Uint8Array; readonly content: Uint8Array })[]
}

/** A head in the instance log, and the proof that the log continues it. */
export interface ClaimedAnchor {
  readonly leaf: Uint8Array
  readonly proof: string
  readonly consistency: readonly Hash[]
}

/** Reads the `extra` of a proof file. @throws {LedgerError} `proof` */
export function readClaim(extra: Uint8Array): ReadClaim {
  const text = decodeUtf8(extra, 'extra line')
  const claim = new Member(parseCanonical(text), 'extra')
  claim.only('format', 'instance', 'leaf', 'line', 'openings', 'policy', 'records', 'stamp')
  if (claim.at('format').text() !== claimFormat) throw noClaim(`this verifier reads the format ${claimFormat} only`)
  const anchor = (member: Member) => ({
    leaf: member.at('leaf').bytes(),
    proof: member.at('proof').text(),
    consistency: member.at('consistency').items((hash) => hash.bytes()),
  })
  const records = claim.at('records').items((record) => ({
    ...entryIn(record.only('hashes', 'index', 'leaf', 'openings')),
    index: record.at('index').count(),
    hashes: record.at('hashes').items((hash) => hash.bytes()),
  }))
  return {
    entry: entryIn(claim),
    records,
    line: claim.at('line').orNull((line) => line.text()),
    policy: claim.at('policy').text(),
    instance: claim.at('instance').orNull((member) => anchor(member.only('consistency', 'leaf', 'proof'))),
    stamp: claim.at('stamp').orNull((member) => ({
      ...anchor(member.only('consistency', 'leaf', 'proof', 'root', 'token')),
      token: member.at('token').bytes(),
      root: member.at('root').text(),
    })),
  }
}

function entryIn(member: Member): ClaimedEntry {
  return {
    leaf: member.at('leaf').bytes(),
    openings: member.at('openings').items((opening) => {
      opening.only('content', 'role', 'salt')
      return {
        role: opening.at('role').text(),
        salt: opening.at('salt').bytes(),
        content: opening.at('content').bytes(),
      }
    }),
  }
}

function noClaim(why: string): LedgerError {
  return new LedgerError('proof', `The extra line is no claim: ${why}.`, 'extra line')
}

/** A value with its place, read with refusals instead of surprises. */
class Member {
  readonly value: Json
  readonly #place: string

  constructor(value: Json, place: string) {
    this.value = value
    this.#place = place
  }

  at(name: string): Member {
    const member = this.#record()[name]
    if (member === undefined) throw noClaim(`${this.#place}.${name} is missing`)
    return new Member(member, `${this.#place}.${name}`)
  }

  only(...names: readonly string[]): this {
    const stray = Object.keys(this.#record()).find((name) => !names.includes(name))
    if (stray !== undefined) throw noClaim(`${this.#place} has a member that nothing vouches for`)
    return this
  }

  orNull<T>(read: (member: Member) => T): T | null {
    return this.value === null ? null : read(this)
  }

  items<T>(read: (member: Member) => T): T[] {
    const { value } = this
    if (!Array.isArray(value)) throw noClaim(`${this.#place} is no list`)
    return value.map((item: Json, i) => read(new Member(item, `${this.#place}[${i}]`)))
  }

  text(): string {
    if (typeof this.value !== 'string') throw noClaim(`${this.#place} is no text`)
    return this.value
  }

  count(): number {
    const { value } = this
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
      throw noClaim(`${this.#place} is no count`)
    return value
  }

  bytes(): Uint8Array {
    return decodeBase64(this.text(), this.#place)
  }

  #record(): Readonly<Record<string, Json>> {
    const { value } = this
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw noClaim(`${this.#place} is no object`)
    return value as Readonly<Record<string, Json>>
  }
}
