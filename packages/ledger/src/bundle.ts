/**
 * The proof bundle: everything a stranger needs to check an edition offline, as a map of paths to bytes. How the map is
 * packed (zip, folder) is the caller's affair. Format `art32.bundle/1`:
 *
 *     bundle.json                       canonical JSON {created, editionLeaf, format, origin}; created = the edition leaf's time
 *     policy.txt                        C2SP tlog-policy: keys of the logs and of the witnesses that cosigned, one spelling, no comments
 *     checkpoint                        the tenant log's signed checkpoint
 *     tile/entries/…, tile/<L>/…        the whole log to the checkpoint's size (C2SP tlog-tiles)
 *     openings/<index>/<role>.salt      32 bytes, and
 *     openings/<index>/<role>.content   the content that opens the commitment of this role in leaf <index> (`actor` for its actor)
 *     files/<name>                      further files; the edition's content is JSON whose member `files` maps each name to
 *                                       its SHA-256 in lower-case hexadecimal
 *     instance/checkpoint, instance/leaf, instance/tenant.tlog-proof
 *                                       all or none: a leaf `tenant.checkpoint` of the instance log with a head of this log;
 *                                       where witnesses cosigned, the checkpoint is the newest that they did
 *     stamp/checkpoint, stamp/leaf, stamp/tenant.tlog-proof, stamp/token.tsr, stamp/tsa.pem
 *                                       all or none: the same under a checkpoint that a time-stamping authority (RFC 3161)
 *                                       stamped, its answer, and the root certificate that the publisher names for it
 *     earlier/…, later/…                a log before, or behind, this one: succession.ts
 *     VERIFY.md                         how to check with coreutils and OpenSSL, byte for byte as in verify-text.ts or as
 *                                       an earlier release wrote it
 *
 * Every byte is accounted for: a path that nothing vouches for makes a bundle fail, as does each changed byte. Commitments
 * without an opening are reported as withheld or erased and do not fail.
 */

import { type AnchoredHead, obeyPolicy, strayLine, trustedKeys, witnessedBy } from './anchor.ts'
import { decodeUtf8, encodeHex, encodeUtf8, equalBytes } from './bytes.ts'
import { canonicalize, type Json, parseJson } from './canonical.ts'
import { parseCheckpoint } from './checkpoint.ts'
import { isOpenedBy } from './commitment.ts'
import type { Hash, LedgerCrypto } from './crypto.ts'
import { LedgerError } from './errors.ts'
import { isKnownType, isOrigin, leafHead, parseLeaf, type ReadLeaf } from './leaf.ts'
import { formatVkey, parseNote, type VerifierKey } from './note.ts'
import {
  acceptCheckpoint,
  type AcceptedCheckpoint,
  formatPolicy,
  parsePolicy,
  type Policy,
  policyOfKeys,
  policyOfWitnesses,
} from './policy.ts'
import { formatProof, type InclusionProof, openProof } from './proof.ts'
import {
  compromiseIn,
  endsLog,
  keyChangeCodes,
  keyInLeaf,
  namedKey,
  readRotation,
  type Rotation,
  sayRotation,
} from './rotation.ts'
import {
  type EarlierPart,
  isSameFamily,
  keyUnder,
  type KeptLog,
  type LaterPart,
  type LostHead,
  lostHeads,
  readEarlier,
  readLater,
  successionFiles,
} from './succession.ts'
import { appendLeaves, emptyFrontier, frontierRoot, leafHash, treeRoot } from './tree.ts'
import { decodeEntries, encodeEntries, splitHashes, tilePath, tilesOf, tileWidth } from './tiles.ts'
import { earlierVerifyTexts, verifyText } from './verify-text.ts'
import { sayStamp, sayWitnesses, type StampVerdict, type WitnessedPart } from './vouching.ts'

/** The one format of this version. */
export const bundleFormat = 'art32.bundle/1'

/** A bundle: paths with `/`, relative, to bytes. */
export type Bundle = ReadonlyMap<string, Uint8Array>

/** Where a commitment stands: a leaf, and a role in it (`actor` for its actor). */
export interface Slot {
  readonly index: number
  readonly role: string
}

/** What opens a commitment. */
export interface Opening extends Slot {
  /** 32 bytes. */
  readonly salt: Uint8Array
  readonly content: Uint8Array
}

/** What a bundle is made from. */
export interface BundleInput {
  /** The tenant log's signed checkpoint. */
  readonly checkpoint: string
  /** Every entry to the checkpoint's size, in order. */
  readonly entries: readonly Uint8Array[]
  /** Keys of the tenant log and, with `instance`, of the instance log. */
  readonly keys: readonly VerifierKey[]
  /** Keys of the witnesses whose cosignatures are on the checkpoint of `instance`; absent: none. */
  readonly witnesses?: readonly VerifierKey[]
  /** Index of the leaf `edition.drafted` or `edition.published`. */
  readonly editionLeaf: number
  readonly openings: readonly Opening[]
  /** By name below `files/`; all named in the edition's content. */
  readonly files: ReadonlyMap<string, Uint8Array>
  /** A head of this log in the instance log. */
  readonly instance?: AnchorProof
  /** The same under a checkpoint with a time stamp: the authority's answer, and its root certificate as PEM. */
  readonly stamp?: AnchorProof & { readonly token: Uint8Array; readonly root: string }
  /** The logs that this one continues, the nearest first. */
  readonly earlier?: readonly EarlierPart[]
  /** Where this log was succeeded after a restore: the first leaves of the next. */
  readonly later?: readonly LaterPart[]
}

/** A leaf of the instance log with a head of a tenant's log, and its inclusion. */
export interface AnchorProof {
  readonly leaf: Uint8Array
  readonly proof: InclusionProof
}

/** The steps of a verification, in their order. */
export const bundleSteps = [
  'manifest',
  'key',
  'signature',
  'entries',
  'root',
  'leaves',
  'openings',
  'edition',
  'files',
  'instance',
  'witness',
  'stamp',
  'succession',
  'held',
  'coverage',
] as const

/** A step of a verification. */
export type BundleStepId = (typeof bundleSteps)[number]

/** One finding of a verification: a step that holds, or a place where it does not. */
export interface BundleStep {
  readonly id: BundleStepId
  readonly ok: boolean
  /** Path, with the index of the leaf where it is known. */
  readonly place: string
  /** A plain English sentence. */
  readonly say: string
}

