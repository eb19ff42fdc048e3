import { defineErrors } from '../kernel/index.ts'

/** What keeping apps and their notices may be refused for. */
export const appErrors = defineErrors('app', {
  not_found: { status: 404, en: 'This app does not exist.', de: 'Diese App gibt es nicht.' },
  no_version: { status: 404, en: 'There is no such version.', de: 'Diese Version gibt es nicht.' },
  stale: {
    status: 409,
    en: 'Somebody else changed this app in the meantime. Load it again, then repeat your change.',
    de: 'Diese App wurde inzwischen geändert. Laden Sie sie neu und wiederholen Sie Ihre Änderung.',
  },
  taken: {
    status: 409,
    en: 'This address is taken, or was used before: a link never leads to another app. Choose another one.',
    de: 'Diese Adresse ist vergeben oder war es schon: Ein Link führt nie zu einer anderen App. Bitte eine andere wählen.',
  },
  too_many: { status: 409, en: 'There can be at most {most} apps.', de: 'Es kann höchstens {most} Apps geben.' },
  twice: {
    status: 422,
    en: 'Two categories of data have the same key. Give each its own.',
    de: 'Zwei Datenkategorien haben denselben Schlüssel. Bitte jeder einen eigenen geben.',
  },
  no_reference: {
    status: 404,
    en: 'A processor, an activity of the record or an authority that was named does not exist.',
    de: 'Ein genannter Auftragsverarbeiter, eine Tätigkeit des Verzeichnisses oder eine Behörde gibt es nicht.',
  },
  incomplete: {
    status: 409,
    en: 'The law wants more than is there: {count} points. Complete them, or say why it is published all the same.',
    de: 'Das Gesetz verlangt mehr, als da ist: {count} Punkte. Bitte ergänzen oder begründen, warum trotzdem veröffentlicht wird.',
  },
  unchanged: {
    status: 409,
    en: 'It says the same as version {number}, which is published. Confirm that version instead.',
    de: 'Es sagt dasselbe wie die veröffentlichte Version {number}. Bitte stattdessen diese bestätigen.',
  },
  not_published: {
    status: 409,
    en: 'Nothing is published of this app yet.',
    de: 'Von dieser App ist noch nichts veröffentlicht.',
  },
  differs: {
    status: 409,
    en: 'What is known now differs from what is published. Publish a new version instead.',
    de: 'Was jetzt bekannt ist, weicht von dem ab, was veröffentlicht ist. Bitte stattdessen eine neue Version veröffentlichen.',
  },
  rule_left: {
    status: 409,
    en: 'A deletion rule rests on a category of data that would be gone. End the rule first.',
    de: 'Eine Löschregel beruht auf einer Datenkategorie, die es dann nicht mehr gäbe. Bitte zuerst die Regel beenden.',
  },
})

/** What deletion rules and reports of their runs may be refused for. */
export const deletionErrors = defineErrors('deletion', {
  not_found: { status: 404, en: 'This deletion rule does not exist.', de: 'Diese Löschregel gibt es nicht.' },
  built_in: {
    status: 409,
    en: 'This rule is part of art32: nobody changes or ends it, and its runs are recorded by themselves.',
    de: 'Diese Regel gehört zu art32: Niemand ändert oder beendet sie, und ihre Läufe werden von selbst festgehalten.',
  },
  stale: {
    status: 409,
    en: 'Somebody else changed this rule in the meantime. Load it again, then repeat your change.',
    de: 'Diese Regel wurde inzwischen geändert. Laden Sie sie neu und wiederholen Sie Ihre Änderung.',
  },
  too_many: {
    status: 409,
    en: 'An app can have at most {most} deletion rules.',
    de: 'Eine App kann höchstens {most} Löschregeln haben.',
  },
  no_category: {
    status: 404,
    en: 'The app has no such category of data.',
    de: 'Die App hat keine solche Datenkategorie.',
  },
  no_period: {
    status: 409,
    en: 'This category of data has no period. Enter it in the facts of the app first.',
    de: 'Diese Datenkategorie hat keine Frist. Bitte sie zuerst in den Angaben der App eintragen.',
  },
  no_person: { status: 404, en: 'This person is no member here.', de: 'Diese Person ist hier kein Mitglied.' },
  wrong_sum: {
    status: 422,
    en: 'The numbers do not add up: what was examined was deleted, kept for a reason, or failed.',
    de: 'Die Zahlen gehen nicht auf: Was geprüft wurde, wurde gelöscht, aus einem Grund behalten, oder es schlug fehl.',
  },
  wrong_outcome: {
    status: 422,
    en: 'The outcome does not fit: “done” knows no errors, “partial” some, “failed” and “not-looked” name a cause and deleted nothing.',
    de: 'Das Ergebnis passt nicht: „done“ kennt keine Fehler, „partial“ einige, „failed“ und „not-looked“ nennen einen Grund und haben nichts gelöscht.',
  },
  wrong_time: {
    status: 422,
    en: 'The time of the run lies in the future, before the rule, or more than 31 days ago.',
    de: 'Der Zeitpunkt des Laufs liegt in der Zukunft, vor der Regel oder mehr als 31 Tage zurück.',
  },
  other_report: {
    status: 409,
    en: 'Another report of a run at this time is on file. Reports are never changed.',
    de: 'Zu einem Lauf mit diesem Zeitpunkt liegt ein anderer Bericht vor. Berichte werden nie geändert.',
  },
})
