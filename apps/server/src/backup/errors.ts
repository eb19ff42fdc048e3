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
  point_none: {
    status: 404,
    en: 'Nothing there leads to a moment between two backups: no continuous archive was kept there (ART32_BACKUP_CONTINUOUS). Without --to the newest backup is restored.',
    de: 'Dort führt nichts zu einem Zeitpunkt zwischen zwei Sicherungen: Es liegt kein fortlaufendes Archiv dort (ART32_BACKUP_CONTINUOUS). Ohne --to wird die neueste Sicherung wiederhergestellt.',
  },
  point_before: {
    status: 409,
    en: 'Nothing is kept of that time any more. The first moment that can be restored is {earliest}; an older nightly backup is named with --set.',
    de: 'Von dieser Zeit ist nichts mehr da. Der früheste wiederherstellbare Zeitpunkt ist {earliest}; eine ältere nächtliche Sicherung wird mit --set genannt.',
  },
  point_after: {
    status: 409,
    en: 'Nothing is kept of that time. The last moment that can be restored is {latest}.',
    de: 'Von dieser Zeit ist nichts da. Der letzte wiederherstellbare Zeitpunkt ist {latest}.',
  },
  point_between: {
    status: 409,
    en: 'The log has a gap at that time. What can be restored ends at {before} and begins again at {after}.',
    de: 'Das Journal der Datenbank hat zu dieser Zeit eine Lücke. Wiederherstellen lässt sich bis {before} und wieder ab {after}.',
  },
  point_part_missing: {
    status: 422,
    en: 'The part {part} of the log is missing. Nothing was restored. The last moment before it is {latest}.',
    de: 'Der Teil {part} des Datenbankjournals fehlt. Es wurde nichts wiederhergestellt. Der letzte Zeitpunkt davor ist {latest}.',
  },
  point_part_damaged: {
    status: 422,
    en: 'The part {part} of the log is not what was kept. Nothing was restored. The last moment before it is {latest}.',
    de: 'Der Teil {part} des Datenbankjournals ist nicht, was aufbewahrt wurde. Es wurde nichts wiederhergestellt. Der letzte Zeitpunkt davor ist {latest}.',
  },
  point_other_version: {
    status: 409,
    en: 'The archive was written by PostgreSQL {found}; this art32 brings {wanted}. Restore with the release that wrote it, or a nightly backup with this one.',
    de: 'Das Archiv stammt von PostgreSQL {found}; dieses art32 bringt {wanted} mit. Bitte mit der damaligen Ausgabe wiederherstellen, oder mit dieser eine nächtliche Sicherung.',
  },
  point_not_embedded: {
    status: 409,
    en: 'A moment is restored with the PostgreSQL that comes with art32 alone. Of a server of your own (ART32_DATABASE_URL) its own archive goes back to a moment.',
    de: 'Auf einen Zeitpunkt wird nur mit dem PostgreSQL wiederhergestellt, das mit art32 kommt. Bei einem eigenen Server (ART32_DATABASE_URL) führt dessen eigenes Archiv zurück.',
  },
})
