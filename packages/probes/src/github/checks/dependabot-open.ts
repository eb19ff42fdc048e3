import { z } from 'zod'
import { fail, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { daysUntil } from '../../engine/duration.ts'
import { field } from '../../engine/text.ts'
import type { GithubFacts } from '../facts.ts'

const params = z.object({
  criticalDays: field(z.int().min(0).default(7), {
    label: { en: 'Time to close critical alerts', de: 'Frist für kritische Meldungen' },
    unit: 'days',
  }),
  highDays: field(z.int().min(0).default(30), {
    label: { en: 'Time to close high alerts', de: 'Frist für hohe Meldungen' },
    unit: 'days',
  }),
})

export const ghDependabotOpen = {
  id: 'gh.dependabot-open',
  version: 1,
  connector: 'github',
  title: {
    en: 'Dependency alerts are closed in time',
    de: 'Meldungen zu Abhängigkeiten werden fristgerecht geschlossen',
  },
  why: {
    en: 'A known weakness of a library is tried by everybody as soon as it is known.',
    de: 'Eine bekannte Schwachstelle einer Bibliothek probieren alle aus, sobald sie bekannt ist.',
  },
  remedy: {
    en: 'Update the dependency, or dismiss the alert with a reason. Where alerts are off, switch them on.',
    de: 'Aktualisieren Sie die Abhängigkeit oder schließen Sie die Meldung mit Begründung. Wo Meldungen aus sind, schalten Sie sie ein.',
  },
  severity: 'high',
  serves: [{ measure: 'dependency-scanning', as: 'proves' }],
  params,
  reads: ['dependencies'],
  maxAge: 'P2D',
  onEmpty: 'not-applicable',
  refs: ['CIS GitHub Benchmark 1.5.5', 'ISO/IEC 27001:2022 A.8.8', 'BSI IT-Grundschutz OPS.1.1.3'],
  sources: ['https://docs.github.com/en/rest/dependabot/alerts'],
  pitfalls: [
    'GitHub answers 403 both where alerts are off and where the token may not read them. The words tell them apart: off fails, not allowed is not evaluated.',
    'An archived repository is no longer watched; its alerts count as off.',
    'Only what GitHub knows from manifests and lockfiles is watched. A language that it does not know has no alerts.',
    'A dismissed alert is not open. Whether the reason was good is not judged.',
  ],
  messages: {
    off: { en: 'Dependabot alerts are off.', de: 'Dependabot-Meldungen sind aus.' },
    inTime: {
      en: '{count} severe alerts are open, none too long.',
      de: '{count} schwere Meldungen sind offen, keine zu lange.',
    },
    late: {
      en: 'Alert {number} ({severity}) has been open for {days} days; {most} are allowed.',
      de: 'Meldung {number} ({severity}) ist seit {days} Tagen offen; erlaubt sind {most}.',
    },
  },
  judge({ dependencies }, { criticalDays, highDays }, now) {
    return dependencies.flatMap(({ repository, on, alerts }, index) => {
      if (!on) return [fail(repository, `dependencies.${index}.on`, 'off')]
      const late = alerts.flatMap(({ number, severity, since }, at) => {
        const days = Math.max(0, -daysUntil(since, now) - 1)
        const most = severity === 'critical' ? criticalDays : highDays
        const says = { number, severity, days, most }
        return days > most
          ? [fail(`${repository} alert ${number}`, `dependencies.${index}.alerts.${at}.since`, 'late', says)]
          : []
      })
      return late.length > 0
        ? late
        : [pass(repository, `dependencies.${index}.alerts`, 'inTime', { count: alerts.length })]
    })
  },
} satisfies Check<GithubFacts, 'dependencies', typeof params>
