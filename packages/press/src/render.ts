import { renderDocx } from './docx.ts'
import type { EditionDocument } from './edition.ts'
import { keptFormats } from './formats.ts'
import type { KeptKey, Maker } from './formats.ts'
import { renderMarkdown } from './markdown.ts'
import { renderPdfs } from './pdf.ts'

/** A kept form in its edition's language. What one maker makes of the same edition is made at once. */
type Renderer = (edition: EditionDocument) => Promise<Uint8Array>

const renderers: Readonly<Record<KeptKey, Renderer>> = {
  pdf: async (edition) => (await set(edition)).accessible,
  'pdf-a': async (edition) => (await set(edition)).archive,
  docx: (edition) => renderDocx(edition),
  md: async (edition) => new TextEncoder().encode(renderMarkdown(edition)),
}

/** One setting serves both PDFs, and is forgotten with its edition. */
const settings = new WeakMap<EditionDocument, ReturnType<typeof renderPdfs>>()

async function set(edition: EditionDocument): ReturnType<typeof renderPdfs> {
  const known = settings.get(edition) ?? renderPdfs(edition)
  settings.set(edition, known)
  return await known
}

/**
 * The kept forms of an edition that one maker makes, by the names of their files.
 *
 * Equal editions give equal bytes on one machine; see `renderPdf` on fonts.
 */
export async function renderKept(edition: EditionDocument, by: Maker): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>()
  for (const format of keptFormats) if (format.by === by) files.set(format.file, await renderers[format.key](edition))
  return files
}
