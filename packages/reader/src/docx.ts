import { unzipSync, zipSync } from 'fflate'
import type { Source } from './block.ts'
import { ReaderError } from './error.ts'
import { readHtml } from './html.ts'
import type { Limits } from './limits.ts'
import { checkDirectory, type ZipEntry } from './zip.ts'

/** Parts that hold text or say how to read it. Pictures, fonts and embedded files stay packed. */
const NEEDED =
  /^(\[Content_Types\]\.xml|_rels\/\.rels|word\/(?:_rels\/)?(?:document|styles|numbering|footnotes|endnotes|comments|settings)[^/]*\.xml(?:\.rels)?)$/

/**
 * Reads a DOCX (attacker-controlled). Its directory is checked before anything is unpacked; then only the parts with
 * text are, each into a buffer of its stated size, so that a false statement cannot make it grow.
 *
 * @throws {ReaderError} zip-bomb, too-deep, damaged
 */
export async function readDocx(bytes: Uint8Array, entries: readonly ZipEntry[], limits: Limits): Promise<Source> {
  checkDirectory(entries, limits)
  const html = await toHtml(textParts(bytes), limits)
  return readHtml(html, limits)
}

function textParts(bytes: Uint8Array): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes, { filter: (file) => NEEDED.test(file.name) })
  } catch (cause) {
    throw new ReaderError('damaged', { format: 'DOCX' }, cause)
  }
}

async function toHtml(parts: Record<string, Uint8Array>, limits: Limits): Promise<string> {
  for (const part of Object.values(parts)) checkDepth(part, limits.depth)
  const { default: mammoth } = await import('mammoth')
  try {
    const buffer = Buffer.from(zipSync(parts, { level: 0 }))
    const options = {
      ignoreEmptyParagraphs: true,
      externalFileAccess: false,
      convertImage: mammoth.images.imgElement(async () => ({ src: '' })),
    }
    return (await mammoth.convertToHtml({ buffer }, options)).value
  } catch (cause) {
    throw new ReaderError('damaged', { format: 'DOCX' }, cause)
  }
}

const OPEN = 0x3c
const SLASH = 0x2f
const CLOSE = 0x3e

/** Counts the nesting of XML elements in one pass over the bytes. @throws {ReaderError} too-deep */
function checkDepth(xml: Uint8Array, limit: number): void {
  let depth = 0
  for (let i = 0; i < xml.length - 1; i++) {
    if (xml[i] === OPEN && xml[i + 1] === SLASH) depth--
    else if (xml[i] === OPEN && xml[i + 1] !== 0x21 && xml[i + 1] !== 0x3f) depth++
    else if (xml[i] === SLASH && xml[i + 1] === CLOSE) depth--
    if (depth > limit) throw new ReaderError('too-deep', { limit })
  }
}
