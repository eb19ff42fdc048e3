import { defineErrors } from '../kernel/index.ts'

/** What dealing with customers and their agreements may be refused for. */
export const contractErrors = {
  ...defineErrors('customer', {
    not_found: { status: 404, en: 'This customer does not exist.', de: 'Diesen Kunden gibt es nicht.' },
    stale: {
      status: 409,
      en: 'Somebody else changed this customer in the meantime. Load it again, then repeat your change.',
      de: 'Dieser Kunde wurde inzwischen geändert. Laden Sie ihn neu und wiederholen Sie Ihre Änderung.',
    },
    reference_taken: {
      status: 409,
      en: 'Another customer has this number already.',
      de: 'Ein anderer Kunde hat diese Nummer schon.',
    },
    has_contracts: {
      status: 409,
      en: 'A customer with an agreement stays on record. End the agreement instead.',
      de: 'Ein Kunde mit einem Vertrag bleibt verzeichnet. Beenden Sie stattdessen den Vertrag.',
    },
    too_many: {
      status: 409,
      en: 'A tenant has at most {most} customers.',
      de: 'Ein Mandant hat höchstens {most} Kunden.',
    },
  }),
  ...defineErrors('customer_import', {
    not_csv: {
      status: 400,
      en: 'This is no CSV file with the columns that are needed: {column} is missing. Take the template.',
      de: 'Das ist keine CSV-Datei mit den nötigen Spalten: {column} fehlt. Bitte die Vorlage nehmen.',
    },
    too_many_rows: {
      status: 400,
      en: 'The file has more than {most} rows. Divide it.',
      de: 'Die Datei hat mehr als {most} Zeilen. Bitte aufteilen.',
    },
    has_faults: {
      status: 409,
      en: '{count} rows have faults, so none was taken over. Look at the preview and mend them.',
      de: '{count} Zeilen sind fehlerhaft, deshalb wurde keine übernommen. Bitte in der Vorschau ansehen und berichtigen.',
    },
  }),
}

/** What dealing with an agreement may be refused for. */
export const agreementErrors = defineErrors('contract', {
  not_found: { status: 404, en: 'This agreement does not exist.', de: 'Diesen Vertrag gibt es nicht.' },
  stale: {
    status: 409,
    en: 'Somebody else changed this agreement in the meantime. Load it again, then repeat your change.',
    de: 'Dieser Vertrag wurde inzwischen geändert. Laden Sie ihn neu und wiederholen Sie Ihre Änderung.',
  },
  ended: { status: 409, en: 'This agreement has ended.', de: 'Dieser Vertrag ist beendet.' },
  bad_days: {
    status: 400,
    en: 'The last day of an agreement is not before its first one.',
    de: 'Der letzte Tag eines Vertrags liegt nicht vor dem ersten.',
  },
  needs_edition: {
    status: 409,
    en: 'Only a published edition can be agreed to.',
    de: 'Nur eine veröffentlichte Fassung kann vereinbart werden.',
  },
  no_edition: {
    status: 409,
    en: 'No edition is recorded as agreed. Record it first.',
    de: 'Es ist keine vereinbarte Fassung verzeichnet. Bitte zuerst eintragen.',
  },
  no_file: {
    status: 409,
    en: 'The signed agreement is not on file. Add it first.',
    de: 'Der unterschriebene Vertrag ist nicht hinterlegt. Bitte zuerst hinzufügen.',
  },
  over: {
    status: 409,
    en: 'The last day of this agreement is over. Prolong it first.',
    de: 'Der letzte Tag dieses Vertrags ist vorbei. Bitte zuerst verlängern.',
  },
  no_such_measure: {
    status: 400,
    en: 'Only organisational measures of the catalogue can rest on an agreement; {measure} is none.',
    de: 'Auf einem Vertrag können nur organisatorische Maßnahmen des Katalogs beruhen; {measure} ist keine.',
  },
})

/** What dealing with what happens under an agreement may be refused for. */
export const matterErrors = defineErrors('matter', {
  not_found: { status: 404, en: 'There is no such record.', de: 'Diesen Vorgang gibt es nicht.' },
  no_room: { status: 404, en: 'This audit room does not exist.', de: 'Diesen Prüfraum gibt es nicht.' },
  wrong_fields: {
    status: 400,
    en: 'Missing or not understood: {fields}.',
    de: 'Es fehlt oder ist nicht verständlich: {fields}.',
  },
  not_possible: {
    status: 409,
    en: 'This cannot follow as it stands now. Load it again.',
    de: 'Das ist im jetzigen Stand nicht möglich. Bitte neu laden.',
  },
  to_come: {
    status: 400,
    en: 'What happened did not happen on a day to come, nor before it began.',
    de: 'Was geschehen ist, liegt nicht in der Zukunft und nicht vor dem Beginn.',
  },
  not_done: {
    status: 409,
    en: 'There is a certificate once the data were returned or deleted.',
    de: 'Eine Bescheinigung gibt es, sobald die Daten zurückgegeben oder gelöscht sind.',
  },
})

/** What dealing with what customers are told may be refused for. */
export const announcementErrors = defineErrors('announcement', {
  not_found: { status: 404, en: 'This notice does not exist.', de: 'Diese Mitteilung gibt es nicht.' },
  nobody: {
    status: 409,
    en: 'No agreement is in force, so there is nobody to tell.',
    de: 'Es gilt kein Vertrag, also ist niemand zu informieren.',
  },
  sent_already: {
    status: 409,
    en: 'This notice was sent already, or is being sent.',
    de: 'Diese Mitteilung ist schon versandt oder wird gerade versandt.',
  },
  no_mail: {
    status: 409,
    en: 'There is no mail server or no address. Tell the customer another way and record that here.',
    de: 'Es gibt keinen Mailserver oder keine Adresse. Bitte den Kunden anders informieren und das hier festhalten.',
  },
  not_sent: {
    status: 409,
    en: 'This notice has not reached the customer yet.',
    de: 'Diese Mitteilung hat den Kunden noch nicht erreicht.',
  },
  answered: {
    status: 409,
    en: 'What the customer said to this notice is on record already.',
    de: 'Was der Kunde dazu gesagt hat, ist schon festgehalten.',
  },
  no_objection: {
    status: 409,
    en: 'There is no open objection.',
    de: 'Es gibt keinen offenen Widerspruch.',
  },
})
