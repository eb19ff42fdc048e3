import type { Language, Paper, PaperBlock, PaperTable } from '@art32/press'
import type { BulletinSaid } from './bulletin.ts'
import { instantIn } from './papers.ts'
import type { IncidentRow } from './store.ts'
import type { BulletinDelivery, BulletinRow, BulletinVersion } from './store-bulletin.ts'
import { bulletinWords, phrases } from './words.ts'

/** What was said of a case to users, with what became of it. */
export interface Told {
  readonly incident: Pick<IncidentRow, 'number'>
  readonly row: BulletinRow
  readonly versions: readonly BulletinVersion[]
  readonly letters: readonly {
    readonly number: number
    readonly outcome: BulletinDelivery['outcome']
    readonly count: number
  }[]
  /** IANA name. */
  readonly timeZone: string
}

const languages = ['en', 'de'] as const

/** Every version of a bulletin as it was said, the newest first. */
export function bulletinPaper(told: Told, language: Language): Omit<Paper, 'by' | 'date' | 'letterhead'> {
  const say = bulletinWords[language]
  const { row, versions, incident, timeZone } = told
  const at = (when: Date | null) => (when === null ? null : instantIn(when, language, timeZone))
  return {
    language,
    title: say.title,
    meta: [
      { label: phrases[language].words.case, value: String(incident.number) },
      { label: say.audience, value: say.audiences[row.audience] },
      ...(row.closed_at ? [{ label: say.closed, value: at(row.closed_at) }] : []),
      ...(row.withdrawn_at ? [{ label: say.withdrawn, value: at(row.withdrawn_at) }] : []),
    ],
    blocks:
      versions.length === 0
        ? [{ kind: 'paragraph', text: say.none }]
        : versions.toReversed().flatMap((version) => versionBlocks(version, told, language)),
  }
}

function versionBlocks(version: BulletinVersion, told: Told, language: Language): PaperBlock[] {
  const say = bulletinWords[language]
  const { state, texts } = version.content
  return [
    { kind: 'heading', level: 1, text: `${say.version} ${version.number}` },
    {
      kind: 'fields',
      fields: [
        { label: say.published, value: instantIn(version.published_at, language, told.timeZone) },
        { label: say.state, value: phrases[language].bulletin[state] },
        { label: say.letters, value: lettersOf(version, told, language) },
      ],
    },
    ...languages.flatMap((own) => (texts[own] ? saidBlocks(texts[own], own, language) : [])),
  ]
}

/** In the language that it is in, and marked as such for whoever has it read aloud. */
function saidBlocks(said: BulletinSaid, own: Language, language: Language): PaperBlock[] {
  const say = bulletinWords[language]
  const part = (label: string, text: string): PaperBlock[] =>
    text === ''
      ? []
      : [
          { kind: 'heading', level: 3, text: label },
          { kind: 'paragraph', text, language: own },
        ]
  return [
    { kind: 'heading', level: 2, text: say.in[own] },
    ...part(say.heading, said.title),
    ...part(say.change, said.change),
    ...part(say.happened, said.happened),
    ...part(say.advice, said.advice),
  ]
}

function lettersOf({ number }: BulletinVersion, { letters }: Told, language: Language): string {
  const own = letters.filter((one) => one.number === number)
  const say = bulletinWords[language]
  return own.length === 0
    ? say.noLetters
    : own.map(({ outcome, count }) => `${count} ${say.outcomes[outcome]}`).join(', ')
}

/** The same as rows: each version in each language. */
export function bulletinTable(told: Told, language: Language): Pick<PaperTable, 'columns' | 'rows'> {
  const say = bulletinWords[language]
  return {
    columns: [
      say.version,
      say.published,
      say.state,
      say.language,
      say.heading,
      say.change,
      say.happened,
      say.advice,
      say.letters,
    ].map((title) => ({ title })),
    rows: told.versions.flatMap((version) =>
      languages.flatMap((own) => {
        const said = version.content.texts[own]
        return said
          ? [
              [
                version.number,
                version.published_at.toISOString(),
                phrases[language].bulletin[version.content.state],
                say.in[own],
                said.title,
                said.change,
                said.happened,
                said.advice,
                lettersOf(version, told, language),
              ],
            ]
          : []
      }),
    ),
  }
}
