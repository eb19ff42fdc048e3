import { defineErrors } from '../kernel/index.ts'

/** What changing people and the holders of accounts may be refused for. */
export const personErrors = defineErrors('person', {
  not_found: { status: 404, en: 'This person is not on the list.', de: 'Diese Person steht nicht auf der Liste.' },
  mail_taken: {
    status: 409,
    en: 'Somebody on the list has this mail address.',
    de: 'Jemand auf der Liste hat diese Mailadresse.',
  },
  one_holder: {
    status: 400,
    en: 'Name a person, or who answers for the program and why there is one; not both.',
    de: 'Bitte eine Person nennen, oder wer für das Programm einsteht und warum es das gibt; nicht beides.',
  },
  account_not_found: {
    status: 404,
    en: 'No system that was looked at has this account.',
    de: 'Kein angesehenes System hat dieses Konto.',
  },
})
