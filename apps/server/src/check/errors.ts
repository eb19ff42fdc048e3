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
