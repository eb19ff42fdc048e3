import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromVectors, nodeCrypto, vectors } from '../testing/node-crypto.ts'
import {
  appendLeaves,
  combineProof,
  decodeFrontier,
  emptyFrontier,
  encodeFrontier,
  encodeHex,
  type Hash,
  LedgerError,
  leafHash,
  type NodeId,
  planConsistency,
  planInclusion,
  proveConsistency,
  proveInclusion,
  treeRoot,
  verifyConsistency,
  verifyInclusion,
} from './index.ts'

/** RFC 6962 MTH as the RFC defines it, for comparison: recursion over the leaves. */
function plainRoot(leaves: readonly Hash[]): Hash {
  if (leaves.length === 0) return nodeCrypto.sha256(new Uint8Array(0))
  if (leaves.length === 1) return leaves[0]!
  let split = 1
  while (split * 2 < leaves.length) split *= 2
  return nodeCrypto.sha256(
    Buffer.concat([Buffer.of(1), plainRoot(leaves.slice(0, split)), plainRoot(leaves.slice(split))]),
  )
}

/** A reader over all leaves that refuses to be asked out of order, twice, or beyond the tree. */
function strictReader(leaves: readonly Hash[]) {
  return (nodes: readonly NodeId[]): Hash[] => {
    const asked = new Set(nodes.map(({ level, index }) => `${level}/${index}`))
    if (asked.size !== nodes.length) throw new Error('a node is asked twice')
    return nodes.map(({ level, index }) => {
      const width = 2 ** level
      const part = leaves.slice(index * width, (index + 1) * width)
      if (part.length !== width) throw new Error(`node ${index} of level ${level} is not complete`)
      return plainRoot(part)
    })
  }
}

const leaves = Array.from({ length: 70 }, (_, i) => leafHash(nodeCrypto, Buffer.from(`leaf ${i}`)))
const flip = (hash: Hash): Hash => Uint8Array.from(hash, (byte, i) => (i === 7 ? byte ^ 1 : byte))

/** A file of transparency-dev/merkle's test data, of either kind. */
interface MerkleVector {
  readonly leafIdx: number
  readonly treeSize: number
  readonly leafHash: string | null
  readonly root: string | null
  readonly size1: number
  readonly size2: number
  readonly root1: string | null
  readonly root2: string | null
  readonly proof: readonly (string | null)[] | null
  readonly wantErr: boolean
}

