import { createHash } from 'node:crypto'
import {
  appendLeaves,
  buildBundle,
  commit,
  decodeEntries,
  emptyFrontier,
  encodeBase64,
  encodeUtf8,
  formatVkey,
  keyChangeCodes,
  keyMember,
  leafHash,
  leafHead,
  logKeyCode,
  namedNext,
  parseCheckpoint,
  parseNote,
  sequence,
  signNote,
  verifierKey,
  treeRoot,
  type Batch,
  type Checkpoint,
  type EarlierPart,
  type LeafEvent,
  type LeafHead,
  type LeafType,
  type LogState,
  type Opening,
  type Signer,
} from '@art32/ledger'
import { citesOf, countLines, countMapping, limitSentences, type EditionDocument, type Line } from '@art32/press'
import { nodeCrypto } from '../node-crypto.ts'
import { anchored } from './anchor.ts'
import { bytesOf, signerOf } from './signer.ts'

/** What a sample bundle is to be. */
export interface BundleWish {
  /** Leaves before those that the edition cites; more than 256 fill a tile. */
  readonly padding?: number
  /** Changes the edition before it is recorded: what a dishonest publisher would sign. */
  readonly edit?: (edition: EditionDocument) => unknown
  /** Begins the names of keys and salts, so that two logs differ. */
  readonly seed?: string
  /** Leaves after the edition. */
  readonly after?: number
  /** Records another edition after those, made of the first one; the bundle is then of that one. */
  readonly next?: (edition: EditionDocument) => unknown
  /** Names of witnesses that cosigned a head of this log in the installation's. */
  readonly witnesses?: readonly string[]
  /** How many leaves that head covers; left out: all. */
  readonly witnessed?: number
  /** The log goes on after a restore of the sample without this: the edition stands in the next log, which lost so many leaves. */
  readonly lost?: number
  /** The key was changed behind the sample: the edition stands in the next log, under the new key. */
  readonly changed?: 'signed' | 'compromised' | 'forged'
}

/** A bundle and what a stranger may have got another way. */
export interface SampleBundle {
  readonly files: Map<string, Uint8Array>
  readonly vkey: string
  readonly checkpoint: string
  readonly editionLeaf: number
}

const origin = 'art32.example/t/9f3k2m5p7q8r1s4t'
const made = '2026-11-22T08:15:00.000Z'
const looked = '2026-11-22T06:00:00.000Z'
const fresh = '2026-11-29T06:00:00.000Z'
const pdf = encodeUtf8('%PDF-1.7 stands for the PDF of the edition')

