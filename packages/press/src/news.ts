import { publicSigns, publicStates } from './assurance.ts'
import { changesChapter, differenceText } from './changes.ts'
import type { Decision, EditionDocument } from './edition.ts'
import type { Language } from './language.ts'

/** What an edition says anew, in sentences: for a feed and for letters to whoever follows the document. */
export interface EditionNews {
  readonly title: string
  /** How many lines it has, by what the public sees of them. */
  readonly counts: string
  /** What became of the lines since the edition before, or that there was none. */
  readonly summary: string
  /** Each promise that is less than before, in some respect; the first to be read. */
  readonly less: readonly PromiseNews[]
  /** Each promise of which nobody can compute whether it is less. */
  readonly otherwise: readonly PromiseNews[]
  /** The goals whose level of protection is another than before. */
  readonly levels: readonly string[]
}

/** One promise that became another one. */
export interface PromiseNews {
  readonly before: string
  readonly after: string
  /** What is different in it, and why, one sentence each. */
  readonly notes: readonly string[]
}

/** Headings of what {@link newsOf} gives. */
export const newsWords = {
  less: { en: 'Less is promised', de: 'Weniger versprochen' },
  otherwise: { en: 'Something else is promised', de: 'Anderes versprochen' },
} as const satisfies Record<string, Readonly<Record<Language, string>>>

/**
 * What an edition says anew. Apply `editionFor` first: nothing is left out here.
 *
 * @param language of the sentences; texts of the document stay in its own
 */
export function newsOf(edition: EditionDocument, language: Language): EditionNews {
  const say = words[language]
  const { counts, changes } = edition
  const chapter = changesChapter(edition, language)
  const of = (wanted: boolean): PromiseNews[] =>
    (changes?.decisions ?? []).flatMap((decision, index) => {
      const texts = chapter?.decisions[index]
      if (!texts || isLess(decision) !== wanted) return []
      return [{ before: texts.before, after: texts.after, notes: notesOf(decision, language, texts) }]
    })
  return {
    title: say.title(edition.number, edition.title),
    counts: say.counts(
      counts.lines,
      publicStates.map((state) => `${counts.public[state]} ${publicSigns[state].word[language]}`),
    ),
    summary: chapter ? `${chapter.heading}. ${chapter.summary} ${chapter.note}` : say.first,
    less: of(true),
    otherwise: of(false),
    levels: (changes?.levels ?? []).flatMap(({ before, after }, index) => {
      const row = chapter?.levels.rows[index]
      return before === after || row === undefined ? [] : [`${say.level}: ${row}`]
    }),
  }
}

function isLess({ differences }: Decision): boolean {
  return differences.some(({ direction }) => direction === 'weaker')
}

function notesOf(
  decision: Decision,
  language: Language,
  { reason, equivalent, by }: { readonly reason: string; readonly equivalent: string; readonly by: string },
): string[] {
  const differences = decision.differences
    .filter(({ aspect }) => aspect !== 'line')
    .map((difference) => differenceText(difference, language))
  return [...differences, reason, equivalent, by].filter((note) => note !== '')
}

interface Words {
  readonly title: (number: number | null, title: string) => string
  readonly counts: (lines: number, states: readonly string[]) => string
  readonly first: string
  readonly level: string
}

const words: Readonly<Record<Language, Words>> = {
  en: {
    title: (number, title) => `Edition ${number ?? ''}: ${title}`,
    counts: (lines, states) => `${lines} ${lines === 1 ? 'line' : 'lines'} for everybody: ${states.join(', ')}.`,
    first: 'The first edition: there is none before it to compare with.',
    level: 'Level of protection',
  },
  de: {
    title: (number, title) => `Fassung ${number ?? ''}: ${title}`,
    counts: (lines, states) => `${lines} ${lines === 1 ? 'Zeile' : 'Zeilen'} für alle: ${states.join(', ')}.`,
    first: 'Die erste Fassung: Es gibt keine frühere, mit der sie zu vergleichen wäre.',
    level: 'Schutzniveau',
  },
}