/** What a verification found. */
export interface BundleReport {
  /** Whether every step is in order. */
  readonly holds: boolean
  readonly steps: readonly BundleStep[]
  /** Plain sentences; empty unless the bundle holds. */
  readonly proven: readonly string[]
  /** Plain sentences: what nobody should conclude from this bundle. */
  readonly notProven: readonly string[]
  readonly origin: string
  readonly editionLeaf: number
  /** Leaves that could be read and are in their place: all of them where the bundle holds. */
  readonly size: number
  /** The leaf of the edition, where it could be read. */
  readonly edition: ReadLeaf | undefined
  /** Contents by {@link slotName}. Trust them only where the bundle holds. */
  readonly opened: ReadonlyMap<string, Uint8Array>
  /** How many commitments have no opening. */
  readonly withheld: number
  /** Whether the log's key was among the caller's trusted ones, or is only what the bundle itself says. */
  readonly keyFrom: 'caller' | 'bundle'
  /** What witnesses cosigned; null where none did, or where it does not hold. */
  readonly witnessed: WitnessedPart | null
  /** Changes of the log's key that the key before signed, the newest first; empty unless the bundle holds. */
  readonly rotations: readonly Rotation[]
  /** Whether the publisher says that the key of this log, or of one before it, is in foreign hands. */
  readonly compromised: boolean
}

/** The name of a slot in {@link BundleReport.opened}: `12/content`. */
export function slotName({ index, role }: Slot): string {
  return `${index}/${role}`
}

/** Lays out a bundle. Checks nothing; {@link verifyBundle} does. */
export function buildBundle(crypto: LedgerCrypto, input: BundleInput): Map<string, Uint8Array> {
  const { origin } = parseCheckpoint(parseNote(input.checkpoint).text)
  const edition = input.entries[input.editionLeaf]
  if (edition === undefined) throw new LedgerError('range', `The log has no leaf ${input.editionLeaf}.`)
  const manifest = {
    created: parseLeaf(edition).at,
    editionLeaf: input.editionLeaf,
    format: bundleFormat,
    origin,
  }
  const bundle = new Map<string, Uint8Array>([
    ['bundle.json', encodeUtf8(canonicalize(manifest))],
    ['VERIFY.md', encodeUtf8(verifyText)],
    ['policy.txt', encodeUtf8(formatPolicy(policyOfWitnesses(input.keys, input.witnesses ?? [])))],
    ['checkpoint', encodeUtf8(input.checkpoint)],
    ...logFiles(crypto, input.entries),
  ])
  for (const { index, role, salt, content } of input.openings) {
    bundle.set(`openings/${index}/${role}.salt`, salt)
    bundle.set(`openings/${index}/${role}.content`, content)
  }
  for (const [name, bytes] of input.files) bundle.set(`files/${name}`, bytes)
  if (input.instance !== undefined) addAnchor(bundle, 'instance', input.instance)
  if (input.stamp !== undefined) {
    addAnchor(bundle, 'stamp', input.stamp)
    bundle.set('stamp/token.tsr', input.stamp.token)
    bundle.set('stamp/tsa.pem', encodeUtf8(input.stamp.root))
  }
  for (const [path, bytes] of successionFiles(input.earlier ?? [], input.later ?? [])) bundle.set(path, bytes)
  return bundle
}

/** Where an {@link AnchorProof} lies in a bundle. */
type AnchorFolder = 'instance' | 'stamp'

const anchorFiles = ['leaf', 'checkpoint', 'tenant.tlog-proof'] as const

function addAnchor(bundle: Map<string, Uint8Array>, folder: AnchorFolder, { leaf, proof }: AnchorProof): void {
  bundle.set(`${folder}/leaf`, leaf)
  bundle.set(`${folder}/checkpoint`, encodeUtf8(proof.checkpoint))
  bundle.set(`${folder}/tenant.tlog-proof`, encodeUtf8(formatProof(proof)))
}

/** What a caller brings to a verification; all of it optional. */
export interface BundleTrust {
  /** Keys that the caller got another way; without them the bundle's own are used, and the report says so. */
  readonly keys?: readonly VerifierKey[] | undefined
  /** Signed checkpoints of this log that the caller kept from before: the log must continue each of them. */
  readonly held?: readonly string[] | undefined
  /** The caller's own policy: its logs are trusted as `keys` are, and its quorum must be met. */
  readonly policy?: Policy | undefined
  /** What came of `stamp/token.tsr`, which the caller checks: certificates are not this package's affair. */
  readonly stamp?: StampVerdict | undefined
}

/**
 * Checks a bundle. Attacker-controlled throughout; nothing of it is believed before it is checked.
 *
 * @throws {LedgerError} `bundle` when it cannot be read at all: no manifest, or one of another format
 */
export function verifyBundle(crypto: LedgerCrypto, bundle: Bundle, trust: BundleTrust = {}): BundleReport {
  const check = new BundleCheck(crypto, bundle, readManifest(bundle), trust)
  check.manifest()
  check.key()
  check.signature()
  check.entries()
  check.root()
  check.leaves()
  check.openings()
  check.edition()
  check.files()
  check.instance()
  check.witness()
  check.stamp()
  check.succession()
  check.held(trust.held ?? [], trust.keys ?? [])
  check.coverage()
  return check.report()
}

/** The files of a whole log: all its tiles and entry bundles. */
function logFiles(crypto: LedgerCrypto, entries: readonly Uint8Array[]): [string, Uint8Array][] {
  const { levels: tiles } = hashTiles(
    crypto,
    entries.map((entry) => leafHash(crypto, entry)),
  )
  return tilesOf(entries.length).map((tile) => {
    const start = tile.index * tileWidth
    if (tile.level === 'entries') return [tilePath(tile), encodeEntries(entries.slice(start, start + tile.width))]
    const hashes = tiles[tile.level]?.slice(start, start + tile.width) ?? []
    return [tilePath(tile), joinHashes(hashes)]
  })
}

/** The hashes of every tile level, from level 0 up, and the root over all. */
function hashTiles(crypto: LedgerCrypto, leafHashes: readonly Hash[]): { levels: Hash[][]; root: Hash } {
  const levels: Hash[][] = []
  const frontier = appendLeaves(crypto, emptyFrontier, leafHashes, (level, _index, hash) => {
    if (level % 8 === 0) (levels[level / 8] ??= []).push(hash)
  })
  return { levels, root: frontierRoot(crypto, frontier) }
}

