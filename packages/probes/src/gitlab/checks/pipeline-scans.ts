import { bbPipelineScans } from '../../bitbucket/checks/pipeline-scans.ts'
import type { Check } from '../../engine/check.ts'
import type { GitlabFacts } from '../facts.ts'

/** What is asked of deliveries and projects does not depend on the vendor: judged as at Bitbucket, over the same facts. */
export const glPipelineScans = {
  ...bbPipelineScans,
  id: 'gl.pipeline-scans',
  version: 1,
  connector: 'gitlab',
  title: { en: 'Jobs of the pipeline scan for weaknesses', de: 'Jobs der Pipeline suchen nach Schwachstellen' },
  sources: ['https://docs.gitlab.com/api/jobs/', 'https://docs.gitlab.com/user/application_security/sast/'],
  pitfalls: [
    'Jobs are known by their names, those that GitLab gives its own scans among them. One that is named well and does nothing passes.',
    'That a job is written in the file says nothing; one that ran on the branch and succeeded is asked for.',
    'The scans of GitLab succeed whatever they find: what they found is in their reports.',
    'Jobs of child pipelines are not seen. No longer time can be asked for than the connection looks back.',
  ],
} satisfies Check<GitlabFacts, 'pipelines', typeof bbPipelineScans.params>
