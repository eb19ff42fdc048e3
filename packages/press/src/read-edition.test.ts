import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { renderJson } from './edition.ts'
import type { EditionDocument } from './edition.ts'
import { exampleEdition } from './example-edition.ts'
import { EditionError, readEdition } from './read-edition.ts'

describe('readEdition', () => {
  it.each(['en', 'de'] as const)('reads what was written in %s', (language) => {
    expect(readEdition(renderJson(exampleEdition(language)))).toEqual(exampleEdition(language))
  })

  it('refuses what is not JSON', () => {
    expect(() => readEdition('%PDF-1.7')).toThrow('not JSON')
  })

  it.each<[string, (edition: EditionDocument) => object, string]>([
    ['another format', (e) => ({ ...e, format: 'art32.edition/2' }), 'edition.format must be one of art32.edition/1'],
    ['a missing field', (e) => ({ ...e, limits: undefined }), 'edition.limits must be a list'],
    ['a field it does not know', (e) => ({ ...e, certified: true }), 'edition.certified must be absent'],
    ['a date that is none', (e) => ({ ...e, date: 'yesterday' }), 'edition.date must be an instant'],
    [
      'a negative count',
      (e) => ({ ...e, withheld: { customers: -1, auditors: 0 } }),
      'withheld.customers must be a whole',
    ],
    [
      'a block of no kind',
      (e) => ({ ...e, sections: [{ ...e.sections[0], blocks: [{}] }] }),
      'sections[0].blocks[0].kind must',
    ],
    [
      'a kind from the prototype',
      (e) => ({ ...e, sections: [{ ...e.sections[0], blocks: [{ kind: 'toString' }] }] }),
      'kind must',
    ],
  ])('refuses %s and names the place', (_case, change, say) => {
    expect(() => readEdition(JSON.stringify(change(exampleEdition('en'))))).toThrow(say)
  })

  it('gives an edition or an EditionError for any change of one character', () => {
    const json = renderJson(exampleEdition('en'))
    fc.assert(
      fc.property(fc.nat(json.length - 1), fc.constantFrom('"', '0', '}', 'x', ','), (at, character) => {
        try {
          expect(readEdition(json.slice(0, at) + character + json.slice(at + 1)).format).toBe('art32.edition/1')
        } catch (error) {
          expect(error).toBeInstanceOf(EditionError)
        }
      }),
      { numRuns: 300 },
    )
  })
})
