import type { Column, MappedMeasure } from './schema.ts'

/** A part of a line of a flattened two-column table; the column is known only where the line was cut. */
export type Cut = { readonly text: string; readonly column: Column | null }

/** Whether a line is the header of a two-column table of technical and organisational measures, its columns lost. */
export function isColumnHeader(text: string): boolean {
  return /^(technical|technische) (measures|maßnahmen)\s*[|/]?\s*(organi[sz]ational|organisatorische) (measures|maßnahmen)$/i.test(
    text,
  )
}

/** Words after which no cell ends and before which none begins. */
const GLUE = new Set(
  'a an and or of for in on to with by the via per from as is are und oder von für mit bei im am der die das den des dem zu zur zum durch über auf aus nach sowie'.split(
    ' ',
  ),
)

/**
 * Cuts a line of a flattened two-column table where the second noun phrase starts. English shows it by a capital inside
 * the line; where nothing shows it, the line is cut only if both parts speak, surely, of different measures.
 */
export function cutColumns(text: string, map: (text: string) => readonly MappedMeasure[]): Cut[] {
  const words = text.split(/\s+/)
  const at = capitalBorder(words) ?? meaningBorder(words, map)
  if (at === null) return [{ text, column: 'technical' }]
  return [
    { text: words.slice(0, at).join(' '), column: 'technical' },
    { text: words.slice(at).join(' '), column: 'organisational' },
  ]
}

/** Index of the first word that starts with a capital where a sentence would not need one. */
function capitalBorder(words: readonly string[]): number | null {
  let depth = 0
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? ''
    const inside = depth > 0
    depth += word.split('(').length - word.split(')').length
    if (i < 2 || inside || words.length - i < 2) continue
    const previous = words[i - 1] ?? ''
    if (/^\p{Lu}\p{Ll}/u.test(word) && !GLUE.has(previous.toLowerCase()) && !/[.!?,;:&/–-]$/.test(previous)) return i
  }
  return null
}

/** Index where both sides map surely to different measures; the latest such, since the first cell holds its own nouns. */
function meaningBorder(words: readonly string[], map: (text: string) => readonly MappedMeasure[]): number | null {
  if (words.length > 24) return null
  for (let i = words.length - 2; i >= 2; i--) {
    if (GLUE.has((words[i] ?? '').toLowerCase()) || GLUE.has((words[i - 1] ?? '').toLowerCase())) continue
    const left = map(words.slice(0, i).join(' '))
    const right = map(words.slice(i).join(' '))
    const leftIds = new Set(left.map((measure) => measure.id))
    if (left.length > 0 && right.length > 0 && right.every((measure) => !leftIds.has(measure.id))) return i
  }
  return null
}
