import { describe, expect, it } from 'vitest'
import { countLines, linesOf } from './edition.ts'
import { exampleEdition } from './example-edition.ts'
import { renderPage } from './page.ts'
import { arrange, groupsOf } from './view.ts'
import type { Arrangement } from './view.ts'

const both = (text: string) => ({ en: text, de: `${text} (de)` })

/** Transport encryption stands under one; under two as a reference. Nothing stands under three. */
const arrangement: Arrangement = {
  id: 'example',
  title: both('Example'),
  source: both('an example'),
  headings: [
    { id: 'one', title: both('One') },
    { id: 'two', title: both('Two') },
    { id: 'three', title: both('Three') },
  ],
  placeOf: (measure) => (measure === 'transport-encryption' ? { primary: 'one', also: ['two'] } : undefined),
}

describe('a view of an edition', () => {
  it.each(['en', 'de'] as const)('shows each line of the edition exactly once in full (%s)', (language) => {
    const edition = exampleEdition('en')
    const view = arrange(edition, arrangement, language)
    const ids = (sections: typeof edition.sections) => linesOf(sections).map(({ id }) => id)
    expect(ids(view.sections).toSorted()).toEqual(ids(edition.sections).toSorted())
    expect(countLines(linesOf(view.sections))).toEqual(edition.counts)
    expect({ ...view, sections: [] }).toEqual({ ...edition, sections: [] })
  })

  it('names the headings in the language asked for, gaps and what has no place', () => {
    const view = arrange(exampleEdition('en'), arrangement, 'de')
    expect(view.sections.map(({ title }) => title)).toEqual(['One (de)', 'Two (de)', 'Three (de)', 'Nicht zugeordnet'])
    expect(view.sections.every(({ language }) => language === 'de')).toBe(true)
    expect(view.sections[2]?.blocks).toEqual([{ kind: 'text', text: 'Zu dieser Überschrift sagt die Fassung nichts.' }])
  })

  it('points from the other headings to the line, and the page makes it a link', () => {
    const view = arrange(exampleEdition('en'), arrangement, 'en')
    const [reference] = view.sections[1]?.blocks ?? []
    const [line] = linesOf(view.sections.slice(0, 1))
    expect(reference).toMatchObject({ kind: 'text', refersTo: line?.id })
    expect(renderPage(view).html).toMatch(/class="aside"\s*><a href="#l-[^"]+">See also, in full under “One”: All/)
  })

  it('places a line by its first measure with a place, the others become references', () => {
    const groups = groupsOf(
      [
        ['unknown', 'b', 'a'],
        ['a', 'b'],
      ],
      (line) => line,
      {
        ...arrangement,
        placeOf: (measure) =>
          measure === 'a'
            ? { primary: 'one', also: ['three'] }
            : measure === 'b'
              ? { primary: 'two', also: [] }
              : undefined,
      },
    )
    expect(groups.map(({ lines, also }) => [lines.length, also.length])).toEqual([
      [1, 1],
      [1, 1],
      [0, 2],
    ])
  })

  it('holds text of others harmless', () => {
    const edition = exampleEdition('en')
    const sections = edition.sections.map((section) => ({
      ...section,
      blocks: section.blocks.map((block) => ({ ...block, text: '<script>alert(1)</script>' })),
    }))
    expect(renderPage(arrange({ ...edition, sections }, arrangement, 'de')).html).not.toContain('<script')
  })
})
