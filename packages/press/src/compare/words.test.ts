import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareWords, likeness, wordsOf } from './words.ts'

const side = (runs: ReturnType<typeof compareWords>, which: 'before' | 'after'): string =>
  runs
    .filter((run) => run.in === 'both' || run.in === which)
    .map(({ text }) => text)
    .join('')

describe('two texts, word by word', () => {
  it('keep what both say and name what went and what came', () => {
    expect(compareWords('Backups are made every day.', 'Backups are made every second week.')).toEqual([
      { in: 'both', text: 'Backups are made every ' },
      { in: 'before', text: 'day' },
      { in: 'after', text: 'second week' },
      { in: 'both', text: '.' },
    ])
  })

  it('show a qualifier that was put in, and nothing else', () => {
    expect(compareWords('Disks are encrypted.', 'Disks are encrypted where possible.')).toEqual([
      { in: 'both', text: 'Disks are encrypted' },
      { in: 'after', text: ' where possible' },
      { in: 'both', text: '.' },
    ])
  })

  it('do not tear a version or a number apart', () => {
    expect(compareWords('TLS 1.2 or newer', 'TLS 1.3 or newer')).toEqual([
      { in: 'both', text: 'TLS ' },
      { in: 'before', text: '1.2' },
      { in: 'after', text: '1.3' },
      { in: 'both', text: ' or newer' },
    ])
  })

  it('give back both texts, whatever they are', () => {
    const text = fc.oneof(
      fc.string({ maxLength: 200 }),
      fc
        .array(fc.constantFrom('all', 'data', 'is', 'kept', 'where', 'possible', '.', '1.2'), { maxLength: 40 })
        .map((words) => words.join(' ')),
    )
    const plain = (one: string): string => one.trim().replaceAll(/\s+/gu, ' ')
    fc.assert(
      fc.property(text, text, (before, after) => {
        const runs = compareWords(before, after)
        expect(side(runs, 'before')).toBe(plain(before))
        expect(side(runs, 'after')).toBe(plain(after))
        for (const [index, run] of runs.entries()) expect(run.in).not.toBe(runs[index + 1]?.in)
      }),
    )
  })

  it('are shown as one replacement when they are longer than a document', () => {
    const long = 'word '.repeat(3000)
    expect(compareWords(`a ${long}z`, `b ${long.toUpperCase()}z`).map((run) => run.in)).toEqual([
      'before',
      'after',
      'both',
    ])
  })
})

describe('likeness', () => {
  it('is 1 for the same words in any order and 0 for none in common', () => {
    expect(likeness(wordsOf('All data is encrypted'), wordsOf('encrypted is all DATA'))).toBe(1)
    expect(likeness(wordsOf('All data'), wordsOf('two keys'))).toBe(0)
    expect(likeness(wordsOf(''), wordsOf(''))).toBe(1)
  })
})
