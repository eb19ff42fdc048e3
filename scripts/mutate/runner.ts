/*
 * Runs tests against mutants: one Vitest for all of them, one process for each. The project's own configuration is for people; here the files come in a
 * given order, and the first test that fails ends the run.
 */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath, pathToFileURL } from 'node:url'

import { createVitest, type Reporter, type TestSpecification } from 'vitest/node'

import { repository } from '../gate.ts'
import type { Order, Part, Report } from './mutated.ts'
import type { Mutant } from './mutants.ts'

/** A file of tests as it runs without a mutant. */
export interface Baseline {
  /** Path from the root. */
  readonly test: string
  /** Time of the processor, in milliseconds. */
  readonly cpuMs: number
  /** What of each source file it reaches, by the path from the root. */
  readonly reached: ReadonlyMap<string, readonly Part[]>
}

/** What became of a mutant. One that never ends is killed by the time that its process took of the processor. */
export type Fate = 'killed' | 'survived'

/** Tests that can be run against mutants. */
export interface Runner {
  /** Runs each file of tests alone. @throws {Error} naming one that fails without any mutant */
  baseline(tests: readonly string[]): Promise<Baseline[]>
  /** Runs some of them, in this order, until one fails. */
  fateOf(file: string, mutant: Mutant, tests: readonly Baseline[]): Promise<Fate>
  close(): Promise<void>
}

/** Time of the processor for any file of tests, in milliseconds: V8 compiles more at one time than at another. */
export const leastMs = 4_000
const patience = 2
/** What a mutant that collects without end may take. */
const heapMiB = 1_024

/**
 * Opens Vitest on the tests of a tree.
 *
 * @param setups files that start what all tests need, such as PostgreSQL
 * @param least see {@link leastMs}
 */
export async function openRunner(
  root: string,
  tests: readonly string[],
  setups: readonly string[],
  least = leastMs,
): Promise<Runner> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'art32-mutants-'))
  let passed = false
  let faults: readonly string[] = []
  const listener: Reporter = {
    onTestRunEnd(modules, errors, reason) {
      passed = reason === 'passed' && errors.length === 0
      const failed = modules.flatMap((module) => [
        ...module.errors(),
        ...[...module.children.allTests('failed')].flatMap((test) => test.result().errors ?? []),
      ])
      faults = [...errors, ...failed].map(({ message }) => message)
    },
  }
  const vitest = await createVitest('test', {
    config: false,
    root,
    include: [...tests],
    watch: false,
    reporters: [listener],
    onConsoleLog: () => false,
    pool: 'forks',
    isolate: false,
    maxWorkers: 1,
    bail: 1,
    retry: 0,
    // What computes without end is known by the processor's time; a busy machine is not a mutant.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 10_000 } },
    experimental: { viteModuleRunner: false },
    execArgv: [
      '--import',
      pathToFileURL(path.join(import.meta.dirname, 'mutated.ts')).href,
      `--max-old-space-size=${heapMiB}`,
    ],
    setupFiles: [path.join(import.meta.dirname, 'around.ts')],
    globalSetup: [...setups],
    sequence: { sequencer: AsGiven },
  })
  await vitest.standalone()
  const specifications = new Map(
    (await vitest.globTestSpecifications()).map((one) => [path.relative(root, one.moduleId), one]),
  )

  /** @returns whether every test passed */
  async function run(files: readonly string[], order: Order): Promise<boolean> {
    process.env['ART32_MUTANT'] = JSON.stringify(order)
    passed = false
    await vitest.runTestSpecifications(
      files.map((file) => {
        const found = specifications.get(file)
        if (!found) throw new Error(`There is no file of tests ${file}.`)
        return found
      }),
    )
    return passed
  }

  return {
    async baseline(files) {
      const measured: Baseline[] = []
      const reachedTo = path.join(folder, 'reached.json')
      // What comes out of the cache of compiled code has lost where it came from.
      process.env['NODE_DISABLE_COMPILE_CACHE'] = '1'
      for (const test of files) {
        fs.rmSync(reachedTo, { force: true })
        const isGood = await run([test], { reachedTo })
        if (!isGood || !fs.existsSync(reachedTo))
          throw new Error(`${test} fails without any mutant: ${faults.join('; ')}`)
        const report = JSON.parse(fs.readFileSync(reachedTo, 'utf8')) as Report
        const reached = Object.entries(report.reached).map(
          ([url, parts]) => [path.relative(root, fileURLToPath(url)), parts] as const,
        )
        measured.push({ test, cpuMs: report.cpuMs, reached: new Map(reached) })
      }
      delete process.env['NODE_DISABLE_COMPILE_CACHE']
      return measured
    },
    async fateOf(file, { start, end, text }, chosen) {
      const allowed = chosen.map(({ test, cpuMs }) => [path.join(root, test), least + patience * cpuMs] as const)
      const order: Order = {
        mutant: { file: path.join(root, file), start, end, text },
        allowed: Object.fromEntries(allowed),
      }
      const files = chosen.map(({ test }) => test)
      return (await run(files, order)) ? 'survived' : 'killed'
    },
    async close() {
      await vitest.close()
      fs.rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Those that reach a mutant: the file beside the source first, then the quickest. */
export function testsFor(file: string, { start }: Pick<Mutant, 'start'>, baselines: readonly Baseline[]): Baseline[] {
  const own = file.replace(/\.ts$/, '')
  const isOwn = ({ test }: Baseline) => test.startsWith(`${own}.`)
  return baselines
    .filter(({ reached }) => isReached(reached.get(file) ?? [], start))
    .toSorted((one, other) => Number(isOwn(other)) - Number(isOwn(one)) || one.cpuMs - other.cpuMs)
}

/** The smallest part around a position says whether it was run. */
function isReached(parts: readonly Part[], position: number): boolean {
  const around = parts.filter(({ start, end }) => start <= position && position < end)
  const smallest = around.toSorted((one, other) => one.end - one.start - (other.end - other.start))[0]
  return (smallest?.count ?? 0) > 0
}

class AsGiven {
  shard(files: TestSpecification[]): Promise<TestSpecification[]> {
    return Promise.resolve(files)
  }

  sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return Promise.resolve(files)
  }
}

/** The embedded PostgreSQL of a run. */
export const database = path.join(repository, 'scripts/testing/database.ts')
