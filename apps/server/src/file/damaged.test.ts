import { crc32, deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makePng, pngChunk } from '../../../../scripts/testing/png.ts'
import { changed, changes, seeded } from '../../../../scripts/testing/fuzz.ts'
import { AppError } from '../kernel/index.ts'
import { readPng } from '../paper/png.ts'
import { gif, jpeg, letter, office, pdf, webp } from './testing/samples.ts'
import { typeOf } from './type.ts'

const samples = {
  pdf,
  png: makePng(),
  jpeg,
  gif,
  webp,
  letter,
  docx: office.docx(),
  odt: office.odt(),
  xml: Buffer.from('<?xml version="1.0"?><!-- a --><report><line/></report>'),
  json: Buffer.from('{"accounts": [1, 2]}'),
  table: Buffer.from('name;issued\r\n"Key; front";2\r\nCard;4\r\n'),
}

describe('a file that somebody sends', () => {
  it.each(Object.entries(samples))('as %s, damaged anywhere, is of a known type or refused', async (_, good) => {
    await fc.assert(
      fc.asyncProperty(changes, async (list) => {
        const type = await typeOf(changed(good, list)).catch((error: unknown) => {
          expect(error).toBeInstanceOf(AppError)
          return 'refused'
        })
        expect(type).toMatch(/^(refused|(application|image|message|text)\/[\w.+-]+)$/)
      }),
      seeded(300),
    )
  })

  it('of any bytes is of a known type or refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        await typeOf(Buffer.from(bytes)).catch((error: unknown) => expect(error).toBeInstanceOf(AppError))
      }),
      seeded(2_000),
    )
  })
})

describe('a picture for a letterhead', () => {
  const limits = { width: 64, height: 64, least: 1 }
  const isPicture = (file: Buffer) => {
    const read = readPng(file, limits)
    if (read.problem !== undefined) return
    expect(read.width <= 64 && read.height <= 64).toBe(true)
    expect(readPng(read.bytes, limits)).toEqual(read)
  }

  it('damaged anywhere is written anew, or refused', () => {
    fc.assert(
      fc.property(changes, (list) => isPicture(changed(makePng(), list))),
      seeded(1_000),
    )
  })

  it('with right sums around wrong parts is written anew, or refused', () => {
    const head = fc
      .tuple(fc.nat(70), fc.nat(70), fc.nat(17), fc.nat(7), fc.nat(1), fc.nat(1), fc.nat(2))
      .map(([width, height, ...rest]) => Buffer.from([0, 0, 0, width, 0, 0, 0, height, ...rest]))
    const bytes = fc.uint8Array({ maxLength: 80 }).map((one) => Buffer.from(one))
    const chunk = fc.oneof(
      head.map((data) => pngChunk('IHDR', data)),
      bytes.map((data) => pngChunk('IDAT', deflateSync(data))),
      fc
        .tuple(fc.constantFrom('PLTE', 'tRNS', 'IDAT', 'IEND', 'tEXt', 'acTL'), bytes)
        .map(([name, data]) => pngChunk(name, data)),
    )
    fc.assert(
      fc.property(head, fc.array(chunk, { maxLength: 6 }), (first, more) => {
        const end = pngChunk('IEND', Buffer.alloc(0))
        expect(crc32('IEND')).toBe(end.readUInt32BE(8))
        isPicture(Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), pngChunk('IHDR', first), ...more, end]))
      }),
      seeded(1_000),
    )
  })
})
