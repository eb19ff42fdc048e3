import { defineErrors } from '../kernel/index.ts'

/** What may be refused with subscribers. */
export const subscriberErrors = defineErrors('subscriber', {
  not_found: {
    status: 404,
    en: 'There is no such subscriber.',
    de: 'Diesen Abonnenten gibt es nicht.',
  },
})
