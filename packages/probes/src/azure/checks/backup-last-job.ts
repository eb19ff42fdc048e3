import { z } from 'zod'
import { fail, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { AzureFacts } from '../facts.ts'

const params = z.object({
  maxHours: field(z.number().min(1).default(26), {
    label: { en: 'The last copy is at most this old', de: 'Die letzte Sicherung ist höchstens so alt' },
    unit: 'hours',
  }),
})

export const azureBackupLastJob = {
  id: 'azure.backup.last-job',
  version: 1,
  connector: 'azure',
  title: {
    en: 'The last cloud backup is recent and succeeded',
    de: 'Die letzte Cloud-Sicherung ist aktuell und erfolgreich',
  },
  why: {
    en: 'Backups fail in silence, and are found to have failed on the day they are needed.',
    de: 'Sicherungen scheitern still, und auffallen würde es an dem Tag, an dem sie gebraucht werden.',
  },
  remedy: {
    en: 'Read the error of the job in the backup centre, mend its cause and start a backup by hand; let failures raise an alert.',
    de: 'Den Fehler des Auftrags im Backup Center lesen, die Ursache beheben und von Hand sichern; Fehlschläge melden lassen.',
  },
  severity: 'high',
  serves: [
    { measure: 'regular-backup', as: 'proves' },
    { measure: 'backup-monitoring', as: 'supports' },
  ],
  params,
  reads: ['backupJobs'],
  maxAge: 'P2D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.13', 'BSI CON.3'],
  sources: ['https://learn.microsoft.com/azure/backup/query-backups-using-azure-resource-graph'],
  pitfalls: [
    'Resource Graph keeps jobs of the last 14 days. What was under backup once and has only old jobs fails until they are gone.',
    'A job with warnings counts as done, as Azure counts it; a cancelled one counts for nothing.',
    'Weekly policies need a larger number of hours here.',
  ],
  messages: {
    recent: { en: 'Last done on {at}.', de: 'Zuletzt erfolgreich am {at}.' },
    old: {
      en: 'Last done on {at}, more than {most} hours ago.',
      de: 'Zuletzt erfolgreich am {at}, vor mehr als {most} Stunden.',
    },
    failed: {
      en: 'Failed on {at}, after the last one that was done.',
      de: 'Am {at} gescheitert, nach der letzten erfolgreichen.',
    },
    never: { en: 'No backup was done that is known.', de: 'Keine erfolgreiche Sicherung ist bekannt.' },
  },
  judge({ backupJobs }, { maxHours }, now) {
    return backupJobs.map(({ resource, item, lastCompleted, lastFailed }, index) => {
      const subject = `${resource}/${item}`
      const done = `backupJobs.${index}.lastCompleted`
      if (lastCompleted === null) return fail(subject, done, 'never')
      const at = lastCompleted.slice(0, 16)
      const completedMs = Date.parse(lastCompleted)
      if (lastFailed !== null && Date.parse(lastFailed) > completedMs)
        return fail(subject, [done, `backupJobs.${index}.lastFailed`], 'failed', { at: lastFailed.slice(0, 16) })
      const hours = (now.getTime() - completedMs) / 3_600_000
      return hours > maxHours
        ? fail(subject, done, 'old', { at, most: maxHours })
        : pass(subject, done, 'recent', { at })
    })
  },
} satisfies Check<AzureFacts, 'backupJobs', typeof params>
