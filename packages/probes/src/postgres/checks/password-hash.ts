import { fail, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { PostgresFacts } from '../facts.ts'

export const pgPasswordHash = {
  id: 'pg.password-hash',
  version: 1,
  connector: 'postgres',
  title: {
    en: 'Passwords of the database are stored as SCRAM verifiers',
    de: 'Passwörter der Datenbank sind als SCRAM-Prüfwerte abgelegt',
  },
  why: {
    en: 'An MD5 verifier is as good as the password itself.',
    de: 'Ein MD5-Prüfwert ist so gut wie das Passwort selbst.',
  },
  remedy: {
    en: 'Set password_encryption = scram-sha-256 and set every old password anew.',
    de: 'password_encryption = scram-sha-256 setzen und jedes alte Passwort neu vergeben.',
  },
  severity: 'high',
  serves: [{ measure: 'password-hashing', as: 'proves' }],
  params: noParams,
  reads: ['passwords'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['OWASP ASVS 4.0.3 2.4.1'],
  sources: ['https://www.postgresql.org/docs/current/auth-password.html'],
  pitfalls: [
    'Verifiers are counted by their form inside the server; none is read out.',
    'Needs rights on pg_authid, else not-evaluated (denied).',
  ],
  messages: {
    scram: {
      en: 'New passwords are stored as SCRAM-SHA-256.',
      de: 'Neue Passwörter werden als SCRAM-SHA-256 abgelegt.',
    },
    md5: { en: 'New passwords are stored as {encryption}.', de: 'Neue Passwörter werden als {encryption} abgelegt.' },
    all: { en: 'All {count} stored verifiers are SCRAM.', de: 'Alle {count} Prüfwerte sind SCRAM.' },
    some: { en: '{count} stored verifiers are not SCRAM.', de: '{count} Prüfwerte sind nicht SCRAM.' },
  },
  judge({ passwords: { encryption, scram, others } }) {
    const isScram = encryption === 'scram-sha-256'
    return [
      (isScram ? pass : fail)('setting', 'passwords.encryption', isScram ? 'scram' : 'md5', { encryption }),
      others === 0
        ? pass('stored', 'passwords.scram', 'all', { count: scram })
        : fail('stored', 'passwords.others', 'some', { count: others }),
    ]
  },
} satisfies Check<PostgresFacts, 'passwords', typeof noParams>
