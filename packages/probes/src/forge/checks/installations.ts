import { z } from 'zod'
import { fail, pass, unlessDeclared } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { ForgeFacts } from '../facts.ts'

const params = z.object({
  ownSites: field(z.array(z.string()).default([]), {
    label: { en: 'Own sites and workspaces', de: 'Eigene Sites und Workspaces' },
    help: {
      en: 'As Atlassian names them, for example ari:cloud:jira::site/…, or only the id at its end',
      de: 'Wie Atlassian sie nennt, etwa ari:cloud:jira::site/…, oder nur die Kennung am Ende',
    },
  }),
  latestMajor: field(z.number().min(0).max(100).default(80), {
    label: { en: 'Installations with the newest major version', de: 'Installationen mit der neuesten Hauptversion' },
    unit: 'percent',
  }),
})

export const forgeInstallations = {
  id: 'forge.installations',
  version: 1,
  connector: 'forge',
  title: {
    en: 'Customers run the production environment in its newest major version',
    de: 'Kunden nutzen die Produktionsumgebung in der neuesten Hauptversion',
  },
  why: {
    en: 'Environments for development and test run code that nobody has released, and show what it handles to developers.',
    de: 'Umgebungen für Entwicklung und Test führen Code aus, den niemand freigegeben hat, und zeigen Entwicklern, was er verarbeitet.',
  },
  remedy: {
    en: 'Uninstall the app from foreign sites in every other environment, or declare the site as an own one. Ask customers to upgrade to the newest major version, or upgrade by forge version bulk-upgrade.',
    de: 'Die App in allen anderen Umgebungen von fremden Sites entfernen oder die Site als eigene angeben. Kunden um die Aktualisierung auf die neueste Hauptversion bitten oder mit forge version bulk-upgrade aktualisieren.',
  },
  severity: 'high',
  serves: [
    { measure: 'environment-separation', as: 'supports' },
    { measure: 'no-production-access', as: 'supports' },
    { measure: 'release-strategy', as: 'supports' },
  ],
  params,
  reads: ['installations'],
  maxAge: 'P7D',
  onEmpty: 'not-applicable',
  refs: ['ISO/IEC 27001:2022 A.8.31', 'ISO/IEC 27001:2022 A.8.19'],
  sources: ['https://developer.atlassian.com/platform/forge/environments-and-versions/'],
  pitfalls: [
    'Atlassian does not say whose site it is: all sites that are not declared as own ones count as foreign.',
    'A new major version waits for the consent of each administrator, so not all can have it at once.',
    'An installation whose version is not told counts as old.',
    'Customers are never named one by one: production is one subject.',
  ],
  messages: {
    own: { en: 'An own site uses {environment}.', de: 'Eine eigene Site nutzt {environment}.' },
    foreign: {
      en: 'A site that is not declared as an own one uses {environment}.',
      de: 'Eine Site, die nicht als eigene angegeben ist, nutzt {environment}.',
    },
    current: {
      en: '{share} % of {count} installations in production have the major version {major}.',
      de: '{share} % von {count} Installationen der Produktion haben die Hauptversion {major}.',
    },
    old: {
      en: 'Only {share} % of {count} installations in production have the major version {major}.',
      de: 'Nur {share} % von {count} Installationen der Produktion haben die Hauptversion {major}.',
    },
    untold: {
      en: 'Atlassian names the version of none of {count} installations in production.',
      de: 'Atlassian nennt zu keiner von {count} Installationen der Produktion die Version.',
    },
  },
  judge({ installations }, { ownSites, latestMajor }) {
    const isOwn = (context: string) => ownSites.some((site) => context === site || context.endsWith(`/${site}`))
    const others = new Map(
      installations.flatMap((one, index) =>
        one.type === 'PRODUCTION' ? [] : [[`${one.environment} ${one.context}`, { ...one, index }] as const],
      ),
    )
    const verdicts = [...others].map(([subject, { context, environment, index }]) =>
      unlessDeclared(
        (isOwn(context) ? pass : fail)(subject, `installations.${index}`, isOwn(context) ? 'own' : 'foreign', {
          environment,
        }),
        { list: 'ownSites', values: [context] },
      ),
    )
    const production = installations.filter(({ type }) => type === 'PRODUCTION')
    if (production.length === 0) return verdicts
    const majors = production.map(({ version }) => Number(/^(\d+)\./.exec(version ?? '')?.[1] ?? -1))
    const major = Math.max(...majors)
    if (major < 0) return [...verdicts, fail('production', 'installations', 'untold', { count: production.length })]
    const share = Math.floor((majors.filter((one) => one === major).length * 100) / production.length)
    const isCurrent = share >= latestMajor
    const numbers = { share, count: production.length, major }
    return [
      ...verdicts,
      (isCurrent ? pass : fail)('production', 'installations', isCurrent ? 'current' : 'old', numbers),
    ]
  },
} satisfies Check<ForgeFacts, 'installations', typeof params>