function joinHashes(hashes: readonly Hash[]): Uint8Array {
  const bytes = new Uint8Array(hashes.length * 32)
  for (const [i, hash] of hashes.entries()) bytes.set(hash, i * 32)
  return bytes
}

interface Manifest {
  readonly created: unknown
  readonly editionLeaf: number
  readonly origin: string
  /** What is wrong with it although it can be read. */
  readonly fault: string | undefined
}

function readManifest(bundle: Bundle): Manifest {
  const place = 'bundle.json'
  const bytes = bundle.get(place)
  if (bytes === undefined) throw new LedgerError('bundle', 'This is not a proof bundle: the file is missing.', place)
  const text = textOr(
    bytes,
    () => new LedgerError('bundle', 'This is not a proof bundle: the file is not UTF-8.', place),
  )
  const value = jsonOr(
    text,
    () => new LedgerError('bundle', 'This is not a proof bundle: the file is not JSON.', place),
  )
  const members = asRecord(value)
  if (members?.['format'] !== bundleFormat) {
    throw new LedgerError(
      'bundle',
      `This verifier reads bundles of the format ${bundleFormat} only; get the one that fits the bundle.`,
      place,
    )
  }
  const { created, editionLeaf, origin } = members
  const isWhole =
    canonicalize(members) === text &&
    Object.keys(members).join() === 'created,editionLeaf,format,origin' &&
    typeof editionLeaf === 'number' &&
    Number.isSafeInteger(editionLeaf) &&
    editionLeaf >= 0 &&
    typeof origin === 'string' &&
    isOrigin(origin)
  return {
    created,
    editionLeaf: typeof editionLeaf === 'number' ? editionLeaf : Number.NaN,
    origin: typeof origin === 'string' ? origin : '',
    fault: isWhole ? undefined : 'The manifest is not canonical JSON of created, editionLeaf, format and origin.',
  }
}

// Naming each of a million wrong leaves helps nobody.
const maxFaultsPerStep = 20

// No folders and no leading dot: the name is safe to write to disk.
const fileName = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$/

class BundleCheck {
  readonly #crypto: LedgerCrypto
  readonly #bundle: Bundle
  readonly #manifest: Manifest
  readonly #steps: BundleStep[] = []
  readonly #unread: Set<string>
  readonly #opened = new Map<string, Uint8Array>()
  readonly #notProven: string[] = []
  #policy: Policy | undefined
  #keys: readonly VerifierKey[] = []
  #keyFrom: 'caller' | 'bundle' = 'bundle'
  #checkpoint: AcceptedCheckpoint | undefined
  #entries: readonly Uint8Array[] | undefined
  #leafHashes: Hash[] = []
  /** Leaves that something is opened of, that say what became of the log, and the edition's: to keep a million others would be most of the memory. */
  readonly #leaves = new Map<number, ReadLeaf>()
  /** Leaves that can be read and are in their place, and those of them whose type a newer version wrote. */
  #sound = 0
  #unknown = 0
  /** How many commitments have no opening. */
  #withheld = 0
  #editionFiles: Readonly<Record<string, unknown>> | undefined
  readonly #trust: BundleTrust
  #instance: AnchoredHead | undefined
  #witnessed: WitnessedPart | undefined
  /** Sentences that witnesses and time stamps add. */
  readonly #vouched: string[] = []
  /** The logs that this one continues, the nearest first. */
  readonly #earlier: KeptLog[] = []
  readonly #lost: LostHead[] = []
  /** The log that goes on after this one. */
  #successor: string | undefined
  /** Keys that the caller trusts, while none of them is the log's own: a change of the key has to lead to it. */
  #unmet: readonly VerifierKey[] | undefined
  readonly #rotations: Rotation[] = []
  /** Whether the publisher says that a key before or of this log is in foreign hands. */
  #compromised = false
  /** What that leaves unproven. */
  readonly #weakness: string[] = []
  /** Whether it is this log's. */
  #isWeak = false

  constructor(crypto: LedgerCrypto, bundle: Bundle, manifest: Manifest, trust: BundleTrust) {
    this.#trust = trust
    this.#crypto = crypto
    this.#bundle = bundle
    this.#manifest = manifest
    this.#unread = new Set(bundle.keys())
  }

