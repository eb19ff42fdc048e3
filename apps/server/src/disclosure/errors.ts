import { defineErrors } from '../kernel/index.ts'

/** What may be refused when documents are given out. */
export const disclosureErrors = defineErrors('disclosure', {
  not_found: { status: 404, en: 'There is no such request.', de: 'Diese Anfrage gibt es nicht.' },
  no_document: {
    status: 404,
    en: 'There is no such document, or it was withdrawn.',
    de: 'Dieses Dokument gibt es nicht, oder es wurde zurückgezogen.',
  },
  decided: {
    status: 409,
    en: 'This request was decided already.',
    de: 'Über diese Anfrage wurde schon entschieden.',
  },
  not_granted: {
    status: 409,
    en: 'There is no link to end: this request was not granted, or its link has ended.',
    de: 'Es gibt keinen Link zu beenden: Diese Anfrage wurde nicht bewilligt, oder ihr Link ist beendet.',
  },
  nothing_chosen: {
    status: 422,
    en: 'Choose the edition or at least one document.',
    de: 'Bitte die Fassung oder mindestens ein Dokument wählen.',
  },
  needs_edition: {
    status: 409,
    en: 'No edition is published yet. Sign off a draft first, or choose documents only.',
    de: 'Es ist noch keine Fassung veröffentlicht. Bitte zuerst einen Entwurf freigeben oder nur Dokumente wählen.',
  },
  wrong_type: {
    status: 415,
    en: 'Only PDF, Word, Excel, text and ZIP files are given out. Save the file as one of these.',
    de: 'Herausgegeben werden nur PDF-, Word-, Excel-, Text- und ZIP-Dateien. Bitte die Datei so speichern.',
  },
  too_many: {
    status: 409,
    en: 'There are {most} documents already. Withdraw one that is no longer needed.',
    de: 'Es gibt schon {most} Dokumente. Bitte eines zurückziehen, das nicht mehr gebraucht wird.',
  },
})
