import { describe, expect, it } from 'vitest'
import { makePng, pngChunk } from '../../../../scripts/testing/png.ts'
import { AppError } from '../kernel/index.ts'
import { cleanName } from './name.ts'
import { gif, jpeg, letter, office, pdf, webp, zipOf } from './testing/samples.ts'
import { endingsOf, typeOf } from './type.ts'

const text = (content: string) => Buffer.from(content, 'utf8')
const join = (...parts: readonly (Buffer | string)[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? text(part) : part)))
const said = async (bytes: Buffer) =>
  await typeOf(bytes).catch((error: unknown) => (error instanceof AppError ? error.code : String(error)))

describe('what a file is, by its bytes', () => {
  it.each([
    ['a PDF', pdf, 'application/pdf'],
    ['a PNG', makePng(), 'image/png'],
    ['a JPEG', jpeg, 'image/jpeg'],
    ['a GIF', gif, 'image/gif'],
    ['a WebP', webp, 'image/webp'],
    ['a text', text('# Keys\n\nAll were there.\n'), 'text/plain'],
    ['a text in an old coding', Buffer.from('Schl\u00fcssel gepr\u00fcft\n', 'latin1'), 'text/plain'],
    ['a table', text('name;issued\r\n"Key; front";2\r\nCard;4\r\n'), 'text/csv'],
    ['JSON', text('{"accounts": [1, 2]}'), 'application/json'],
    ['XML', text('<?xml version="1.0"?>\n<report><line/></report>'), 'application/xml'],
    ['a letter', letter, 'message/rfc822'],
    ['a DOCX', office.docx(), 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['an XLSX', office.xlsx(), 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    ['a PPTX', office.pptx(), 'application/vnd.openxmlformats-officedocument.presentationml.presentation'],
    ['an ODT', office.odt(), 'application/vnd.oasis.opendocument.text'],
  ])('takes %s', async (_, bytes, type) => expect(await said(bytes)).toBe(type))

  it.each([
    ['nothing', Buffer.alloc(0), 'file.empty'],
    ['a ZIP archive', zipOf([{ name: 'note.txt', content: text('hello') }]), 'file.is_archive'],
    ['a RAR archive', text('Rar!\u001a\u0007\u0001\u0000'), 'file.is_archive'],
    ['a program', Buffer.concat([text('MZ'), Buffer.alloc(200)]), 'file.is_program'],
    ['a program for Linux', Buffer.concat([Buffer.from('\u007fELF', 'latin1'), Buffer.alloc(200)]), 'file.is_program'],
    ['a script', text('#!/bin/sh\nrm -rf /\n'), 'file.is_program'],
    ['a page', text('<!doctype html><script>alert(1)</script>'), 'file.is_page'],
    ['a drawing with a script', text('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'), 'file.is_page'],
    [
      'a page that says it is XML',
      text('<?xml version="1.0"?><x:p xmlns:x="http://www.w3.org/1999/xhtml"><x:script/></x:p>'),
      'file.is_page',
    ],
    [
      'an old Word document',
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]),
      'file.is_old_office',
    ],
    ['a film', Buffer.concat([Buffer.alloc(4), text('ftypisom'), Buffer.alloc(90)]), 'file.is_media'],
    ['bytes of no kind', Buffer.from([1, 2, 3, 4, 5]), 'file.unknown_type'],
    ['half a PDF', pdf.subarray(0, 60), 'file.is_damaged'],
    ['half a PNG', makePng().subarray(0, 40), 'file.is_damaged'],
    ['a DOCX with macros', office.docx([{ name: 'word/vbaProject.bin', content: text('x') }]), 'file.has_macros'],
    [
      'a DOCX with a path out of it',
      office.docx([{ name: '../../etc/cron.d/x', content: text('x') }]),
      'file.is_damaged',
    ],
  ])('refuses %s, and says what it saw', async (_, bytes, code) => expect(await said(bytes)).toBe(code))

  it.each([
    ['comments before no element', '<!---->'.repeat(20_000) + '<!'],
    ['comments in comments', `${'<!-- <!-- -->'.repeat(20_000)}<a`],
    ['an element whose name never ends', `<${'a.'.repeat(200_000)}`],
    ['a declaration that never ends', `<?xml${' '.repeat(400_000)}`],
  ])('is decided at once for %s', async (_, content) => expect(await said(text(content))).toBe('file.is_page'))

  it.each([
    ['a quote that never ends', `"${'a'.repeat(20_000_000)}`],
    ['quotes in quotes', '"",'.repeat(2_000_000)],
    ['a header that never ends', `From:${' x\n '.repeat(300_000)}`],
  ])('is decided at once for one line of %s', async (_, content) =>
    expect(await said(text(content))).toBe('text/plain'),
  )

  it('is told of a document behind its comments', async () => {
    expect(await said(text('<?xml version="1.0"?> <!-- a > b --> <!----><report></report>'))).toBe('application/xml')
    expect(await said(text('<!-- <report> --><html></html>'))).toBe('file.is_page')
  })

  it.each([
    ['PDF and ZIP', join(pdf, zipOf([{ name: 'a', content: text('b') }]))],
    ['PDF and ZIP, the archive within', join('%PDF-1.4\n', zipOf([{ name: 'a', content: text('b') }]), '\n%%EOF')],
    ['GIF and JavaScript', join('GIF89a/*', gif.subarray(8), '*/=1;alert(1)')],
    [
      'GIF and JavaScript in its comment',
      join('GIF89a/*', gif.subarray(8, 19), '!\u00fe', '\u0008*/=1;//x', '\u0000', gif.subarray(19)),
    ],
    ['PNG and a page behind it', join(makePng(), '<html><script>alert(1)</script>')],
    [
      'PNG and a page in its comment',
      makePng({ more: [pngChunk('tEXt', text('Comment\0<script>alert(1)</script>'))] }),
    ],
    ['JPEG and PDF', join(jpeg.subarray(0, 20), pdf, jpeg.subarray(20))],
    ['JPEG and ZIP', join(jpeg, zipOf([{ name: 'a', content: text('b') }]))],
    ['DOCX and something behind it', join(office.docx(), '<html>')],
  ])('refuses what is two things at once: %s', async (_, bytes) =>
    expect(await said(bytes)).toMatch(/two_things|damaged/),
  )

  it.each([
    ['by its directory', office.docx([{ name: 'word/media/a.xml', content: Buffer.alloc(80_000_000) }])],
    ['against its directory', office.docx([{ name: 'word/media/a.xml', content: Buffer.alloc(80_000_000), says: 10 }])],
  ])('refuses a document that unpacks to far more than it is: %s', async (_, bytes) => {
    expect(bytes.length).toBeLessThan(200_000)
    expect(await said(bytes)).toBe('file.unpacks_too_far')
  })

  it('refuses parts that share their bytes', async () => {
    const bytes = office.docx([{ name: 'b', content: text('bbbb') }])
    const second = bytes.lastIndexOf('PK\u0001\u0002')
    const first = bytes.indexOf('PK\u0001\u0002')
    bytes.writeUInt32LE(bytes.readUInt32LE(first + 42), second + 42)
    expect(await said(bytes)).toBe('file.unpacks_too_far')
  })
})

