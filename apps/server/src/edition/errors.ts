import { defineErrors } from '../kernel/index.ts'

/** What making and signing editions may be refused for. */
export const editionErrors = defineErrors('edition', {
  not_found: { status: 404, en: 'This edition does not exist.', de: 'Diese Fassung gibt es nicht.' },
  not_a_draft: {
    status: 409,
    en: 'This is a published edition already.',
    de: 'Das ist schon eine veröffentlichte Fassung.',
  },
  changed_since: {
    status: 409,
    en: 'The register or its proofs changed since this draft was made. Make a new draft and sign that.',
    de: 'Register oder Nachweise haben sich seit diesem Entwurf geändert. Bitte einen neuen Entwurf machen und diesen unterzeichnen.',
  },
  no_such_file: { status: 404, en: 'This edition has no such file.', de: 'Diese Fassung hat keine solche Datei.' },
})
