import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { renderJson } from './edition.ts'
import type { EditionDocument } from './edition.ts'
import { exampleEdition, fullEdition } from './example-edition.ts'
import { editionSchema, readEdition } from './read-edition.ts'
import { EditionError } from './shape.ts'
import type { JsonSchema } from './shape.ts'

describe('readEdition', () => {
  it.each(['en', 'de'] as const)('reads what was written in %s', (language) => {
    expect(readEdition(renderJson(exampleEdition(language)))).toEqual(exampleEdition(language))
  })

  it.each(['en', 'de'] as const)('loses nothing of an edition with every field, in %s', (language) => {
    const full = fullEdition(language)
    const json = renderJson(full)
    expect(missingFields(editionSchema, [full])).toEqual([])
    expect(renderJson(readEdition(json))).toBe(json)
    expect(readEdition(json)).toEqual(full)
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

/** Fields that the schema has and none of these values: what a test of "loses nothing" would not have tried. */
function missingFields(schema: JsonSchema, values: readonly unknown[], place = ''): string[] {
  const branches = schema.anyOf ?? schema.oneOf ?? []
  if (branches.length > 0)
    return branches.flatMap((branch) =>
      missingFields(
        branch,
        values.filter((value) => fits(branch, value)),
        place,
      ),
    )
  if (schema.items) return missingFields(schema.items, values.filter(Array.isArray).flat(), `${place}[]`)
  if (schema.type !== 'object' || schema.properties === undefined) return []
  return Object.entries(schema.properties).flatMap(([name, field]) => {
    const given = values.flatMap((value) =>
      typeof value === 'object' && value !== null && name in value ? [(value as Record<string, unknown>)[name]] : [],
    )
    return given.length === 0 ? [`${place}.${name}`] : missingFields(field, given, `${place}.${name}`)
  })
}

function fits({ type, properties }: JsonSchema, value: unknown): boolean {
  if (type === 'null') return value === null
  if (type === 'array') return Array.isArray(value)
  if (type !== 'object') return typeof value !== 'object'
  const kind = properties?.['kind']?.const
  return typeof value === 'object' && value !== null && (kind === undefined || ('kind' in value && value.kind === kind))
}
