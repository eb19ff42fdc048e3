import { describe, expect, it } from 'vitest'
import { bytesOf, ed25519Signer, mlDsa44Signer, nodeCrypto } from '../testing/node-crypto.ts'
import {
  decodeBase64,
  decodeUtf8,
  encodeBase64,
  encodeUtf8,
  formatPrivateKey,
  isKeyOf,
  isPrivateKeyText,
  isWeakKey,
  nameOfKey,
  parsePrivateKey,
  payloadOf,
  preAuthentication,
  signEnvelope,
  verifierKey,
  verifyEnvelope,
} from './index.ts'
import type { Envelope } from './index.ts'

const type = 'application/vnd.example+json'
const signer = ed25519Signer('shop-nightly', bytesOf('drill'))
const key = verifierKey(nodeCrypto, signer)
const stranger = ed25519Signer('stranger', bytesOf('stranger'))
const payload = encodeUtf8('{"a":1}')
const envelope = signEnvelope(nodeCrypto, type, payload, signer)
const verify = (one: Envelope, keys = [key], as = type) => verifyEnvelope(nodeCrypto, as, one, keys)

const [signature] = envelope.signatures
const sig = signature?.sig ?? ''
/** The same bytes in another spelling: the last digit before the padding has four bits that say nothing. */
const spare = (text: string) =>
  text.replace(/(.)==$/, (_, digit: string) => `${digits[digits.indexOf(digit) + 1] ?? ''}==`)
const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const withSig = (text: string): Envelope => ({ ...envelope, signatures: [{ sig: text }] })

describe('an envelope', () => {
  it('signs what the example of the specification signs', () => {
    const signed = preAuthentication('http://example.com/HelloWorld', encodeUtf8('hello world'))
    expect(decodeUtf8(signed)).toBe('DSSEv1 29 http://example.com/HelloWorld 11 hello world')
    // Lengths are of bytes, not of characters.
    expect(decodeUtf8(preAuthentication('ä', encodeUtf8('€')))).toBe('DSSEv1 2 ä 3 €')
  })

  it('is verified by the key that signed it, wherever that stands among others', () => {
    expect(verify(envelope)).toEqual(key)
    expect(verify(envelope, [verifierKey(nodeCrypto, stranger), key])).toEqual(key)
    expect(decodeUtf8(payloadOf(envelope))).toBe('{"a":1}')
    expect(signature?.keyid).toBe(nameOfKey(key))
  })

  it('believes no hint about the key', () => {
    const forged = signEnvelope(nodeCrypto, type, payload, stranger).signatures[0]?.sig ?? ''
    const hinted = { ...envelope, signatures: [{ keyid: nameOfKey(key), sig: forged }] }
    expect(() => verify(hinted)).toThrow('No trusted key')
    expect(verify(withSig(sig))).toEqual(key)
  })

  it('is refused with every single bit of payload or signature changed', () => {
    const flipped = (bytes: Uint8Array, bit: number) => {
      const copy = Uint8Array.from(bytes)
      copy[bit >> 3]! ^= 1 << (bit & 7)
      return encodeBase64(copy)
    }
    const signatureBytes = decodeBase64(sig)
    for (let bit = 0; bit < payload.length * 8; bit++)
      expect(() => verify({ ...envelope, payload: flipped(payload, bit) })).toThrow('No trusted key')
    for (let bit = 0; bit < 512; bit++)
      expect(() => verify(withSig(flipped(signatureBytes, bit)))).toThrow('No trusted key')
  })

  it.each([
    ['no signature', { ...envelope, signatures: [] }, 'exactly one'],
    ['two signatures', { ...envelope, signatures: [...envelope.signatures, ...envelope.signatures] }, 'exactly one'],
    ['another type', { ...envelope, payloadType: 'text/plain' }, 'another type'],
    ['base64 without its padding', withSig(sig.replace(/=+$/, '')), 'standard base64'],
    ['base64 with spare bits', withSig(spare(sig)), 'standard base64'],
    [
      'base64 with a line break',
      { ...envelope, payload: `${envelope.payload.slice(0, 4)}\n${envelope.payload.slice(4)}` },
      'standard base64',
    ],
    ['base64 for addresses', withSig(`-_${sig.slice(2)}`), 'standard base64'],
    ['a signature that is too short', withSig(encodeBase64(decodeBase64(sig).subarray(1))), '64 bytes'],
  ])('is refused with %s', (_what, one, says) => {
    expect(() => verify(one)).toThrow(says)
  })

  it('is refused with the second form of its signature, which is S plus the order of the group', () => {
    const order = 2n ** 252n + 27742317777372353535851937790883648493n
    const bytes = decodeBase64(sig)
    const s = bytes.subarray(32).reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n) + order
    const other = Uint8Array.from({ length: 64 }, (_, i) =>
      i < 32 ? bytes[i]! : Number((s >> BigInt(8 * (i - 32))) & 255n),
    )
    expect(() => verify(withSig(encodeBase64(other)))).toThrow('No trusted key')
  })

  it('holds as the type that was signed only', () => {
    expect(() => verify({ ...envelope, payloadType: 'text/plain' }, [key], 'text/plain')).toThrow('No trusted key')
  })

  it('is signed by no other kind of key', () => {
    expect(() => signEnvelope(nodeCrypto, type, payload, mlDsa44Signer('later'))).toThrow('Ed25519')
  })
})

describe('keys', () => {
  it.each([
    ['1', `01${'00'.repeat(31)}`],
    ['1, with the sign', `01${'00'.repeat(30)}80`],
    ['1, as more than the prime', `ee${'ff'.repeat(30)}7f`],
    ['2', `ec${'ff'.repeat(30)}7f`],
    ['4', '00'.repeat(32)],
    ['4, as the prime', `ed${'ff'.repeat(30)}ff`],
    ['8', '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85'],
    ['8, the other one', 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a'],
  ])('are refused where they are a point of the order %s', (_order, hex) => {
    expect(isWeakKey(Uint8Array.from(Buffer.from(hex, 'hex')))).toBe(true)
    expect(isWeakKey(key.publicKey)).toBe(false)
  })

  it('come back from their line, which says whose they are', () => {
    const line = formatPrivateKey(key, bytesOf('drill'))
    expect(line).toMatch(/^PRIVATE\+KEY\+shop-nightly\+[0-9a-f]{8}\+/)
    const back = parsePrivateKey(line)
    expect(back).toEqual({ name: 'shop-nightly', id: key.id, seed: Uint8Array.from(bytesOf('drill')) })
    expect(isKeyOf(nodeCrypto, back, key.publicKey)).toBe(true)
    expect(isKeyOf(nodeCrypto, { ...back, name: 'other' }, key.publicKey)).toBe(false)
    expect([isPrivateKeyText(line), isPrivateKeyText('shop-nightly+00000000+AA==')]).toEqual([true, false])
  })

  it.each([
    '',
    'PRIVATE+KEY+a+b+c',
    'PRIVATE+KEY+a+00000000+AQ==',
    `PRIVATE+KEY+a+00000000+${encodeBase64(new Uint8Array(33))}`,
  ])('are no private ones: %j', (line) => {
    expect(() => parsePrivateKey(line)).toThrow('PRIVATE+KEY+name')
  })
})
