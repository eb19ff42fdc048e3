import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { strFromU8, unzipSync } from 'fflate'
import { parse } from 'parse5'
import { extractText, getDocumentProxy } from 'unpdf'
import { describe, expect, it } from 'vitest'
import { exampleLetterhead, examplePaper } from './example-paper.ts'
import {
  blocksOfText,
  checkPaper,
  paperLimits,
  paperRows,
  renderPaperDocx,
  renderPaperPage,
  renderPaperPdf,
} from './index.ts'
import { sheetsOf } from './layout.ts'
import type { Paper, PaperBlock, PaperTable } from './paper.ts'

const bare = (text: string) => text.replaceAll(/[\s\u00AD\u200B]|[-‐]/g, '')

async function pagesOf(pdf: Uint8Array): Promise<string[]> {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: false })
  return text
}

type Proxy = Awaited<ReturnType<typeof getDocumentProxy>>
type Tree = NonNullable<Awaited<ReturnType<Awaited<ReturnType<Proxy['getPage']>>['getStructTree']>>>
const rolesOf = (node: Tree | Tree['children'][number]): string[] =>
  'role' in node ? [node.role, ...node.children.flatMap(rolesOf)] : []

const bodyOf = (docx: Uint8Array) => strFromU8(unzipSync(docx)['word/document.xml'] ?? new Uint8Array())

function saying(text: string): Paper {
  const rows = [[text, { tone: 'bad' as const, word: text }]]
  const blocks: PaperBlock[] = [
    { kind: 'heading', level: 1, text },
    { kind: 'paragraph', text },
    { kind: 'paragraph', text: [{ text, href: `javascript:${text}` }] },
    { kind: 'list', ordered: true, items: [{ text, note: text, items: [{ text }] }] },
    { kind: 'fields', fields: [{ label: text, value: text }] },
    { kind: 'table', columns: [{ title: text }, { title: text }], rows },
    { kind: 'notice', sign: { tone: 'plain', word: text }, text },
    { kind: 'signatures', lines: [{ label: text, name: text }] },
  ]
  const proof = { log: text, leaf: 1, checkpoint: text }
  return { ...examplePaper('en', { title: text, subtitle: text, over: text, by: text, blocks, proof }), meta: [] }
}

