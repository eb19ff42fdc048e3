import { describe, expect, it } from 'vitest'
import { bytesOf, ed25519Signer, nodeCrypto } from '../testing/node-crypto.ts'
import { files, sampleLog, tenantKey, tenantSigner } from '../testing/sample-log.ts'
import {
  appendLeaves,
  buildBundle,
  type Bundle,
  emptyFrontier,
  formatVkey,
  type Hash,
  keyMember,
  type LeafEvent,
  leafHead,
  leafHash,
  logKeyCode,
  namedNext,
  proveInclusion,
  sequence,
  signNote,
  type Signer,
  verifierKey,
  verifyBundle,
} from './index.ts'

const before = sampleLog()
const origin = tenantSigner.name
const newSigner = ed25519Signer(`${origin}/2`, bytesOf('second key'))
const newKey = verifierKey(nodeCrypto, newSigner)
const [created, , edition] = before.events
const { head: _, ...plain } = { ...created!, head: undefined }

const rotated = (next: Signer = newSigner): LeafEvent => ({
  ...plain,
  type: 'key.rotated',
  code: logKeyCode,
  ...namedNext(nodeCrypto, verifierKey(nodeCrypto, next)),
})

/** The log before, to its last leaf. */
function ended(last: readonly LeafEvent[] = [rotated()], signer: Signer = tenantSigner) {
  const batch = sequence(nodeCrypto, { origin, frontier: before.batch.frontier, last: before.batch.checkpoint }, last)
  const entries = [...before.batch.entries, ...batch.entries]
  return { entries, checkpoint: batch.checkpoint, note: signNote(nodeCrypto, batch.text, [signer]) }
}
interface Ended extends Omit<ReturnType<typeof ended>, 'entries'> {
  readonly entries: readonly Uint8Array[]
}

/** The log that goes on with another key, with an edition of its own. */
function next(old: Ended, signer: Signer, first: readonly LeafEvent[] = [continued(old, 'after-rotation')]) {
  const events = [...first, { ...edition!, links: [] }]
  const batch = sequence(nodeCrypto, { origin: signer.name, frontier: emptyFrontier, last: undefined }, events)
  return { batch, note: signNote(nodeCrypto, batch.text, [signer]), first: first.length }
}
const continued = (old: Ended, code: string): LeafEvent => ({
  ...plain,
  type: 'log.continued',
  code,
  head: leafHead(old.checkpoint),
})
const compromised = (): LeafEvent => ({ ...plain, type: 'key.compromised', key: keyMember(tenantKey) })

const openings = before.openings.filter(({ index }) => index === 2)
const hashesOf = (entries: readonly Uint8Array[]) => entries.map((entry) => leafHash(nodeCrypto, entry))

/** The bundle of an edition under the new key. */
function behind(old: Ended = ended(), signer: Signer = newSigner, log = next(old, signer), isNamed = true) {
  return buildBundle(nodeCrypto, {
    checkpoint: log.note,
    entries: log.batch.entries,
    keys: [verifierKey(nodeCrypto, signer), ...(isNamed ? [tenantKey] : [])],
    editionLeaf: log.first,
    openings: openings.map((one) => ({ ...one, index: log.first })),
    files,
    earlier: [
      {
        hashes: hashesOf(old.entries),
        first: old.entries[0],
        ...(isNamed ? { rotation: { last: old.entries.at(-1)!, checkpoint: old.note } } : {}),
      },
    ],
  })
}

/** The bundle of an edition from before, made after the change. */
function sealed(old: Ended = ended(), signer: Signer = newSigner, log = next(old, signer), keys = [tenantKey]) {
  const nodes = new Map<string, Hash>()
  appendLeaves(nodeCrypto, emptyFrontier, hashesOf(log.batch.entries), (level, index, hash) => {
    nodes.set(`${level}/${index}`, hash)
  })
  const read = (wanted: readonly { level: number; index: number }[]) =>
    wanted.map(({ level, index }) => nodes.get(`${level}/${index}`)!)
  const size = log.batch.entries.length
  return buildBundle(nodeCrypto, {
    checkpoint: old.note,
    entries: old.entries,
    keys,
    editionLeaf: 2,
    openings: before.openings,
    files,
    later: Array.from({ length: log.first }, (_, index) => ({
      leaf: log.batch.entries[index]!,
      proof: { index, hashes: proveInclusion(nodeCrypto, index, size, read), checkpoint: log.note },
    })),
  })
}

const look = (bundle: Bundle, trust: Parameters<typeof verifyBundle>[2] = {}) => verifyBundle(nodeCrypto, bundle, trust)
const faults = (...args: Parameters<typeof look>) =>
  look(...args)
    .steps.filter(({ ok }) => !ok)
    .map(({ id, place, say }) => `${id} ${place}: ${say}`)

