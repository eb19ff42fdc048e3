import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { BitbucketFacts } from '../facts.ts'

const params = z.object({
  testSteps: field(z.array(z.string().min(1)).min(1).default(['test']), {
    label: { en: 'Steps that test', de: 'Schritte, die testen' },
    help: {
      en: 'Parts of their names; a pipeline needs one of them',
      de: 'Teile ihrer Namen; eine Pipeline braucht einen davon',
    },
  }),
})

export const bbPipelineOnMain = {
  id: 'bb.pipeline-on-main',
  version: 1,
  connector: 'bitbucket',
  title: {
    en: 'Deployments come from a passed pipeline',
    de: 'Auslieferungen stammen aus einer bestandenen Pipeline',
  },
  why: {
    en: 'What reaches production without having passed the tests was tested on the users.',
    de: 'Was ohne bestandene Tests in Produktion gelangt, wird an den Nutzenden getestet.',
  },
  remedy: {
    en: 'Deploy from a pipeline whose tests run before the deployment step and stop it when they fail.',
    de: 'Liefern Sie aus einer Pipeline aus, deren Tests vor dem Auslieferungsschritt laufen und ihn bei Fehlern aufhalten.',
  },
  severity: 'high',
  serves: [{ measure: 'change-management', as: 'proves' }],
  params,
  reads: ['deployments', 'pipelines'],
  maxAge: 'P2D',
  onEmpty: 'not-applicable',
  refs: ['ISO/IEC 27001:2022 A.8.29', 'ISO/IEC 27001:2022 A.8.31', 'BSI IT-Grundschutz OPS.1.1.6'],
  sources: ['https://support.atlassian.com/bitbucket-cloud/docs/set-up-and-monitor-deployments/'],
  pitfalls: [
    'A pipeline without a test step also ends successfully: a step whose name says that it tests must have succeeded in the same run.',
    'A deployment of something built before the window, as when going back to an earlier version, is only told, since its run was not read.',
    'What is deployed past Bitbucket is not seen.',
  ],
  messages: {
    tested: {
      en: 'Commit {commit} passed run {run} with its tests before it was deployed to {environment}.',
      de: 'Commit {commit} bestand Lauf {run} samt Tests vor der Auslieferung nach {environment}.',
    },
    none: {
      en: 'Commit {commit} was deployed to {environment}, and no finished run of a pipeline belongs to it.',
      de: 'Commit {commit} wurde nach {environment} ausgeliefert, und kein beendeter Pipeline-Lauf gehört dazu.',
    },
    failed: {
      en: 'Commit {commit} was deployed to {environment}, and none of its runs succeeded.',
      de: 'Commit {commit} wurde nach {environment} ausgeliefert, und keiner seiner Läufe war erfolgreich.',
    },
    untested: {
      en: 'Commit {commit} was deployed to {environment}, and no test step succeeded in its run.',
      de: 'Commit {commit} wurde nach {environment} ausgeliefert, und in seinem Lauf war kein Testschritt erfolgreich.',
    },
    older: {
      en: 'Commit {commit} in {environment} was built before the window.',
      de: 'Commit {commit} in {environment} wurde vor dem Zeitraum gebaut.',
    },
  },
  judge({ deployments, pipelines }, { testSteps }) {
    const verdicts = new Map<string, Verdict>()
    const runsOf = new Map(
      pipelines.repositories.map(({ repository, runs }) => [repository, Map.groupBy(runs, ({ commit }) => commit)]),
    )
    for (const [index, one] of deployments.entries()) {
      if (one.kind !== 'Production') continue
      const own = runsOf.get(one.repository)?.get(one.commit) ?? []
      const verdict = judgeDeployment(one, `deployments.${index}.commit`, { own, since: pipelines.since, testSteps })
      verdicts.set(verdict.subject, verdict)
    }
    return [...verdicts.values()]
  },
} satisfies Check<BitbucketFacts, 'deployments' | 'pipelines', typeof params>

type Run = BitbucketFacts['pipelines']['repositories'][number]['runs'][number]

function judgeDeployment(
  { repository, environment, commit, builtAt }: BitbucketFacts['deployments'][number],
  because: string,
  { own, since, testSteps }: { own: readonly Run[]; since: string; testSteps: readonly string[] },
): Verdict {
  const subject = `${repository} ${environment} ${commit}`
  const succeeded = own.filter((run) => run.succeeded)
  const tested = succeeded.find(({ steps }) => steps.some((step) => step.succeeded && isNamed(step.name, testSteps)))
  const says = { commit, environment, run: tested?.number ?? 0 }
  if (tested !== undefined) return pass(subject, because, 'tested', says)
  if (own.length === 0 && builtAt < since) return info(subject, because, 'older', says)
  return fail(subject, because, own.length === 0 ? 'none' : succeeded.length === 0 ? 'failed' : 'untested', says)
}

/** Whether the name of a step holds one of the words, in any case. */
function isNamed(name: string, words: readonly string[]): boolean {
  const lower = name.toLowerCase()
  return words.some((word) => lower.includes(word.toLowerCase()))
}
