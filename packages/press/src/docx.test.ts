import { setTimeout as sleep } from 'node:timers/promises'
import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { renderDocx } from './docx.ts'
import { exampleEdition, longEdition, withSections } from './example-edition.ts'

const partsOf = (bytes: Uint8Array) =>
  new Map(Object.entries(unzipSync(bytes)).map(([name, part]) => [name, strFromU8(part)]))
const bodyOf = async (edition: Parameters<typeof renderDocx>[0], language?: 'en' | 'de') =>
  partsOf(await renderDocx(edition, language ? { language } : {})).get('word/document.xml') ?? ''

describe('the edition as a Word document', () => {
  it('gives the same bytes for the same edition, whenever it is made', async () => {
    const first = await renderDocx(exampleEdition('en'))
    await sleep(1100)
    expect(Buffer.compare(first, await renderDocx(exampleEdition('en')))).toBe(0)
  })

  it('has styles for its headings, a table of contents and tables whose head repeats', async () => {
    const body = await bodyOf(exampleEdition('en'))
    expect(body).toContain('<w:pStyle w:val="Title"/>')
    expect(body).toContain('<w:pStyle w:val="Heading1"/>')
    expect(body).toMatch(/TOC \\h \\o &quot;1-2&quot;|TOC \\h \\o "1-2"/)
    expect(body).not.toContain('PAGEREF')
    expect(body).toContain('<w:tblHeader/>')
    expect(body).toContain('All connections to the application use TLS 1.2 or newer')
    expect(body).toMatch(/with an exception until 31.Jan.2027/)
  })

  it('says the words around the document in the language that is asked for, and names that of its text', async () => {
    const edition = exampleEdition('de')
    expect(await bodyOf(edition, 'en')).toContain('At a glance')
    const parts = partsOf(await renderDocx(edition))
    expect(parts.get('word/document.xml')).toContain('Auf einen Blick')
    expect(parts.get('word/styles.xml')).toContain('w:val="de-DE"')
    expect(parts.get('docProps/core.xml')).toContain('2026-11-22T08:15:00Z')
  })

  it('holds text of others as text, and no character that XML refuses', async () => {
    const edition = exampleEdition('en')
    const hostile = `</w:t><w:p/>\u0000\u0007& "quotes" \u202Etxet \uD800`
    const sections = [{ id: 's', title: hostile, level: 1, blocks: [{ kind: 'text' as const, text: hostile }] }]
    const body = await bodyOf({ ...withSections(edition, sections), title: hostile })
    expect(body).not.toContain('</w:t><w:p/>')
    expect(body).toContain('&lt;/w:t&gt;&lt;w:p/&gt;')
    expect(body.replaceAll(/[\n\t]/g, '')).not.toMatch(/[\p{Cc}\uFFFE]/u)
  })

  it('holds every line of a long document', async () => {
    const body = await bodyOf(longEdition('en', 14))
    expect(body.match(/A restore is practised twice a year\./g)).toHaveLength(14)
  })
})
