/** Makes texts with what is personal in them known to the byte. Seeded; nothing in it is about anybody. */
import { developmentTemplates } from './corpus-templates.ts'
import { heldOutTemplates } from './corpus-held.ts'
import * as identifiers from './corpus-identifiers.ts'
import { makePerson } from './corpus-names.ts'
import type { Half, Language, Person } from './corpus-names.ts'
import { makeRandom } from './corpus-random.ts'
import type { Random } from './corpus-random.ts'

/** A range of characters of the text. */
export interface Gold {
  readonly start: number
  readonly end: number
  /** `name`, `email`, `phone`, `iban` …; `decoy` for what only looks like it. */
  readonly type: string
  /** Whether the value, or the name it is made of, stands in another column of the record. */
  readonly linked: boolean
}

export interface Link {
  readonly type: string
  readonly value: string
}

export interface Sample {
  readonly text: string
  readonly language: Language
  readonly gold: readonly Gold[]
  /** The record's other values. */
  readonly links: readonly Link[]
}

interface Scene {
  readonly random: Random
  readonly language: Language
  readonly person: Person
  readonly other: Person
}

const TITLES: Readonly<Record<Language, readonly [string, string]>> = {
  de: ['Herr', 'Frau'],
  en: ['Mr', 'Ms'],
  fr: ['Monsieur', 'Madame'],
}

function title(person: Person, language: Language): string {
  return TITLES[language][person.female ? 1 : 0]
}

/** A name in one of the ways people write it; endings of words that depend on the sex are no name. */
function written(person: Person, form: string, language: Language): string {
  const { given, family, female } = person
  const forms: Readonly<Record<string, string>> = {
    full: `${given} ${family}`,
    given,
    family,
    initial: `${given.slice(0, 1)}. ${family}`,
    upper: `${given} ${family}`.toUpperCase(),
    gen: `${given}s`,
    poss: `${given}'s`,
    login: `${identifiers.plain(given)}.${identifiers.plain(family)}`,
    title: title(person, language),
    r: female ? '' : 'r',
    in: female ? 'in' : 'e',
    e: female ? 'e' : '',
  }
  return forms[form] ?? family
}

const NAME_FORMS = new Set(['full', 'given', 'family', 'initial', 'upper', 'gen', 'poss', 'login'])

function value(scene: Scene, key: string): { text: string; type: string; linked: boolean } {
  const { random, language, person, other } = scene
  const [owner = '', form = ''] = key.split('.')
  if (owner === 'no') return { text: identifiers.decoy(random, form, language), type: 'decoy', linked: false }
  if (owner === 'P' || owner === 'Q') {
    const text = written(owner === 'P' ? person : other, form, language)
    return { text, type: NAME_FORMS.has(form) ? 'name' : '', linked: owner === 'P' }
  }
  const makers: Readonly<Record<string, () => string>> = {
    mail: () => identifiers.mail(random, person),
    mailbox: () => random.pick(['support@example.com', 'help@example.org', 'info@firm.example']),
    phone: () => identifiers.phone(random, language),
    iban: () => identifiers.iban(random, language, false),
    card: () => identifiers.card(random, false),
    national: () => identifiers.nationalNumber(random, language, false),
    street: () => identifiers.street(random, language),
    town: () => identifiers.town(random, language),
    postcode: () => identifiers.postcode(random, language),
    birth: () => identifiers.birthDate(random, language),
    ip: () => identifiers.address4(random),
  }
  const make = makers[key]
  if (make === undefined) throw new Error(`nothing is known of {${key}}`)
  return { text: make(), type: key, linked: false }
}

function fill(template: string, scene: Scene): { text: string; gold: Gold[] } {
  const gold: Gold[] = []
  let text = ''
  let at = 0
  for (const found of template.matchAll(/\{(?<key>[^\}]+)\}/gv)) {
    text += template.slice(at, found.index)
    at = found.index + found[0].length
    const part = value(scene, found.groups?.['key'] ?? '')
    const possessive = part.type === 'name' && part.text.endsWith("'s") ? 2 : 0
    if (part.type !== '')
      gold.push({
        start: text.length,
        end: text.length + part.text.length - possessive,
        type: part.type,
        linked: part.linked,
      })
    text += part.text
  }
  return { text: text + template.slice(at), gold }
}

const LANGUAGES: readonly Language[] = ['de', 'de', 'en', 'fr']

export function pickLanguage(random: Random): Language {
  return random.pick(LANGUAGES)
}

/** One text, about `person` where one is given; the languages come as German, English, French 2 : 1 : 1. */
export function makeSample(random: Random, half: Half, about?: { person: Person; language: Language }): Sample {
  const language = about?.language ?? pickLanguage(random)
  const scene: Scene = {
    random,
    language,
    person: about?.person ?? makePerson(random, language, half),
    other: makePerson(random, language, half),
  }
  const templates = half === 'development' ? developmentTemplates : heldOutTemplates
  const { text, gold } = fill(random.pick(templates[language]), scene)
  const links = [
    { type: 'name', value: scene.person.given },
    { type: 'name', value: scene.person.family },
    { type: 'email', value: identifiers.mail(random, scene.person) },
    { type: 'phone', value: identifiers.phone(random, language) },
  ]
  return { text, language, gold, links }
}

export function makeSamples(count: number, half: Half, seed: number): Sample[] {
  const random = makeRandom(seed)
  return Array.from({ length: count }, () => makeSample(random, half))
}
