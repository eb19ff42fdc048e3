import type { Source } from './block.ts'
import { findDates } from './dates.ts'
import type { Statement } from './schema.ts'

/** What a document says about itself. */
export type About = { readonly title: string | null; readonly date: string | null; readonly version: string | null }

/** Words beside which a date is that of the document. */
const DATED =
  /\b(as of|last|updated?|revised|revision|version|date|stand|datum|gültig|valid|effective|erstellt|created|änderung|fassung|issued|dated)\b/i
/** Words right before a date that is still to come. */
const FUTURE = /\b(next|nächste|geplant|planned|due|fällig|until|bis)\b[^.|]{0,40}$/i

/** Title, date and version as the document states them. */
export function describe(source: Source, statements: readonly Statement[]): About {
  const title = source.title ?? statements.find((one) => one.type === 'heading')?.text ?? null
  return { title, date: dateOf(source), version: versionOf(source) }
}

/** The newest date beside a word that dates the document, else the newest at all; never one that is still to come. */
function dateOf(source: Source): string | null {
  const skipped = new Set(source.blocks.filter((block) => block.kind === 'skip').map((block) => block.line))
  const dates = findDates(source.lines).filter((date) => !skipped.has(date.line) && !FUTURE.test(date.before))
  const own = dates.filter((date) => DATED.test(source.lines[date.line - 1] ?? ''))
  const newest = (list: typeof dates) =>
    list
      .map((date) => date.iso)
      .toSorted()
      .at(-1) ?? null
  return newest(own) ?? newest(dates)
}

function versionOf(source: Source): string | null {
  for (const block of source.blocks) {
    if (block.kind === 'skip') continue
    const match = /\b(?:version|revision|fassung|rev\.)\s*:?\s*v?(\d+(?:\.\d+){0,3})\b|\bv(\d+\.\d+(?:\.\d+)?)\b/i.exec(
      block.text,
    )
    if (match) return match[1] ?? match[2] ?? null
  }
  return null
}
