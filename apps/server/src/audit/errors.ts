import { defineErrors } from '../kernel/index.ts'

/** What dealing with audits may be refused for. */
export const auditErrors = defineErrors('audit', {
  not_found: { status: 404, en: 'This audit does not exist.', de: 'Dieses Audit gibt es nicht.' },
  no_item: { status: 404, en: 'This audit has no such item.', de: 'Dieses Audit hat keinen solchen Punkt.' },
  no_document: {
    status: 409,
    en: 'There is no document yet whose measures could be looked at. Read one first.',
    de: 'Es gibt noch kein Dokument, dessen Maßnahmen angesehen werden könnten. Lesen Sie zuerst eines ein.',
  },
  one_review: {
    status: 409,
    en: 'A review is open already. Sign or cancel it before the next one.',
    de: 'Eine Überprüfung ist schon offen. Zeichnen oder verwerfen Sie sie vor der nächsten.',
  },
  not_open: {
    status: 409,
    en: 'This audit is not open: it is planned, signed or cancelled.',
    de: 'Dieses Audit ist nicht offen: Es ist geplant, gezeichnet oder verworfen.',
  },
  already_open: {
    status: 409,
    en: 'This audit was opened, signed or cancelled already.',
    de: 'Dieses Audit wurde schon geöffnet, gezeichnet oder verworfen.',
  },
  undecided: {
    status: 409,
    en: 'Nobody has decided about {count} items yet. Go through them before the audit is signed.',
    de: 'Über {count} Punkte ist noch nicht entschieden. Gehen Sie sie durch, bevor das Audit gezeichnet wird.',
  },
  no_follow_up: {
    status: 400,
    en: 'A finding needs a note, how bad it is, whose it is, and until when.',
    de: 'Ein Befund braucht eine Notiz, wie schwer er ist, wem er gehört und bis wann.',
  },
  nothing_to_do: {
    status: 409,
    en: 'There is nothing to close: this item is no finding of a signed audit, or it is closed already.',
    de: 'Hier ist nichts zu schließen: Der Punkt ist kein Befund eines gezeichneten Audits oder schon geschlossen.',
  },
})
