import { z } from 'zod'
import { fail, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { BackupFacts } from '../facts.ts'

const params = z.object({
  maxHours: field(z.number().positive().default(26), {
    label: { en: 'Oldest backup that is still fresh', de: 'Älteste noch frische Sicherung' },
    unit: 'hours',
  }),
})

export const backupConfig = {
  id: 'backup.config',
  version: 1,
  connector: 'backup',
  title: { en: 'Configuration is in a fresh backup', de: 'Die Konfiguration liegt in einer frischen Sicherung' },
  why: {
    en: 'Data without pipelines, definitions of environments and settings bring no service back.',
    de: 'Daten ohne Pipelines, Umgebungsdefinitionen und Einstellungen bringen keinen Dienst zurück.',
  },
  remedy: {
    en: 'Add the files and folders with configuration to what is backed up, or correct the list in the settings.',
    de: 'Dateien und Ordner mit Konfiguration in die Sicherung aufnehmen oder die Liste in den Einstellungen berichtigen.',
  },
  severity: 'medium',
  serves: [{ measure: 'source-config-backup', as: 'proves' }],
  params,
  reads: ['configuration'],
  maxAge: 'P1D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.9', 'ISO/IEC 27001:2022 A.8.13', 'BSI CON.3'],
  sources: [
    'https://restic.readthedocs.io/en/stable/manual_rest.html',
    'https://borgbackup.readthedocs.io/en/stable/usage/list.html',
  ],
  pitfalls: [
    'It is looked for the files inside the newest backup, not for the list of what should have been backed up: an excluded file is missing.',
    'Only what is declared is looked for.',
    'That a folder is there says nothing about what is in it.',
  ],
  messages: {
    kept: { en: 'In the backup of {at}.', de: 'In der Sicherung vom {at}.' },
    old: {
      en: 'Last in the backup of {at}, more than {limit} hours ago.',
      de: 'Zuletzt in der Sicherung vom {at}, mehr als {limit} Stunden her.',
    },
    missing: { en: 'In no newest backup.', de: 'In keiner neuesten Sicherung.' },
  },
  judge({ configuration }, { maxHours }, now) {
    return configuration.map(({ path, newest }, index) => {
      const because = `configuration.${index}.newest`
      if (newest === null) return fail(path, because, 'missing')
      const isOld = now.getTime() - Date.parse(newest) > maxHours * 3_600_000
      return (isOld ? fail : pass)(path, because, isOld ? 'old' : 'kept', { at: newest, limit: maxHours })
    })
  },
} satisfies Check<BackupFacts, 'configuration', typeof params>
