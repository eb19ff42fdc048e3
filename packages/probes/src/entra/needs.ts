import type { Privilege } from '../engine/connector.ts'

/** Application permissions of Microsoft Graph, all of them for reading only. */
export const needs: readonly Privilege[] = [
  {
    privilege: 'User.Read.All',
    reason: {
      en: 'which accounts exist and are enabled; what stands for their mail addresses is kept, so that it can be said whose they are',
      de: 'welche Konten es gibt und welche aktiv sind; behalten wird, was für die E-Mail-Adressen steht, damit gesagt werden kann, wessen sie sind',
    },
  },
  {
    privilege: 'AuditLog.Read.All',
    reason: {
      en: 'registered second factors, last use of accounts, and when the account of a leaver was disabled',
      de: 'hinterlegte zweite Faktoren, letzte Nutzung von Konten und wann das Konto Ausgeschiedener gesperrt wurde',
    },
  },
  {
    privilege: 'Policy.Read.All',
    reason: {
      en: 'rules of Conditional Access, security defaults, and what guests and users may do',
      de: 'Regeln des bedingten Zugriffs, Sicherheitsstandards und was Gäste und Benutzer dürfen',
    },
  },
  {
    privilege: 'RoleManagement.Read.Directory',
    reason: {
      en: 'who is global administrator or may become one',
      de: 'wer globaler Administrator ist oder werden darf',
    },
  },
  {
    privilege: 'GroupMember.Read.All',
    reason: {
      en: 'who belongs to a group that holds an administrative role',
      de: 'wer einer Gruppe mit Administratorrolle angehört',
    },
  },
  {
    privilege: 'Application.Read.All',
    reason: {
      en: 'when credentials of apps expire; the credentials themselves cannot be read',
      de: 'wann Zugangsdaten von Apps ablaufen; die Zugangsdaten selbst sind nicht lesbar',
    },
  },
  {
    privilege: 'Domain.Read.All',
    reason: {
      en: 'whether passwords are forced to expire',
      de: 'ob Passwörter zwangsweise ablaufen',
    },
  },
  {
    privilege: 'Directory.Read.All',
    reason: {
      en: 'banned words, lockout and the log of disabled accounts; Microsoft offers no smaller right for them, and without it some tenants look as if they had no licence',
      de: 'gesperrte Wörter, Kontosperre und Protokoll gesperrter Konten; Microsoft bietet dafür kein kleineres Recht an, und ohne es wirken manche Mandanten wie ohne Lizenz',
    },
  },
  {
    privilege: 'AccessReview.Read.All',
    reason: {
      en: 'when access was last reviewed; only where reviews are done in Entra ID',
      de: 'wann Zugriffe zuletzt überprüft wurden; nur wo Überprüfungen in Entra ID stattfinden',
    },
  },
]