describe.each(['en', 'de'] as const)('a paper in %s', (language) => {
  const paper = examplePaper(language, { letterhead: exampleLetterhead })

  it('is a tagged PDF/UA-1 with title, language, headings, lists and tables with head cells', async () => {
    const pdf = await renderPaperPdf(paper)
    const document = await getDocumentProxy(pdf.slice())
    const { info, metadata } = await document.getMetadata()
    expect(info).toMatchObject({ Title: paper.title, Author: paper.by, Language: language })
    expect(metadata?.getRaw()).toContain('<pdfuaid:part>1</pdfuaid:part>')
    expect(await document.getMarkInfo()).toMatchObject({ Marked: true })
    const roles = new Set<string>()
    for (let page = 1; page <= document.numPages; page += 1) {
      const tree = await (await document.getPage(page)).getStructTree()
      for (const role of tree ? rolesOf(tree) : []) roles.add(role)
    }
    expect([...roles]).toEqual(expect.arrayContaining(['H1', 'H2', 'P', 'Table', 'TR', 'TH', 'TD', 'L', 'LI', 'Link']))
  })

  it('says on each page whose it is and which page of how many, and where the ledger holds it', async () => {
    const pages = await pagesOf(await renderPaperPdf(paper))
    const [page, of, leaf] = language === 'en' ? ['Page', 'of', 'leaf'] : ['Seite', 'von', 'Blatt']
    expect(pages.length).toBeGreaterThan(5)
    for (const [index, text] of pages.entries()) {
      expect(text).toContain(`${page} ${index + 1} ${of} ${pages.length}`)
      expect(text).toContain(`${leaf} 12`)
    }
  })

  it('repeats the head of a table on each page, and gives a wide one turned pages', async () => {
    const pdf = await renderPaperPdf(paper)
    const document = await getDocumentProxy(pdf.slice())
    const shapes = []
    for (let page = 1; page <= document.numPages; page += 1) {
      const { view } = await document.getPage(page)
      shapes.push((view[2] ?? 0) > (view[3] ?? 0) ? 'wide' : 'upright')
    }
    expect(shapes.join(' ')).toMatch(/^(upright ){3}(wide )+(upright ?)+$/)
    const head = language === 'en' ? 'Due on' : 'Fällig am'
    const pages = await pagesOf(pdf)
    expect(pages.filter((text) => text.includes(head)).length).toBeGreaterThanOrEqual(5)
  })

  it('gives equal bytes for equal papers', async () => {
    expect(Buffer.compare(await renderPaperPdf(paper), await renderPaperPdf(paper))).toBe(0)
    expect(Buffer.compare(await renderPaperDocx(paper), await renderPaperDocx(paper))).toBe(0)
    expect(renderPaperPage(paper)).toBe(renderPaperPage(paper))
  })

  it('is a Word document with headings, numbered lists, tables whose head repeats, and turned sections', async () => {
    const docx = await renderPaperDocx(paper)
    const body = bodyOf(docx)
    for (const part of ['Title', 'Heading1', 'Heading2']) expect(body).toContain(`<w:pStyle w:val="${part}"/>`)
    expect(body.match(/<w:tblHeader\/>/g)).toHaveLength(2)
    expect(body).toContain('w:orient="landscape"')
    expect(body.match(/<w:sectPr>/g)).toHaveLength(3)
    expect(body).toContain('<w:numPr>')
    expect(strFromU8(unzipSync(docx)['word/styles.xml'] ?? new Uint8Array())).toContain(
      language === 'de' ? 'de-DE' : 'en-GB',
    )
  })

  it('says the same in every form', async () => {
    const pdf = bare((await pagesOf(await renderPaperPdf(paper))).join(''))
    const docx = bare(bodyOf(await renderPaperDocx(paper)).replaceAll(/<[^>]+>/g, ''))
    const page = bare(renderPaperPage(paper).replaceAll(/<[^>]+>/g, ''))
    for (const { kind, ...block } of paper.blocks)
      if (kind === 'heading' && 'text' in block && typeof block.text === 'string')
        for (const form of [pdf, docx, page]) expect(form).toContain(bare(block.text))
    const [empty, nothing] =
      language === 'en' ? ['not stated', 'Nothing is recorded here.'] : ['keine Angabe', 'Hier ist nichts verzeichnet.']
    for (const form of [pdf, docx, page]) {
      expect(form.split(bare(empty))).toHaveLength(3)
      expect(form.split(bare(nothing))).toHaveLength(3)
    }
  })

  // LibreOffice is no part of this project; where it is not installed, nothing is claimed.
  it.skipIf(!existsSync('/usr/bin/soffice'))(
    'is opened by LibreOffice as it is meant',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'art32-paper-'))
      try {
        await writeFile(join(folder, 'paper.docx'), await renderPaperDocx(paper))
        const run = promisify(execFile)
        const profile = `-env:UserInstallation=file://${folder}/profile`
        await run('soffice', [profile, '--headless', '--convert-to', 'pdf', '--outdir', folder, `${folder}/paper.docx`])
        const text = bare((await pagesOf(await readFile(join(folder, 'paper.pdf')))).join(''))
        expect(text).toContain(bare(paper.title))
        expect(text).toContain(bare(language === 'en' ? 'Look at the list 60' : 'Liste durchsehen 60'))
      } finally {
        await rm(folder, { recursive: true })
      }
    },
    60_000,
  )
})

