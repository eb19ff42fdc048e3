import { describe, expect, it } from 'vitest'
import { linesOf } from './edition.ts'
import { exampleEdition, longEdition, withSections } from './example-edition.ts'
import { codeSpan, escaped, fenced } from './markdown-text.ts'
import { renderMarkdown } from './markdown.ts'

/** Text as CommonMark shows it: escapes undone, joiners not seen. */
const shown = (markdown: string) => markdown.replaceAll(/\\(?=[!-/:-@[-`{-~])/g, '').replaceAll('\u2060', '')

describe('renderMarkdown', () => {
  it.each(['en', 'de'] as const)('holds every line with assurance, owner, proof and leaf in %s', (language) => {
    const edition = exampleEdition(language)
    const markdown = shown(renderMarkdown(edition))
    for (const line of linesOf(edition.sections)) {
      expect(markdown).toContain(line.text)
      expect(markdown).toContain(`\`${line.id}\``)
      if (line.owner) expect(markdown).toContain(line.owner)
      for (const { title, backing } of line.parts) {
        expect(markdown).toContain(title)
        for (const { leaf } of backing) expect(markdown).toMatch(new RegExp(`\\| ${leaf} \\|$`, 'm'))
      }
    }
    for (const limit of edition.limits) expect(markdown).toContain(limit)
    expect(markdown).toContain(edition.ledger.checkpoint.trimEnd())
    expect(markdown).toContain(language === 'en' ? 'Assurance: failing' : 'Nachweisgrad: nicht erfüllt')
  })

  it('says the words around the document in the language that is asked for', () => {
    expect(renderMarkdown(exampleEdition('de'), { language: 'en' })).toContain('## At a glance')
  })

  it('has one title, headings without a step left out, and tables whose rows have as many cells as their head', () => {
    const lines = renderMarkdown(longEdition('en', 2)).split('\n')
    const levels = lines.flatMap((line) => /^(#+) /.exec(line)?.[1]?.length ?? [])
    expect(levels.filter((level) => level === 1)).toHaveLength(1)
    levels.forEach((level, index) => expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1))
    const tables = lines.join('\n').match(/(?:^\|.*\|\n)+/gm) ?? []
    expect(tables.length).toBeGreaterThan(10)
    for (const rows of tables) {
      const cells = rows
        .trimEnd()
        .split('\n')
        .map((row) => row.split(/(?<!\\)\|/).length)
      expect(new Set(cells).size).toBe(1)
    }
  })

  it('keeps hostile text text, in every place where text of others stands', () => {
    const hostile = [
      '# heading',
      '1. list',
      '- list',
      '> quote',
      '| a | b |',
      '<script>alert(1)</script>',
      '![x](https://evil.example/a.png)',
      '[x](javascript:alert(1))',
      '<https://evil.example>',
      'www.evil.example and a@evil.example',
      '&#60;img&#62;',
      '```',
      '===',
      '\u202Etxet',
    ].join('\n')
    const edition = exampleEdition('en')
    const sections = edition.sections.map((section) => ({
      ...section,
      title: hostile,
      blocks: section.blocks.map((block) =>
        block.kind === 'text'
          ? { ...block, text: hostile }
          : {
              ...block,
              id: hostile,
              text: hostile,
              owner: hostile,
              condition: hostile,
              systems: [hostile],
              parts: block.parts.map((part) => ({
                ...part,
                title: hostile,
                backing: part.backing.map((backing) => ({ ...backing, title: hostile, system: hostile })),
              })),
            },
      ),
    }))
    const markdown = renderMarkdown({
      ...withSections(edition, sections),
      title: hostile,
      scope: hostile,
      legalFrame: [hostile],
      limits: [hostile],
      tenant: { publicId: 'x', name: hostile },
      review: { by: hostile, at: edition.date },
    })
    const prose = markdown.replaceAll(/^```$[^]*?^```$/gm, '').replaceAll(/(?<!\\)(`+)(?!`)[^]*?(?<!`)\1(?!`)/g, '')
    expect(prose).not.toMatch(/(?<!\\)[<>&~[\]`]/)
    expect(prose).not.toMatch(/:\/\/|www\.|@[a-z]/)
    expect(prose).not.toMatch(/^\s*(?:[-+]\s+list|1\. list|===|# heading|\\?> quote(?<!\\> quote))/m)
    expect(markdown).not.toContain('\u202E')
    const headings = prose.split('\n').filter((line) => line.startsWith('#'))
    expect(headings.every((line) => /^#{1,5} \S/.test(line))).toBe(true)
    const before = renderMarkdown(edition)
      .split('\n')
      .filter((line) => line.startsWith('#'))
    expect(headings).toHaveLength(before.length)
  })
})

describe('text of others as Markdown', () => {
  it.each([
    ['a *b* _c_', 'a \\*b\\* \\_c\\_'],
    ['# x', '\\# x'],
    ['12) x', '12\\) x'],
    ['C#', 'C\\#'],
    ['TLS 1.2 (or newer) - at least', 'TLS 1.2 (or newer) - at least'],
    ['one\n\n  two', 'one\\\ntwo'],
    ['    code', 'code'],
    ['see https://example.com', 'see https:\u2060//example.com'],
  ])('writes %j as %j', (text, markdown) => {
    expect(escaped(text)).toBe(markdown)
  })

  it('fences code with more backticks than it holds', () => {
    expect(codeSpan('a``b')).toBe('```a``b```')
    expect(codeSpan('`')).toBe('`` ` ``')
    expect(fenced('x\n```\ny')).toBe('````\nx\n```\ny\n````')
  })
})
