import { z } from 'zod'
import { fail, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { dayMs } from '../../engine/duration.ts'
import { field } from '../../engine/text.ts'
import type { BackupFacts } from '../facts.ts'

const params = z.object({
  maxDays: field(z.number().positive().default(30), {
    label: { en: 'Oldest check that still counts', de: 'Älteste noch gültige Prüfung' },
    unit: 'days',
  }),
})

export const backupIntegrity = {
  id: 'backup.integrity',
  version: 1,
  connector: 'backup',
  title: { en: 'The repository of backups verifies', de: 'Der Sicherungsspeicher besteht die Prüfung' },
  why: {
    en: 'Damage to a repository stays unnoticed until somebody reads it: on the worst day.',
    de: 'Schäden am Sicherungsspeicher bleiben unbemerkt, bis jemand ihn liest: am schlimmsten Tag.',
  },
  remedy: {
    en: 'Let restic check --read-data-subset, borg check --verify-data or pgbackrest verify run by itself, and write its status to the log of runs.',
    de: 'restic check --read-data-subset, borg check --verify-data oder pgbackrest verify automatisch laufen lassen und den Status ins Protokoll der Läufe schreiben.',
  },
  severity: 'high',
  serves: [{ measure: 'restore-test', as: 'supports' }],
  params,
  reads: ['verified'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.13', 'BSI CON.3', 'GDPR Art. 32(1)(d)'],
  sources: [
    'https://restic.readthedocs.io/en/stable/045_working_with_repos.html#checking-integrity-and-consistency',
    'https://borgbackup.readthedocs.io/en/stable/usage/check.html',
    'https://pgbackrest.org/command.html#command-verify',
  ],
  pitfalls: [
    'The check runs where the repository is maintained, since it reads all data and may take hours; its status is read from the log of runs.',
    'A repository that verifies need not be restorable: pgbackrest verify has passed on one that was not. Only a restore proves a restore.',
    'Whether the check read all data or a part is not told; a part that changes with each run covers everything in time.',
  ],
  messages: {
    verified: { en: 'Verified on {at}.', de: 'Geprüft am {at}.' },
    damaged: {
      en: 'The check of {at} found faults (status {exit}).',
      de: 'Die Prüfung vom {at} fand Fehler (Status {exit}).',
    },
    old: {
      en: 'Last verified on {at}; at most {limit} days ago are allowed.',
      de: 'Zuletzt am {at} geprüft; höchstens {limit} Tage sind erlaubt.',
    },
  },
  judge({ verified }, { maxDays }, now) {
    const last = verified.map((one, index) => ({ ...one, index })).toSorted((a, b) => (a.at < b.at ? 1 : -1))[0]
    if (last === undefined) return []
    const says = { at: last.at.slice(0, 10), exit: last.exit, limit: maxDays }
    if (last.exit !== 0) return [fail('repository', `verified.${last.index}.exit`, 'damaged', says)]
    const isOld = now.getTime() - Date.parse(last.at) > maxDays * dayMs
    return [(isOld ? fail : pass)('repository', `verified.${last.index}.at`, isOld ? 'old' : 'verified', says)]
  },
} satisfies Check<BackupFacts, 'verified', typeof params>
