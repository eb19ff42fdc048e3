import { noParams } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { judgePushes, pushMessages } from '../../review/judge.ts'
import { declaredProgram } from '../changes.ts'
import type { GitlabFacts } from '../facts.ts'

export const glMrNoDirectPush = {
  id: 'gl.mr.no-direct-push',
  version: 1,
  connector: 'gitlab',
  title: {
    en: 'No commit reaches the main branch without a merge request',
    de: 'Kein Commit erreicht den Hauptzweig ohne Merge Request',
  },
  why: {
    en: 'What is pushed directly has passed neither review nor the checks of a merge.',
    de: 'Was direkt geschrieben wird, hat weder Prüfung noch Übernahmetests durchlaufen.',
  },
  remedy: {
    en: 'Protect the branch and allow nobody to push to it, so that merge requests are the only way, and review the listed commits.',
    de: 'Schützen Sie den Zweig und erlauben Sie niemandem das Schreiben, sodass nur Merge Requests hineinführen, und prüfen Sie die genannten Commits.',
  },
  severity: 'high',
  serves: [{ measure: 'change-management', as: 'proves' }],
  params: noParams,
  reads: ['pushes'],
  maxAge: 'P2D',
  onEmpty: 'not-applicable',
  refs: ['ISO/IEC 27001:2022 A.8.32', 'BSI IT-Grundschutz OPS.1.1.3'],
  sources: ['https://docs.gitlab.com/api/commits/'],
  pitfalls: [
    'Only the first line of the branch is followed: the commits of a merged branch lie beside it and were part of its merge request.',
    'A branch that is moved forward without a merge commit shows each commit on the first line. GitLab is asked for the merge request of every commit that is not known as a merge.',
    'A merge request that was merged into another branch does not count.',
    'Dates of commits can be set at will: one with a date before the window is not seen.',
    'Programs that may write directly are named in the connection, by the mail address of their commits. Whoever may push can use that address.',
  ],
  messages: pushMessages,
  judge: ({ pushes }) => judgePushes(pushes, { bots: [declaredProgram] }),
} satisfies Check<GitlabFacts, 'pushes', typeof noParams>
