import { defineErrors } from '../kernel/index.ts'

/** What may be refused of a profile. */
export const profileErrors = defineErrors('profile', {
  no_certificate: {
    status: 404,
    en: 'There is no such certificate, or it was removed already.',
    de: 'Dieses Zertifikat gibt es nicht, oder es wurde schon entfernt.',
  },
  bad_span: {
    status: 422,
    en: 'The certificate would end before it begins. Check both days.',
    de: 'Das Zertifikat würde enden, bevor es beginnt. Bitte beide Tage prüfen.',
  },
  too_many: {
    status: 409,
    en: 'There are {most} certificates already. Remove one that no longer counts.',
    de: 'Es gibt schon {most} Zertifikate. Bitte eines entfernen, das nicht mehr zählt.',
  },
})
