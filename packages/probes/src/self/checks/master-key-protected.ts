import { fail, info, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { SeenSelfFacts } from '../facts.ts'

export const selfMasterKeyProtected = {
  id: 'self.master-key-protected',
  version: 1,
  connector: 'self',
  title: {
    en: 'Only the installation can read the master key',
    de: 'Nur die Installation kann den Hauptschlüssel lesen',
  },
  why: {
    en: 'Who has the master key has the keys of all tenants.',
    de: 'Wer den Hauptschlüssel hat, hat die Schlüssel aller Mandanten.',
  },
  remedy: {
    en: 'chmod 600 the key file and give it to the user of the process, or keep the key in a vault.',
    de: 'Die Schlüsseldatei mit chmod 600 schützen und dem Benutzer des Prozesses geben oder den Schlüssel in einem Tresor halten.',
  },
  severity: 'critical',
  serves: [{ measure: 'encryption-key-management', as: 'supports' }],
  params: noParams,
  reads: ['masterKey'],
  maxAge: 'P1D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.24'],
  sources: ['https://csrc.nist.gov/pubs/sp/800/57/pt1/r5/final'],
  pitfalls: ['A key in the environment can be read by root and by crash reports: it is told, not passed.'],
  messages: {
    private: {
      en: 'The key file is readable by its owner only.',
      de: 'Die Schlüsseldatei ist nur für ihren Besitzer lesbar.',
    },
    readable: {
      en: 'The key file has mode {mode}; 0600 is wanted.',
      de: 'Die Schlüsseldatei hat den Modus {mode}; verlangt ist 0600.',
    },
    foreign: { en: 'The key file belongs to somebody else.', de: 'Die Schlüsseldatei gehört jemand anderem.' },
    vault: { en: 'The key is kept in a vault.', de: 'Der Schlüssel liegt in einem Tresor.' },
    environment: { en: 'The key comes from the environment.', de: 'Der Schlüssel kommt aus der Umgebung.' },
  },
  judge({ masterKey: { source, mode, ownedByProcess } }) {
    if (source === 'vault') return [pass('key', 'masterKey.source', 'vault')]
    if (source === 'environment') return [info('key', 'masterKey.source', 'environment')]
    if (mode === null || (mode & 0o077) !== 0)
      return [
        fail('key', 'masterKey.mode', 'readable', {
          mode: mode === null ? '?' : (mode & 0o777).toString(8).padStart(4, '0'),
        }),
      ]
    return [
      (ownedByProcess === true ? pass : fail)(
        'key',
        'masterKey.ownedByProcess',
        ownedByProcess === true ? 'private' : 'foreign',
      ),
    ]
  },
} satisfies Check<SeenSelfFacts, 'masterKey', typeof noParams>
