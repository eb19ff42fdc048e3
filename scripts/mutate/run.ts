import { globSync } from 'node:fs'

import { read } from '../gate.ts'
import { keyOfMutant, mutantsOf, sampleOf, type Mutant } from './mutants.ts'
import { database, openRunner, testsFor, type Baseline, type Fate, type Runner } from './runner.ts'
import type { Target } from './targets.ts'

/** A mutant that no test killed. */
export interface Survivor extends Pick<Mutant, 'was' | 'is' | 'nth'> {
  /** Whether any test runs that place at all. */
  readonly isReached: boolean
}

/** What was seen of one source file. */
export interface Seen {
  /** How many mutants the file has, and how many of them were tried. */
  readonly mutants: number
  readonly tried: number
  readonly killed: number
  readonly survivors: readonly Survivor[]
  /** Day of the run. */
  readonly on: string
}

/**
 * Tries the mutants of a target, file by file.
 *
 * @param only files of it; none: all
 * @param tell is given what was seen of a file as soon as it is done
 * @throws {Error} where a test fails without a mutant, before or after: then nothing that was seen counts
 */
export async function mutate(
  root: string,
  target: Target,
  only: readonly string[],
  tell: (file: string, seen: Seen) => void,
): Promise<void> {
  const files = target.files.filter((file) => only.length === 0 || only.includes(file))
  const tests = globSync([...target.tests], { cwd: root }).toSorted()
  const runner = await openRunner(root, tests, target.database ? [database] : [], target.leastMs)
  try {
    const baselines = await runner.baseline(tests)
    for (const file of files) {
      const seen = await tryFile(root, file, target, runner, baselines)
      // A machine that is out of memory or of disk kills every mutant.
      await runner.baseline(tests.slice(0, 1))
      tell(file, seen)
    }
  } finally {
    await runner.close()
  }
}

async function tryFile(
  root: string,
  file: string,
  target: Target,
  runner: Runner,
  baselines: readonly Baseline[],
): Promise<Seen> {
  const mutants = mutantsOf(file, read(root, file))
  const chosen = sampleOf(file, mutants, target.most)
  const fates: Fate[] = []
  const survivors: Survivor[] = []
  for (const mutant of chosen) {
    const tests = testsFor(file, mutant, baselines)
    const fate = tests.length === 0 ? 'survived' : await runner.fateOf(file, mutant, tests)
    fates.push(fate)
    const { was, is, nth } = mutant
    if (fate === 'survived') survivors.push({ was, is, nth, isReached: tests.length > 0 })
  }
  return {
    mutants: mutants.length,
    tried: chosen.length,
    killed: fates.filter((fate) => fate === 'killed').length,
    survivors,
    on: new Date().toISOString().slice(0, 10),
  }
}

/** Those that nobody has given a reason for. */
export function unknownOf(file: string, { survivors }: Seen, known: readonly Known[]): Survivor[] {
  const keys = new Set(
    known.filter((one) => one.file === file).flatMap(({ mutants }) => mutants.map((one) => keyOfKnown(one))),
  )
  return survivors.filter((survivor) => !keys.has(keyOfMutant(survivor)))
}

/** Mutants of a file that may live, with the reason. */
export interface Known {
  readonly file: string
  /** `equivalent`: nobody could tell it from the original. `kept`: one could, but no test is worth it. */
  readonly kind: 'equivalent' | 'kept'
  readonly reason: string
  readonly mutants: readonly KnownMutant[]
}

/** By its lines before and after; `nth` where several have the same ones. */
export type KnownMutant = Pick<Mutant, 'was' | 'is'> & { readonly nth?: number }

/** See {@link keyOfMutant}. */
export const keyOfKnown = ({ was, is, nth = 1 }: KnownMutant): string => keyOfMutant({ was, is, nth })
