import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nodeCrypto } from '../testing/node-crypto.ts'
import {
  appendLeaves,
  decodeEntries,
  emptyFrontier,
  encodeEntries,
  type Hash,
  leafHash,
  LedgerError,
  newTiles,
  parseTilePath,
  planConsistency,
  planInclusion,
  proveConsistency,
  proveInclusion,
  splitHashes,
  tilePath,
  tileReader,
  tilesForNodes,
  tilesOf,
  treeRoot,
  verifyConsistency,
  verifyInclusion,
} from './index.ts'

describe('tiles', () => {
  it('writes paths as the specification shows them', () => {
    expect(tilePath({ level: 0, index: 1_234_067, width: 256 })).toBe('tile/0/x001/x234/067')
    expect(tilePath({ level: 'entries', index: 0, width: 8 })).toBe('tile/entries/000.p/8')
    expect(tilePath({ level: 63, index: 1000, width: 255 })).toBe('tile/63/x001/000.p/255')
  })

  it('reads every path that it writes', () => {
    const tile = fc.record({
      level: fc.oneof(fc.nat(63), fc.constant('entries' as const)),
      index: fc.maxSafeNat(),
      width: fc.integer({ min: 1, max: 256 }),
    })
    fc.assert(
      fc.property(tile, (id) => {
        expect(parseTilePath(tilePath(id))).toEqual(id)
      }),
    )
  })

  it('refuses paths in any other spelling', () => {
    const wrong = [
      '',
      'tile/0',
      'tile/0/0',
      'tile/00/000',
      'tile/64/000',
      'tile/0/x000/000',
      'tile/0/001/000',
      'tile/0/000.p/0',
      'tile/0/000.p/256',
    ]
    for (const path of [
      ...wrong,
      'tile/0/000.p/08',
      'tile/0/000/',
      '/tile/0/000',
      'tile/data/000',
      'tile/0/x999/x999/x999/x999/x999/999',
    ]) {
      expect(() => parseTilePath(path), path).toThrow(LedgerError)
    }
    fc.assert(
      fc.property(fc.stringMatching(/^tile\/[0-9a-z/.x]{0,30}$/), (path) => {
        try {
          expect(tilePath(parseTilePath(path))).toBe(path)
        } catch (error) {
          expect(error).toBeInstanceOf(LedgerError)
        }
      }),
    )
  })

  it('lists the tiles of the sizes that the specification takes as examples', () => {
    const widths = (size: number) => {
      const all = tilesOf(size).filter(({ level }) => level !== 'entries')
      return [0, 1, 2].map((level) => all.filter((tile) => tile.level === level).map(({ width }) => width))
    }
    const full = (count: number) => Array.from({ length: count }, () => 256)
    expect(widths(70_000)).toEqual([[...full(273), 112], [256, 17], [1]])
    expect(widths(256)).toEqual([[256], [1], []])
    expect(tilesOf(0)).toEqual([])
  })

  it('lists as new exactly the tiles that differ between two sizes', () => {
    fc.assert(
      fc.property(fc.nat(140_000), fc.nat(1000), (oldSize, more) => {
        const before = new Set(tilesOf(oldSize).map(tilePath))
        const after = tilesOf(oldSize + more).map(tilePath)
        expect(newTiles(oldSize, oldSize + more).map(tilePath)).toEqual(after.filter((path) => !before.has(path)))
      }),
      { numRuns: 50 },
    )
  })

  it('reads back the entries that it writes and refuses bundles cut at any byte within an entry', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 10 }), (entries) => {
        const bytes = encodeEntries(entries)
        expect(decodeEntries(bytes)).toEqual(entries)
        const borders = new Set([0])
        let at = 0
        for (const entry of entries) borders.add((at += entry.length + 2))
        for (let cut = 0; cut < bytes.length; cut++) {
          if (!borders.has(cut)) expect(() => decodeEntries(bytes.subarray(0, cut))).toThrow('ends within its entry')
        }
      }),
      { numRuns: 30 },
    )
    expect(() => encodeEntries([new Uint8Array(65_536)])).toThrow('at most 65,535')
    expect(decodeEntries(encodeEntries([new Uint8Array(65_535)]))[0]).toHaveLength(65_535)
    expect(() => decodeEntries(new Uint8Array(2 * 257))).toThrow('more than 256')
  })

  it('makes inclusion and consistency proofs from tiles alone, over three levels', () => {
    const size = 66_001
    const hashes: Hash[] = Array.from({ length: size }, (_, i) => leafHash(nodeCrypto, Buffer.from(`leaf ${i}`)))
    const levels: Hash[][] = []
    appendLeaves(nodeCrypto, emptyFrontier, hashes, (level, _, hash) => {
      if (level % 8 === 0) (levels[level / 8] ??= []).push(hash)
    })
    const read = tileReader(nodeCrypto, size, (tile) => {
      const start = tile.index * 256
      return Buffer.concat(levels[Number(tile.level)]!.slice(start, start + tile.width))
    })
    const root = treeRoot(nodeCrypto, hashes)
    for (const index of [0, 1, 255, 256, 40_000, 65_535, 65_536, size - 1]) {
      const proof = proveInclusion(nodeCrypto, index, size, read)
      expect(verifyInclusion(nodeCrypto, { index, size, leafHash: hashes[index]!, root, proof })).toBe(true)
      expect(tilesForNodes(planInclusion(index, size).nodes, size).length).toBeLessThanOrEqual(6)
    }
    for (const oldSize of [1, 255, 256, 257, 65_536, 65_999, size]) {
      const oldRoot = treeRoot(nodeCrypto, hashes.slice(0, oldSize))
      const proof = proveConsistency(nodeCrypto, oldSize, size, read)
      expect(verifyConsistency(nodeCrypto, { oldSize, oldRoot, size, root, proof })).toBe(true)
      expect(tilesForNodes(planConsistency(oldSize, size).nodes, size).length).toBeLessThanOrEqual(6)
    }
  })

  it('refuses nodes beyond the tree and tiles that are too short', () => {
    expect(() => tilesForNodes([{ level: 0, index: 5 }], 5)).toThrow('has no node 5 at level 0')
    expect(() => tilesForNodes([{ level: 8, index: 0 }], 255)).toThrow(LedgerError)
    const read = tileReader(nodeCrypto, 2, () => new Uint8Array(32))
    expect(() => read([{ level: 0, index: 0 }])).toThrow('tile/0/000.p/2: The tile should have 2 hashes')
    expect(splitHashes(new Uint8Array(64))).toHaveLength(2)
  })
})
