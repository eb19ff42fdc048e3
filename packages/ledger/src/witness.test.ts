import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesOf, ed25519Signer, nodeCrypto } from '../testing/node-crypto.ts'
import {
  addCosignatures,
  answerSubmission,
  encodeUtf8,
  formatAddCheckpoint,
  formatCheckpoint,
  formatCosignatures,
  type Hash,
  leafHash,
  LedgerError,
  openNote,
  parseAddCheckpoint,
  parseNote,
  proveConsistency,
  readSubmission,
  signNote,
  treeRoot,
  verifierKey,
  type WitnessAnswer,
  type WitnessedHead,
} from './index.ts'

const log = ed25519Signer('example.com/log', bytesOf('log'))
const logKey = verifierKey(nodeCrypto, log)
const witness = ed25519Signer('witness.example/w', bytesOf('witness'), 0x04)
const witnessKey = verifierKey(nodeCrypto, witness)
const keysOf = (origin: string) => (origin === log.name ? [logKey] : [])

const entries = Array.from({ length: 40 }, (_, i) => Buffer.from(`entry ${i}`))
const hashes = entries.map((entry) => leafHash(nodeCrypto, entry))
const headOf = (size: number): WitnessedHead => ({ size, root: treeRoot(nodeCrypto, hashes.slice(0, size)) })
const noteOf = (head: WitnessedHead, signer = log, origin = log.name) =>
  signNote(nodeCrypto, formatCheckpoint({ origin, ...head }), [signer])
const proofOf = (from: number, to: number): Hash[] =>
  from === 0 || from === to
    ? []
    : proveConsistency(nodeCrypto, from, to, (nodes) =>
        nodes.map(({ level, index }) => treeRoot(nodeCrypto, hashes.slice(index << level, (index + 1) << level))),
      )

function answer(body: string | Uint8Array, known?: WitnessedHead): WitnessAnswer {
  const bytes = typeof body === 'string' ? encodeUtf8(body) : body
  const read = readSubmission(nodeCrypto, bytes, keysOf)
  return 'opened' in read ? answerSubmission(nodeCrypto, read, known) : read
}

const request = (oldSize: number, size: number, over: { proof?: Hash[]; checkpoint?: string } = {}) =>
  formatAddCheckpoint({ oldSize, proof: proofOf(oldSize, size), checkpoint: noteOf(headOf(size)), ...over })

