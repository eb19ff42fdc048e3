/** Longest name that is kept, in characters. */
const longest = 120

/** Names that Windows gives to devices. */
const device = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$/i

/**
 * The name of a file without anything that a page, a shell or a folder could take for something else: no path, no control
 * or invisible character, no mark that turns the direction of writing, and an ending that fits what the file is.
 *
 * @param endings of its type, without the point; the first is appended where none fits
 * @source Unicode TR 36 §3.3 (bidirectional spoofing)
 */
export function cleanName(given: string, endings: readonly string[]): string {
  const last = given.toWellFormed().normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const plain = last
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}\uFFFD]/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\p{Zs}+/gu, ' ')
    .replace(/^[. ]+|(?<![. ])[. ]+$/g, '')
  const point = plain.lastIndexOf('.')
  const ending = point > 0 ? plain.slice(point + 1).toLowerCase() : ''
  const fits = endings.includes(ending)
  const stem = fits ? plain.slice(0, point).replace(/(?<![. ])[. ]+$/, '') : plain
  const end = fits ? plain.slice(point + 1) : (endings[0] ?? 'bin')
  const short = Array.from(stem)
    .slice(0, longest - end.length - 1)
    .join('')
  const kept = short === '' ? 'file' : device.test(short.split('.')[0] ?? '') ? `_${short}` : short
  return `${kept}.${end}`
}
