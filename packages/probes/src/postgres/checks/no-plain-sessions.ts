import { fail, info, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { PostgresFacts } from '../facts.ts'

export const pgNoPlainSessions = {
  id: 'pg.no-plain-sessions',
  version: 1,
  connector: 'postgres',
  title: { en: 'Nobody is connected over the network without TLS', de: 'Niemand ist ohne TLS über das Netz verbunden' },
  why: {
    en: 'What is allowed is one thing, what is done another.',
    de: 'Was erlaubt ist, ist das eine; was geschieht, das andere.',
  },
  remedy: {
    en: 'Change the clients to sslmode=verify-full, and the rules to hostssl.',
    de: 'Die Clients auf sslmode=verify-full umstellen und die Regeln auf hostssl.',
  },
  severity: 'high',
  serves: [{ measure: 'transport-encryption', as: 'proves' }],
  params: noParams,
  reads: ['sessions'],
  maxAge: 'P2D',
  onEmpty: 'pass',
  refs: ['ISO/IEC 27001:2022 A.8.24'],
  sources: ['https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-SSL-VIEW'],
  pitfalls: [
    'Seen are the sessions of this moment; a nightly job may connect otherwise.',
    'No session over the network is told, not passed: it shows nothing.',
  ],
  messages: {
    encrypted: {
      en: 'All {remote} sessions over the network are encrypted.',
      de: 'Alle {remote} Sitzungen über das Netz sind verschlüsselt.',
    },
    plain: {
      en: '{plain} of {remote} sessions over the network are not encrypted.',
      de: '{plain} von {remote} Sitzungen über das Netz sind unverschlüsselt.',
    },
    none: { en: 'No session over the network at this moment.', de: 'Zurzeit keine Sitzung über das Netz.' },
  },
  judge({ sessions: { remote, plain } }) {
    if (remote === 0) return [info('sessions', 'sessions.remote', 'none')]
    return [
      (plain === 0 ? pass : fail)('sessions', 'sessions.plain', plain === 0 ? 'encrypted' : 'plain', { remote, plain }),
    ]
  },
} satisfies Check<PostgresFacts, 'sessions', typeof noParams>
