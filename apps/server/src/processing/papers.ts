import { longDay } from '@art32/press'
import type { Language, Paper, PaperBlock, PaperField, PaperTable } from '@art32/press'
import type { Body, Controller, Record30, Recorded, Side } from './activity.ts'
import type { VersionRow } from './store.ts'
import { words } from './words.ts'

/** Which record, and how it is shown. */
interface Wish {
  readonly side: Side | null
  /** Null: as it is now, recorded by nobody. */
  readonly version: VersionRow | null
  /** Where the edition is shown; null: nowhere that is known. */
  readonly page: string | null
  readonly language: Language
}

/** The record of processing activities as a paper: who we are, then each activity with everything that the law wants of it. */
export function recordPaper(record: Record30, wish: Wish): Omit<Paper, 'by' | 'date' | 'letterhead'> {
  const { side, version, language } = wish
  const say = words[language]
  const shown = record.activities.filter((one) => side === null || one.side === side)
  return {
    language,
    title: say.title,
    subtitle: say.subtitle[side ?? 'both'],
    meta: version
      ? [
          { label: say.version, value: String(version.number) },
          { label: say.recorded, value: longDay(version.at.toISOString(), language) },
          { label: say.review, value: longDay(version.review_due, language) },
        ]
      : [{ label: say.version, value: say.draft }],
    blocks: [
      { kind: 'heading', level: 1, text: say.body },
      { kind: 'fields', fields: bodyFields(record.body, language) },
      ...(['controller', 'processor'] as const).flatMap((one): PaperBlock[] => {
        const own = shown.filter((activity) => activity.side === one)
        if (side !== null && side !== one) return []
        return [
          { kind: 'heading', level: 1, text: say.sides[one] },
          ...(own.length === 0 ? [{ kind: 'paragraph' as const, text: say.none }] : []),
          ...own.flatMap((activity, index) => activityBlocks(activity, index + 1, record, wish)),
        ]
      }),
    ],
  }
}

function bodyFields(body: Body, language: Language): PaperField[] {
  const say = words[language].bodyFields
  return (['name', 'address', 'contact', 'representative', 'dpo'] as const).map((field) => ({
    label: say[field],
    value: body[field] || null,
  }))
}

function activityBlocks(
  activity: Recorded,
  number: number,
  { edition }: Record30,
  { page, language }: Wish,
): PaperBlock[] {
  const say = words[language]
  const measures = [edition === null ? say.noEdition : say.editionIs(edition, page), activity.said.measures]
  return [
    { kind: 'heading', level: 2, text: `${number}. ${activity.name}` },
    {
      kind: 'fields',
      fields: [
        ...lawFields(activity, language),
        { label: say.fields.measures, value: measures.filter(Boolean).join('\n') },
      ],
    },
    ...(activity.controllers === null ? [] : [controllersTable(activity.controllers, language)]),
  ]
}

/** What the law wants of an activity, in its order; each with the letter that wants it. */
function lawFields({ side, said }: Recorded, language: Language): PaperField[] {
  const say = words[language].fields
  const listed = (all: readonly string[]) => all.join('\n') || null
  const transfers =
    said.transfers
      .map(({ country, recipient, safeguard }) => [country, recipient, safeguard].filter(Boolean).join(' – '))
      .join('\n') || words[language].noTransfer
  if (side === 'processor')
    return [
      { label: say.categories, value: said.categories || null },
      { label: say.people, value: listed(said.people) },
      { label: say.data, value: listed(said.data) },
      { label: say.recipients, value: listed(said.recipients) },
      { label: say.transfers, value: transfers },
      { label: say.retention, value: said.retention || null },
      { label: say.systems, value: listed(said.systems) },
    ]
  return [
    { label: say.purposes, value: said.purposes || null },
    { label: say.legalBasis, value: said.legalBasis || null },
    ...(said.jointControllers === '' ? [] : [{ label: say.jointControllers, value: said.jointControllers }]),
    { label: say.people, value: listed(said.people) },
    { label: say.data, value: listed(said.data) },
    { label: say.recipients, value: listed(said.recipients) },
    { label: say.transfers, value: transfers },
    { label: say.retention, value: said.retention || null },
    { label: say.systems, value: listed(said.systems) },
  ]
}

function controllersTable(controllers: readonly Controller[], language: Language): PaperTable {
  const say = words[language]
  return {
    kind: 'table',
    columns: [
      { title: say.controller, width: 2 },
      { title: say.contact, width: 1.6 },
      { title: say.representative, width: 1.2 },
      { title: say.dpo, width: 1.2 },
    ],
    rows: controllers.map((one) => [
      [one.name, one.address].filter(Boolean).join('\n'),
      one.contact || null,
      one.representative || null,
      one.dpo || null,
    ]),
    empty: say.noControllers,
  }
}

/** The same as rows: one for each activity, its fields as columns. */
export function recordTable(
  { activities }: Record30,
  side: Side | null,
  language: Language,
): Pick<PaperTable, 'columns' | 'rows'> {
  const say = words[language]
  const shown = activities.filter((one) => side === null || one.side === side)
  const { fields } = say
  return {
    columns: [
      say.side,
      say.activity,
      fields.purposes,
      fields.categories,
      fields.legalBasis,
      fields.jointControllers,
      fields.people,
      fields.data,
      fields.recipients,
      fields.transfers,
      fields.retention,
      fields.systems,
      fields.measures,
      say.controller,
    ].map((title) => ({ title })),
    rows: shown.map(({ side: own, name, said, controllers }) => [
      say.sides[own],
      name,
      said.purposes,
      said.categories,
      said.legalBasis,
      said.jointControllers,
      said.people.join('\n'),
      said.data.join('\n'),
      said.recipients.join('\n'),
      said.transfers.map((one) => [one.country, one.recipient, one.safeguard].filter(Boolean).join(' – ')).join('\n'),
      said.retention,
      said.systems.join('\n'),
      said.measures,
      (controllers ?? []).map((one) => one.name).join('\n'),
    ]),
  }
}