describe('a log whose key was changed', () => {
  it('holds with the old key, which leads to the new one, and says so', () => {
    const report = look(behind(), { keys: [tenantKey], held: [before.note] })
    expect([report.holds, report.keyFrom, report.rotations]).toMatchObject([
      true,
      'caller',
      [{ from: tenantKey, to: newKey }],
    ])
    expect(report.proven.join('\n')).toContain(
      `The key ${formatVkey(newKey)} came after ${formatVkey(tenantKey)}, which signed that at ${created!.at} as the last entry of its log: you trust that one, and it leads to this.`,
    )
  })

  it('holds with the new key and says from which it came', () => {
    for (const held of [[], [before.note], [ended().note], [next(ended(), newSigner).note]])
      expect(faults(behind(), { keys: [newKey], held })).toEqual([])
    expect(look(behind(), { keys: [newKey] }).proven.join()).toContain(`came after ${formatVkey(tenantKey)}`)
  })

  it('holds in editions from before, with the old key and with the new one', () => {
    for (const keys of [[tenantKey], [newKey]]) expect(faults(sealed(), { keys, held: [before.note] })).toEqual([])
    expect(look(sealed(), { keys: [newKey] }).proven.join()).toContain(
      'signed the last head of this log as its own past',
    )
    expect(look(sealed(), { keys: [tenantKey] }).proven.join()).toContain(`goes on as ${origin}/2 under the key`)
  })

  it('follows two changes and a restore between them', () => {
    const third = ed25519Signer(`${origin}/4`, bytesOf('third key'))
    const old = ended()
    const second = next(old, newSigner)
    const restoredSigner: Signer = { ...newSigner, name: `${origin}/3` }
    const state = { origin: `${origin}/2`, size: 2, root: second.batch.checkpoint.root }
    const events: LeafEvent[] = [
      { ...plain, type: 'log.continued', code: 'after-restore', head: leafHead(state) },
      rotated(third),
    ]
    const middle = sequence(nodeCrypto, { origin: `${origin}/3`, frontier: emptyFrontier, last: undefined }, events)
    const middleNote = signNote(nodeCrypto, middle.text, [restoredSigner])
    const last = next({ entries: middle.entries, checkpoint: middle.checkpoint, note: middleNote }, third)
    const bundle = buildBundle(nodeCrypto, {
      checkpoint: last.note,
      entries: last.batch.entries,
      keys: [third, restoredSigner, tenantSigner].map((one) => verifierKey(nodeCrypto, one)),
      editionLeaf: 1,
      openings: openings.map((one) => ({ ...one, index: 1 })),
      files,
      earlier: [
        {
          hashes: hashesOf(middle.entries),
          first: middle.entries[0],
          rotation: { last: middle.entries[1]!, checkpoint: middleNote },
        },
        { hashes: hashesOf(second.batch.entries), first: second.batch.entries[0] },
        {
          hashes: hashesOf(old.entries),
          first: old.entries[0],
          rotation: { last: old.entries.at(-1)!, checkpoint: old.note },
        },
      ],
    })
    for (const keys of [[tenantKey], [newKey], [verifierKey(nodeCrypto, third)]])
      expect(faults(bundle, { keys, held: [before.note, second.note, middleNote] })).toEqual([])
    expect(look(bundle, { keys: [tenantKey] }).rotations).toHaveLength(2)
  })

  it.each(['last', 'checkpoint', 'hashes', 'first'])('vouches for each byte of earlier/0/%s', (name) => {
    const path = `earlier/0/${name}`
    const bytes = behind().get(path)!
    for (let at = 0; at < bytes.length; at += 7) {
      const changed = Uint8Array.from(bytes)
      changed[at]! ^= 1
      expect(faults(new Map(behind()).set(path, changed))).not.toEqual([])
    }
    const without = behind()
    without.delete(path)
    expect(faults(without)).not.toEqual([])
  })
})

