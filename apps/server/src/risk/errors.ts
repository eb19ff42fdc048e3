import { defineErrors } from '../kernel/index.ts'

/** What dealing with risks may be refused for. */
export const riskErrors = defineErrors('risk', {
  not_found: { status: 404, en: 'This risk does not exist.', de: 'Dieses Risiko gibt es nicht.' },
  stale: {
    status: 409,
    en: 'Somebody else assessed this risk in the meantime. Load it again, then repeat your change.',
    de: 'Dieses Risiko wurde inzwischen neu bewertet. Laden Sie es neu und wiederholen Sie Ihre Änderung.',
  },
  retired: {
    status: 409,
    en: 'This risk was closed. Note a new one instead.',
    de: 'Dieses Risiko ist abgeschlossen. Halten Sie stattdessen ein neues fest.',
  },
  rises: {
    status: 400,
    en: 'After the measures a risk cannot be higher than before. Lower the estimate after, or raise the one before.',
    de: 'Nach den Maßnahmen kann ein Risiko nicht höher sein als davor. Senken Sie die Schätzung danach oder heben Sie die davor.',
  },
  no_measure: {
    status: 400,
    en: 'A risk falls by measures only. Name the measures of the catalogue that make the difference.',
    de: 'Ein Risiko sinkt nur durch Maßnahmen. Nennen Sie die Maßnahmen des Katalogs, die den Unterschied machen.',
  },
  no_such_measure: {
    status: 400,
    en: 'The catalogue has no measure {measure}.',
    de: 'Der Katalog hat keine Maßnahme {measure}.',
  },
  accepted: {
    status: 409,
    en: 'This assessment is accepted already. Assess the risk anew first.',
    de: 'Diese Bewertung ist schon angenommen. Bewerten Sie das Risiko zuerst neu.',
  },
  bad_review: {
    status: 400,
    en: 'The next look is due between tomorrow and {latest}. Choose a day in between.',
    de: 'Die nächste Überprüfung liegt zwischen morgen und dem {latest}. Wählen Sie einen Tag dazwischen.',
  },
})
