import { checkOf, type CheckResult, type Outcome, type ProveResult, type TargetResult } from '@art32/probes'
import type { ProveExceptions } from './prove-exceptions.ts'
import { clean, hang } from './terminal.ts'

type State = CheckResult['state']

const signs = {
  pass: { glyph: '✓', word: 'pass' },
  fail: { glyph: '✗', word: 'fail' },
  info: { glyph: 'i', word: 'info' },
  'not-evaluated': { glyph: '?', word: 'not evaluated' },
  'not-applicable': { glyph: '–', word: 'not applicable' },
  stale: { glyph: '…', word: 'stale' },
} as const satisfies Record<State, { readonly glyph: string; readonly word: string }>

const states = Object.keys(signs) as State[]

/** So many subjects in the state of the check are named; a person reads no more. */
const shownSubjects = 8

/** The whole run as text for people. */
export function reportProof(result: ProveResult, columns: number, exceptions: Pick<ProveExceptions, 'of'>): string {
  const unseen = result.counts['not-evaluated']
  const closing =
    unseen === 0
      ? ''
      : `${unseen} could not be evaluated: that is neither a pass nor a fail. The reasons stand above.\n`
  return `${result.targets.map((target) => reportTarget(target, columns, exceptions)).join('\n')}\n${tally(result.counts)}\n${closing}`
}

/** One line about one target. */
export function summariseTarget(target: TargetResult): string {
  const counts = Object.fromEntries(states.map((state) => [state, 0])) as Record<State, number>
  for (const { state } of target.checks) counts[state] += 1
  return `${clean(target.system)}: ${tally(counts)} (${(target.tookMs / 1000).toFixed(1)} s)`
}

function tally(counts: Readonly<Record<State, number>>): string {
  const parts = states.filter((state) => counts[state] > 0).map((state) => `${counts[state]} ${signs[state].word}`)
  return parts.length === 0 ? 'nothing was judged' : parts.join(' · ')
}

function reportTarget(target: TargetResult, columns: number, exceptions: Pick<ProveExceptions, 'of'>): string {
  const judged = target.checks.filter(({ state }) => state !== 'not-evaluated')
  const unseen = Map.groupBy(
    target.checks.filter(({ state }) => state === 'not-evaluated'),
    ({ outcomes }) => outcomes[0]?.say.en ?? '',
  )
  return [
    `${summariseTarget(target)}\n`,
    ...judged.map((check) => reportCheck(check, columns, exceptions)),
    ...[...unseen].map(([reason, checks]) =>
      hang(labelOf('not-evaluated'), `${reason} [${checks.map(({ check }) => check).join(', ')}]`, columns),
    ),
  ].join('')
}

function labelOf(state: State): string {
  return `  ${signs[state].glyph} ${signs[state].word.padEnd(15)}`
}

function reportCheck(
  { check, state, outcomes }: CheckResult,
  columns: number,
  exceptions: Pick<ProveExceptions, 'of'>,
): string {
  const label = labelOf(state)
  const indent = ' '.repeat(label.length)
  const telling = outcomes.filter((outcome) => outcome.state === state)
  const shown = telling.slice(0, state === 'fail' ? shownSubjects : 1)
  const left = telling.length - shown.length
  const remedy = state === 'fail' ? checkOf(check)?.remedy.en : undefined
  return [
    ...shown.map((outcome, index) =>
      hang(index === 0 ? label : indent, sentence(outcome, check, index, exceptions), columns),
    ),
    ...(left > 0 ? [`${indent}and ${left} more\n`] : []),
    ...(remedy === undefined ? [] : [hang(`${indent}→ `, remedy, columns)]),
  ].join('')
}

function sentence(outcome: Outcome, check: string, index: number, exceptions: Pick<ProveExceptions, 'of'>): string {
  const exception = exceptions.of(outcome)
  const excepted = exception === undefined ? '' : ` (exception until ${exception.expires}: ${exception.reason})`
  const hint = outcome.hint === undefined ? '' : ` ${outcome.hint.en}`
  return `${outcome.say.en}${hint}${excepted}${index === 0 ? ` [${check}]` : ''}`
}
