import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { today } from './fixtures.ts'
import { readDocument, readText, ReaderError } from './index.ts'

const words = [
  'Firewall',
  'Zutritt',
  'nur',
  'für',
  'Backups',
  'daily',
  'encrypted',
  'with',
  'TLS 1.2',
  '(e.g.',
  'PIN)',
  ';',
  '.',
  ':',
  '|',
  '- ',
  '# ',
  '\n',
  '\n\n',
  '☒',
  '[ ]',
  '**',
  'geplant',
  '1.',
  '  ',
  '---',
  '<b>',
  '&',
  'Art. 32',
  '[X](y)',
  '```',
  '\t',
]
const mess = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 120 }).map((parts) => parts.join(' '))
const names = fc.constantFrom('a.txt', 'a.md', 'a.html', 'a.docx', 'a.pdf', 'a')

describe('any input', () => {
  it('ends as a result or a typed error, whatever the bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 600 }), names, async (bytes, name) => {
        await readDocument(bytes, { name, now: today }).catch((error: unknown) =>
          expect(error).toBeInstanceOf(ReaderError),
        )
      }),
      { numRuns: 150 },
    )
  })

  it('ends as a result or a typed error, whatever follows a magic number', async () => {
    const magic = fc.constantFrom('%PDF-1.4\n', 'PK\u0003\u0004', '<html>', '<table><tr>', '{\\rtf')
    await fc.assert(
      fc.asyncProperty(magic, fc.string({ maxLength: 300 }), async (start, rest) => {
        await readDocument(new TextEncoder().encode(start + rest), { name: 'a', now: today }).catch((error: unknown) =>
          expect(error).toBeInstanceOf(ReaderError),
        )
      }),
      { numRuns: 60 },
    )
  })

  it('accounts for every word outside of code and rules in some statement', () => {
    fc.assert(
      fc.property(mess, (text) => {
        const result = attempt(text)
        if (result === null || text.includes('```') || text.includes('---')) return
        const said = letters(result.statements.map((one) => one.text).join(' '))
        for (const word of ['Firewall', 'Zutritt', 'Backups', 'encrypted', 'geplant'])
          expect(count(said, word)).toBe(count(letters(text), word))
      }),
      { numRuns: 200 },
    )
  })

  it('keeps lines in order and inside the document, ids unique and confidences between 0 and 1', () => {
    fc.assert(
      fc.property(mess, (text) => {
        const result = attempt(text)
        if (result === null) return
        const lines = result.statements.map((one) => one.line)
        expect(lines).toEqual(lines.toSorted((a, b) => a - b))
        expect(lines.every((line) => line >= 1 && line <= text.split('\n').length)).toBe(true)
        expect(new Set(result.statements.map((one) => one.id)).size).toBe(lines.length)
        for (const { confidence } of result.statements.flatMap((one) => one.measures))
          expect(confidence > 0 && confidence <= 1).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  it('takes time in proportion to the length, also of hostile lines', () => {
    const hostile = [
      '[',
      '(',
      '| ',
      '- ',
      '* ',
      '#',
      '1.',
      'a-',
      '[a](',
      '**',
      '<!--',
      'e.g. ',
      'such as ',
      'z. B. ',
      'RAID ',
      'Maßnahmen ',
      'through ',
      '   ',
      'TLS ',
      '-|',
      '> ',
      'x\t',
      'März ',
      '1-1-',
      '{{',
    ]
    for (const one of hostile) {
      const start = performance.now()
      attempt(`Access control and backups are in place for the data.\n${one.repeat(Math.ceil(60_000 / one.length))}`)
      expect(performance.now() - start, JSON.stringify(one)).toBeLessThan(2_500)
    }
  })
})

function attempt(text: string) {
  try {
    return readText(text, { name: 'a.txt', now: today })
  } catch (error) {
    expect(error).toBeInstanceOf(ReaderError)
    return null
  }
}

function letters(text: string): string {
  return text.replaceAll(/[^\p{L} \n]/gu, ' ')
}

function count(text: string, word: string): number {
  return text.split(word).length - 1
}
