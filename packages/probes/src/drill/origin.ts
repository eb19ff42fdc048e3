import { drillFacts } from './facts.ts'
import type { DrillFacts } from './facts.ts'

type Origin = DrillFacts['drill']['origin']
type Environment = Readonly<Record<string, string | undefined>>

/**
 * Which pipeline this is, by the variables that it sets. They are what the pipeline says of itself, as all that a drill sends.
 *
 * @source https://docs.github.com/en/actions/reference/workflows-and-actions/variables ·
 *   https://support.atlassian.com/bitbucket-cloud/docs/variables-and-secrets/ · https://docs.gitlab.com/ci/variables/predefined_variables/
 */
export function originOf(environment: Environment): Origin {
  const [pipeline, repository, commit, run] =
    environment['GITHUB_ACTIONS'] === 'true'
      ? ['github-actions', environment['GITHUB_REPOSITORY'], environment['GITHUB_SHA'], runOfGitHub(environment)]
      : environment['BITBUCKET_BUILD_NUMBER'] !== undefined
        ? [
            'bitbucket-pipelines',
            environment['BITBUCKET_REPO_FULL_NAME'],
            environment['BITBUCKET_COMMIT'],
            environment['BITBUCKET_BUILD_NUMBER'],
          ]
        : environment['GITLAB_CI'] === 'true'
          ? ['gitlab-ci', environment['CI_PROJECT_PATH'], environment['CI_COMMIT_SHA'], environment['CI_PIPELINE_ID']]
          : []
  // A pipeline that says it otherwise than documented is none that can be named.
  return drillFacts.drill.shape.origin.safeParse({ pipeline, repository, commit, run }).data ?? null
}

/** A run that is repeated keeps its number. */
function runOfGitHub(environment: Environment): string {
  const attempt = environment['GITHUB_RUN_ATTEMPT'] ?? '1'
  return `${environment['GITHUB_RUN_ID'] ?? ''}${attempt === '1' ? '' : `.${attempt}`}`
}
