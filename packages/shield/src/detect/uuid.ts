import { alnum, classOf, flags } from './bytes.ts'
import type { StructureDetector } from './detector.ts'

const hex = flags('0123456789abcdefABCDEF')

function uuidAt(bytes: Uint8Array, at: number, end: number): boolean {
  if (at + 36 > end) return false
  for (let i = 0; i < 36; i++) {
    const byte = bytes[at + i] ?? 0
    if (i === 8 || i === 13 || i === 18 || i === 23 ? byte !== 45 : hex[byte] !== 1) return false
  }
  return true
}

export const uuid: StructureDetector = {
  family: 'structure',
  id: 'uuid',
  title: { en: 'UUID', de: 'UUID' },
  basis: 'RFC 9562',
  source: 'https://www.rfc-editor.org/rfc/rfc9562',
  layout: {
    en: 'Thirty-two hexadecimal digits in groups of 8, 4, 4, 4 and 12.',
    de: 'Zweiunddreißig Hexadezimalziffern in Gruppen von 8, 4, 4, 4 und 12.',
  },
  example: '123e4567-e89b-12d3-a456-426614174000',
  accuracy: {
    en: 'Taken for harmless unless the plan says that these are of persons.',
    de: 'Gilt als harmlos, wenn der Plan nicht sagt, dass diese zu Personen gehören.',
  },
  chance: 1,
  anchors: flags('-'),
  is: (bytes, start, end) => end - start === 36 && uuidAt(bytes, start, end),
  find(bytes, at, start, end, found) {
    const from = at - 8
    if (from < start || !uuidAt(bytes, from, end)) return false
    if (from > start && ((classOf[bytes[from - 1] ?? 0] ?? 0) & alnum) !== 0) return false
    if (from + 36 < end && ((classOf[bytes[from + 36] ?? 0] ?? 0) & alnum) !== 0) return false
    found.start = from
    found.end = from + 36
    return true
  },
  canonical(bytes, start, end, out, at) {
    for (let i = start; i < end; i++) {
      const byte = bytes[i] ?? 0
      out[at + i - start] = byte >= 65 && byte <= 90 ? byte | 32 : byte
    }
    return end - start
  },
}
