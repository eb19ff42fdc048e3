import { execFileSync, spawnSync } from 'node:child_process'
import { createPublicKey } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LogCheckpoint, verifyCheckpoint } from '@sigstore/verify/dist/tlog/checkpoint.js'
import { verifyMerkleInclusion } from '@sigstore/verify/dist/tlog/merkle.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bytesOf, ed25519Signer, nodeCrypto } from '../testing/node-crypto.ts'
import {
  emptyFrontier,
  encodeBase64,
  encodeEntries,
  formatVkey,
  type Hash,
  type LogState,
  leafHash,
  newTiles,
  proveInclusion,
  sequenceEntries,
  signNote,
  tilePath,
  tileReader,
  verifierKey,
} from './index.ts'

const signer = ed25519Signer('art32.example/t/9f3k2m5p7q8r1s4t', bytesOf('interoperable'))
const key = verifierKey(nodeCrypto, signer)
// More than one full tile, and a part of the next.
const size = 300
const earlier = 200
const entries = Array.from({ length: size }, (_, i) => Buffer.from(`{"seq":${i}}`))
const before = sequenceEntries(nodeCrypto, { ...stateOf(), last: undefined }, entries.slice(0, earlier))
const batch = sequenceEntries(nodeCrypto, { ...stateOf(), last: undefined }, entries)
const checkpoint = signNote(nodeCrypto, batch.text, [signer])
const tiles = new Map(batch.tiles.map((tile) => [tilePath(tile), tile.data]))

const golang = { GO111MODULE: 'off', GOPATH: '/usr/share/gocode', GOFLAGS: '' }
const hasGo =
  spawnSync('go', ['list', 'golang.org/x/mod/sumdb/tlog'], { env: { ...process.env, ...golang } }).status === 0
const byGo = hasGo ? '' : '(skipped: go with golang.org/x/mod is absent)'

function stateOf(): LogState {
  return { origin: signer.name, frontier: emptyFrontier, last: undefined }
}

function proofOf(index: number): Hash[] {
  const read = tileReader(nodeCrypto, size, (tile) => tiles.get(tilePath(tile)) ?? new Uint8Array())
  return proveInclusion(nodeCrypto, index, size, read)
}

/** An entry in the form in which Sigstore's code wants it, and the log as an authority that it trusts. */
function sigstoreEntry(index: number, note = checkpoint, body: Buffer = entries[index]!) {
  return {
    logIndex: String(index),
    logId: { keyId: Buffer.from(key.id, 'hex') },
    kindVersion: { kind: 'none', version: '0' },
    integratedTime: '0',
    inclusionPromise: undefined,
    canonicalizedBody: body,
    inclusionProof: {
      logIndex: String(index),
      rootHash: Buffer.from(batch.checkpoint.root),
      treeSize: String(size),
      hashes: proofOf(index).map((hash) => Buffer.from(hash)),
      checkpoint: { envelope: note },
    },
  }
}

const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), signer.publicKey])
const authority = {
  baseURL: `https://${signer.name}`,
  logID: Buffer.from(key.id, 'hex'),
  publicKey: createPublicKey({ key: spki, format: 'der', type: 'spki' }),
  validFor: { start: new Date(0), end: new Date(8.64e15) },
}

describe('a log of art32 for programs of others', () => {
  it(`Sigstore's checkpoint and Merkle code accepts all ${size} entries`, () => {
    const head = verifyCheckpoint(sigstoreEntry(0), [authority])
    expect(head).toMatchObject({ origin: signer.name, logSize: BigInt(size) })
    for (const index of entries.keys()) verifyMerkleInclusion(sigstoreEntry(index), head)
  })

  it("Sigstore's code refuses an entry, a place and a checkpoint that are others", () => {
    const head = LogCheckpoint.fromString(batch.text)
    const other = { ...sigstoreEntry(7), canonicalizedBody: Buffer.from('{"seq":8}') }
    expect(() => verifyMerkleInclusion(other, head)).toThrow('does not match')
    const place = sigstoreEntry(7)
    const moved = { ...place, inclusionProof: { ...place.inclusionProof, logIndex: '6' } }
    expect(() => verifyMerkleInclusion(moved, head)).toThrow('does not match')
    const larger = checkpoint.replace(`\n${size}\n`, `\n${size + 1}\n`)
    expect(() => verifyCheckpoint(sigstoreEntry(0, larger), [authority])).toThrow('invalid checkpoint signature')
  })

  describe.skipIf(!hasGo)(`golang.org/x/mod/sumdb ${byGo}`, () => {
    let folder = ''
    let program = ''
    const write = (path: string, data: Uint8Array | string) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), data)
    }
    const ask = (vkey = formatVkey(key), root = encodeBase64(before.checkpoint.root)) =>
      spawnSync(program, [folder, vkey, String(earlier), root], { encoding: 'utf8' })

    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'art32-sumdb-'))
      program = join(folder, 'sumdb')
      const source = fileURLToPath(new URL('../testing/sumdb/main.go', import.meta.url))
      execFileSync('go', ['build', '-o', program, source], { env: { ...process.env, ...golang } })
      write('checkpoint', checkpoint)
      for (const [path, data] of tiles) write(path, data)
      for (const tile of newTiles(0, size).filter(({ level }) => level === 'entries'))
        write(tilePath(tile), encodeEntries(entries.slice(tile.index * 256, tile.index * 256 + tile.width)))
    })
    afterAll(() => rmSync(folder, { recursive: true, force: true }))

    it(`accepts checkpoint, tiles, all ${size} entries and the head before`, () => {
      expect(ask()).toMatchObject({ stdout: `accepted: ${signer.name} ${size} entries\n`, status: 0 })
    })

    it('refuses another key, another earlier head, a changed entry and a changed tile', () => {
      const foreign = verifierKey(nodeCrypto, ed25519Signer(signer.name, bytesOf('foreign')))
      expect(ask(formatVkey(foreign)).stdout).toContain('refused: ')
      expect(ask(undefined, encodeBase64(leafHash(nodeCrypto, entries[0]!))).stdout).toContain('refused: ')
      for (const path of ['tile/entries/000', 'tile/0/001.p/44']) {
        const good = readFileSync(join(folder, path))
        const bad = Buffer.from(good)
        bad[20]! ^= 1
        write(path, bad)
        expect(ask(), path).toMatchObject({ stdout: expect.stringContaining('refused: '), status: 1 })
        write(path, good)
      }
      expect(ask().status).toBe(0)
    })
  })
})
