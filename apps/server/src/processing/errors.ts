import { defineErrors } from '../kernel/index.ts'

/** What keeping records of processing may be refused for. */
export const processingErrors = defineErrors('processing', {
  not_found: {
    status: 404,
    en: 'This processing activity does not exist.',
    de: 'Diese Verarbeitungstätigkeit gibt es nicht.',
  },
  no_version: { status: 404, en: 'There is no such version.', de: 'Diese Version gibt es nicht.' },
  stale: {
    status: 409,
    en: 'Somebody else changed this processing activity in the meantime. Load it again, then repeat your change.',
    de: 'Diese Verarbeitungstätigkeit wurde inzwischen geändert. Laden Sie sie neu und wiederholen Sie Ihre Änderung.',
  },
  too_many: {
    status: 409,
    en: 'A record has at most {most} processing activities.',
    de: 'Ein Verzeichnis hat höchstens {most} Verarbeitungstätigkeiten.',
  },
  no_customer: {
    status: 404,
    en: 'One of the customers does not exist.',
    de: 'Einen der Kunden gibt es nicht.',
  },
  incomplete: {
    status: 409,
    en: 'The law wants more than is there: {fields}. Complete it, then record the version.',
    de: 'Das Gesetz verlangt mehr, als da ist: {fields}. Bitte ergänzen und die Version dann festhalten.',
  },
  empty: {
    status: 409,
    en: 'There is no processing activity to record. Begin with a proposal.',
    de: 'Es gibt keine Verarbeitungstätigkeit. Bitte mit einem Vorschlag beginnen.',
  },
})
