import { z } from 'zod'
import { follow, keep } from '../api/groups.ts'
import type { Connector } from '../engine/connector.ts'
import { Unreadable } from '../engine/reading.ts'
import { field } from '../engine/text.ts'
import { readAnalyses, readDependencies, readSecrets } from './alerts.ts'
import { readMerged, readMerges, readPushes } from './changes.ts'
import { openOwner, readRepositories } from './client.ts'
import type { Owner } from './client.ts'
import { githubFacts } from './facts.ts'
import type { GithubFacts } from './facts.ts'
import { accountsOfRoster } from '../roster/facts.ts'
import { readRoster } from './members.ts'
import { readRules } from './rules.ts'

const settings = z.object({
  baseUrl: field(z.url().default('https://api.github.com'), {
    label: { en: 'Address of the API', de: 'Adresse der Schnittstelle' },
    help: {
      en: 'Of your own server: https://its-name/api/v3',
      de: 'Eines eigenen Servers: https://sein-name/api/v3',
    },
  }),
  owner: field(z.string().regex(/^[\w.-]+$/), {
    label: { en: 'Organisation or account', de: 'Organisation oder Konto' },
  }),
  repositories: field(z.array(z.string().regex(/^[\w.-]+$/)).min(1), {
    label: { en: 'Repositories', de: 'Repositorys' },
    help: { en: 'Their names without the owner', de: 'Ihre Namen ohne Inhaber' },
  }),
  branch: field(z.string().default(''), {
    label: { en: 'Production branch', de: 'Produktionszweig' },
    help: { en: 'Empty: the default branch of each repository', de: 'Leer: der Standardzweig jedes Repositorys' },
  }),
  token: field(z.string().min(1), {
    label: { en: 'Token', de: 'Token' },
    help: {
      en: 'A fine-grained personal access token or one of an app',
      de: 'Ein feingranulares persönliches Zugriffstoken oder eines einer App',
    },
    secret: true,
  }),
  windowDays: field(z.int().min(1).max(90).default(14), {
    label: { en: 'How far back to look', de: 'Wie weit zurückgeschaut wird' },
    unit: 'days',
  }),
})

const need = (privilege: string, en: string, de: string) => ({ privilege, reason: { en, de } })

/** Looks at an owner on GitHub and some repositories: rules, merged changes, alerts. No code is read. */
export const github = {
  id: 'github',
  title: { en: 'GitHub', de: 'GitHub' },
  about: {
    en: 'Repositories on GitHub and the organisation that owns them: how changes reach the branch, what protects it, and what scans found.',
    de: 'Repositorys auf GitHub und die Organisation, der sie gehören: wie Änderungen in den Zweig gelangen, was ihn schützt und was Prüfungen fanden.',
  },
  settings,
  facts: githubFacts,
  history: {
    volatile: ['roster', 'merges', 'pushes', 'dependencies.alerts', 'secrets.alerts', 'analyses.newest'],
    named: { rules: ['repository', 'branch'], analyses: ['repository', 'branch'] },
  },
  discovers: ({ rules = [] }) =>
    [...new Set(rules.map(({ repository }) => repository))].map((name) => ({ kind: 'repository', key: name, name })),
  needs: [
    need(
      'Metadata: read, Contents: read',
      'Repositories, rulesets and the list of commits.',
      'Repositorys, Regelsätze und die Liste der Commits.',
    ),
    need(
      'Pull requests: read',
      'Merged pull requests and their reviews.',
      'Übernommene Pull Requests und ihre Prüfungen.',
    ),
    need(
      'Administration: read',
      'For gh.branch-rules: the classic protection of branches.',
      'Für gh.branch-rules: der klassische Zweigschutz.',
    ),
    need(
      'Dependabot alerts: read, Secret scanning alerts: read, Code scanning alerts: read',
      'Open alerts by number and kind; what was found is not asked for.',
      'Offene Meldungen nach Nummer und Art; das Gefundene selbst wird nicht abgefragt.',
    ),
    need(
      'Members: read (optional)',
      'For the page of accounts and for people who leave: who is a member and who owns the organisation.',
      'Für die Seite der Konten und für Menschen, die gehen: wer Mitglied ist und wem die Organisation gehört.',
    ),
    need(
      'Organization administration: read',
      'For gh.org-2fa and gh.default-permission: settings of the organisation. GitHub shows them to owners only.',
      'Für gh.org-2fa und gh.default-permission: Einstellungen der Organisation. GitHub zeigt sie nur Eigentümern.',
    ),
  ],
  address: ({ owner, repositories }) => [owner, ...repositories.toSorted()].join('/'),
  roster: 'roster',
  accounts: ({ roster = [] }) => accountsOfRoster(roster),
  async collect(given, context) {
    const owner = openOwner(given, context)
    const repositories = await readRepositories(owner, given.repositories, given.branch)
    const organisation = keep(readOrganisation(owner))
    const merged = keep(readMerged(owner, repositories))
    const [twoFactor, defaults, roster, rules, merges, pushes, dependencies, secrets, analyses] = await Promise.all([
      follow(organisation, ({ two_factor_requirement_enabled: required }) => ({ required: shown(required) })),
      follow(organisation, ({ default_repository_permission: permission }) => ({ permission: shown(permission) })),
      keep(readRoster(owner, repositories, context)),
      keep(readRules(owner, repositories)),
      follow(merged, (pulls) => readMerges(owner, pulls)),
      follow(merged, (pulls) => readPushes(owner, pulls)),
      keep(readDependencies(owner, repositories)),
      keep(readSecrets(owner, repositories)),
      keep(readAnalyses(owner, repositories)),
    ])
    return { twoFactor, defaults, roster, rules, merges, pushes, dependencies, secrets, analyses }
  },
} satisfies Connector<typeof settings, GithubFacts>

const organisationSchema = z.object({
  login: z.string(),
  two_factor_requirement_enabled: z.boolean().nullish(),
  default_repository_permission: z.string().nullish(),
})

function readOrganisation({ api, name }: Owner): Promise<z.output<typeof organisationSchema>> {
  return api.get({ path: '/orgs/{org}', params: { org: name }, schema: organisationSchema })
}

/** A setting that GitHub leaves out or empties is one that the token may not see, never one that is off. */
function shown<T>(value: T | null | undefined): T {
  if (value === null || value === undefined)
    throw new Unreadable('denied', 'the organisation shows this setting to its owners only', {
      needs: 'Organization administration: read',
    })
  return value
}
