import { z } from 'zod'
import { fail, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { BlobFacts } from '../facts.ts'

const params = z.object({
  minDays: field(z.int().min(1).default(7), {
    label: { en: 'Deleted copies are kept for at least', de: 'Gelöschte Kopien bleiben mindestens' },
    unit: 'days',
  }),
})

export const blobRecoverable = {
  id: 'blob.recoverable',
  version: 1,
  connector: 'blob',
  title: {
    en: 'Deleted and overwritten copies can be brought back',
    de: 'Gelöschte und überschriebene Kopien lassen sich zurückholen',
  },
  why: {
    en: 'A script that cleans up too much is noticed days later, when nothing is left to restore from.',
    de: 'Ein Skript, das zu viel aufräumt, fällt erst Tage später auf, wenn nichts mehr zum Wiederherstellen da ist.',
  },
  remedy: {
    en: 'Switch on soft delete for blobs and for containers in the data protection of the storage account.',
    de: 'Im Datenschutz des Speicherkontos das vorläufige Löschen für Blobs und für Container einschalten.',
  },
  severity: 'medium',
  serves: [{ measure: 'backup-offsite', as: 'supports' }],
  params,
  reads: ['recovery'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.13', 'CIS Microsoft Azure Foundations Benchmark 9.2.1', 'BSI CON.3'],
  sources: [
    'https://learn.microsoft.com/en-us/azure/storage/blobs/soft-delete-blob-overview',
    'https://learn.microsoft.com/en-us/azure/storage/blobs/soft-delete-container-overview',
  ],
  pitfalls: [
    'Soft delete also keeps what was overwritten, so versioning is not asked for; where it is on, old versions bring a blob back without soft delete.',
    'Whoever may change the account can switch both off and wait: only a locked policy holds against that; see blob.immutable.',
    'The period of copies that were deleted is the one at the time of the deletion.',
  ],
  messages: {
    blobs: {
      en: 'Deleted copies are kept for {days} days.',
      de: 'Gelöschte Kopien bleiben {days} Tage erhalten.',
    },
    versions: { en: 'Old versions of copies are kept.', de: 'Alte Versionen von Kopien bleiben erhalten.' },
    shortBlobs: {
      en: 'Deleted copies are kept for {days} days only, {minDays} are intended.',
      de: 'Gelöschte Kopien bleiben nur {days} Tage erhalten, vorgesehen sind {minDays}.',
    },
    noBlobs: {
      en: 'What is deleted or overwritten is gone at once.',
      de: 'Was gelöscht oder überschrieben wird, ist sofort weg.',
    },
    container: {
      en: 'A deleted container is kept for {days} days.',
      de: 'Ein gelöschter Container bleibt {days} Tage erhalten.',
    },
    shortContainer: {
      en: 'A deleted container is kept for {days} days only, {minDays} are intended.',
      de: 'Ein gelöschter Container bleibt nur {days} Tage erhalten, vorgesehen sind {minDays}.',
    },
    noContainer: {
      en: 'With the container, all copies are gone at once.',
      de: 'Mit dem Container sind alle Kopien sofort weg.',
    },
  },
  judge({ recovery: { versioning, blobDays, containerDays } }, { minDays }) {
    const byDays = (subject: string, field: 'blobDays' | 'containerDays', days: number | null, keys: Keys) => {
      const because = `recovery.${field}`
      if (days === null) return fail(subject, because, keys.none)
      const isLong = days >= minDays
      return (isLong ? pass : fail)(subject, because, isLong ? keys.kept : keys.short, { days, minDays })
    }
    return [
      versioning
        ? pass('blobs', 'recovery.versioning', 'versions')
        : byDays('blobs', 'blobDays', blobDays, { kept: 'blobs', short: 'shortBlobs', none: 'noBlobs' }),
      byDays('container', 'containerDays', containerDays, {
        kept: 'container',
        short: 'shortContainer',
        none: 'noContainer',
      }),
    ]
  },
} satisfies Check<BlobFacts, 'recovery', typeof params>

type Keys = Readonly<Record<'kept' | 'short' | 'none', string>>
