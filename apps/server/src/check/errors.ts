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
  export_of_one_time: {
    status: 400,
    en: 'SARIF and JUnit tell how it stands at one time. For a period choose CSV, OSCAL or OCSF, or leave the days out.',
    de: 'SARIF und JUnit sagen, wie es zu einer Zeit steht. Bitte für einen Zeitraum CSV, OSCAL oder OCSF wählen oder die Tage weglassen.',
  },
  export_too_large: {
    status: 409,
    en: 'This is more than one file holds: 100,000 outcomes, 200,000 of single subjects. Choose a shorter period, one system or one environment.',
    de: 'Das ist mehr, als eine Datei fasst: 100.000 Ergebnisse, 200.000 zu Einzelnem. Bitte einen kürzeren Zeitraum, ein System oder eine Umgebung wählen.',
  },
  export_no_room: {
    status: 503,
    family: 'refusal',
    en: 'The server has no memory for a file of this size at present. Choose a shorter period, one system or one environment, or try again later.',
    de: 'Dem Server fehlt zurzeit der Speicher für eine Datei dieser Größe. Bitte einen kürzeren Zeitraum, ein System oder eine Umgebung wählen oder es später erneut versuchen.',
  },
  run_over: {
    status: 409,
    en: 'This run is over already.',
    de: 'Dieser Lauf ist schon zu Ende.',
  },
  run_not_ended: {
    status: 409,
    en: 'Only a run that was cancelled or interrupted can go on.',
    de: 'Fortsetzen lässt sich nur ein abgebrochener oder unterbrochener Lauf.',
  },
  nothing_left: {
    status: 409,
    en: 'This run has looked at everything that is still connected.',
    de: 'Dieser Lauf hat alles angesehen, was noch verbunden ist.',
  },
  change_not_found: { status: 404, en: 'This change does not exist.', de: 'Diese Änderung gibt es nicht.' },
  change_settled: {
    status: 409,
    en: 'This change was settled meanwhile. Please look again.',
    de: 'Diese Änderung ist inzwischen erledigt. Bitte noch einmal ansehen.',
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
