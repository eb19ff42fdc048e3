import { z } from 'zod'
import { follow, keep } from '../api/groups.ts'
import type { Connector } from '../engine/connector.ts'
import { seen } from '../engine/reading.ts'
import { field } from '../engine/text.ts'
import { readMerged, readMerges, readPushes } from './changes.ts'
import { openGitlab, readProjects } from './client.ts'
import { readDeployments, readPipelines, readReleases } from './delivery.ts'
import { gitlabFacts } from './facts.ts'
import type { GitlabFacts } from './facts.ts'
import { readAccess, readApprovalRules, readBranches } from './rules.ts'

const settings = z.object({
  baseUrl: field(z.url({ protocol: /^https?$/ }).default('https://gitlab.com'), {
    label: { en: 'Address of the server', de: 'Adresse des Servers' },
    help: { en: 'Another one for a server of your own', de: 'Eine andere bei eigenem Server' },
  }),
  projects: field(z.array(z.string().regex(/^[\w.-]+(\/[\w.-]+)+$/)).min(1), {
    label: { en: 'Projects', de: 'Projekte' },
    help: { en: 'Their paths with the group: group/project', de: 'Ihre Pfade mit Gruppe: gruppe/projekt' },
  }),
  branch: field(z.string().default(''), {
    label: { en: 'Production branch', de: 'Produktionszweig' },
    help: { en: 'Empty: the default branch of each project', de: 'Leer: der Standardzweig jedes Projekts' },
  }),
  token: field(z.string().regex(/^[\x21-\x7e]+$/), {
    label: { en: 'Token', de: 'Token' },
    help: {
      en: 'Of the group or project, with the scope read_api and nothing else',
      de: 'Der Gruppe oder des Projekts, mit dem Scope read_api und sonst nichts',
    },
    secret: true,
  }),
  windowDays: field(z.int().min(1).max(90).default(14), {
    label: { en: 'How far back to look', de: 'Wie weit zurückgeschaut wird' },
    unit: 'days',
  }),
  programs: field(z.array(z.string().max(320)).default([]), {
    label: { en: 'Mail addresses of programs', de: 'E-Mail-Adressen von Programmen' },
    help: {
      en: 'As their commits bear them: those that may write to the branch directly, as one that raises the version',
      de: 'Wie ihre Commits sie tragen: von denen, die direkt in den Zweig schreiben dürfen, etwa zum Erhöhen der Version',
    },
  }),
  changelog: field(
    z
      .string()
      .regex(/^[\w./-]+$/)
      .default('CHANGELOG.md'),
    { label: { en: 'File that lists changes', de: 'Datei mit dem Änderungsverzeichnis' } },
  ),
})

/** Looks at projects on GitLab: merged changes, protection, members, deliveries. No code is read. */
export const gitlab = {
  id: 'gitlab',
  title: { en: 'GitLab', de: 'GitLab' },
  about: {
    en: 'Projects on gitlab.com or a server of your own: how changes reach the branch, what protects it, who may do what, and what is deployed.',
    de: 'Projekte auf gitlab.com oder einem eigenen Server: wie Änderungen in den Zweig gelangen, was ihn schützt, wer was darf und was ausgeliefert wird.',
  },
  settings,
  facts: gitlabFacts,
  history: {
    volatile: ['merges', 'pushes', 'pipelines', 'releases'],
    named: { branches: ['repository', 'branch'], approvalRules: ['repository', 'branch'] },
  },
  needs: [
    {
      privilege: 'read_api',
      reason: {
        en: 'The one scope that reads everything below and changes nothing. It could read code, too; only the list of changes is asked for, for its size.',
        de: 'Der eine Scope, der alles Folgende liest und nichts ändert. Er könnte auch Code lesen; gefragt wird nur nach dem Änderungsverzeichnis, seiner Größe wegen.',
      },
    },
    {
      privilege: 'Reporter',
      reason: {
        en: 'The role of the token: merge requests and their approvals, commits, pipelines, deployments, tags and members.',
        de: 'Die Rolle des Tokens: Merge Requests und ihre Freigaben, Commits, Pipelines, Auslieferungen, Tags und Mitglieder.',
      },
    },
    {
      privilege: 'Maintainer (optional)',
      reason: {
        en: 'The role that is shown protected branches and approval rules, for gl.protected-branch and gl.approval-rules. With read_api alone it still cannot change them.',
        de: 'Die Rolle, der geschützte Zweige und Freigaberegeln gezeigt werden, für gl.protected-branch und gl.approval-rules. Mit read_api allein kann auch sie nichts ändern.',
      },
    },
  ],
  address: ({ baseUrl, projects }) => [new URL(baseUrl).host, ...projects.toSorted()].join(' '),
  async collect(given, context) {
    const server = openGitlab(given, context)
    const projects = await readProjects(server, given.projects, given.branch)
    const merged = keep(readMerged(server, projects))
    const deployments = keep(readDeployments(server, projects))
    const [merges, pushes, branches, approvalRules, access, deployed, pipelines, releases] = await Promise.all([
      follow(merged, (requests) => readMerges(server, requests)),
      follow(merged, (requests) => readPushes(server, requests, given.programs)),
      keep(readBranches(server, projects)),
      keep(readApprovalRules(server, projects)),
      keep(readAccess(server, projects)),
      deployments,
      // Runs of the branch are worth reading although nobody knows what was deployed.
      deployments.then((known) => keep(readPipelines(server, projects, known.read === 'ok' ? known.facts : []))),
      follow(deployments, (known) => readReleases(server, projects, known, given.changelog)),
    ])
    return {
      repositories: seen(
        projects.map(({ name, branch, private: isPrivate }) => ({ repository: name, private: isPrivate, branch })),
      ),
      merges,
      pushes,
      branches,
      approvalRules,
      access,
      deployments: deployed,
      pipelines,
      releases,
    }
  },
} satisfies Connector<typeof settings, GitlabFacts>
