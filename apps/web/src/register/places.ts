import type { Section } from './register-view.ts'

/** Where a line can be put, by what it then stands behind. */
export interface Places {
  /** Behind this it goes up by one; null: it is the first of its chapter. */
  readonly above: string | null
  /** Behind this it goes down by one; null: it is the last of its chapter. */
  readonly below: string | null
  /** Headings behind which it would be the first. */
  readonly chapters: readonly { readonly id: string; readonly title: string }[]
}

/** The places for a line, in the document's own order. */
export function placesOf(sections: readonly Section[], id: string): Places {
  const chapters = sections.flatMap((section) =>
    section.heading === null ? [] : [{ id: section.id, title: section.heading.text }],
  )
  const own = sections.find(({ statements }) => statements.some((statement) => statement.id === id))
  if (!own) return { above: null, below: null, chapters }
  const at = own.statements.findIndex((statement) => statement.id === id)
  const first = own.heading === null ? null : own.id
  return {
    above: at === 0 ? null : at === 1 ? first : (own.statements[at - 2]?.id ?? null),
    below: own.statements[at + 1]?.id ?? null,
    chapters: chapters.filter((chapter) => chapter.id !== own.id),
  }
}
