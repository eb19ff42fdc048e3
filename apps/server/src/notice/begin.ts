import type { Basis, Both, Facts } from './facts.ts'
import type { NamedRecipient } from './facts.ts'

type Language = 'en' | 'de'
type Category = Facts['categories'][number]
type Recipient = Facts['recipients'][number]

/** What the record of processing says of an activity, as far as a notice can begin with it. */
export interface Recorded {
  readonly id: string
  readonly said: {
    readonly purposes: string
    readonly legalBasis: string
    readonly data: readonly string[]
    readonly recipients: readonly string[]
    readonly transfers: readonly { readonly country: string; readonly recipient: string; readonly safeguard: string }[]
    readonly retention: string
  }
}

/**
 * Facts that a notice begins with: purposes and legal bases, data and how long they are kept, recipients and transfers of activities
 * in the record. A purpose keeps its activity, and a recipient of the register is referred to, not copied. The record has one
 * language: what the notice wants in the other one, and all else that it wants, stays empty and is named as missing.
 */
export function beginWith(
  facts: Facts,
  activities: readonly Recorded[],
  processors: ReadonlyMap<string, Pick<NamedRecipient, 'name'>>,
  language: Language,
): Facts {
  return {
    ...facts,
    purposes: [...facts.purposes, ...activities.flatMap((one) => purposesOf(one, language))].slice(0, 40),
    categories: categoriesOf(facts.categories, activities, language).slice(0, 60),
    recipients: recipientsOf(facts.recipients, activities, processors, language).slice(0, 60),
  }
}

function both(text: string, most: number, language: Language): Both {
  return { en: '', de: '', [language]: text.slice(0, most) }
}

/** One for each legal basis that the record names: a notice says of each what follows from it. */
function purposesOf({ id, said }: Recorded, language: Language): Facts['purposes'] {
  if (said.purposes === '') return []
  const named = basesIn(said.legalBasis)
  // What names none has to be explained: an interest is wanted in words, and its absence is told.
  return (named.length === 0 ? (['interests'] as const) : named).map((basis) => ({
    text: both(said.purposes, 1_000, language),
    basis,
    special: 'none',
    detail: both(basis === 'law' || basis === 'public' ? said.legalBasis : '', 1_000, language),
    activityId: id,
  }))
}

const letters: Readonly<Record<string, Basis>> = {
  a: 'consent',
  b: 'contract',
  c: 'law',
  d: 'vital',
  e: 'public',
  f: 'interests',
}

/** The legal bases that a text names, such as `Art. 6(1)(b) and (f) GDPR` or `Art. 6 Abs. 1 lit. b und f DSGVO`. */
export function basesIn(text: string): Basis[] {
  const passages = text.match(/Art(?:\.|ikel|icle)?\s*6(?!\d).*?(?=GDPR|DSGVO|DS-GVO|Art\.|§|;|$)/gis) ?? []
  const named = passages.flatMap((passage) =>
    [
      ...passage.matchAll(
        /\(([a-f])\)|\b(?:lit|Buchst)\.?\s*([a-f])\b|(?<=\b(?:und|oder|and|or|,)\s*)([a-f])\b(?=\s*(?:,|und|oder|and|or|$))/gi,
      ),
    ].flatMap(([, bracketed, named, further]) => letters[(bracketed ?? named ?? further ?? '').toLowerCase()] ?? []),
  )
  return [...new Set(named)]
}

function categoriesOf(before: readonly Category[], activities: readonly Recorded[], language: Language): Category[] {
  const all = [...before]
  for (const { said } of activities) {
    for (const text of said.data) {
      const at = all.findIndex(({ name }) => isSame(name[language], text))
      const known = all[at]
      if (known) all[at] = { ...known, criteria: joined(known.criteria, said.retention, language) }
      else all.push(newCategory(text, said.retention, all, language))
    }
  }
  return all
}

function newCategory(text: string, retention: string, all: readonly Category[], language: Language): Category {
  const keys = new Set(all.map(({ key }) => key))
  let number = all.length + 1
  while (keys.has(`data-${number}`)) number++
  const nothing = both('', 0, language)
  return {
    key: `data-${number}`,
    name: both(text, 300, language),
    need: null,
    consequence: nothing,
    fromPerson: true,
    source: nothing,
    period: '',
    from: nothing,
    criteria: both(retention, 1_000, language),
  }
}

/** The same data may be kept for several reasons, each with its time. */
function joined(criteria: Both, retention: string, language: Language): Both {
  const said = criteria[language]
  if (retention === '' || said.split('\n').includes(retention)) return criteria
  return { ...criteria, [language]: [said, retention].filter(Boolean).join('\n').slice(0, 1_000) }
}

function recipientsOf(
  before: readonly Recipient[],
  activities: readonly Recorded[],
  processors: ReadonlyMap<string, Pick<NamedRecipient, 'name'>>,
  language: Language,
): Recipient[] {
  const all = [...before]
  const add = (text: string, abroad: Pick<Recipient, 'country' | 'transfer'>) => {
    const processorId = [...processors].find(([, { name }]) => isSame(name, text))?.[0] ?? null
    const at = all.findIndex((one) =>
      processorId === null ? isSame(one.name[language], text) : one.processorId === processorId,
    )
    const known = all[at]
    // Place and transfer of a processor come from its register.
    if (processorId !== null) {
      if (!known) all.push({ processorId, name: both('', 0, language), country: '', transfer: 'none' })
    } else if (!known) all.push({ processorId, name: both(text, 300, language), ...abroad })
    else if (known.country === '') all[at] = { ...known, ...abroad }
  }
  for (const { said } of activities) {
    for (const text of said.recipients) add(text, { country: '', transfer: 'none' })
    for (const { country, recipient, safeguard } of said.transfers)
      add(recipient || country, { country: countryIn(country), transfer: transferIn(safeguard) })
  }
  return all
}

function isSame(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase() && other.trim() !== ''
}

const otherNames: Readonly<Record<string, string>> = {
  usa: 'US',
  'united states of america': 'US',
  'vereinigte staaten von amerika': 'US',
  uk: 'GB',
  großbritannien: 'GB',
}

/** The code of a country that the record names in words or by its code; empty: it has to be chosen. */
export function countryIn(text: string): string {
  const wanted = text.trim().toLowerCase()
  const letter = (index: number) => String.fromCodePoint(65 + index)
  for (let index = 0; index < 26 * 26; index++) {
    const code = letter(Math.floor(index / 26)) + letter(index % 26)
    for (const names of countryNames) {
      const name = names.of(code)
      if (name !== undefined && (name.toLowerCase() === wanted || code.toLowerCase() === wanted)) return code
    }
  }
  return otherNames[wanted] ?? ''
}

const countryNames = ['en', 'de'].map(
  (language) => new Intl.DisplayNames([language], { type: 'region', fallback: 'none' }),
)

/** On what a transfer rests, where the record names it; what it does not name stays open. */
export function transferIn(safeguard: string): Recipient['transfer'] {
  const words: readonly (readonly [RegExp, Recipient['transfer']])[] = [
    [/data privacy framework|\bDPF\b/i, 'dpf'],
    [/standard contractual|standardvertragsklausel|standarddatenschutzklausel|\bSCC\b|2021\/914/i, 'scc'],
    [/binding corporate|verbindliche interne|\bBCR\b/i, 'bcr'],
    [/adequacy|angemessenheit/i, 'adequacy'],
    [/Art\.?\s*49/i, 'derogation'],
  ]
  return words.find(([pattern]) => pattern.test(safeguard))?.[1] ?? 'none'
}
