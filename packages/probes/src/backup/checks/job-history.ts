import { z } from 'zod'
import { fail, pass } from '../../engine/check.ts'
import type { Check, Verdict } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { BackupFacts } from '../facts.ts'

const params = z.object({
  days: field(z.number().positive().default(14), {
    label: { en: 'Days looked back', de: 'Tage im Rückblick' },
    unit: 'days',
  }),
  maxGapHours: field(z.number().positive().default(26), {
    label: { en: 'Longest time without a run', de: 'Längste Zeit ohne Lauf' },
    unit: 'hours',
  }),
})

const hourMs = 3_600_000

export const backupJobHistory = {
  id: 'backup.job-history',
  version: 1,
  connector: 'backup',
  title: { en: 'Backup runs show no gap and no failure', de: 'Sicherungsläufe zeigen weder Lücke noch Fehler' },
  why: {
    en: 'A job that fails or stays away now and then fails on the day on which it is needed.',
    de: 'Ein Lauf, der hin und wieder scheitert oder ausbleibt, fehlt an dem Tag, an dem er gebraucht wird.',
  },
  remedy: {
    en: 'Read the log of the run that failed, mend it, and let a failed or missing run raise an alarm.',
    de: 'Protokoll des gescheiterten Laufs lesen, Ursache beheben und bei gescheiterten oder ausgebliebenen Läufen alarmieren lassen.',
  },
  severity: 'high',
  serves: [{ measure: 'backup-monitoring', as: 'proves' }],
  params,
  reads: ['jobs', 'declared'],
  maxAge: 'P1D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.13', 'ISO/IEC 27001:2022 A.8.16', 'BSI CON.3'],
  sources: [
    'https://restic.readthedocs.io/en/stable/075_scripting.html#exit-codes',
    'https://borgbackup.readthedocs.io/en/stable/usage/general.html#return-codes',
  ],
  pitfalls: [
    'A repository does not remember failed runs, and restic leaves a snapshot even when files could not be read (status 3): how a run ended is read from the log that the job writes.',
    'The first run in the log opens the look back: what came before it is no gap.',
    'That a failure also reaches a person cannot be seen here.',
    'Borg ends with 1 for a warning; that counts as a failure, since files may be missing.',
  ],
  messages: {
    steady: {
      en: '{runs} runs in {days} days, none failed, no gap.',
      de: '{runs} Läufe in {days} Tagen, keiner gescheitert, keine Lücke.',
    },
    failed: {
      en: '{failed} of {runs} runs failed, last on {at}.',
      de: '{failed} von {runs} Läufen gescheitert, zuletzt am {at}.',
    },
    gap: { en: '{hours} hours without a run after {at}.', de: '{hours} Stunden ohne Lauf nach {at}.' },
    silent: { en: 'No run is recorded.', de: 'Kein Lauf ist verzeichnet.' },
  },
  judge({ jobs, declared }, { days, maxGapHours }, now) {
    const since = now.getTime() - days * 24 * hourMs
    const known = new Set(jobs.map(({ source }) => source))
    const missing = declared.sources.flatMap((source, index) =>
      known.has(source) ? [] : [fail(source, `declared.sources.${index}`, 'silent')],
    )
    return [...missing, ...jobs.map(judgeSeries)]

    function judgeSeries({ source, tenant, runs: all }: BackupFacts['jobs'][number], index: number): Verdict {
      const subject = tenant === null ? source : `${source} tenant:${tenant}`
      const because = `jobs.${index}.runs`
      const runs = all.toSorted((a, b) => (a.at < b.at ? -1 : 1))
      const within = runs.filter(({ at }) => Date.parse(at) >= since)
      const failed = within.filter(({ exit }) => exit !== 0)
      const last = failed.at(-1)
      if (last !== undefined)
        return fail(subject, because, 'failed', {
          failed: failed.length,
          runs: within.length,
          at: last.at.slice(0, 10),
        })
      // The run before the look back belongs to it, since the gap after it may reach into it.
      const from = Math.max(0, runs.length - within.length - 1)
      const ends = [...runs.slice(from).map(({ at }) => at), now.toISOString()]
      for (const [at, start] of ends.slice(0, -1).entries()) {
        const hours = (Date.parse(ends[at + 1] ?? start) - Math.max(Date.parse(start), since)) / hourMs
        if (hours > maxGapHours)
          return fail(subject, because, 'gap', { hours: Math.floor(hours), at: start.slice(0, 10) })
      }
      return pass(subject, because, 'steady', { runs: within.length, days })
    }
  },
} satisfies Check<BackupFacts, 'jobs' | 'declared', typeof params>
