import { defineErrors } from '../kernel/index.ts'

/** What running checks may be refused for. */
export const checkErrors = defineErrors('check', {
  run_not_found: { status: 404, en: 'This run does not exist.', de: 'Diesen Lauf gibt es nicht.' },
  outcome_not_found: { status: 404, en: 'This outcome does not exist.', de: 'Dieses Ergebnis gibt es nicht.' },
  facts_gone: {
    status: 410,
    en: 'What was seen is kept for thirteen months. Its hash is left in the ledger, with the outcome.',
    de: 'Was gesehen wurde, wird dreizehn Monate aufbewahrt. Im Journal bleibt der Hash mit dem Ergebnis.',
  },
  nothing_connected: {
    status: 409,
    en: 'There is nothing to look at yet. Connect a system first.',
    de: 'Es gibt noch nichts zu prüfen. Bitte zuerst ein System verbinden.',
  },
})

/** What acknowledging an incident of a platform may be refused for. */
export const platformErrors = defineErrors('platform', {
  not_found: {
    status: 404,
    en: 'No status page that you look at tells of this incident.',
    de: 'Von dieser Störung berichtet keine Statusseite, die Sie ansehen.',
  },
  acknowledged: {
    status: 409,
    en: 'Somebody acknowledged this incident before. The first time counts.',
    de: 'Diese Störung wurde schon quittiert. Es zählt das erste Mal.',
  },
  planned: {
    status: 409,
    en: 'This is announced and has not begun. Acknowledge it once it has.',
    de: 'Das ist angekündigt und hat noch nicht begonnen. Bitte erst danach quittieren.',
  },
})

/** What declaring parameters of a check may be refused for. */
export const parameterErrors = defineErrors('parameter', {
  check_not_found: {
    status: 404,
    en: 'There is no check of this name, or none with parameters that can be declared.',
    de: 'Eine Prüfung dieses Namens gibt es nicht, oder keine mit Parametern, die man angeben kann.',
  },
  promised: {
    status: 409,
    en: 'Only the document says this: {names}. Change the sentence that promises it; a page cannot promise less.',
    de: 'Das sagt allein das Dokument: {names}. Bitte die Aussage ändern, die es verspricht; eine Seite kann nicht weniger versprechen.',
  },
  wrong: {
    status: 400,
    en: 'The check does not take this: {names}. Look at the kind and the limits of each value.',
    de: 'Das nimmt die Prüfung nicht an: {names}. Bitte Art und Grenzen der Werte beachten.',
  },
})
