import { z } from 'zod'
import { follow, keep } from '../api/groups.ts'
import type { Connector } from '../engine/connector.ts'
import { seen, unseen } from '../engine/reading.ts'
import { field } from '../engine/text.ts'
import { accountsOfRoster } from '../roster/facts.ts'
import { readAccess, readMembers, readReviewers, rosterOf } from './access.ts'
import { readMerged, readMerges, readPushes } from './changes.ts'
import { openWorkspace, readRepositories } from './client.ts'
import { readDeployments, readPipelines, readPlaces, readReleases } from './delivery.ts'
import { bitbucketFacts } from './facts.ts'
import type { BitbucketFacts } from './facts.ts'
import { readRestrictions } from './restrictions.ts'

const settings = z.object({
  baseUrl: field(z.url().default('https://api.bitbucket.org/2.0'), {
    label: { en: 'Address of the API', de: 'Adresse der Schnittstelle' },
  }),
  workspace: field(z.string().regex(/^[\w{}.-]+$/), {
    label: { en: 'Workspace', de: 'Workspace' },
    help: { en: 'As it stands in its address', de: 'Wie er in seiner Adresse steht' },
  }),
  repositories: field(z.array(z.string().min(1)).default([]), {
    label: { en: 'Repositories', de: 'Repositorys' },
    help: { en: 'Empty: all of the workspace', de: 'Leer: alle des Workspace' },
  }),
  branch: field(z.string().default(''), {
    label: { en: 'Production branch', de: 'Produktionszweig' },
    help: { en: 'Empty: the main branch of each repository', de: 'Leer: der Hauptzweig jedes Repositorys' },
  }),
  email: field(z.string().default(''), {
    label: { en: 'Mail address of the Atlassian account', de: 'E-Mail-Adresse des Atlassian-Kontos' },
    help: {
      en: 'Only with an API token; empty with an access token of a workspace or repository',
      de: 'Nur bei einem API-Token; leer bei einem Zugriffstoken eines Workspace oder Repositorys',
    },
  }),
  token: field(z.string().min(1), {
    label: { en: 'Token', de: 'Token' },
    secret: true,
  }),
  windowDays: field(z.int().min(1).max(90).default(14), {
    label: { en: 'How far back to look', de: 'Wie weit zurückgeschaut wird' },
    unit: 'days',
  }),
  readRestrictions: field(z.boolean().default(false), {
    label: { en: 'Read branch restrictions', de: 'Zweigbeschränkungen lesen' },
    help: {
      en: 'Needs the scope admin:repository:bitbucket, which could change them as well. Without it, what was merged is judged.',
      de: 'Braucht den Scope admin:repository:bitbucket, der sie auch ändern dürfte. Ohne ihn wird beurteilt, was übernommen wurde.',
    },
  }),
  changelog: field(
    z
      .string()
      .regex(/^[\w.-]+$/)
      .default('CHANGELOG.md'),
    {
      label: { en: 'File that lists changes', de: 'Datei mit dem Änderungsverzeichnis' },
    },
  ),
})

