import { findMeasure } from '@art32/catalogue'
import { longDay, longMoment, roleIn, shortDay } from '@art32/press'
import type { Language, Paper, PaperCell, PaperTable } from '@art32/press'
import { dayAt, dueBetween } from '../calendar/index.ts'
import { figureOf, isOnTime, stateOf } from './duty.ts'
import type { Filled } from './form.ts'
import { figureOfRow } from './look.ts'
import type { Looked } from './look.ts'
import type { DutyRow, OccurrenceRow, SignOffRow } from './store.ts'
import { dutyWords, monthIn, rhythmIn, signIn } from './words.ts'

type Content = Omit<Paper, 'by' | 'date' | 'letterhead'>
type Figure = ReturnType<typeof figureOf>

/** Every duty with its owner and its figure. */
export function dutiesPaper(looked: Looked, language: Language): Content & { readonly table: PaperTable } {
  const say = dutyWords[language]
  const table: PaperTable = {
    kind: 'table',
    columns: [
      { title: say.duty, width: 3 },
      { title: say.owner, width: 1.6 },
      { title: say.deputy, width: 1.4 },
      { title: say.rhythm, width: 1.6 },
      { title: say.onTime, width: 1.2 },
      { title: say.next, width: 1.1 },
    ],
    rows: looked.duties.map((duty) => [
      duty.title,
      ownerOf(looked, duty, language),
      deputyOf(looked, duty),
      duty.retired_at === null ? rhythmIn(language, duty.rhythm) : say.over,
      figureText(figureOfRow(looked.figures.get(duty.id), looked.day.timeZone), language),
      nextOf(looked, duty, language),
    ]),
    wide: true,
    empty: say.none,
  }
  return {
    language,
    title: say.duties,
    blocks: [{ kind: 'paragraph', text: say.dutiesLead(longDay(looked.day.today, language)) }, table],
    table,
  }
}

/** Columns of due days for programs: named alike in every language. */
const dayColumns = ['duty', 'label', 'due on', 'last day in time', 'state', 'done on', 'recorded at', 'on time']

/** Due days as rows for programs. */
export function daysTable(
  rows: readonly (OccurrenceRow & { readonly title: string })[],
  today: string,
): Pick<PaperTable, 'columns' | 'rows'> {
  return {
    columns: dayColumns.map((title) => ({ title })),
    rows: rows.map((row) => {
      const state = stateOf(row, today)
      return [
        row.title,
        row.label,
        row.due_on,
        row.last_on,
        state,
        row.done_on,
        row.done_at?.toISOString() ?? null,
        state === 'done' || state === 'missed' ? (isOnTime(row) ? 'yes' : 'no') : null,
      ]
    }),
  }
}

/** Due days of a span, as a paper. */
export function daysPaper(
  rows: readonly (OccurrenceRow & { readonly title: string })[],
  today: string,
  language: Language,
): Content {
  const say = dutyWords[language]
  return {
    language,
    title: say.days,
    blocks: [
      {
        kind: 'table',
        columns: [
          { title: say.duty, width: 3 },
          { title: say.dueOn, width: 1.2 },
          { title: say.doneOn, width: 1.2 },
          { title: say.state, width: 2 },
        ],
        rows: rows.map((row) => [
          named(row),
          shortDay(row.due_on, language),
          dayCell(row.done_on, language),
          stateCell(row, today, language),
        ]),
        empty: say.noDay,
      },
    ],
  }
}

