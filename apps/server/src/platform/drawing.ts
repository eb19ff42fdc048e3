import { runApart } from './apart.ts'

/** A drawing that is larger takes longer to show than to open the file. */
const largest = 8 * 1_048_576

/** One at a time: each takes a core. */
let last: Promise<unknown> = Promise.resolve()

/**
 * Draws the first page of a PDF that somebody brought, in a process apart.
 *
 * @returns an SVG drawing; null where it could not be drawn in time and space
 */
export async function drawPdf(pdf: Uint8Array): Promise<Buffer | null> {
  const drawing = last.then(async () => {
    const { ok, output } = await runApart('draw.process.ts', pdf, [], { memoryMiB: 256, timeMs: 15_000 })
    return ok && output.length > 0 && output.length <= largest ? output : null
  })
  last = drawing.catch(() => undefined)
  return await drawing
}