  manifest(): void {
    this.#unread.delete('bundle.json')
    this.#step('manifest', 'bundle.json', 'The manifest can be read.', () => {
      if (this.#manifest.fault !== undefined) this.#fault('manifest', 'bundle.json', this.#manifest.fault)
    })
  }

  key(): void {
    const { origin } = this.#manifest
    const trusted = trustedKeys(this.#trust, origin)
    const place = 'policy.txt'
    this.#step('key', place, `The key of the log ${origin} is known.`, () => {
      const text = this.#text(place)
      const policy = parsePolicy(this.#crypto, text)
      const keysOf = (listed: readonly { readonly key: VerifierKey }[]) => listed.map(({ key }) => key)
      if (formatPolicy(policyOfWitnesses(keysOf(policy.logs), keysOf(policy.witnesses))) !== text) {
        this.#fault(
          'key',
          place,
          'The policy is not just the keys of the logs and of the witnesses that cosigned, in their one spelling.',
        )
      }
      const names = new Set([origin, ...this.#instanceOrigins(), ...this.#otherKeysOrigins()])
      const foreign = policy.logs.find(({ key }) => !names.has(key.name))
      if (foreign !== undefined)
        this.#fault('key', place, `The key ${foreign.key.name}+${foreign.key.id} belongs to no log of this bundle.`)
      this.#policy = policy
      const own = policy.logs.map(({ key }) => key).filter(({ name }) => name === origin)
      this.#keys = own
      if (own.length === 0) this.#fault('key', place, `The policy has no key of the log ${origin}.`)
      if (trusted === undefined) return
      this.#keyFrom = 'caller'
      this.#keys = own.filter(({ id, publicKey }) =>
        trusted.some(
          (key) =>
            equalBytes(key.publicKey, publicKey) &&
            // After a restore the log goes on under the next name with the same key.
            (key.name === origin ? key.id === id : isSameFamily(key.name, origin)),
        ),
      )
      if (this.#keys.length > 0 || own.length === 0) return
      if (this.#otherKeysOrigins().length === 0)
        this.#fault('key', place, `No key of the log ${origin} is one that you trust.`)
      this.#keys = own
      this.#unmet = trusted
    })
  }

  /** Logs before and behind this one that have a key of their own; read without being trusted. */
  #otherKeysOrigins(): string[] {
    const before = [...this.#bundle.keys()].filter((path) => /^earlier\/[0-9]+\/checkpoint$/.test(path))
    const leaf = this.#bundle.get('later/0.leaf')
    const behind = leaf && parseLeaf(leaf, 'later/0.leaf')
    return [
      ...before.map(
        (path) => parseCheckpoint(parseNote(decodeUtf8(this.#bundle.get(path) ?? new Uint8Array())).text).origin,
      ),
      ...(behind === undefined || behind.code !== keyChangeCodes.compromise ? [] : [behind.log]),
      // Where the key before is in foreign hands nothing of it is in the bundle, and the fault is told by `succession`.
      ...(before.length === 0 && (behind !== undefined || this.#bundle.has('earlier/0/hashes')) ? [''] : []),
    ]
  }

  #meets(key: VerifierKey): boolean {
    return (
      this.#unmet?.some(
        ({ name, publicKey }) => equalBytes(publicKey, key.publicKey) && isSameFamily(name, key.name),
      ) === true
    )
  }

  signature(): void {
    const place = 'checkpoint'
    this.#step('signature', place, 'The checkpoint is signed by the key of the log.', () => {
      const note = this.#text(place)
      const checkpoint = acceptCheckpoint(this.#crypto, policyOfKeys(this.#keys), note)
      if (checkpoint.origin !== this.#manifest.origin) {
        this.#fault(
          'signature',
          place,
          `The checkpoint is of the log ${checkpoint.origin}, the manifest speaks of ${this.#manifest.origin}.`,
        )
      }
      if (checkpoint.extensions !== undefined)
        this.#fault('signature', place, 'The checkpoint has lines after its root.')
      this.#checkLines(place, checkpoint)
      this.#checkpoint = checkpoint
    })
  }

  entries(): void {
    const size = this.#sizeToRead()
    if (size === undefined) return
    this.#step('entries', 'tile/entries', `All ${size} entries are here.`, () => {
      if (Math.ceil(size / tileWidth) > this.#bundle.size) {
        this.#fault(
          'entries',
          'tile/entries',
          `The checkpoint has ${size} entries; there are not enough files to hold them.`,
        )
        return
      }
      const entries: Uint8Array[] = []
      for (const tile of tilesOf(size)) {
        const path = tilePath(tile)
        const bytes = this.#bytes(path)
        if (tile.level !== 'entries') continue
        const decoded = decodeEntries(bytes, path)
        if (decoded.length !== tile.width) {
          throw new LedgerError('tile', `The file should hold ${tile.width} entries and holds ${decoded.length}.`, path)
        }
        for (const entry of decoded) entries.push(entry)
      }
      this.#entries = entries
      this.#leafHashes = entries.map((entry) => leafHash(this.#crypto, entry))
    })
  }

  root(): void {
    const entries = this.#entries
    const checkpoint = this.#checkpoint
    if (entries === undefined || checkpoint === undefined) return
    this.#step('root', 'checkpoint', 'The root over all entries is the one that was signed.', () => {
      const { levels, root } = hashTiles(this.#crypto, this.#leafHashes)
      const holds = equalBytes(root, checkpoint.root)
      if (!holds) this.#locateChange(entries.length, checkpoint.root)
      for (const tile of tilesOf(checkpoint.size)) {
        if (tile.level === 'entries' || !holds) continue
        const start = tile.index * tileWidth
        const hashes = joinHashes(levels[tile.level]?.slice(start, start + tile.width) ?? [])
        if (!equalBytes(hashes, this.#bytes(tilePath(tile)))) {
          this.#fault('root', tilePath(tile), 'The hashes in this tile are not those of the entries.')
        }
      }
    })
  }

  leaves(): void {
    const entries = this.#entries
    if (entries === undefined) return
    const { origin } = this.#manifest
    this.#step('leaves', 'tile/entries', 'Every entry is a leaf of this log and in its place.', () => {
      const shown = new Set([...this.#bundle.keys()].map((path) => /^openings\/([0-9]+)\//.exec(path)?.[1]))
      for (const [index, bytes] of entries.entries()) {
        try {
          const leaf = parseLeaf(bytes)
          if (endsLog(leaf) && leaf.log === origin && index + 1 < entries.length) {
            this.#fault(
              'leaves',
              this.#placeOfEntry(index + 1),
              `Leaf ${index} ended this log, since its key was changed: whoever has the key before signed what follows.`,
            )
          }
          if (leaf.seq === index && leaf.log === origin) this.#keep(leaf, shown.has(String(index)))
          else if (leaf.log === origin)
            this.#fault('leaves', this.#placeOfEntry(index), `The leaf was recorded as number ${leaf.seq}.`)
          else this.#fault('leaves', this.#placeOfEntry(index), `The leaf was recorded in the log ${leaf.log}.`)
        } catch (error) {
          if (!(error instanceof LedgerError)) throw error
          this.#fault('leaves', this.#placeOfEntry(index), error.reason)
        }
      }
    })
  }

  openings(): void {
    this.#step('openings', 'openings', 'Every content that is shown is the one that was recorded.', () => {
      for (const leaf of this.#leaves.values()) {
        this.#open({ index: leaf.seq, role: 'actor' }, leaf.actor.c)
        for (const { role, c, n } of leaf.obj) this.#open({ index: leaf.seq, role }, c, n)
      }
    })
  }

  edition(): void {
    const { editionLeaf, created } = this.#manifest
    const leaf = this.#leaves.get(editionLeaf)
    const place = `openings/${editionLeaf}/content.content`
    this.#step('edition', place, `The edition is the one recorded as leaf ${editionLeaf}.`, () => {
      if (leaf === undefined) {
        this.#fault(
          'edition',
          'bundle.json',
          `There is no readable leaf ${editionLeaf}, which should record the edition.`,
        )
        return
      }
      if (leaf.type !== 'edition.published' && leaf.type !== 'edition.drafted') {
        this.#fault('edition', 'bundle.json', `Leaf ${editionLeaf} records ${leaf.type}, not an edition.`)
      }
      if (leaf.at !== created)
        this.#fault('edition', 'bundle.json', `The edition was recorded at ${leaf.at}; the manifest says otherwise.`)
      const content = this.#opened.get(slotName({ index: editionLeaf, role: 'content' }))
      if (content === undefined) {
        const isGone = !this.#bundle.has(place) && !this.#bundle.has(`openings/${editionLeaf}/content.salt`)
        this.#fault(
          'edition',
          place,
          isGone
            ? 'The content of the edition was erased or is withheld: the log shows that an edition was recorded here and when, and nobody can check what it said.'
            : 'The content of the edition is missing or not the one recorded.',
        )
        return
      }
      this.#editionFiles = asRecord(asRecord(parseJson(decodeUtf8(content, place)))?.['files'])
      if (this.#editionFiles === undefined)
        this.#fault('edition', place, 'The content of the edition has no member "files".')
    })
  }

  files(): void {
    const listed = Object.entries(this.#editionFiles ?? {})
    this.#step('files', 'files', 'Every file is the one that the edition names.', () => {
      for (const [name, sha256] of listed) {
        this.#guard('files', `files/${name}`, () => {
          if (!fileName.test(name))
            throw new LedgerError('bundle', 'The edition names a file in a way that is no plain file name.')
          const bytes = this.#bytes(`files/${name}`)
          if (encodeHex(this.#crypto.sha256(bytes)) !== sha256) {
            this.#fault(
              'files',
              `files/${name}`,
              'The file is not the one that the edition names: its SHA-256 differs.',
            )
          }
        })
      }
    })
  }

  instance(): void {
    if (!anchorFiles.some((name) => this.#bundle.has(`instance/${name}`))) {
      this.#notProven.push(
        'That anybody but the publisher has seen this log: no proof of an instance log is in the bundle.',
      )
      return
    }
    this.#step(
      'instance',
      'instance/tenant.tlog-proof',
      'The installation recorded a head of this log in its own log.',
      () => {
        this.#instance = this.#anchored('instance', this.#policy)
      },
    )
  }

  /** After the instance step, since witnesses cosign the instance log. */
  witness(): void {
    const own = this.#trust.policy
    const place = 'instance/checkpoint'
    if (own !== undefined) {
      this.#step('witness', place, 'Your policy accepts the checkpoint of the installation.', () =>
        obeyPolicy(this.#crypto, own, this.#manifest.origin, this.#instance),
      )
    }
    const anchored = this.#instance
    if (anchored === undefined) return
    const witnessed = witnessedBy(anchored, this.#policy, own)
    if (witnessed === null) {
      this.#notProven.push('That a witness has seen this log: none has cosigned a head of it.')
      return
    }
    this.#witnessed = witnessed
    const said = sayWitnesses(this.#witnessed, {
      entries: this.#leafHashes.length,
      editionLeaf: this.#manifest.editionLeaf,
      hasPolicy: own !== undefined,
    })
    this.#vouched.push(...said.proven)
    this.#notProven.push(...said.notProven)
  }

  stamp(): void {
    const files = [...anchorFiles, 'token.tsr', 'tsa.pem'].map((name) => `stamp/${name}`)
    if (!files.some((path) => this.#bundle.has(path))) {
      this.#notProven.push('What time it was by another clock: no time stamp (RFC 3161) is in the bundle.')
      return
    }
    this.#step('stamp', 'stamp/token.tsr', 'The time stamp belongs to a head of this log.', () => {
      const { accepted, head } = this.#anchored('stamp', policyOfKeys((this.#policy?.logs ?? []).map(({ key }) => key)))
      for (const path of files) this.#bytes(path)
      const { stamp } = this.#trust
      if (stamp === undefined) {
        this.#notProven.push('What the time stamp says: this verifier cannot check it.')
        return
      }
      if ('say' in stamp) {
        this.#fault('stamp', stamp.place, stamp.say)
        return
      }
      if (!equalBytes(stamp.imprint, this.#crypto.sha256(encodeUtf8(accepted.note.text)))) {
        this.#fault('stamp', 'stamp/token.tsr', 'The time stamp is of something else than this checkpoint.')
        return
      }
      const said = sayStamp(stamp, {
        head,
        entries: this.#leafHashes.length,
        editionLeaf: this.#manifest.editionLeaf,
      })
      this.#vouched.push(...said.proven)
      this.#notProven.push(...said.notProven)
    })
  }

  /** Logs before and behind this one. */
  succession(): void {
    const { origin } = this.#manifest
    const checkpoint = this.#checkpoint
    this.#guard('succession', 'tile/entries', () => this.#lost.push(...lostHeads(this.#firstLeaves())))
    if (![...this.#bundle.keys()].some((path) => path.startsWith('earlier/') || path.startsWith('later/'))) return
    this.#step('succession', 'earlier', 'The logs before and behind this one belong to it.', () => {
      this.#readBefore()
      const later: ReadLeaf[] = []
      if (checkpoint === undefined) return
      const own = { origin, size: checkpoint.size, root: checkpoint.root, keys: this.#keys }
      const next = (leaf: ReadLeaf) => this.#keysBehind(later[0] ?? leaf)
      for (let n = 0; this.#bundle.has(`later/${n}.leaf`); n++) {
        const files = { leaf: this.#bytes(`later/${n}.leaf`), proof: this.#text(`later/${n}.tlog-proof`) }
        later.push(readLater(this.#crypto, n, own, next, files))
      }
      this.#lost.push(...lostHeads(later))
      this.#successor = later[0]?.log
      const [first] = later
      if (first !== undefined) this.#tellBehind(first, compromiseIn(later))
    })
    this.#refuseUnmet()
  }

  #readBefore(): void {
    let [continuing, keys] = [this.#ownLeaf(0), this.#keys]
    let behind = this.#manifest.origin
    let isLinked = true
    for (let n = 0; this.#bundle.has(`earlier/${n}/hashes`); n++) {
      const read = (path: string) => (this.#bundle.has(path) ? this.#bytes(path) : undefined)
      const { log, first } = readEarlier(this.#crypto, n, continuing, read)
      const place = `earlier/${n}/checkpoint`
      if (continuing?.code === keyChangeCodes.compromise) {
        const said = n === 0 ? compromiseIn([this.#ownLeaf(1)].filter((leaf) => leaf !== undefined)) : undefined
        const bad = said && keyInLeaf(this.#crypto, said, log.origin)
        keys = bad === undefined ? [] : [bad]
        isLinked = false
        this.#tellCompromise(log.origin, log.hashes.length, said)
      } else if (continuing?.code === keyChangeCodes.rotation || this.#bundle.has(place)) {
        const listed = (this.#policy?.logs ?? []).map(({ key }) => key).filter(({ name }) => name === log.origin)
        const rotation = readRotation(this.#crypto, n, log, listed, { origin: behind, keys }, read)
        this.#rotations.push(rotation)
        keys = [rotation.from]
        const leads = isLinked && this.#meets(rotation.from)
        this.#vouched.push(sayRotation(rotation, leads))
        if (leads) this.#unmet = undefined
      } else keys = keys.map((key) => keyUnder(this.#crypto, key, log.origin))
      this.#earlier.push({ ...log, keys })
      continuing = first
      behind = log.origin
    }
  }

  /** The keys of the log behind where it has its own; undefined: those of this one. */
  #keysBehind({ code, log }: ReadLeaf): readonly VerifierKey[] | undefined {
    if (code === keyChangeCodes.rotation) {
      const last = this.#ownLeaf(this.#leafHashes.length - 1)
      const named = last && namedKey(this.#crypto, last, log)
      if (named === undefined)
        throw new LedgerError('key', `This log ended without naming the key of ${log}.`, 'later/0.leaf')
      return [named]
    }
    if (code !== keyChangeCodes.compromise) return undefined
    const listed = (this.#policy?.logs ?? []).map(({ key }) => key).filter(({ name }) => name === log)
    if (listed.length !== 1)
      throw new LedgerError('key', `The policy does not have the one key of ${log}.`, 'policy.txt')
    return listed
  }

  #tellBehind(first: ReadLeaf, said: ReadLeaf | undefined): void {
    const [next] = this.#keysBehind(first) ?? []
    if (next === undefined) return
    // The key of the log behind signed the head that is kept here, whoever signed that before.
    if (this.#meets(next)) {
      this.#unmet = undefined
      this.#vouched.push(
        `The key ${formatVkey(next)}, which you trust, signed the last head of this log as its own past.`,
      )
    }
    this.#isWeak = first.code === keyChangeCodes.compromise
    if (this.#isWeak) this.#tellCompromise(this.#manifest.origin, this.#sound, said)
    else
      this.#vouched.push(
        `The log goes on as ${next.name} under the key ${formatVkey(next)}, which the last entry names.`,
      )
  }

  #tellCompromise(origin: string, size: number, said: ReadLeaf | undefined): void {
    const opened =
      said && said.log === this.#manifest.origin
        ? this.#opened.get(slotName({ index: said.seq, role: 'since' }))
        : undefined
    const since = opened === undefined ? '' : ` since ${decodeUtf8(opened).replaceAll(/[^0-9TZ:.-]/g, '')}`
    this.#weakness.push(
      `What only the key before vouches for: the publisher said at ${said?.at ?? 'a time that is not shown'} that the key of ${origin} may be in foreign hands${since}. Of its ${size} entries those are proven that stand under a checkpoint which a witness cosigned, a time stamp covers or you kept; the others are the publisher's word.`,
    )
    this.#compromised = true
  }

  /** None of the caller's keys leads to the one of the log. */
  #refuseUnmet(): void {
    if (this.#unmet === undefined) return
    const { origin } = this.#manifest
    const ok = this.#steps.findIndex(({ id, ok }) => id === 'key' && ok)
    if (ok >= 0) this.#steps.splice(ok, 1)
    const say = this.#compromised
      ? `No key of the log ${origin} is one that you trust. The publisher says that the key before is in foreign hands, so nothing leads from that to this one: get the new key another way.`
      : `No key of the log ${origin} is one that you trust, and none that you trust names it.`
    this.#fault('key', 'policy.txt', say)
  }

  /** Only what was opened is kept of a log: the first leaves are read again, as far as somebody asks. */
  *#firstLeaves(): Generator<ReadLeaf> {
    for (const [index, bytes] of (this.#entries ?? []).entries()) yield parseLeaf(bytes, this.#placeOfEntry(index))
  }

  #ownLeaf(index: number): ReadLeaf | undefined {
    const bytes = this.#entries?.[index]
    return this.#leaves.get(index) ?? (bytes && parseLeaf(bytes, this.#placeOfEntry(index)))
  }

  held(held: readonly string[], trusted: readonly VerifierKey[]): void {
    if (held.length === 0) {
      this.#notProven.push(
        'That the log was not replaced as a whole: keep this checkpoint and give it to the next verification.',
      )
      return
    }
    this.#step('held', 'checkpoint', 'The log continues the checkpoints that you kept.', () => {
      for (const note of held) {
        const kept = this.#earlier.find((log) => log.origin === parseCheckpoint(parseNote(note).text).origin)
        if (kept !== undefined) {
          this.#heldEarlier(note, kept, trusted)
          continue
        }
        const old = acceptCheckpoint(this.#crypto, policyOfKeys(this.#keys), note)
        const { size } = old
        if (old.origin !== this.#manifest.origin) {
          this.#fault('held', 'checkpoint', `The checkpoint that you kept is of the log ${old.origin}.`)
        } else if (size > this.#leafHashes.length && this.#successor !== undefined) {
          this.#fault('held', 'checkpoint', gone(old.origin, this.#leafHashes.length, size, this.#successor))
        } else if (size > this.#leafHashes.length) {
          this.#fault(
            'held',
            'checkpoint',
            `You kept a checkpoint of ${size} entries; the log was cut to ${this.#leafHashes.length}.`,
          )
        } else if (!equalBytes(treeRoot(this.#crypto, this.#leafHashes.slice(0, size)), old.root)) {
          this.#fault(
            'held',
            'checkpoint',
            `The first ${size} entries are not those of the checkpoint that you kept: the log was rewritten.`,
          )
        }
      }
    })
  }

  #heldEarlier(note: string, { origin, hashes, keys: own }: KeptLog, trusted: readonly VerifierKey[]): void {
    const keys = [...trusted.filter(({ name }) => name === origin), ...own]
    const { size, root } = acceptCheckpoint(this.#crypto, policyOfKeys(unique(keys)), note)
    if (size > hashes.length)
      this.#fault('held', 'checkpoint', gone(origin, hashes.length, size, this.#manifest.origin))
    else if (!equalBytes(treeRoot(this.#crypto, hashes.slice(0, size)), root)) {
      this.#fault(
        'held',
        'checkpoint',
        `The first ${size} entries of ${origin} are not those of the checkpoint that you kept: the log was rewritten.`,
      )
    }
  }

  coverage(): void {
    this.#step('coverage', 'VERIFY.md', 'Every file of the bundle is vouched for.', () => {
      const instructions = this.#text('VERIFY.md')
      if (instructions !== verifyText && !this.#isEarlier(instructions))
        this.#fault('coverage', 'VERIFY.md', 'The instructions are not those of this format.')
      // After an earlier fault much was not looked at; naming it all would hide the fault.
      if (this.#steps.some(({ ok }) => !ok)) return
      for (const path of this.#unread) this.#fault('coverage', path, 'Nothing in the bundle vouches for this file.')
    })
  }

  #isEarlier(instructions: string): boolean {
    return earlierVerifyTexts.includes(encodeHex(this.#crypto.sha256(encodeUtf8(instructions))))
  }

  report(): BundleReport {
    const { origin, editionLeaf } = this.#manifest
    const holds = this.#steps.every(({ ok }) => ok)
    return {
      holds,
      steps: this.#steps,
      proven: holds ? this.#proven() : [],
      notProven: this.#unproven(),
      origin,
      editionLeaf,
      size: this.#sound,
      edition: this.#leaves.get(editionLeaf),
      opened: this.#opened,
      withheld: this.#withheld,
      keyFrom: this.#keyFrom,
      witnessed: (holds ? this.#witnessed : undefined) ?? null,
      rotations: holds ? this.#rotations : [],
      compromised: this.#compromised,
    }
  }

  #proven(): string[] {
    const size = this.#sound
    const { origin, editionLeaf } = this.#manifest
    const sentences = [
      this.#isWeak
        ? `The log ${origin} holds the ${size} entries that its checkpoint was signed over, by whoever had the key then.`
        : `The log ${origin} holds ${size} entries, and none was changed, removed or moved since its checkpoint was signed.`,
      `The edition, recorded as leaf ${editionLeaf} at ${this.#leaves.get(editionLeaf)?.at}, and its ${Object.keys(this.#editionFiles ?? {}).length} files are unchanged.`,
      `${this.#opened.size} contents are shown and are those that were recorded.`,
    ]
    if (this.#instance !== undefined)
      sentences.push(
        `The installation recorded a head of this log in its own log, by its clock at ${this.#instance.at}.`,
      )
    return [...sentences, ...this.#vouched]
  }

  #unproven(): string[] {
    const sentences = [
      ...this.#weakness,
      'That what was observed is true: the publisher tests itself.',
      'When things happened: the times are the publisher’s own, unless a witness or a time stamp says more.',
      ...this.#notProven,
    ]
    if (this.#keyFrom === 'bundle') {
      sentences.unshift(
        'Who made this: the key was taken from the bundle itself. Compare it with one that you got another way.',
      )
    }
    for (const { origin, size } of this.#lost) {
      const kept =
        origin === this.#manifest.origin
          ? this.#leafHashes.length
          : (this.#earlier.find((log) => log.origin === origin)?.hashes.length ?? 0)
      if (size > kept)
        sentences.push(
          `What stood in the entries ${kept} to ${size - 1} of the log ${origin}: they are gone, the log was restored from a copy.`,
        )
      else
        sentences.push(
          `What the log ${origin} held in its signed history of ${size} entries: it was restored from another.`,
        )
    }
    if (this.#withheld > 0) sentences.push(`What ${this.#withheld} commitments stand for: they are withheld or erased.`)
    if (this.#unknown > 0)
      sentences.push(
        `What ${this.#unknown} entries mean: a newer version wrote types that this verifier does not know.`,
      )
    if ((this.#checkpoint?.note.unchecked.length ?? 0) > 0)
      sentences.push('The ML-DSA-44 signature: this verifier cannot check it.')
    return sentences
  }

  /** Finds the entries that do not belong to the signed root, by tiles that do. */
  #locateChange(size: number, root: Hash): void {
    const told = tilesOf(size).flatMap((tile) => (tile.level === 0 ? splitHashes(this.#bytes(tilePath(tile))) : []))
    const isSigned = told.every((hash) => hash.length === 32) && equalBytes(treeRoot(this.#crypto, told), root)
    if (!isSigned) {
      this.#fault(
        'root',
        'checkpoint',
        'The root over the entries is not the one that was signed; more than one file was changed.',
      )
      return
    }
    for (const [i, hash] of this.#leafHashes.entries()) {
      const signed = told[i]
      if (signed !== undefined && !equalBytes(signed, hash))
        this.#fault('root', this.#placeOfEntry(i), 'This entry is not the one that was signed.')
    }
  }

  /** Made only for what is at fault: a million of them would be most of the memory. */
  #placeOfEntry(index: number): string {
    const size = this.#entries?.length ?? 0
    const start = index - (index % tileWidth)
    const width = Math.min(tileWidth, size - start)
    return `${tilePath({ level: 'entries', index: start / tileWidth, width })} leaf ${index}`
  }

  #keep(leaf: ReadLeaf, isShown: boolean): void {
    this.#sound += 1
    if (!isKnownType(leaf.type)) this.#unknown += 1
    if (isShown || leaf.seq === this.#manifest.editionLeaf || leaf.type.startsWith('log.'))
      this.#leaves.set(leaf.seq, leaf)
    else this.#withheld += 1 + leaf.obj.length
  }

  #open(slot: Slot, commitment: string, length?: number): void {
    const path = `openings/${slotName(slot)}`
    const has = [`${path}.salt`, `${path}.content`].filter((name) => this.#bundle.has(name))
    if (has.length === 0) {
      this.#withheld += 1
      return
    }
    this.#guard('openings', path, () => {
      const salt = this.#bytes(`${path}.salt`)
      const content = this.#bytes(`${path}.content`)
      if (!isOpenedBy(this.#crypto, commitment, salt, content)) {
        this.#fault(
          'openings',
          `${path}.content`,
          `This is not the content (or not the salt) that leaf ${slot.index} recorded.`,
        )
      } else if (length !== undefined && length !== content.length) {
        this.#fault('openings', `${path}.content`, `Leaf ${slot.index} recorded a length of ${length} bytes.`)
      } else {
        this.#opened.set(slotName(slot), content)
      }
    })
  }

  /**
   * A head of this log in the instance log: leaf, proof and checkpoint of a folder.
   *
   * @param listed the logs and witnesses whose signatures may be on the checkpoint
   */
  #anchored(folder: AnchorFolder, listed: Policy | undefined): AnchoredHead {
    const [place, proofPath, notePath] = [`${folder}/leaf`, `${folder}/tenant.tlog-proof`, `${folder}/checkpoint`]
    const bytes = this.#bytes(place)
    const leaf = parseLeaf(bytes, place)
    const own = (listed?.logs ?? []).filter(({ key }) => key.name === leaf.log)
    const chosen = trustedKeys(this.#trust, leaf.log)?.filter(({ name }) => name === leaf.log)
    if (chosen === undefined || chosen.length === 0) this.#noteForeign(leaf.log)
    const logs = chosen === undefined || chosen.length === 0 ? own : chosen.map((key) => ({ key }))
    const policy = { ...policyOfKeys([]), ...listed, logs }
    const proof = openProof(this.#crypto, this.#text(proofPath), bytes, policy)
    if (proof.extra !== undefined)
      this.#fault(folder, proofPath, 'The proof has an extra line, for which nothing vouches.')
    if (proof.checkpoint !== this.#text(notePath))
      this.#fault(folder, notePath, 'The checkpoint is not the one in the proof.')
    this.#checkLines(notePath, proof.accepted, folder)
    if (proof.accepted.origin !== leaf.log || proof.index !== leaf.seq)
      this.#fault(folder, place, `The leaf was recorded as number ${leaf.seq} of the log ${leaf.log}.`)
    this.#checkHead(folder, leaf)
    return { accepted: proof.accepted, note: proof.checkpoint, at: leaf.at, head: leaf.head?.size ?? 0 }
  }

  #noteForeign(log: string): void {
    const say = `Who runs the log ${log}: its key was taken from the bundle.`
    if (!this.#notProven.includes(say)) this.#notProven.push(say)
  }

  #checkHead(step: AnchorFolder, leaf: ReadLeaf): void {
    const place = `${step}/leaf`
    const { head, type } = leaf
    if (type !== 'tenant.checkpoint' || head === undefined || head.origin !== this.#manifest.origin) {
      this.#fault(step, place, 'The leaf does not record a head of this log.')
    } else if (head.size > this.#leafHashes.length) {
      this.#fault(
        step,
        place,
        `The installation recorded ${head.size} entries; the bundle has ${this.#leafHashes.length}.`,
      )
    } else {
      const root = treeRoot(this.#crypto, this.#leafHashes.slice(0, head.size))
      if (leafHead({ origin: head.origin, size: head.size, root }).root !== head.root) {
        this.#fault(step, place, `The installation recorded another root over the first ${head.size} entries.`)
      }
    }
  }

  /** Each signature line must be of a key in the policy: an unknown one would be bytes that nothing vouches for. */
  #checkLines(place: string, checkpoint: AcceptedCheckpoint, step: BundleStepId = 'signature'): void {
    const witnesses = step === 'instance' ? (this.#policy?.witnesses ?? []) : []
    const listed = [...(this.#policy?.logs ?? []), ...witnesses].map(({ key }) => key)
    const stray = strayLine(checkpoint, listed)
    if (stray !== undefined)
      this.#fault(step, place, `The signature by ${stray} is of a key that policy.txt does not list.`)
  }

  /** The size to read entries by: as signed, else as the unsigned checkpoint says, so that more faults can be named. */
  #sizeToRead(): number | undefined {
    if (this.#checkpoint !== undefined) return this.#checkpoint.size
    try {
      return parseCheckpoint(parseNote(decodeUtf8(this.#bundle.get('checkpoint') ?? new Uint8Array(0))).text).size
    } catch {
      return undefined
    }
  }

  /** Read without being trusted: which logs the keys in the policy may be of. */
  #instanceOrigins(): string[] {
    return ['instance/leaf', 'stamp/leaf']
      .filter((path) => this.#bundle.has(path))
      .map((path) => parseLeaf(this.#bytes(path), path).log)
  }

  #bytes(path: string): Uint8Array {
    const bytes = this.#bundle.get(path)
    if (bytes === undefined) throw new LedgerError('bundle', 'The file is missing.', path)
    this.#unread.delete(path)
    return bytes
  }

  #text(path: string): string {
    return decodeUtf8(this.#bytes(path), path)
  }

  /** Runs a step; it holds when it reports no fault. */
  #step(id: BundleStepId, place: string, say: string, act: () => void): void {
    const before = this.#steps.length
    this.#guard(id, place, act)
    if (this.#steps.length === before) this.#steps.push({ id, ok: true, place, say })
  }

  /** Turns a refusal of foreign bytes into a fault at its place. */
  #guard(id: BundleStepId, place: string, act: () => void): void {
    try {
      act()
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error
      this.#fault(id, this.#placeOf(error, place), error.reason)
    }
  }

  /** Parsers name a line or a member; the path before it comes from here, unless they know it. */
  #placeOf(error: LedgerError, path: string): string {
    if (error.place === undefined || error.place === path) return path
    return error.place.includes('/') || this.#bundle.has(error.place) ? error.place : `${path} ${error.place}`
  }

  #fault(id: BundleStepId, place: string, say: string): void {
    const faults = this.#steps.filter((step) => step.id === id && !step.ok).length
    if (faults < maxFaultsPerStep) this.#steps.push({ id, ok: false, place, say })
  }
}

/** Says exactly which entries somebody can prove to have been there. */
function gone(origin: string, kept: number, held: number, successor: string): string {
  return `The log ${origin} was restored from a copy and goes on as ${successor}: you kept a checkpoint of ${held} entries, and the entries ${kept} to ${held - 1} are gone.`
}

function unique(keys: readonly VerifierKey[]): VerifierKey[] {
  return keys.filter((key, i) => keys.findIndex(({ id }) => id === key.id) === i)
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined
}

function textOr(bytes: Uint8Array, refusal: () => LedgerError): string {
  try {
    return decodeUtf8(bytes)
  } catch {
    throw refusal()
  }
}

function jsonOr(text: string, refusal: () => LedgerError): Json {
  try {
    return parseJson(text)
  } catch {
    throw refusal()
  }
}
