import { defineErrors } from '../kernel/index.ts'

/** What connecting a system may be refused for. */
export const connectionErrors = defineErrors('connection', {
  not_found: { status: 404, en: 'This connection does not exist.', de: 'Diese Verbindung gibt es nicht.' },
  bad_target: { status: 400, en: '{problem}', de: '{problem}' },
  exists: { status: 409, en: 'This target is connected already.', de: 'Dieses Ziel ist schon verbunden.' },
  local_only: {
    status: 403,
    en: 'The machine that art32 runs on, its folders and itself can be looked at only from the tenant of this installation.',
    de: 'Die Maschine, auf der art32 läuft, ihre Ordner und art32 selbst lassen sich nur aus dem Mandanten dieser Installation prüfen.',
  },
})
