import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  bytesOf,
  ed25519Signer,
  fromVectors,
  mlDsa44Signer,
  nodeCrypto,
  plainCrypto,
  vectors,
} from '../testing/node-crypto.ts'
import {
  addSignatures,
  formatVkey,
  LedgerError,
  openNote,
  parseNote,
  parseVkey,
  signNote,
  verifierKey,
} from './index.ts'

// The example of golang.org/x/mod/sumdb/note, which the signed-note format was taken from.
const vkey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
const text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
const note = `${text}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`

const alice = ed25519Signer('example.com/log', bytesOf('log'))
const aliceKey = verifierKey(nodeCrypto, alice)
const witness = ed25519Signer('witness.example/w', bytesOf('witness'), 0x04)
const checkpointText = `example.com/log\n3\n${bytesOf('root').toString('base64')}\n`

/** The parts of Wycheproof's Ed25519 file that are used. */
interface WycheproofFile {
  readonly testGroups: readonly {
    readonly publicKey: { readonly pk: string }
    readonly tests: readonly {
      readonly tcId: number
      readonly msg: string
      readonly sig: string
      readonly result: string
    }[]
  }[]
}

describe('note', () => {
  it('opens the example of the note package with its published key', () => {
    const opened = openNote(nodeCrypto, note, [parseVkey(nodeCrypto, vkey)])
    expect(opened).toMatchObject({ text, verified: [{ key: { name: 'PeterNeumann', id: 'c74f20a3' } }], unknown: [] })
  })

  it('writes a verifier key back as it was read', () => {
    expect(formatVkey(parseVkey(nodeCrypto, vkey))).toBe(vkey)
  })

  it('refuses every proper substring of a verifier key and every key with one character changed', () => {
    let refused = 0
    const refuse = (mangled: string) => {
      expect(() => parseVkey(nodeCrypto, mangled), mangled).toThrow(LedgerError)
      refused += 1
    }
    for (let from = 0; from < vkey.length; from++) {
      for (let to = from; to <= vkey.length; to++) {
        if (to - from < vkey.length) refuse(vkey.slice(from, to))
      }
    }
    for (let i = 0; i < vkey.length; i++) {
      for (const step of [1, -1, 2, 128])
        refuse(vkey.slice(0, i) + String.fromCharCode(vkey.charCodeAt(i) + step) + vkey.slice(i + 1))
    }
    expect(refused).toBe((vkey.length * (vkey.length + 1)) / 2 - 1 + vkey.length + 4 * vkey.length)
  })

  it('refuses key names with white space, plus or nothing', () => {
    for (const name of ['', 'a b', 'a+b', 'a\u00a0b', 'a\u0085b', 'a\nb', 'a\u3000b', '\ud800']) {
      expect(() => verifierKey(nodeCrypto, { ...alice, name })).toThrow(LedgerError)
    }
  })

  it('signs what it opens', () => {
    const signed = signNote(nodeCrypto, text, [alice])
    expect(openNote(nodeCrypto, signed, [aliceKey]).text).toBe(text)
  })

  it('ignores signatures of unknown keys, also those that share only the name or only the id', () => {
    const stranger = ed25519Signer(alice.name, bytesOf('stranger'))
    const signed = signNote(nodeCrypto, text, [stranger, alice])
    const opened = openNote(nodeCrypto, signed, [aliceKey])
    expect(opened.verified).toHaveLength(1)
    expect(opened.unknown).toHaveLength(1)
    expect(() => openNote(nodeCrypto, signNote(nodeCrypto, text, [stranger]), [aliceKey])).toThrow(
      'No signature of a trusted key',
    )
    const renamed = { ...aliceKey, name: 'example.com/other' }
    expect(() => openNote(nodeCrypto, signed, [renamed])).toThrow('No signature of a trusted key')
  })

  it('refuses a note as a whole when a known key signed something else', () => {
    const other = parseNote(signNote(nodeCrypto, 'other\n', [witness]))
    const mixed = addSignatures(signNote(nodeCrypto, text, [alice]), other.signatures)
    expect(openNote(nodeCrypto, mixed, [aliceKey]).verified).toHaveLength(1)
    expect(() => openNote(nodeCrypto, mixed, [aliceKey, verifierKey(nodeCrypto, witness)])).toThrow(
      'does not belong to this text',
    )
  })

  it('accepts a hundred signatures and refuses more', () => {
    const signers = Array.from({ length: 100 }, (_, i) => ed25519Signer(`w${i}.example`, bytesOf(`w${i}`)))
    const signed = signNote(nodeCrypto, text, [...signers.slice(1), alice])
    expect(openNote(nodeCrypto, signed, [aliceKey]).unknown).toHaveLength(99)
    expect(() => openNote(nodeCrypto, signNote(nodeCrypto, text, [...signers, alice]), [aliceKey])).toThrow(
      'at most 100',
    )
  })

  it('carries the time of a cosignature and binds it', () => {
    const signed = signNote(nodeCrypto, checkpointText, [witness], 1_679_315_147)
    const key = verifierKey(nodeCrypto, witness)
    expect(openNote(nodeCrypto, signed, [key]).verified).toEqual([{ key, posixTime: 1_679_315_147 }])
    const { signatures } = parseNote(signed)
    const later = signatures.map((line) => ({
      ...line,
      signature: Uint8Array.from(line.signature, (b, i) => (i === 7 ? b + 1 : b)),
    }))
    expect(() =>
      openNote(nodeCrypto, addSignatures(signNote(nodeCrypto, checkpointText, [alice]), later), [key]),
    ).toThrow('does not belong to this text')
  })

  it('reads no time out of a plain signature, whatever it begins with', () => {
    // One signature of some two thousand begins with a number that could be a time.
    const beginsLikeTime = (note: string) => {
      const [line] = parseNote(note).signatures
      return line?.signature[0] === 0 && line.signature[1]! < 0x20
    }
    const notes = Array.from({ length: 20_000 }, (_, i) => i)
    const found = notes.find((i) => beginsLikeTime(signNote(nodeCrypto, `${i}\n`, [alice])))
    const signed = signNote(nodeCrypto, `${found}\n`, [alice])
    expect(beginsLikeTime(signed)).toBe(true)
    expect(openNote(nodeCrypto, signed, [aliceKey]).verified).toEqual([{ key: aliceKey }])
  })

  it('signs with ML-DSA-44 under names of up to 255 bytes, whose length is one byte of what is signed', () => {
    const named = (name: string) => () => signNote(nodeCrypto, checkpointText, [mlDsa44Signer(name)])
    expect(named('a'.repeat(255))).not.toThrow()
    expect(named('a'.repeat(256))).toThrow('longer than 255 bytes')
  })

  it('opens an ML-DSA-44 line beside an Ed25519 one, and reports it as unchecked without a verifier', () => {
    const second = mlDsa44Signer(alice.name)
    const key = verifierKey(nodeCrypto, second)
    const signed = signNote(nodeCrypto, checkpointText, [alice, second])
    expect(openNote(nodeCrypto, signed, [aliceKey, key]).verified).toHaveLength(2)
    expect(openNote(plainCrypto, signed, [aliceKey, key])).toMatchObject({
      verified: [{ key: aliceKey }],
      unchecked: [key],
    })
    expect(() => openNote(plainCrypto, signed, [key])).toThrow('No signature of a trusted key')
    expect(parseVkey(nodeCrypto, formatVkey(key))).toEqual(key)
    const forged = addSignatures(
      signNote(nodeCrypto, checkpointText.replace('3', '4'), [alice]),
      parseNote(signed).signatures.slice(1),
    )
    expect(() => openNote(nodeCrypto, forged, [aliceKey, key])).toThrow('does not belong to this text')
  })

  it('refuses texts and notes that are not of the form', () => {
    for (const bad of ['', 'no newline', 'tab\there\n', 'cr\r\n', '\ud800\n']) {
      expect(() => signNote(nodeCrypto, bad, [alice]), JSON.stringify(bad)).toThrow(LedgerError)
    }
    expect(() => signNote(nodeCrypto, text, [])).toThrow('needs a signature')
    const line = note.slice(text.length + 1)
    const bad = [
      text,
      `${text}\n`,
      note.slice(0, -1),
      `${note}\n`,
      note.replace('— ', '- '),
      note.replace('— ', '—  '),
      `\n${line}`,
      note.replace('=', ''),
    ]
    for (const one of [...bad, note.replace('M=', 'N='), `${text}\n— x AAAAAA==\n`]) {
      expect(() => parseNote(one), JSON.stringify(one)).toThrow(LedgerError)
    }
    expect(() => parseNote('a'.repeat(1_000_001))).toThrow('at most')
  })

  it('ends every text as a note or a LedgerError', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.constantFrom('\n', '— ', 'x ', 'AAAAAAAA', '=', 'a', ' ')).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(anything, (input) => {
        for (const act of [() => openNote(nodeCrypto, input, [aliceKey]), () => parseVkey(nodeCrypto, input)]) {
          expect(act).toThrow(LedgerError)
        }
      }),
      { numRuns: 500 },
    )
  })

  it.skipIf(vectors === undefined)(`verifies Ed25519 as all 151 Wycheproof cases say ${fromVectors}`, () => {
    const text = readFileSync(join(vectors!, 'wp/ed25519_test.json'), 'utf8')
    const { testGroups } = JSON.parse(text) as WycheproofFile
    let count = 0
    for (const group of testGroups) {
      for (const { tcId, msg, sig, result } of group.tests) {
        const ok = nodeCrypto.verifyEd25519(
          Buffer.from(group.publicKey.pk, 'hex'),
          Buffer.from(msg, 'hex'),
          Buffer.from(sig, 'hex'),
        )
        expect({ tcId, result: ok ? 'valid' : 'invalid' }).toEqual({ tcId, result })
        count += 1
      }
    }
    expect(count).toBe(151)
  })
})
