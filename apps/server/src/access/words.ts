import type { GrantScope, Permission, Standing } from '../kernel/index.ts'

/** A sentence or word in both languages. */
export interface Words {
  readonly en: string
  readonly de: string
}

/** What each permission allows, in plain words. */
export const permissionWords: Readonly<Record<Permission, Words>> = {
  'register:read': {
    en: 'Read the register, findings and editions',
    de: 'Register, Feststellungen und Fassungen lesen',
  },
  'register:write': {
    en: 'Read documents in, change measures, assign findings',
    de: 'Dokumente einlesen, Maßnahmen ändern, Feststellungen zuweisen',
  },
  'mapping:confirm': { en: 'Confirm what a line means', de: 'Bestätigen, was eine Zeile bedeutet' },
  'comment:write': { en: 'Comment on measures and findings', de: 'Maßnahmen und Feststellungen kommentieren' },
  'connection:write': { en: 'Connect systems', de: 'Systeme anschließen' },
  'check:run': { en: 'Run checks', de: 'Prüfungen starten' },
  'facts:push': {
    en: 'Send the facts of computers, and nothing else',
    de: 'Beobachtungen von Rechnern senden, sonst nichts',
  },
  'drill:push': {
    en: 'Send the results of restore drills, and nothing else',
    de: 'Ergebnisse von Wiederherstellungsübungen senden, sonst nichts',
  },
  'deletion:report': {
    en: 'Report runs that deleted data, and nothing else',
    de: 'Löschläufe melden, sonst nichts',
  },
  'edition:draft': { en: 'Draft editions', de: 'Fassungen entwerfen' },
  'edition:sign': { en: 'Sign off and publish editions', de: 'Fassungen freigeben und veröffentlichen' },
  'exception:grant': {
    en: 'Grant and withdraw exceptions',
    de: 'Ausnahmen erteilen und zurücknehmen',
  },
  'duty:sign': { en: 'Sign off own duties', de: 'Eigene Pflichten bestätigen' },
  'person:own': {
    en: 'Read one’s own record, take courses',
    de: 'Die eigene Akte lesen, Kurse machen',
  },
  'person:read': { en: 'Read the records of people who work here', de: 'Die Akten der Beschäftigten lesen' },
  'person:write': {
    en: 'Keep the records of people who work here',
    de: 'Die Akten der Beschäftigten führen',
  },
  'request:read': { en: 'See requests of data subjects', de: 'Betroffenenanfragen sehen' },
  'request:write': { en: 'Work on requests of data subjects', de: 'Betroffenenanfragen bearbeiten' },
  'incident:write': { en: 'Work on incidents', de: 'Vorfälle bearbeiten' },
  'shield:write': {
    en: 'Import files without their personal data, and have what comes out',
    de: 'Dateien ohne ihre personenbezogenen Daten importieren und das Ergebnis erhalten',
  },
  'shield:preview': {
    en: 'See the first rows of such a file before and after',
    de: 'Die ersten Zeilen einer solchen Datei vorher und nachher sehen',
  },
  'access:read': {
    en: 'Read the authorisation concept with all people and tokens',
    de: 'Das Berechtigungskonzept mit allen Personen und Zugängen lesen',
  },
  'access:write': {
    en: 'Invite, change and remove members; let the operator in',
    de: 'Mitglieder einladen, ändern und entfernen; den Betreiber einlassen',
  },
  'ledger:read': { en: 'Read the ledger and the history', de: 'Journal und Verlauf lesen' },
  'room:visit': {
    en: 'Read an audit room (guests: only the one they were invited to)',
    de: 'Einen Prüfraum lesen (Gäste: nur den, zu dem sie eingeladen sind)',
  },
  'room:ask': { en: 'Ask questions in the audit room', de: 'Im Prüfraum Fragen stellen' },
  'room:write': {
    en: 'Open and close audit rooms, invite guests, answer',
    de: 'Prüfräume öffnen und schließen, Gäste einladen, antworten',
  },
}

/** How somebody stands in a tenant, as a heading. */
export const standingWords: Readonly<Record<Standing, Words>> = {
  owner: { en: 'Owner', de: 'Inhaber' },
  editor: { en: 'Editor', de: 'Bearbeitung' },
  signatory: { en: 'Signatory', de: 'Zeichnungsberechtigt' },
  dpo: { en: 'Data protection officer', de: 'Datenschutzbeauftragt' },
  member: { en: 'Member', de: 'Mitglied' },
  operator: { en: 'Operator', de: 'Betreiber' },
  guest: { en: 'Guest', de: 'Gast' },
}

/** How far an operator is let in. */
export const scopeWords: Readonly<Record<GrantScope, Words>> = {
  read: { en: 'Operator, to read', de: 'Betreiber, lesend' },
  work: { en: 'Operator, to repair', de: 'Betreiber, zur Reparatur' },
}
