/** A text that may hold several lines, without what no reader could see: control characters and marks of direction. */
export function cleanText(text: string): string {
  return (
    text
      .replaceAll(/\r\n?/g, '\n')
      .replaceAll(/[\p{Cc}\p{Cf}]/gu, (character) => (character === '\n' || character === '\u00AD' ? character : ''))
      // A run of blanks is looked at from where it begins alone: from each of its blanks it would take hours of a long one.
      .replaceAll(/(?<![ \t])[ \t]+$/gm, '')
      .trim()
  )
}
