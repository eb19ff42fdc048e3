import { fail, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { PostgresFacts } from '../facts.ts'

export const pgChecksums = {
  id: 'pg.checksums',
  version: 1,
  connector: 'postgres',
  title: { en: 'Data pages carry checksums', de: 'Datenseiten tragen Prüfsummen' },
  why: {
    en: 'A disk that returns wrong bytes is noticed only by a checksum.',
    de: 'Ein Datenträger, der falsche Bytes liefert, fällt nur durch eine Prüfsumme auf.',
  },
  remedy: {
    en: 'Stop the server and run pg_checksums --enable, or initialise with --data-checksums.',
    de: 'Den Server anhalten und pg_checksums --enable ausführen oder mit --data-checksums initialisieren.',
  },
  severity: 'medium',
  serves: [{ measure: 'data-integrity-checks', as: 'proves' }],
  params: noParams,
  reads: ['durability'],
  maxAge: 'P30D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.13'],
  sources: ['https://www.postgresql.org/docs/current/checksums.html'],
  pitfalls: ['Since version 18 new clusters have checksums by default.'],
  messages: {
    on: { en: 'Checksums are on.', de: 'Prüfsummen sind an.' },
    off: { en: 'Checksums are off.', de: 'Prüfsummen sind aus.' },
  },
  judge({ durability: { checksums } }) {
    return [(checksums ? pass : fail)('pages', 'durability.checksums', checksums ? 'on' : 'off')]
  },
} satisfies Check<PostgresFacts, 'durability', typeof noParams>
