import { assurances, assuranceSigns, publicSigns, publicStates } from './assurance.ts'
import { changesChapter } from './changes.ts'
import { headingLevels } from './edition.ts'
import type { EditionDocument, Line, Part, Section } from './edition.ts'
import type { Language } from './language.ts'
import { codeSpan, escaped, escapedLine, fenced, inside, table } from './markdown-text.ts'
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
import { longDay, momentOf, shortDay, words } from './words.ts'
import type { Words } from './words.ts'

/**
 * The edition as Markdown: CommonMark with the tables of GitHub, no HTML, no link. Every line carries its state and
 * assurance, what backs it with its leaf, its owner and who guarantees it.
 *
 * @param options.language  language of the words around the document; default: the edition's
 * @source CommonMark 0.31.2 · GitHub Flavored Markdown 0.29
 */
export function renderMarkdown(edition: EditionDocument, options: { readonly language?: Language } = {}): string {
  const language = options.language ?? edition.language
  const sheet: Sheet = { edition, language, say: words[language] }
  const pieces = [...front(sheet), ...body(sheet), ...changesOf(sheet), ...back(sheet)]
  return `${pieces.filter((piece) => piece !== '').join('\n\n')}\n`
}

interface Sheet {
  readonly edition: EditionDocument
  readonly language: Language
  readonly say: Words
}

function front({ edition, language, say }: Sheet): string[] {
  const { source } = edition
  return [
    `# ${inside(edition.title.trim() || say.heading)}`,
    `**${inside(edition.tenant.name)}** · ${versionOf(say, edition)}, ${inside(longDay(edition.date, language))}`,
    edition.state === 'draft' ? `**${say.draft}.** ${say.draftNote}` : '',
    bullets([
      entry(say.legalFrame, edition.legalFrame.join(' · ')),
      entry(say.scope, edition.scope),
      entry(say.review, reviewText(say, edition, language)),
      entry(say.mapping, mappingText(say, edition)),
      source ? entry(say.source, `${source.name}, ${say.sourceRead} ${longDay(source.readAt, language)}`) : '',
      source ? `SHA-256: ${codeSpan(source.sha256)}` : '',
    ]),
    `## ${say.glance}`,
    table(
      [say.count, say.state, ''],
      publicStates.map((state) => [
        String(edition.counts.public[state]),
        `${publicSigns[state].glyph} ${publicSigns[state].word[language]}`,
        say.legend[state],
      ]),
      ['right', 'left', 'left'],
    ),
  ]
}

function body(sheet: Sheet): string[] {
  const levels = headingLevels(sheet.edition.sections)
  let number = 0
  return sheet.edition.sections.flatMap((section: Section, index) => [
    `${'#'.repeat((levels[index] ?? 1) + 1)} ${inside(section.title.trim() || '–')}`,
    ...section.blocks.flatMap((block) =>
      block.kind === 'text' ? [escaped(block.text)] : lineOf(sheet, block, (number += 1)),
    ),
  ])
}

function lineOf({ say, language }: Sheet, line: Line, number: number): string[] {
  const state = publicSigns[line.publicState]
  const look = line.checkedAt === null ? [] : [`${lastLook(say, line)} ${shortDay(line.checkedAt, language)}`]
  const notes = [...marginNotes(say, line, language), ...look].map((note) => inside(note))
  const { exception, condition, period, owner, cadence, systems } = line
  return [
    `**${number}.** ${escaped(line.text)}`,
    [`**${state.glyph} ${state.word[language]}**`, ...notes].join(' · '),
    bullets([
      entry(say.assurance, assuranceSigns[line.assurance].word[language]),
      line.publicState === 'correction-due' ? escaped(say.correctionNote) : '',
      exception ? entry(`${capital(say.exceptionUntil)} ${longDay(exception.until, language)}`, exception.reason) : '',
      condition === undefined ? '' : entry(say.condition, condition),
      line.freshUntil === null ? '' : entry(capital(say.freshUntil), momentOf(line.freshUntil, language)),
      period ? entry(say.period, periodText(say, period, language)) : '',
      entry(say.owner, owner ?? '–'),
      entry(say.guarantor, say.guarantors[line.guarantor]),
      line.responsibilities ? entry(say.responsibilities, responsibilityTexts(say, line).join(' · ')) : '',
      cadence === undefined ? '' : entry(say.cadence, cadence),
      systems ? entry(say.systems, systems.join(', ')) : '',
      `${say.statement}: ${codeSpan(line.id)}`,
    ]),
    line.parts.length === 0
      ? say.noProof
      : table(
          [say.measure, say.behind, say.seen, capital(say.leaf)],
          line.parts.flatMap((part) => rowsOf(say, part, language)),
          ['left', 'left', 'left', 'right'],
        ),
  ]
}

function rowsOf(say: Words, part: Part, language: Language): string[][] {
  const by = confirmedBy(say, part)
  const { confirmedBy: confirmation } = part
  const rows = part.backing.map((backing) => [
    backingText(say, backing, language),
    shortDay(backing.at, language),
    String(backing.leaf),
  ])
  const meaning =
    confirmation === null
      ? [say.byNobody, '', '']
      : [`${say.meaning} ${by ?? ''}`, shortDay(confirmation.at, language), String(confirmation.leaf)]
  const none = rows.length === 0 ? [[say.noProof, '', '']] : rows
  return [...none, meaning].map((row, index) => [index === 0 ? `${part.title} (${part.measure})` : '', ...row])
}

function changesOf({ edition, language }: Sheet): string[] {
  const chapter = changesChapter(edition, language)
  if (!chapter) return []
  const { levels } = chapter
  return [
    `## ${chapter.heading}`,
    escaped(`${chapter.summary} ${chapter.note}`),
    bullets(
      chapter.decisions.map((one) =>
        [one.before, one.after, one.differences.join(' · '), one.reason, one.equivalent, one.by]
          .filter((text) => text !== '')
          .map(escapedLine)
          .join('\\\n  '),
      ),
    ),
    escaped(`${levels.heading}: ${levels.rows.join(' · ')}. ${levels.note}`),
  ]
}

function back({ edition, language, say }: Sheet): string[] {
  const { counts, ledger, limits } = edition
  return [
    `## ${say.dataSheet}`,
    table(
      [say.assurance, say.count],
      assurances.map((assurance) => [
        `${assuranceSigns[assurance].glyph} ${assuranceSigns[assurance].word[language]}`,
        String(counts.assurance[assurance]),
      ]),
      ['left', 'right'],
    ),
    `${say.withheld}: ${withheldText(say, edition)}.`,
    `## ${say.verifyHeading}`,
    say.verifyText,
    fenced(say.verifyBundle),
    say.recheckText,
    fenced(say.verifyRecheck),
    say.verifyKey,
    `## ${say.limits}`,
    bullets(limits.map(escapedLine)),
    `## ${say.ledger}`,
    bullets([
      `${say.origin}: ${codeSpan(ledger.origin)}`,
      `${say.size}: ${ledger.size}`,
      `${say.root}: ${codeSpan(ledger.root)}`,
      `${say.key}: ${codeSpan(ledger.key)}`,
    ]),
    say.checkpoint,
    fenced(ledger.checkpoint.trimEnd()),
  ]
}

function entry(term: string, text: string): string {
  return text === '' ? '' : `${inside(term)}: ${inside(text)}`
}

function bullets(items: readonly string[]): string {
  return items
    .filter((item) => item !== '')
    .map((item) => `- ${item}`)
    .join('\n')
}
