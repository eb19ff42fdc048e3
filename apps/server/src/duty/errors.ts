import { defineErrors } from '../kernel/index.ts'

/** What working with duties may be refused for. */
export const dutyErrors = defineErrors('duty', {
  not_found: { status: 404, en: 'This duty does not exist.', de: 'Diese Pflicht gibt es nicht.' },
  occurrence_not_found: { status: 404, en: 'This due day does not exist.', de: 'Diesen Termin gibt es nicht.' },
  sign_off_not_found: {
    status: 404,
    en: 'This sign-off does not exist, or it was taken back.',
    de: 'Diese Bestätigung gibt es nicht, oder sie wurde zurückgenommen.',
  },
  person_not_found: {
    status: 404,
    en: 'Nobody with this account is a member here.',
    de: 'Hier ist niemand mit diesem Konto Mitglied.',
  },
  retired: { status: 409, en: 'This duty is over.', de: 'Diese Pflicht ist beendet.' },
  bad_rhythm: {
    status: 400,
    en: 'This rhythm is none: name a length such as P6M, a month, or a day to come.',
    de: 'Das ist kein Rhythmus: Bitte eine Dauer wie P6M, einen Monat oder einen kommenden Tag nennen.',
  },
  bad_time_zone: {
    status: 400,
    en: 'This time zone is not known. Name one such as Europe/Berlin.',
    de: 'Diese Zeitzone ist nicht bekannt. Bitte eine wie Europe/Berlin nennen.',
  },
  one_owner: {
    status: 400,
    en: 'Name either a person or a role as the owner, and another person as the deputy.',
    de: 'Bitte entweder eine Person oder eine Rolle als zuständig nennen, und eine andere Person als Vertretung.',
  },
  measure_unknown: {
    status: 400,
    en: 'The catalogue has no such measure.',
    de: 'Der Katalog hat diese Maßnahme nicht.',
  },
  already_done: { status: 409, en: 'This was signed off already.', de: 'Das wurde bereits bestätigt.' },
  not_yours: {
    status: 403,
    en: 'This duty is another person’s. Its deputy may sign off while its owner is absent, or when it is overdue.',
    de: 'Diese Pflicht hat jemand anders. Die Vertretung darf bestätigen, wenn die zuständige Person abwesend oder der Termin überfällig ist.',
  },
  needs_other: {
    status: 409,
    en: 'A second person must confirm this.',
    de: 'Das muss eine zweite Person bestätigen.',
  },
  bad_day: {
    status: 400,
    en: 'It can have been done between {from} and {until}.',
    de: 'Es kann zwischen {from} und {until} getan worden sein.',
  },
  bad_form: {
    status: 400,
    en: 'These fields are missing or do not fit: {fields}.',
    de: 'Diese Felder fehlen oder passen nicht: {fields}.',
  },
  absence_not_found: {
    status: 404,
    en: 'This absence is not on the list.',
    de: 'Diese Abwesenheit steht nicht auf der Liste.',
  },
  bad_absence: {
    status: 400,
    en: 'The last day lies before the first.',
    de: 'Der letzte Tag liegt vor dem ersten.',
  },
  no_account: {
    status: 403,
    en: 'Only a person can do this.',
    de: 'Das kann nur eine Person tun.',
  },
})
