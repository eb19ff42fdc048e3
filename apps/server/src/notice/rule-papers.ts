import type { Paper, PaperBlock, PaperTable } from '@art32/press'
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

/** Rules of deletion with what their runs reported, as a paper. */
export function rulesPaper(all: readonly Whole[], language: Language): Omit<Paper, 'by' | 'date' | 'letterhead'> {
  const say = noticeWords[language]
  return {
    language,
    title: say.rulesTitle,
    blocks: [
      { kind: 'paragraph', text: say.rulesLead },
      ...(all.length === 0 ? [{ kind: 'paragraph' as const, text: say.noRules }] : []),
      ...all.flatMap((one) => ruleBlocks(one, language)),
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
        { label: say.lastRun, value: newest.done ? moment(newest.done.ran_at) : null },
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
        moment(run.ran_at),
        say.outcomes[run.outcome],
        run.examined,
        run.deleted,
        keptText(run.kept, language),
        run.errors,
      ]),
      empty: say.noRuns,
    },
    ...(gaps.length === 0
      ? []
      : [
          { kind: 'heading' as const, level: 2 as const, text: say.gaps },
          {
            kind: 'list' as const,
            ordered: false,
            items: gaps.slice(0, 100).map(({ from, until }) => ({
              text: until === null ? say.openGap(moment(from)) : say.gap(moment(from), moment(until)),
            })),
          },
        ]),
  ]
}

/** Every run as a row. */
export function rulesTable(all: readonly Whole[], language: Language): Pick<PaperTable, 'columns' | 'rows'> {
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
    rows: all.flatMap(({ rule, app, category, runs }) =>
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

function moment(at: Date): string {
  return at.toISOString().slice(0, 16).replace('T', ' ')
}
