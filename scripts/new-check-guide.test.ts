import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { read, repository } from './gate.ts'

/** What a new check costs, as its guide shows it by a commit. */
const block = /```text\n(?<subject>.+)\n\n(?<stat>[^`]+)```/.exec(read(repository, 'docs/guides/new-check.md'))?.groups
const subject = block?.['subject'] ?? ''
const stat = block?.['stat'] ?? ''

/** Made by `npm run docs`, and the line for those who use art32. */
const byTheWay = /^(docs\/reference\/|docs\/coverage\.md$|CHANGELOG\.md$)/

/** Empty where there is no history, as in an archive or a shallow clone. */
function git(...args: readonly string[]): string {
  try {
    return execFileSync('git', args, { cwd: repository, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return ''
  }
}

const commit = git('log', '--no-merges', '--format=%H', '--fixed-strings', `--grep=${subject}`, '-1')

it('shows a check as one file, its test and one line', () => {
  expect(subject).not.toBe('')
  const files = stat
    .trimEnd()
    .split('\n')
    .map((line) => line.trim())
  expect(files).toHaveLength(3)
  expect(files[0]).toMatch(/^packages\/probes\/src\/checks\.ts +\| +1 \+$/)
  const [test, check] = [files[1]?.split(' ')[0] ?? '', files[2]?.split(' ')[0] ?? '']
  expect(test).toBe(check.replace(/\.ts$/, '.test.ts'))
  expect(read(repository, 'packages/probes/src/checks.ts')).toContain(check.replace('packages/probes/src/', './'))
})

it.skipIf(commit === '')('shows what the commit changed (skipped where the history is not at hand)', () => {
  const changed = git('show', '--numstat', '--format=', commit)
    .split('\n')
    .map((line) => line.split('\t'))
    .filter(([, , file = '']) => !byTheWay.test(file))
  const shown = [...stat.matchAll(/^ (\S+) +\| +(\d+) \++$/gm)].map(([, file = '', added = '']) => [added, '0', file])
  expect(shown).toEqual(changed)
})
