import type { Source } from './block.ts'
import { ReaderError } from './error.ts'
import type { Deadline, Limits } from './limits.ts'
import { layOut, type Piece } from './layout.ts'
import { readLines } from './text.ts'

/** Fewer letters on a page than this, on average, is no text: stamps and page numbers on scanned pictures. */
const LETTERS_PER_PAGE = 25

/**
 * Reads a PDF (attacker-controlled): the pieces of text of each page are put back into lines, columns and tables by
 * their positions.
 *
 * @throws {ReaderError} encrypted-pdf, scanned-pdf, too-many-pages, too-long, timeout, damaged
 */
export async function readPdf(bytes: Uint8Array, limits: Limits, deadline: Deadline): Promise<Source> {
  const { getDocumentProxy } = await import('unpdf')
  // A copy, since its buffer is taken away; and no Buffer, which the library refuses.
  const document = await open(() => getDocumentProxy(new Uint8Array(bytes), { verbosity: 0, stopAtErrors: false }))
  try {
    if (document.numPages > limits.pages)
      throw new ReaderError('too-many-pages', { pages: document.numPages, limit: limits.pages })
    const lines: string[] = []
    const pageOfLine: number[] = []
    for (let number = 1; number <= document.numPages; number++) {
      deadline.check()
      const page = await document.getPage(number)
      const content = await page.getTextContent()
      const pieces = content.items.flatMap((item): Piece[] => ('str' in item ? [pieceOf(item)] : []))
      for (const line of [...layOut(pieces), '']) {
        lines.push(line)
        pageOfLine.push(number)
      }
      if (lines.length > limits.characters) throw new ReaderError('too-long', { limit: limits.characters })
      page.cleanup()
    }
    const kept = dropFurniture(lines, pageOfLine)
    const letters = lines.join('').match(/\p{L}/gu)?.length ?? 0
    if (letters < LETTERS_PER_PAGE * document.numPages) throw new ReaderError('scanned-pdf')
    return { ...readLines(kept, pageOfLine), pages: document.numPages }
  } catch (cause) {
    throw cause instanceof ReaderError ? cause : new ReaderError('damaged', { format: 'PDF' }, cause)
  } finally {
    await document.cleanup().catch(() => undefined)
  }
}

async function open<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    const name = cause instanceof Error ? cause.name : ''
    throw new ReaderError(name === 'PasswordException' ? 'encrypted-pdf' : 'damaged', { format: 'PDF' }, cause)
  }
}

function pieceOf(item: { str: string; transform: unknown[]; width: number; height: number }): Piece {
  const [, , , , x, y] = item.transform as number[]
  return { text: item.str, x: x ?? 0, y: y ?? 0, width: item.width, height: item.height || 10 }
}

/** Headers and footers stand on most pages in the same words, but for numbers; they are emptied, not removed, so that lines keep their numbers. */
function dropFurniture(lines: readonly string[], pageOfLine: readonly number[]): string[] {
  const pagesOf = new Map<string, Set<number>>()
  const key = (line: string) => line.replaceAll(/\d+/g, '#').trim()
  lines.forEach((line, index) => {
    if (line !== '') pagesOf.set(key(line), (pagesOf.get(key(line)) ?? new Set()).add(pageOfLine[index] ?? 0))
  })
  const pages = pageOfLine.at(-1) ?? 1
  return lines.map((line) =>
    pages >= 3 && line.length < 120 && (pagesOf.get(key(line))?.size ?? 0) > pages * 0.6 ? '' : line,
  )
}
