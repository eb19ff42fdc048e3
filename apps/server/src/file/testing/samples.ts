import { crc32, deflateRawSync } from 'node:zlib'

/** A part of a container. */
export interface Part {
  readonly name: string
  readonly content: Buffer
  /** Kept as it is. */
  readonly stored?: true
  /** What the directory says of its unpacked size, where that is a lie. */
  readonly says?: number
}

/** The same content is packed once: a bomb is made of many. */
const packedOnce = new WeakMap<Buffer, { sum: number; packed: Buffer }>()

function pack(content: Buffer): { sum: number; packed: Buffer } {
  const made = packedOnce.get(content) ?? { sum: crc32(content), packed: deflateRawSync(content, { level: 9 }) }
  packedOnce.set(content, made)
  return made
}

/** A ZIP container, as office programs write it. @source PKWARE APPNOTE 6.3.10 */
export function zipOf(parts: readonly Part[]): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, content, stored, says = content.length } of parts) {
    const { sum, packed } = stored ? { sum: crc32(content), packed: content } : pack(content)
    const file = Buffer.from(name, 'utf8')
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(stored ? 0 : 8, 4)
    common.writeUInt32LE(sum, 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(says, 18)
    common.writeUInt16LE(file.length, 22)
    const central = Buffer.alloc(16)
    central.writeUInt32LE(at, 12)
    bodies.push(Buffer.from('PK\u0003\u0004', 'latin1'), common, file, packed)
    directory.push(Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), common, central.subarray(2), file)
    at += 30 + file.length + packed.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006', 'latin1')
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...bodies, listed, end])
}

const types = { name: '[Content_Types].xml', content: Buffer.from('<Types/>') }

/** The smallest of each office document, with more parts if wanted. */
export const office = {
  docx: (more: readonly Part[] = []) =>
    zipOf([types, { name: 'word/document.xml', content: Buffer.from('<w:document/>') }, ...more]),
  xlsx: () => zipOf([types, { name: 'xl/workbook.xml', content: Buffer.from('<workbook/>') }]),
  pptx: () => zipOf([types, { name: 'ppt/presentation.xml', content: Buffer.from('<p:presentation/>') }]),
  odt: () =>
    zipOf([
      { name: 'mimetype', content: Buffer.from('application/vnd.oasis.opendocument.text'), stored: true },
      { name: 'content.xml', content: Buffer.from('<office:document-content/>') },
    ]),
}

/** A workbook with one sheet of texts, as spreadsheet programs write it. @source ECMA-376 part 1, §18.3.1 */
export function workbookOf(rows: readonly (readonly string[])[]): Buffer {
  const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  const cell = (text: string, column: number, row: number) =>
    `<c r="${String.fromCharCode(65 + column)}${row + 1}" t="inlineStr"><is><t>${escaped(text)}</t></is></c>`
  const line = (cells: readonly string[], row: number) =>
    `<row r="${row + 1}">${cells.map((text, column) => cell(text, column, row)).join('')}</row>`
  const part = (name: string, text: string): Part => ({ name, content: Buffer.from(`<?xml version="1.0"?>${text}`) })
  return zipOf([
    types,
    part(
      'xl/workbook.xml',
      `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="Sheet1" sheetId="1" r:id="r1"/></sheets></workbook>`,
    ),
    part(
      'xl/_rels/workbook.xml.rels',
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    ),
    part(
      'xl/worksheets/sheet1.xml',
      `<worksheet xmlns="${main}"><sheetData>${rows.map(line).join('')}</sheetData></worksheet>`,
    ),
  ])
}

/** A PDF of one empty page. */
export const pdf = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n' +
    '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
)

/** A picture of one pixel. */
export const gif = Buffer.from('R0lGODlhAQABAIAAAP8AAAAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==', 'base64')

/** A picture of one pixel. */
export const webp = Buffer.from('UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoBAAEAAgA0JaQAA3AA/vuUAAA=', 'base64')

/** The frame of a JPEG. */
export const jpeg = Buffer.concat([
  Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]),
  Buffer.from('JFIF\0\u0001\u0001\0\0\u0001\0\u0001\0\0', 'latin1'),
  Buffer.from([0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xd9]),
])

/** A letter as programs for mail save it. */
export const letter = Buffer.from(
  'From: reader@example.com\r\nTo: owner@example.com\r\nDate: Mon, 2 Nov 2026 10:00:00 +0100\r\nSubject: Agreed\r\n\r\nYes.\r\n',
)
