import { inflateSync } from 'node:zlib'
import { getDocumentProxy } from 'unpdf'
import { beforeAll, describe, expect, it } from 'vitest'
import { renderJson } from './edition.ts'
import { exampleEdition } from './example-edition.ts'
import { contrastRatio } from './look.ts'
import { renderPdfs } from './pdf.ts'

/**
 * What two PDFs hold for who hears, searches or keeps them, read by pdf.js. veraPDF, which would judge the standards
 * themselves, is no JavaScript; typst refuses to write what breaks its reading of them.
 */

type Proxy = Awaited<ReturnType<typeof getDocumentProxy>>
type Tree = NonNullable<Awaited<ReturnType<Awaited<ReturnType<Proxy['getPage']>>['getStructTree']>>>

const rolesOf = (node: Tree | Tree['children'][number]): string[] =>
  'role' in node ? [node.role, ...node.children.flatMap(rolesOf)] : []

describe.each(['en', 'de'] as const)('the PDFs of an edition in %s', (language) => {
  const edition = exampleEdition(language)
  const bytes = new Map<string, Uint8Array>()
  const documents = new Map<string, Proxy>()
  beforeAll(async () => {
    const { accessible, archive } = await renderPdfs(edition)
    bytes.set('ua', accessible).set('archive', archive)
    for (const [name, pdf] of bytes) documents.set(name, await getDocumentProxy(pdf.slice()))
  })
  const xmpOf = async (name: string) => (await documents.get(name)?.getMetadata())?.metadata?.getRaw() ?? ''

  it('say which standard each keeps', async () => {
    expect(await xmpOf('ua')).toContain('<pdfuaid:part>1</pdfuaid:part>')
    expect(await xmpOf('ua')).not.toContain('pdfaid:part')
    expect(await xmpOf('archive')).toContain('<pdfaid:part>3</pdfaid:part>')
    expect(await xmpOf('archive')).toContain('<pdfaid:conformance>A</pdfaid:conformance>')
  })

  it.each(['ua', 'archive'])('attach the JSON byte for byte (%s)', async (name) => {
    const listed = (await documents.get(name)?.getAttachments()) as Map<string, { filename: string }>
    expect([...listed.values()].map(({ filename }) => filename)).toEqual(['edition.json'])
    expect(attachedTo(Buffer.from(bytes.get(name) ?? []))).toBe(renderJson(edition))
    const source = Buffer.from(bytes.get(name) ?? []).toString('latin1')
    // Only PDF/A-3 knows relationships of attached files.
    expect(source.includes('/AFRelationship /Source')).toBe(name === 'archive')
    expect(source).toContain('application#2Fjson')
  })

  it.each(['ua', 'archive'])('are tagged: headings, tables with head cells, lists (%s)', async (name) => {
    const document = documents.get(name)
    const roles = new Set<string>()
    for (let page = 1; page <= (document?.numPages ?? 0); page += 1) {
      const tree = await (await document?.getPage(page))?.getStructTree()
      for (const role of tree ? rolesOf(tree) : []) roles.add(role)
    }
    expect([...roles]).toEqual(expect.arrayContaining(['H1', 'P', 'Table', 'TR', 'TH', 'TD', 'L', 'LI', 'LBody']))
    expect(await document?.getMarkInfo()).toMatchObject({ Marked: true })
  })

  it.each(['ua', 'archive'])('have title, language and a bookmark for each chapter (%s)', async (name) => {
    const document = documents.get(name)
    expect((await document?.getMetadata())?.info).toMatchObject({
      Title: edition.title,
      Author: edition.tenant.name,
      Language: language,
    })
    const titles = (await document?.getOutline())?.map(({ title }) => title)
    expect(titles).toEqual(expect.arrayContaining(edition.sections.map(({ title }) => title)))
  })

  it.each(['ua', 'archive'])('set every text in a colour that reaches 4.5 : 1 on paper (%s)', (name) => {
    const colours = textColours(Buffer.from(bytes.get(name) ?? []))
    expect(colours.size).toBeGreaterThan(4)
    for (const colour of colours) expect([colour, contrastRatio(colour, '#ffffff') >= 4.5]).toEqual([colour, true])
  })
})

/** The file attached, read from its own object of the PDF. */
function attachedTo(pdf: Buffer): string {
  const raw = pdf.toString('latin1')
  const stream =
    raw.slice(raw.indexOf('/Type /EmbeddedFile')).search(/stream\r?\n/) + raw.indexOf('/Type /EmbeddedFile')
  return inflateSync(pdf.subarray(raw.indexOf('\n', stream) + 1)).toString('utf8')
}

/** The fill colours in force where text is shown, read from the pages' own operators. */
function textColours(pdf: Buffer): Set<string> {
  const colours = new Set<string>()
  for (const { index, 0: mark } of pdf.toString('latin1').matchAll(/stream\r?\n/g)) {
    let content = ''
    try {
      content = inflateSync(pdf.subarray(index + mark.length)).toString('latin1')
    } catch {
      continue
    }
    if (!/\bBT\b/.test(content)) continue
    let fill = '#000000'
    for (const [, red, green, blue, shows] of content.matchAll(
      /([\d.]+) ([\d.]+) ([\d.]+) (?:scn|sc|rg)\b|\b(T[jJ])\b/g,
    )) {
      if (shows !== undefined) colours.add(fill)
      else fill = `#${[red, green, blue].map((part) => hex(Number(part))).join('')}`
    }
  }
  return colours
}

function hex(share: number): string {
  return Math.round(share * 255)
    .toString(16)
    .padStart(2, '0')
}