/** Looks at a workspace of Bitbucket Cloud: repositories, merged changes, rights and deliveries. No code is read. */
export const bitbucket = {
  id: 'bitbucket',
  title: { en: 'Bitbucket Cloud', de: 'Bitbucket Cloud' },
  about: {
    en: 'A workspace of Bitbucket Cloud and its repositories: who may do what, how changes reach the main branch and what is deployed.',
    de: 'Ein Workspace von Bitbucket Cloud und seine Repositorys: wer was darf, wie Änderungen in den Hauptzweig gelangen und was ausgeliefert wird.',
  },
  settings,
  facts: bitbucketFacts,
  history: {
    volatile: ['roster', 'merges', 'pushes', 'deployments', 'pipelines', 'releases'],
    named: { restrictions: ['repository', 'branch'], environments: ['repository', 'name'] },
  },
  discovers: ({ repositories = [] }) =>
    repositories.map(({ repository }) => ({ kind: 'repository', key: repository, name: repository })),
  needs: [
    {
      privilege: 'read:repository:bitbucket',
      reason: {
        en: 'Repositories, commits, tags, the branching model, and rights on repositories.',
        de: 'Repositorys, Commits, Tags, das Zweigmodell und Rechte an Repositorys.',
      },
    },
    {
      privilege: 'read:pullrequest:bitbucket',
      reason: {
        en: 'Merged pull requests with who approved them and when, and default reviewers.',
        de: 'Übernommene Pull Requests mit Freigaben und deren Zeitpunkt sowie voreingestellte Prüfer.',
      },
    },
    {
      privilege: 'read:workspace:bitbucket, read:user:bitbucket',
      reason: {
        en: 'For bb.permissions: who is a member and who administers. People are kept by their id only.',
        de: 'Für bb.permissions: wer Mitglied ist und wer verwaltet. Personen werden nur mit ihrer Kennung festgehalten.',
      },
    },
    {
      privilege: 'read:pipeline:bitbucket',
      reason: {
        en: 'Environments, deployments, runs of pipelines and the names of their steps.',
        de: 'Zielumgebungen, Auslieferungen, Pipeline-Läufe und die Namen ihrer Schritte.',
      },
    },
    {
      privilege: 'admin:repository:bitbucket (optional)',
      reason: {
        en: 'For bb.branch-restrictions only, and only where you switch it on: Bitbucket has no scope that reads branch restrictions without the power to change them.',
        de: 'Nur für bb.branch-restrictions und nur, wenn Sie es einschalten: Bitbucket kennt keinen Scope, der Zweigbeschränkungen liest, ohne sie ändern zu dürfen.',
      },
    },
  ],
  address: ({ workspace, repositories }) => [workspace, ...repositories.toSorted()].join('/'),
  roster: 'roster',
  accounts: ({ access, roster = [] }) => [
    ...accountsOfRoster(roster),
    ...(access?.owners ?? []).map((id) => ({ id, isAdmin: true, isActive: null })),
    ...(access?.repositories ?? []).flatMap(({ admins, direct, strangers }) => [
      ...admins.map((id) => ({ id, isAdmin: true, isActive: null })),
      ...[...direct, ...strangers].map((id) => ({ id, isAdmin: false, isActive: null })),
    ]),
  ],
  async collect(given, context) {
    const workspace = openWorkspace(given, context)
    const repositories = await readRepositories(workspace, given.repositories, given.branch)
    const merged = keep(readMerged(workspace, repositories))
    const places = keep(readPlaces(workspace, repositories))
    const deployments = follow(places, (known) => readDeployments(workspace, repositories, known))
    const members = keep(readMembers(workspace))
    const access = follow(members, (known) => readAccess(workspace, repositories, known))
    const roster = members.then((known) =>
      known.read === 'no' ? known : follow(access, (found) => rosterOf(known.facts, found)),
    )
    const [merges, pushes, restrictions, reviewers, rights, environments, deployed, pipelines, releases] =
      await Promise.all([
        follow(merged, (requests) => readMerges(workspace, requests)),
        follow(merged, (requests) => readPushes(workspace, requests)),
        given.readRestrictions ? keep(readRestrictions(workspace, repositories)) : notAsked,
        keep(readReviewers(workspace, repositories)),
        access,
        follow(places, (known) => [...known.values()]),
        deployments,
        // Runs of the main branch are worth reading although nobody knows what was deployed.
        deployments.then((known) =>
          keep(readPipelines(workspace, repositories, known.read === 'ok' ? known.facts : [])),
        ),
        follow(deployments, (known) => readReleases(workspace, repositories, known, given.changelog)),
      ])
    return {
      repositories: seen(
        repositories.map(({ slug, branch, private: isPrivate }) => ({ repository: slug, private: isPrivate, branch })),
      ),
      merges,
      pushes,
      restrictions,
      reviewers,
      access: rights,
      roster: await roster,
      environments,
      deployments: deployed,
      pipelines,
      releases,
    }
  },
} satisfies Connector<typeof settings, BitbucketFacts>

const notAsked = unseen('not-configured', 'reading branch restrictions is switched off', {
  needs: 'admin:repository:bitbucket',
})