/** A log with an edition of two lines, one verified and one only stated, made the way a server makes it. */
export function sampleBundle({
  padding = 0,
  edit,
  seed = '',
  after = 1,
  next,
  witnesses,
  witnessed,
  lost,
  changed,
}: BundleWish = {}): SampleBundle {
  const first = signerOf(origin, `${seed}key`)
  const again = lost === undefined ? first : { ...first, name: `${origin}/2` }
  const signer = changed === undefined ? again : signerOf(`${origin}/2`, `${seed}next key`)
  const log = new SampleLog(signer, seed)
  const ended = changed && endedLog(first, seed, changed === 'signed' ? signer : undefined)
  const before = lost === undefined ? [] : [restored(log, sampleBundle({ seed }), lost)]
  if (ended) {
    log.add('log.continued', {}, leafHead(ended.head), {
      code: changed === 'compromised' ? keyChangeCodes.compromise : keyChangeCodes.rotation,
    })
    if (changed === 'compromised')
      log.add('key.compromised', {}, undefined, { key: keyMember(verifierKey(nodeCrypto, first)) })
    before.push(ended.part)
  }
  for (let i = 0; i < padding; i++) log.add('measure.created')
  const confirmed = log.add('mapping.confirmed', {
    confirmation: {
      format: 'art32.confirmation/1',
      statement: 's3',
      measures: ['transport-encryption'],
      by: 'person',
      at: looked,
    },
  })
  const outcome = log.add('check.outcome', {
    outcome: {
      format: 'art32.outcome/1',
      check: 'tls.protocols',
      checkVersion: '1',
      system: '0b9f6c1e-6a52-4bb7-9f5e-1f1d5f0a7c11',
      subject: '',
      state: 'pass',
      at: looked,
      params: {},
      factsHash: '0'.repeat(64),
      freshUntil: fresh,
    },
  })
  const head = log.sign()
  const edition = sampleEdition(confirmed, outcome, {
    origin: signer.name,
    size: head.batch.checkpoint.size,
    root: encodeBase64(head.batch.checkpoint.root),
    key: formatVkey(verifierKey(nodeCrypto, signer)),
    checkpoint: head.note,
  })
  const files = { 'edition.pdf': createHash('sha256').update(pdf).digest('hex') }
  const published = edit?.(edition) ?? edition
  let editionLeaf = log.add('edition.published', { content: { edition: published, files } })
  for (let i = 0; i < after; i++) log.add('export.created')
  if (next) {
    const second = { ...(next(published as EditionDocument) as EditionDocument), number: 2 }
    editionLeaf = log.add('edition.published', { content: { edition: second, files } })
  }
  const { note } = log.sign()
  const anchor = witnesses && anchored(log.headAt(witnessed ?? log.entries.length), witnesses)
  return {
    files: buildBundle(nodeCrypto, {
      checkpoint: note,
      entries: log.entries,
      keys: [
        verifierKey(nodeCrypto, signer),
        ...(ended?.part.rotation ? [verifierKey(nodeCrypto, first)] : []),
        ...(anchor?.keys ?? []),
      ],
      ...anchor?.vouched,
      editionLeaf,
      openings: log.openings,
      files: new Map([['edition.pdf', pdf]]),
      earlier: before,
    }),
    vkey: formatVkey(verifierKey(nodeCrypto, signer)),
    checkpoint: note,
    editionLeaf,
  }
}

/** Begins a log with what a restore kept of the sample, the whole of it, and lost: so many leaves behind that. */
function restored(log: SampleLog, { checkpoint, files }: SampleBundle, lost: number): EarlierPart {
  const kept = parseCheckpoint(parseNote(checkpoint).text)
  const entries = decodeEntries(files.get(`tile/entries/000.p/${kept.size}`) ?? new Uint8Array())
  log.add('log.continued', {}, leafHead(kept))
  log.add('log.lost', {}, leafHead({ ...kept, size: kept.size + lost }))
  return { hashes: entries.map((entry) => leafHash(nodeCrypto, entry)), first: entries[0] }
}

/** The sample as a log that goes on no more, with the name of the next key as its last leaf where there is one. */
function endedLog(signer: Signer, seed: string, next?: Signer): { head: Checkpoint; part: EarlierPart } {
  const { checkpoint, files } = sampleBundle({ seed })
  const kept = parseCheckpoint(parseNote(checkpoint).text)
  const entries = decodeEntries(files.get(`tile/entries/000.p/${kept.size}`) ?? new Uint8Array())
  const log = new SampleLog(signer, seed, entries)
  const { head, key } = next ? namedNext(nodeCrypto, verifierKey(nodeCrypto, next)) : {}
  if (next) log.add('key.rotated', {}, head, { code: logKeyCode, ...(key === undefined ? {} : { key }) })
  const note = next ? log.sign().note : checkpoint
  const last = log.entries.at(-1) ?? new Uint8Array()
  return {
    head: log.headAt(log.entries.length),
    part: {
      hashes: log.entries.map((entry) => leafHash(nodeCrypto, entry)),
      first: entries[0],
      ...(next ? { rotation: { last, checkpoint: note } } : {}),
    },
  }
}

/** A log that grows in batches, as a sequencer lets it. */
class SampleLog {
  readonly entries: Uint8Array[] = []
  readonly openings: Opening[] = []
  readonly #signer: Signer
  readonly #seed: string
  #state: LogState
  #waiting: LeafEvent[] = []
  #size = 0