describe('what somebody forges around a change of the key', () => {
  const thief = ed25519Signer(`${origin}/2`, bytesOf('thief'))
  const refused = /^key policy\.txt: No key of the log .* is one that you trust/

  it('is found where only the new key says that it follows', () => {
    // The log before ends without naming it; its last head is the one that the old key signed.
    const old = { entries: before.batch.entries, checkpoint: before.batch.checkpoint, note: before.note }
    const found = faults(behind(old, thief), { keys: [tenantKey] })
    expect(found).toContainEqual(expect.stringMatching(/^succession earlier\/0\/last: .* ended without naming the key/))
    expect(found).toContainEqual(expect.stringMatching(refused))
    expect(faults(behind(old, thief, next(old, thief), false), { keys: [tenantKey] })[0]).toMatch(
      /^succession earlier|^key policy/,
    )
  })

  it('is found where the last leaf names it and the old key did not sign that', () => {
    const old = ended([rotated(thief)], { ...thief, name: origin })
    expect(faults(behind(old, thief), { keys: [tenantKey] }).join('\n')).toMatch(/succession earlier\/0\/checkpoint/)
  })

  it('is found where the leaf names the key for a log of another tenant', () => {
    const elsewhere: Signer = { ...newSigner, name: 'art32.example/t/elsewhere/2' }
    expect(faults(behind(ended([rotated(elsewhere)])), { keys: [tenantKey] }).join('\n')).toContain(
      'ended without naming the key',
    )
  })

  it('is found where an old change is told again for a later log', () => {
    const third: Signer = { ...newSigner, name: `${origin}/3` }
    const old = ended()
    expect(faults(behind(old, third, next(old, third)), { keys: [tenantKey] }).join('\n')).toContain(
      `ended without naming the key of ${origin}/3`,
    )
  })

  it('is found where the old key signs after its change', () => {
    const old = ended([rotated(), { ...plain, type: 'measure.changed' }])
    expect(faults(sealed(old, newSigner, next(old, newSigner)), { keys: [tenantKey] })[0]).toMatch(
      /^leaves tile\/entries\/.* leaf 5: Leaf 4 ended this log, since its key was changed/,
    )
    // Under the name of the next log it is not the key that is trusted by now.
    const again: Signer = { ...tenantSigner, name: `${origin}/2` }
    expect(faults(behind(ended(), again, next(ended(), again), false), { keys: [newKey] }).join('\n')).toMatch(
      /No key of the log/,
    )
    expect(faults(behind(ended(), again), { keys: [tenantKey] })).not.toEqual([])
  })
})

describe('a key in foreign hands', () => {
  const old = { entries: before.batch.entries, checkpoint: before.batch.checkpoint, note: before.note }
  const log = next(old, newSigner, [continued(old, 'after-compromise'), compromised()])
  const after = behind(old, newSigner, log, false)
  const say =
    /^What only the key before vouches for: the publisher said at .* that the key of .* may be in foreign hands/

  it('leads to no other: whoever has it alone is told to get the new one', () => {
    expect(faults(after, { keys: [tenantKey] })).toEqual([
      expect.stringMatching(/^key policy\.txt: .*the key before is in foreign hands.*get the new key another way/),
    ])
    expect(look(after, { keys: [tenantKey] }).compromised).toBe(true)
  })

  it('leaves proven what is covered by a checkpoint that somebody kept', () => {
    const report = look(after, { keys: [newKey], held: [before.note] })
    expect([report.holds, report.notProven[0]]).toEqual([true, expect.stringMatching(say)])
  })

  it('is told in editions from before', () => {
    const report = look(sealed(old, newSigner, log, [tenantKey, newKey]), { keys: [tenantKey] })
    expect([report.holds, report.notProven[0]]).toEqual([true, expect.stringMatching(say)])
    expect(report.proven[0]).toContain('by whoever had the key then')
  })

  it('does not pass on the trust of a key before it', () => {
    // first key → rotation → second key → compromise → third key: the first leads to the second and no further.
    const changed = ended()
    const second = next(changed, newSigner)
    const middle = { entries: second.batch.entries, checkpoint: second.batch.checkpoint, note: second.note }
    const third = ed25519Signer(`${origin}/3`, bytesOf('third key'))
    const last = next(middle, third, [
      continued(middle, 'after-compromise'),
      { ...plain, type: 'key.compromised', key: keyMember(newKey) },
    ])
    const bundle = buildBundle(nodeCrypto, {
      checkpoint: last.note,
      entries: last.batch.entries,
      keys: [verifierKey(nodeCrypto, third), tenantKey],
      editionLeaf: 2,
      openings,
      files,
      earlier: [
        { hashes: hashesOf(middle.entries), first: middle.entries[0] },
        {
          hashes: hashesOf(changed.entries),
          first: changed.entries[0],
          rotation: { last: changed.entries.at(-1)!, checkpoint: changed.note },
        },
      ],
    })
    expect(faults(bundle, { keys: [verifierKey(nodeCrypto, third)], held: [before.note] })).toEqual([])
    for (const keys of [[tenantKey], [newKey]]) expect(faults(bundle, { keys })[0]).toMatch(/^key policy\.txt/)
  })
})
