import type { Check } from '../../engine/check.ts'
import { approvalMessages, approvalParams, judgeMerges } from '../../review/judge.ts'
import type { GithubFacts } from '../facts.ts'

export const ghPrMergedApproved = {
  id: 'gh.pr.merged-approved',
  version: 1,
  connector: 'github',
  title: {
    en: 'Merged changes had an approval by someone else',
    de: 'Übernommene Änderungen waren von anderen freigegeben',
  },
  why: {
    en: 'A second pair of eyes finds mistakes, and keeps a single person from bringing in what nobody else has seen.',
    de: 'Ein zweites Augenpaar findet Fehler und verhindert, dass eine Person allein Ungesehenes einbringt.',
  },
  remedy: {
    en: 'Require approvals in a ruleset, dismiss them when new commits are pushed, and let nobody bypass it. Have a second person look at the listed changes now.',
    de: 'Verlangen Sie Freigaben durch einen Regelsatz, verwerfen Sie sie bei neuen Commits und lassen Sie niemanden ihn umgehen. Lassen Sie die genannten Änderungen nachträglich von einer zweiten Person ansehen.',
  },
  severity: 'high',
  serves: [
    { measure: 'code-review', as: 'proves' },
    { measure: 'four-eyes', as: 'supports' },
  ],
  params: approvalParams,
  reads: ['merges'],
  maxAge: 'P2D',
  onEmpty: 'not-applicable',
  refs: [
    'ISO/IEC 27001:2022 A.8.28',
    'ISO/IEC 27001:2022 A.8.32',
    'BSI IT-Grundschutz CON.8',
    'CIS GitHub Benchmark 1.1.3',
  ],
  sources: ['https://docs.github.com/en/rest/pulls/reviews'],
  pitfalls: [
    'An approval counts only if it was given on the last commit of the pull request: one before the last push does not, even where that push merely brought the branch up to date.',
    'Whoever approved and later asked for changes approves no more. A review that was dismissed has another state.',
    'Apps can approve. GitHub marks them; accounts of people that programs use have to be named in the parameters.',
    'Who pushed to the branch of somebody else and then approves the result is not recognised.',
  ],
  messages: approvalMessages,
  judge: ({ merges }, params) => judgeMerges(merges, params),
} satisfies Check<GithubFacts, 'merges', typeof approvalParams>
