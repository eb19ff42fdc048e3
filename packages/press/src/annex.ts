import { publicSigns } from './assurance.ts'
import { linesOf } from './edition.ts'
import type { EditionDocument, Line } from './edition.ts'
import type { Language } from './language.ts'
import type { Letterhead } from './letterhead.ts'
import { lastLook, marginNotes, responsibilityTexts, reviewText, versionOf, withheldText } from './phrases.ts'
import { annexWords } from './preset.ts'
import type { Preset, PresetField } from './preset.ts'
import { groupsOf, measuresOfLine } from './view.ts'
import type { Arrangement } from './view.ts'
import { longDay, shortDay, words } from './words.ts'

/** A sub-processor as an annex names it; an empty text: to be filled in. */
export interface AnnexSubProcessor {
  readonly name: string
  readonly address: string
  readonly contact: string
  readonly processing: string
}

/** What an annex says of the edition that it shows. */
export interface AnnexOptions {
  readonly language: Language
  /** Of the edition's public JSON, as the ledger's bundle and the public page hold it; hex. */
  readonly sha256: string
  /** Where the provider publishes its editions; null: nowhere that is known. */
  readonly url: string | null
  /** Those that the provider's register has; left out or empty: what the edition names stands instead. */
  readonly subProcessors?: readonly AnnexSubProcessor[]
}

/** A term with what is known of it; null: to be filled in by the parties. */
export interface AnnexEntry {
  readonly term: string
  readonly text: string | null
}

/** One measure of an annex. */
export interface AnnexLine {
  readonly number: number
  readonly text: string
  /** How it is backed, in one line. */
  readonly state: string
}

/** Everything an annex shows, as text: what sets it lays out and decides nothing. */
export interface AnnexSheet {
  readonly language: Language
  readonly textLanguage: Language
  readonly date: string
  readonly tenant: string
  /** That of the edition. */
  readonly letterhead?: Letterhead
  readonly label: string
  readonly title: string
  readonly contract: string
  readonly fields: readonly AnnexEntry[]
  readonly notes: readonly string[]
  readonly groups: readonly {
    readonly title: string
    readonly lines: readonly AnnexLine[]
    /** What stands there besides, or that nothing does; null: no more. */
    readonly note: string | null
  }[]
  readonly list: {
    readonly label: string
    readonly title: string
    readonly notes: readonly string[]
    readonly entries: readonly (readonly AnnexEntry[])[]
  } | null
  readonly provenance: {
    readonly title: string
    readonly note: string
    readonly entries: readonly AnnexEntry[]
    readonly verify: string
    readonly limits: readonly string[]
  }
  readonly version: string
}

/**
 * An edition as the annex of a contract.
 *
 * @param arrangement the view whose headings the annex has
 */
export function annexSheet(
  edition: EditionDocument,
  preset: Preset,
  arrangement: Arrangement,
  { language, sha256, url, subProcessors: registered = [] }: AnnexOptions,
): AnnexSheet {
  const say = annexWords[language]
  const version = `${versionOf(words[language], edition)} ${say.of} ${longDay(edition.date, language)}`
  const withheld = edition.withheld.customers + edition.withheld.auditors
  return {
    language,
    textLanguage: edition.language,
    date: edition.date,
    tenant: edition.tenant.name,
    ...(edition.letterhead === undefined ? {} : { letterhead: edition.letterhead }),
    label: preset.label[language],
    title: preset.title[language],
    contract: preset.contract[language],
    fields: preset.fields.map((field) => filled(field, edition, language)),
    notes: [
      preset.lead[language],
      say.backed(longDay(edition.date, language)),
      ...(withheld === 0 ? [] : [`${say.withheld}: ${withheldText(words[language], edition)}.`]),
    ],
    groups: annexGroups(edition, preset, arrangement, language),
    list: preset.subProcessors ? subProcessors(edition, language, registered) : null,
    provenance: {
      title: say.provenance,
      note: say.provenanceNote,
      entries: [
        { term: say.editionTerm, text: `${edition.tenant.name}, ${version}` },
        { term: say.review, text: reviewText(words[language], edition, language) },
        { term: say.hash, text: sha256 },
        ...(url === null ? [] : [{ term: say.address, text: url }]),
        { term: say.origin, text: `${edition.ledger.origin}, ${edition.ledger.size} ${say.leaves}` },
        { term: say.key, text: edition.ledger.key },
      ],
      verify: say.verify,
      limits: edition.limits,
    },
    version,
  }
}

