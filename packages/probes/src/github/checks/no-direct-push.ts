import type { Check } from '../../engine/check.ts'
import { judgePushes, pushMessages, pushParams } from '../../review/judge.ts'
import type { GithubFacts } from '../facts.ts'

export const ghPrNoDirectPush = {
  id: 'gh.pr.no-direct-push',
  version: 1,
  connector: 'github',
  title: { en: 'Nobody pushes to the main branch directly', de: 'Niemand schreibt direkt in den Hauptzweig' },
  why: {
    en: 'What is pushed directly has passed neither review nor the checks of a merge.',
    de: 'Was direkt geschrieben wird, hat weder Prüfung noch Übernahmetests durchlaufen.',
  },
  remedy: {
    en: 'Require a pull request for the branch by a ruleset that nobody bypasses, and review the listed commits.',
    de: 'Verlangen Sie für den Zweig einen Pull Request durch einen Regelsatz, den niemand umgeht, und prüfen Sie die genannten Commits.',
  },
  severity: 'high',
  serves: [{ measure: 'change-management', as: 'proves' }],
  params: pushParams,
  reads: ['pushes'],
  maxAge: 'P2D',
  onEmpty: 'not-applicable',
  refs: ['ISO/IEC 27001:2022 A.8.32', 'BSI IT-Grundschutz OPS.1.1.3'],
  sources: ['https://docs.github.com/en/rest/commits/commits'],
  pitfalls: [
    'Only the first line of the branch is followed: the commits of a merged branch lie beside it and were part of its pull request.',
    'A rebased branch shows each of its commits on the first line. GitHub is asked for the pull request of every commit that is not known as a merge.',
    'A pull request that was merged into another branch does not count.',
    'Dates of commits can be set at will. They decide how far back is looked, never whether a commit between others is counted.',
    'The author of a commit is what the commit says. A declared program can be impersonated by whoever may push.',
  ],
  messages: pushMessages,
  judge: ({ pushes }, params) => judgePushes(pushes, params),
} satisfies Check<GithubFacts, 'pushes', typeof pushParams>
