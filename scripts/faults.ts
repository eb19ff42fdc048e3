/*
 * Does to art32 what it must survive, at length, and prints the table: `npm run faults`
 *
 * With numbers or names of cases (`npm run faults -- 8 27 GHSA-xg6x-h9c9-2m83`) only those. What was seen is kept in
 * e2e/faults/results.json, from which `docs/reference/faults.md` is made. Status 1 when anything went otherwise than expected.
 */
import fs from 'node:fs'
import path from 'node:path'
import process from 'node:process'

import { createVitest, type TestCase, type TestModule } from 'vitest/node'

import type { Case } from '../e2e/faults/case.ts'
import { cases } from '../e2e/faults/cases.ts'
import { faultsPage, readResults, resultsFile, said, type Results, type Seen } from '../e2e/faults/page.ts'
import { triesOf } from '../e2e/faults/tried.ts'
import { repository } from './gate.ts'

/** Kills of each kind where a test counts them by this variable. */
const killRounds = '20'

async function main(wanted: readonly string[]): Promise<void> {
  const unknown = wanted.filter((id) => !cases.some((one) => one.id === id))
  if (unknown.length > 0) {
    console.error(`There is no case ${unknown.join(', ')}; there are ${cases.map(({ id }) => id).join('; ')}.`)
    process.exitCode = 2
    return
  }
  const chosen = cases.filter(({ id }) => wanted.length === 0 || wanted.includes(id))
  process.env['ART32_FAULTS'] ??= 'whole'
  process.env['ART32_KILL_ROUNDS'] ??= process.env['ART32_FAULTS'] === 'whole' ? killRounds : '1'
  const seen = await run(chosen)
  const results: Results = { ...readResults(), ...seen }
  fs.writeFileSync(resultsFile, `${JSON.stringify(ordered(results), null, 2)}\n`)
  fs.writeFileSync(path.join(repository, 'docs/reference/faults.md'), faultsPage())
  for (const one of chosen)
    console.log(`${one.id.padEnd(4)} ${one.deed}\n     expected: ${one.expected}\n     ${said(one, seen)}`)
  const wrong = Object.values(seen).filter((one) => one.wrong > 0).length
  console.log(`${chosen.length} cases, ${wrong} wrong`)
  process.exitCode = wrong > 0 ? 1 : 0
}

/** Runs the files of the cases. @returns what was seen, by the id of the case */
async function run(chosen: readonly Case[]): Promise<Record<string, Seen>> {
  process.chdir(repository)
  process.env['NODE_COMPILE_CACHE'] ??= path.join(repository, 'node_modules', '.compiled')
  const files = [...new Set(chosen.flatMap(({ tests }) => Object.keys(tests)))]
  if (files.length === 0) return {}
  const vitest = await createVitest('test', { watch: false, reporters: ['dot'], passWithNoTests: false })
  const { testModules } = await vitest.start(files.map((file) => path.join(repository, file)))
  await vitest.close()
  const modules = new Map(testModules.map((module) => [path.relative(repository, module.moduleId), module]))
  const on = new Date().toISOString().slice(0, 10)
  return Object.fromEntries(
    chosen.flatMap((one) => {
      const parts = Object.entries(one.tests).map(([file, names]) => countIn(modules.get(file), names))
      const sum = (what: keyof Count) => parts.reduce((total, part) => total + part[what], 0)
      const seen = { tries: sum('tries'), wrong: sum('wrong'), skipped: sum('skipped'), on }
      return parts.length === 0 ? [] : [[one.id, seen]]
    }),
  )
}

type Count = Omit<Seen, 'on'>

/** What was seen in one file. @param names of the tests that count; none: all of them */
function countIn(module: TestModule | undefined, names: readonly string[]): Count {
  const tests = module === undefined ? [] : testsOf(module, names)
  const inState = (wanted: string) => tests.filter((test) => test.result().state === wanted)
  const done = [...inState('passed'), ...inState('failed')]
  const failed = tests.length - inState('passed').length - inState('skipped').length
  // What fails before the first test leaves all of them skipped: a file that did not run is not one that held.
  const isWhole = module?.state() !== 'failed' || [...module.children.allTests('failed')].length > 0
  const isBroken = tests.length === 0 || !isWhole
  return {
    tries: done.reduce((sum, test) => sum + triesOf(test.meta()), 0),
    wrong: failed + Number(isBroken),
    skipped: inState('skipped').length,
  }
}

function testsOf(module: TestModule, names: readonly string[]): TestCase[] {
  const all = [...module.children.allTests()]
  // What stands in place of %s is another text in each row.
  const starts = names.map((name) => name.split(/%|\$\{/)[0] ?? name)
  return names.length === 0 ? all : all.filter(({ name }) => starts.some((start) => name.startsWith(start)))
}

/** In the order of the table, so that a run changes only the lines that it saw anew. */
function ordered(results: Results): Results {
  return Object.fromEntries(cases.flatMap(({ id }) => (results[id] === undefined ? [] : [[id, results[id]]])))
}

await main(process.argv.slice(2))
