import { describe, expect, it } from 'vitest'
import { bytesOf, ed25519Signer, nodeCrypto } from '../testing/node-crypto.ts'
import { files, sampleLog, tenantKey, tenantSigner } from '../testing/sample-log.ts'
import {
  appendLeaves,
  buildBundle,
  type Bundle,
  emptyFrontier,
  type Hash,
  leafHead,
  leafHash,
  parseVkey,
  formatVkey,
  proveInclusion,
  sequence,
  signNote,
  type Signer,
  verifierKey,
  verifyBundle,
} from './index.ts'

const before = sampleLog()
const origin = tenantSigner.name
/** The same key under the name of the next log. */
const nextSigner: Signer = { ...tenantSigner, name: `${origin}/2` }
const nextKey = verifierKey(nodeCrypto, nextSigner)
const [created, , edition] = before.events

/** What was signed before the restore: the four leaves that a copy kept, and `more` behind them. */
function grown(more: number, signer = tenantSigner) {
  const events = Array.from({ length: more }, () => created!)
  const state = { origin, frontier: before.batch.frontier, last: before.batch.checkpoint }
  const batch = sequence(nodeCrypto, state, events)
  return { checkpoint: batch.checkpoint, note: signNote(nodeCrypto, batch.text, [signer]) }
}

/** The log that goes on after a restore, with an edition of its own. */
function next(lost = grown(3).checkpoint, kept = before.batch.checkpoint) {
  const { head: _, ...plain } = { ...created!, head: undefined }
  const events = [
    { ...plain, type: 'log.continued' as const, code: 'after-restore', head: leafHead(kept) },
    { ...plain, type: 'log.lost' as const, code: 'remembered', head: leafHead(lost) },
    { ...edition!, links: [] },
  ]
  const batch = sequence(nodeCrypto, { origin: nextSigner.name, frontier: emptyFrontier, last: undefined }, events)
  return { batch, note: signNote(nodeCrypto, batch.text, [nextSigner]) }
}

const openings = before.openings.filter(({ index }) => index === 2)
const hashes = before.batch.entries.map((entry) => leafHash(nodeCrypto, entry))
const earlier = [{ hashes, first: before.batch.entries[0] }]

/** The bundle of an edition that was published after the restore. */
function later(log = next()): Map<string, Uint8Array> {
  const { batch, note } = log
  return buildBundle(nodeCrypto, {
    checkpoint: note,
    entries: batch.entries,
    keys: [nextKey],
    editionLeaf: 2,
    openings,
    files,
    earlier,
  })
}

/** The bundle of an edition from before, as it is made after the restore. */
function sealed(log = next()): Map<string, Uint8Array> {
  const nodes = new Map<string, Hash>()
  const all = log.batch.entries.map((entry) => leafHash(nodeCrypto, entry))
  appendLeaves(nodeCrypto, emptyFrontier, all, (level, index, hash) => void nodes.set(`${level}/${index}`, hash))
  const read = (wanted: readonly { level: number; index: number }[]) =>
    wanted.map(({ level, index }) => nodes.get(`${level}/${index}`)!)
  return buildBundle(nodeCrypto, {
    checkpoint: before.note,
    entries: before.batch.entries,
    keys: [tenantKey],
    editionLeaf: 2,
    openings: before.openings,
    files,
    later: [0, 1].map((index) => ({
      leaf: log.batch.entries[index]!,
      proof: { index, hashes: proveInclusion(nodeCrypto, index, 3, read), checkpoint: log.note },
    })),
  })
}

const faults = (bundle: Bundle, trust: Parameters<typeof verifyBundle>[2] = {}) => {
  const report = verifyBundle(nodeCrypto, bundle, trust)
  return report.steps.filter(({ ok }) => !ok).map(({ id, say }) => `${id}: ${say}`)
}
const gone = (held: number) =>
  `held: The log ${origin} was restored from a copy and goes on as ${origin}/2: you kept a checkpoint of ${held} entries, and the entries 4 to ${held - 1} are gone.`

