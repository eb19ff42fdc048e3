import { z } from 'zod'
import { fail, info, pass, unlessDeclared } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { GithubFacts } from '../facts.ts'

const params = z.object({
  approvals: field(z.int().min(1).default(1), { label: { en: 'Approvals', de: 'Freigaben' } }),
  bypass: field(z.array(z.string()).default([]), {
    label: { en: 'Who may bypass rulesets', de: 'Wer Regelsätze umgehen darf' },
    help: { en: 'As findings show it, for example "Team 12"', de: 'Wie Funde es zeigen, zum Beispiel „Team 12“' },
  }),
})

type Rules = GithubFacts['rules'][number]
type Enforced = Readonly<Record<'approvals' | 'statusChecks' | 'noForcePush' | 'noDeletion', boolean>>
const conditions = ['approvals', 'statusChecks', 'noForcePush', 'noDeletion'] as const

export const ghBranchRules = {
  id: 'gh.branch-rules',
  version: 1,
  connector: 'github',
  title: { en: 'The production branch is protected by rules', de: 'Der Produktionszweig ist durch Regeln geschützt' },
  why: {
    en: 'A rule that the platform enforces holds on a hectic day, too; one that people keep in mind does not.',
    de: 'Eine Regel, die die Plattform erzwingt, gilt auch an hektischen Tagen; eine bloß verabredete nicht.',
  },
  remedy: {
    en: 'Make a ruleset for the branch that requires a pull request with approvals and passed status checks and blocks force pushes and deletion, and let nobody bypass it.',
    de: 'Legen Sie für den Zweig einen Regelsatz an, der einen Pull Request mit Freigaben und bestandenen Statusprüfungen verlangt sowie Force-Push und Löschen sperrt, und lassen Sie niemanden ihn umgehen.',
  },
  severity: 'high',
  serves: [
    { measure: 'change-management', as: 'proves' },
    { measure: 'code-review', as: 'supports' },
  ],
  params,
  reads: ['rules'],
  maxAge: 'P7D',
  onEmpty: 'not-applicable',
  refs: [
    'ISO/IEC 27001:2022 A.8.32',
    'CIS GitHub Benchmark 1.1.3',
    'CIS GitHub Benchmark 1.1.9',
    'CIS GitHub Benchmark 1.1.14',
    'CIS GitHub Benchmark 1.1.16',
  ],
  sources: [
    'https://docs.github.com/en/rest/branches/branch-protection',
    'https://docs.github.com/en/rest/repos/rules',
    'https://github.com/prowler-cloud/prowler/pull/11723',
  ],
  pitfalls: [
    'There are two mechanisms, and each is silent about the other: a tool that reads only classic protection reports branches as open that a ruleset protects. Both are read, and each condition may be met by either.',
    '"Branch not protected" is an answer; a plain 404 or 403 means that the token may not look, and the check is not evaluated.',
    'Who may bypass a ruleset is shown only to those who may change it. Where it stays hidden, that is told, and the branch does not pass on the strength of that ruleset alone.',
    'Classic protection does not bind administrators unless that is switched on.',
    'That a status check is required says nothing about what it checks.',
  ],
  messages: {
    protected: { en: '{branch} is protected in every respect.', de: '{branch} ist in jeder Hinsicht geschützt.' },
    approvals: {
      en: '{branch} does not require {needed} approvals before a merge.',
      de: '{branch} verlangt vor der Übernahme nicht {needed} Freigaben.',
    },
    statusChecks: {
      en: '{branch} requires no status check before a merge.',
      de: '{branch} verlangt vor der Übernahme keine Statusprüfung.',
    },
    noForcePush: { en: '{branch} can be overwritten by force.', de: '{branch} kann gewaltsam überschrieben werden.' },
    noDeletion: { en: '{branch} can be deleted.', de: '{branch} kann gelöscht werden.' },
    bypass: { en: '{who} may bypass the rules of {branch}.', de: '{who} darf die Regeln von {branch} umgehen.' },
    admins: {
      en: 'The protection of {branch} does not bind administrators.',
      de: 'Der Schutz von {branch} bindet Administratoren nicht.',
    },
    exempt: {
      en: '{count} people, teams or apps may change {branch} without a pull request.',
      de: '{count} Personen, Teams oder Apps dürfen {branch} ohne Pull Request ändern.',
    },
    hidden: {
      en: 'The token is not shown who may bypass {count} rulesets of {branch}.',
      de: 'Dem Token wird nicht gezeigt, wer {count} Regelsätze von {branch} umgehen darf.',
    },
  },
  judge({ rules }, { approvals, bypass }) {
    return rules.flatMap((one, index) => judgeBranch(one, `rules.${index}`, approvals, bypass))
  },
} satisfies Check<GithubFacts, 'rules', typeof params>

function judgeBranch(
  { repository, branch, classic, rulesets }: Rules,
  path: string,
  needed: number,
  declared: readonly string[],
): Verdict[] {
  const byRulesets = enforcedBy(rulesets, needed)
  const byClassic = enforcedBy(classic, needed)
  const says = { branch, needed }
  const open = conditions
    .filter((name) => !byRulesets[name] && !byClassic[name])
    .map((name) => fail(`${repository} ${name}`, `${path}.rulesets.${name}`, name, says))
  // Who gets past one mechanism still meets the other, so only one that stands alone has to hold without exception.
  const ways = [
    ...(conditions.some((name) => !byClassic[name] && byRulesets[name])
      ? waysPastRulesets({ repository, branch, rulesets }, path, declared)
      : []),
    ...(classic !== null && conditions.some((name) => byClassic[name] && !byRulesets[name])
      ? waysPastClassic({ repository, branch, classic }, path)
      : []),
  ]
  const all = [...open, ...ways]
  return all.length > 0 ? all : [pass(repository, path, 'protected', says)]
}

function enforcedBy(
  found: Pick<Rules['rulesets'], 'approvals' | 'statusChecks' | 'noForcePush' | 'noDeletion'> | null,
  needed: number,
): Enforced {
  return {
    approvals: (found?.approvals ?? 0) >= needed,
    statusChecks: (found?.statusChecks ?? 0) > 0,
    noForcePush: found?.noForcePush ?? false,
    noDeletion: found?.noDeletion ?? false,
  }
}

function waysPastRulesets(
  { repository, branch, rulesets: { bypass, hidden } }: Pick<Rules, 'repository' | 'branch' | 'rulesets'>,
  path: string,
  declared: readonly string[],
): Verdict[] {
  const known = bypass.flatMap((who, index) =>
    declared.includes(who)
      ? []
      : [
          unlessDeclared(
            fail(`${repository} bypass ${who}`, `${path}.rulesets.bypass.${index}`, 'bypass', { who, branch }),
            { list: 'bypass', values: [who] },
          ),
        ],
  )
  return hidden === 0
    ? known
    : [...known, info(`${repository} bypass`, `${path}.rulesets.hidden`, 'hidden', { branch, count: hidden })]
}

function waysPastClassic(
  {
    repository,
    branch,
    classic: { bindsAdmins, exempt },
  }: Pick<Rules, 'repository' | 'branch'> & { classic: NonNullable<Rules['classic']> },
  path: string,
): Verdict[] {
  return [
    ...(bindsAdmins ? [] : [fail(`${repository} admins`, `${path}.classic.bindsAdmins`, 'admins', { branch })]),
    ...(exempt === 0
      ? []
      : [fail(`${repository} exempt`, `${path}.classic.exempt`, 'exempt', { branch, count: exempt })]),
  ]
}
