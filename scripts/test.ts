/*
 * Runs everything that has to hold: the gates, the tests beside the code, the tests in a browser. `npm test`
 *
 * With paths (`npm test -- packages/ledger`) only the tests below them. Ends with the plain line
 * "N passed, N failed, N skipped", in which a gate counts as one, and with status 1 when anything failed.
 */
import path from 'node:path'
import process from 'node:process'

import { createVitest, type TestCase, type TestModule, type Vitest } from 'vitest/node'

import { check, failed } from './check.ts'
import { repository } from './gate.ts'

const SLOWEST_SHOWN = 20
/** A file that takes longer delays everybody's next thought: split it, or make it quicker. A browser needs its time. */
const LONGEST_FILE_MS = { unit: 10_000, browser: 60_000 }
/** How much longer a file may take beside another one, or on a slow machine, before it fails; before that it is named. */
const PATIENCE = 2

interface Tally {
  passed: number
  failed: number
  readonly skipped: string[]
}

async function gatesFirst(): Promise<Tally> {
  const results = await check()
  const broken = results.filter(failed).length
  const skipped = results.flatMap(({ gate, verdict }) =>
    'skipped' in verdict ? [`gate ${gate.name}: ${verdict.skipped}`] : [],
  )
  return { passed: results.length - broken - skipped.length, failed: broken, skipped }
}

async function tests(filters: readonly string[]): Promise<Tally> {
  process.chdir(repository)
  // Dozens of tests start art32 as a process of its own: half of its start is reading its types away.
  process.env['NODE_COMPILE_CACHE'] ??= path.join(repository, 'node_modules', '.compiled')
  const vitest = await createVitest('test', { watch: false, reporters: ['dot'], passWithNoTests: false })
  const { testModules, unhandledErrors } = await vitest.start([...filters])
  const cases = testModules.flatMap((module) => [...module.children.allTests()])
  const state = (wanted: string) => cases.filter((test) => test.result().state === wanted)
  const broken = testModules.filter((module) => module.errors().length > 0)
  report(testModules, cases)
  const slow = await slowAlone(
    vitest,
    testModules.filter((module) => durationOf(module) > PATIENCE * limitOf(module)),
  )
  for (const test of cases.filter((test) => test.diagnostic()?.flaky)) {
    console.log(`passed at the second try only: ${nameOf(test.module)}: ${test.fullName}`)
  }
  if (testModules.length === 0) console.log(`No test file matches ${filters.join(' ')}.`)
  await vitest.close()
  return {
    passed: state('passed').length,
    failed:
      state('failed').length + broken.length + slow.length + unhandledErrors.length + Number(testModules.length === 0),
    skipped: state('skipped').map((test) => `${nameOf(test.module)}: ${test.fullName}`),
  }
}

/** Those that take too long also with the machine to themselves: beside a busy neighbour the clock says nothing about a file. */
async function slowAlone(vitest: Vitest, suspects: readonly TestModule[]): Promise<TestModule[]> {
  const slow: TestModule[] = []
  for (const suspect of suspects) {
    const beside = durationOf(suspect)
    const { testModules } = await vitest.rerunTestSpecifications([suspect.toTestSpecification()])
    const again = testModules.find(({ moduleId }) => moduleId === suspect.moduleId) ?? suspect
    const { duration } = again.diagnostic()
    console.log(
      `slow: ${nameOf(suspect)} took ${seconds(beside)}, alone ${seconds(duration)}, of ${seconds(limitOf(suspect))} at most`,
    )
    if (duration > PATIENCE * limitOf(suspect) || !again.ok()) slow.push(suspect)
  }
  return slow
}

function report(modules: readonly TestModule[], cases: readonly TestCase[]): void {
  const time = (test: TestCase) => test.diagnostic()?.duration ?? 0
  const files = modules.map((module): [number, string] => [durationOf(module), nameOf(module)])
  const tests = cases.map((test): [number, string] => [time(test), `${nameOf(test.module)}: ${test.fullName}`])
  slowest('files', files)
  slowest('tests', tests)
}

function slowest(what: string, measured: readonly (readonly [number, string])[]): void {
  console.log(`The slowest ${what}:`)
  for (const [ms, name] of measured.toSorted(([a], [b]) => b - a).slice(0, SLOWEST_SHOWN)) {
    console.log(`  ${seconds(ms).padStart(8)}  ${name}`)
  }
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`

const nameOf = (module: TestModule): string => path.relative(repository, module.moduleId)

const limitOf = (module: TestModule): number => LONGEST_FILE_MS[module.project.name === 'browser' ? 'browser' : 'unit']

function durationOf(module: TestModule): number {
  const { collectDuration, duration } = module.diagnostic()
  return collectDuration + duration
}

async function main(filters: readonly string[]): Promise<void> {
  const tallies = filters.length === 0 ? [await gatesFirst(), await tests([])] : [await tests(filters)]
  const skipped = tallies.flatMap((tally) => tally.skipped)
  const sum = (kind: 'passed' | 'failed') => tallies.reduce((total, tally) => total + tally[kind], 0)
  for (const name of skipped) console.log(`skipped: ${name}`)
  console.log(`${sum('passed')} passed, ${sum('failed')} failed, ${skipped.length} skipped`)
  process.exitCode = sum('failed') > 0 ? 1 : 0
}

await main(process.argv.slice(2))
