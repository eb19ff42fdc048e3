import { parse } from 'parse5'
import { extractText, getDocumentProxy } from 'unpdf'
import { describe, expect, it } from 'vitest'
import { annexSheet } from './annex.ts'
import { annexPaper } from './annex-paper.ts'
import { linesOf } from './edition.ts'
import type { EditionDocument } from './edition.ts'
import { exampleEdition, withSections } from './example-edition.ts'
import { renderPaperDocx, renderPaperPage, renderPaperPdf } from './paper/index.ts'
import { presetIds, presetOf } from './preset.ts'
import type { PresetId } from './preset.ts'
import type { Arrangement } from './view.ts'

const both = (text: string) => ({ en: text, de: text })
const hash = 'c0ffee'.repeat(10).padEnd(64, '0')

/** Everything confirmed stands under the first heading; the second asks for what the annex of transfers words itself. */
const arrangement: Arrangement = {
  id: 'clauses',
  title: both('Clauses'),
  source: both('clauses'),
  headings: [
    { id: 'first', title: both('First heading') },
    { id: 'sub-processors', title: both('Sub-processors') },
    { id: 'assistance', title: both('Assistance') },
  ],
  placeOf: (measure) =>
    measure === 'transport-encryption'
      ? { primary: 'first', also: ['assistance'] }
      : measure === 'vpn'
        ? { primary: 'assistance', also: ['sub-processors'] }
        : undefined,
}

function sheetOf(id: PresetId, edition: EditionDocument, language: 'en' | 'de' = edition.language) {
  return annexSheet(edition, presetOf(id), arrangement, {
    language,
    sha256: hash,
    url: 'https://trust.example/trust/x',
  })
}

async function pdfText(pdf: Uint8Array): Promise<string> {
  const { text } = await extractText(await getDocumentProxy(pdf.slice()), { mergePages: true })
  return text.replaceAll(/[\s\u200B]+/g, ' ')
}

describe('an annex', () => {
  it.each(presetIds.flatMap((id) => [[id, 'en'] as const, [id, 'de'] as const]))(
    'shows every measure once, what it shows and the blanks to fill (%s, %s)',
    async (id, language) => {
      const edition = exampleEdition(language)
      const sheet = sheetOf(id, edition)
      const lines = sheet.groups.flatMap((group) => group.lines)
      expect(lines.map(({ number }) => number)).toEqual(lines.map((_, index) => index + 1))
      expect(lines.map(({ text }) => text).toSorted()).toEqual(
        linesOf(edition.sections)
          .map(({ text }) => text)
          .toSorted(),
      )
      const paper = annexPaper(sheet)
      const page = renderPaperPage(paper)
      expect(parse(page).childNodes.length).toBeGreaterThan(0)
      expect(page).toContain(hash)
      expect(page).not.toMatch(/<script|(?:src|href)="(?:https?:)?\/\//)
      const pdf = await renderPaperPdf(paper)
      const text = await pdfText(pdf)
      for (const part of [sheet.title, sheet.provenance.title, sheet.groups[0]?.title ?? '', 'edition.json'])
        expect(text.replaceAll('-', '')).toContain(part.replaceAll('-', ''))
      expect(Buffer.from(pdf).toString('latin1')).toContain('/MarkInfo')
      expect(await renderPaperPdf(paper)).toEqual(pdf)
      expect(await renderPaperDocx(paper)).toEqual(await renderPaperDocx(paper))
    },
  )

  it('leaves what the edition does not know to the parties', () => {
    const { fields } = sheetOf('transfer-annex-ii', exampleEdition('en'))
    expect(fields.map(({ text }) => text)).toEqual([
      null,
      'Example Software GmbH',
      '☐ One   ☐ Two   ☐ Three',
      null,
      null,
    ])
  })

  it('words the headings of transfers as Annex II does, with both descriptions as one', () => {
    const titles = (id: PresetId) => sheetOf(id, exampleEdition('en')).groups.map(({ title }) => title)
    expect(titles('clauses-annex-iii')).toEqual([
      'First heading',
      'Sub-processors',
      'Assistance',
      'Not assigned to a heading',
    ])
    expect(titles('transfer-annex-ii')[1]).toMatch(/^Transfers to \(sub-\) processors, and assistance/)
    expect(titles('transfer-annex-ii')).toHaveLength(3)
  })

  it('points by number to what stands elsewhere, and says so where nothing does', () => {
    const { groups } = sheetOf('clauses-annex-iii', exampleEdition('en'))
    expect(groups[1]?.note).toBe('See also no. 2.')
    expect(groups[2]?.note).toBe('See also no. 1.')
    const empty = sheetOf('clauses-annex-iii', withSections(exampleEdition('en'), []))
    expect(empty.groups.map(({ note }) => note)).toEqual(
      Array.from({ length: 3 }, () => 'The edition states no measure under this heading.'),
    )
  })

  it('lists processors by the names that the edition records, and says plainly that it records none', () => {
    const edition = exampleEdition('en')
    expect(sheetOf('clauses-annex-iii', edition).list?.entries.map(([name]) => name?.text)).toEqual(['Hosting Example'])
    const bare = edition.sections.map((section) => ({
      ...section,
      blocks: section.blocks.map((block) => (block.kind === 'line' ? { ...block, parts: [] } : block)),
    }))
    const list = sheetOf('clauses-annex-iii', withSections(edition, bare)).list
    expect(list?.entries.map(([name]) => name?.text)).toEqual([null, null])
    expect(list?.notes.join(' ')).toContain('records no sub-processor by name')
    expect(sheetOf('dpa-annex', edition).list).toBeNull()
  })

  it('says how many lines it leaves out', () => {
    const edition = { ...exampleEdition('en'), withheld: { customers: 2, auditors: 1 } }
    expect(sheetOf('dpa-annex', edition).notes.at(-1)).toMatch(/^Not in this annex: 2 .* 1 /)
  })

  it('holds text of others harmless in every form', async () => {
    const edition = exampleEdition('en')
    const hostile = '<img src=x onerror=alert(1)> #import "x" *a* \u0007\u202E =1+1 中'
    const sections = edition.sections.map((section) => ({
      ...section,
      blocks: section.blocks.map((block) => ({ ...block, text: hostile })),
    }))
    const sheet = sheetOf('clauses-annex-iii', {
      ...withSections(edition, sections),
      tenant: { ...edition.tenant, name: hostile },
    })
    expect(renderPaperPage(annexPaper(sheet))).not.toContain('<img')
    expect(await pdfText(await renderPaperPdf(annexPaper(sheet)))).toContain('#import "x" *a*')
    expect((await renderPaperDocx(annexPaper(sheet))).length).toBeGreaterThan(1_000)
  })
})
