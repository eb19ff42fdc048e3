/*
 * Makes docs/reference/demo.md: for each row of the trace what its checks said in the demo, and how the measures stand that it
 * is made of. The page is compared with a run of the demo by e2e/demo.test.ts.
 */
import { sourceRows } from '@art32/catalogue'
import { assuranceSigns } from '@art32/press'
import type { Assurance } from '@art32/press'
import { checkOf } from '@art32/probes'

/** What a run of the demo showed of one example. */
export interface Shown {
  readonly name: string
  /** The best that a check said on a system of the example. */
  readonly checks: ReadonlyMap<string, string>
  /** How the measures of the register stand, by catalogue measure: the best line of each. */
  readonly measures: ReadonlyMap<string, Assurance>
  readonly lines: readonly { readonly line: number; readonly text: string; readonly assurance: Assurance }[]
}

/** Neither example has its code on GitLab; with Bitbucket and GitHub the same rows are shown. */
const ofGitlab: Readonly<Record<string, string>> = Object.fromEntries(
  sourceRows
    .flatMap(({ checks }) => checks)
    .filter((id) => id.startsWith('gl.'))
    .map((id) => [id, 'code on GitLab; the examples have theirs on Bitbucket and GitHub']),
)

/** Checks of the trace that pass nowhere in the demo, each with its reason. Anything else that does not pass is a fault. */
export const notInTheDemo: Readonly<Record<string, string>> = {
  ...ofGitlab,
  'backup.repo-mirror': 'a second copy of a repository at another place',
  'pg.tls-on': 'a PostgreSQL that is reached over a network; that of the demo listens on a socket only',
  'pg.no-plain-sessions': 'sessions over a network',
  'pg.schema-drift': 'an approved structure to compare with; until one is named the check tells what it sees',
  'pg.config-drift': 'approved settings to compare with; until they are named the check tells what it sees',
  'backup.restore-proven': 'a restore that somebody ran by `art32 drill run`, or a pipeline',
  'backup.config': 'restic on the machine: where it is installed, the demo makes a real repository and this passes',
}

/** Whether a check can pass in the demo on every machine. */
export const isExpected = (check: string): boolean => checkOf(check) !== undefined && !(check in notInTheDemo)

/** The page as Markdown. */
export function demoPage(examples: readonly Shown[]): string {
  const rows = sourceRows.filter(({ checks }) => checks.some((id) => checkOf(id) !== undefined))
  return `${[
    '# What the demo proves',
    'This page is compared with a run of `npm run demo` by its test; do not edit it. Every vendor in it is a strict server on the same machine: a pass below shows that art32 proves the row where everything is as it should be, not that it has met the real cloud.',
    '## How the examples stand',
    examples.map(standing).join('\n'),
    '## On purpose',
    'Most lines that are not proven are promises of people, which come with sign-offs. These are as they are on purpose:',
    examples.flatMap(onPurpose).join('\n'),
    '## Rows and checks',
    'Each row of the trace that a check can show, with what the check said in each example. A dash: nothing of the kind is connected there.',
    table(
      ['row', 'check', ...examples.map(({ name }) => name), 'measures'],
      rows.flatMap((row) =>
        row.checks
          .filter((id) => checkOf(id) !== undefined)
          .map((id, index) => [
            index === 0 ? `**${row.row}** ${row.title}` : '',
            `[${id}](checks/${id}.md)`,
            ...examples.map(({ checks }) => (id in notInTheDemo ? '–' : (checks.get(id) ?? '–'))),
            index === 0 ? standingOf(row.measures, examples) : '',
          ]),
      ),
    ),
    '## What a demo cannot show',
    table(
      ['check', 'needs'],
      Object.entries(notInTheDemo).map(([id, reason]) => [`[${id}](checks/${id}.md)`, reason]),
    ),
  ].join('\n\n')}\n`
}

const order: readonly Assurance[] = ['verified', 'lapsed', 'failing', 'planned', 'absent', 'stated']

function standing({ name, lines }: Shown): string {
  const counts = order.flatMap((one) => {
    const n = lines.filter(({ assurance }) => assurance === one).length
    return n === 0 ? [] : [`${assuranceSigns[one].glyph} ${n} ${assuranceSigns[one].word.en}`]
  })
  return `- ${name}: ${counts.join(' · ')}`
}

function onPurpose({ name, lines }: Shown): string[] {
  return lines
    .filter(({ assurance }) => assurance !== 'verified' && assurance !== 'stated')
    .map(({ line, text, assurance }) => `- ${name}, line ${line}, ${assuranceSigns[assurance].word.en}: ${text}`)
}

function standingOf(measures: readonly string[], examples: readonly Shown[]): string {
  const best = measures.flatMap((id) => {
    const found = examples.flatMap((one) => one.measures.get(id) ?? [])
    const first = order.find((one) => found.includes(one))
    return first === undefined || first === 'stated' ? [] : [`${assuranceSigns[first].glyph} ${id}`]
  })
  return best.join(', ')
}

/** A table as the formatter of this repository writes it: every column as wide as its widest cell. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows]
  const widths = head.map((_cell, column) => Math.max(3, ...all.map((row) => row[column]?.length ?? 0)))
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}
