import type { Check } from '../../engine/check.ts'
import { judgePushes, pushMessages, pushParams } from '../../review/judge.ts'
import type { BitbucketFacts } from '../facts.ts'

export const bbPrNoDirectPush = {
  id: 'bb.pr.no-direct-push',
  version: 1,
  connector: 'bitbucket',
  title: {
    en: 'No commit reaches the main branch without a pull request',
    de: 'Kein Commit erreicht den Hauptzweig ohne Pull Request',
  },
  why: {
    en: 'What is pushed directly has passed neither review nor the checks of a merge.',
    de: 'Was direkt geschrieben wird, hat weder Prüfung noch Übernahmetests durchlaufen.',
  },
  remedy: {
    en: 'Restrict write access to the branch to nobody, so that changes come by merge only, and review the listed commits.',
    de: 'Erlauben Sie niemandem direktes Schreiben in den Zweig, sodass Änderungen nur durch Übernahme kommen, und prüfen Sie die genannten Commits.',
  },
  severity: 'high',
  serves: [{ measure: 'change-management', as: 'proves' }],
  params: pushParams,
  reads: ['pushes'],
  maxAge: 'P2D',
  onEmpty: 'not-applicable',
  refs: ['ISO/IEC 27001:2022 A.8.32', 'BSI IT-Grundschutz OPS.1.1.3'],
  sources: ['https://support.atlassian.com/bitbucket-cloud/docs/use-branch-permissions/'],
  pitfalls: [
    'Only the first line of the branch is followed: the commits of a merged branch lie beside it and were part of its pull request.',
    'The list of pull requests gives short hashes, the list of commits full ones: they are compared by their beginning.',
    'Where a branch is only moved forward, every commit of the pull request stands on the first line; they are asked for and counted as reviewed. Commits rewritten by the strategy "rebase, fast-forward" cannot be recognised, save the last: use another strategy.',
    'Dates of commits can be set at will. They decide how far back is looked, never whether a commit between others is counted.',
    'The author of a commit is what the commit says. A declared program can be impersonated by whoever may push.',
  ],
  messages: pushMessages,
  judge: ({ pushes }, params) => judgePushes(pushes, params),
} satisfies Check<BitbucketFacts, 'pushes', typeof pushParams>
