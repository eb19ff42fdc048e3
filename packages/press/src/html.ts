import { plain } from './plain.ts'

/** Markup that was made by {@link html} and therefore holds no unescaped text of others. */
export interface Markup {
  readonly markup: string
}

/** What may stand in a template: text (escaped), markup, a list of either, or nothing. */
export type Insert = string | number | Markup | null | readonly Insert[]

/** Builds markup; every inserted text is escaped for element content and for double-quoted attributes alike. */
export function html(pieces: TemplateStringsArray, ...inserts: readonly Insert[]): Markup {
  return { markup: String.raw({ raw: pieces }, ...inserts.map(write)) }
}

/** Style or script text of our own, which HTML does not unescape: refused when it could end its element. */
export function rawText(text: string): Markup {
  if (/<\/|<!--/.test(text)) throw new RangeError('Raw text of a style element must not hold "</" or "<!--".')
  return { markup: text }
}

function write(insert: Insert): string {
  if (insert === null) return ''
  if (typeof insert === 'number') return String(insert)
  if (typeof insert === 'string') return escape(insert)
  if ('markup' in insert) return insert.markup
  return insert.map(write).join('')
}

function escape(text: string): string {
  return plain(text).replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
