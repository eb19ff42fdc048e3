/** A small log with an edition, made the way the server makes one, for the tests of bundles and of the worked example. */

import {
  type AnchorProof,
  type BundleInput,
  commit,
  emptyFrontier,
  encodeUtf8,
  type LeafEvent,
  type LeafType,
  leafHead,
  type LogState,
  type Opening,
  proveInclusion,
  sequence,
  signNote,
  splitHashes,
  type Signer,
  verifierKey,
} from '../src/index.ts'
import { bytesOf, ed25519Signer, nodeCrypto } from './node-crypto.ts'

export const tenantSigner = ed25519Signer('art32.example/t/9f3k2m5p7q8r1s4t', bytesOf('tenant'))
export const instanceSigner = ed25519Signer('art32.example/instance', bytesOf('instance'))
/** Two witnesses of the instance log. */
export const witnessSigners = ['customer.example/witness', 'other.example/witness'].map((name) =>
  ed25519Signer(name, bytesOf(name), 0x04),
)
export const witnessKeys = witnessSigners.map((signer) => verifierKey(nodeCrypto, signer))
export const witnessedAt = Date.parse('2026-11-22T01:00:00Z') / 1000
export const tenantKey = verifierKey(nodeCrypto, tenantSigner)
export const instanceKey = verifierKey(nodeCrypto, instanceSigner)

const hex = (bytes: Uint8Array) => Buffer.from(nodeCrypto.sha256(bytes)).toString('hex')

export const files = new Map<string, Uint8Array>([
  ['edition.html', encodeUtf8('<!doctype html><title>Measures</title><p>TLS 1.2 or newer.</p>')],
  ['edition.pdf', encodeUtf8('%PDF-1.7 not a real one')],
])

const contents = {
  '0/content': '{"title":"Encryption in transit"}',
  '1/content': '{"check":"tls.version","outcome":"pass"}',
  '2/content': JSON.stringify({
    files: Object.fromEntries([...files].map(([name, bytes]) => [name, hex(bytes)])),
    number: 1,
  }),
} as const

/** An event of the sample log with its commitments' openings. */
function eventOf(
  index: number,
  type: LeafType,
  content: string | undefined,
): { event: LeafEvent; openings: Opening[] } {
  const open = (role: string, text: string): Opening => ({
    index,
    role,
    salt: bytesOf(`salt ${index} ${role}`),
    content: encodeUtf8(text),
  })
  const actor = open('actor', '{"id":"scheduler"}')
  const object = content === undefined ? [] : [open('content', content)]
  const event: LeafEvent = {
    actor: { c: commit(nodeCrypto, actor.salt, actor.content), k: 'system' },
    at: `2026-11-22T00:0${index}:00.000Z`,
    links: index === 0 ? [] : [{ idx: index - 1, rel: 'prev' }],
    obj: object.map(({ role, salt, content: bytes }) => ({
      c: commit(nodeCrypto, salt, bytes),
      n: bytes.length,
      role,
    })),
    subj: { id: `subject-of-event-${index}`, t: 'measure' },
    type,
  }
  return { event, openings: object }
}

/** The sample log: a measure, an outcome, an edition, an export; the last without content. */
export function sampleLog(signer: Signer = tenantSigner) {
  const made = [
    eventOf(0, 'measure.created', contents['0/content']),
    eventOf(1, 'check.outcome', contents['1/content']),
    eventOf(2, 'edition.published', contents['2/content']),
    eventOf(3, 'export.created', undefined),
  ]
  const state: LogState = { origin: signer.name, frontier: emptyFrontier, last: undefined }
  const events = made.map(({ event }) => event)
  const batch = sequence(nodeCrypto, state, events)
  return {
    state,
    events,
    batch,
    openings: made.flatMap(({ openings }) => openings),
    note: signNote(nodeCrypto, batch.text, [signer]),
  }
}

/** What a bundle of the sample log is made from. */
export function sampleInput(): BundleInput {
  const { batch, openings, note } = sampleLog()
  return {
    checkpoint: note,
    entries: batch.entries,
    keys: [tenantKey, instanceKey],
    editionLeaf: 2,
    openings,
    files,
    instance: instanceProof(),
  }
}

/** The same, where witnesses cosigned. @param covered how many of the four entries the head covers */
export function witnessedInput(signers: readonly Signer[] = witnessSigners, covered = 4): BundleInput {
  return {
    ...sampleInput(),
    witnesses: signers.map((signer) => verifierKey(nodeCrypto, signer)),
    instance: instanceProof(signers, covered),
  }
}

/** The tenant's head as second of three leaves in an instance log. */
export function instanceProof(witnesses: readonly Signer[] = [], covered = 4): AnchorProof {
  const { state, events: own } = sampleLog()
  const batch = sequence(nodeCrypto, state, own.slice(0, covered))
  const { event } = eventOf(0, 'tenant.checkpoint', undefined)
  const events = [0, 1, 2].map(() => ({ ...event, head: leafHead(batch.checkpoint) }))
  const log = sequence(nodeCrypto, { origin: instanceSigner.name, frontier: emptyFrontier, last: undefined }, events)
  const hashes = splitHashes(log.tiles[0]!.data)
  const proof = proveInclusion(nodeCrypto, 1, 3, (nodes) => nodes.map(({ index }) => hashes[index]!))
  return {
    leaf: log.entries[1]!,
    proof: {
      index: 1,
      hashes: proof,
      checkpoint: signNote(nodeCrypto, log.text, [instanceSigner, ...witnesses], witnessedAt),
    },
  }
}