describe('witness', () => {
  it('reads back the request that it writes, and the one of the specification', () => {
    const body = request(7, 40)
    expect(formatAddCheckpoint(parseAddCheckpoint(body))).toBe(body)
    const published = `old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=
`
    const parsed = parseAddCheckpoint(published)
    expect([parsed.oldSize, parsed.proof.length, parseNote(parsed.checkpoint).signatures.length]).toEqual([
      20_852_014, 4, 2,
    ])
    expect(formatAddCheckpoint(parsed)).toBe(published)
  })

  it('200: cosigns every step between all sizes up to 40, the first and the same one again', () => {
    let cosigned = 0
    for (let size = 1; size <= 40; size++) {
      for (let old = 0; old <= size; old++) {
        expect(answer(request(old, size), old === 0 ? undefined : headOf(old)), `${old} to ${size}`).toMatchObject({
          status: 200,
        })
        cosigned += 1
      }
    }
    expect(cosigned).toBe(860)
    expect(answer(request(0, 0))).toMatchObject({ status: 200 })
  })

  it('gives a cosignature with its time, which the log puts under its checkpoint', () => {
    const given = answer(request(7, 40), headOf(7))
    if (given.status !== 200) throw new Error('not cosigned')
    const body = formatCosignatures(nodeCrypto, given.submission, [witness], 1_795_000_000)
    expect(body).toMatch(/^— witness\.example\/w [A-Za-z0-9+/=]+\n$/)
    const foreign = ed25519Signer('other.example/w', bytesOf('other'), 0x04)
    const more = body + formatCosignatures(nodeCrypto, given.submission, [foreign], 1)
    const note = addCosignatures(nodeCrypto, given.submission.checkpoint, encodeUtf8(more), [witnessKey])
    const opened = openNote(nodeCrypto, note, [logKey, witnessKey])
    expect([opened.verified.map(({ posixTime }) => posixTime), opened.unknown]).toEqual([
      [undefined, 1_795_000_000],
      [],
    ])
  })

  it('a log takes no cosignature of another checkpoint, of another key, or none', () => {
    const given = answer(request(7, 39), headOf(7))
    if (given.status !== 200) throw new Error('not cosigned')
    const body = encodeUtf8(formatCosignatures(nodeCrypto, given.submission, [witness], 1))
    for (const [note, bytes, key] of [
      [noteOf(headOf(40)), body, witnessKey],
      [noteOf(headOf(39)), body, verifierKey(nodeCrypto, ed25519Signer(witness.name, bytesOf('other'), 0x04))],
      [noteOf(headOf(39)), encodeUtf8(''), witnessKey],
      [noteOf(headOf(39)), encodeUtf8('<html>\n'), witnessKey],
      [noteOf(headOf(39)), Uint8Array.of(0xff, 10), witnessKey],
    ] as const) {
      expect(() => addCosignatures(nodeCrypto, note, bytes, [key])).toThrow(LedgerError)
    }
  })

  it('404: a log that it does not know', () => {
    const stranger = ed25519Signer('stranger.example/log', bytesOf('stranger'))
    const checkpoint = noteOf(headOf(40), stranger, stranger.name)
    expect(answer(request(0, 40, { checkpoint }))).toMatchObject({ status: 404 })
  })

  it('403: nobody it trusts signed, also where the name is right or the text was changed', () => {
    const thief = ed25519Signer(log.name, bytesOf('thief'))
    const good = noteOf(headOf(40))
    for (const checkpoint of [noteOf(headOf(40), thief), good.replace('\n40\n', '\n41\n')]) {
      expect(answer(request(7, 40, { checkpoint }), headOf(7)), checkpoint).toMatchObject({ status: 403 })
    }
  })

  it('400: an old size beyond the checkpoint, and bodies that are no request', () => {
    expect(answer(request(7, 40).replace('old 7', 'old 41'), headOf(7))).toMatchObject({ status: 400 })
    const good = request(7, 40)
    const bad = [
      '',
      '\n\n',
      good.replace('old 7', 'old 07'),
      good.replace('old 7', 'Old 7'),
      good.replace('old 7', 'old -7'),
      good.replace('old 7', 'old 9007199254740992'),
      good.replace('old 7\n', 'old 7\r\n'),
      good.replace('old 7\n', 'old 7\nAAAA\n'),
      good.replace('old 7\n', `old 7\n${'A'.repeat(43)}\n`),
      good.replace('old 7\n', `old 7\n${`${'A'.repeat(43)}=\n`.repeat(64)}`),
      good.slice(0, -1),
      `${good}\n`,
      good.slice(0, good.indexOf('\n\n') + 2),
    ]
    for (const body of bad) expect(answer(body, headOf(7)), JSON.stringify(body)).toMatchObject({ status: 400 })
    expect(answer(Uint8Array.of(...encodeUtf8(good), 0xff), headOf(7))).toMatchObject({ status: 400 })
  })

  it('409 with the known size: an old size that is another one, and a rollback', () => {
    expect(answer(request(7, 40), headOf(20))).toMatchObject({ status: 409, size: 20, isFork: false })
    expect(answer(request(7, 40))).toMatchObject({ status: 409, size: 0, isFork: false })
    expect(answer(request(7, 12), headOf(20))).toMatchObject({ status: 409, size: 20, isFork: false })
    expect(answer(request(0, 12), headOf(20))).toMatchObject({ status: 409, size: 20, isFork: false })
  })

  it('409 as fork: another root for the known size, whatever old size is named', () => {
    const checkpoint = noteOf({ size: 20, root: bytesOf('other root') })
    for (const old of [0, 7, 20]) {
      const body = formatAddCheckpoint({ oldSize: old, proof: [], checkpoint })
      expect(answer(body, headOf(20))).toMatchObject({ status: 409, size: 20, isFork: true })
    }
    const empty = formatAddCheckpoint({
      oldSize: 0,
      proof: [],
      checkpoint: noteOf({ size: 0, root: bytesOf('not empty') }),
    })
    expect(answer(empty)).toMatchObject({ status: 409, size: 0, isFork: true })
  })

  it('422: a proof that does not hold, in each of its hashes, too short, too long, or where none belongs', () => {
    const proof = proofOf(7, 40)
    const bad = [
      ...proof.map((_, i) => proof.map((hash, j) => (i === j ? bytesOf('wrong') : hash))),
      proof.slice(1),
      [...proof, bytesOf('more')],
      [],
    ]
    for (const one of bad) expect(answer(request(7, 40, { proof: one }), headOf(7))).toMatchObject({ status: 422 })
    const other = { size: 7, root: bytesOf('another history') }
    expect(answer(request(7, 40), other)).toMatchObject({ status: 422 })
    expect(answer(request(40, 40, { proof: [bytesOf('x')] }), headOf(40))).toMatchObject({ status: 422 })
    expect(answer(request(0, 40, { proof: [bytesOf('x')] }))).toMatchObject({ status: 422 })
  })

  it('answers every body, and cosigns none that was changed in a byte', () => {
    const good = encodeUtf8(request(7, 40))
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const body = Uint8Array.from(good)
        body[at]! ^= change
        expect(answer(body, headOf(7)).status).not.toBe(200)
      }),
      { numRuns: 1000 },
    )
    const part = fc.constantFrom('old ', '0', '7', '\n', '\n\n', `${'A'.repeat(43)}=`, '— ', log.name, ' ', '\0', '40')
    const anything = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc.array(part, { maxLength: 40 }).map((parts) => encodeUtf8(parts.join(''))),
    )
    fc.assert(
      fc.property(anything, (body) => {
        expect([400, 403, 404]).toContain(answer(body).status)
      }),
      { numRuns: 1000 },
    )
  })
})
