import { fail, info, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { PostgresFacts } from '../facts.ts'

export const pgAudit = {
  id: 'pg.audit',
  version: 1,
  connector: 'postgres',
  title: {
    en: 'Connections and changes of structure are logged',
    de: 'Verbindungen und Änderungen der Struktur werden protokolliert',
  },
  why: {
    en: 'Who connected and who changed a table by hand must be known afterwards.',
    de: 'Wer sich verbunden und wer eine Tabelle von Hand geändert hat, muss hinterher bekannt sein.',
  },
  remedy: {
    en: 'Set log_connections and log_disconnections, and log_statement = ddl or load pgaudit.',
    de: 'log_connections und log_disconnections setzen sowie log_statement = ddl oder pgaudit laden.',
  },
  severity: 'medium',
  serves: [
    { measure: 'change-logging', as: 'proves' },
    { measure: 'security-event-logging', as: 'proves' },
    { measure: 'no-manual-data-change', as: 'proves' },
    { measure: 'access-logging', as: 'supports' },
  ],
  params: noParams,
  reads: ['logging'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.15'],
  sources: ['https://www.postgresql.org/docs/current/runtime-config-logging.html', 'https://www.pgaudit.org'],
  pitfalls: [
    'log_statement = all writes personal data into the log: told, not advised.',
    'That the log is kept and read is not seen here.',
  ],
  messages: {
    on: { en: '{what} are logged.', de: '{what}: wird protokolliert.' },
    off: { en: '{what} are not logged.', de: '{what}: wird nicht protokolliert.' },
    all: {
      en: 'All statements are logged, with the data in them.',
      de: 'Alle Anweisungen werden protokolliert, samt den Daten darin.',
    },
  },
  judge({ logging: { connections, disconnections, statements, audit } }) {
    const logs = {
      connections: [connections, 'logging.connections'],
      disconnections: [disconnections, 'logging.disconnections'],
      'structure changes': [audit || statements !== 'none', 'logging.statements'],
    } as const
    return [
      ...Object.entries(logs).map(([what, [on, because]]) =>
        (on ? pass : fail)(what, because, on ? 'on' : 'off', { what }),
      ),
      ...(statements === 'all' ? [info('statements', 'logging.statements', 'all')] : []),
    ]
  },
} satisfies Check<PostgresFacts, 'logging', typeof noParams>
