/** How a picture ends: where its own bytes are over. Null: it is damaged or no such picture. */
type End = (bytes: Buffer) => number | null

/** @source W3C PNG §5.3 */
const endOfPng: End = (bytes) => {
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = bytes.readUInt32BE(at)
    const next = at + 12 + length
    if (next > bytes.length) return null
    if (bytes.toString('latin1', at + 4, at + 8) === 'IEND') return next
    at = next
  }
  return null
}

/** @source CompuServe GIF89a */
const endOfGif: End = (bytes) => {
  if (bytes.length < 14) return null
  const table = (flags: number) => ((flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1))
  const afterBlocks = (from: number): number | null => {
    for (let at = from; at < bytes.length; at += 1 + (bytes[at] ?? 0)) if (bytes[at] === 0) return at + 1
    return null
  }
  for (let at: number | null = 13 + table(bytes[10] ?? 0); at !== null && at < bytes.length;) {
    const block: number | undefined = bytes[at]
    if (block === 0x3b) return at + 1
    if (block === 0x21) at = afterBlocks(at + 2)
    else if (block === 0x2c) at = afterBlocks(at + 10 + table(bytes[at + 9] ?? 0) + 1)
    else return null
  }
  return null
}

/** @source RFC 9649 §2.4 */
const endOfWebp: End = (bytes) => {
  const end = 8 + bytes.readUInt32LE(4)
  return end > bytes.length ? null : end
}

/** Cameras append previews and films of their own, so what follows the end is not refused for that alone. */
const endOfJpeg: End = (bytes) => (bytes.lastIndexOf(Buffer.of(0xff, 0xd9)) > 0 ? bytes.length : null)

/** Where each kind of picture ends. */
export const endOfPicture: Readonly<Record<'image/png' | 'image/gif' | 'image/webp' | 'image/jpeg', End>> = {
  'image/png': endOfPng,
  'image/gif': endOfGif,
  'image/webp': endOfWebp,
  'image/jpeg': endOfJpeg,
}

const markup = /<(?:script|html|!doctype|svg|iframe|body|head)[\s>/]/i

/** Whether a picture holds a page or a program as well: among its comments, or as its very size. */
export function holdsMarkup(bytes: Buffer): boolean {
  // "GIF89a/*" begins a comment of JavaScript, "GIF89a=" an assignment.
  const isScript = bytes.toString('latin1', 0, 3) === 'GIF' && ['/*', '//'].includes(bytes.toString('latin1', 6, 8))
  return isScript || markup.test(bytes.toString('latin1')) || bytes.includes('%PDF-')
}
