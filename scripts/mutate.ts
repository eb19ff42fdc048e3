/*
 * Makes the code wrong in one small place at a time and looks whether a test notices: `npm run mutate`
 *
 * With names (`npm run mutate -- ledger`) or paths of sources only some; `--most=10`: so many of each file. What was seen is kept in scripts/mutate/results.json, of which
 * `docs/reference/mutation.md` is made; reasons stand in scripts/mutate/known.json. Status 1 when a mutant lives that has none there.
 */
import fs from 'node:fs'
import path from 'node:path'
import process from 'node:process'

import { repository } from './gate.ts'
import { mutationPage, readKnown, readResults, resultsFile } from './mutate/page.ts'
import { mutate, unknownOf, type Seen } from './mutate/run.ts'
import { targets } from './mutate/targets.ts'

async function main(args: readonly string[]): Promise<void> {
  const most = args.find((arg) => /^--most=\d+$/.test(arg))?.slice('--most='.length)
  const wanted = args.filter((arg) => !arg.startsWith('--most='))
  const files = wanted.filter((one) => targets.some((target) => target.files.includes(one)))
  const names = wanted.filter((one) => targets.some(({ name }) => name === one))
  const unknown = wanted.filter((one) => !files.includes(one) && !names.includes(one))
  if (unknown.length > 0) {
    console.error(
      `There is no ${unknown.join(', ')}; there are ${targets.map(({ name }) => name).join(', ')} and their files.`,
    )
    process.exitCode = 2
    return
  }
  process.env['NODE_COMPILE_CACHE'] ??= path.join(repository, 'node_modules', '.compiled')
  let living = 0
  for (const target of targets) {
    const only = files.filter((file) => target.files.includes(file))
    if (wanted.length > 0 && only.length === 0 && !names.includes(target.name)) continue
    const bounded = most === undefined ? target : { ...target, most: Number(most) }
    await mutate(repository, bounded, names.includes(target.name) ? [] : only, (file, seen) => {
      keep(file, seen)
      living += tell(file, seen)
    })
  }
  fs.writeFileSync(path.join(repository, 'docs/reference/mutation.md'), mutationPage())
  console.log(`${living} without a reason`)
  process.exitCode = living > 0 ? 1 : 0
}

/** At once, so that a run that is ended keeps what it saw; in the order of the table. */
function keep(file: string, seen: Seen): void {
  const results = { ...readResults(), [file]: seen }
  const order = targets.flatMap(({ files }) => files)
  const sorted = Object.entries(results).toSorted(([one], [other]) => order.indexOf(one) - order.indexOf(other))
  fs.writeFileSync(resultsFile, `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`)
}

/** @returns how many live without a reason */
function tell(file: string, seen: Seen): number {
  const living = unknownOf(file, seen, readKnown())
  console.log(
    `${file}: ${seen.tried} of ${seen.mutants} tried, ${seen.killed} killed, ${seen.survivors.length} alive, ${living.length} without a reason`,
  )
  for (const { was, is, isReached } of living) console.log(`  ${isReached ? '' : 'not reached: '}${was}\n    → ${is}`)
  return living.length
}

await main(process.argv.slice(2))
