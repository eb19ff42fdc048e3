import { examine } from '../../testing/examine.ts'
import type { GitlabFacts } from '../facts.ts'
import { glPipelineOnMain } from './pipeline-on-main.ts'

type Good = Pick<GitlabFacts, 'deployments' | 'pipelines'>
const good: Good = {
  deployments: [
    {
      repository: 'shop',
      environment: 'Production',
      kind: 'Production',
      at: '2026-11-20T10:00:00Z',
      commit: 'eeeeeeeeeeee',
      builtAt: '2026-11-20T09:00:00Z',
    },
    {
      repository: 'shop',
      environment: 'Test',
      kind: 'Test',
      at: '2026-11-20T10:00:00Z',
      commit: 'dddddddddddd',
      builtAt: '2026-11-20T09:00:00Z',
    },
  ],
  pipelines: {
    since: '2026-11-08T12:00:00Z',
    repositories: [
      {
        repository: 'shop',
        runs: [
          {
            number: 11,
            commit: 'eeeeeeeeeeee',
            at: '2026-11-20T09:00:00Z',
            main: true,
            succeeded: true,
            steps: [{ name: 'Unit tests', succeeded: true }],
          },
        ],
      },
    ],
  },
}
const run = (f: Good) => f.pipelines.repositories[0]?.runs[0] ?? { succeeded: false, steps: [] }

examine(glPipelineOnMain, {
  good,
  bad: {
    'no run belongs to what was deployed': {
      change: (f) => {
        Object.assign(run(f), { commit: 'cccccccccccc' })
      },
      says: 'none',
    },
    'the run of another repository has the same commit': {
      change: (f) => {
        Object.assign(f.pipelines.repositories[0] ?? {}, { repository: 'copy' })
      },
      says: 'none',
    },
    'the run failed': {
      change: (f) => {
        run(f).succeeded = false
      },
      says: 'failed',
    },
    'no step tests': {
      change: (f) => {
        run(f).steps = [{ name: 'Deploy', succeeded: true }]
      },
      says: 'untested',
    },
    'the test step did not succeed': {
      change: (f) => {
        run(f).steps = [{ name: 'Unit tests', succeeded: false }]
      },
      says: 'untested',
    },
    'the step has another name than declared': {
      change: () => undefined,
      says: 'untested',
      parameters: { testSteps: ['acceptance'] },
    },
  },
  told: {
    'what was deployed is older than the window': {
      change: (f) => {
        Object.assign(f.deployments[0] ?? {}, { commit: 'aaaaaaaaaaaa', builtAt: '2026-10-01T00:00:00Z' })
      },
      says: 'older',
    },
  },
  empty: {
    'nothing was deployed to production': (f) => {
      f.deployments = f.deployments.filter(({ kind }) => kind !== 'Production')
    },
  },
})
