import type { ProcessorLink } from './processor.ts'

interface Said {
  readonly services: string
  readonly purpose: string
}

/** A measure that such a processor usually guarantees, with who does what: a proposal, for its papers to bear out. */
export interface Proposal {
  readonly measure: string
  readonly en: { readonly processor: string; readonly us: string; readonly customer: string }
  readonly de: { readonly processor: string; readonly us: string; readonly customer: string }
}

/**
 * A processor that many have, as a beginning. It says who it is, where its own pages are and what to ask of it: nothing of what
 * it holds, where it processes or whom it engages, since that could be false tomorrow. That stands in the papers which the
 * tenant files.
 */
export interface Template {
  readonly id: string
  readonly name: string
  /** Empty: it stands in the contract, and differs with it. */
  readonly address: string
  readonly contactAt: string
  readonly en: Said
  readonly de: Said
  readonly links: readonly ProcessorLink[]
  readonly measures: readonly Proposal[]
}

/** The month in which the addresses were last found in public sources, `YYYY-MM`. */
export const seen = '2026-11'

/** Where name, address and pages of each were found. */
export const sources: Readonly<Record<string, string>> = {
  atlassian: 'https://www.atlassian.com/legal/data-processing-addendum',
  microsoft: 'https://learn.microsoft.com/en-us/training/modules/audit-subprocessor-management/',
  bitwarden: 'https://bitwarden.com/compliance/',
  hetzner: 'https://www.hetzner.com/legal/privacy-policy/',
}

const rooms: Proposal = {
  measure: 'certified-datacentre',
  en: {
    processor: 'Runs and guards the data centres.',
    us: 'Checks its certificates and reports once a year.',
    customer: '',
  },
  de: {
    processor: 'Betreibt und bewacht die Rechenzentren.',
    us: 'Prüft einmal im Jahr Zertifikate und Berichte.',
    customer: '',
  },
}
const access: Proposal = {
  measure: 'rbac',
  en: {
    processor: 'Provides roles and enforces them.',
    us: 'Gives its own people no more rights than they need.',
    customer: 'Gives its own users their rights.',
  },
  de: {
    processor: 'Stellt Rollen bereit und setzt sie durch.',
    us: 'Gibt den eigenen Leuten nicht mehr Rechte, als sie brauchen.',
    customer: 'Gibt den eigenen Nutzerinnen und Nutzern ihre Rechte.',
  },
}
const available: Proposal = {
  measure: 'redundancy',
  en: {
    processor: 'Keeps the platform running on redundant systems.',
    us: 'Follows its notices of incidents.',
    customer: '',
  },
  de: {
    processor: 'Hält die Plattform auf redundanten Systemen in Betrieb.',
    us: 'Verfolgt ihre Störungsmeldungen.',
    customer: '',
  },
}
const backups: Proposal = {
  measure: 'regular-backup',
  en: {
    processor: 'Backs up what is stored on the platform.',
    us: 'Keeps copies of source code and configuration, and tests that they can be restored.',
    customer: '',
  },
  de: {
    processor: 'Sichert, was auf der Plattform gespeichert ist.',
    us: 'Hält Kopien von Quelltext und Konfiguration und prüft, ob sie sich wiederherstellen lassen.',
    customer: '',
  },
}
const separate: Proposal = {
  measure: 'tenant-isolation',
  en: { processor: 'Keeps its customers apart.', us: 'Shares no storage between customers.', customer: '' },
  de: { processor: 'Hält seine Kunden getrennt.', us: 'Teilt keinen Speicher zwischen Kunden.', customer: '' },
}
const atRest: Proposal = {
  measure: 'encryption-at-rest',
  en: { processor: 'Encrypts what is stored on the platform.', us: '', customer: '' },
  de: { processor: 'Verschlüsselt, was auf der Plattform gespeichert ist.', us: '', customer: '' },
}
const safe: Proposal = {
  measure: 'password-manager',
  en: {
    processor: 'Provides the password safe and keeps its contents encrypted.',
    us: 'Uses it for every shared secret and removes who leaves.',
    customer: '',
  },
  de: {
    processor: 'Stellt den Passwortspeicher bereit und hält seine Inhalte verschlüsselt.',
    us: 'Nutzt ihn für jedes gemeinsame Geheimnis und entfernt, wer ausscheidet.',
    customer: '',
  },
}