describe('the name of a file', () => {
  const ofPdf = endingsOf('application/pdf')
  it.each([
    ['report.pdf', 'report.pdf'],
    ['Prüfbericht 2026.PDF', 'Prüfbericht 2026.PDF'],
    ['../../etc/passwd', 'passwd.pdf'],
    ['/etc/cron.d/job', 'job.pdf'],
    ['C:\\Windows\\win.ini', 'win.ini.pdf'],
    ['a\u0000b.pdf', 'ab.pdf'],
    ['invoice\u202Efdp.exe', 'invoicefdp.exe.pdf'],
    ['\u2066x\u2069\u200b.pdf', 'x.pdf'],
    ['...', 'file.pdf'],
    ['', 'file.pdf'],
    ['.pdf', 'pdf.pdf'],
    ['NUL.pdf', '_NUL.pdf'],
    ['a<b>:c.pdf', 'a_b__c.pdf'],
    ['run.bat', 'run.bat.pdf'],
    ['line\r\nbreak.pdf', 'linebreak.pdf'],
  ])('%j becomes %j', (given, kept) => expect(cleanName(given, ofPdf)).toBe(kept))

  it('is cut without losing its ending', () => {
    expect(cleanName(`a${'.'.repeat(200_000)}b${'. '.repeat(100_000)}c.pdf`, ofPdf)).toMatch(/^a\.+\.pdf$/)
    const kept = cleanName(`${'ü'.repeat(500)}.pdf`, ofPdf)
    expect([Array.from(kept).length, kept.endsWith('.pdf')]).toEqual([120, true])
  })
})