  constructor(signer: Signer, seed: string, entries: readonly Uint8Array[] = []) {
    this.#signer = signer
    this.#seed = seed
    this.entries.push(...entries)
    this.#size = entries.length
    const hashes = entries.map((entry) => leafHash(nodeCrypto, entry))
    const frontier = appendLeaves(nodeCrypto, emptyFrontier, hashes)
    this.#state = { origin: signer.name, frontier, last: hashes.length === 0 ? undefined : this.headAt(hashes.length) }
  }

  add(
    type: LeafType,
    contents: Readonly<Record<string, unknown>> = {},
    head?: LeafHead,
    more: Pick<LeafEvent, 'code' | 'key'> = {},
  ): number {
    const index = this.#size++
    const openings = Object.entries(contents).map(([role, content]) => ({
      index,
      role,
      salt: bytesOf(`${this.#seed}${index} ${role}`),
      content: encodeUtf8(JSON.stringify(content)),
    }))
    this.openings.push(...openings)
    this.#waiting.push({
      actor: { c: commit(nodeCrypto, bytesOf(`${this.#seed}${index} actor`), encodeUtf8('{}')), k: 'system' },
      at: made,
      ...more,
      ...(head === undefined ? {} : { head }),
      links: [],
      obj: openings.map(({ role, salt, content }) => ({
        c: commit(nodeCrypto, salt, content),
        n: content.length,
        role,
      })),
      subj: { id: `subject-of-event-${index}`, t: 'measure' },
      type,
    })
    return index
  }

  /** The head that the log passed through at a size. */
  headAt(size: number): Checkpoint {
    const hashes = this.entries.slice(0, size).map((entry) => leafHash(nodeCrypto, entry))
    return { origin: this.#signer.name, size, root: treeRoot(nodeCrypto, hashes) }
  }

  sign(): { readonly batch: Batch; readonly note: string } {
    const batch = sequence(nodeCrypto, this.#state, this.#waiting)
    this.#waiting = []
    this.#state = { origin: this.#signer.name, frontier: batch.frontier, last: batch.checkpoint }
    this.entries.push(...batch.entries)
    return { batch, note: signNote(nodeCrypto, batch.text, [this.#signer]) }
  }
}

function sampleEdition(confirmed: number, outcome: number, ledger: EditionDocument['ledger']): EditionDocument {
  const parts: Line['parts'] = [
    {
      measure: 'transport-encryption',
      title: 'Encryption in transit',
      required: true,
      confirmedBy: { by: 'person', at: looked, leaf: confirmed },
      backing: [
        {
          kind: 'check',
          check: 'tls.protocols',
          title: 'Only TLS 1.2 or newer',
          role: 'proves',
          system: 'www.example.com',
          state: 'pass',
          at: looked,
          leaf: outcome,
        },
      ],
    },
  ]
  const line: Line = {
    kind: 'line',
    id: 's3',
    text: 'All connections use TLS 1.2 or newer.',
    status: 'in-place',
    assurance: 'verified',
    publicState: 'proven',
    parts,
    checkedAt: looked,
    freshUntil: fresh,
    guarantor: 'us',
    visibility: 'public',
    cites: citesOf(parts),
  }
  const stated: Line = {
    ...line,
    id: 's4',
    text: 'Visitors are accompanied.',
    assurance: 'stated',
    publicState: 'stated',
    parts: [],
    checkedAt: null,
    freshUntil: null,
    cites: [],
  }
  const lines = [line, stated]
  return {
    format: 'art32.edition/1',
    tenant: { publicId: '9f3k2m5p7q8r1s4t', name: 'Example Software GmbH' },
    state: 'edition',
    number: 1,
    language: 'en',
    title: 'Technical and organisational measures',
    date: made,
    legalFrame: ['Art. 32 GDPR'],
    scope: '',
    source: null,
    review: { by: 'owner', at: made },
    mapping: countMapping(lines),
    counts: countLines(lines),
    sections: [{ id: 'one', title: 'Confidentiality', level: 1, blocks: lines }],
    withheld: { customers: 0, auditors: 0 },
    ledger,
    limits: limitSentences('en', { witnesses: [], timeStamps: null }),
  }
}
