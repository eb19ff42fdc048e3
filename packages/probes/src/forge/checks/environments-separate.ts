import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import { deploymentsRead } from '../facts.ts'
import type { ForgeFacts } from '../facts.ts'

const params = z.object({
  stagingFirst: field(z.boolean().default(true), {
    label: { en: 'Each release is deployed to staging first', de: 'Jede Version geht zuerst nach Staging' },
  }),
  releases: field(z.int().min(1).max(deploymentsRead).default(5), {
    label: { en: 'Newest releases that are judged', de: 'Neueste Versionen, die beurteilt werden' },
  }),
})

type Environments = ForgeFacts['environments']

export const forgeEnvironmentsSeparate = {
  id: 'forge.environments-separate',
  version: 1,
  connector: 'forge',
  title: {
    en: 'The Forge app is developed, tested and used in environments of their own',
    de: 'Die Forge-App wird in getrennten Umgebungen entwickelt, geprüft und genutzt',
  },
  why: {
    en: 'What goes to customers without a test elsewhere is tested by the customers, with their data.',
    de: 'Was ohne Prüfung an anderer Stelle zu Kunden gelangt, prüfen die Kunden, mit ihren Daten.',
  },
  remedy: {
    en: 'Deploy to the environments development and staging as well, and to production only what stood in staging before: forge deploy -e staging, then forge deploy -e production.',
    de: 'Auch in die Umgebungen Entwicklung und Staging ausliefern, nach Produktion nur, was zuvor in Staging stand: forge deploy -e staging, danach forge deploy -e production.',
  },
  severity: 'medium',
  serves: [{ measure: 'environment-separation', as: 'proves' }],
  params,
  reads: ['environments'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.31', 'GDPR Art. 32(1)(b)'],
  sources: ['https://developer.atlassian.com/platform/forge/environments-and-versions/'],
  pitfalls: [
    'Forge makes the three standard environments by itself: one to which nothing was ever deployed does not count.',
    'Each environment counts its versions alone, so staging and production cannot be compared by number: what is asked for is a deployment to staging between two releases.',
    'Only the newest deployments are read; a release whose time lies before all that was read of staging is not judged.',
    'Who deployed, a person or a pipeline, is not told by Atlassian.',
  ],
  messages: {
    used: { en: '{type} is used.', de: '{type} wird genutzt.' },
    missing: { en: 'Nothing was ever deployed to {type}.', de: 'Nach {type} wurde nie ausgeliefert.' },
    staged: {
      en: 'Each of the newest releases was in staging before.',
      de: 'Jede der neuesten Versionen war zuvor in Staging.',
    },
    unstaged: {
      en: 'Release {version} went to production on {day} without a deployment to staging since the release before it.',
      de: 'Version {version} ging am {day} nach Produktion, ohne dass seit der vorigen nach Staging ausgeliefert wurde.',
    },
    early: {
      en: 'No release is recent enough to be compared with staging.',
      de: 'Keine Version ist jung genug für den Vergleich mit Staging.',
    },
  },
  judge({ environments }, { stagingFirst, releases }) {
    if (environments.length === 0) return []
    const there = (['DEVELOPMENT', 'STAGING', 'PRODUCTION'] as const).map((type) => {
      const used = environments.some((one) => one.type === type && one.deployments.length > 0)
      return (used ? pass : fail)(type, 'environments', used ? 'used' : 'missing', { type })
    })
    return stagingFirst ? [...there, ...judgeOrder(environments, releases)] : there
  },
} satisfies Check<ForgeFacts, 'environments', typeof params>

function judgeOrder(environments: Environments, releases: number): Verdict[] {
  const timesOf = (type: string) =>
    environments
      .filter((one) => one.type === type)
      .flatMap(({ deployments }) => deployments)
      .sort((a, b) => (a.at < b.at ? 1 : -1))
  const production = timesOf('PRODUCTION')
  const staging = timesOf('STAGING')
  const oldest = staging.at(-1)
  if (oldest === undefined || production.length === 0) return []
  const known = staging.length < deploymentsRead ? '' : oldest.at
  const judged = production.slice(0, releases).map((release, index) => ({
    ...release,
    since: production[index + 1]?.at ?? '',
  }))
  const comparable = judged.filter(({ at }) => at >= known)
  if (comparable.length === 0) return [info('staging-first', 'environments', 'early')]
  const bad = comparable.find(({ at, since }) => !staging.some((one) => one.at <= at && one.at > since))
  return bad === undefined
    ? [pass('staging-first', 'environments', 'staged')]
    : [fail('staging-first', 'environments', 'unstaged', { version: bad.version, day: bad.at.slice(0, 10) })]
}