/** The calendar of a year by months: what was and is due, and what the rhythms will ask for. */
export function yearPaper(
  looked: Looked,
  rows: readonly (OccurrenceRow & { readonly title: string })[],
  year: number,
  language: Language,
): Content & { readonly table: Pick<PaperTable, 'columns' | 'rows'> } {
  const say = dutyWords[language]
  const { today } = looked.day
  const byId = new Map(looked.duties.map((duty) => [duty.id, duty]))
  const made = rows.map((row) => ({
    on: row.due_on,
    duty: byId.get(row.duty_id),
    title: named(row),
    state: stateCell(row, today, language),
  }))
  const planned = looked.duties.flatMap((duty) =>
    plannedIn(duty, rows, today, year).map((on) => ({
      on,
      duty,
      title: duty.title,
      state: signIn(language, 'planned'),
    })),
  )
  const all = [...made, ...planned].toSorted((a, b) => a.on.localeCompare(b.on) || a.title.localeCompare(b.title))
  const months = Map.groupBy(all, ({ on }) => Number(on.slice(5, 7)))
  const cells = (one: (typeof all)[number]): PaperCell[] => [
    one.title,
    one.duty ? ownerOf(looked, one.duty, language) : null,
    one.state,
  ]
  const titles = [
    { title: say.dueOn, width: 1 },
    { title: say.duty, width: 3 },
    { title: say.owner, width: 1.5 },
    { title: say.state, width: 1.6 },
  ]
  return {
    language,
    title: say.year(year),
    subtitle: say.yearLead,
    blocks:
      all.length === 0
        ? [{ kind: 'paragraph', text: say.noDay }]
        : [...months].flatMap(([month, days]): Paper['blocks'] => [
            { kind: 'heading', level: 1, text: `${monthIn(language, month)} ${year}` },
            { kind: 'table', columns: titles, rows: days.map((one) => [shortDay(one.on, language), ...cells(one)]) },
          ]),
    table: { columns: titles, rows: all.map((one) => [one.on, ...cells(one)]) },
  }
}

/** Days that the rhythm names and that are not made yet. */
function plannedIn(duty: DutyRow, rows: readonly OccurrenceRow[], today: string, year: number): string[] {
  if (duty.retired_at !== null) return []
  const last = rows.findLast((row) => row.duty_id === duty.id)?.due_on ?? ''
  const after = [last, today, `${year - 1}-12-31`].toSorted().at(-1) ?? today
  return dueBetween(duty.rhythm, after, `${year}-12-31`, 366)
}

/** What a record of one duty is made of. */
export interface Recorded {
  readonly looked: Looked
  readonly duty: DutyRow
  /** Due days of the period, the oldest first. */
  readonly rows: readonly OccurrenceRow[]
  readonly records: readonly SignOffRow[]
  readonly names: ReadonlyMap<string, { readonly name: string }>
  readonly from: string | null
  readonly until: string | null
}

/** One duty over a time: every due day, every record, and how often it was done in time. */
export function recordPaper(of: Recorded, language: Language): Content {
  const { looked, duty, rows, from, until } = of
  const say = dutyWords[language]
  const { today, timeZone } = looked.day
  const first = from ?? rows[0]?.due_on ?? duty.starts_on
  const figure = figureOf(rows, today, (at) => dayAt(at, timeZone))
  const measure = duty.catalogue_id === null ? null : findMeasure(duty.catalogue_id)?.title[language]
  return {
    language,
    title: duty.title,
    over: say.record,
    subtitle: say.period(longDay(first, language), longDay(until ?? today, language)),
    meta: [
      { label: say.onTime, value: figureText(figure, language) },
      { label: say.owner, value: ownerOf(looked, duty, language) },
      { label: say.deputy, value: deputyOf(looked, duty) },
      { label: say.rhythm, value: rhythmIn(language, duty.rhythm) },
      { label: say.grace, value: String(duty.grace_days) },
      { label: say.fourEyes, value: duty.four_eyes ? say.yes : say.no },
      ...(measure === null || measure === undefined ? [] : [{ label: say.measure, value: measure }]),
    ],
    blocks: [
      ...(duty.instruction.trim() === ''
        ? []
        : [
            { kind: 'heading' as const, level: 1 as const, text: say.instruction },
            { kind: 'paragraph' as const, text: duty.instruction },
          ]),
      { kind: 'heading', level: 1, text: say.days },
      daysOf(of, language),
      { kind: 'heading', level: 1, text: say.signOffs },
      signOffsOf(of, language),
    ],
  }
}

