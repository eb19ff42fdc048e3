import { defineErrors } from '../kernel/index.ts'

/** What changing the register may be refused for. */
export const measureErrors = defineErrors('measure', {
  not_found: { status: 404, en: 'This measure does not exist.', de: 'Diese Maßnahme gibt es nicht.' },
  document_not_found: { status: 404, en: 'This document does not exist.', de: 'Dieses Dokument gibt es nicht.' },
  line_not_found: {
    status: 404,
    en: 'The line or heading behind which it should stand does not exist in this document.',
    de: 'Die Zeile oder Überschrift, hinter der sie stehen soll, gibt es in diesem Dokument nicht.',
  },
  no_register: {
    status: 404,
    en: 'There is no register yet. Read your TOM document first.',
    de: 'Es gibt noch kein Register. Bitte zuerst das TOM-Dokument einlesen.',
  },
  changed_meanwhile: {
    status: 409,
    en: 'Somebody changed this measure meanwhile. Load it again and repeat your change.',
    de: 'Jemand hat diese Maßnahme inzwischen geändert. Bitte neu laden und die Änderung wiederholen.',
  },
  unknown_catalogue_measure: {
    status: 400,
    en: 'The catalogue has no measure {id}. Choose one from the catalogue.',
    de: 'Der Katalog hat keine Maßnahme {id}. Bitte eine aus dem Katalog wählen.',
  },
  nothing_to_confirm: {
    status: 409,
    en: 'This statement has no catalogue measure yet. Choose at least one before you confirm.',
    de: 'Diese Aussage hat noch keine Katalogmaßnahme. Bitte vor dem Bestätigen mindestens eine wählen.',
  },
  bad_split: {
    status: 400,
    en: 'The parts must together hold the text of the statement, in its order, and none may be empty.',
    de: 'Die Teile müssen zusammen den Text der Aussage in seiner Reihenfolge ergeben, und keiner darf leer sein.',
  },
  nothing_to_merge: {
    status: 409,
    en: 'There is no following statement in this section to merge with.',
    de: 'In diesem Abschnitt folgt keine Aussage, mit der zusammengelegt werden könnte.',
  },
  scope_elsewhere: {
    status: 400,
    en: 'The scope names a system of the environment {environment}, which does not count for this measure. Add the environment or take the system out.',
    de: 'Der Geltungsbereich nennt ein System der Umgebung {environment}, die für diese Maßnahme nicht zählt. Bitte die Umgebung hinzunehmen oder das System herausnehmen.',
  },
  unknown_system: {
    status: 400,
    en: 'The scope names a system that does not exist.',
    de: 'Der Geltungsbereich nennt ein System, das es nicht gibt.',
  },
  no_comment: {
    status: 404,
    en: 'You have no such comment, or it was taken back already.',
    de: 'Einen solchen Kommentar von Ihnen gibt es nicht, oder er ist schon zurückgenommen.',
  },
})
