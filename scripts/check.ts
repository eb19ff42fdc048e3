/*
 * Runs every gate: `npm run check`, or some of them by name: `npm run check -- lint types`. `npm run fix` lays out the
 * files and mends what the linter can mend first. Ends with status 1 when a gate found something.
 */
import { repository, runTool, type Gate, type Verdict } from './gate.ts'
import { gates } from './gates/all.ts'

/** Two cores are the machine that everything has to be quick on. */
const AT_ONCE = 2
const SHOWN = 20

/** A gate and what it said. */
export interface Result {
  readonly gate: Gate
  readonly verdict: Verdict
}

/** Runs gates on the repository, telling of each when it is done. */
export async function check(chosen: readonly Gate[] = gates): Promise<Result[]> {
  const waiting = [...chosen]
  const results: Result[] = []
  const work = async () => {
    for (let gate = waiting.shift(); gate; gate = waiting.shift()) {
      const began = performance.now()
      const verdict = await gate.run(repository)
      results.push({ gate, verdict })
      tell(gate, verdict, (performance.now() - began) / 1000)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return results
}

function tell({ name, holds }: Gate, verdict: Verdict, seconds: number): void {
  const time = `${seconds.toFixed(1)} s`.padStart(7)
  const findings = 'skipped' in verdict ? [] : verdict
  const sign = 'skipped' in verdict ? 'skipped' : findings.length === 0 ? 'ok' : 'FAILED'
  console.log(`${sign.padEnd(7)} ${name.padEnd(12)} ${time}  ${'skipped' in verdict ? verdict.skipped : holds}`)
  for (const { place, says, remedy } of findings.slice(0, SHOWN))
    console.log(`  ${place}\n    ${says}\n    → ${remedy}`)
  if (findings.length > SHOWN) console.log(`  and ${findings.length - SHOWN} more`)
}

/** Whether a gate found something. */
export const failed = ({ verdict }: Result): boolean => !('skipped' in verdict) && verdict.length > 0

async function main(args: readonly string[]): Promise<void> {
  const names = args.filter((arg) => !arg.startsWith('--'))
  const unknown = names.find((name) => gates.every((gate) => gate.name !== name))
  if (unknown) {
    console.error(`There is no gate "${unknown}"; there are: ${gates.map(({ name }) => name).join(', ')}.`)
    process.exitCode = 2
    return
  }
  if (args.includes('--fix')) {
    await runTool(repository, 'oxlint', ['--type-aware', '--fix'])
    await runTool(repository, 'oxfmt', ['--write'])
  }
  const results = await check(names.length > 0 ? gates.filter(({ name }) => names.includes(name)) : gates)
  const broken = results.filter(failed)
  console.log(`${results.length - broken.length} of ${results.length} gates hold.`)
  process.exitCode = broken.length > 0 ? 1 : 0
}

if (import.meta.main) await main(process.argv.slice(2))
