import { bbPipelineOnMain } from '../../bitbucket/checks/pipeline-on-main.ts'
import type { Check } from '../../engine/check.ts'
import type { GitlabFacts } from '../facts.ts'

/** What is asked of deliveries and projects does not depend on the vendor: judged as at Bitbucket, over the same facts. */
export const glPipelineOnMain = {
  ...bbPipelineOnMain,
  id: 'gl.pipeline-on-main',
  version: 1,
  connector: 'gitlab',
  title: {
    en: 'Deployments come from a pipeline that passed',
    de: 'Auslieferungen stammen aus einer Pipeline, die bestanden hat',
  },
  sources: ['https://docs.gitlab.com/api/deployments/', 'https://docs.gitlab.com/api/pipelines/'],
  pitfalls: [
    'A pipeline without tests also ends successfully: a job whose name says that it tests must have succeeded in the same run.',
    'A pipeline that waits for somebody to start a job counts as passed: all that ran before succeeded.',
    'A deployment of something built before the window, as when going back to an earlier version, is only told, since its run was not read.',
    'Which environment is production is told by its tier, which can be set; GitLab guesses it from the name otherwise.',
    'Jobs of child pipelines, and what is deployed past GitLab, are not seen.',
  ],
} satisfies Check<GitlabFacts, 'deployments' | 'pipelines', typeof bbPipelineOnMain.params>
