import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { S3Facts } from '../facts.ts'

const params = z.object({
  minDays: field(z.int().min(1).default(14), {
    label: { en: 'Locked for at least', de: 'Gesperrt für mindestens' },
    unit: 'days',
  }),
  lockedByProgram: field(z.boolean().default(false), {
    label: {
      en: 'The program that makes the backups locks each object itself',
      de: 'Das Sicherungsprogramm sperrt jedes Objekt selbst',
    },
  }),
})

export const s3Immutable = {
  id: 'bucket.immutable',
  version: 1,
  connector: 's3',
  title: {
    en: 'Copies in the storage cannot be overwritten or deleted',
    de: 'Kopien im Speicher lassen sich weder überschreiben noch löschen',
  },
  why: {
    en: 'Who extorts deletes the backups first, with the very credentials that write them.',
    de: 'Wer erpresst, löscht zuerst die Sicherungen, und zwar mit den Zugangsdaten, die sie schreiben.',
  },
  remedy: {
    en: 'Make a bucket with object lock and a default retention in compliance mode, and let backups go there.',
    de: 'Einen Bucket mit Object Lock und einer Standardaufbewahrung im Compliance-Modus anlegen und dorthin sichern.',
  },
  severity: 'high',
  serves: [{ measure: 'backup-offsite', as: 'supports' }],
  params,
  reads: ['objectLock', 'versioning'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.13', 'BSI CON.3'],
  sources: ['https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html'],
  pitfalls: [
    'Versioning alone is no lock: whoever may delete versions deletes the copies.',
    'In governance mode a special right goes around the lock. It counts, and is told.',
    'A program may lock each object by itself without a rule of the bucket. That is not seen here and has to be declared.',
    'The rule holds for objects that come after it; older ones may lie without a lock.',
  ],
  messages: {
    locked: { en: 'New copies are locked for {days} days.', de: 'Neue Kopien sind {days} Tage gesperrt.' },
    short: {
      en: 'New copies are locked for {days} days only, {minDays} are intended.',
      de: 'Neue Kopien sind nur {days} Tage gesperrt, vorgesehen sind {minDays}.',
    },
    governance: {
      en: 'A special right goes around the lock (governance mode).',
      de: 'Ein besonderes Recht umgeht die Sperre (Governance-Modus).',
    },
    noRule: {
      en: 'Object lock is on, but no rule locks new copies.',
      de: 'Object Lock ist an, aber keine Regel sperrt neue Kopien.',
    },
    byProgram: {
      en: 'Object lock is on; the program locks each copy, as declared.',
      de: 'Object Lock ist an; das Programm sperrt jede Kopie, so die Angabe.',
    },
    versionsOnly: {
      en: 'Old versions are kept, but whoever may delete can delete them.',
      de: 'Alte Versionen bleiben erhalten, doch wer löschen darf, kann sie löschen.',
    },
    open: {
      en: 'Copies can be overwritten and deleted at once.',
      de: 'Kopien lassen sich sofort überschreiben und löschen.',
    },
  },
  judge({ objectLock: { enabled, mode, days }, versioning: { state } }, { minDays, lockedByProgram }) {
    if (!enabled)
      return [fail('lock', ['objectLock.enabled', 'versioning.state'], state === 'enabled' ? 'versionsOnly' : 'open')]
    if (days === null || mode === null)
      return [
        lockedByProgram ? info('lock', 'objectLock.days', 'byProgram') : fail('lock', 'objectLock.days', 'noRule'),
      ]
    const isLong = days >= minDays
    return [
      (isLong ? pass : fail)('lock', 'objectLock.days', isLong ? 'locked' : 'short', { days, minDays }),
      ...(mode === 'governance' ? [info('mode', 'objectLock.mode', 'governance')] : []),
    ]
  },
} satisfies Check<S3Facts, 'objectLock' | 'versioning', typeof params>
