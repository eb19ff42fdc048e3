import type { PaperBlock, PaperItem } from '@art32/press'
import { placeNames, processorWords } from '../processor/index.ts'
import type { Both, Facts, Known } from './facts.ts'
import { noticeWords, sectionKeys } from './words.ts'
import type { SectionKey } from './words.ts'

type Language = 'en' | 'de'

/** A part of a notice as it is read. */
export interface Section {
  readonly key: SectionKey
  readonly title: string
  readonly blocks: readonly PaperBlock[]
}

/** A notice in one language, in sentences. */
export interface Sheet {
  readonly title: string
  readonly about: string
  readonly sections: readonly Section[]
}

/** Makes the notice from what is known. What is not there is said to be not there, never left out. */
export function sheetOf(known: Known, language: Language): Sheet {
  const say = noticeWords[language]
  return {
    title: say.title(orUnknown(known.facts.name, language)),
    about: known.facts.about[language],
    sections: sectionKeys.map((key) => ({ key, title: say.heads[key], blocks: makers[key](known, language) })),
  }
}

/** What a section says, line by line, without how it is set. */
export function linesOf({ blocks }: Section): string[] {
  return blocks.flatMap(wordsOf)
}

function wordsOf(block: PaperBlock): string[] {
  if (block.kind === 'paragraph') return [plain(block.text)]
  return block.kind === 'list' ? block.items.flatMap(({ text, note }) => [plain(text), ...(note ? [note] : [])]) : []
}

function plain(text: PaperItem['text']): string {
  return typeof text === 'string' ? text : text.map((run) => run.text).join('')
}

type Maker = (known: Known, language: Language) => PaperBlock[]

const makers: Readonly<Record<SectionKey, Maker>> = {
  who: ({ controller, facts }, language) => {
    const say = noticeWords[language]
    const { name, address, contact, representative, dpo } = controller
    return [
      paragraph(say.controller(name || say.unknown)),
      paragraph([address, contact].filter(Boolean).join('\n') || say.unknown),
      ...(representative === '' ? [] : [paragraph(say.representative), paragraph(representative)]),
      ...(dpo === ''
        ? [paragraph(facts.noOfficer ? say.noOfficer : `${say.officer} ${say.unknown}`)]
        : [paragraph(say.officer), paragraph(dpo)]),
    ]
  },
  why: ({ facts }, language) => {
    const say = noticeWords[language]
    if (facts.purposes.length === 0) return [paragraph(say.unknown)]
    return [paragraph(say.purposes), list(facts.purposes.map((purpose) => purposeItem(purpose, language)))]
  },
  data: ({ facts }, language) => {
    const say = noticeWords[language]
    if (facts.categories.length === 0) return [paragraph(say.unknown)]
    return [paragraph(say.data), list(facts.categories.map((category) => categoryItem(category, language)))]
  },
  recipients: ({ facts, processors }, language) => {
    const say = noticeWords[language]
    if (facts.recipients.length === 0) return [paragraph(facts.noRecipients ? say.noRecipients : say.unknown)]
    return [
      paragraph(say.recipients),
      list(
        facts.recipients.map(({ processorId, name }) => {
          const processor = processorId === null ? undefined : processors[processorId]
          if (!processor) return { text: sentence(orUnknown(name, language)) }
          const places = processor.places.length === 0 ? null : say.places(placeNames(processor.places, language))
          return { text: `${processor.name} – ${say.onBehalf}.`, ...(places === null ? {} : { note: places }) }
        }),
      ),
    ]
  },
  transfers: (known, language) => {
    const say = noticeWords[language]
    const items = known.facts.recipients.flatMap((one) => transferItem(known, one, language))
    return items.length === 0
      ? [paragraph(say.noTransfers)]
      : [paragraph(say.transfers), list(items), paragraph(say.copy)]
  },
  periods: ({ facts }, language) => {
    const say = noticeWords[language]
    if (facts.categories.length === 0) return [paragraph(say.unknown)]
    return [
      list(
        facts.categories.map(({ name, period, from, criteria }) => {
          const how =
            period === ''
              ? orUnknown(criteria, language)
              : say.period(lengthOf(period, language), orUnknown(from, language))
          return { text: [{ text: `${orUnknown(name, language)}: `, strong: true }, { text: sentence(how) }] }
        }),
      ),
    ]
  },
  rights: ({ facts }, language) => {
    const say = noticeWords[language]
    const bases = new Set(facts.purposes.map(({ basis }) => basis))
    const consents = bases.has('consent') || facts.purposes.some(({ special }) => special === 'explicit-consent')
    return [
      paragraph(say.ask),
      list(
        [
          ...say.rights,
          ...(consents || bases.has('contract') ? [say.portability] : []),
          ...(bases.has('interests') || bases.has('public') ? [say.object] : []),
        ].map((text) => ({ text })),
      ),
      ...(consents ? [paragraph(say.withdraw)] : []),
    ]
  },
  complaint: ({ authority }, language) => {
    const say = noticeWords[language]
    if (authority === null) return [paragraph(say.complaint), paragraph(say.responsible(say.unknown))]
    const { name, seat, web } = authority
    const lead = say.responsible([name, seat].filter(Boolean).join(', '))
    return [
      paragraph(say.complaint),
      { kind: 'paragraph', text: [{ text: lead }, ...(web === null ? [] : [{ text: ' ' }, { text: web, href: web }])] },
    ]
  },
  decisions: ({ facts }, language) => {
    const say = noticeWords[language]
    if (facts.automated === null) return [paragraph(say.unknown)]
    return facts.automated
      ? [paragraph(say.decisions), paragraph(orUnknown(facts.logic, language))]
      : [paragraph(say.noDecisions)]
  },
}

