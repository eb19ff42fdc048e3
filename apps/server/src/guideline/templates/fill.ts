import { developmentTemplates } from './development.ts'
import { operationTemplates } from './operation.ts'
import { peopleTemplates } from './people.ts'
import { responseTemplates } from './response.ts'
import type { Template } from './template.ts'

const all = [...peopleTemplates, ...operationTemplates, ...developmentTemplates, ...responseTemplates] as const

/** The id of a template. */
export type TemplateId = (typeof all)[number]['id']

/** The templates for guidelines that come with art32: texts of our own, to be adapted by whoever uses them. */
export const templates: readonly Template<TemplateId>[] = all

/** Their ids, for schemas. */
export const templateIds = all.map(({ id }) => id) as readonly TemplateId[]

/** Sections with which every guideline ends. */
const closing = {
  en: `## Exceptions and breaches

An exception is asked for in writing, with the reason and an end, and is decided by the management. Whoever notices a breach of this guideline reports it to the contact below. A breach by intent or gross negligence can have consequences under employment law or the contract.

## Contact

- Questions on this guideline and on security, reports: {{contact}}
- Questions on data protection: {{privacy}}

## Validity

This guideline is reviewed at least once a year and whenever the law, our contracts, our systems or an incident give reason to. Everybody concerned reads and accepts each new version.`,
  de: `## Ausnahmen und Verstöße

Eine Ausnahme wird schriftlich mit Grund und Ende beantragt; über sie entscheidet die Geschäftsführung. Wer einen Verstoß gegen diese Richtlinie bemerkt, meldet ihn der unten genannten Ansprechstelle. Ein vorsätzlicher oder grob fahrlässiger Verstoß kann arbeits- oder vertragsrechtliche Folgen haben.

## Ansprechstellen

- Fragen zu dieser Richtlinie und zur Sicherheit, Meldungen: {{contact}}
- Fragen zum Datenschutz: {{privacy}}

## Gültigkeit

Diese Richtlinie wird mindestens einmal im Jahr überprüft und immer dann, wenn Gesetze, unsere Verträge, unsere Systeme oder ein Vorfall Anlass geben. Alle Betroffenen lesen und bestätigen jede neue Fassung.`,
} as const

/** Roles that a small provider has; whoever makes a guideline may name others. */
const usual = {
  en: { contact: 'Head of Operations', privacy: 'Data protection officer or management' },
  de: { contact: 'Betriebsleitung', privacy: 'Datenschutzbeauftragte Person oder Geschäftsführung' },
} as const

/** What a template is filled with. */
export interface Filling {
  readonly tenant: string
  /** Roles, not names of persons. */
  readonly contact?: string | undefined
  readonly privacyContact?: string | undefined
}

export function findTemplate(id: string): Template<TemplateId> | undefined {
  return templates.find((one) => one.id === id)
}

/** A guideline's title and text out of a template, with every place filled in. What is filled in is never filled again. */
export function fillTemplate(
  { title, text }: Template,
  language: 'en' | 'de',
  { tenant, contact, privacyContact }: Filling,
): { readonly title: string; readonly body: string } {
  const words: Readonly<Record<string, string>> = {
    tenant: literal(tenant),
    contact: literal(contact ?? usual[language].contact),
    privacy: literal(privacyContact ?? usual[language].privacy),
  }
  const whole = `${text[language]}\n\n${closing[language]}`
  return {
    title: title[language],
    body: whole.replaceAll(/\{\{(\w+)\}\}/g, (place, name: string) => words[name] ?? place),
  }
}

/** A name in a text: on one line, and none of its signs means anything there. */
function literal(name: string): string {
  return name
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[{}*\\]/g, '')
    .trim()
}
