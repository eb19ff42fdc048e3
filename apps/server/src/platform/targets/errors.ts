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
  away: {
    status: 502,
    en: 'The server of the backups cannot be reached, or the connection broke. Check its address and the network.',
    de: 'Der Server der Sicherungen ist nicht erreichbar, oder die Verbindung brach ab. Bitte Adresse und Netz prüfen.',
  },
  silent: {
    status: 504,
    en: 'The server of the backups does not answer.',
    de: 'Der Server der Sicherungen antwortet nicht.',
  },
  not_let_in: {
    status: 502,
    en: 'The server of the backups does not let this login in. Check the user, and its key or password.',
    de: 'Der Server der Sicherungen lässt diese Anmeldung nicht zu. Bitte Benutzer und Schlüssel oder Passwort prüfen.',
  },
  other_host_key: {
    status: 502,
    en: 'The server of the backups shows another host key than the one that is set. Nothing was sent. Ask whoever runs it whether its key was changed, by a way other than this connection, before you set the new one.',
    de: 'Der Server der Sicherungen zeigt einen anderen Host-Schlüssel als den eingestellten. Es wurde nichts gesendet. Bitte auf anderem Weg als über diese Verbindung beim Betreiber klären, ob der Schlüssel gewechselt wurde, bevor der neue eingestellt wird.',
  },
  no_sftp: {
    status: 502,
    en: 'The server of the backups lets this login in, but not to SFTP.',
    de: 'Der Server der Sicherungen lässt diese Anmeldung zu, aber nicht zu SFTP.',
  },
  no_private_key: {
    status: 500,
    en: 'The private key for the server of the backups cannot be read. Check the file and its passphrase.',
    de: 'Der private Schlüssel für den Server der Sicherungen lässt sich nicht lesen. Bitte Datei und Passphrase prüfen.',
  },
  denied: {
    status: 502,
    en: 'The server of the backups does not allow this login to read and write in the folder.',
    de: 'Der Server der Sicherungen erlaubt dieser Anmeldung nicht, im Ordner zu lesen und zu schreiben.',
  },
  no_file: {
    status: 502,
    en: 'Something else lies where a file or folder of the backups belongs, such as a link. It was not touched.',
    de: 'Wo eine Datei oder ein Ordner der Sicherungen hingehört, liegt etwas anderes, etwa ein Verweis. Es wurde nicht angerührt.',
  },
  failing: {
    status: 502,
    en: 'The server of the backups could not do what it was asked for (status {status}).',
    de: 'Der Server der Sicherungen konnte nicht tun, was verlangt wurde (Status {status}).',
  },
  bad_setting: {
    status: 500,
    family: 'refusal',
    en: 'The place of backups is not understood: {problem}.',
    de: 'Der Ort der Sicherungen wird nicht verstanden: {problem}.',
  },
})
