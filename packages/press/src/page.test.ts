import fc from 'fast-check'
import { parse } from 'parse5'
import type { DefaultTreeAdapterTypes as Tree } from 'parse5'
import { describe, expect, it } from 'vitest'
import { editionFor } from './audience.ts'
import { linesOf } from './edition.ts'
import type { EditionDocument, Section } from './edition.ts'
import { exampleEdition, withSections } from './example-edition.ts'
import { renderPage } from './page.ts'

const links = { pdf: '/e/3.pdf', bundle: '/e/3.zip', json: '/e/3.json', proofs: '/e/3/proofs' }
const hostile = [
  '<script>alert(1)</script>',
  '</style><img src=x onerror=alert(1)>',
  '" onmouseover="alert(1)" x="',
  "' autofocus onfocus='alert(1)",
  '<!-- --!> <![CDATA[ ]]>',
  '&lt;b&gt; &#60;script&#62;',
  'javascript:alert(1)',
]

function elements(html: string): Tree.Element[] {
  const found: Tree.Element[] = []
  const walk = (node: Tree.Node): void => {
    if ('tagName' in node) found.push(node)
    if ('childNodes' in node) node.childNodes.forEach(walk)
  }
  walk(parse(html))
  return found
}

function parseErrors(html: string): string[] {
  const errors: string[] = []
  parse(html, { onParseError: (error) => errors.push(error.code) })
  return errors
}

function textOf(node: Tree.Node): string {
  if ('value' in node) return node.value
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : ''
}

const attribute = (element: Tree.Element, name: string) => element.attrs.find((entry) => entry.name === name)?.value
const all = (html: string, tag: string) => elements(html).filter((element) => element.tagName === tag)

/** The example with one text in every place where text of others can stand. */
function filledWith(text: string): EditionDocument {
  const edition = exampleEdition('en')
  const sections: Section[] = edition.sections.map((section) => ({
    ...section,
    id: `${section.id}${text}`,
    title: text,
    blocks: section.blocks.map((block) =>
      block.kind === 'text'
        ? { ...block, text }
        : {
            ...block,
            id: `${block.id}${text}`,
            text,
            condition: text,
            owner: text,
            cadence: text,
            systems: [text],
            exception: { until: text, reason: text },
            checkedAt: text,
            freshUntil: text,
            parts: block.parts.map((part) => ({ ...part, title: text, measure: text })),
          },
    ),
  }))
  return {
    ...withSections(edition, sections),
    title: text,
    tenant: { publicId: text, name: text },
    legalFrame: [text],
    scope: text,
    source: { name: text, sha256: text, readAt: text },
    review: { by: text, at: text },
    limits: [text],
    ledger: { origin: text, size: 1284, root: text, key: text, checkpoint: text },
  }
}