describe('a log that goes on after a restore', () => {
  it('holds with the key of the log before and a checkpoint of what was kept, and says what is gone', () => {
    for (const held of [[], [before.note], [next().note]]) {
      expect(faults(later(), { keys: [tenantKey], held })).toEqual([])
      expect(faults(later(), { keys: [nextKey], held })).toEqual([])
    }
    expect(verifyBundle(nodeCrypto, later()).notProven).toContain(
      `What stood in the entries 4 to 6 of the log ${origin}: they are gone, the log was restored from a copy.`,
    )
  })

  it('names the entries that are gone to whoever kept a checkpoint of them', () => {
    expect(faults(later(), { held: [grown(3).note] })).toEqual([gone(7)])
    expect(faults(later(), { held: [grown(1).note] })).toEqual([gone(5)])
  })

  it('says so in the bundles of editions from before, too', () => {
    expect(faults(sealed(), { keys: [tenantKey], held: [before.note] })).toEqual([])
    expect(faults(sealed(), { held: [grown(3).note] })).toEqual([gone(7)])
    expect(verifyBundle(nodeCrypto, sealed()).notProven.join()).toContain('the entries 4 to 6')
  })

  it('does not take another key for the one of the log before', () => {
    const foreign = ed25519Signer(origin, bytesOf('foreign'))
    expect(faults(later(), { keys: [verifierKey(nodeCrypto, foreign)] })[0]).toContain('No key of the log')
    // Nor one of another log that has the same key.
    const elsewhere = parseVkey(
      nodeCrypto,
      formatVkey(verifierKey(nodeCrypto, { ...tenantSigner, name: 'art32.example/t/elsewhere' })),
    )
    expect(faults(later(), { keys: [elsewhere] })[0]).toContain('No key of the log')
    expect(faults(later(), { held: [grown(3, foreign).note] })[0]).toMatch(/^held: /)
  })

  it('finds out a history that was rewritten under the cover of a restore', () => {
    const other = sequence(nodeCrypto, { origin, frontier: emptyFrontier, last: undefined }, [created!, created!])
    const held = signNote(nodeCrypto, other.text, [tenantSigner])
    expect(faults(later(), { held: [held] })).toEqual([
      `held: The first 2 entries of ${origin} are not those of the checkpoint that you kept: the log was rewritten.`,
    ])
  })

  it.each([
    ['earlier/0/hashes', 'succession'],
    ['earlier/0/first', 'succession'],
  ])('vouches for each byte of %s', (path, step) => {
    const bundle = later()
    const bytes = bundle.get(path)!
    for (let at = 0; at < bytes.length; at += 13) {
      const changed = Uint8Array.from(bytes)
      changed[at]! ^= 1
      expect(faults(new Map(bundle).set(path, changed))[0]).toMatch(new RegExp(`^${step}: `))
    }
    expect(faults(new Map(bundle).set(path, new Uint8Array()))[0]).toMatch(/^succession: /)
    bundle.delete(path)
    expect(faults(bundle)).not.toEqual([])
  })

  it.each(['later/0.leaf', 'later/0.tlog-proof', 'later/1.leaf', 'later/1.tlog-proof'])(
    'vouches in an edition from before for each byte of %s',
    (path) => {
      const bundle = sealed()
      const bytes = bundle.get(path)!
      for (let at = 0; at < bytes.length; at += 13) {
        const changed = Uint8Array.from(bytes)
        changed[at]! ^= 1
        expect(faults(new Map(bundle).set(path, changed))).not.toEqual([])
      }
    },
  )

  it('refuses files of a succession that there was none of', () => {
    const bundle = later()
    bundle.set('earlier/1/hashes', new Uint8Array(32))
    expect(faults(bundle)[0]).toContain('No first leaf says that a log before was continued')
    // A later log that continues another head than the one of this bundle.
    expect(faults(sealed(next(undefined, grown(1).checkpoint)))[0]).toContain('does not begin with the head')
  })
})
