import { defineErrors } from '../../kernel/index.ts'

/** What a place of backups may be refused for, or fail with. */
export const targetErrors = defineErrors('target', {
  no_folder: {
    status: 503,
    en: 'The folder of backups {folder} is not there. Make it or mount it, then back up again.',
    de: 'Der Ordner für Sicherungen {folder} ist nicht da. Bitte anlegen oder einhängen und noch einmal sichern.',
  },
  missing: {
    status: 503,
    en: 'A file of the backup is missing.',
    de: 'Eine Datei der Sicherung fehlt.',
  },
  short: {
    status: 503,
    en: 'A file ended before it was whole. Nothing of it was kept.',
    de: 'Eine Datei endete, bevor sie vollständig war. Es wurde nichts davon behalten.',
  },
  full: {
    status: 507,
    en: 'The place of the backups is full. Free some space there, or keep fewer backups.',
    de: 'Der Ort der Sicherungen ist voll. Bitte dort Platz schaffen oder weniger Sicherungen behalten.',
  },
  bad_setting: {
    status: 500,
    family: 'refusal',
    en: 'The place of backups is not understood: {problem}.',
    de: 'Der Ort der Sicherungen wird nicht verstanden: {problem}.',
  },
})
