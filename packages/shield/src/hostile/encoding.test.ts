import { describe, expect, test } from 'vitest'
import { openInput } from '../file/input.ts'
import { profile } from '../file/profile.ts'
import { csvPlan, pieces, shielded } from './shielded.ts'

const plan = csvPlan('a: { type: code, do: keep }', 'b: { type: name, do: delete }', 'c: { type: text, do: text }')
const text = 'a,b,c\n1,Jörn Ölßner,mail k@example.com\n2,Zoë,nichts\n'
const clean = 'a,b,c\n1,,mail [email]\n2,,nichts\n'

const swapped = (bytes: Buffer) => Buffer.from(bytes).swap16()

describe('another encoding', () => {
  test.each([
    ['utf-16le', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['utf-16le', Buffer.from(text, 'utf16le')],
    ['utf-16be', swapped(Buffer.from(`\uFEFF${text}`, 'utf16le'))],
    ['utf-16be', swapped(Buffer.from(text, 'utf16le'))],
    ['windows-1252', Buffer.from(text, 'latin1')],
  ])('%s is told, and comes out as UTF-8', async (encoding, bytes) => {
    const input = await openInput(pieces(bytes))
    expect(input.encoding).toBe(encoding)
    expect((await profile(input, undefined)).encoding).toBe(encoding)
    const done = await shielded(bytes, `encoding: ${encoding}\n${plan}`)
    expect(done.text.replace('\uFEFF', '')).toBe(clean)
    expect((await shielded(bytes, plan).catch(() => ({ text: '' }))).text).not.toContain('Zo')
  })

  test('in the middle leaves every byte outside of changed cells as it is', async () => {
    const odd = Buffer.from([0xc3, 0x28, 0xff, 0xfe, 0x80, 0xed, 0xa0, 0x80])
    const filling = Buffer.from('1,Karla,ok\n'.repeat(200_000))
    const bytes = Buffer.concat([
      Buffer.from('a,b,c\n'),
      filling,
      odd,
      Buffer.from(',Karla,'),
      odd,
      Buffer.from(' k@example.com '),
      odd,
      Buffer.from('\n'),
      filling,
    ])
    const kept = Buffer.from('1,,ok\n'.repeat(200_000))
    const done = await shielded(bytes, plan)
    const wanted = Buffer.concat([
      Buffer.from('a,b,c\n'),
      kept,
      odd,
      Buffer.from(',,'),
      odd,
      Buffer.from(' [email] '),
      odd,
      Buffer.from('\n'),
      kept,
    ])
    expect(done.bytes.equals(wanted)).toBe(true)
  })

  test('that ends within a character is refused, or nothing of it is lost', async () => {
    const bytes = Buffer.from(text, 'utf16le').subarray(0, -1)
    await expect(shielded(bytes, `encoding: utf-16le\n${plan}`)).rejects.toThrow('is not utf-16le')
  })
})
