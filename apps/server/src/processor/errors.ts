import { defineErrors } from '../kernel/index.ts'

/** What dealing with processors may be refused for. */
export const processorErrors = defineErrors('processor', {
  not_found: { status: 404, en: 'This processor does not exist.', de: 'Diesen Auftragsverarbeiter gibt es nicht.' },
  no_template: { status: 404, en: 'There is no such template.', de: 'Diese Vorlage gibt es nicht.' },
  agreement_not_found: { status: 404, en: 'This agreement does not exist.', de: 'Diesen Vertrag gibt es nicht.' },
  proof_not_found: {
    status: 404,
    en: 'This certificate or report does not exist.',
    de: 'Dieses Zertifikat oder diesen Bericht gibt es nicht.',
  },
  control_not_found: {
    status: 404,
    en: 'This control of the report does not exist.',
    de: 'Diese Kontrolle des Berichts gibt es nicht.',
  },
  change_not_found: { status: 404, en: 'This change does not exist.', de: 'Diese Änderung gibt es nicht.' },
  objection_not_found: { status: 404, en: 'This objection does not exist.', de: 'Diesen Widerspruch gibt es nicht.' },
  document_not_found: {
    status: 404,
    en: 'No document of measures of this processor is filed.',
    de: 'Von diesem Auftragsverarbeiter ist kein Dokument über Maßnahmen abgelegt.',
  },
  stale: {
    status: 409,
    en: 'Somebody else changed this processor in the meantime. Load it again, then repeat your change.',
    de: 'Dieser Auftragsverarbeiter wurde inzwischen geändert. Laden Sie ihn neu und wiederholen Sie Ihre Änderung.',
  },
  ended: {
    status: 409,
    en: 'This processor has ended. Its records stay as they are.',
    de: 'Dieser Auftragsverarbeiter ist beendet. Seine Aufzeichnungen bleiben, wie sie sind.',
  },
  bad_chain: {
    status: 409,
    en: 'A processor cannot be engaged by itself or by one that it engages.',
    de: 'Ein Auftragsverarbeiter kann weder von sich selbst noch von einem beauftragt sein, den er beauftragt.',
  },
  transfer_needed: {
    status: 400,
    en: 'Of the places {places} some are outside of the European Economic Area. Say on what the transfer rests.',
    de: 'Von den Orten {places} liegen einige außerhalb des Europäischen Wirtschaftsraums. Geben Sie an, worauf die Übermittlung beruht.',
  },
  no_file: {
    status: 400,
    en: 'Attach the paper itself: without a file nothing is on file.',
    de: 'Hängen Sie die Unterlage selbst an: Ohne Datei liegt nichts vor.',
  },
  bad_days: {
    status: 400,
    en: 'The last day lies before the first one.',
    de: 'Der letzte Tag liegt vor dem ersten.',
  },
  certificate_only: {
    status: 400,
    en: 'A certificate has an expiry: a bridge letter, controls for its users and months that it counts after its period belong to a report.',
    de: 'Ein Zertifikat läuft ab: Überbrückungsschreiben, Kontrollen für Nutzer und Monate nach dem Zeitraum gehören zu einem Bericht.',
  },
  measure_unknown: {
    status: 400,
    en: 'The catalogue has no measure {measure}.',
    de: 'Der Katalog kennt keine Maßnahme {measure}.',
  },
  line_unknown: {
    status: 404,
    en: 'The register has no such line.',
    de: 'Das Register hat diese Zeile nicht.',
  },
  twice: {
    status: 400,
    en: 'The same measure is named twice.',
    de: 'Dieselbe Maßnahme ist zweimal genannt.',
  },
  too_soon: {
    status: 400,
    en: 'Customers are told {days} days before. The change can hold from {earliest} on.',
    de: 'Kunden erfahren es {days} Tage vorher. Die Änderung kann ab {earliest} gelten.',
  },
  not_planned: {
    status: 409,
    en: 'Only a processor that is planned is announced as new, and only an active one as leaving.',
    de: 'Als neu angekündigt wird nur ein geplanter Auftragsverarbeiter, als ausscheidend nur ein aktiver.',
  },
  announced_already: {
    status: 409,
    en: 'A change of this processor is announced already. Withdraw it first.',
    de: 'Eine Änderung dieses Auftragsverarbeiters ist schon angekündigt. Ziehen Sie sie zuerst zurück.',
  },
  settled: {
    status: 409,
    en: 'This change holds already or was withdrawn.',
    de: 'Diese Änderung gilt schon oder wurde zurückgezogen.',
  },
  decided: {
    status: 409,
    en: 'This objection is decided already.',
    de: 'Über diesen Widerspruch ist schon entschieden.',
  },
  review_planned: {
    status: 409,
    en: 'The review of this processor is a duty already.',
    de: 'Die Überprüfung dieses Auftragsverarbeiters ist schon eine Pflicht.',
  },
  bad_address: {
    status: 400,
    en: 'Only a web address that begins with https:// is looked at.',
    de: 'Angesehen wird nur eine Webadresse, die mit https:// beginnt.',
  },
  not_watched: {
    status: 409,
    en: 'No address of a document of measures is given for this processor.',
    de: 'Für diesen Auftragsverarbeiter ist keine Adresse eines Dokuments über Maßnahmen angegeben.',
  },
})
