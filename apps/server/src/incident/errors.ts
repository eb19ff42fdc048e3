import { defineErrors } from '../kernel/index.ts'

/** What working with incidents may be refused for. */
export const incidentErrors = defineErrors('incident', {
  not_found: { status: 404, en: 'This incident does not exist.', de: 'Diesen Vorfall gibt es nicht.' },
  finding_not_found: { status: 404, en: 'This finding does not exist.', de: 'Diese Feststellung gibt es nicht.' },
  task_not_found: { status: 404, en: 'This task does not exist.', de: 'Diese Aufgabe gibt es nicht.' },
  link_not_found: {
    status: 404,
    en: 'This link does not exist, or it has ended.',
    de: 'Diesen Link gibt es nicht, oder er ist beendet.',
  },
  controller_not_found: {
    status: 404,
    en: 'This controller is not on the list.',
    de: 'Dieser Verantwortliche steht nicht auf der Liste.',
  },
  person_not_found: {
    status: 404,
    en: 'Nobody with this account is a member here.',
    de: 'Hier ist niemand mit diesem Konto Mitglied.',
  },
  authority_unknown: {
    status: 400,
    en: 'The directory has no such authority.',
    de: 'Das Verzeichnis hat diese Behörde nicht.',
  },
  closed: { status: 409, en: 'This incident is closed.', de: 'Dieser Vorfall ist abgeschlossen.' },
  still_open: {
    status: 409,
    en: 'Something is still to be done before this can be closed: {steps}.',
    de: 'Vor dem Abschluss ist noch etwas zu tun: {steps}.',
  },
  not_triaged: {
    status: 409,
    en: 'Triage it first: severity, role, and when you became aware.',
    de: 'Bitte zuerst einordnen: Schwere, Rolle und seit wann der Vorfall bekannt ist.',
  },
  not_a_breach: {
    status: 409,
    en: 'Decide first that this is a breach of personal data.',
    de: 'Bitte zuerst entscheiden, dass personenbezogene Daten verletzt wurden.',
  },
  not_your_role: {
    status: 409,
    en: 'That is for the other role: a processor tells controllers, a controller tells the authority and the people.',
    de: 'Das betrifft die andere Rolle: Auftragsverarbeiter unterrichten Verantwortliche, Verantwortliche melden der Behörde und benachrichtigen Personen.',
  },
  bad_time: {
    status: 400,
    en: 'This moment cannot be: it lies in the future, or the end lies before the beginning.',
    de: 'Dieser Zeitpunkt kann nicht stimmen: Er liegt in der Zukunft, oder das Ende liegt vor dem Anfang.',
  },
  delay_reason_needed: {
    status: 422,
    en: 'The 72 hours are over: say why it is notified only now (Art. 33(1) GDPR).',
    de: 'Die 72 Stunden sind vorbei: Bitte begründen, warum erst jetzt gemeldet wird (Art. 33 Abs. 1 DSGVO).',
  },
  people_need_high: {
    status: 422,
    en: 'The risk was decided to be high: name the exception of Art. 34(3) by which people are not told.',
    de: 'Das Risiko wurde als hoch eingestuft: Bitte die Ausnahme des Art. 34 Abs. 3 nennen, nach der niemand benachrichtigt wird.',
  },
  nobody_affected: {
    status: 409,
    en: 'No controller is left to be told. Choose first whom it affects.',
    de: 'Es ist kein Verantwortlicher mehr zu unterrichten. Bitte zuerst wählen, wen es betrifft.',
  },
  name_taken: {
    status: 409,
    en: 'A controller of this name is on the list already.',
    de: 'Ein Verantwortlicher dieses Namens steht schon auf der Liste.',
  },
  bad_line: {
    status: 400,
    en: 'Line {line} does not fit. Each line has name, mail address, hours (or nothing) and language (en or de).',
    de: 'Zeile {line} passt nicht. Jede Zeile hat Name, E-Mail-Adresse, Stunden (oder nichts) und Sprache (en oder de).',
  },
  no_bulletin: {
    status: 409,
    en: 'Write first what users are to be told.',
    de: 'Bitte zuerst schreiben, was Nutzer erfahren sollen.',
  },
  bulletin_changed: {
    status: 409,
    en: 'The draft has changed in the meantime, or this version is published already. Look at it again.',
    de: 'Der Entwurf hat sich inzwischen geändert, oder diese Version ist schon veröffentlicht. Bitte erneut ansehen.',
  },
  bulletin_unchanged: {
    status: 409,
    en: 'Users were told exactly this already.',
    de: 'Genau das haben Nutzer schon erfahren.',
  },
  bulletin_withdrawn: {
    status: 409,
    en: 'This bulletin was taken back.',
    de: 'Diese Mitteilung wurde zurückgenommen.',
  },
  bulletin_over: {
    status: 409,
    en: 'This bulletin is closed already.',
    de: 'Diese Mitteilung ist schon abgeschlossen.',
  },
  audience_fixed: {
    status: 409,
    en: 'Whom it is for stays as it was published.',
    de: 'An wen sie sich richtet, bleibt, wie es veröffentlicht wurde.',
  },
  no_letters: {
    status: 409,
    en: 'No mail server is set: no subscriber would be told. Make it public, or set a mail server.',
    de: 'Es ist kein Mailserver eingerichtet: Kein Abonnent würde es erfahren. Bitte öffentlich mitteilen oder einen Mailserver einrichten.',
  },
  drill_only: {
    status: 409,
    en: 'An exercise is said to nobody outside.',
    de: 'Eine Übung wird niemandem außerhalb mitgeteilt.',
  },
  too_many: {
    status: 409,
    en: 'There are {most} of these already.',
    de: 'Davon gibt es schon {most}.',
  },
})
