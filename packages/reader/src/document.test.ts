import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { checkSize, limits, readDocument, ReaderError, readerErrorCodes, type ReadResult } from './index.ts'
import { docx, paragraph, pdf, table, today, type Placed } from './fixtures.ts'

const read = (bytes: Uint8Array | string, name: string) =>
  readDocument(typeof bytes === 'string' ? strToU8(bytes) : bytes, { name, now: today })

async function refusal(bytes: Uint8Array | string, name: string): Promise<ReaderError> {
  try {
    await read(bytes, name)
  } catch (error) {
    if (error instanceof ReaderError) return error
    throw error
  }
  throw new Error(`${name} was read`)
}

const idsOf = (result: ReadResult) =>
  [...new Set(result.statements.flatMap((one) => one.measures.map((measure) => measure.id)))].toSorted()

describe('formats', () => {
  it('reads the same measures from text, Markdown, HTML and DOCX', async () => {
    const documents: [Uint8Array | string, string][] = [
      [
        'Measures of Example Ltd\n\n1. Access control\n- Firewall in front of the network\n- Daily backups of the database\n',
        'a.txt',
      ],
      [
        '# Measures of Example Ltd\n\n## Access control\n\n* Firewall in front of the network\n* Daily backups of the database\n',
        'a.md',
      ],
      [
        '<!doctype html><title>T</title><h1>Measures of Example Ltd</h1><h2>Access control</h2><ul><li>Firewall in front of the network<li>Daily backups of the database</ul><script>firewall()</script>',
        'a.html',
      ],
      [
        docx(
          paragraph('Measures of Example Ltd', 'Heading1') +
            paragraph('Access control', 'Heading2') +
            paragraph('Firewall in front of the network') +
            paragraph('Daily backups of the database'),
        ),
        'a.docx',
      ],
    ]
    for (const [bytes, name] of documents) {
      const result = await read(bytes, name)
      expect(idsOf(result), name).toEqual(['firewall', 'regular-backup'])
      expect(result.statements.find((one) => one.measures.length > 0)?.section, name).toMatch(/Access control/)
    }
  })

  it('keeps the columns of true tables in HTML and DOCX', async () => {
    const rows = [
      ['Technische Maßnahmen', 'Organisatorische Maßnahmen'],
      ['Videoüberwachung der Eingänge', 'Besucher nur in Begleitung der Mitarbeiter'],
    ]
    const html = `<html><body><h2>Zutrittskontrolle für die Räume</h2><table>${rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')}</table></body></html>`
    for (const result of [
      await read(html, 'a.html'),
      await read(docx(paragraph('Zutrittskontrolle für die Räume', 'Heading2') + table(rows)), 'a.docx'),
    ]) {
      const cells = result.statements
        .filter((one) => one.type === 'measure')
        .map((one) => [one.column, one.measures[0]?.id])
      expect(cells).toEqual([
        ['technical', 'video-surveillance'],
        ['organisational', 'visitor-escort'],
      ])
    }
  })

  it('reads nested lists and tick boxes of HTML', async () => {
    const result = await read(
      '<html><body><ul><li>Office:<ul><li><input type=checkbox checked> Alarm system for the building</li><li><input type=checkbox> Video surveillance of the entrance</li></ul></li></ul></body></html>',
      'a.html',
    )
    expect(result.statements.filter((one) => one.measures.length > 0).map((one) => one.status)).toEqual([
      'in-place',
      'not-in-place',
    ])
  })

  it('rebuilds lines, wrapped words and pages of a PDF by position', async () => {
    const page: Placed[] = [
      [60, 780, 'Technical and organisational measures'],
      [60, 740, 'All staff sign a confidentiality agreement before they begin and the data is en-'],
      [60, 727, 'crypted at rest with AES-256 in the database of the platform.'],
      [300, 700, 'twice a year.'],
      [60, 700, 'Restore tests are carried out'],
    ]
    const result = await read(pdf([[[60, 780, 'Cover page of the measures of Example Ltd, version 3']], page]), 'a.pdf')
    expect(result.document).toMatchObject({ format: 'pdf', pages: 2, version: '3' })
    const crypted = result.statements.find((one) => one.measures.some((measure) => measure.id === 'encryption-at-rest'))
    expect(crypted).toMatchObject({ page: 2 })
    expect(crypted?.text).toContain('encrypted at rest')
    expect(idsOf(result)).toEqual(
      expect.arrayContaining(['confidentiality-agreements', 'encryption-at-rest', 'restore-test']),
    )
  })

  it('reads a PDF that comes as the Buffer of a file', async () => {
    const bytes = Buffer.from(pdf([[[60, 780, 'All network communication uses TLS 1.2 or newer.']]]))
    expect((await read(bytes, 'a.pdf')).document.pages).toBe(1)
  })

  it('drops the headers and page numbers of a PDF', async () => {
    const page = (number: number, text: string): Placed[] => [
      [60, 810, 'Example Ltd, measures'],
      [60, 700, text],
      [300, 30, `Page ${number} of 3`],
    ]
    const pages = [
      page(1, 'A firewall protects the network of the office.'),
      page(2, 'Backups of the database run every night.'),
      page(3, 'Staff are trained in data protection every year.'),
    ]
    const result = await read(pdf(pages), 'a.pdf')
    expect(result.statements.map((one) => [one.page, one.measures[0]?.id])).toEqual([
      [1, 'firewall'],
      [2, 'regular-backup'],
      [3, 'employee-training'],
    ])
  })

  it('reads a Buffer as well as any bytes and leaves it as it was', async () => {
    const buffer = Buffer.from(pdf([[[60, 700, 'A firewall protects the network of the office.']]]))
    const before = Buffer.from(buffer)
    const result = await readDocument(buffer, { name: 'a.pdf', now: today })
    expect(idsOf(result)).toEqual(['firewall'])
    expect(buffer.equals(before)).toBe(true)
    expect(result.document.sha256).toMatch(/^[0-9a-f]{64}$/)
  })

  it('keeps the cells of a two-column table of a PDF apart', async () => {
    const rows: [string, string][] = [
      ['Technical measures', 'Organisational measures'],
      ['Alarm system', 'Key register'],
      ['Video surveillance', 'Visitors are escorted'],
      ['Security locks', 'Cleaning staff chosen with care'],
      ['Motion detectors', 'Visitor book'],
    ]
    const placed = rows.flatMap(([left, right], index): Placed[] => [
      [60, 740 - index * 20, left],
      [320, 740 - index * 20, right],
    ])
    const result = await read(pdf([[[60, 780, 'Physical access control'], ...placed]]), 'a.pdf')
    const cells = result.statements.filter((one) => one.column !== null && one.type === 'measure')
    expect(cells.map((one) => one.column)).toEqual(
      Array.from({ length: 4 }, () => ['technical', 'organisational']).flat(),
    )
    expect(cells.map((one) => one.measures[0]?.id)).toEqual([
      'alarm-perimeter',
      'physical-key-register',
      'video-surveillance',
      'visitor-escort',
      'mechanical-locks',
      'service-staff-selection',
      'alarm-perimeter',
      'entry-logging',
    ])
  })

  it('reads two columns of prose one after the other', async () => {
    const left = [
      'Access to the premises is restricted',
      'to authorised persons and visitors',
      'are escorted by employees always.',
      'Doors are locked with security locks.',
    ]
    const right = [
      'Backups of the database are made',
      'every night and stored off-site in',
      'another data centre. Restore tests',
      'take place every three months.',
    ]
    const placed = left.flatMap((text, index): Placed[] => [
      [60, 740 - index * 13, text],
      [320, 740 - index * 13, right[index] ?? ''],
    ])
    const result = await read(pdf([placed]), 'a.pdf')
    const text = result.statements.map((one) => one.text).join(' ')
    expect(text.indexOf('security locks')).toBeLessThan(text.indexOf('Backups of the database'))
    expect(
      result.statements.find((one) => one.measures.some((measure) => measure.id === 'restore-test'))?.cadence,
    ).toEqual({ every: 'P3M' })
  })

  it('reads UTF-16 and Windows-1252 as well as UTF-8', async () => {
    const text =
      'Maßnahmen\n\n- Die Räume sind außerhalb der Geschäftszeiten verschlossen.\n- Verschlüsselung der Datenträger in Laptops\n'
    const utf16 = new Uint8Array([
      0xff,
      0xfe,
      ...Array.from(text, (letter) => [letter.charCodeAt(0) & 0xff, letter.charCodeAt(0) >> 8]).flat(),
    ])
    const latin = Uint8Array.from(text, (letter) => letter.charCodeAt(0))
    for (const bytes of [strToU8(text), utf16, latin])
      expect(idsOf(await read(bytes, 'a.txt'))).toEqual(['disk-encryption', 'rooms-locked'])
  })
})

