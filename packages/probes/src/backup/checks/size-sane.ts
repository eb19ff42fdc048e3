import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { BackupFacts } from '../facts.ts'

const params = z.object({
  bandPercent: field(z.number().positive().default(50), {
    label: {
      en: 'Allowed difference from the median of earlier ones',
      de: 'Erlaubte Abweichung vom Median der früheren',
    },
    unit: 'percent',
  }),
  constantRuns: field(z.int().min(2).default(7), {
    label: {
      en: 'Equal sizes in a row that are worth a notice',
      de: 'Gleiche Größen in Folge, die einen Hinweis wert sind',
    },
  }),
})

/** Below that many earlier ones a median says nothing. */
const fewest = 3

export const backupSizeSane = {
  id: 'backup.size-sane',
  version: 1,
  connector: 'backup',
  title: { en: 'Backups have a plausible size', de: 'Sicherungen haben eine plausible Größe' },
  why: {
    en: 'A job that fails early can still report success and leave an empty or tiny backup, night after night.',
    de: 'Ein früh gescheiterter Lauf kann Erfolg melden und Nacht für Nacht eine leere oder winzige Sicherung hinterlassen.',
  },
  remedy: {
    en: 'Look into the newest backup, compare it with the source, and let the job stop at the first error (for example set -o pipefail).',
    de: 'In die neueste Sicherung hineinsehen, sie mit der Quelle vergleichen und den Lauf beim ersten Fehler abbrechen lassen (etwa set -o pipefail).',
  },
  severity: 'high',
  serves: [
    { measure: 'regular-backup', as: 'supports' },
    { measure: 'backup-monitoring', as: 'supports' },
  ],
  params,
  reads: ['sizes'],
  maxAge: 'P1D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.13', 'BSI CON.3'],
  sources: [
    'https://restic.readthedocs.io/en/stable/075_scripting.html',
    'https://www.postgresql.org/docs/current/app-pgdump.html',
  ],
  pitfalls: [
    'Judged is the size of what was backed up, not the growth of the repository: deduplication would make every backup look tiny.',
    'A pg_dump that failed has been recorded as a successful backup of zero bytes, and retention then deleted the good one: zero always fails.',
    'Equal sizes over many runs are told, not failed: only the source knows whether it should have grown.',
    'restic keeps sizes since 0.17; before, the log of runs has to carry them.',
  ],
  messages: {
    sane: { en: '{bytes} bytes, {percent} % from the median.', de: '{bytes} Byte, {percent} % vom Median entfernt.' },
    first: {
      en: '{bytes} bytes; too few earlier backups to compare.',
      de: '{bytes} Byte; zu wenige frühere Sicherungen zum Vergleich.',
    },
    empty: { en: 'The newest backup is empty.', de: 'Die neueste Sicherung ist leer.' },
    odd: {
      en: '{bytes} bytes are {percent} % away from the median of {median}.',
      de: '{bytes} Byte liegen {percent} % neben dem Median von {median}.',
    },
    constant: {
      en: 'The last {runs} backups have exactly the same size ({bytes} bytes).',
      de: 'Die letzten {runs} Sicherungen sind exakt gleich groß ({bytes} Byte).',
    },
  },
  judge({ sizes }, { bandPercent, constantRuns }) {
    return sizes.map(({ source, tenant, bytes: all }, index) => {
      const subject = tenant === null ? source : `${source} tenant:${tenant}`
      const because = `sizes.${index}.bytes`
      const [bytes = 0, ...earlier] = all
      if (bytes === 0) return fail(subject, because, 'empty')
      if (earlier.length < fewest) return info(subject, because, 'first', { bytes })
      const median = medianOf(earlier)
      const percent = median === 0 ? 100 : Math.round((Math.abs(bytes - median) / median) * 100)
      if (percent > bandPercent) return fail(subject, because, 'odd', { bytes, percent, median })
      const runs = all.findIndex((size) => size !== bytes)
      const equal = runs < 0 ? all.length : runs
      return equal >= constantRuns
        ? info(subject, because, 'constant', { runs: equal, bytes })
        : pass(subject, because, 'sane', { bytes, percent })
    })
  },
} satisfies Check<BackupFacts, 'sizes', typeof params>

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2
}
