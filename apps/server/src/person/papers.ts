import { longDay } from '@art32/press'
import type { Language, Paper, PaperCell } from '@art32/press'
import type { z } from 'zod'
import type { HandoverRow, ItemRow } from './item-store.ts'
import type { Coverage, Standing } from './person.ts'
import type { PersonRow } from './store.ts'
import type { ListedView } from './views.ts'

type Content = Omit<Paper, 'by' | 'date' | 'letterhead'>
type Listed = z.input<typeof ListedView>

/** A device, key or card with who has it. */
export interface LookedItem {
  readonly item: ItemRow
  readonly open: HandoverRow | undefined
  readonly holder: PersonRow | undefined
  readonly count: number
}

/** The fixed words of papers on people. */
const words = {
  en: {
    people: 'People, confidentiality and training',
    figures: 'Figures',
    agreement: 'Bound to confidentiality',
    training: 'Trained, each course in force',
    of: (n: number, of: number) => `${n} of ${of}`,
    asked: 'Nobody is asked',
    each: 'Each person',
    name: 'Name',
    position: 'Position',
    area: 'Area',
    kind: 'Kind',
    joined: 'From',
    left: 'Until',
    confidentiality: 'Confidentiality',
    trained: 'Training',
    until: 'Counts until',
    nobody: 'Nobody is on the list.',
    without: 'Without names: each person is a number of this paper only.',
    person: (n: number) => `Person ${n}`,
    kinds: { employee: 'Employee', freelancer: 'Freelancer', other: 'Other' },
    coverages: { covered: 'on record', due: 'due', expired: 'expired', missing: 'missing' },
    items: 'Devices, keys and cards',
    what: 'What',
    number: 'Number',
    holder: 'Held by',
    since: 'Since',
    stateOf: 'State',
    inStock: 'in stock',
    held: 'handed out',
    retired: 'taken out',
    noItems: 'Nothing is in the register.',
    itemKinds: { device: 'Device', key: 'Key', card: 'Card', token: 'Security key', other: 'Other' },
  },
  de: {
    people: 'Beschäftigte, Vertraulichkeit und Schulung',
    figures: 'Zahlen',
    agreement: 'Auf Vertraulichkeit verpflichtet',
    training: 'Geschult, jeder Kurs gültig',
    of: (n: number, of: number) => `${n} von ${of}`,
    asked: 'Wird von niemandem verlangt',
    each: 'Jede Person',
    name: 'Name',
    position: 'Aufgabe',
    area: 'Bereich',
    kind: 'Art',
    joined: 'Von',
    left: 'Bis',
    confidentiality: 'Vertraulichkeit',
    trained: 'Schulung',
    until: 'Gilt bis',
    nobody: 'Niemand steht auf der Liste.',
    without: 'Ohne Namen: Jede Person ist nur eine Nummer dieses Dokuments.',
    person: (n: number) => `Person ${n}`,
    kinds: { employee: 'Angestellt', freelancer: 'Freiberuflich', other: 'Sonstige' },
    coverages: { covered: 'liegt vor', due: 'fällig', expired: 'abgelaufen', missing: 'fehlt' },
    items: 'Geräte, Schlüssel und Karten',
    what: 'Was',
    number: 'Nummer',
    holder: 'Bei',
    since: 'Seit',
    stateOf: 'Stand',
    inStock: 'vorrätig',
    held: 'ausgegeben',
    retired: 'ausgemustert',
    noItems: 'Im Verzeichnis steht nichts.',
    itemKinds: { device: 'Gerät', key: 'Schlüssel', card: 'Karte', token: 'Sicherheitsschlüssel', other: 'Sonstiges' },
  },
} as const

const tones: Readonly<Record<Coverage, 'good' | 'waiting' | 'bad'>> = {
  covered: 'good',
  due: 'waiting',
  expired: 'waiting',
  missing: 'bad',
}

/** Everybody, with figures: for an auditor without names, for the own files with them. */
export function peoplePaper(
  people: readonly Listed[],
  standings: Readonly<Record<'agreement' | 'training', Standing>>,
  { language, names }: { language: Language; names: boolean },
): Content {
  const say = words[language]
  const day = (on: string | null) => (on === null ? null : longDay(on, language))
  const sign = (coverage: Coverage): PaperCell => ({ tone: tones[coverage], word: say.coverages[coverage] })
  const figure = ({ covered, of }: Standing) => (of === 0 ? say.asked : say.of(covered, of))
  return {
    language,
    title: say.people,
    blocks: [
      { kind: 'heading', level: 1, text: say.figures },
      {
        kind: 'fields',
        fields: [
          { label: say.agreement, value: figure(standings.agreement) },
          { label: say.training, value: figure(standings.training) },
        ],
      },
      { kind: 'heading', level: 1, text: say.each },
      ...(names ? [] : [{ kind: 'paragraph' as const, quiet: true, text: say.without }]),
      {
        kind: 'table',
        wide: true,
        columns: [
          say.name,
          say.position,
          say.area,
          say.kind,
          say.joined,
          say.left,
          say.confidentiality,
          say.trained,
          say.until,
        ].map((title, index) => ({ title, width: index === 0 ? 2 : 1 })),
        rows: people.map((one, index) => [
          names ? one.name : say.person(index + 1),
          one.position,
          one.area,
          say.kinds[one.kind],
          day(one.joinedOn),
          day(one.leftOn),
          sign(one.agreement),
          one.training === null ? null : sign(one.training),
          day(one.trainedUntil),
        ]),
        empty: say.nobody,
      },
    ],
  }
}

/** The same for programs, and to be read in again: its columns are named alike in every language. */
export function peopleTable(people: readonly Listed[], names: boolean) {
  const columns = [
    'name',
    'email',
    'position',
    'area',
    'kind',
    'joined_on',
    'left_on',
    'state',
    'confidentiality',
    'training',
    'trained_until',
  ]
  return {
    columns: columns.map((title) => ({ title })),
    rows: people.map((one, index) => [
      names ? one.name : `Person ${index + 1}`,
      names ? one.email : null,
      one.position,
      one.area,
      one.kind,
      one.joinedOn,
      one.leftOn,
      one.state,
      one.agreement,
      one.training,
      one.trainedUntil,
    ]),
  }
}

/** The register of devices, keys and cards. */
export function itemsPaper(
  things: readonly LookedItem[],
  { language, names }: { language: Language; names: boolean },
): Content {
  const say = words[language]
  const numbers = new Map([...new Set(things.flatMap(({ holder }) => holder?.id ?? []))].map((id, at) => [id, at + 1]))
  return {
    language,
    title: say.items,
    blocks: [
      ...(names ? [] : [{ kind: 'paragraph' as const, quiet: true, text: say.without }]),
      {
        kind: 'table',
        columns: [
          { title: say.kind, width: 1 },
          { title: say.what, width: 2 },
          { title: say.number, width: 1 },
          { title: say.stateOf, width: 1 },
          { title: say.holder, width: 2 },
          { title: say.since, width: 1 },
        ],
        rows: things.map(({ item, open, holder }) => [
          say.itemKinds[item.kind],
          item.label,
          item.number === '' ? null : item.number,
          item.retired_at !== null ? say.retired : holder ? say.held : say.inStock,
          holder ? (names ? holder.name : say.person(numbers.get(holder.id) ?? 0)) : null,
          open ? longDay(open.issued_on, language) : null,
        ]),
        empty: say.noItems,
      },
    ],
  }
}
