import { longMoment } from '@art32/press'
import type { Paper, PaperBlock, PaperTable } from '@art32/press'
import { builtIns, ownApp, ownRhythm } from './built-in.ts'
import type { OwnRun } from './built-in.ts'
import type { OwnLook } from './built-in-keep.ts'
import { nameOf } from './publish.ts'
import type { Gap, Report } from './rule.ts'
import type { RuleLook } from './rule-look.ts'
import type { RunRow } from './rule-store.ts'
import { lengthOf } from './sheet.ts'
import { noticeWords } from './words.ts'

type Language = 'en' | 'de'

/** A rule with its runs and what was missed. */
interface Whole extends RuleLook {
  readonly runs: readonly RunRow[]
  readonly gaps: readonly Gap[]
}

/** Rules of deletion with what their runs reported, as a paper; `own`: how art32 itself deletes, where it is asked for. */
export function rulesPaper(
  all: readonly Whole[],
  own: OwnLook | null,
  language: Language,
): Omit<Paper, 'by' | 'date' | 'letterhead'> {
  const say = noticeWords[language]
  return {
    language,
    title: say.rulesTitle,
    blocks: [
      { kind: 'paragraph', text: say.rulesLead },
      ...(all.length === 0 && own === null ? [{ kind: 'paragraph' as const, text: say.noRules }] : []),
      ...all.flatMap((one) => ruleBlocks(one, language)),
      ...(own === null ? [] : ownBlocks(own, language)),
    ],
  }
}

function ruleBlocks({ rule, app, category, standing, newest, runs, gaps }: Whole, language: Language): PaperBlock[] {
  const say = noticeWords[language]
  return [
    { kind: 'heading', level: 1, text: rule.name },
    {
      kind: 'fields',
      fields: [
        { label: say.app, value: nameOf(app.facts, language, app.slug) },
        { label: say.category, value: category?.name[language] ?? rule.category },
        { label: say.heads.periods, value: category ? lengthOf(category.period, language) : null },
        { label: say.every, value: say.hours(rule.every_hours) },
        { label: say.state, value: say.states[standing.state] },
        { label: say.lastRun, value: newest.done ? moment(newest.done.ran_at, language) : null },
      ],
    },
    {
      kind: 'table',
      columns: [
        { title: say.ranAt, width: 1.6 },
        { title: say.outcome },
        { title: say.examined, align: 'right' },
        { title: say.deleted, align: 'right' },
        { title: say.kept, width: 1.6 },
        { title: say.errors, align: 'right' },
      ],
      rows: runs.map((run) => [
        moment(run.ran_at, language),
        say.outcomes[run.outcome],
        run.examined,
        run.deleted,
        keptText(run.kept, language),
        run.errors,
      ]),
      empty: say.noRuns,
    },
    ...gapBlocks(gaps, language),
  ]
}

function gapBlocks(gaps: readonly Gap[], language: Language): PaperBlock[] {
  const say = noticeWords[language]
  if (gaps.length === 0) return []
  return [
    { kind: 'heading', level: 2, text: say.gaps },
    {
      kind: 'list',
      ordered: false,
      items: gaps.slice(0, 100).map(({ from, until }) => ({
        text:
          until === null
            ? say.openGap(moment(from, language))
            : say.gap(moment(from, language), moment(until, language)),
      })),
    },
  ]
}

/** How art32 itself deletes: one run a day takes what ran out by every rule. */
function ownBlocks({ runs, lastDone, standing, gaps }: OwnLook, language: Language): PaperBlock[] {
  const say = noticeWords[language]
  return [
    { kind: 'heading', level: 1, text: ownApp[language] },
    { kind: 'paragraph', text: say.ownLead },
    {
      kind: 'fields',
      fields: [
        { label: say.every, value: say.hours(ownRhythm.every_hours) },
        { label: say.state, value: say.states[standing.state] },
        { label: say.lastRun, value: lastDone === null ? null : moment(lastDone, language) },
      ],
    },
    {
      kind: 'table',
      columns: [
        { title: say.category, width: 2 },
        { title: say.deletedAfter, width: 1.4 },
        { title: say.goes },
        { title: say.deletedLast, align: 'right' },
      ],
      rows: builtIns.map(({ key, rule, clears }) => [
        rule.what[language],
        ownPeriod(rule.after, language),
        clears.length === 0 ? say.row : say.fields,
        runs[0] ? (runs[0].counts[key] ?? 0) : null,
      ]),
    },
    { kind: 'heading', level: 2, text: say.runs },
    {
      kind: 'table',
      columns: [{ title: say.ranAt }, { title: say.outcome }, { title: say.deleted, width: 2.4 }],
      rows: runs.map((run) => [moment(run.started_at, language), say.outcomes[run.outcome], takenBy(run, language)]),
      empty: say.noRuns,
    },
    ...gapBlocks(gaps, language),
  ]
}

/** What a run took, by what it was. */
function takenBy({ counts }: OwnRun, language: Language): string {
  const taken = builtIns.flatMap(({ key, rule }) => {
    const count = counts[key] ?? 0
    return count === 0 ? [] : [`${rule.what[language]}: ${count}`]
  })
  return taken.length === 0 ? '0' : taken.join(', ')
}

/** Nothing after its end: what has a time of its own goes with that. */
function ownPeriod(after: string, language: Language): string {
  return after === 'PT0S' ? noticeWords[language].atItsEnd : lengthOf(after, language)
}

/** Every run as a row. */
export function rulesTable(
  all: readonly Whole[],
  own: OwnLook | null,
  language: Language,
): Pick<PaperTable, 'columns' | 'rows'> {
  const say = noticeWords[language]
  return {
    columns: [
      say.app,
      say.rule,
      say.category,
      say.ranAt,
      say.outcome,
      say.examined,
      say.deleted,
      say.kept,
      say.errors,
    ].map((title) => ({ title })),
    rows: [
      ...all.flatMap(({ rule, app, category, runs }) =>
        runs.map((run) => [
          nameOf(app.facts, language, app.slug),
          rule.name,
          category?.name[language] ?? rule.category,
          run.ran_at.toISOString(),
          say.outcomes[run.outcome],
          run.examined,
          run.deleted,
          keptText(run.kept, language),
          run.errors,
        ]),
      ),
      ...builtIns.flatMap(({ key, rule }) =>
        (own?.runs ?? []).map((run) => [
          ownApp[language],
          key,
          rule.what[language],
          run.started_at.toISOString(),
          say.outcomes[run.outcome],
          run.counts[key] ?? 0,
          run.counts[key] ?? 0,
          '',
          0,
        ]),
      ),
    ],
  }
}

function keptText(kept: Report['kept'], language: Language): string {
  const say = noticeWords[language]
  return Object.entries(say.reasons)
    .flatMap(([reason, word]) => {
      const count = Object.entries(kept).find(([own]) => own === reason)?.[1] ?? 0
      return count === 0 ? [] : [`${count} (${word})`]
    })
    .join(', ')
}

function moment(at: Date, language: Language): string {
  return longMoment(at.toISOString(), language)
}
