import { z } from 'zod'
import { fail, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { BitbucketFacts } from '../facts.ts'

const params = z.object({
  reviewers: field(z.int().min(1).default(2), {
    label: { en: 'Default reviewers', de: 'Voreingestellte Prüfer' },
  }),
})

export const bbDefaultReviewers = {
  id: 'bb.default-reviewers',
  version: 1,
  connector: 'bitbucket',
  title: { en: 'Reviewers are assigned by default', de: 'Prüfer sind voreingestellt' },
  why: {
    en: 'A review that nobody is asked for waits until the author merges without it.',
    de: 'Eine Prüfung, um die niemand gebeten wird, bleibt liegen, bis ohne sie übernommen wird.',
  },
  remedy: {
    en: 'Name default reviewers for the project or the repository, at least one more than must approve, since authors are not asked for their own changes.',
    de: 'Benennen Sie für Projekt oder Repository voreingestellte Prüfer, mindestens einen mehr als freigeben müssen, da bei eigenen Änderungen niemand gefragt wird.',
  },
  severity: 'low',
  serves: [{ measure: 'code-review', as: 'supports' }],
  params,
  reads: ['reviewers'],
  maxAge: 'P7D',
  onEmpty: 'not-applicable',
  refs: ['ISO/IEC 27001:2022 A.8.28', 'CIS GitHub Benchmark 1.1.6'],
  sources: ['https://support.atlassian.com/bitbucket-cloud/docs/add-default-reviewers-to-pull-requests/'],
  pitfalls: [
    'Reviewers that the project hands down count as well: the effective list is read.',
    'It is not seen whether somebody on the list has left.',
  ],
  messages: {
    enough: { en: '{count} reviewers are asked by default.', de: '{count} Prüfer werden von selbst gefragt.' },
    few: {
      en: '{count} reviewers are asked by default; {needed} needed.',
      de: '{count} Prüfer werden von selbst gefragt; nötig: {needed}.',
    },
  },
  judge({ reviewers }, { reviewers: needed }) {
    return reviewers.map(({ repository, reviewers: count }, index) =>
      count < needed
        ? fail(repository, `reviewers.${index}.reviewers`, 'few', { count, needed })
        : pass(repository, `reviewers.${index}.reviewers`, 'enough', { count }),
    )
  },
} satisfies Check<BitbucketFacts, 'reviewers', typeof params>
