import type { ControlId } from '@art32/catalogue'
import { fold } from './normalise.ts'

/** What headings of documents of measures are called, by the control group that they open. Order matters: the first that holds wins a group, several may hold. */
const patterns: readonly (readonly [ControlId, RegExp])[] = [
  [
    'physical-access',
    /zutritt|physical|premises|office access|building|facilit|raeumlich|gebaeude|admission|equipment access|entry control|site access|rechenzentr|data cent|bueroraeum|buero\b/,
  ],
  [
    'system-access',
    /zugang|system access|access control|logical access|authenti|login|passwort|password|user control|benutzerkontrolle|netzwerk|network|endger|device/,
  ],
  [
    'data-access',
    /zugriff|data access|authori[sz]ation|user and data access|berechtigung|access right|access control|speicherkontrolle/,
  ],
  ['separation', /trenn|separat|segregat|disconnection|isolation|mandant|tenan/],
  ['pseudonymisation', /pseudonym|anonym/],
  ['encryption', /verschluessel|encrypt|crypto|krypto|in transit|at rest|key management|schluesselverwaltung/],
  [
    'transfer',
    /weitergabe|transfer|transmi|forwarding|passing|disclosure|transport|uebertragung|uebermittlung|in transit|communication/,
  ],
  ['input', /eingabe|input|change control|entry control|protokollierung|logging|entwicklung|development|aenderungs/],
  ['availability', /verfueg|availab|belastbar|resilien|backup|datensicherung|redundan|monitoring|betrieb\b/],
  ['recoverability', /wiederherstell|recover|restor|notfall|continuity|disaster/],
  [
    'review',
    /ueberpruef|review|evaluat|assessment|audit|bewertung|datenschutz management|data protection management|wirksamkeit|testing/,
  ],
  ['incident', /incident|vorfall|vorfaell|breach|panne|datenschutzverletz|meldeprozess/],
  [
    'order',
    /auftrag|job control|order control|processor|outsourc|subcontract|dienstleister|vendor|supplier|lieferant|third part/,
  ],
  [
    'by-default',
    /voreinstellung|by default|by design|minimi|loesch|delet|retention|transparen|technikgestaltung|aufbewahr/,
  ],
  [
    'organisation',
    /organisatorisch|organi[sz]ational|personal\b|mitarbeit|employee|staff|training|schulung|awareness|policies|richtlinien|sensibilis|people|human/,
  ],
]

/** Control groups that a heading opens; none for headings such as "Overview". */
export function controlsOfHeading(heading: string): ReadonlySet<ControlId> {
  const folded = fold(heading)
  return new Set(patterns.filter(([, pattern]) => pattern.test(folded)).map(([control]) => control))
}
