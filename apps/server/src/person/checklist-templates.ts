import type { ChecklistKind, TemplateItem } from './checklist-store.ts'

/** A list that comes with art32. */
export interface ShippedTemplate {
  readonly key: ChecklistKind
  readonly title: { readonly en: string; readonly de: string }
  readonly items: { readonly en: readonly TemplateItem[]; readonly de: readonly TemplateItem[] }
}

type Point = readonly [days: number, en: string, de: string]

const joiner: readonly Point[] = [
  [
    -7,
    'Decide which systems and rights the work needs, and no more',
    'Festlegen, welche Systeme und Rechte die Arbeit braucht, und nicht mehr',
  ],
  [
    0,
    'Commitment to confidentiality signed and filed',
    'Verpflichtung auf Vertraulichkeit unterschrieben und abgelegt',
  ],
  [
    0,
    'Information on data protection for employees handed over (Art. 13 GDPR)',
    'Datenschutzhinweise für Beschäftigte übergeben (Art. 13 DSGVO)',
  ],
  [
    0,
    'Individual accounts made, with a second factor; no shared accounts',
    'Eigene Konten angelegt, mit zweitem Faktor; keine geteilten Konten',
  ],
  [
    0,
    'Device handed over: encrypted, locked by itself, up to date',
    'Gerät übergeben: verschlüsselt, sperrt sich selbst, aktuell',
  ],
  [
    0,
    'Keys and cards handed over and entered in the register',
    'Schlüssel und Karten übergeben und im Verzeichnis eingetragen',
  ],
  [7, 'Guidelines read and accepted', 'Richtlinien gelesen und angenommen'],
  [
    14,
    'Told how and to whom incidents and requests are reported',
    'Eingewiesen, wie und wem Vorfälle und Anfragen gemeldet werden',
  ],
  [
    30,
    'Training in data protection completed; developers: secure coding',
    'Schulung im Datenschutz abgeschlossen; Entwicklung: sicheres Programmieren',
  ],
  [30, 'Rights looked at again: does it all fit?', 'Rechte noch einmal angesehen: Passt alles?'],
]
const mover: readonly Point[] = [
  [0, 'Decide which rights the new work needs', 'Festlegen, welche Rechte die neue Aufgabe braucht'],
  [0, 'Rights of the former work taken away', 'Rechte der bisherigen Aufgabe entzogen'],
  [
    0,
    'Memberships in groups, mailboxes and chats adapted',
    'Mitgliedschaften in Gruppen, Postfächern und Chats angepasst',
  ],
  [0, 'Passwords that were shared in the former team changed', 'Im bisherigen Team geteilte Passwörter geändert'],
  [7, 'Keys and cards of the former place returned', 'Schlüssel und Karten des bisherigen Orts zurückgegeben'],
  [14, 'Duties and deputies handed over', 'Pflichten und Vertretungen übergeben'],
  [30, 'Courses that the new work asks for completed', 'Kurse abgeschlossen, die die neue Aufgabe verlangt'],
]
const leaver: readonly Point[] = [
  [-14, 'Work, duties and deputies handed over', 'Aufgaben, Pflichten und Vertretungen übergeben'],
  [-7, 'List of accounts over all systems looked through', 'Liste der Konten über alle Systeme durchgesehen'],
  [
    0,
    'All accounts switched off, sessions and tokens ended',
    'Alle Konten abgeschaltet, Sitzungen und Zugangsschlüssel beendet',
  ],
  [
    0,
    'Rights in repositories, cloud and password safe taken away',
    'Rechte in Repositorys, Cloud und Passwortsafe entzogen',
  ],
  [0, 'Devices, keys and cards returned', 'Geräte, Schlüssel und Karten zurückgegeben'],
  [0, 'Reminded that confidentiality continues', 'Daran erinnert, dass die Vertraulichkeit fortbesteht'],
  [1, 'Shared passwords and keys that were known changed', 'Bekannte geteilte Passwörter und Schlüssel geändert'],
  [
    1,
    'Mailbox: notice of absence set, forwarding decided',
    'Postfach: Abwesenheitsnotiz eingerichtet, Weiterleitung entschieden',
  ],
  [14, 'Returned devices erased', 'Zurückgegebene Geräte gelöscht'],
  [30, 'Looked once more: no account is left', 'Noch einmal nachgesehen: Kein Konto ist übrig'],
]

const make = (key: ChecklistKind, en: string, de: string, points: readonly Point[]): ShippedTemplate => ({
  key,
  title: { en, de },
  items: {
    en: points.map(([days, text]) => ({ days, text })),
    de: points.map(([days, , text]) => ({ days, text })),
  },
})

/** The lists that come with art32. */
export const shippedTemplates: readonly ShippedTemplate[] = [
  make('joiner', 'Somebody joins', 'Jemand kommt', joiner),
  make('mover', 'Somebody moves', 'Jemand wechselt', mover),
  make('leaver', 'Somebody leaves', 'Jemand geht', leaver),
]
