import { z } from 'zod'
import { fail, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { GitlabFacts } from '../facts.ts'

const params = z.object({
  approvals: field(z.int().min(1).default(1), { label: { en: 'Approvals', de: 'Freigaben' } }),
})

export const glApprovalRules = {
  id: 'gl.approval-rules',
  version: 1,
  connector: 'gitlab',
  title: {
    en: 'A rule asks for approvals by others before a merge',
    de: 'Eine Regel verlangt vor der Übernahme Freigaben durch andere',
  },
  why: {
    en: 'An approval that nobody has to give is left out when it is late; one that the author may give is none.',
    de: 'Eine Freigabe, die niemand geben muss, entfällt in Eile; eine, die man sich selbst geben darf, ist keine.',
  },
  remedy: {
    en: 'Add an approval rule for the branch, forbid approval by authors and committers, and remove approvals when something is pushed (plan Premium).',
    de: 'Legen Sie eine Freigaberegel für den Zweig an, verbieten Sie Freigaben durch Verfassende und Beitragende und verwerfen Sie Freigaben beim Schreiben (Tarif Premium).',
  },
  severity: 'medium',
  serves: [{ measure: 'code-review', as: 'supports' }],
  params,
  reads: ['approvalRules'],
  maxAge: 'P7D',
  onEmpty: 'not-applicable',
  refs: ['ISO/IEC 27001:2022 A.8.32', 'CIS GitLab Benchmark 1.1.3'],
  sources: ['https://docs.gitlab.com/api/merge_request_approvals/'],
  pitfalls: [
    'Rules need a plan with costs. Without it GitLab answers as if there were none: not evaluated (unlicensed), never a fail. What was merged is judged by gl.mr.merged-approved in every plan.',
    'Several rules for one branch do not add up, since one person may satisfy all of them: the highest counts.',
    'Whoever may change a merge request can often change its rules, unless that is forbidden; what was merged shows it.',
  ],
  messages: {
    asked: { en: '{branch} asks for {count} approvals by others.', de: '{branch} verlangt {count} Freigaben anderer.' },
    few: {
      en: '{branch} asks for {count} approvals; {needed} needed.',
      de: '{branch} verlangt {count} Freigaben; nötig: {needed}.',
    },
    authors: { en: 'Authors may approve their own changes.', de: 'Verfassende dürfen eigene Änderungen freigeben.' },
    committers: {
      en: 'Whoever added commits may approve the change.',
      de: 'Wer Commits beigetragen hat, darf die Änderung freigeben.',
    },
    kept: {
      en: 'Approvals stay when something else is pushed after them.',
      de: 'Freigaben bleiben bestehen, wenn danach anderes hinzukommt.',
    },
  },
  judge({ approvalRules }, { approvals }) {
    return approvalRules.flatMap(
      ({ repository, branch, needed, authorsMayApprove, committersMayApprove, keptOnPush }, index) => {
        const at = `approvalRules.${index}`
        const says = { branch, count: needed, needed: approvals }
        const bad = [
          ...(needed < approvals ? [fail(`${repository} approvals`, `${at}.needed`, 'few', says)] : []),
          ...(authorsMayApprove ? [fail(`${repository} authors`, `${at}.authorsMayApprove`, 'authors')] : []),
          ...(committersMayApprove
            ? [fail(`${repository} committers`, `${at}.committersMayApprove`, 'committers')]
            : []),
          ...(keptOnPush ? [fail(`${repository} push`, `${at}.keptOnPush`, 'kept')] : []),
        ]
        return bad.length > 0 ? bad : [pass(repository, at, 'asked', says)]
      },
    )
  },
} satisfies Check<GitlabFacts, 'approvalRules', typeof params>
