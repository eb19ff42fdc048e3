import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { BitbucketFacts } from '../facts.ts'

const params = z.object({
  restricted: field(z.boolean().default(true), {
    label: { en: 'Only administrators deploy to production', de: 'Nur Verwaltende liefern in die Produktion aus' },
  }),
})

const kinds = ['Test', 'Staging', 'Production'] as const

export const bbEnvironments = {
  id: 'bb.environments',
  version: 1,
  connector: 'bitbucket',
  title: {
    en: 'Test, staging and production are separate deployment environments',
    de: 'Test, Staging und Produktion sind getrennte Zielumgebungen',
  },
  why: {
    en: 'What is tried where real data lie can harm them; what was not tried elsewhere first is tried there.',
    de: 'Was dort ausprobiert wird, wo echte Daten liegen, kann ihnen schaden; was vorher nirgends lief, wird dort ausprobiert.',
  },
  remedy: {
    en: 'Set up one environment of each kind, deploy through them in turn, and let only administrators deploy to production (plan Premium).',
    de: 'Richten Sie je Art eine Umgebung ein, liefern Sie der Reihe nach aus und lassen Sie in die Produktion nur Verwaltende ausliefern (Tarif Premium).',
  },
  severity: 'medium',
  serves: [{ measure: 'environment-separation', as: 'supports' }],
  params,
  reads: ['environments', 'deployments'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.31', 'BSI IT-Grundschutz CON.8'],
  sources: ['https://support.atlassian.com/bitbucket-cloud/docs/set-up-and-monitor-deployments/'],
  pitfalls: [
    'Bitbucket makes one environment of each kind by itself as soon as pipelines are switched on. So a repository passes only if all three were deployed to within the window; otherwise it is only told which were not.',
    'That the environments share neither data nor credentials is not seen here, so a pass only supports the measure.',
  ],
  messages: {
    separate: {
      en: 'All three kinds of environments exist and were deployed to.',
      de: 'Alle drei Arten von Umgebungen gibt es, und in alle wurde ausgeliefert.',
    },
    missing: { en: 'There is no environment of the kind {kind}.', de: 'Es gibt keine Umgebung der Art {kind}.' },
    unused: {
      en: 'Nothing was deployed to an environment of the kind {kind} in the window.',
      de: 'Im Zeitraum wurde in keine Umgebung der Art {kind} ausgeliefert.',
    },
    open: {
      en: 'Whoever may write to the repository can deploy to {name}.',
      de: 'Wer in das Repository schreiben darf, kann nach {name} ausliefern.',
    },
  },
  judge({ environments, deployments }, { restricted }) {
    const placed = environments.map((one, index) => ({ ...one, index }))
    const deployed = Map.groupBy(deployments, ({ repository }) => repository)
    return [...Map.groupBy(placed, ({ repository }) => repository)].flatMap(([repository, own]) => {
      const verdicts = judgeRepository(repository, own, deployed.get(repository) ?? [], restricted)
      return verdicts.length > 0 ? verdicts : [pass(repository, 'environments', 'separate')]
    })
  },
} satisfies Check<BitbucketFacts, 'environments' | 'deployments', typeof params>

function judgeRepository(
  repository: string,
  environments: readonly (BitbucketFacts['environments'][number] & { readonly index: number })[],
  deployments: BitbucketFacts['deployments'],
  restricted: boolean,
): Verdict[] {
  const of = (kind: string) => (one: { kind: string }) => one.kind === kind
  const byKind = kinds.flatMap((kind) => {
    const subject = `${repository} ${kind}`
    if (!environments.some(of(kind))) return [fail(subject, 'environments', 'missing', { kind })]
    return deployments.some(of(kind)) ? [] : [info(subject, 'deployments', 'unused', { kind })]
  })
  const open = environments.flatMap((one) =>
    restricted && of('Production')(one) && !one.restricted
      ? [
          fail(`${repository} ${one.name} deployers`, `environments.${one.index}.restricted`, 'open', {
            name: one.name,
          }),
        ]
      : [],
  )
  return [...byKind, ...open]
}
