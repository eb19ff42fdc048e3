/** A text that may hold several lines, without what no reader could see: control characters and marks of direction. */
export function cleanText(text: string): string {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, (character) => (character === '\n' || character === '\u00AD' ? character : ''))
    .replaceAll(/[ \t]+$/gm, '')
    .trim()
}