/** The due days of a record. */
export function daysOf({ looked, rows }: Pick<Recorded, 'looked' | 'rows'>, language: Language): PaperTable {
  const say = dutyWords[language]
  const hasLabels = rows.some(({ label }) => label !== '')
  return {
    kind: 'table',
    columns: [
      ...(hasLabels ? [{ title: say.about, width: 1.2 }] : []),
      { title: say.dueOn, width: 1 },
      { title: say.lastOn, width: 1 },
      { title: say.doneOn, width: 1 },
      { title: say.recordedAt, width: 1.4 },
      { title: say.state, width: 1.6 },
    ],
    rows: rows.map((row) => [
      ...(hasLabels ? [row.label] : []),
      shortDay(row.due_on, language),
      shortDay(row.last_on, language),
      dayCell(row.done_on, language),
      row.done_at === null ? null : longMoment(row.done_at.toISOString(), language),
      stateCell(row, looked.day.today, language),
    ]),
    empty: say.noDay,
  }
}

function signOffsOf({ duty, rows, records, names }: Recorded, language: Language): PaperTable {
  const say = dutyWords[language]
  const days = new Map(rows.map((row) => [row.id, row]))
  const labels = new Map(duty.form.map(({ id, label }) => [id, label]))
  return {
    kind: 'table',
    wide: true,
    columns: [
      { title: say.dueOn, width: 1 },
      { title: say.what, width: 1.4 },
      { title: say.by, width: 1.7 },
      { title: say.doneOn, width: 1 },
      { title: say.recordedAt, width: 1.3 },
      { title: say.filled, width: 3.4 },
    ],
    rows: records.flatMap((record) => {
      const day = days.get(record.occurrence_id)
      if (!day) return []
      const who = record.account_id === null ? say.gone : (names.get(record.account_id)?.name ?? say.gone)
      const stated = record.reason === '' ? statedOf(record.form, labels, language) : `${say.reason}: ${record.reason}`
      return [
        [
          day.label === '' ? shortDay(day.due_on, language) : day.label,
          say.kinds[record.kind],
          `${who} (${roleIn(record.role, language)})`,
          shortDay(record.effective_on, language),
          longMoment(record.at.toISOString(), language),
          stated,
        ],
      ]
    }),
    empty: say.noRecord,
  }
}

function statedOf(form: Filled, labels: ReadonlyMap<string, string>, language: Language): string {
  const say = dutyWords[language]
  return Object.entries(form)
    .map(([id, value]) => {
      const text =
        typeof value === 'boolean'
          ? value
            ? say.yes
            : say.no
          : Array.isArray(value)
            ? value.join('; ')
            : String(value)
      return `${labels.get(id) ?? id}: ${text}`
    })
    .join('\n')
}

function ownerOf({ names }: Looked, duty: DutyRow, language: Language): string {
  if (duty.owner_account !== null) return names.get(duty.owner_account) ?? dutyWords[language].gone
  return dutyWords[language].roles[duty.owner_role ?? 'owner']
}

function deputyOf({ names }: Looked, duty: DutyRow): string | null {
  return duty.deputy_account === null ? null : (names.get(duty.deputy_account) ?? null)
}

function nextOf({ figures }: Looked, duty: DutyRow, language: Language): string | null {
  const next = duty.retired_at === null ? (figures.get(duty.id)?.next ?? null) : null
  return dayCell(next, language)
}

function figureText({ onTime, counted, recordedLater }: Figure, language: Language): string {
  const say = dutyWords[language]
  if (counted === 0) return say.noFigure
  const text = say.figure(onTime, counted)
  return recordedLater === 0 ? text : `${text}, ${say.later(recordedLater)}`
}

function stateCell(row: OccurrenceRow, today: string, language: Language): PaperCell {
  const state = stateOf(row, today)
  return signIn(language, state === 'done' && !isOnTime(row) ? 'late' : state)
}

function dayCell(day: string | null, language: Language): string | null {
  return day === null ? null : shortDay(day, language)
}

function named({ title, label }: { readonly title: string; readonly label: string }): string {
  return label === '' ? title : `${title} (${label})`
}
