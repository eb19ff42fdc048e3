import { existsSync, readFileSync } from 'node:fs'

import { linkTo, tableOf } from '../../e2e/faults/table.ts'
import { keyOfKnown, unknownOf, type Known, type Seen } from './run.ts'
import { targets } from './targets.ts'
import { keyOfMutant } from './mutants.ts'

/** Where what was seen is kept, by the path of the source. */
export const resultsFile = new URL('results.json', import.meta.url)
/** Where the reasons are kept. */
export const knownFile = new URL('known.json', import.meta.url)

/** What was seen of each file. */
export type Results = Readonly<Record<string, Seen>>

/** What the last runs saw. */
export const readResults = (): Results => readOr<Results>(resultsFile, {})

/** Which mutants may live. */
export const readKnown = (): readonly Known[] => readOr<readonly Known[]>(knownFile, [])

const readOr = <Shape>(file: URL, none: Shape): Shape =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Shape) : none

/** The page `docs/reference/mutation.md`, of what the last runs saw. */
export function mutationPage(): string {
  return pageOf(readResults(), readKnown())
}

/** The page of given results. */
export function pageOf(results: Results, known: readonly Known[]): string {
  return `${[
    '# Mutants',
    '',
    '<!-- Made from scripts/mutate by `npm run docs`; what was seen by `npm run mutate`. -->',
    '',
    'Whether the tests would notice: the code is made wrong in one small place at a time (a condition that always holds, `<=` for `<`, a statement left out, a limit',
    'without its border), and the tests that reach the place run. What none of them notices is a survivor, and either a gap or a change that changes nothing. The files',
    'themselves are never touched: a process of the tests is given the changed source while it loads it ([decision 78](../decisions/0078-mutants-are-loaded-not-written.md)).',
    '',
    '```sh',
    'npm run mutate             # all of it, which takes hours',
    'npm run mutate -- ledger   # one of ledger, access, tenancy; also single files of them, by their path; --most=10: so many of each',
    '```',
    '',
    'It ends with status 1 when a mutant lived that has no reason below. Types are not asked, only tests; a mutant that does not end counts as killed. Where a file has',
    'more mutants than are tried, the same ones are drawn in each run. _Share_ is what was killed of what was tried without the equivalent ones.',
    'What lived of a drawn part got its tests, so the share of the part says nothing of the rest of its file: whoever draws more will find more.',
    ...targets.flatMap(({ name, about, most, files, tests }) => {
      const seen = Object.entries(results).filter(([file]) => files.includes(file))
      const missing = files.filter((file) => results[file] === undefined)
      return [
        '',
        `## ${name}: ${about}`,
        '',
        `By the tests \`${tests.join('`, `')}\`; at most ${most} mutants of a file, fewer where a run was asked for fewer.${sumOf(seen, known)}`,
        ...(seen.length === 0
          ? []
          : [
              '',
              ...tableOf([
                ['file', 'mutants', 'tried', 'killed', 'equivalent', 'kept', 'new', 'share', 'on'],
                ...seen.map(([file, one]) => rowOf(file, one, known)),
              ]),
            ]),
        ...(missing.length === 0 ? [] : ['', `Not run yet: ${missing.map((file) => linkOf(file)).join(', ')}.`]),
      ]
    }),
    '',
    '## What lives, and why',
    ...Object.entries(results).flatMap(([file, seen]) => livingOf(file, seen, known)),
  ].join('\n')}\n`
}

function rowOf(file: string, seen: Seen, known: readonly Known[]): string[] {
  const { equivalent, kept, unknown } = countsOf(file, seen, known)
  const numbers = [seen.mutants, seen.tried, seen.killed, equivalent, kept, unknown]
  return [linkOf(file), ...numbers.map(String), shareOf(seen.killed, seen.tried - equivalent), seen.on]
}

const linkOf = (file: string): string => linkTo(file, 0).replace('.ts]', ']')

function countsOf(file: string, seen: Seen, known: readonly Known[]) {
  const livingAs = (kind: Known['kind']) => {
    const keys = new Set(
      known.filter((one) => one.file === file && one.kind === kind).flatMap(({ mutants }) => mutants.map(keyOfKnown)),
    )
    return seen.survivors.filter((one) => keys.has(keyOfMutant(one))).length
  }
  return {
    equivalent: livingAs('equivalent'),
    kept: livingAs('kept'),
    unknown: unknownOf(file, seen, known).length,
  }
}

function sumOf(seen: readonly (readonly [string, Seen])[], known: readonly Known[]): string {
  if (seen.length === 0) return ''
  const sum = (what: (file: string, one: Seen) => number) => seen.reduce((all, [file, one]) => all + what(file, one), 0)
  const tried = sum((_, one) => one.tried)
  const killed = sum((_, one) => one.killed)
  const equivalent = sum((file, one) => countsOf(file, one, known).equivalent)
  return ` Tried ${tried} of ${sum((_, one) => one.mutants)}: ${killed} killed, ${equivalent} equivalent; ${shareOf(killed, tried - equivalent)}.`
}

const shareOf = (part: number, whole: number): string =>
  whole === 0 ? '' : `${(Math.floor((part / whole) * 1000) / 10).toFixed(1)} %`

function livingOf(file: string, seen: Seen, known: readonly Known[]): string[] {
  const survived = new Set(seen.survivors.map(keyOfMutant))
  const reasons = known
    .filter((one) => one.file === file)
    .map((one) => ({ ...one, mutants: one.mutants.filter((mutant) => survived.has(keyOfKnown(mutant))) }))
    .filter(({ mutants }) => mutants.length > 0)
    .map(({ kind, reason, mutants }) => `- ${kind}: ${reason}\n${mutants.map(lineOf).join('\n')}`)
  const unknown = unknownOf(file, seen, known)
  const parts =
    unknown.length === 0 ? reasons : [...reasons, `- without a reason yet\n${unknown.map(lineOf).join('\n')}`]
  return parts.length === 0 ? [] : ['', `### ${file}`, '', ...parts]
}

const lineOf = ({ was, is }: KnownLine): string => `  - ${quoted(was)} → ${quoted(is)}`

type KnownLine = { readonly was: string; readonly is: string }

/** As code of Markdown, which may hold grave accents. */
function quoted(text: string): string {
  const short = text.length > mostShown ? `${text.slice(0, mostShown)}…` : text
  const longest = Math.max(0, ...[...short.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  // As the formatter has it: white space only where the text itself ends with the sign.
  const space = short.startsWith('`') || short.endsWith('`') ? ' ' : ''
  return `${fence}${space}${short}${space}${fence}`
}

const mostShown = 200
