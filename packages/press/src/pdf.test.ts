import { inflateSync } from 'node:zlib'
import { extractText, getDocumentProxy } from 'unpdf'
import { describe, expect, it } from 'vitest'
import { linesOf } from './edition.ts'
import type { EditionDocument } from './edition.ts'
import { exampleEdition, longEdition, withSections } from './example-edition.ts'
import { renderPdf } from './pdf.ts'

/** The file as text, with its compressed streams inflated. */
function inflated(pdf: Uint8Array): string {
  const raw = Buffer.from(pdf)
  const streams = [...raw.toString('latin1').matchAll(/stream\r?\n/g)].map(({ index, 0: mark }) => {
    try {
      return inflateSync(raw.subarray(index + mark.length)).toString('latin1')
    } catch {
      return ''
    }
  })
  return `${raw.toString('latin1')}\n${streams.join('\n')}`
}

async function textOf(pdf: Uint8Array): Promise<string> {
  const { text } = await extractText(await getDocumentProxy(pdf.slice()), { mergePages: true })
  return text
}

/** Without white space, soft hyphens at line ends and zero-width spaces, which belong to the setting. */
const bare = (text: string) => text.replaceAll(/[\s\u00AD\u200B]|[-‐]/g, '')

function saying(text: string): EditionDocument {
  const edition = exampleEdition('en')
  const sections = edition.sections.map((section) => ({
    ...section,
    title: text,
    blocks: section.blocks.map((block) => ({ ...block, text })),
  }))
  return {
    ...withSections(edition, sections),
    title: text,
    scope: text,
    limits: [text],
    tenant: { publicId: 'x', name: text },
  }
}

describe('renderPdf', () => {
  it.each(['en', 'de'] as const)('gives a tagged PDF/UA-1 with title and language in %s', async (language) => {
    const source = inflated(await renderPdf(exampleEdition(language)))
    expect(source).toMatch(/^%PDF-1\.7/)
    expect(source).toMatch(/\/MarkInfo\s*<<[^>]*\/Marked true/)
    expect(source).toContain('/StructTreeRoot')
    expect(source).toMatch(/\/DisplayDocTitle true/)
    expect(source).toMatch(new RegExp(`/Lang\\s*\\(${language}`))
    expect(source).toContain('<pdfuaid:part>1</pdfuaid:part>')
    const title = Buffer.from(exampleEdition(language).title).toString('latin1')
    expect(source).toContain(`${title}</rdf:li>`)
  })

  it.each(['en', 'de'] as const)(
    'holds the text of every line, the limits and the checkpoint in %s',
    async (language) => {
      const edition = exampleEdition(language)
      const text = bare(await textOf(await renderPdf(edition)))
      for (const line of linesOf(edition.sections)) expect(text).toContain(bare(line.text))
      for (const limit of edition.limits) expect(text).toContain(bare(limit))
      expect(text).toContain(bare(edition.ledger.root))
      expect(text).toContain(bare(edition.ledger.checkpoint))
    },
  )

  it('gives equal bytes for equal editions', async () => {
    const [one, other] = [await renderPdf(exampleEdition('de')), await renderPdf(exampleEdition('de'))]
    expect(Buffer.compare(one, other)).toBe(0)
  })

  it('prints typst markup and code of others as text', async () => {
    const text = '#read("/etc/passwd") *bold* $x^2$ @ref <label> #panic() // no /* no */ \\ `raw` = heading'
    expect(bare(await textOf(await renderPdf(saying(text))))).toContain(bare(text))
  })

  it('prints characters that its fonts lack as their codes', async () => {
    const text = await textOf(await renderPdf(saying('中文 😀 ⟳ end')))
    expect(bare(text)).toContain('[U+4E2D][U+6587][U+1F600][U+27F3]end')
  })

  it('takes control characters, broken surrogates, directional overrides and private characters', async () => {
    const text = await textOf(await renderPdf(saying('a\u0000b\uD800c\u202Ed\u{F0000}e')))
    expect(bare(text)).toMatch(/a.+b.+cd.*e/)
  })

  it('prints a word of 10,000 characters to its end', async () => {
    const edition = exampleEdition('en')
    const long = edition.sections.map((section) => ({
      ...section,
      blocks: section.blocks.map((block) => ({ ...block, text: 'q'.repeat(10_000) })),
    }))
    const text = await textOf(await renderPdf(withSections(edition, long)))
    expect(text.match(/q/g)?.length).toBeGreaterThanOrEqual(10_000 * linesOf(edition.sections).length)
  })

  it('takes an edition without sections, title, scope and readable date', async () => {
    const empty = withSections(
      { ...exampleEdition('en'), title: '', scope: '', date: 'some day', source: null, review: null },
      [],
    )
    expect(await textOf(await renderPdf(empty))).toContain('Technical and organisational measures')
  })

  it('numbers its pages and names tenant and version on each but the first', async () => {
    const pdf = await renderPdf(longEdition('en', 14))
    const document = await getDocumentProxy(pdf.slice())
    const { text: pages } = await extractText(document, { mergePages: false })
    expect(pages.length).toBeGreaterThan(10)
    pages.forEach((page, index) => {
      expect(page).toContain(`Page ${index + 1} of ${pages.length}`)
      if (index > 0) expect(page).toContain('Edition 3, 22 November 2026')
    })
  })
})