function filled(
  { term, filled: known, choices }: PresetField,
  edition: EditionDocument,
  language: Language,
): AnnexEntry {
  const text =
    known === 'provider' ? edition.tenant.name : known === 'certificates' ? certificatesOf(edition, language) : null
  return { term: term[language], text: choices?.[language] ?? text }
}

/** The certificates that measures name; null: none does. */
function certificatesOf(edition: EditionDocument, language: Language): string | null {
  const named = linesOf(edition.sections)
    .filter(({ status }) => status === 'in-place')
    .flatMap(({ parameters }) => parameters?.['certificates'] ?? [])
  const distinct = [...new Set(named.map(String))]
  return distinct.length === 0 ? null : `${distinct.join(', ')} (${annexWords[language].named})`
}

function annexGroups(
  edition: EditionDocument,
  { headings }: Preset,
  arrangement: Arrangement,
  language: Language,
): AnnexSheet['groups'] {
  const say = annexWords[language]
  const groups = groupsOf(linesOf(edition.sections), measuresOfLine, reworded(arrangement, headings))
  const numbers = new Map(groups.flatMap(({ lines }) => lines).map((line, index) => [line, index + 1]))
  return groups.map(({ heading, lines, also }) => ({
    title: heading?.title[language] ?? say.unplaced,
    lines: lines.map((line) => ({
      number: numbers.get(line) ?? 0,
      text: line.text,
      state: stateOf(line, language),
    })),
    note:
      also.length > 0
        ? `${say.also} ${also
            .map((line) => numbers.get(line) ?? 0)
            .toSorted((a, b) => a - b)
            .join(', ')}.`
        : lines.length === 0
          ? say.none
          : null,
  }))
}

/** The view as this annex words it. */
function reworded(arrangement: Arrangement, own: Preset['headings']): Arrangement {
  const place = (id: string): string => {
    const change = own[id]
    return change && 'into' in change ? change.into : id
  }
  return {
    ...arrangement,
    headings: arrangement.headings
      .filter(({ id }) => place(id) === id)
      .map((heading) => {
        const change = own[heading.id]
        return change && 'title' in change ? { ...heading, title: change.title } : heading
      }),
    placeOf(measure) {
      const found = arrangement.placeOf(measure)
      return found && { primary: place(found.primary), also: found.also.map(place) }
    },
  }
}

function stateOf(line: Line, language: Language): string {
  const say = words[language]
  return [
    publicSigns[line.publicState].word[language],
    ...marginNotes(say, line, language),
    ...responsibilityTexts(say, line),
    ...(line.condition === undefined ? [] : [`${annexWords[language].conditional}: ${line.condition}`]),
    ...(line.checkedAt === null ? [] : [`${lastLook(say, line)} ${shortDay(line.checkedAt, language)}`]),
  ].join(' · ')
}

/** How many empty entries stand where nobody is named. */
const emptyEntries = 2

function subProcessors(
  edition: EditionDocument,
  language: Language,
  registered: readonly AnnexSubProcessor[],
): AnnexSheet['list'] {
  const say = annexWords[language]
  const lines = linesOf(edition.sections)
  const named = new Set(
    lines.flatMap(({ parts }) =>
      parts.flatMap(({ backing }) => backing.flatMap((one) => (one.kind === 'agreement' ? [one.processor] : []))),
    ),
  )
  const guaranteed = lines.filter(({ guarantor }) => guarantor === 'processor').length
  const entry = (name: string | null): AnnexEntry[] =>
    say.subFields.map((term, index) => ({ term, text: index === 0 ? name : null }))
  const full = ({ name, address, contact, processing }: AnnexSubProcessor): AnnexEntry[] =>
    [name, address, contact, processing].map((text, index) => ({
      term: say.subFields[index] ?? '',
      text: text === '' ? null : text,
    }))
  return {
    label: say.subLabel,
    title: say.subTitle,
    notes: [
      say.subNote,
      registered.length > 0 ? say.subRegistered : named.size === 0 ? say.subNone : say.subSome,
      ...(guaranteed === 0 ? [] : [say.subGuaranteed(guaranteed)]),
    ],
    entries:
      registered.length > 0
        ? registered.map((one) => full(one))
        : named.size === 0
          ? Array.from({ length: emptyEntries }, () => entry(null))
          : [...named].toSorted().map((name) => entry(name)),
  }
}
