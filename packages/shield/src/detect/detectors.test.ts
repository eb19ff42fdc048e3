import { describe, expect, it } from 'vitest'
import { makeDetectors } from './registry.ts'
import { accepts, makeTyper, writeCanonical } from './type-of.ts'

const detectors = makeDetectors()
const encoder = new TextEncoder()
const decoder = new TextDecoder()

function takes(id: string, text: string): boolean {
  const detector = detectors.find((one) => one.id === id)
  const bytes = encoder.encode(text)
  return detector !== undefined && accepts(detector, bytes, 0, bytes.length)
}

function canonical(id: string, text: string): string {
  const detector = detectors.find((one) => one.id === id)
  const bytes = encoder.encode(text)
  const out = new Uint8Array(bytes.length + 20)
  if (detector === undefined) return ''
  const length = writeCanonical(detector, bytes, 0, bytes.length, out, 2)
  expect(length).toBeLessThanOrEqual(bytes.length + 16)
  return decoder.decode(out.subarray(2, 2 + length))
}

/** The last digit of these is not checked. */
const unchecked = new Set([
  'de.steuernummer',
  'de.bsnr',
  'gb.nino',
  'gb.licence',
  'mt.id',
  'dk.cpr',
  'bic',
  'de.lanr',
  'de.fuehrerschein',
  'vin',
])

describe.each(detectors.map((detector) => ({ id: detector.id, detector })))('$id', ({ id, detector }) => {
  it('takes its example, and also in the middle of other bytes', () => {
    expect(takes(id, detector.example)).toBe(true)
    const bytes = encoder.encode(`9${detector.example}9`)
    expect(accepts(detector, bytes, 1, bytes.length - 1)).toBe(true)
  })

  it('describes itself in both languages', () => {
    for (const words of [detector.title, detector.layout, detector.accuracy]) {
      expect(words.en.length > 2 && words.de.length > 2).toBe(true)
    }
    expect(detector.layout.en.endsWith('.') && detector.layout.de.endsWith('.')).toBe(true)
    expect(detector.source).toMatch(/^https:\/\//)
    expect(detector.basis).not.toBe('')
  })
})

const checked = detectors.filter(({ id, family }) => family !== 'structure' && !unchecked.has(id))

describe('a check digit at the end', () => {
  it.each(checked)('$id refuses its example with another last digit', ({ id, example }) => {
    const refused = Array.from({ length: 9 }, (_, i) =>
      example.replace(/\d(?=\D*$)/, (last) => String((Number(last) + i + 1) % 10)),
    ).filter((text) => !takes(id, text))
    expect(refused.length).toBeGreaterThanOrEqual(7)
  })
})

describe('checks that are not at the end', () => {
  it.each([
    ['de.lanr', '123456701'],
    ['de.fuehrerschein', 'B072RRE2I65'],
    ['vin', '1M8GDM9A1KP042788'],
    ['dk.cpr', '311162-5629'],
    ['gb.nino', 'GB 12 34 56 C'],
    ['gb.licence', 'MORGA699054SM9IJ'],
    ['mt.id', '0123456C'],
    ['bic', 'MARKXX11'],
    ['de.steuernummer', '1234 1678 90123'],
    ['de.bsnr', '000000000'],
  ])('%s refuses %s', (id, text) => {
    expect(takes(id, text)).toBe(false)
  })
})

describe('canonical forms', () => {
  it.each([
    ['iban', 'de02 1203 0000 0000 2020 51', 'DE02120300000000202051'],
    ['card', '4111-1111-1111-1111', '4111111111111111'],
    ['phone', '030 23125-0815', '+4930231250815'],
    ['phone', '+49 (0) 30 23125 0815', '+4930231250815'],
    ['phone', '0049 30 231250815', '+4930231250815'],
    ['phone', '(202) 555-0123', '+12025550123'],
    ['email', 'Anna.Beispiel%40Example.ORG', 'anna.beispiel@example.org'],
    ['email', 'mailto:a@example.org', 'a@example.org'],
    ['email', 'A.Beispiel(at)example.org', 'a.beispiel@example.org'],
    ['email', 'a [at] Example.org', 'a@example.org'],
    ['ipv6', '2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['ipv6', '::ffff:192.0.2.1', '::ffff:c000:201'],
    ['mac', '00-00-5E-00-53-AF', '00005e0053af'],
    ['date', '12. März 1984', '1984-03-12'],
    ['date', 'March 12, 1984', '1984-03-12'],
    ['date', '12/03/84', '1984-03-12'],
    ['de.kfz', 'b-ab 1234', 'BAB1234'],
  ])('%s writes %s as %s', (id, text, expected) => {
    expect(canonical(id, text)).toBe(expected)
  })
})

describe('the typer', () => {
  it('names what a value can be, the more certain first', () => {
    const typer = makeTyper(detectors)
    const out = new Uint16Array(detectors.length)
    const bytes = encoder.encode('86095742719')
    const count = typer.typesOf(bytes, 0, bytes.length, out)
    const ids = Array.from(out.subarray(0, count), (index) => detectors[index]?.id)
    expect(ids[0]).toBe('de.idnr')
    expect(ids).not.toContain('iban')
  })
})
