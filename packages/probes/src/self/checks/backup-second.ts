import { fail, info, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { SeenSelfFacts } from '../facts.ts'

export const selfBackupSecond = {
  id: 'self.backup-second',
  version: 1,
  connector: 'self',
  title: {
    en: 'The backups lie in a second place, too, and one of the two is no folder of the machine',
    de: 'Die Sicherungen liegen auch an einem zweiten Ort, und einer der beiden ist kein Ordner der Maschine',
  },
  why: {
    en: 'A fire, a thief or a bill that was not paid takes a place with all backups in it. A second one that the first does not know survives that.',
    de: 'Ein Brand, ein Dieb oder eine unbezahlte Rechnung nimmt einen Ort mit allen Sicherungen darin. Ein zweiter, den der erste nicht kennt, übersteht das.',
  },
  remedy: {
    en: 'Name a second place in ART32_BACKUP_SECOND_TARGET: elsewhere, run by somebody else, with credentials of its own.',
    de: 'Einen zweiten Ort in ART32_BACKUP_SECOND_TARGET nennen: anderswo, von jemand anderem betrieben, mit eigenen Zugangsdaten.',
  },
  severity: 'high',
  serves: [{ measure: 'backup-offsite', as: 'proves' }],
  params: noParams,
  reads: ['backup'],
  maxAge: 'P1D',
  onEmpty: 'fail',
  refs: ['GDPR Art. 32(1)(c)', 'ISO/IEC 27001:2022 A.8.13', 'BSI CON.3'],
  sources: ['https://eur-lex.europa.eu/eli/reg/2016/679/oj'],
  pitfalls: [
    'A bucket or a server is taken for elsewhere. Whether it stands in the same room or hangs on the same contract, it cannot see.',
    'Two folders may be mounted from other machines: it says that it cannot see it, and neither passes nor fails.',
  ],
  messages: {
    several: { en: 'The backups lie in {count} places.', de: 'Die Sicherungen liegen an {count} Orten.' },
    folders: {
      en: 'Both places are folders of this machine. Whether they lie on others is not to be seen.',
      de: 'Beide Orte sind Ordner dieser Maschine. Ob sie auf anderen liegen, ist nicht zu sehen.',
    },
    one: { en: 'All backups lie in one place.', de: 'Alle Sicherungen liegen an einem Ort.' },
    unset: { en: 'No backups are set up.', de: 'Es sind keine Sicherungen eingerichtet.' },
    empty: {
      en: 'Place {place} has no backup that is fresh.',
      de: 'Ort {place} hat keine frische Sicherung.',
    },
  },
  judge({ backup: { places } }) {
    if (places.length === 0) return [fail('backup', 'backup.places', 'unset')]
    if (places.length === 1) return [fail('backup', 'backup.places', 'one')]
    const away = places.findIndex(({ late }) => late)
    if (away >= 0) return [fail('backup', `backup.places.${away}.late`, 'empty', { place: away + 1 })]
    if (places.every(({ kind }) => kind === 'folder')) return [info('backup', 'backup.places', 'folders')]
    return [pass('backup', 'backup.places', 'several', { count: places.length })]
  },
} satisfies Check<SeenSelfFacts, 'backup', typeof noParams>
