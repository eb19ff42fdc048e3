import { describe, expect, it } from 'vitest'
import { editionFor } from './audience.ts'
import { changesChapter } from './changes.ts'
import { renderJson } from './edition.ts'
import type { Decision, EditionDocument } from './edition.ts'
import { exampleEdition } from './example-edition.ts'
import { renderPage } from './page.ts'
import { renderPdf } from './pdf.ts'
import { readEdition } from './read-edition.ts'

const hostile = `Nobody could <script>alert(1)</script> every month & "all".`

const decision: Decision = {
  before: 'Keys are counted every six months.',
  after: 'Keys are counted once a year.',
  differences: [{ aspect: 'rhythm', of: '', before: 'P6M', after: 'P1Y', direction: 'weaker' }],
  reason: hostile,
  equivalent: 'Doors report each key that opens them.',
  by: 'signatory',
  at: '2026-11-22T08:00:00Z',
  leaf: 17,
  visibility: 'public',
}
const secret: Decision = { ...decision, before: 'The safe stands in the cellar.', after: '', visibility: 'auditors' }

function changed(decisions: readonly Decision[]): EditionDocument {
  return {
    ...exampleEdition('en'),
    changes: {
      since: 2,
      date: '2026-05-01T08:00:00Z',
      counts: { same: 9, reworded: 1, translated: 0, changed: 1, added: 0, removed: 1 },
      decisions,
      levels: [{ goal: 'availability', before: 5, after: 3.5 }],
    },
  }
}

describe('what changed since the edition before', () => {
  it('stands on the page with each decision, its reason and who decided, and as text only', () => {
    const { html } = renderPage(changed([decision]))
    expect(html).toContain('What changed since edition 2 (1 May 2026)')
    expect(html).toContain('Lines: 9 the same, 1 in other words, 1 changed, 1 removed.')
    expect(html).toContain('Was: Keys are counted every six months.')
    expect(html).toContain('rhythm: twice a year → annually')
    expect(html).toContain('Doors report each key that opens them.')
    expect(html).toContain('Decided by a signatory, 22 November 2026; leaf 17')
    expect(html).toContain('Availability: 5 → 3.5')
    expect(html).not.toContain('<script>alert')
  })

  it('is said in German on a German page', () => {
    const { html } = renderPage(changed([decision]), { language: 'de' })
    expect(html).toContain('Was sich geändert hat seit Fassung 2 (1. Mai 2026)')
    expect(html).toContain('Verfügbarkeit: 5 → 3,5')
  })

  it('tells the public nothing of a line that is for auditors', () => {
    const edition = changed([decision, secret])
    expect(renderPage(editionFor('public', edition)).html).not.toContain('cellar')
    expect(renderJson(editionFor('customers', edition))).not.toContain('cellar')
    expect(renderPage(editionFor('auditors', edition)).html).toContain('cellar')
  })

  it('stands in the PDF and comes back whole from the JSON', async () => {
    const edition = changed([decision, { ...secret, visibility: 'public' }])
    const { extractText } = await import('unpdf')
    const { text } = await extractText(await renderPdf(edition), { mergePages: true })
    for (const words of [
      'What changed since edition 2',
      'Was: Keys are counted',
      'Is no longer promised',
      'Availability: 5',
    ])
      expect(text.replaceAll(/\s+/g, ' ')).toContain(words)
    expect(readEdition(renderJson(edition))).toEqual(edition)
  })

  it('is not there in a first edition', () => {
    expect(changesChapter(exampleEdition('en'), 'en')).toBeNull()
    expect(renderPage(exampleEdition('en')).html).not.toContain('id="changes"')
  })
})
