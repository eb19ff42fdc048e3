import type { Check } from '../../engine/check.ts'
import { approvalMessages, approvalParams, judgeMerges } from '../../review/judge.ts'
import type { BitbucketFacts } from '../facts.ts'

export const bbPrMergedApproved = {
  id: 'bb.pr.merged-approved',
  version: 1,
  connector: 'bitbucket',
  title: {
    en: 'Merged pull requests had an approval by someone else',
    de: 'Übernommene Pull Requests waren von anderen freigegeben',
  },
  why: {
    en: 'A second pair of eyes finds mistakes, and keeps a single person from bringing in what nobody else has seen.',
    de: 'Ein zweites Augenpaar findet Fehler und verhindert, dass eine Person allein Ungesehenes einbringt.',
  },
  remedy: {
    en: 'Require approvals in the branch restrictions, with "prevent a merge with unresolved merge checks" and "reset approvals when the source branch is modified". Have a second person look at the listed changes now.',
    de: 'Verlangen Sie in den Zweigbeschränkungen Freigaben, verhindern Sie die Übernahme bei offenen Prüfungen und lassen Sie Freigaben bei Änderung des Quellzweigs zurücksetzen. Lassen Sie die genannten Änderungen nachträglich von einer zweiten Person ansehen.',
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
  sources: [
    'https://developer.atlassian.com/cloud/bitbucket/rest/api-group-pullrequests/',
    'https://support.atlassian.com/bitbucket-cloud/docs/suggest-or-require-checks-before-a-merge/',
  ],
  pitfalls: [
    'Authors can approve their own pull requests in Bitbucket; such an approval is not counted.',
    'A pull request can be approved after its merge; the log tells when, and only what came before the merge counts.',
    'An approval counts only if the source branch did not move after it. One that was withdrawn still stands in the log, so the list of participants has to agree.',
    'Bitbucket does not say which accounts are programs: name them in the parameters, else their approvals count.',
    'Who pushed to the branch of somebody else and then approves the result is not recognised.',
  ],
  messages: approvalMessages,
  judge: ({ merges }, params) => judgeMerges(merges, params),
} satisfies Check<BitbucketFacts, 'merges', typeof approvalParams>