function purposeItem({ text, basis, special, detail }: Facts['purposes'][number], language: Language): PaperItem {
  const say = noticeWords[language]
  const more =
    basis === 'interests'
      ? `${say.interest} ${orUnknown(detail, language)}`
      : basis === 'law' || basis === 'public'
        ? `${say.law} ${orUnknown(detail, language)}`
        : detail[language]
  return {
    text: [
      { text: sentence(orUnknown(text, language)), strong: true },
      {
        text: [
          '',
          say.bases[basis],
          ...(more === '' ? [] : [sentence(more)]),
          ...(special === 'none' ? [] : [say.specials[special]]),
        ].join(' '),
      },
    ],
  }
}

function categoryItem(category: Facts['categories'][number], language: Language): PaperItem {
  const say = noticeWords[language]
  const { name, fromPerson, source, need, consequence } = category
  const told = fromPerson
    ? [
        say.fromPerson,
        ...(need === null ? [say.unknown] : [say.needs[need]]),
        ...(need === null || need === 'free' ? [] : [sentence(orUnknown(consequence, language))]),
      ]
    : [`${say.fromElsewhere} ${sentence(orUnknown(source, language))}`]
  return { text: [{ text: `${orUnknown(name, language)}. `, strong: true }, { text: told.join(' ') }] }
}

function transferItem(
  { processors }: Known,
  { processorId, name, country, transfer }: Facts['recipients'][number],
  language: Language,
): PaperItem[] {
  if (processorId !== null) {
    const processor = processors[processorId]
    const basis = processor?.transfer[language] ?? ''
    return processor && basis !== '' ? [{ text: sentence(`${processor.name}: ${basis}`) }] : []
  }
  if (country === '') return []
  const basis = transfer === 'none' ? noticeWords[language].unknown : processorWords[language].transfers[transfer]
  return [{ text: sentence(`${orUnknown(name, language)} (${placeNames([country], language)}): ${basis}`) }]
}

/** A length of time in words: `P6M` is 6 months. */
export function lengthOf(period: string, language: Language): string {
  const [, digits = '', unit = ''] = /^P(\d+)([DWMY])$/.exec(period) ?? []
  const [one, many] = noticeWords[language].lengths[unit === 'D' || unit === 'W' || unit === 'M' ? unit : 'Y']
  return `${digits} ${digits === '1' ? one : many}`
}

function orUnknown(text: Both, language: Language): string {
  return text[language] || noticeWords[language].unknown
}

/** Ends as a sentence ends. */
function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`
}

const paragraph = (text: string): PaperBlock => ({ kind: 'paragraph', text })
const list = (items: readonly PaperItem[]): PaperBlock => ({ kind: 'list', ordered: false, items })
