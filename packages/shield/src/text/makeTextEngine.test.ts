import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeFinder } from '../detect/find.ts'
import { makeDetectors, textDetectors } from '../detect/registry.ts'
import type { Links } from './engine.ts'
import { makeTextEngine } from './makeTextEngine.ts'
import { makeSpans } from './spans.ts'

const engine = makeTextEngine(makeFinder(textDetectors(makeDetectors())))
const encoder = new TextEncoder()
const decoder = new TextDecoder()

function linksOf(values: readonly (readonly [string, string])[]): Links {
  const parts = values.map(([, value]) => encoder.encode(value))
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  const links = {
    bytes,
    count: parts.length,
    start: new Int32Array(parts.length),
    end: new Int32Array(parts.length),
    type: Uint16Array.from(values, ([type]) => engine.types.indexOf(type)),
  }
  let at = 0
  for (const [index, part] of parts.entries()) {
    bytes.set(part, at)
    links.start[index] = at
    at += part.length
    links.end[index] = at
  }
  return links
}

/** The text with what was found in brackets. */
function shown(text: string, values: readonly (readonly [string, string])[] = []): string {
  const bytes = encoder.encode(text)
  const spans = makeSpans()
  engine.find(bytes, 0, bytes.length, linksOf(values), spans)
  let result = ''
  let at = 0
  for (let index = 0; index < spans.count; index += 1) {
    const [start, end] = [spans.start[index] ?? 0, spans.end[index] ?? 0]
    result += `${decoder.decode(bytes.subarray(at, start))}[${decoder.decode(bytes.subarray(start, end))}]`
    at = end
  }
  return result + decoder.decode(bytes.subarray(at))
}

/** What stands in brackets is what has to be found; the rest stays. */
function check(expected: string, values: readonly (readonly [string, string])[] = []): void {
  expect(shown(expected.replaceAll(/[\[\]]/gv, ''), values)).toBe(expected)
}

describe('names without links', () => {
  it.each([
    'Sehr geehrte Frau Dr. [Müller-Lüdenscheidt], Ihr Vertrag läuft aus.',
    'Herr [Koch] hat angerufen, die Rechnung fehlt.',
    'Kundin [Zwaglo] wünscht Rückruf am Montag.',
    'Dear Mr. [O’Brien], your order was shipped.',
    'Bonjour Madame [Lefèvre], votre commande est prête.',
    'Best regards,\n[Jane McAllister]\nSupport Team',
    'Mit freundlichen Grüßen\n[Zbyszko Brzęczyk]\nKundenservice',
    'Cordialement, [Jean-Pierre de la Fontaine]',
    'Name: [Kovačević], [Đorđe]',
    'user=[anna.weber] logged in',
    '[Xylos] called about the parcel',
    'Rücksprache mit [Peter Schneider] wegen Wartungsfenster',
    'FRAU [SCHMIDT] INFORMIERT',
    'Signed by [A. Weber] on behalf of the tenant',
    '[Weber], [Anna] – Mahnung versendet',
  ])('finds %s', (text) => check(text))

  it.each([
    'Die Kündigung wurde bestätigt; der Vertrag endet am 31. Dezember.',
    'Der Koch kocht im Keller.',
    'Our Support Team is available Monday to Friday.',
    'Docker Compose und Kubernetes Cluster mit PostgreSQL',
    'Im Mai haben wir die Preise für Strom und Gas angepasst.',
    'La livraison est retardée en raison des intempéries.',
    'Wartungsfenster, Gehaltsabrechnung und Nebenkostenabrechnung sind erledigt.',
    'Meeting notes: budget approved, launch moved to September.',
  ])('leaves %s', (text) => check(text))

  it('knows a name again that the text has shown', () => {
    check('Telefonat mit Frau [Zwaglo]. Später schrieb [Zwaglo] noch einmal.')
  })

  it('takes the words of a mail address for names in the same text', () => {
    check('[xilo.brandwex@example.org] – Brandwexer bleibt, [Brandwex] nicht')
  })
})

describe('values of the record', () => {
  const person = [
    ['name', 'Änne-Rose'],
    ['name', 'von Koch'],
    ['phone', '+49 30 23125012'],
  ] as const

  it.each([
    'KOCH meldet sich, der [Koch] will Geld',
    '[Aenne] war da, [ANNE] auch',
    'Vertrag von [Änne]s Mann',
    'Bitte [Ä. Koch] anrufen',
    'Login [akoch] gesperrt',
    'Der Vertrag [Kochs] endet',
    'Tel [030/23125012]',
    'frau [koch] ruft an',
  ])('finds %s', (text) => {
    const expected = text.startsWith('KOCH') ? `[KOCH]${text.slice(4)}` : text
    const found = shown(expected.replaceAll(/[\[\]]/gv, ''), person)
    expect(found).toContain(/\[[^\]]+\]/v.exec(expected)?.[0].slice(0, -1) ?? '')
  })

  it('takes the particle only before its name', () => {
    check('Le contrat de [Le Bihan] est signé', [['name', 'Le Bihan']])
    check('Brief von der Post', [['name', 'von Kerdruxo']])
  })

  it('leaves words that are also a name where they are written small', () => {
    check('wir kochen heute, die rose blüht', [['name', 'Rose']])
  })

  it('forgets them with the next record', () => {
    check('der Brandwexo bleibt')
    expect(shown('der Brandwexo bleibt', [['name', 'Brandwexo']])).toBe('der [Brandwexo] bleibt')
    check('der Brandwexo bleibt')
  })
})