describe('what a paper holds', () => {
  it('is content in every form, never markup', async () => {
    const hostile = '<img src=x onerror=alert(1)> #import "x" *a* $x$ </w:t> \u0007\u202E =1+1 中 \uD800'
    const paper = saying(hostile)
    const page = renderPaperPage(paper)
    expect(parse(page).childNodes.length).toBeGreaterThan(0)
    expect(page).not.toMatch(/<img|href="javascript/)
    const pdf = (await pagesOf(await renderPaperPdf(paper))).join(' ').replaceAll(/\s+/g, ' ')
    expect(pdf).toContain('#import "x" *a* $x$')
    expect(pdf).toContain('[U+4E2D]')
    const body = bodyOf(await renderPaperDocx(paper))
    expect(body).toContain('&lt;img')
    expect(body).not.toContain('javascript')
    expect(body.replaceAll(/[\n\t]/g, '')).not.toMatch(/[\p{Cc}\u202E\uFFFE]/u)
  })

  it('may be as good as nothing', async () => {
    const empty: Paper = { language: 'en', title: ' ', by: '', date: 'some day', blocks: [] }
    expect((await pagesOf(await renderPaperPdf(empty))).join(' ')).toContain('Document')
    expect(bodyOf(await renderPaperDocx(empty))).toContain('Document')
    expect(renderPaperPage(empty)).toContain('<h1>Document</h1>')
  })

  it('may be a row that is longer than a page, and a word of 4,000 characters', async () => {
    const row = ['z '.repeat(4_000), 'q'.repeat(4_000)]
    const table: PaperBlock = { kind: 'table', columns: [{ title: 'A' }, { title: 'B' }], rows: [row] }
    const text = (await pagesOf(await renderPaperPdf({ ...saying('a'), blocks: [table] }))).join('')
    expect(text.match(/z/g)).toHaveLength(4_000)
    expect(text.match(/q/g)).toHaveLength(4_000)
  })

  it('is refused where it crosses a limit, by its name', () => {
    const table = (rows: number, columns = 1): PaperTable => ({
      kind: 'table',
      columns: Array.from({ length: columns }, () => ({ title: 'A' })),
      rows: Array.from({ length: rows }, () => Array.from({ length: columns }, () => 'a')),
    })
    const refused: [string, PaperBlock[]][] = [
      ['rows', [table(paperLimits.rows), table(1)]],
      ['columns', [table(1, paperLimits.columns + 1)]],
      ['cells', [{ ...table(1, 2), rows: [['a']] }]],
      ['blocks', Array.from({ length: paperLimits.blocks + 1 }, () => ({ kind: 'page-break' as const }))],
      ['text', [{ kind: 'paragraph', text: 'a'.repeat(paperLimits.text + 1) }]],
      [
        'characters',
        Array.from({ length: 60 }, () => ({ kind: 'paragraph' as const, text: 'a'.repeat(paperLimits.text) })),
      ],
      [
        'depth',
        [
          {
            kind: 'list',
            ordered: false,
            items: [
              {
                text: 'a',
                items: [{ text: 'a', items: [{ text: 'a', items: [{ text: 'a', items: [{ text: 'a' }] }] }] }],
              },
            ],
          },
        ],
      ],
    ]
    for (const [limit, blocks] of refused)
      expect(() => checkPaper({ ...saying('a'), blocks })).toThrow(expect.objectContaining({ limit }))
    expect(() => checkPaper({ ...saying('a'), blocks: [table(paperLimits.rows)] })).not.toThrow()
  })
})

describe('the order of a paper', () => {
  const heading = (text: string, level: 1 | 2 | 3 | 4 = 1): PaperBlock => ({ kind: 'heading', level, text })
  const wide: PaperBlock = { kind: 'table', columns: [{ title: 'A' }], rows: [['a']], wide: true }
  const kindsOf = (blocks: PaperBlock[]) =>
    sheetsOf({ ...saying('a'), blocks }).map((sheet) => [sheet.wide, ...sheet.blocks.map(({ kind }) => kind)])

  it('takes the heading of a wide table onto its page', () => {
    expect(
      kindsOf([heading('A'), { kind: 'paragraph', text: 'a' }, wide, heading('B'), heading('C', 2), wide]),
    ).toEqual([
      [true, 'heading', 'paragraph', 'table'],
      [true, 'heading', 'heading', 'table'],
    ])
  })

  it('keeps a sentence below a wide table on its page, and gives a heading a new one', () => {
    const text: PaperBlock = { kind: 'paragraph', text: 'a' }
    expect(kindsOf([wide, text])).toEqual([[true, 'table', 'paragraph']])
    expect(kindsOf([wide, text, heading('B'), text])).toEqual([
      [true, 'table', 'paragraph'],
      [false, 'heading', 'paragraph'],
    ])
  })

  it('takes a few texts under the title along with a wide table, and not many', () => {
    const text: PaperBlock = { kind: 'paragraph', text: 'a' }
    expect(kindsOf([text, wide])).toEqual([[true, 'paragraph', 'table']])
    expect(kindsOf([text, text, text, text, text, wide]).map(([turned]) => turned)).toEqual([false, true])
  })

  it('has no level left out, no heading over nothing and no page without a word', () => {
    const blocks: PaperBlock[] = [
      { kind: 'page-break' },
      heading('A', 3),
      heading('B', 3),
      { kind: 'list', ordered: false, items: [] },
      { kind: 'page-break' },
      { kind: 'page-break' },
    ]
    const [sheet] = sheetsOf({ ...saying('a'), blocks })
    expect(sheet?.blocks).toMatchObject([
      { kind: 'heading', level: 1, text: 'A' },
      { kind: 'heading', level: 2, text: 'B' },
      { kind: 'paragraph', text: 'Nothing is recorded here.' },
    ])
  })
})

describe('a table of a paper', () => {
  it('is rows of plain values for files of tables', () => {
    const rows = [['a', 1, null, { tone: 'good' as const, word: 'done' }]]
    const columns = ['A', 'B', 'C', 'D'].map((title) => ({ title }))
    expect(paperRows({ columns, rows })).toEqual([
      ['A', 'B', 'C', 'D'],
      ['a', 1, null, 'done'],
    ])
  })

  it('comes with the small Markdown of guidelines as blocks', () => {
    expect(blocksOfText('# A\n\nb **c**\n\n1. d\n2. e')).toMatchObject([
      { kind: 'heading', level: 1, text: 'A' },
      { kind: 'paragraph' },
      { kind: 'list', ordered: true, items: [{}, {}] },
    ])
  })
})
