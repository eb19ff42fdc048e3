import { fail, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { SeenSelfFacts } from '../facts.ts'

export const selfDatabaseDurable = {
  id: 'self.database-durable',
  version: 1,
  connector: 'self',
  title: {
    en: 'What the database has acknowledged survives a power cut',
    de: 'Was die Datenbank bestätigt hat, übersteht einen Stromausfall',
  },
  why: {
    en: 'Evidence that vanishes with the power was never kept.',
    de: 'Belege, die mit dem Strom verschwinden, waren nie aufbewahrt.',
  },
  remedy: {
    en: 'Set fsync, full_page_writes and synchronous_commit to on; initialise with data checksums.',
    de: 'fsync, full_page_writes und synchronous_commit auf on setzen; mit Prüfsummen initialisieren.',
  },
  severity: 'high',
  serves: [{ measure: 'data-integrity-checks', as: 'supports' }],
  params: noParams,
  reads: ['database'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.13'],
  sources: ['https://www.postgresql.org/docs/current/wal-reliability.html'],
  pitfalls: ['A disk that lies about writing cannot be seen from here.'],
  messages: {
    durable: { en: 'Acknowledged writes are on disk.', de: 'Bestätigtes steht auf dem Datenträger.' },
    lossy: { en: '{setting} is off.', de: '{setting} ist aus.' },
    checked: { en: 'Pages carry checksums.', de: 'Seiten tragen Prüfsummen.' },
    unchecked: { en: 'Pages carry no checksums.', de: 'Seiten tragen keine Prüfsummen.' },
  },
  judge({ database: { fsync, fullPageWrites, synchronousCommit, checksums } }) {
    const setting = !fsync
      ? 'fsync'
      : !fullPageWrites
        ? 'full_page_writes'
        : synchronousCommit === 'off'
          ? 'synchronous_commit'
          : undefined
    return [
      setting === undefined ? pass('writes', 'database', 'durable') : fail('writes', 'database', 'lossy', { setting }),
      (checksums ? pass : fail)('pages', 'database.checksums', checksums ? 'checked' : 'unchecked'),
    ]
  },
} satisfies Check<SeenSelfFacts, 'database', typeof noParams>
