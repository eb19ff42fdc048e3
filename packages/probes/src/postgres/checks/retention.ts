import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { PostgresFacts } from '../facts.ts'

const params = z.object({
  graceHours: field(z.number().min(0).default(26), {
    label: { en: 'Time until the routine comes by', de: 'Zeit, bis die Löschung vorbeikommt' },
    unit: 'hours',
  }),
  longestDays: field(z.number().positive().default(36_500), {
    label: { en: 'Period of the statement', de: 'Frist der Aussage' },
    unit: 'days',
  }),
})

const daySeconds = 86_400

export const pgRetention = {
  id: 'pg.retention',
  version: 1,
  connector: 'postgres',
  also: ['app'],
  title: {
    en: 'Nothing is older than it is promised to be kept',
    de: 'Nichts ist älter, als seine Aufbewahrung zugesagt ist',
  },
  why: {
    en: 'A retention period that nothing enforces is a promise that is broken in silence.',
    de: 'Eine Frist, die nichts durchsetzt, ist ein Versprechen, das unbemerkt gebrochen wird.',
  },
  remedy: {
    en: 'Delete what is too old, let a routine do it every day, and watch that it runs.',
    de: 'Zu Altes löschen, dies täglich von einer Routine erledigen lassen und überwachen, dass sie läuft.',
  },
  severity: 'high',
  serves: [
    { measure: 'retention-deletion', as: 'proves', takes: { retention: 'longestDays' } },
    { measure: 'log-review', as: 'supports', takes: { retention: 'longestDays' } },
    { measure: 'return-deletion-at-end', as: 'supports' },
  ],
  params,
  reads: ['retention'],
  maxAge: 'P2D',
  onEmpty: 'not-applicable',
  refs: ['GDPR Art. 5(1)(e)', 'ISO/IEC 27001:2022 A.8.10'],
  sources: [
    'https://eur-lex.europa.eu/eli/reg/2016/679/oj',
    'https://www.postgresql.org/docs/current/functions-datetime.html',
  ],
  pitfalls: [
    'A role that row security hides rows from would find everything in order: it counts as refused.',
    'A deletion that runs once a day leaves rows for a day after their end: that long is allowed.',
    'Copies (backups, exports, other systems) are not in this table.',
    'Where a statement names a period, tables with a longer one are told and prove nothing for it.',
    'A column that is written anew with each change makes old rows look young: name the one that the period counts from.',
  ],
  messages: {
    kept: { en: '{kind}: nothing is older than {days} days.', de: '{kind}: Nichts ist älter als {days} Tage.' },
    overdue: {
      en: '{kind}: {overdue} are older than {days} days, the oldest by {late} days.',
      de: '{kind}: {overdue} sind älter als {days} Tage, am längsten um {late} Tage.',
    },
    other: {
      en: '{kind} is kept for {days} days, longer than the statement says.',
      de: '{kind} wird {days} Tage aufbewahrt, länger als die Aussage sagt.',
    },
  },
  judge({ retention }, { graceHours, longestDays }) {
    return retention.map(({ kind, keptSeconds, oldestSeconds, overdue }, index) => {
      const because = `retention.${index}`
      const says = { kind, days: inDays(keptSeconds) }
      const lateSeconds = (oldestSeconds ?? 0) - keptSeconds
      if (lateSeconds > graceHours * 3_600)
        return fail(kind, because, 'overdue', { ...says, overdue, late: inDays(lateSeconds) })
      return keptSeconds > longestDays * daySeconds
        ? info(kind, because, 'other', says)
        : pass(kind, because, 'kept', says)
    })
  },
} satisfies Check<PostgresFacts, 'retention', typeof params>

const inDays = (seconds: number) => Math.round(seconds / daySeconds)
