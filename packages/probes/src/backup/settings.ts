import { z } from 'zod'
import { field } from '../engine/text.ts'

const name = z.string().trim().min(1).max(200)
/** A password does not belong into an address: addresses are shown, passwords are not. */
const hasNoPassword = (address: string) => !/\/\/[^/@]*:[^/@]*@/.test(address)

export const backupSettings = z.object({
  kind: field(z.enum(['restic', 'borg', 'pgbackrest', 'pg_dump']), {
    label: { en: 'Kind of repository', de: 'Art des Sicherungsspeichers' },
  }),
  repository: field(z.string().trim().min(1).refine(hasNoPassword), {
    label: { en: 'Address or folder of the repository', de: 'Adresse oder Ordner des Sicherungsspeichers' },
    help: {
      en: 'As the program writes it, without a password: /srv/backup, sftp:backup@nas.example.com:/srv, s3:https://s3.example.com/bucket. For pgBackRest: where the repository lies.',
      de: 'Wie das Programm sie schreibt, ohne Passwort: /srv/backup, sftp:backup@nas.example.com:/srv, s3:https://s3.example.com/bucket. Bei pgBackRest: wo der Speicher liegt.',
    },
  }),
  sources: field(z.array(name).min(1), {
    label: { en: 'What must be backed up', de: 'Was gesichert sein muss' },
    help: {
      en: 'The name of each source: the tag source:…, otherwise the host name (restic, borg), the stanza (pgBackRest) or the database (pg_dump).',
      de: 'Der Name jeder Quelle: das Etikett source:…, sonst der Rechnername (restic, borg), die Stanza (pgBackRest) oder die Datenbank (pg_dump).',
    },
  }),
  tenants: field(z.array(name).default([]), {
    label: { en: 'Tenants that must be backed up', de: 'Mandanten, die gesichert sein müssen' },
    help: { en: 'By the tag tenant:… of the backups.', de: 'Nach dem Etikett tenant:… der Sicherungen.' },
  }),
  configuration: field(
    z
      .array(z.string().regex(/^\/[^\0\n]*$/))
      .max(50)
      .default([]),
    {
      label: { en: 'Files and folders with configuration', de: 'Dateien und Ordner mit Konfiguration' },
    },
  ),
  report: field(z.string().startsWith('/').optional(), {
    label: { en: 'Report to read instead of running the program', de: 'Bericht statt eines Programmlaufs' },
    help: {
      en: 'A file with what `restic snapshots --json`, `borg info --json --last 1000` or `pgbackrest info --output=json` printed.',
      de: 'Eine Datei mit der Ausgabe von `restic snapshots --json`, `borg info --json --last 1000` oder `pgbackrest info --output=json`.',
    },
  }),
  configFile: field(z.string().startsWith('/').optional(), {
    label: { en: 'Configuration file of pgBackRest', de: 'Konfigurationsdatei von pgBackRest' },
  }),
  jobLog: field(z.string().startsWith('/').optional(), {
    label: { en: 'Log of the runs', de: 'Protokoll der Läufe' },
    help: {
      en: 'One line of JSON for each run, as the guide shows.',
      de: 'Je Lauf eine Zeile JSON, wie in der Anleitung.',
    },
  }),
  sourcePlace: field(name.optional(), {
    label: { en: 'Place of the source', de: 'Ort der Quelle' },
    help: { en: 'A city or a data centre.', de: 'Eine Stadt oder ein Rechenzentrum.' },
  }),
  repositoryPlace: field(name.optional(), {
    label: { en: 'Place of the repository', de: 'Ort des Sicherungsspeichers' },
  }),
  separateCredentials: field(z.boolean().optional(), {
    label: {
      en: 'Whoever runs the source cannot delete the backups',
      de: 'Wer die Quelle betreibt, kann die Sicherungen nicht löschen',
    },
  }),
  immutability: field(z.enum(['append-only', 'object-lock', 'offline', 'none']).optional(), {
    label: { en: 'What keeps backups from being overwritten', de: 'Was Sicherungen vor dem Überschreiben schützt' },
  }),
  password: field(z.string().min(1).optional(), {
    label: { en: 'Password of the repository', de: 'Passwort des Sicherungsspeichers' },
    secret: true,
  }),
  account: field(z.string().min(1).optional(), {
    label: { en: 'Account at the store (S3, REST)', de: 'Konto beim Speicher (S3, REST)' },
    secret: true,
  }),
  accountKey: field(z.string().min(1).optional(), {
    label: { en: 'Key of that account', de: 'Schlüssel dieses Kontos' },
    secret: true,
  }),
})

export type BackupSettings = z.output<typeof backupSettings>
