import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesOf, ed25519Signer, nodeCrypto } from '../testing/node-crypto.ts'
import {
  emptyFrontier,
  encodeBase64,
  encodeUtf8,
  formatCheckpoint,
  formatProof,
  LedgerError,
  openProof,
  parseCheckpoint,
  parseProof,
  policyOfKeys,
  proveInclusion,
  sequenceEntries,
  signNote,
  splitHashes,
  verifierKey,
} from './index.ts'

const log = ed25519Signer('example.com/log', bytesOf('log'))
const policy = policyOfKeys([verifierKey(nodeCrypto, log)])
const entries = Array.from({ length: 5 }, (_, i) => encodeUtf8(`entry ${i}`))
const batch = sequenceEntries(nodeCrypto, { origin: log.name, frontier: emptyFrontier, last: undefined }, entries)
const checkpoint = signNote(nodeCrypto, batch.text, [log])
const leaves = splitHashes(batch.tiles[0]!.data)

/** Reads only leaves: enough for trees whose inner nodes the test builds itself. */
const proofOf = (index: number) => {
  const hashes = proveInclusion(nodeCrypto, index, 5, (nodes) =>
    nodes.map((node) => {
      const part = leaves.slice(node.index * 2 ** node.level, (node.index + 1) * 2 ** node.level)
      return sequenceRoot(part)
    }),
  )
  return formatProof({ index, hashes, checkpoint })
}
const sequenceRoot = (part: readonly Uint8Array[]): Uint8Array =>
  part.length === 1
    ? part[0]!
    : nodeCrypto.sha256(
        Buffer.concat([
          Buffer.of(1),
          sequenceRoot(part.slice(0, part.length / 2)),
          sequenceRoot(part.slice(part.length / 2)),
        ]),
      )

describe('proof file', () => {
  it('proves each entry and no other', () => {
    for (const [index, entry] of entries.entries()) {
      const opened = openProof(nodeCrypto, proofOf(index), entry, policy)
      expect(opened).toMatchObject({ index, accepted: { origin: log.name, size: 5 } })
      expect(() => openProof(nodeCrypto, proofOf(index), encodeUtf8('another'), policy)).toThrow(
        `is not number ${index} of the 5`,
      )
    }
  })

  it('holds for no text with one character changed', () => {
    const text = proofOf(3)
    for (let i = 0; i < text.length; i++) {
      const changed = text.slice(0, i) + String.fromCharCode(text.charCodeAt(i) ^ 1) + text.slice(i + 1)
      expect(() => openProof(nodeCrypto, changed, entries[3]!, policy), `character ${i}`).toThrow(LedgerError)
    }
  })

  it('carries extra data, which proves nothing', () => {
    const proof = { ...parseProof(proofOf(1)), extra: encodeUtf8('extra') }
    expect(parseProof(formatProof(proof))).toEqual(proof)
    expect(formatProof(proof).split('\n')[1]).toBe('extra ZXh0cmE=')
  })

  it('refuses files of another form', () => {
    const text = proofOf(1)
    const wrong = [
      '',
      text.replace('@v1', '@v2'),
      text.replace('index 1', 'index 01'),
      text.replace('index 1\n', ''),
      text.replace('index 1', 'index -1'),
      text.replace('\n\n', '\n'),
      text.replace('index 1\n', `index 1\n${'AAAA\n'.repeat(5)}`),
      text.replace('index 1\n', `index 1\n${`${bytesOf('h').toString('base64')}\n`.repeat(64)}`),
      text.replace('index', 'extra ?\nindex'),
    ]
    for (const one of wrong) expect(() => openProof(nodeCrypto, one, entries[1]!, policy), one).toThrow(LedgerError)
  })

  it('says by a code and a place what is wrong, and allows as many hashes as a tree can have levels', () => {
    const text = proofOf(1)
    const hash = bytesOf('h')
    const withHashes = (...hashes: Uint8Array[]) =>
      text.replace('index 1\n', `index 1\n${hashes.map((one) => `${encodeBase64(one)}\n`).join('')}`)
    const many = (count: number) => withHashes(...Array.from({ length: count }, () => hash))
    const own = parseProof(text).hashes.length
    expect(parseProof(many(63 - own)).hashes).toHaveLength(63)
    const wrong: [string, string, string][] = [
      [text.replace('@v1', '@v2'), 'proof', 'line 1: A proof file begins with'],
      [text.replace('index', 'extra ?\nindex'), 'encoding', 'extra line: '],
      [text.replace('index 1', 'index x'), 'proof', 'names the index'],
      [withHashes(hash.subarray(1)), 'proof', 'has 32 bytes'],
      [withHashes(hash, hash).replace(encodeBase64(hash), '?'), 'encoding', 'proof hash 1: '],
      [many(64 - own), 'proof', 'at most 63'],
    ]
    for (const [file, code, message] of wrong) {
      const refused = { code, message: expect.stringContaining(message) }
      expect(() => parseProof(file), message).toThrow(expect.objectContaining(refused))
    }
  })

  it('ends every text as a proof or a LedgerError', () => {
    const parts = fc.constantFrom(
      'c2sp.org/tlog-proof@v1\n',
      'index 1\n',
      'extra AA==\n',
      '\n',
      `${bytesOf('h').toString('base64')}\n`,
      checkpoint,
      'x',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(parts).map((all) => all.join('')),
        ),
        (input) => {
          try {
            expect(formatProof(parseProof(input))).toBe(input)
          } catch (error) {
            expect(error).toBeInstanceOf(LedgerError)
          }
        },
      ),
    )
  })
})

describe('checkpoint', () => {
  it('reads what it writes, extension lines included', () => {
    const head = { origin: 'example.com/log', size: 0, root: new Uint8Array(bytesOf('root')), extensions: ['one more'] }
    expect(parseCheckpoint(formatCheckpoint(head))).toEqual(head)
  })

  it('refuses texts of another form', () => {
    const root = bytesOf('root').toString('base64')
    const wrong = [
      '',
      '\n',
      `a\n1\n${root}`,
      `\n1\n${root}\n`,
      `a\n01\n${root}\n`,
      `a\n-1\n${root}\n`,
      `a\n1\nAAAA\n`,
      `a\n1\n${root}\n\n`,
      `a\n9007199254740992\n${root}\n`,
    ]
    for (const text of [...wrong, `a\n1e3\n${root}\n`, `a\n1\n${root.replace('=', '')}\n`]) {
      expect(() => parseCheckpoint(text), JSON.stringify(text)).toThrow(LedgerError)
    }
    expect(() => formatCheckpoint({ origin: 'a\nb', size: 1, root: bytesOf('root') })).toThrow(LedgerError)
  })
})
