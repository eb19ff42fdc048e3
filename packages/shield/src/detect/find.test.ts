import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeSpans } from '../text/spans.ts'
import { makeFinder } from './find.ts'
import { makeDetectors, textDetectors } from './registry.ts'

const detectors = makeDetectors()
const finder = makeFinder(textDetectors(detectors))
const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** What is found in a text: type and words. */
function found(text: string): string[] {
  const bytes = encoder.encode(text)
  const spans = makeSpans(2)
  finder.find(bytes, 0, bytes.length, spans)
  return Array.from(
    { length: spans.count },
    (_, i) =>
      `${finder.detectors[spans.type[i] ?? 0]?.id} ${decoder.decode(bytes.subarray(spans.start[i], spans.end[i]))}`,
  )
}

const texts: readonly (readonly [text: string, ...expected: string[]])[] = [
  // German
  ['Kundin geb. 12.03.1984, Tel. 030 23125081.', 'birth-date 12.03.1984', 'phone 030 23125081'],
  ['geboren am 3. März 1979 in Köln', 'birth-date 3. März 1979'],
  ['Geburtsdatum:1984-03-12', 'birth-date 1984-03-12'],
  ['geb.12.03.84', 'birth-date 12.03.84'],
  ['Termin am 12.03.2024 um 14:00 Uhr'],
  ['IBAN: DE02 1203 0000 0000 2020 51 bitte', 'iban DE02 1203 0000 0000 2020 51'],
  ['iban de02120300000000202051', 'iban de02120300000000202051'],
  ['DE02\u00a01203\u20090000\u200b0000\u202f2020\u00a051', 'iban DE02\u00a01203\u20090000\u200b0000\u202f2020\u00a051'],
  ['Karte 4111 1111 1111 1111, gültig', 'card 4111 1111 1111 1111'],
  ['4111‑1111‑1111‑1111', 'card 4111‑1111‑1111‑1111'],
  ['４１１１１１１１１１１１１１１１', 'card ４１１１１１１１１１１１１１１１'],
  ['Steuer-ID 86095742719', 'de.idnr 86095742719'],
  ['IdNr. 86 095 742 719', 'de.idnr 86 095 742 719'],
  ['SV-Nummer 15 070649 C 103', 'de.svnr 15 070649 C 103'],
  ['Wert 15070649C103 notiert', 'de.svnr 15070649C103'],
  ['KVNR: A123456780', 'de.kvnr A123456780'],
  ['Steuernummer 21/815/08150', 'de.steuernummer 21/815/08150'],
  ['Ausweis L01X00T471', 'de.personalausweis L01X00T471'],
  ['Rufen Sie +49 (0) 30 23125-0815 an', 'phone +49 (0) 30 23125-0815'],
  ['mobil 0171/1234567 oder 0151 23456789', 'phone 0171/1234567', 'phone 0151 23456789'],
  ['Sie wohnt Berliner Straße 12a, 10115 Berlin.', 'street Berliner Straße 12a', 'postcode 10115 Berlin'],
  ['Goethestr. 5-7 in 60313 Frankfurt am Main', 'street Goethestr. 5-7', 'postcode 60313 Frankfurt am Main'],
  ['Wagen B-AB 1234 steht, MÜ-X 7 auch', 'de.kfz B-AB 1234', 'de.kfz MÜ-X 7'],
  ['AHV 756.1234.5678.97', 'ch.ahv 756.1234.5678.97'],
  ['SVNR 1237 010180', 'at.svnr 1237 010180'],
  ['Passwort: geheim123.', 'secret geheim123'],
  // English
  ['born March 12, 1984, NI number AB 12 34 56 C', 'birth-date March 12, 1984', 'gb.nino AB 12 34 56 C'],
  ['call (202) 555-0123 or +44 7700 900123', 'phone (202) 555-0123', 'phone +44 7700 900123'],
  ['221B Baker Street, London NW1 6XE', 'street 221B Baker Street', 'postcode NW1 6XE'],
  ['mail to jane+tag@example.co.uk.', 'email jane+tag@example.co.uk'],
  ['<mailto:jane@example.org>', 'email jane@example.org'],
  ['q=jane%40example.org&x', 'email jane%40example.org'],
  ['jane&#64;example.org', 'email jane&#64;example.org'],
  ['write to jane.doe (at) example.org.', 'email jane.doe (at) example.org'],
  ['jane(at)example.org, or else', 'email jane(at)example.org'],
  ['Vienna (AT) example.at'],
  ['look (at) it, (at) once'],
  ['jürgen.müller@bücher.example', 'email jürgen.müller@bücher.example'],
  ['from 192.0.2.44 and fe80::1%eth0', 'ipv4 192.0.2.44', 'ipv6 fe80::1%eth0'],
  ['::ffff:192.0.2.1 [2001:db8::1]:443', 'ipv6 ::ffff:192.0.2.1', 'ipv6 2001:db8::1'],
  ['mac 00:00:5e:00:53:af', 'mac 00:00:5e:00:53:af'],
  ['user=jdoe42 logged in', 'username jdoe42'],
  ['Authorization: Bearer abcDEF0123456789abcdef', 'secret abcDEF0123456789abcdef'],
  ['"api_key":"abcdEFGH12345678"', 'secret abcdEFGH12345678'],
  ['key AKIAIOSFODNN7EXAMPLE used', 'secret AKIAIOSFODNN7EXAMPLE'],
  ['see https://example.org/reset?token=9f86d081884c7d65 now', 'url https://example.org/reset?token=9f86d081884c7d65'],
  ['at 52.520008, 13.404954 now', 'geo 52.520008, 13.404954'],
  ['IMEI 490154203237518, VIN 1M8GDM9AXKP042788', 'imei 490154203237518', 'vin 1M8GDM9AXKP042788'],
  ['VAT DE136695976 and ATU13585627', 'vat DE136695976', 'vat ATU13585627'],
  // French
  ['née le 12 mars 1984, tél. 06 12 34 56 78', 'birth-date 12 mars 1984', 'phone 06 12 34 56 78'],
  ['né le 1er mars 1979', 'birth-date 1er mars 1979'],
  ['n° de sécurité sociale 2 55 08 14 168 025 38', 'fr.nir 2 55 08 14 168 025 38'],
  ['habite 12 rue de la Paix, 75002 Paris', 'street 12 rue de la Paix', 'postcode 75002 Paris'],
  ['5 bis avenue des Champs-Élysées', 'street 5 bis avenue des Champs-Élysées'],
  ['véhicule AB-123-CD', 'plate AB-123-CD'],
  ['mot de passe : secret42', 'secret secret42'],
  // beside and around a UUID
  ['password=550e8400-e29b-41d4-a716-446655440000', 'secret 550e8400-e29b-41d4-a716-446655440000'],
  ['550e8400-e29b-41d4-a716-446655440000@example.org', 'email 550e8400-e29b-41d4-a716-446655440000@example.org'],
  ['of 550e8400-e29b-41d4-a716-446655440000, 4111 1111 1111 1111', 'card 4111 1111 1111 1111'],
  ['user 550e8400-e29b-41d4-a716-446655440000: 192.0.2.44', 'ipv4 192.0.2.44'],
  // what is to stay
  ['DE02 1203 0000 0000 2020 52'],
  ['4111 1111 1111 1112'],
  ['Steuer-ID 86095742718'],
  ['Version 1.25.829.5 und v1.2.3.4, Chrome/120.0.0.0'],
  ['Bestellung 4111111111111111 und Auftrag 86095742719'],
  ['Bestellnummer 302-1234567-1234567'],
  ['Nummer 12345678901 steht da'],
  ['Karte 4123 0456 1234 5671 abgelehnt'],
  ['Sendungsnummer 00340434161094042557'],
  ['tracking 1Z999AA10123456784, JJD000390007823456789'],
  ['550e8400-e29b-41d4-a716-446655440000'],
  ['trace=1fd6ca7a-6416-4724-8b04-cc6d6199484f, be22fa37-0a6c-4586-82b5-bf43982e8c95'],
  ['e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['da39a3ee5e6b4b0d3255bfef95601890afd80709'],
  ['2026-11-23T01:36:07.123Z 12:30:45 1764000000 1764000000000'],
  ['Preis 1.234,56 € und 12.345.678,90 EUR, 99,95 %'],
  ['order 2024-00123, invoice RE-2024-001234'],
  ['logo@2x.png left-pad@1.3.0 @media root@localhost'],
  ['std::cafe a::b 3:2 x == y'],
  ['50000 Euro und 10000 Stück, Platz 1, Seite 12 Straße'],
  ['https://example.org/page?lang=de&page=2'],
  ['token: 15 password: must be long'],
  ['DIN EN 1234, ISO 27001, RFC 2119, A4 210 x 297'],
  ['ISBN 978-3-16-148410-0, EAN 4006381333931'],
]

describe('the finder', () => {
  it.each(texts.map(([text, ...expected]) => ({ text, expected })))(
    'finds in "$text" what is there',
    ({ text, expected }) => {
      expect(found(text)).toEqual(expected)
    },
  )

  const identifiers = finder.detectors.filter((one) => one.family === 'identifier' && one.id !== 'sk.rc')

  it.each(identifiers.map((detector) => ({ id: detector.id, detector })))(
    'finds $id behind its words',
    ({ id, detector }) => {
      const cue = detector.family === 'identifier' ? detector.cues[0] : ''
      expect(found(`Bitte prüfen: ${cue} ${detector.example}, danke.`)).toEqual([`${id} ${detector.example}`])
    },
  )

  it('yields spans in order, without overlap and within the range, and never throws', () => {
    const piece = fc.oneof(
      fc.constantFrom(...detectors.map(({ example }) => example)),
      fc.constantFrom(
        '@',
        '%40',
        '&#64;',
        '://',
        '::',
        '-----BEGIN ',
        '+49',
        '00',
        '=',
        ' ',
        '\n',
        'Tel. ',
        'geb. ',
        '\u00a0',
        '０',
        '"',
      ),
      fc.string({ unit: 'binary', maxLength: 8 }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.nat(6), fc.nat(6), (pieces, before, behind) => {
        const bytes = encoder.encode(pieces.join(''))
        const start = Math.min(before, bytes.length)
        const end = Math.max(start, bytes.length - behind)
        const spans = makeSpans(1)
        finder.find(bytes, start, end, spans)
        const alone = makeSpans(1)
        finder.find(bytes.slice(start, end), 0, end - start, alone)
        let last = start
        for (let i = 0; i < spans.count; i++) {
          const from = spans.start[i] ?? -1
          const to = spans.end[i] ?? -1
          expect(from >= last && to > from && to <= end).toBe(true)
          expect([from - start, to - start]).toEqual([alone.start[i], alone.end[i]])
          last = to
        }
        expect(spans.count).toBe(alone.count)
      }),
      { numRuns: 400 },
    )
  })

  it('remembers nothing of the number before', () => {
    const whole = encoder.encode('202-555-0123')
    finder.find(whole, 0, whole.length, makeSpans(1))
    for (const text of ['856-734', '943 476']) {
      const bytes = encoder.encode(`${text}-62-15`)
      const spans = makeSpans(1)
      finder.find(bytes, 0, text.length, spans)
      expect(spans.count).toBe(0)
    }
  })

  it('takes hostile bytes as they come', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        finder.find(bytes, 0, bytes.length, makeSpans(1))
      }),
      { numRuns: 500 },
    )
  })

  it('is linear: four times as much of the same reads four times as many bytes, and no byte very often', () => {
    const benign = reads('Die Kundin rief heute an. ', 1000)
    for (const unit of hostile) {
      const small = reads(unit, 1000)
      const large = reads(unit, 4000)
      expect(large / small, unit).toBeLessThan(5.5)
      expect(large / 4 / benign, unit).toBeLessThan(1500)
    }
  })
})

const hostile = [
  '1',
  '@',
  '+',
  ':',
  'a@',
  '1 ',
  '+1',
  '-',
  '=',
  'a:',
  '1.',
  '%40',
  'a',
  '1-',
  'A1 ',
  'Bearer ',
  'eyJ1',
  'x=a://',
  '&#64;',
  '::1',
  'Straße 1',
  'http://a?a=',
  'password=x ',
  '-----BEGIN ',
  'sk-',
  'a_1',
  'user: ',
  '0 ',
  '1/',
  '(1',
  '１',
  'a.1@',
]

/** How many bytes the finder reads in `size` bytes of one unit repeated. */
function reads(unit: string, size: number): number {
  let count = 0
  const counted = new Proxy(encoder.encode(unit.repeat(Math.ceil(size / unit.length))), {
    get(target, key): unknown {
      count++
      return Reflect.get(target, key, target)
    },
  })
  finder.find(counted, 0, encoder.encode(unit).length * Math.ceil(size / unit.length), makeSpans(8))
  return count
}
