import { editionFor } from '@art32/press'
import type { EditionDocument, LiveEdition } from '@art32/press'

/**
 * The live state of the newest edition for machines, `state.json`: what the page says, without the document's text.
 *
 * Of the public's lines alone, and of what is withheld the count that the page gives.
 */
export function stateJson(edition: EditionDocument, live: LiveEdition, base: string): string {
  const { tenant, number, date, withheld, counts } = editionFor('public', edition)
  const state = {
    format: 'art32.state/1',
    tenant,
    edition: { number, date, url: number === null ? null : `${base}/editions/${number}` },
    asOf: live.asOf,
    until: live.until,
    counts: { now: live.counts, published: counts.public },
    withheld,
    lines: live.lines,
  }
  return `${JSON.stringify(state, null, 1)}\n`
}
