import { linesOf } from './edition.ts'
import type { Block, EditionDocument, Line, Section } from './edition.ts'
import type { Language } from './language.ts'

/** Headings under which the lines of any edition can be read; the catalogue has them and knows where a measure stands. */
export interface Arrangement {
  readonly id: string
  readonly title: Readonly<Record<Language, string>>
  readonly source: Readonly<Record<Language, string>>
  readonly headings: readonly { readonly id: string; readonly title: Readonly<Record<Language, string>> }[]
  /** Where a catalogue measure stands: once in full, elsewhere as a reference. */
  readonly placeOf: (measure: string) => { readonly primary: string; readonly also: readonly string[] } | undefined
}

/** What stands under one heading of an arrangement. */
export interface Group<Of> {
  /** Null: lines without a place, because nobody said which measure of the catalogue they mean. */
  readonly heading: Arrangement['headings'][number] | null
  readonly lines: readonly Of[]
  /** Lines that stand in full under another heading and belong here, too. */
  readonly also: readonly Of[]
}

/**
 * Sorts lines under the headings of an arrangement, each in full exactly once and in the order given.
 *
 * A line stands where its first measure with a place does. Its other measures, and the other places of all of them, become
 * references. Headings without anything stay: a gap is worth seeing. The group without a heading is there only if needed.
 */
export function groupsOf<Of>(
  lines: readonly Of[],
  measuresOf: (line: Of) => readonly string[],
  { headings, placeOf }: Arrangement,
): readonly Group<Of>[] {
  const full = new Map<string, Of[]>(headings.map(({ id }) => [id, []]))
  const also = new Map<string, Of[]>(headings.map(({ id }) => [id, []]))
  const unplaced: Of[] = []
  for (const line of lines) {
    const places = measuresOf(line).flatMap((measure) => placeOf(measure) ?? [])
    const [first] = places
    if (!first) {
      unplaced.push(line)
      continue
    }
    full.get(first.primary)?.push(line)
    const others = new Set(places.flatMap((place) => [place.primary, ...place.also]))
    for (const id of others) if (id !== first.primary) also.get(id)?.push(line)
  }
  const groups = headings.map((heading) => ({
    heading,
    lines: full.get(heading.id) ?? [],
    also: also.get(heading.id) ?? [],
  }))
  return unplaced.length === 0 ? groups : [...groups, { heading: null, lines: unplaced, also: [] }]
}

/** The catalogue measures of a line in the order in which they decide where it stands: what it needs, first. */
export function measuresOfLine(line: Line): readonly string[] {
  return line.parts.toSorted((a, b) => Number(b.required) - Number(a.required)).map(({ measure }) => measure)
}

/** What a view says besides its headings. */
export const viewWords = {
  en: {
    unplaced: 'Not assigned',
    unplacedNote: 'Nobody has said yet which measure of the catalogue these lines mean.',
    also: 'See also, in full under',
    empty: 'This edition states nothing under this heading.',
    note: (lines: number, title: string) =>
      `The same ${lines} lines in another order: ${title}. Running text that promises nothing stands in the document’s own order only.`,
  },
  de: {
    unplaced: 'Nicht zugeordnet',
    unplacedNote: 'Noch hat niemand gesagt, welche Maßnahme des Katalogs diese Aussagen meinen.',
    also: 'Siehe auch, im Wortlaut unter',
    empty: 'Zu dieser Überschrift sagt die Fassung nichts.',
    note: (lines: number, title: string) =>
      `Dieselben ${lines} Aussagen in anderer Ordnung: ${title}. Fließtext, der nichts zusagt, steht nur in der Ordnung des Dokuments.`,
  },
} as const

/**
 * The same edition, its lines under the headings of an arrangement: pure regrouping, so every form can show it and every
 * number stays. What is arranged so is a view of an edition and not the edition: that one's bytes are what the ledger holds.
 *
 * @param language of the headings; the lines stay in the language of the edition
 */
export function arrange(edition: EditionDocument, arrangement: Arrangement, language: Language): EditionDocument {
  const say = viewWords[language]
  const lines = linesOf(edition.sections)
  const groups = groupsOf(lines, measuresOfLine, arrangement)
  const title = (group: Group<Line>) => group.heading?.title[language] ?? say.unplaced
  const titles = new Map(groups.flatMap((group) => group.lines.map((line) => [line, title(group)] as const)))
  const own = language === edition.language ? {} : { language }
  const text = (words: string): Block => ({ kind: 'text', text: words })
  const sections = groups.map((group, index): Section => ({
    id: `view-${arrangement.id}-${group.heading?.id ?? 'none'}`,
    title: title(group),
    level: 1,
    ...own,
    blocks: [
      ...(index === 0 ? [text(say.note(lines.length, arrangement.source[language]))] : []),
      ...(group.heading === null ? [text(say.unplacedNote)] : []),
      ...(group.lines.length + group.also.length === 0 ? [text(say.empty)] : []),
      ...group.lines,
      ...group.also.map((line): Block => ({
        kind: 'text',
        text: `${say.also} ${quoted(titles.get(line) ?? say.unplaced, language)}: ${shortened(line.text)}`,
        refersTo: line.id,
      })),
    ],
  }))
  return { ...edition, sections }
}

/** Enough of a line to know it again. */
export function shortened(text: string): string {
  const [first = ''] = text.split('\n')
  if (first.length <= 110) return first
  return `${first.slice(0, first.lastIndexOf(' ', 108) > 60 ? first.lastIndexOf(' ', 108) : 108).toWellFormed()} …`
}

function quoted(text: string, language: Language): string {
  return language === 'de' ? `„${text}“` : `“${text}”`
}
