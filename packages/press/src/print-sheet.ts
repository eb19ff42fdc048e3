import { assurances, assuranceSigns, publicSigns, publicStates } from './assurance.ts'
import type { Sign } from './assurance.ts'
import { changesChapter } from './changes.ts'
import { headingLevels } from './edition.ts'
import type { EditionDocument, Line, Part, Section } from './edition.ts'
import type { Language } from './language.ts'
import { logoSize } from './letterhead.ts'
import type { Logo } from './letterhead.ts'
import { look } from './look.ts'
import {
  backingText,
  capital,
  confirmedBy,
  lastLook,
  mappingText,
  marginNotes,
  periodText,
  responsibilityTexts,
  reviewText,
  versionOf,
  withheldText,
} from './phrases.ts'
import { longDay, shortDay, words } from './words.ts'
import type { Words } from './words.ts'

/**
 * Everything the template `edition.typ` prints, as strings ready to set: the template lays out and decides nothing.
 */
export function printSheet(edition: EditionDocument, language: Language): object {
  const say = words[language]
  const version = `${versionOf(say, edition)}, ${longDay(edition.date, language)}`
  const numbered = new Map(edition.sections.flatMap(linesOfSection).map((line, index) => [line, String(index + 1)]))
  return {
    language,
    textLanguage: edition.language,
    words: say,
    colours: { ...look.colours.light, accent: edition.letterhead?.accent?.light ?? look.colours.light.ink },
    logo: edition.letterhead?.logo ? printedLogo(edition.letterhead.logo) : null,
    ...look.print,
    title: edition.title.trim() || say.heading,
    tenant: edition.tenant.name,
    date: dateOf(edition.date),
    subtitle: version,
    running: { tenant: shortened(edition.tenant.name), version, title: shortened(edition.title) },
    draftNote: edition.state === 'draft' ? say.draftNote : null,
    frame: frame(say, edition, language),
    legend: publicStates.map((state) => ({
      count: String(edition.counts.public[state]),
      sign: signOf(publicSigns[state], language),
      says: say.legend[state],
    })),
    sections: sections(say, edition, numbered, language),
    behind: [...numbered].flatMap(([line, number]) => behind(say, line, number, language)),
    counts: assurances.map((assurance) => ({
      sign: signOf(assuranceSigns[assurance], language),
      count: String(edition.counts.assurance[assurance]),
    })),
    withheld: `${say.withheld}: ${withheldText(say, edition)}.`,
    changes: changesChapter(edition, language),
    limits: edition.limits,
    ledger: ledger(say, edition),
  }
}

/** Its bytes as numbers, since JSON has no others; its size in mm. */
function printedLogo(logo: Logo): object {
  const points = logoSize(logo, { width: 240, height: 60 })
  return {
    bytes: [...Uint8Array.from(atob(logo.bytes), (character) => character.charCodeAt(0))],
    width: points.width * mmPerPixel,
    height: points.height * mmPerPixel,
  }
}

/** At 96 pixels to the inch. */
const mmPerPixel = 25.4 / 96

/** Short enough for one line at the head or foot of a page. */
function shortened(text: string): string {
  return text.length <= 70 ? text : `${text.slice(0, 69).toWellFormed()}…`
}

function linesOfSection(section: Section): Line[] {
  return section.blocks.filter((block) => block.kind === 'line')
}

function signOf(sign: Sign, language: Language): object {
  return { glyph: sign.glyph, tone: sign.tone, word: sign.word[language] }
}

/** The parts of a date, as typst takes them; an edition without a readable date is dated at the epoch. */
function dateOf(instant: string): object {
  const date = new Date(Number.isNaN(Date.parse(instant)) ? 0 : instant)
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  }
}

interface Entry {
  readonly term: string
  readonly text: string
  /** Instead of the text: lines of the code font, each in pieces that are set without a gap. */
  readonly code: readonly (readonly string[])[] | null
}

function frame(say: Words, edition: EditionDocument, language: Language): Entry[] {
  const { source } = edition
  const entries = [
    prose(say.legalFrame, edition.legalFrame.join(' · ')),
    prose(say.scope, edition.scope),
    prose(say.review, reviewText(say, edition, language)),
    prose(say.mapping, mappingText(say, edition)),
    ...(source ? [prose(say.source, `${source.name}, ${say.sourceRead} ${longDay(source.readAt, language)}`)] : []),
    ...(source ? [code('SHA-256', source.sha256)] : []),
  ]
  return entries.filter((entry) => entry.code !== null || entry.text !== '')
}

