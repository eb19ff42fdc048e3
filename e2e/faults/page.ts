import { existsSync, readFileSync } from 'node:fs'
import type { Case } from './case.ts'
import { chapters } from './cases.ts'
import { linkTo, tableOf } from './table.ts'

/** Where what was seen is kept. */
export const resultsFile = new URL('results.json', import.meta.url)

/** What was seen of one case. */
export interface Seen {
  /** How often the deed was done. */
  readonly tries: number
  /** How often something else happened than what is expected. */
  readonly wrong: number
  /** Tests that could not run on that machine. */
  readonly skipped: number
  /** Day of the run. */
  readonly on: string
}

/** By the id of the case. */
export type Results = Readonly<Record<string, Seen>>

export function readResults(): Results {
  return existsSync(resultsFile) ? (JSON.parse(readFileSync(resultsFile, 'utf8')) as Results) : {}
}

/** What was seen, in words: how often, on which day, and what of it nobody has tried. */
export function said({ id, tests, open, absent }: Case, results: Results): string {
  const seen = results[id]
  const files = Object.keys(tests).length
  return [
    absent === undefined ? '' : `cannot happen: ${absent}`,
    seen === undefined ? (files > 0 ? 'not run yet' : '') : figures(seen),
    open === undefined ? '' : `open: ${open}`,
  ]
    .filter((part) => part !== '')
    .join('; ')
}

function figures({ tries, wrong, skipped, on }: Seen): string {
  const away = skipped === 0 ? '' : `, ${skipped} not possible on that machine`
  return `${tries.toLocaleString('en')} tries, ${wrong} wrong${away} (${on})`
}

/** The page `docs/reference/faults.md`, made of the table and of what the last runs saw. */
export function faultsPage(): string {
  const results = readResults()
  const all = chapters.flatMap(({ cases }) => cases)
  const tries = all.reduce((sum, { id }) => sum + (results[id]?.tries ?? 0), 0)
  const wrong = all.reduce((sum, { id }) => sum + (results[id]?.wrong ?? 0), 0)
  const open = all.filter((one) => one.open !== undefined)
  const whole = open.filter(({ tests }) => Object.keys(tests).length === 0)
  return `${[
    '# Faults and attacks',
    '',
    '<!-- Made from e2e/faults by `npm run docs`; what was seen by `npm run faults`. -->',
    '',
    'What is done to art32 on purpose, and what it does: on the real server, with a real PostgreSQL, real signals and real bytes. Seventy-two numbered',
    'cases, and the weaknesses that were published for what art32 is built on and for products like it. A few rounds of each run with every `npm test`; the',
    'long ones by',
    '',
    '```sh',
    'npm run faults             # everything, which takes its time',
    'npm run faults -- 8 9 27   # some of it, by number',
    '```',
    '',
    'which prints this table with what it saw and ends with status 1 when anything went otherwise than expected. Where a test does its deed in rounds each',
    'counts as a try; any other test counts as one, and one test may stand for several cases.',
    '',
    `${all.length} cases; ${tries.toLocaleString('en')} tries, ${wrong} wrong. Open as a whole: ${whole.length} (${whole.map(({ id }) => id).join(', ')}); in a part: ${open.length - whole.length}.`,
    ...chapters.flatMap(({ title, cases }) => [
      '',
      `## ${title}`,
      '',
      ...tableOf([['case', 'deed', 'expected', 'seen', 'tests'], ...cases.map((one) => rowOf(one, results))]),
    ]),
  ].join('\n')}\n`
}

function rowOf(one: Case, results: Results): string[] {
  const files = Object.entries(one.tests).map(([file, names]) => linkTo(file, names.length))
  return [one.id, one.deed, one.expected, said(one, results), files.join('<br>')].map((text) =>
    text.replaceAll('|', '\\|'),
  )
}
