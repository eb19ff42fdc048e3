import { examine } from '../../testing/examine.ts'
import type { GitlabFacts } from '../facts.ts'
import { glPipelineScans } from './pipeline-scans.ts'

type Good = Pick<GitlabFacts, 'pipelines'>
const names = ['SAST (semgrep)', 'Audit of dependencies', 'Secret scan']
const good: Good = {
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
            succeeded: false,
            steps: names.map((name) => ({ name, succeeded: true })),
          },
        ],
      },
    ],
  },
}
const run = (f: Good) => f.pipelines.repositories[0]?.runs[0] ?? { steps: [], at: '', main: true }

examine(glPipelineScans, {
  good,
  bad: {
    ...Object.fromEntries(
      names.map((name) => [
        `the step ${name} is missing`,
        {
          change: (f: Good) => {
            run(f).steps = run(f).steps.filter((step) => step.name !== name)
          },
          says: 'absent',
        },
      ]),
    ),
    'a scan never succeeded': {
      change: (f) => {
        for (const step of run(f).steps) step.succeeded = false
      },
      says: 'failed',
    },
    'the last scan is old': {
      change: (f) => {
        run(f).at = '2026-11-10T09:00:00Z'
      },
      says: 'old',
    },
    'it ran on another branch only': {
      change: (f) => {
        run(f).main = false
      },
      says: 'absent',
    },
  },
  empty: {
    'there is no repository': (f) => {
      f.pipelines.repositories = []
    },
  },
})
