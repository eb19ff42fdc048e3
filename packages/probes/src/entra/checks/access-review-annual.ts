import { z } from 'zod'
import { fail, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { EntraFacts } from '../facts.ts'

const dayMs = 86_400_000

const params = z.object({
  maxDays: field(z.int().min(1).default(365), {
    label: { en: 'Longest time between reviews', de: 'Längste Zeit zwischen Überprüfungen' },
    unit: 'days',
  }),
})

export const entraAccessReviewAnnual = {
  id: 'entra.access-review-annual',
  version: 1,
  connector: 'entra',
  title: { en: 'Access was reviewed within the year', de: 'Zugriffe wurden binnen Jahresfrist überprüft' },
  why: {
    en: 'Rights pile up: people change tasks and keep what they had. Only a look at all of them takes back what is not needed.',
    de: 'Rechte sammeln sich an: Menschen wechseln Aufgaben und behalten, was sie hatten. Nur ein Blick auf alle nimmt zurück, was nicht gebraucht wird.',
  },
  remedy: {
    en: 'Set up a recurring access review in ID Governance and see that its reviewers decide; or sign off the review here as a duty.',
    de: 'In ID Governance eine wiederkehrende Zugriffsüberprüfung einrichten und darauf achten, dass die Prüfenden entscheiden; oder die Überprüfung hier als Pflicht bestätigen.',
  },
  severity: 'medium',
  serves: [{ measure: 'access-review', as: 'proves' }],
  params,
  reads: ['reviews'],
  maxAge: 'P7D',
  onEmpty: 'not-applicable',
  refs: ['ISO/IEC 27001:2022 A.5.18', 'CIS Microsoft 365 5.3.2', 'CIS Microsoft 365 5.3.3'],
  sources: [
    'https://learn.microsoft.com/en-us/entra/id-governance/access-reviews-overview',
    'https://learn.microsoft.com/en-us/graph/api/accessreviewset-list-definitions',
  ],
  pitfalls: [
    'A review that ended with decisions of the system alone (AutoReviewed) was made by nobody and does not count.',
    'Where no review is set up in Entra ID there is nothing to judge: it may be done by hand and signed off as a duty.',
    'Each review is judged on its own, since each covers something else; one that was set up and never completed fails.',
    'That the reviews together cover all rights cannot be seen from here.',
  ],
  messages: {
    done: {
      en: 'The review {review} was completed on {date}.',
      de: 'Die Überprüfung {review} wurde am {date} abgeschlossen.',
    },
    old: {
      en: 'The review {review} was last completed on {date}, {days} days ago; {maximum} are allowed.',
      de: 'Die Überprüfung {review} wurde zuletzt am {date} abgeschlossen, vor {days} Tagen; zulässig sind {maximum}.',
    },
    never: {
      en: 'The review {review} was never completed.',
      de: 'Die Überprüfung {review} wurde nie abgeschlossen.',
    },
  },
  judge({ reviews }, { maxDays }, now) {
    return reviews.map(({ id, completed }, index) => {
      const because = `reviews.${index}`
      if (completed === null) return fail(id, because, 'never', { review: id })
      const days = Math.floor((now.getTime() - Date.parse(completed)) / dayMs)
      const says = { review: id, date: completed.slice(0, 10), days, maximum: maxDays }
      return (days <= maxDays ? pass : fail)(id, because, days <= maxDays ? 'done' : 'old', says)
    })
  },
} satisfies Check<EntraFacts, 'reviews', typeof params>