describe('tree', () => {
  it('hashes the RFC 6962 test tree of eight leaves to its published roots', () => {
    const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
    const roots = [
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
      'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
      '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
      'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    ]
    const hashes = inputs.map((input) => leafHash(nodeCrypto, Buffer.from(input, 'hex')))
    expect(roots.map((_, size) => encodeHex(treeRoot(nodeCrypto, hashes.slice(0, size))))).toEqual(roots)
  })

  it('proves every leaf in every tree of up to 70 leaves and refuses the proof for any other place', () => {
    for (let size = 1; size <= leaves.length; size++) {
      const tree = leaves.slice(0, size)
      const root = plainRoot(tree)
      const read = strictReader(tree)
      for (let index = 0; index < size; index++) {
        const proof = proveInclusion(nodeCrypto, index, size, read)
        const claim = { index, size, leafHash: leaves[index]!, root, proof }
        const wrong = [
          { ...claim, index: index + 1 },
          { ...claim, index: index ^ 1 },
          { ...claim, leafHash: flip(claim.leafHash) },
          { ...claim, root: flip(root) },
          { ...claim, proof: [...proof, root] },
          { ...claim, proof: proof.slice(1) },
        ].filter(
          (other) => other.proof.length !== proof.length || size > 1 || other.index !== index || other.root !== root,
        )
        if (!verifyInclusion(nodeCrypto, claim)) expect.fail(`leaf ${index} of ${size} is not proven`)
        const taken = wrong.findIndex(
          (other) => JSON.stringify(other) !== JSON.stringify(claim) && verifyInclusion(nodeCrypto, other),
        )
        if (taken !== -1) expect.fail(`leaf ${index} of ${size}: wrong claim ${taken} is accepted`)
      }
    }
  })

  it('proves every pair of sizes up to 70 consistent and refuses a changed proof, root or size', () => {
    for (let size = 1; size <= leaves.length; size++) {
      const root = plainRoot(leaves.slice(0, size))
      const read = strictReader(leaves.slice(0, size))
      for (let oldSize = 1; oldSize <= size; oldSize++) {
        const proof = proveConsistency(nodeCrypto, oldSize, size, read)
        const claim = { oldSize, oldRoot: plainRoot(leaves.slice(0, oldSize)), size, root, proof }
        if (!verifyConsistency(nodeCrypto, claim)) expect.fail(`${oldSize} to ${size} is not proven`)
        const wrong = [
          { ...claim, oldRoot: flip(claim.oldRoot) },
          { ...claim, root: flip(root) },
          { ...claim, proof: [...proof, root] },
          ...proof.map((hash, i) => ({ ...claim, proof: proof.with(i, flip(hash)) })),
          ...(oldSize < size
            ? [
                { ...claim, oldSize: size, size: oldSize },
                { ...claim, proof: proof.slice(1) },
              ]
            : []),
        ]
        const taken = wrong.findIndex((other) => verifyConsistency(nodeCrypto, other))
        if (taken !== -1) expect.fail(`${oldSize} to ${size}: wrong claim ${taken} is accepted`)
      }
    }
  })

  it('asks for at most two nodes a level and for none to show a tree equal to itself', () => {
    const size = 2 ** 40 + 12_345
    expect(planInclusion(2 ** 39 + 7, size).nodes.length).toBeLessThanOrEqual(2 * 41)
    expect(planConsistency(size, size)).toEqual({ nodes: [], parts: [] })
    expect(planConsistency(2 ** 33 + 1, size).nodes.length).toBeLessThanOrEqual(2 * 41)
  })

  it('appends in any batches to the same root, in sizes beyond 32 bits too', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20), { maxLength: 12 }), (batches) => {
        let frontier = emptyFrontier
        for (const count of batches) {
          frontier = appendLeaves(nodeCrypto, frontier, leaves.slice(frontier.size, frontier.size + count))
          frontier = decodeFrontier(encodeFrontier(frontier))
        }
        expect(frontier.hashes).toEqual(appendLeaves(nodeCrypto, emptyFrontier, leaves.slice(0, frontier.size)).hashes)
      }),
    )
    const large = { size: 2 ** 40 - 1, hashes: leaves.slice(0, 40) }
    expect(appendLeaves(nodeCrypto, large, [leaves[40]!])).toMatchObject({ size: 2 ** 40, hashes: { length: 1 } })
  })

  it('refuses frontiers whose bytes do not fit their size', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => {
        try {
          expect(encodeFrontier(decodeFrontier(bytes))).toEqual(bytes)
        } catch (error) {
          expect(error).toBeInstanceOf(LedgerError)
        }
      }),
    )
    expect(() => decodeFrontier(new Uint8Array(40))).toThrow('not a frontier')
  })

  it('refuses to plan proofs outside of the tree', () => {
    expect(() => planInclusion(3, 3)).toThrow('There is no leaf 3')
    expect(() => planInclusion(-1, 3)).toThrow(LedgerError)
    expect(() => planInclusion(0.5, 3)).toThrow(LedgerError)
    expect(() => planConsistency(0, 3)).toThrow(LedgerError)
    expect(() => planConsistency(4, 3)).toThrow('cannot be shown')
  })

  it('calls a reader that gives another number of hashes a bug, not bad input', () => {
    expect(() => combineProof(nodeCrypto, planInclusion(0, 4), [])).toThrow('A hash reader gave another number')
  })

  it('verifies nothing for claims that are not hashes or counts', () => {
    const root = plainRoot(leaves.slice(0, 2))
    const claim = { index: 0, size: 2, leafHash: leaves[0]!, root, proof: [leaves[1]!] }
    expect(verifyInclusion(nodeCrypto, claim)).toBe(true)
    expect(verifyInclusion(nodeCrypto, { ...claim, proof: [leaves[1]!.subarray(1)] })).toBe(false)
    expect(verifyInclusion(nodeCrypto, { ...claim, size: Number.NaN })).toBe(false)
    expect(verifyInclusion(nodeCrypto, { ...claim, index: 2 ** 60 })).toBe(false)
    const empty = nodeCrypto.sha256(new Uint8Array(0))
    expect(verifyConsistency(nodeCrypto, { oldSize: 0, oldRoot: empty, size: 0, root: empty, proof: [] })).toBe(false)
    expect(verifyConsistency(nodeCrypto, { oldSize: 0, oldRoot: empty, size: 2, root, proof: [] })).toBe(false)
  })

  // Node hashes are made in one array for all: what was verified before must not lend its bytes to what is too short.
  it('takes nothing shorter for a hash, also right after the whole one', () => {
    const cut = (hash: Hash): Hash => hash.subarray(0, 31)
    const root = plainRoot(leaves.slice(0, 4))
    const proof = [plainRoot(leaves.slice(2, 4))]
    const continued = { oldSize: 2, oldRoot: plainRoot(leaves.slice(0, 2)), size: 4, root, proof }
    const included = { index: 0, size: 4, leafHash: leaves[0]!, root, proof: [leaves[1]!, ...proof] }
    const shorter = [
      { ...continued, proof: proof.map(cut) },
      { ...continued, oldRoot: cut(continued.oldRoot) },
      { ...continued, root: cut(root) },
    ]
    for (const claim of shorter) {
      expect(verifyConsistency(nodeCrypto, continued)).toBe(true)
      expect(verifyConsistency(nodeCrypto, claim)).toBe(false)
    }
    for (const claim of [
      { ...included, proof: [leaves[1]!, ...proof.map(cut)] },
      { ...included, leafHash: cut(leaves[0]!) },
      { ...included, root: cut(root) },
    ]) {
      expect(verifyInclusion(nodeCrypto, included)).toBe(true)
      expect(verifyInclusion(nodeCrypto, claim)).toBe(false)
    }
  })

  it.skipIf(vectors === undefined)(`agrees with all 196 published Merkle vectors ${fromVectors}`, () => {
    const folder = join(vectors!, 'merkle/testdata')
    const decode = (text: string | null) => Buffer.from(text ?? '', 'base64')
    let count = 0
    for (const kind of ['inclusion', 'consistency']) {
      for (const name of readdirSync(join(folder, kind), { recursive: true, encoding: 'utf8' })) {
        if (!name.endsWith('.json')) continue
        const vector = JSON.parse(readFileSync(join(folder, kind, name), 'utf8')) as MerkleVector
        const proof = (vector.proof ?? []).map(decode)
        const ok =
          kind === 'inclusion'
            ? verifyInclusion(nodeCrypto, {
                index: vector.leafIdx,
                size: vector.treeSize,
                leafHash: decode(vector.leafHash),
                root: decode(vector.root),
                proof,
              })
            : verifyConsistency(nodeCrypto, {
                oldSize: vector.size1,
                oldRoot: decode(vector.root1),
                size: vector.size2,
                root: decode(vector.root2),
                proof,
              })
        expect({ name, ok }).toEqual({ name, ok: !vector.wantErr })
        count += 1
      }
    }
    expect(count).toBe(196)
  })
})
