import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { editionSchema, readEdition } from '@art32/press'
import type { EditionDocument } from '@art32/press'
import { exampleEdition, fullEdition } from '../../../../packages/press/src/example-edition.ts'

/** The published schema, read by somebody else's reader of JSON Schema. */
const published = z.fromJSONSchema(JSON.parse(JSON.stringify(editionSchema)) as z.core.JSONSchema.JSONSchema)
const reads = (value: unknown) => {
  try {
    return readEdition(JSON.stringify(value)) !== undefined
  } catch {
    return false
  }
}

describe('the published schema', () => {
  it('takes what the reader takes', () => {
    for (const edition of [
      exampleEdition('en'),
      fullEdition('de'),
      { ...fullEdition('en'), number: null, review: null },
    ])
      expect([published.safeParse(edition).success, reads(edition)]).toEqual([true, true])
  })

  it.each<[string, (edition: EditionDocument) => object]>([
    ['another format', (e) => ({ ...e, format: 'art32.edition/2' })],
    ['a field it does not know', (e) => ({ ...e, certified: true })],
    ['a missing field', (e) => ({ ...e, limits: undefined })],
    ['a date that is none', (e) => ({ ...e, date: 'yesterday' })],
    ['a negative count', (e) => ({ ...e, withheld: { customers: -1, auditors: 0 } })],
    ['a block of no kind', (e) => ({ ...e, sections: [{ ...e.sections[0], blocks: [{}] }] })],
    [
      'a field of another kind of block',
      (e) => ({ ...e, sections: [{ ...e.sections[0], blocks: [{ kind: 'text', text: 'x', id: 'y' }] }] }),
    ],
    ['an assurance that does not exist', (e) => ({ ...e, sections: [changedLine(e, { assurance: 'certified' })] })],
  ])('refuses %s, as the reader does', (_what, change) => {
    const value = change(fullEdition('en'))
    expect([published.safeParse(value).success, reads(value)]).toEqual([false, false])
  })
})

function changedLine(edition: EditionDocument, change: object): object {
  const [section] = edition.sections
  return {
    ...section,
    blocks: section?.blocks.map((block) => (block.kind === 'line' ? { ...block, ...change } : block)),
  }
}
