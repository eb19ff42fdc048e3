import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { field } from '../../engine/text.ts'
import type { BlobFacts } from '../facts.ts'

const params = z.object({
  minDays: field(z.int().min(1).default(14), {
    label: { en: 'Locked for at least', de: 'Gesperrt für mindestens' },
    unit: 'days',
  }),
})

export const blobImmutable = {
  id: 'blob.immutable',
  version: 1,
  connector: 'blob',
  title: {
    en: 'Copies in the container cannot be overwritten or deleted',
    de: 'Kopien im Container lassen sich weder überschreiben noch löschen',
  },
  why: {
    en: 'Who extorts deletes the backups first, with the very credentials that write them.',
    de: 'Wer erpresst, löscht zuerst die Sicherungen, und zwar mit den Zugangsdaten, die sie schreiben.',
  },
  remedy: {
    en: 'Give the container a time-based retention policy and lock it once its period is right: a locked one can only be extended.',
    de: 'Dem Container eine zeitbasierte Aufbewahrungsrichtlinie geben und sie sperren, sobald ihre Dauer stimmt: Gesperrt lässt sie sich nur noch verlängern.',
  },
  severity: 'high',
  serves: [{ measure: 'backup-offsite', as: 'supports' }],
  params,
  reads: ['immutability'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.13', 'BSI CON.3'],
  sources: ['https://learn.microsoft.com/en-us/azure/storage/blobs/immutable-time-based-retention-policy-overview'],
  pitfalls: [
    'An unlocked policy protects from who holds a key of the account, but whoever may change policies can remove it. It counts, and is told.',
    'A legal hold locks everything until somebody lifts it, which needs no waiting. Alone it neither passes nor fails.',
    'With a hierarchical namespace or in page blobs not every kind of write is refused; what cannot be locked there is not looked at.',
    'Policies of single versions of a blob are not seen, only the rule that new ones get.',
  ],
  messages: {
    locked: { en: 'New copies are locked for {days} days.', de: 'Neue Kopien sind {days} Tage gesperrt.' },
    short: {
      en: 'New copies are locked for {days} days only, {minDays} are intended.',
      de: 'Neue Kopien sind nur {days} Tage gesperrt, vorgesehen sind {minDays}.',
    },
    unlocked: {
      en: 'The policy is not locked: whoever may change policies can remove it.',
      de: 'Die Richtlinie ist nicht gesperrt: Wer Richtlinien ändern darf, kann sie entfernen.',
    },
    held: {
      en: 'Only a legal hold locks the copies, until somebody lifts it.',
      de: 'Nur eine Aufbewahrungspflicht sperrt die Kopien, bis jemand sie aufhebt.',
    },
    open: {
      en: 'Copies can be overwritten and deleted at once.',
      de: 'Kopien lassen sich sofort überschreiben und löschen.',
    },
  },
  judge({ immutability: { policy, legalHold } }, { minDays }) {
    const because = 'immutability.policy'
    if (policy === null)
      return [legalHold ? info('lock', 'immutability.legalHold', 'held') : fail('lock', because, 'open')]
    const { days, state } = policy
    const isLong = days >= minDays
    return [
      (isLong ? pass : fail)('lock', `${because}.days`, isLong ? 'locked' : 'short', { days, minDays }),
      ...(state === 'unlocked' ? [info('policy', `${because}.state`, 'unlocked')] : []),
    ]
  },
} satisfies Check<BlobFacts, 'immutability', typeof params>
