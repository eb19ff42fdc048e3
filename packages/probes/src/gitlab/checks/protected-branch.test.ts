import { expect, it } from 'vitest'
import { judge } from '../../engine/judge.ts'
import { seen } from '../../engine/reading.ts'
import { examine } from '../../testing/examine.ts'
import { examined } from '../../testing/examined.ts'
import type { GitlabFacts } from '../facts.ts'
import { glProtectedBranch } from './protected-branch.ts'

const good: GitlabFacts['branches'][number] = {
  repository: 'example/shop',
  branch: 'main',
  protected: true,
  pushers: [],
  forcePush: false,
  pipelineMustSucceed: true,
  skippedCounts: false,
}
const changed = (change: Partial<typeof good>) => (f: Pick<GitlabFacts, 'branches'>) => {
  for (const one of f.branches) Object.assign(one, change)
}

examine(glProtectedBranch, {
  good: { branches: [good] },
  bad: {
    'it is not protected': { change: changed({ protected: false }), says: 'open' },
    'maintainers may push': { change: changed({ pushers: ['level 40'] }), says: 'push' },
    'it can be overwritten': { change: changed({ forcePush: true }), says: 'force' },
    'pipelines do not matter': { change: changed({ pipelineMustSucceed: false }), says: 'pipeline' },
    'skipped pipelines count': { change: changed({ skippedCounts: true }), says: 'skipped' },
  },
  empty: {
    'there is no project': (f) => {
      f.branches = []
    },
  },
})

it('lets pass who was declared', () => {
  const reading = seen({ branches: seen([{ ...good, pushers: ['key 9'], pipelineMustSucceed: false }]) })
  const outcomes = judge(
    glProtectedBranch,
    { ...reading, at: examined.toISOString(), source: 'test' },
    { system: 'test', now: examined, parameters: { pushers: ['key 9'], pipeline: false } },
  )
  expect(outcomes.map(({ state }) => state)).toEqual(['pass'])
})
