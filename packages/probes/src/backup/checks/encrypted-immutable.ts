import { fail, info, noParams, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import type { BackupFacts } from '../facts.ts'

export const backupEncryptedImmutable = {
  id: 'backup.encrypted-immutable',
  version: 1,
  connector: 'backup',
  title: {
    en: 'Backups are encrypted and cannot be overwritten',
    de: 'Sicherungen sind verschlüsselt und nicht überschreibbar',
  },
  why: {
    en: 'A copied backup must not give its data away, and whoever breaks into the source must not be able to destroy the backups.',
    de: 'Eine kopierte Sicherung darf ihre Daten nicht preisgeben, und wer in die Quelle einbricht, darf die Sicherungen nicht zerstören können.',
  },
  remedy: {
    en: 'Encrypt before the backup leaves the machine (restic, borg repokey, pgBackRest repo1-cipher-type, age), and use append-only access, object lock or an offline copy.',
    de: 'Vor dem Verlassen des Rechners verschlüsseln (restic, borg repokey, pgBackRest repo1-cipher-type, age) und nur anfügenden Zugriff, Object Lock oder eine Offline-Kopie nutzen.',
  },
  severity: 'high',
  serves: [
    { measure: 'backup-encryption', as: 'proves' },
    { measure: 'backup-offsite', as: 'supports' },
    { measure: 'encryption-at-rest', as: 'supports' },
  ],
  params: noParams,
  reads: ['encryption', 'immutability'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.13', 'ISO/IEC 27001:2022 A.8.24', 'BSI CON.3'],
  sources: [
    'https://restic.readthedocs.io/en/stable/100_references.html',
    'https://borgbackup.readthedocs.io/en/stable/usage/init.html#encryption-mode-tldr',
    'https://pgbackrest.org/configuration.html#section-repository/option-repo-cipher-type',
  ],
  pitfalls: [
    'The modes "authenticated" of borg sign, and do not encrypt.',
    'A dump counts as encrypted when it begins like a file of age, OpenPGP or openssl; the newest of each database is looked at.',
    'Whether keys are kept apart from the backups cannot be seen: with repokey the key lies in the repository, under the password.',
    'Append-only is seen in the settings of a borg repository on this machine. A restriction by the server (ssh forced command, rest-server, object lock) can only be declared; that is told, not passed.',
  ],
  messages: {
    encrypted: { en: 'Backups are encrypted ({mode}).', de: 'Sicherungen sind verschlüsselt ({mode}).' },
    plain: { en: 'Backups are not encrypted ({mode}).', de: 'Sicherungen sind nicht verschlüsselt ({mode}).' },
    kept: { en: 'The repository only lets backups be added.', de: 'Der Sicherungsspeicher lässt nur Anfügen zu.' },
    declared: {
      en: 'Protection against overwriting is declared, not seen: {by}.',
      de: 'Schutz vor Überschreiben ist angegeben, nicht eingesehen: {by}.',
    },
    open: {
      en: 'Whoever can back up can also overwrite and delete.',
      de: 'Wer sichern kann, kann auch überschreiben und löschen.',
    },
  },
  judge({ encryption: { encrypted, mode }, immutability: { by, seen } }) {
    const verdict = by === 'none' ? fail : seen ? pass : info
    return [
      (encrypted ? pass : fail)('encryption', 'encryption.encrypted', encrypted ? 'encrypted' : 'plain', { mode }),
      verdict('overwriting', 'immutability.by', by === 'none' ? 'open' : seen ? 'kept' : 'declared', { by }),
    ]
  },
} satisfies Check<BackupFacts, 'encryption' | 'immutability', typeof noParams>