/** All of them. */
export const templates: readonly Template[] = [
  {
    id: 'atlassian',
    name: 'Atlassian',
    address: '',
    contactAt: 'https://www.atlassian.com/trust',
    en: { services: 'Forge, Bitbucket, Jira, Confluence', purpose: 'Platform on which apps run, source code' },
    de: { services: 'Forge, Bitbucket, Jira, Confluence', purpose: 'Plattform, auf der Apps laufen, Quelltext' },
    links: [
      { kind: 'agreement', url: 'https://www.atlassian.com/legal/data-processing-addendum' },
      { kind: 'sub-processors', url: 'https://www.atlassian.com/legal/sub-processors' },
      { kind: 'proof', url: 'https://www.atlassian.com/trust' },
      { kind: 'status', url: 'https://status.atlassian.com' },
    ],
    measures: [available, backups, access, separate, atRest, rooms],
  },
  {
    id: 'microsoft',
    name: 'Microsoft',
    address: '',
    contactAt: 'https://www.microsoft.com/trustcenter',
    en: { services: 'Azure, Entra ID, Microsoft 365', purpose: 'Cloud platform, sign-in, office software' },
    de: { services: 'Azure, Entra ID, Microsoft 365', purpose: 'Cloud-Plattform, Anmeldung, Bürosoftware' },
    links: [
      {
        kind: 'agreement',
        url: 'https://www.microsoft.com/licensing/docs/view/Microsoft-Products-and-Services-Data-Protection-Addendum-DPA',
      },
      { kind: 'sub-processors', url: 'https://servicetrust.microsoft.com/' },
      { kind: 'proof', url: 'https://servicetrust.microsoft.com/' },
    ],
    measures: [available, backups, access, separate, atRest, rooms],
  },
  {
    id: 'bitwarden',
    name: 'Bitwarden',
    address: '',
    contactAt: 'https://bitwarden.com/compliance/',
    en: { services: 'Password safe', purpose: 'Keeping passwords and other secrets of staff' },
    de: {
      services: 'Passwortspeicher',
      purpose: 'Aufbewahrung von Passwörtern und anderen Geheimnissen der Beschäftigten',
    },
    links: [
      { kind: 'sub-processors', url: 'https://bitwarden.com/help/subprocessors/' },
      { kind: 'proof', url: 'https://bitwarden.com/compliance/' },
      { kind: 'measures', url: 'https://bitwarden.com/help/bitwarden-security-white-paper/' },
    ],
    measures: [safe],
  },
  {
    id: 'hetzner',
    name: 'Hetzner Online GmbH',
    address: 'Industriestr. 25, 91710 Gunzenhausen, Deutschland',
    contactAt: 'data-protection@hetzner.com',
    en: { services: 'Virtual machines, networks, firewalls, storage', purpose: 'Hosting' },
    de: { services: 'Virtuelle Maschinen, Netze, Firewalls, Speicher', purpose: 'Hosting' },
    links: [
      { kind: 'agreement', url: 'https://www.hetzner.com/AV/DPA_en.pdf' },
      { kind: 'sub-processors', url: 'https://www.hetzner.com/AV/subunternehmer.pdf' },
      { kind: 'contact', url: 'https://www.hetzner.com/legal/privacy-policy/' },
    ],
    measures: [rooms, available],
  },
]

export function findTemplate(id: string): Template | undefined {
  return templates.find((one) => one.id === id)
}
