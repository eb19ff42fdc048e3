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
  decision_needed: {
    status: 409,
    en: 'Compared with the last edition, {count} changes promise less or something else. Decide about each, with a reason; then sign.',
    de: 'Gegenüber der letzten Fassung versprechen {count} Änderungen weniger oder etwas anderes. Bitte über jede mit Begründung entscheiden und dann freigeben.',
  },
  agreed_decision_needed: {
    status: 409,
    en: 'Customers agreed to edition {number}. Compared with it, {count} changes promise less or something else and are not decided about. Compare with that edition, decide about each, then sign.',
    de: 'Kunden haben Fassung {number} vereinbart. Ihr gegenüber versprechen {count} Änderungen weniger oder etwas anderes, über die nicht entschieden ist. Bitte mit dieser Fassung vergleichen, über jede entscheiden und dann freigeben.',
  },
  no_such_change: {
    status: 409,
    en: 'This change is not there any more: the register promises something else by now. Compare again.',
    de: 'Diese Änderung gibt es nicht mehr: Das Register verspricht inzwischen etwas anderes. Bitte erneut vergleichen.',
  },
  not_published: {
    status: 409,
    en: 'Only a published edition can be attached to a contract. Sign this draft off first.',
    de: 'Nur eine veröffentlichte Fassung kann einem Vertrag beigefügt werden. Bitte diesen Entwurf zuerst freigeben.',
  },
  nothing_before: {
    status: 409,
    en: 'There is no edition yet to compare with. Sign the first one off.',
    de: 'Es gibt noch keine Fassung zum Vergleichen. Bitte zuerst eine freigeben.',
  },
  nothing_open: {
    status: 404,
    en: 'Nothing is open in this edition, so there is no plan: OSCAL has none without an item.',
    de: 'In dieser Fassung ist nichts offen, also gibt es keinen Maßnahmenplan: OSCAL kennt keinen ohne Eintrag.',
  },
  no_such_file: { status: 404, en: 'This edition has no such file.', de: 'Diese Fassung hat keine solche Datei.' },
})
