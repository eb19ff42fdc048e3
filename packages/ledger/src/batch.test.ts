import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bytesOf, ed25519Signer, fromVectors, nodeCrypto, vectors } from '../testing/node-crypto.ts'
import {
  emptyFrontier,
  encodeEntries,
  encodeHex,
  growTile,
  LedgerError,
  type LogState,
  newTiles,
  openCheckpoint,
  parseLeaf,
  sequence,
  sequenceEntries,
  signNote,
  tilePath,
  verifierKey,
} from './index.ts'

const signer = ed25519Signer('example.com/t/0123456789abcdef', bytesOf('batch'))
const empty: LogState = { origin: signer.name, frontier: emptyFrontier, last: undefined }
const entriesFrom = (first: number, count: number) =>
  Array.from({ length: count }, (_, i) => Buffer.from(`entry ${first + i}`))

/** Writes batches as files, the way any store does it. */
class Files {
  readonly tiles = new Map<string, Uint8Array>()
  readonly entries: Uint8Array[] = []
  state: LogState = empty

  append(entries: readonly Uint8Array[]) {
    const before = this.state.frontier.size
    const batch = sequenceEntries(nodeCrypto, this.state, entries)
    for (const growth of batch.tiles) {
      const old = this.tiles.get(tilePath({ ...growth, width: growth.from }))
      this.tiles.set(tilePath(growth), growTile(growth.from === 0 ? undefined : old, growth))
    }
    expect(batch.tiles.map(tilePath).sort()).toEqual(
      newTiles(before, batch.frontier.size)
        .filter(({ level }) => level !== 'entries')
        .map(tilePath)
        .sort(),
    )
    this.entries.push(...entries)
    this.state = { origin: this.state.origin, frontier: batch.frontier, last: batch.checkpoint }
    return batch
  }
}

describe('batch', () => {
  it('gives events their places, tiles and a checkpoint that opens', () => {
    const event = {
      actor: { c: bytesOf('c').toString('base64'), k: 'user' },
      at: '2026-11-22T00:39:59.123Z',
      links: [],
      obj: [],
      subj: { id: '0123456789abcdef', t: 'measure' },
      type: 'measure.created',
    } as const
    const batch = sequence(nodeCrypto, empty, [event, { ...event, links: [{ idx: 0, rel: 'prev' }] }])
    expect(batch.entries.map((entry) => parseLeaf(entry).seq)).toEqual([0, 1])
    expect(batch).toMatchObject({ first: 0, tiles: [{ level: 0, index: 0, from: 0, width: 2 }], frontier: { size: 2 } })
    const note = signNote(nodeCrypto, batch.text, [signer])
    expect(openCheckpoint(nodeCrypto, note, [verifierKey(nodeCrypto, signer)])).toMatchObject(batch.checkpoint)
  })

  it('grows the same tiles in any batches, across the borders of tiles and levels', () => {
    const once = new Files()
    once.append(entriesFrom(0, 66_000))
    const often = new Files()
    for (const count of [1, 254, 1, 1, 0, 255, 512, 64_510, 3, 463])
      often.append(entriesFrom(often.entries.length, count))
    expect(often.state).toEqual(once.state)
    for (const [path, bytes] of once.tiles) expect([path, often.tiles.get(path)]).toEqual([path, bytes])
    expect(once.tiles.get('tile/1/000')).toHaveLength(8192)
    expect(once.tiles.get('tile/2/000.p/1')).toHaveLength(32)
  })

  it('refuses a state that contradicts its last checkpoint', () => {
    const files = new Files()
    files.append(entriesFrom(0, 5))
    const { state } = files
    const other = { ...state.last!, root: bytesOf('another root') }
    const wrong: LogState[] = [
      { ...state, last: undefined },
      { ...state, last: other },
      { ...state, last: { ...state.last!, size: 6 } },
      { ...state, origin: 'example.com/t/other' },
      { ...state, frontier: emptyFrontier },
    ]
    for (const one of wrong) {
      expect(() => sequenceEntries(nodeCrypto, one, [])).toThrow(expect.objectContaining({ code: 'inconsistent' }))
    }
    expect(sequenceEntries(nodeCrypto, state, []).checkpoint).toEqual(state.last)
  })

  it('refuses to grow a tile that is not the one before', () => {
    const growth = { level: 0, index: 3, from: 2, width: 3, data: bytesOf('h') }
    expect(() => growTile(undefined, growth)).toThrow('tile/0/003.p/3: The tile has 0 hashes')
    expect(() => growTile(new Uint8Array(32), growth)).toThrow(LedgerError)
  })

  it('writes a log of three entries to the bytes that were committed', () => {
    const files = new Files()
    files.append([Buffer.from('one'), Buffer.from('two')])
    const { text } = files.append([Buffer.from('three')])
    // The root is that of the first three entries of Tessera's golden log.
    expect(text).toBe(`${signer.name}\n3\nWqx3HImawpLnS/Gv4ubjAvi1WIOy0b8Ze0amvqbavKk=\n`)
    expect([...files.tiles.keys()]).toEqual(['tile/0/000.p/2', 'tile/0/000.p/3'])
    expect(encodeHex(encodeEntries(files.entries))).toBe('00036f6e65000374776f00057468726565')
  })

  it.skipIf(vectors === undefined)(`writes all 47 files of Tessera’s golden log byte for byte ${fromVectors}`, () => {
    const folder = join(vectors!, 'tessera/testdata/log')
    // Tessera publishes this key pair for its test log (testdata/build_log.sh).
    const seed = Buffer.from('AeymY/SZAX0jZcJ8enZ5FY1Dz+wTML2yWSkK+9DSF3eg', 'base64').subarray(1)
    const golden = ed25519Signer('example.com/log/testdata', seed)
    const files = new Files()
    files.state = { ...empty, origin: golden.name }
    let compared = 0
    const same = (path: string, bytes: Uint8Array | string) => {
      expect([path, Buffer.from(bytes).toString('latin1')]).toEqual([
        path,
        readFileSync(join(folder, path)).toString('latin1'),
      ])
      compared += 1
    }
    const signCheckpoint = (text: string) => signNote(nodeCrypto, text, [golden])
    same('checkpoint.0', signCheckpoint(sequenceEntries(nodeCrypto, files.state, []).text))
    const counts = Array.from({ length: 15 }, (_, i) => i + 1)
    for (const size of counts) {
      const batch = files.append([readEntry(folder, size)])
      const note = signCheckpoint(batch.text)
      same(`checkpoint.${size}`, note)
      same(`tile/0/000.p/${size}`, files.tiles.get(`tile/0/000.p/${size}`)!)
      same(`tile/entries/000.p/${size}`, encodeEntries(files.entries))
      if (size === 15) same('checkpoint', note)
    }
    expect(counts.length * 2).toBe(
      readdirSync(join(folder, 'tile'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
        .length,
    )
    expect(compared).toBe(47)
  })
})

/** The nth golden entry; the last bundle holds all. */
function readEntry(folder: string, size: number): Uint8Array {
  const bundle = readFileSync(join(folder, 'tile/entries/000.p/15'))
  let at = 0
  for (let i = 1; i < size; i++) at += 2 + bundle.readUInt16BE(at)
  return bundle.subarray(at + 2, at + 2 + bundle.readUInt16BE(at))
}
