import { defineErrors } from '../kernel/index.ts'

/** What a backup, a drill or a restore may be refused for, or fail with. */
export const backupErrors = defineErrors('backup', {
  not_set_up: {
    status: 409,
    en: 'No backups are set up. Name recipients in ART32_BACKUP_RECIPIENTS and a place in ART32_BACKUP_TARGET; docs/guides/backup.md tells how.',
    de: 'Es sind keine Sicherungen eingerichtet. Bitte Empfänger in ART32_BACKUP_RECIPIENTS und einen Ort in ART32_BACKUP_TARGET nennen; wie, steht in docs/guides/backup.md.',
  },
  damaged: {
    status: 422,
    en: 'The backup is not what was made ({problem}). Nothing was restored.',
    de: 'Die Sicherung ist nicht, was erstellt wurde ({problem}). Es wurde nichts wiederhergestellt.',
  },
  wrong_key: {
    status: 422,
    en: 'The backup does not open with this key. It was made for another one.',
    de: 'Die Sicherung lässt sich mit diesem Schlüssel nicht öffnen. Sie wurde für einen anderen erstellt.',
  },
  wrong_master_key: {
    status: 422,
    en: 'The keys in the backup do not open with this master key. Put the one in place that was in use when the backup was made.',
    de: 'Die Schlüssel in der Sicherung lassen sich mit diesem Hauptschlüssel nicht öffnen. Bitte den einsetzen, der bei der Sicherung galt.',
  },
  no_master_key: {
    status: 422,
    en: 'The master key is not there. Put the one that was kept apart from the backups in place first; without it nothing opens.',
    de: 'Der Hauptschlüssel ist nicht da. Bitte zuerst den einsetzen, der getrennt von den Sicherungen aufbewahrt wurde; ohne ihn lässt sich nichts öffnen.',
  },
  none: {
    status: 404,
    en: 'There is no whole backup there.',
    de: 'Dort liegt keine vollständige Sicherung.',
  },
  several: {
    status: 409,
    en: 'Backups of several installations lie there. Name one with --installation; the folders are called by it.',
    de: 'Dort liegen Sicherungen mehrerer Installationen. Bitte eine mit --installation nennen; die Ordner heißen danach.',
  },
  key_changed: {
    status: 409,
    en: 'The key of this tenant was changed after the backup was made. Restore the whole installation elsewhere and take the tenant over from there.',
    de: 'Der Schlüssel dieses Mandanten wurde nach der Sicherung gewechselt. Bitte die ganze Installation anderswo wiederherstellen und den Mandanten von dort übernehmen.',
  },
  not_in_it: {
    status: 404,
    en: 'This backup holds no such tenant.',
    de: 'Diese Sicherung enthält diesen Mandanten nicht.',
  },
  not_empty: {
    status: 409,
    en: 'There is an installation here already. A whole backup is restored on an empty machine; move the data folder away first.',
    de: 'Hier gibt es schon eine Installation. Eine ganze Sicherung wird auf einer leeren Maschine wiederhergestellt; bitte zuerst den Datenordner beiseitelegen.',
  },
})