describe('renderPage', () => {
  it.each(['en', 'de'] as const)('gives valid HTML without parse errors in %s', (language) => {
    expect(parseErrors(renderPage(exampleEdition(language), { links }).html)).toEqual([])
  })

  it('names the role that signed in the language of the page, and leaves a name that somebody chose', () => {
    const by = (who: string, language: 'en' | 'de') => {
      const edition = { ...exampleEdition('en'), review: { by: who, at: '2026-11-22T08:00:00Z' } }
      return /(?:Reviewed by|Geprüft durch) ([^,]+),/.exec(renderPage(edition, { language }).html)?.[1]
    }
    expect([by('owner', 'en'), by('owner', 'de')]).toEqual(['an owner', 'Inhaber'])
    expect([by('constructor', 'de'), by('Managing Director', 'de')]).toEqual(['constructor', 'Managing Director'])
  })

  it('declares its language and keeps the language of the document', () => {
    const page = renderPage(exampleEdition('de'), { language: 'en' }).html
    expect(attribute(all(page, 'html')[0]!, 'lang')).toBe('en')
    expect(attribute(all(page, 'main')[0]!, 'lang')).toBe('de')
    expect(attribute(all(page, 'h1')[0]!, 'lang')).toBe('de')
  })

  it.each(['en', 'de'] as const)('shows the text and the state of every line in %s', (language) => {
    const edition = exampleEdition(language)
    const lines = elements(renderPage(edition).html).filter((element) => attribute(element, 'class') === 'line')
    const expected = linesOf(edition.sections)
    expect(lines).toHaveLength(expected.length)
    lines.forEach((line, index) => expect(textOf(line)).toContain(expected[index]!.text))
  })

  it('has landmarks, one h1, a skip link that leads to the document, and no heading level left out', () => {
    const page = renderPage(exampleEdition('en'), { links }).html
    for (const landmark of ['main', 'header', 'footer']) expect(all(page, landmark)).toHaveLength(1)
    const target = attribute(all(page, 'a')[0]!, 'href')?.slice(1)
    expect(attribute(all(page, 'main')[0]!, 'id')).toBe(target)
    const levels = elements(page).flatMap(({ tagName }) => (/^h[1-6]$/.test(tagName) ? [Number(tagName[1])] : []))
    expect(levels.filter((level) => level === 1)).toEqual([1])
    levels.reduce((above, level) => (expect(level - above).toBeLessThanOrEqual(1), level), 0)
  })

  it('leaves no heading level out when the document read jumps from level 4 to 1 to 3', () => {
    const edition = exampleEdition('en')
    const sections = edition.sections.map((section, index) => ({ ...section, level: [4, 1, 3][index] ?? 1 }))
    const headings = elements(renderPage({ ...edition, sections }).html)
      .filter((element) => attribute(element, 'id')?.startsWith('s-'))
      .map(({ tagName }) => tagName)
    expect(headings).toEqual(['h2', 'h2', 'h3'])
  })

  it('names every fragment that its own links lead to, once', () => {
    const page = renderPage(filledWith('ä b/c "d" <e>'), { links }).html
    const ids = elements(page).flatMap((element) => attribute(element, 'id') ?? [])
    expect(new Set(ids).size).toBe(ids.length)
    const targets = all(page, 'a').flatMap((a) => attribute(a, 'href')?.match(/^#(.+)/)?.[1] ?? [])
    expect(targets.length).toBeGreaterThan(3)
    for (const target of targets) expect(ids).toContain(target)
  })

  it('holds no script, no handler and requests nothing from anybody', () => {
    const page = renderPage(exampleEdition('en'), { links, fontUrl: '/fonts/serif.woff2' })
    const found = elements(page.html)
    const requesting = ['script', 'img', 'iframe', 'object', 'embed', 'link', 'video', 'audio', 'form', 'base']
    expect(found.filter(({ tagName }) => requesting.includes(tagName))).toEqual([])
    expect(found.flatMap(({ attrs }) => attrs.filter(({ name }) => /^on|^style$|^src/.test(name)))).toEqual([])
    expect(page.html + page.css).not.toMatch(/https?:|\/\/[a-z]|@import/i)
    expect(page.css.match(/url\([^)]*\)/g)).toEqual(['url(/fonts/serif.woff2)'])
  })

  it('refuses a font on another host', () => {
    for (const fontUrl of ['//fonts.example/a.woff2', 'https://fonts.example/a.woff2', '/a.woff2) x'])
      expect(() => renderPage(exampleEdition('en'), { fontUrl })).toThrow('plain path on the same host')
  })

  it('carries its style under a nonce, or as a file of its own', () => {
    const inline = renderPage(exampleEdition('en'), { nonce: 'n0nce' })
    expect(attribute(all(inline.html, 'style')[0]!, 'nonce')).toBe('n0nce')
    expect(textOf(all(inline.html, 'style')[0]!)).toBe(inline.css)
    const linked = renderPage(exampleEdition('en'), { stylesheetUrl: '/trust/page.css' }).html
    expect(all(linked, 'style')).toEqual([])
    expect(attribute(all(linked, 'link')[0]!, 'href')).toBe('/trust/page.css')
  })

  it.each(hostile)('shows %s as text wherever it stands', (text) => {
    const edition = filledWith(text)
    const page = renderPage(edition, { links, nonce: text }).html
    const usual = renderPage(filledWith('x'), { links, nonce: 'x' }).html
    const shape = (html: string) =>
      elements(html).map(({ tagName, attrs }) => [tagName, ...attrs.map(({ name }) => name)].join(' '))
    expect(parseErrors(page)).toEqual([])
    expect(shape(page)).toEqual(shape(usual))
    expect(textOf(all(page, 'h1')[0]!)).toBe(text)
  })

  it('keeps the shape of the page for any text', () => {
    const count = (html: string) => elements(html).length
    const usual = count(renderPage(filledWith('x')).html)
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), (text) => {
        fc.pre(text.trim() !== '')
        const page = renderPage(filledWith(text)).html
        expect(count(page)).toBe(usual)
        expect(parseErrors(page)).toEqual([])
      }),
      { numRuns: 20, examples: [['\uFDD0\u{1FFFE}\u0085x']] },
    )
  })

  it('drops directional overrides and shows control characters as replacement', () => {
    const page = renderPage(filledWith('safe\u202Eelif\u2066.exe\u0000')).html
    expect(page).not.toMatch(/[\u202A-\u202E\u2066-\u2069\0]/)
    expect(textOf(all(page, 'h1')[0]!)).toBe('safeelif.exe\uFFFD')
  })

  it('takes a word of 10,000 characters', () => {
    const page = renderPage(filledWith('x'.repeat(10_000)))
    expect(parseErrors(page.html)).toEqual([])
    expect(page.css).toContain('overflow-wrap:anywhere')
  })

  it('keeps the checkpoint to the letter', () => {
    const edition = exampleEdition('en')
    const pre = all(renderPage(edition).html, 'pre').at(-1)!
    expect(textOf(pre)).toBe(edition.ledger.checkpoint)
  })

  it('never shows a line with an exception as plain proven', () => {
    const page = renderPage(exampleEdition('en')).html
    const line = elements(page).find((element) => attribute(element, 'id') === 'l-line-7')!
    expect(textOf(line)).toMatch(/proven\s+with an exception until 31\u00A0Jan\u00A02027/)
  })

  it('says that a draft is a draft and that nobody has reviewed it', () => {
    const draft: EditionDocument = { ...exampleEdition('en'), state: 'draft', number: null, review: null }
    const text = textOf(all(renderPage(draft).html, 'header')[0]!)
    expect(text).toContain('This is a draft.')
    expect(text).toContain('Not yet reviewed by a signatory')
    expect(renderPage(exampleEdition('en')).html).not.toContain('This is a draft.')
  })

  it('never says certified or compliant', () => {
    for (const language of ['en', 'de'] as const) {
      const text = textOf(all(renderPage(exampleEdition(language)).html, 'body')[0]!)
      expect(text).not.toMatch(/certified|compliant|zertifiziert|konform/i)
      expect(text).toMatch(/Art\. 42/)
    }
  })

  it('has a stylesheet that does not depend on the edition', () => {
    expect(renderPage(exampleEdition('de')).css).toBe(renderPage(exampleEdition('en')).css)
  })
})

describe('renderPage of what the public may see', () => {
  it('names no failing check, no system of it and no day of failure', () => {
    const page = renderPage(editionFor('public', exampleEdition('en'))).html
    const line = elements(page).find((element) => attribute(element, 'id') === 'l-line-9')!
    expect(textOf(line)).toContain('correction due')
    expect(textOf(line)).not.toMatch(/www\.example\.com|not met by|fail/)
  })
})
