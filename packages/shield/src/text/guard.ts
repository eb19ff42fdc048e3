import { makeFinder } from '../detect/find.ts'
import { makeDetectors } from '../detect/registry.ts'
import { makeSpans } from './spans.ts'

/** Looks at short texts that should hold nobody's data. */
export interface Guard {
  /**
   * @returns the text with a label in the place of what was found, and how often what was; the very same text where there was nothing
   */
  (text: string): { readonly text: string; readonly found: Readonly<Record<string, number>> }
}

/** Of a detector: one random number of its layout in so many passes. Account numbers and ids of vendors are not to be taken for people. */
const WEAKEST = 1 / 90

/** Boxes that are a function's, not a person's, and names in the address of a repository. */
const roles =
  /^(?:git|hg|svn|postmaster|hostmaster|webmaster|abuse|security|noreply|no-reply|dmarc[\w.+-]*|tlsrpt|tls-reports?)@/iu

/**
 * A guard for values of programs: what has check digits that leave no doubt (`iban` and national numbers), and mail addresses of
 * people. Names, telephone numbers and addresses of the network are not looked for: versions, ids and hosts look like them.
 */
export function makeGuard(): Guard {
  const detectors = makeDetectors().filter(
    ({ id, family, chance }) => id === 'email' || (family === 'identifier' && chance <= WEAKEST),
  )
  const finder = makeFinder(detectors)
  const spans = makeSpans()
  const encoder = new TextEncoder()
  return (text) => {
    const nothing = { text, found: {} }
    if (!/[@\d]/u.test(text)) return nothing
    const bytes = encoder.encode(text)
    if (!finder.suspicious(bytes, 0, bytes.length)) return nothing
    spans.count = 0
    finder.find(bytes, 0, bytes.length, spans)
    const found: Record<string, number> = {}
    const parts: string[] = []
    let at = 0
    for (let span = 0; span < spans.count; span += 1) {
      const start = spans.start[span] ?? 0
      const end = spans.end[span] ?? 0
      const type = detectors[spans.type[span] ?? 0]?.id ?? ''
      if (type === 'email' && roles.test(textOf(bytes, start, end))) continue
      parts.push(textOf(bytes, at, start), `[${type}]`)
      found[type] = (found[type] ?? 0) + 1
      at = end
    }
    return parts.length === 0 ? nothing : { text: parts.join('') + textOf(bytes, at, bytes.length), found }
  }
}

const textOf = (bytes: Uint8Array, start: number, end: number): string =>
  new TextDecoder().decode(bytes.subarray(start, end))
