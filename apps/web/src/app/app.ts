import type { Output } from '../api/api.ts'

/** An app in the list. */
export type AppView = Output<'app.list'>['apps'][number]
/** What facts can refer to. */
export type Choices = Output<'app.list'>['choices']
/** An app with its facts, what is missing, and its versions. */
export type AppShown = Output<'app.show'>
/** Everything that the law wants told of an app. */
export type Facts = AppShown['facts']
export type Purpose = Facts['purposes'][number]
export type Category = Facts['categories'][number]
export type Recipient = Facts['recipients'][number]
/** A text in both languages. */
export type Both = Facts['name']
/** A rule of deletion with its newest run. */
export type RuleView = Output<'deletion.list'>['rules'][number]
export type RunView = Output<'deletion.show'>['runs'][number]

/** What is old after a change of an app or a rule. */
export const stale = ['app.list', 'app.show', 'app.compare', 'deletion.list', 'deletion.show'] as const

export const nothing: Both = { en: '', de: '' }

/** An app of which nothing is said yet. */
export const noFacts: Facts = {
  name: nothing,
  about: nothing,
  address: '',
  purposes: [],
  categories: [],
  recipients: [],
  noRecipients: false,
  noOfficer: false,
  authority: '',
  automated: null,
  logic: nothing,
}

export const newPurpose: Purpose = {
  text: nothing,
  basis: 'contract',
  special: 'none',
  detail: nothing,
  activityId: null,
}

export const newRecipient: Recipient = { processorId: null, name: nothing, country: '', transfer: 'none' }

/** A category with a key that no other one has. */
export function newCategory(all: readonly Category[]): Category {
  const taken = new Set(all.map(({ key }) => key))
  let number = all.length + 1
  while (taken.has(`data-${number}`)) number += 1
  return {
    key: `data-${number}`,
    name: nothing,
    need: null,
    consequence: nothing,
    fromPerson: true,
    source: nothing,
    period: '',
    from: nothing,
    criteria: nothing,
  }
}

/** The end of an address, made of a name: small letters, digits and hyphens. */
export function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ß', 'ss')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replaceAll(/^-+|-+$/g, '')
}

/** The list with one entry changed, or without it. */
export function withEntry<T>(all: readonly T[], index: number, entry: T | null): T[] {
  return all.flatMap((one, place) => (place === index ? (entry === null ? [] : [entry]) : [one]))
}
