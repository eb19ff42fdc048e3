import { z } from 'zod'
import { fail, pass } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { PrometheusFacts, Service } from '../facts.ts'

const params = z.object({
  services: field(z.array(z.string().min(1)).default([]), {
    label: { en: 'Services that must be watched', de: 'Dienste, die überwacht sein müssen' },
    help: { en: 'By the names of their jobs', de: 'Nach den Namen ihrer Jobs' },
  }),
  maxMinutes: field(z.number().positive().default(5), {
    label: { en: 'Longest silence', de: 'Längste Funkstille' },
    unit: 'minutes',
  }),
})

export const apmAlive = {
  id: 'apm.alive',
  version: 1,
  connector: 'prometheus',
  title: {
    en: 'Every service that is declared is watched and answers',
    de: 'Jeder vorgesehene Dienst wird überwacht und antwortet',
  },
  why: {
    en: 'A service that is not watched fails in silence.',
    de: 'Ein Dienst, der nicht überwacht wird, fällt lautlos aus.',
  },
  remedy: {
    en: 'Look why the target does not answer; add a job for each service that is missing.',
    de: 'Prüfen, warum das Ziel nicht antwortet; für jeden fehlenden Dienst einen Job anlegen.',
  },
  severity: 'high',
  serves: [
    { measure: 'system-monitoring', as: 'proves' },
    { measure: 'application-performance-monitoring', as: 'proves' },
  ],
  params,
  reads: ['services'],
  maxAge: 'P2D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.16', 'BSI OPS.1.1.1'],
  sources: ['https://prometheus.io/docs/prometheus/latest/querying/api/'],
  pitfalls: [
    'A target that was removed from the configuration is not down, it is gone: name the services that must be there.',
    'A target that was never scraped has a time in the year 1; it counts as silent.',
    'The silence is counted at the time of the look, so that stored facts can be judged again.',
    'Services that push (remote write, OpenTelemetry) are no targets of Prometheus and are not seen.',
  ],
  messages: {
    up: { en: '{job}: {targets} of {targets} targets answer.', de: '{job}: {targets} von {targets} Zielen antworten.' },
    down: {
      en: '{job}: only {up} of {targets} targets answer.',
      de: '{job}: nur {up} von {targets} Zielen antworten.',
    },
    silent: {
      en: '{job}: a target has been silent for {minutes} minutes.',
      de: '{job}: ein Ziel schweigt seit {minutes} Minuten.',
    },
    never: { en: '{job}: a target has never answered.', de: '{job}: ein Ziel hat nie geantwortet.' },
    missing: { en: '{job} is not watched.', de: '{job} wird nicht überwacht.' },
  },
  judge({ services }, { services: declared, maxMinutes }) {
    const missing = [...new Set(declared)].filter((name) => !services.some(({ job }) => job === name))
    return [
      ...services.map((service, index) => judgeJob(service, `services.${index}`, maxMinutes)),
      ...missing.map((job) => fail(job, 'services', 'missing', { job })),
    ]
  },
} satisfies Check<PrometheusFacts, 'services', typeof params>

function judgeJob({ job, targets, up, silentSeconds }: Service, because: string, maxMinutes: number): Verdict {
  if (up < targets) return fail(job, because, 'down', { job, up, targets })
  if (silentSeconds === null) return fail(job, because, 'never', { job })
  return silentSeconds > maxMinutes * 60
    ? fail(job, because, 'silent', { job, minutes: Math.floor(silentSeconds / 60) })
    : pass(job, because, 'up', { job, targets })
}
