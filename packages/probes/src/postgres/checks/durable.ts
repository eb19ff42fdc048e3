import { fail, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { PostgresFacts } from '../facts.ts'

export const pgDurable = {
  id: 'pg.durable',
  version: 1,
  connector: 'postgres',
  title: {
    en: 'What the database has acknowledged survives a power cut',
    de: 'Was die Datenbank bestätigt hat, übersteht einen Stromausfall',
  },
  why: {
    en: 'Without fsync a power cut may destroy the whole database, not only the last second.',
    de: 'Ohne fsync kann ein Stromausfall die ganze Datenbank zerstören, nicht nur die letzte Sekunde.',
  },
  remedy: {
    en: 'Set fsync = on, full_page_writes = on and synchronous_commit to on, local or remote_apply.',
    de: 'fsync = on, full_page_writes = on und synchronous_commit auf on, local oder remote_apply setzen.',
  },
  severity: 'high',
  serves: [{ measure: 'data-integrity-checks', as: 'supports' }],
  params: noParams,
  reads: ['durability'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.13'],
  sources: [
    'https://www.postgresql.org/docs/current/wal-reliability.html',
    'https://www.postgresql.org/docs/current/runtime-config-wal.html',
  ],
  pitfalls: [
    'File systems that copy on write can do without full_page_writes: declare an exception.',
    'A disk that lies about writing cannot be seen from here.',
  ],
  messages: {
    on: { en: '{setting} is on.', de: '{setting} ist an.' },
    off: { en: '{setting} is off.', de: '{setting} ist aus.' },
  },
  judge({ durability: { fsync, fullPageWrites, synchronousCommit } }) {
    const settings = { fsync, full_page_writes: fullPageWrites, synchronous_commit: synchronousCommit !== 'off' }
    return Object.entries(settings).map(([setting, on]) =>
      (on ? pass : fail)(setting, 'durability', on ? 'on' : 'off', { setting }),
    )
  },
} satisfies Check<PostgresFacts, 'durability', typeof noParams>
