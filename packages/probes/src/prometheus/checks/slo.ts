import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { PrometheusFacts } from '../facts.ts'

const params = z.object({
  minPercent: field(z.number().min(0).max(100).default(99), {
    label: { en: 'Promised availability', de: 'Zugesagte Verfügbarkeit' },
    unit: 'percent',
  }),
})

/** How much of the window must be covered before an average over it may be called one. */
const enough = 0.9

export const apmSlo = {
  id: 'apm.slo',
  version: 1,
  connector: 'prometheus',
  title: { en: 'Measured availability meets the promise', de: 'Die gemessene Verfügbarkeit hält die Zusage' },
  why: {
    en: 'A number that is promised and not measured is a wish.',
    de: 'Eine Zahl, die zugesagt und nicht gemessen wird, ist ein Wunsch.',
  },
  remedy: {
    en: 'Look at the outages of the service; keep samples for at least the time over which is measured.',
    de: 'Ausfälle des Dienstes untersuchen; Messwerte mindestens für den Zeitraum der Messung aufbewahren.',
  },
  severity: 'medium',
  serves: [
    { measure: 'redundancy', as: 'supports' },
    { measure: 'application-performance-monitoring', as: 'supports' },
  ],
  params,
  reads: ['availability'],
  maxAge: 'P2D',
  onEmpty: 'fail',
  refs: ['GDPR Art. 32(1)(b)', 'ISO/IEC 27001:2022 A.8.14'],
  sources: [
    'https://prometheus.io/docs/prometheus/latest/querying/functions/',
    'https://github.com/prometheus/blackbox_exporter',
    'https://prometheus.io/docs/prometheus/latest/storage/',
  ],
  pitfalls: [
    'Prometheus keeps samples for 15 days unless told otherwise: an average over 30 days is then one over 15. The age of the first sample is read, and with too little of the window there is no pass.',
    'While the prober is down there are no samples, and such a gap does not lower the average.',
    'A probe from the own network does not see what users see.',
  ],
  messages: {
    kept: {
      en: '{name}: {percent} % over {days} days; {min} % are promised.',
      de: '{name}: {percent} % über {days} Tage; zugesagt sind {min} %.',
    },
    missed: {
      en: '{name}: only {percent} % over {days} days; {min} % are promised.',
      de: '{name}: nur {percent} % über {days} Tage; zugesagt sind {min} %.',
    },
    young: {
      en: '{name}: {percent} %, but samples go back {covered} of {days} days only.',
      de: '{name}: {percent} %, doch die Messwerte reichen nur {covered} von {days} Tagen zurück.',
    },
  },
  judge({ availability: { windowDays, services } }, { minPercent }) {
    return services.map(({ name, average, coveredDays }, index) => {
      const because = `availability.services.${index}`
      // Cut, not rounded: 99.9999 is not 100.
      const percent = Math.floor(average * 1_000_000) / 10_000
      const says = { name, percent, days: windowDays, min: minPercent, covered: coveredDays }
      if (average * 100 < minPercent) return fail(name, because, 'missed', says)
      return coveredDays < windowDays * enough ? info(name, because, 'young', says) : pass(name, because, 'kept', says)
    })
  },
} satisfies Check<PrometheusFacts, 'availability', typeof params>