function ledger(say: Words, { ledger: head }: EditionDocument): Entry[] {
  return [
    code(say.origin, head.origin),
    prose(say.size, String(head.size)),
    code(say.root, head.root),
    code(say.key, head.key),
    code(say.checkpoint, head.checkpoint.trimEnd()),
  ]
}

function prose(term: string, text: string): Entry {
  return { term, text, code: null }
}

/** Codes are cut into lines here and into pieces too short to be broken, so that each keeps exactly its characters. */
function code(term: string, text: string): Entry {
  const lines = text.split('\n').flatMap((line) => line.match(/.{1,80}/gu) ?? [''])
  return { term, text: '', code: lines.map((line) => line.match(/.{1,40}/gu) ?? []) }
}

function sections(
  say: Words,
  { sections: all, language: own }: EditionDocument,
  numbered: ReadonlyMap<Line, string>,
  language: Language,
): object[] {
  const levels = headingLevels(all)
  return all.map((section, index) => ({
    title: section.title.trim() || '–',
    level: levels[index],
    language: section.language ?? own,
    blocks: section.blocks.map((block) =>
      block.kind === 'text'
        ? { kind: 'text', text: block.text }
        : { kind: 'line', number: numbered.get(block), ...printedLine(say, block, language) },
    ),
  }))
}

/** A line longer than this may break over pages; shorter ones stay with their margin. */
const longText = 900

function printedLine(say: Words, line: Line, language: Language): object {
  const look = line.checkedAt === null ? [] : [`${lastLook(say, line)} ${shortDay(line.checkedAt, language)}`]
  return {
    text: line.text,
    long: line.text.length > longText,
    sign: signOf(publicSigns[line.publicState], language),
    notes: [...marginNotes(say, line, language), ...look],
  }
}

interface BehindRow {
  readonly number: string
  readonly measure: string
  readonly text: string
  readonly seen: string
  readonly leaf: string
}

/** The rows of the appendix for one line, its number on the first: what backs each part, who confirmed it, what else holds. */
function behind(say: Words, line: Line, number: string, language: Language): BehindRow[] {
  const rows = [
    ...line.parts.flatMap((part) => partRows(say, part, language)),
    ...notesOf(say, line, language).map((note) => rowOf(note)),
  ]
  return rows.map((row, index) => (index === 0 ? { ...row, number } : row))
}

function partRows(say: Words, part: Part, language: Language): BehindRow[] {
  const by = confirmedBy(say, part)
  const backed = part.backing.map((backing) =>
    rowOf(backingText(say, backing, language), shortDay(backing.at, language), String(backing.leaf)),
  )
  const confirmed = part.confirmedBy
    ? rowOf(`${say.meaning} ${by}`, shortDay(part.confirmedBy.at, language), String(part.confirmedBy.leaf))
    : rowOf(say.byNobody)
  return [...backed, confirmed].map((row, index) => (index === 0 ? { ...row, measure: part.title } : row))
}

function rowOf(text: string, seen = '', leaf = ''): BehindRow {
  return { number: '', measure: '', text, seen, leaf }
}

function notesOf(say: Words, line: Line, language: Language): string[] {
  const { exception, condition, period, owner, cadence, systems } = line
  const bare = line.parts.every((part) => part.backing.length === 0)
  return [
    ...(line.publicState === 'correction-due' ? [say.correctionNote] : bare ? [say.noProof] : []),
    ...(exception ? [`${capital(say.exceptionUntil)} ${longDay(exception.until, language)}: ${exception.reason}`] : []),
    ...(condition === undefined ? [] : [`${say.condition}: ${condition}`]),
    ...(period ? [`${say.period}: ${periodText(say, period, language)}`] : []),
    ...(owner === undefined ? [] : [`${say.owner}: ${owner}`]),
    ...(cadence === undefined ? [] : [`${say.cadence}: ${cadence}`]),
    ...(systems ? [`${say.systems}: ${systems.join(', ')}`] : []),
    ...responsibilityTexts(say, line),
  ]
}
