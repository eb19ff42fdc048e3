import { ReaderError } from './error.ts'
import type { Format } from './schema.ts'
import { readDirectory, type ZipEntry } from './zip.ts'

/** What the bytes are; of a DOCX also its directory. */
export type Recognised =
  | { readonly format: 'txt' | 'md' | 'html' | 'pdf' }
  | { readonly format: 'docx'; readonly entries: readonly ZipEntry[] }

/** Beginnings of files that are certainly no text, with the name that a person would use. */
const signatures: readonly (readonly [name: string, bytes: readonly number[]])[] = [
  ['a PNG picture', [0x89, 0x50, 0x4e, 0x47]],
  ['a JPEG picture', [0xff, 0xd8, 0xff]],
  ['a GIF picture', [0x47, 0x49, 0x46, 0x38]],
  ['a gzip archive', [0x1f, 0x8b]],
  ['a 7z archive', [0x37, 0x7a, 0xbc, 0xaf]],
  ['a program', [0x7f, 0x45, 0x4c, 0x46]],
  ['a program', [0x4d, 0x5a, 0x90, 0x00]],
]

const NAMES: Readonly<Record<Format, string>> = {
  txt: 'plain text',
  md: 'Markdown',
  html: 'HTML',
  docx: 'DOCX',
  pdf: 'PDF',
}

/**
 * Tells the format by the content and compares it with the ending of the name.
 *
 * @throws {ReaderError} wrong-format, legacy-format, binary, damaged
 */
export function recognise(bytes: Uint8Array, name: string): Recognised {
  const found = byContent(bytes, extensionOf(name))
  const expected = expectedOf(extensionOf(name))
  if (expected !== null && !expected.includes(found.format))
    throw new ReaderError('wrong-format', { found: NAMES[found.format], extension: `.${extensionOf(name)}` })
  return found
}

function extensionOf(name: string): string {
  return /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? ''
}

/** Formats that an ending promises; text formats are told from each other by their content. */
function expectedOf(extension: string): readonly Format[] | null {
  const texts: readonly Format[] = ['txt', 'md', 'html']
  if (extension === 'pdf') return ['pdf']
  if (extension === 'docx' || extension === 'docm') return ['docx']
  return ['txt', 'text', 'md', 'markdown', 'html', 'htm', 'xhtml'].includes(extension) ? texts : null
}

function byContent(bytes: Uint8Array, extension: string): Recognised {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 1_024))
  if (head.includes('%PDF-')) return { format: 'pdf' }
  if (head.startsWith('PK\u0003\u0004')) return ofArchive(bytes)
  if (head.startsWith('PK\u0005\u0006')) throw new ReaderError('empty')
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) throw new ReaderError('legacy-format', { found: 'DOC' })
  if (head.startsWith('{\\rtf')) throw new ReaderError('legacy-format', { found: 'RTF' })
  if (signatures.some(([, signature]) => startsWith(bytes, signature))) throw new ReaderError('binary')
  const start = decodeHead(bytes).trimStart().slice(0, 600)
  if (/^(<\?xml[^>]{0,200}>\s*)?(<!--[^]{0,400}?-->\s*)?<(!doctype html|html|head|body)\b/i.test(start))
    return { format: 'html' }
  if ((extension === 'html' || extension === 'htm') && /<[a-z][a-z0-9]{0,10}[\s>]/i.test(start))
    return { format: 'html' }
  return { format: extension === 'md' || extension === 'markdown' ? 'md' : 'txt' }
}

function ofArchive(bytes: Uint8Array): Recognised {
  const entries = readDirectory(bytes)
  const has = (name: string) => entries.some((entry) => entry.name === name || entry.name.startsWith(`${name}/`))
  if (entries.some((entry) => entry.name === 'word/document.xml')) return { format: 'docx', entries }
  if (has('xl')) throw new ReaderError('legacy-format', { found: 'XLSX' })
  if (has('ppt')) throw new ReaderError('legacy-format', { found: 'PPTX' })
  if (has('content.xml')) throw new ReaderError('legacy-format', { found: 'ODT' })
  throw new ReaderError('legacy-format', { found: 'ZIP' })
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte)
}

function decodeHead(bytes: Uint8Array): string {
  return new TextDecoder(wideEncoding(bytes) ?? 'utf-8').decode(bytes.subarray(0, 4_096))
}

function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (startsWith(bytes, [0xff, 0xfe])) return 'utf-16le'
  return startsWith(bytes, [0xfe, 0xff]) ? 'utf-16be' : null
}

/**
 * Decodes text: UTF-8, UTF-16 with its mark, or Windows-1252, which any other 8-bit text of our languages is.
 *
 * @throws {ReaderError} binary where control bytes show that it is no text, broken-encoding where UTF-8 is cut or mixed
 */
export function decode(bytes: Uint8Array): string {
  const wide = wideEncoding(bytes)
  if (wide) return new TextDecoder(wide).decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return decodeLegacy(bytes)
  }
}

function decodeLegacy(bytes: Uint8Array): string {
  let multibyte = 0
  let broken = -1
  let control = 0
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0
    if (byte < 9 || (byte > 13 && byte < 32)) control++
    if (byte < 0x80) continue
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc2 ? 2 : 1
    const whole =
      length > 1 &&
      [...bytes.subarray(i + 1, i + length)].every((next) => (next & 0xc0) === 0x80) &&
      i + length <= bytes.length
    if (whole) {
      multibyte++
      i += length - 1
    } else if (broken < 0) broken = i
  }
  if (control > bytes.length * 0.01) throw new ReaderError('binary')
  if (multibyte > 0) throw new ReaderError('broken-encoding', { offset: broken })
  return new TextDecoder('windows-1252').decode(bytes)
}