describe('refusals', () => {
  const bomb = () => docx(paragraph('x'), { 'word/media/a.xml': new Uint8Array(30 * 1024 * 1024) })
  const table: [string, () => Uint8Array | string, string, string][] = [
    ['an empty file', () => '', 'a.txt', 'empty'],
    ['white space', () => ' \n\t\n ', 'a.md', 'empty'],
    ['null bytes', () => new Uint8Array(5_000), 'a.txt', 'binary'],
    ['a picture', () => new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]), 'a.png', 'binary'],
    [
      'broken UTF-8',
      () => new Uint8Array([...strToU8('Zugänge größer '), 0xc3, 0x28, ...strToU8(' Schlüssel')]),
      'a.txt',
      'broken-encoding',
    ],
    ['a zip bomb', bomb, 'a.docx', 'zip-bomb'],
    ['a truncated DOCX', () => docx(paragraph('Firewall')).slice(0, 400), 'a.docx', 'damaged'],
    ['a DOCX with broken XML', () => docx('<w:p><w:r>'), 'a.docx', 'damaged'],
    ['a deeply nested DOCX', () => docx('<w:p>'.repeat(5_000) + '</w:p>'.repeat(5_000)), 'a.docx', 'too-deep'],
    ['deeply nested HTML', () => `<html><body>${'<div>'.repeat(20_000)}Firewall`, 'a.html', 'too-deep'],
    ['an encrypted PDF', () => pdf([[[60, 700, 'secret']]], true), 'a.pdf', 'encrypted-pdf'],
    ['a scanned PDF', () => pdf([[], [[60, 30, '2']]]), 'a.pdf', 'scanned-pdf'],
    ['a damaged PDF', () => '%PDF-1.7\nnothing of the kind', 'a.pdf', 'damaged'],
    ['a PDF named as text', () => pdf([[[60, 700, 'Firewall']]]), 'a.txt', 'wrong-format'],
    ['text named as PDF', () => 'Firewall and backups are in place.', 'a.pdf', 'wrong-format'],
    ['a DOCX named as PDF', () => docx(paragraph('Firewall')), 'a.pdf', 'wrong-format'],
    [
      'an old Word file',
      () => new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
      'a.doc',
      'legacy-format',
    ],
    ['a spreadsheet', () => zipSync({ 'xl/workbook.xml': strToU8('<x/>') }), 'a.xlsx', 'legacy-format'],
    ['RTF', () => '{\\rtf1 Firewall}', 'a.rtf', 'legacy-format'],
    [
      'French',
      () =>
        'Les mesures de sécurité sont décrites dans ce document pour la protection des données et des accès aux systèmes de la société par une clé.',
      'a.txt',
      'unsupported-language',
    ],
    [
      'Russian',
      () => 'Технические и организационные меры защиты персональных данных компании',
      'a.txt',
      'unsupported-language',
    ],
  ]
  it.each(table)('refuses %s with a sentence and a remedy', async (_what, make, name, code) => {
    const error = await refusal(make(), name)
    expect(error.code).toBe(code)
    for (const sentence of [error.say('en'), error.say('de')]) {
      expect(sentence).not.toMatch(/[{}]/)
      expect(sentence).toMatch(/\.\s.+\.$/s)
    }
    expect(error.say('en')).not.toBe(error.say('de'))
  })

  it('resolves no entity of a DOCX, from outside or many times over', async () => {
    const doubled = Array.from({ length: 30 }, (_, n) => `<!ENTITY e${n + 1} "&e${n};&e${n};">`).join('')
    const entities = `<!DOCTYPE x [<!ENTITY file SYSTEM "file://${import.meta.filename}"><!ENTITY e0 "grown">${doubled}]>`
    for (const entity of ['file', 'e30']) {
      const body = `<w:p><w:r><w:t>Firewall and daily backups are in place. &${entity};</w:t></w:r></w:p>`
      const document = `<?xml version="1.0"?>${entities}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`
      const said = await read(docx('', { 'word/document.xml': strToU8(document) }), 'a.docx').then(
        (result) => JSON.stringify(result),
        (error: unknown) => (error instanceof ReaderError ? error.code : 'another error'),
      )
      expect(said).not.toMatch(/resolves no entity|growngrown|another error/)
    }
  })

  it('refuses 200 MB at once, by the bytes and by the size alone', async () => {
    const start = performance.now()
    const error = await refusal(new Uint8Array(200 * 1024 * 1024), 'a.pdf')
    expect(error.params).toEqual({ size: 200, limit: 25 })
    expect(performance.now() - start).toBeLessThan(500)
    expect(() => checkSize(limits.bytes + 1)).toThrow(ReaderError)
    expect(() => checkSize(limits.bytes)).not.toThrow()
  })

  it('names the language that it cannot read', async () => {
    const error = await refusal(
      'De maatregelen zijn van toepassing op de toegang tot het systeem en worden bij een wijziging door de leverancier voor de klant aangepast.',
      'a.txt',
    )
    expect(error.params).toEqual({ language: 'Dutch' })
  })

  it('stops when the time is over', async () => {
    const text = strToU8('Backups are made every night.\n'.repeat(2_000))
    await expect(readDocument(text, { name: 'a.txt', now: today, limits: { milliseconds: 5 } })).rejects.toMatchObject({
      code: 'timeout',
    })
  })

  it('reads one line of a megabyte within its limits', async () => {
    const start = performance.now()
    const result = await read(`Firewall ${'and '.repeat(250_000)}`, 'a.txt')
    expect(result.document.words).toBe(250_001)
    expect(performance.now() - start).toBeLessThan(5_000)
  })

  it('has a sentence in both languages for each code', () => {
    expect(readerErrorCodes.length).toBeGreaterThan(12)
    for (const code of readerErrorCodes) expect(new ReaderError(code).say('de')).toMatch(/[a-zäöü)]\.$/)
  })
})
