import { defineErrors } from '../kernel/index.ts'

/** What connecting a system may be refused for. */
export const connectionErrors = defineErrors('connection', {
  not_found: { status: 404, en: 'This connection does not exist.', de: 'Diese Verbindung gibt es nicht.' },
  bad_target: { status: 400, en: '{problem}', de: '{problem}' },
  bad_settings: {
    status: 400,
    en: 'Missing, not understood or not known: {names}.',
    de: 'Fehlt, wird nicht verstanden oder ist nicht bekannt: {names}.',
  },
  other_target: {
    status: 409,
    en: 'These settings lead to another system. Connect that one by itself.',
    de: 'Diese Einstellungen führen zu einem anderen System. Bitte dieses für sich verbinden.',
  },
  exists: { status: 409, en: 'This target is connected already.', de: 'Dieses Ziel ist schon verbunden.' },
  other_environment: {
    status: 409,
    en: 'This target is connected in the environment {environment} already. One target belongs to one environment: move its system there, with a reason.',
    de: 'Dieses Ziel ist schon in der Umgebung {environment} verbunden. Ein Ziel gehört zu einer Umgebung: Bitte dort das System mit Begründung verschieben.',
  },
  shared_secret: {
    status: 409,
    en: 'The same password is used in the environment {environment}. Give each environment a password of its own.',
    de: 'Dasselbe Passwort wird in der Umgebung {environment} benutzt. Bitte jeder Umgebung ein eigenes geben.',
  },
  sends: {
    status: 409,
    en: 'This computer sends its facts itself. Run the collector on it.',
    de: 'Dieser Rechner sendet seine Beobachtungen selbst. Bitte dort den Sammler ausführen.',
  },
  enter_again: {
    status: 409,
    en: 'This connection came from another installation without its settings. Connect the same target once more, with its password.',
    de: 'Diese Verbindung kam ohne ihre Einstellungen aus einer anderen Installation. Bitte dasselbe Ziel mit Passwort noch einmal verbinden.',
  },
  local_only: {
    status: 403,
    en: 'The machine that art32 runs on, its folders and itself can be looked at only from the tenant of this installation.',
    de: 'Die Maschine, auf der art32 läuft, ihre Ordner und art32 selbst lassen sich nur aus dem Mandanten dieser Installation prüfen.',
  },
})
