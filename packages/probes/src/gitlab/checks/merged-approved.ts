import type { Check } from '../../engine/check.ts'
import { approvalMessages, approvalParams, judgeMerges } from '../../review/judge.ts'
import type { GitlabFacts } from '../facts.ts'

export const glMrMergedApproved = {
  id: 'gl.mr.merged-approved',
  version: 1,
  connector: 'gitlab',
  title: {
    en: 'Merged requests had an approval by someone else',
    de: 'Übernommene Merge Requests waren von anderen freigegeben',
  },
  why: {
    en: 'A second pair of eyes finds mistakes, and keeps a single person from bringing in what nobody else has seen.',
    de: 'Ein zweites Augenpaar findet Fehler und verhindert, dass eine Person allein Ungesehenes einbringt.',
  },
  remedy: {
    en: 'Ask for approvals by a rule (plan Premium) or by agreement, and have a second person look at the listed changes now.',
    de: 'Verlangen Sie Freigaben durch eine Regel (Tarif Premium) oder Verabredung und lassen Sie die genannten Änderungen nachträglich von einer zweiten Person ansehen.',
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
  refs: ['ISO/IEC 27001:2022 A.8.28', 'ISO/IEC 27001:2022 A.8.32', 'BSI IT-Grundschutz CON.8'],
  sources: ['https://docs.gitlab.com/api/merge_request_approvals/', 'https://docs.gitlab.com/api/merge_requests/'],
  pitfalls: [
    'An approval counts only if nothing was pushed after it, by the versions that GitLab keeps of a merge request; a rebase by the server is a version, too.',
    'GitLab tells the time of an approval since version 18; before that, it is taken from the history of the merge request.',
    'Tokens of projects and groups are known by their names; accounts of people that programs use have to be named in the parameters.',
    'Who pushed to the branch of somebody else and then approves the result is not recognised; see gl.approval-rules.',
    'Approving is free of charge, asking for it by a rule is not.',
  ],
  messages: approvalMessages,
  judge: ({ merges }, params) => judgeMerges(merges, params),
} satisfies Check<GitlabFacts, 'merges', typeof approvalParams>