describe('addresses', () => {
  it.each([
    'wohnhaft [Lindenstraße 5a, 10115 Berlin], Tür links',
    'an [Im Wiesengrund 49a, 53819 Köln] senden',
    'demeurant [12 bis rue de la Paix, 75002 Paris].',
    'lives at [7 Mill Close], [Leeds LS1 4AB] now',
    'wohnt seit Mai in [Castrop-Rauxel] zur Miete',
  ])('finds %s', (text) => {
    const found = shown(text.replaceAll(/[\[\]]/gv, ''))
    expect(found.replaceAll(/\](?<between>,? )\[/gv, '$<between>')).toBe(
      text.replaceAll(/\](?<between>,? )\[/gv, '$<between>'),
    )
  })

  it('takes a date straight behind a name for a birth', () =>
    check('Aufnahme: [Anna Weber] ([03.04.1980]), Befund folgt'))

  it('leaves a town by itself', () => check('Die Filiale Berlin ist geschlossen.'))
})

it('gives ranges in order, without overlap, within the text, for any bytes', () => {
  const spans = makeSpans()
  const links = linksOf([['name', 'Anna Weber']])
  const word = fc.constantFrom(
    'Anna',
    'Weber',
    'Herr',
    '12',
    'Straße',
    'a@b.example',
    ' ',
    ', ',
    '\n',
    '<',
    'é',
    'DE',
    '10115',
    'von',
    "O'",
    '.',
    '=',
    'user',
  )
  const text = fc.array(word).map((words) => encoder.encode(words.join('')))
  fc.assert(
    fc.property(fc.oneof(text, fc.uint8Array({ maxLength: 200 })), (bytes) => {
      engine.find(bytes, 0, bytes.length, links, spans)
      let last = 0
      for (let index = 0; index < spans.count; index += 1) {
        const [start, end] = [spans.start[index] ?? 0, spans.end[index] ?? 0]
        expect(start).toBeGreaterThanOrEqual(last)
        expect(end).toBeGreaterThan(start)
        expect(end).toBeLessThanOrEqual(bytes.length)
        last = end
      }
    }),
    { numRuns: 2000 },
  )
})

it('finds the same in a text longer than its window', () => {
  const line = 'Rücksprache mit Peter Schneider wegen Wartungsfenster.\n'
  const bytes = encoder.encode(line.repeat(4000))
  const spans = makeSpans()
  engine.find(bytes, 0, bytes.length, linksOf([]), spans)
  expect(spans.count).toBe(4000)
})

it.each(['A. ', 'Herr ', 'von ', "O'", 'Anna-', 'user.user=', '10115 Berlin, ', '5 a ', 'Dr. med. ', 'a', '1'])(
  'gets through a text of nothing but %s',
  (piece) => {
    const bytes = encoder.encode(piece.repeat(40_000 / piece.length))
    const spans = makeSpans()
    engine.find(bytes, 0, bytes.length, linksOf([['name', 'Anna von der Weber']]), spans)
    expect(spans.count).toBeLessThan(bytes.length)
  },
)

describe('texts that come again', () => {
  const agent = 'Mozilla/5.0 (X11; Linux x86_64) Weberei, lindner_3'

  it('holds nothing by itself, and what is of the record each time', () => {
    for (let turn = 0; turn < 2; turn += 1) {
      expect(shown(agent)).toBe(agent)
      expect(
        shown(
          agent,
          [['Anna Lindner', 'name']].map(([value, type]) => [type ?? '', value ?? '']),
        ),
      ).toBe('Mozilla/5.0 (X11; Linux x86_64) Weberei, [lindner]_3')
    }
  })

  it('is not taken for one that differs in a byte', () => {
    for (let before = 0; before < 16; before += 1) {
      const [front, behind] = ['x'.repeat(before), 'y'.repeat(40)]
      const text = `${front} 192.0.2.44x ${behind}`
      expect(shown(text)).toBe(text)
      check(`${front} [192.0.2.44], ${behind}`)
    }
  })

  it('is judged alike whatever was read before', () => {
    const text = 'die Straße ist gesperrt, Gutschein über 20 Euro'
    expect(shown('eins zwei drei vier fünf sechs sieben acht Road')).not.toContain('[')
    expect(shown(text)).toBe(text)
  })
})
