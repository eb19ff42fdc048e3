import { longDay } from '@art32/press'
import type { Paper, PaperTable } from '@art32/press'
import type { Content, VersionHead } from './store.ts'
import { lengthOf } from './sheet.ts'
import { noticeWords } from './words.ts'

type Language = 'en' | 'de'

/** A notice as a paper; the sentences are those of the version. */
export function noticePaper(
  content: Content,
  version: Pick<VersionHead, 'number' | 'at'> | null,
  language: Language,
): Omit<Paper, 'by' | 'date' | 'letterhead'> {
  const say = noticeWords[language]
  const { title, about, sections } = content.sheets[language]
  const { address } = content.known.facts
  return {
    language,
    title,
    subtitle: say.kind,
    meta: [
      { label: say.version, value: version ? String(version.number) : say.draft },
      ...(version ? [{ label: say.published, value: longDay(version.at.toISOString(), language) }] : []),
      ...(address === '' ? [] : [{ label: say.address, value: address }]),
    ],
    blocks: [
      ...(about === '' ? [] : [{ kind: 'paragraph' as const, text: about }]),
      ...sections.flatMap((section) => [
        { kind: 'heading' as const, level: 1 as const, text: section.title },
        ...section.blocks,
      ]),
    ],
  }
}

/** The categories of data as rows, for whoever keeps them elsewhere. */
export function categoryTable({ known }: Content, language: Language): Pick<PaperTable, 'columns' | 'rows'> {
  const say = noticeWords[language]
  return {
    columns: [{ title: say.category }, { title: say.heads.periods }, { title: say.heads.data }],
    rows: known.facts.categories.map(({ name, period, from, criteria, need, fromPerson, source }) => [
      name[language],
      period === '' ? criteria[language] : say.period(lengthOf(period, language), from[language]),
      fromPerson
        ? [say.fromPerson, need === null ? '' : say.needs[need]].filter(Boolean).join(' ')
        : `${say.fromElsewhere} ${source[language]}`,
    ]),
  }
}
