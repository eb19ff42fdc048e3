import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBase64, decodeUtf8, encodeBase64, encodeHex, encodeUtf8, LedgerError } from './index.ts'

describe('bytes', () => {
  it('writes base64 and hexadecimal as Node.js does and reads base64 back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
        expect(encodeHex(bytes)).toBe(Buffer.from(bytes).toString('hex'))
        expect(decodeBase64(encodeBase64(bytes))).toEqual(bytes)
      }),
    )
  })

  it('accepts one base64 spelling of each value', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9+/=_ ]{0,12}$/), (text) => {
        try {
          expect(encodeBase64(decodeBase64(text))).toBe(text)
        } catch (error) {
          expect(error).toBeInstanceOf(LedgerError)
        }
      }),
      { numRuns: 2000 },
    )
    for (const text of ['AA', 'AA=', 'AB==', 'AAB=', '====', 'A===', 'AA==AA==', 'AAA\n', '____', 'AAAé']) {
      expect(() => decodeBase64(text), text).toThrow('not standard base64')
    }
  })

  it('keeps a byte order mark and refuses what is not UTF-8', () => {
    expect(decodeUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).toBe('\ufeffa')
    for (const bytes of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xe2, 0x82]]) {
      expect(() => decodeUtf8(Uint8Array.from(bytes), 'here')).toThrow('here: This is not UTF-8')
    }
    expect(() => encodeUtf8('\udfff')).toThrow('lone surrogate')
  })
})
