import { fileErrors } from './errors.ts'

/** What kind of text it is. @throws {file.is_page | file.is_program} @returns null where it is no text at all */
export function textType(bytes: Buffer): string | null {
  const text = textOf(bytes)
  if (text === null) return null
  const begin = text.slice(0, 2_000).trimStart()
  if (begin.startsWith('#!') || /^(?:@echo off|<\?php|<%)/i.test(begin)) throw fileErrors.is_program()
  if (begin.startsWith('<')) {
    if (!isXml(text)) throw fileErrors.is_page()
    return 'application/xml'
  }
  if (isLetter(begin)) return 'message/rfc822'
  if (/^[[{]/.test(begin) && isJson(text)) return 'application/json'
  return isTable(text) ? 'text/csv' : 'text/plain'
}

/** The text in UTF-8, else in the coding of old German tables; null where control characters say that it is none. */
function textOf(bytes: Buffer): string | null {
  const text = decoded(bytes)
  // In the old coding U+0080 to U+009F are quotation marks and the like.
  return /[^\P{Cc}\s\u0080-\u009f]/u.test(text) ? null : text.replace(/^\ufeff/, '')
}

function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return bytes.toString('latin1')
  }
}

/** XML that no browser shows as a page: not XHTML, not SVG, and without a style sheet that would make it one. */
function isXml(text: string): boolean {
  const root = /^<(?:[\w.-]{1,200}:)?([\w.-]{1,200})[\s/>]/.exec(afterComments(text))?.[1]?.toLowerCase()
  if (root === undefined || ['html', 'svg', 'script', 'body', 'head'].includes(root)) return false
  if (!/^\s*<\?xml/.test(text) && !/<\/[\w.:-]+>\s*$/.test(text)) return false
  return !/www\.w3\.org\/(?:1999\/xhtml|2000\/svg)|<\?xml-stylesheet|<script[\s>]/i.test(text)
}

/** A document from its first element on. One pass: a pattern for any number of comments tries every way to part them. */
function afterComments(text: string): string {
  let at = /^\s*(?:<\?xml[^>]*>)?/.exec(text)?.[0].length ?? 0
  for (;;) {
    while (/\s/.test(text.charAt(at))) at++
    const end = text.startsWith('<!--', at) ? text.indexOf('-->', at + 4) : -1
    if (end < 0) return text.slice(at, at + 500)
    at = end + 3
  }
}

/** @source RFC 5322 §2.2: a letter begins with header fields, and has a date and a sender */
function isLetter(begin: string): boolean {
  const header = begin.split(/\r?\n\r?\n/)[0] ?? ''
  const fields = header.split(/\r?\n(?![ \t])/)
  const names = new Set(fields.flatMap((line) => /^([!-9;-~]+):/.exec(line)?.[1]?.toLowerCase() ?? []))
  const isHeader = fields.length >= 3 && fields.slice(0, -1).every((line) => /^[!-9;-~]+:/.test(line))
  return isHeader && names.has('from') && (names.has('date') || names.has('received'))
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** So much of a text is looked at for rows. A quote that never ends would be followed through all of it. */
const mostLooked = 65_536

/** Whether the first lines have the same number of columns, at least two. */
function isTable(text: string): boolean {
  const whole = text.length > mostLooked ? text.slice(0, text.lastIndexOf('\n', mostLooked) + 1) : text
  const lines = whole.split(/\r?\n/, 20).filter((line) => line.trim() !== '')
  return (
    lines.length >= 2 &&
    [';', ',', '\t'].some((mark) => {
      const counts = lines.map((line) => line.replace(/"(?:[^"]|"")*"/g, '').split(mark).length)
      return (counts[0] ?? 0) > 1 && counts.every((count) => count === counts[0])
    })
  )
}
