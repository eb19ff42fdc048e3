import { basename } from 'node:path'
import { writeFile } from 'node:fs/promises'
import { findMeasure } from '@art32/catalogue'
import {
  compareEditions,
  compareMeasures,
  countLines,
  differenceText,
  goalName,
  linesOf,
  renderMeasureTable,
} from '@art32/press'
import type { Change, Comparison, EditionDocument, Language, Line, MeasureTable, Section } from '@art32/press'
import type { ReadResult, Statement } from '@art32/reader'
import { fileRefusal } from './bundle-source.ts'
import { loadEdition } from './edition-source.ts'
import { readOne, sentenceOf } from './read.ts'
import { Refusal } from './refusal.ts'
import { clean, hang, type Terminal } from './terminal.ts'

/** Options of `art32 compare`. */
export interface CompareOptions {
  readonly versions?: boolean
  readonly html?: string
  readonly json?: boolean
  readonly language: Language
}

const kinds = (measure: string) => findMeasure(measure)

/**
 * Compares two documents, editions or proof bundles: two providers measure by measure, or two versions line by line.
 *
 * @returns 1 when the second of two versions promises less, or something of which nobody can compute whether it is less
 */
export async function compare(
  first: string,
  second: string,
  options: CompareOptions,
  terminal: Terminal,
): Promise<0 | 1> {
  const left = await load(first, options.language)
  const right = await load(second, options.language)
  if (options.versions === true) {
    const comparison = compareEditions(left, right, kinds)
    terminal.out(
      options.json === true ? asJson({ versions: comparison }) : printVersions(comparison, options.language, terminal),
    )
    return comparison.counts.decisions > 0 ? 1 : 0
  }
  const table = compareMeasures(left, right, kinds)
  if (options.html !== undefined) await save(options.html, renderMeasureTable([left, right], table, options.language))
  terminal.out(options.json === true ? asJson({ measures: table }) : printMeasures(table, options.language, terminal))
  return 0
}

const asJson = (value: object): string => `${JSON.stringify({ schema: 'art32.compare/1', ...value }, null, 2)}\n`

async function save(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text)
  } catch (error) {
    throw fileRefusal(error, 'the report') ?? error
  }
}

/** An edition as JSON or in a bundle, or a document that is read now. */
async function load(source: string, language: Language): Promise<EditionDocument> {
  const edition = await loadEdition(source)
  if (edition !== null) return edition
  try {
    return editionOfDocument(await readOne(source))
  } catch (error) {
    const sentence = sentenceOf(error, language)
    if (sentence === undefined) throw error
    throw new Refusal(`${clean(source)}: ${sentence}`, 2, { cause: error })
  }
}

/** What a document says, in the form of an edition whose lines nothing backs. */
function editionOfDocument({ document, statements }: ReadResult): EditionDocument {
  const sections: (Section & { blocks: Line[] })[] = [{ id: 'start', title: document.name, level: 1, blocks: [] }]
  for (const statement of statements) {
    if (statement.type === 'heading') sections.push({ id: statement.id, title: statement.text, level: 2, blocks: [] })
    else if (statement.type === 'measure' || statement.measures.length > 0)
      sections.at(-1)?.blocks.push(lineOf(statement, document))
  }
  const lines = linesOf(sections)
  return {
    format: 'art32.edition/1',
    tenant: { publicId: '', name: document.name },
    state: 'draft',
    number: null,
    language: document.language,
    title: document.title ?? document.name,
    date: document.date === null ? '' : `${document.date.slice(0, 7)}-01T00:00:00Z`,
    legalFrame: [],
    scope: '',
    source: { name: basename(document.name), sha256: document.sha256 ?? '', readAt: '' },
    review: null,
    mapping: { person: 0, release: 0, none: lines.length },
    counts: countLines(lines),
    sections,
    withheld: { customers: 0, auditors: 0 },
    ledger: { origin: '', size: 0, root: '', key: '', checkpoint: '' },
    limits: [],
  }
}

function lineOf(statement: Statement, { language, sha256 }: ReadResult['document']): Line {
  const { text, status, measures, parameters, cadence, systems } = statement
  return {
    kind: 'line',
    // The reader counts lines: the same number in another document is another statement.
    id: `${sha256?.slice(0, 16) ?? 'text'}/${statement.id}`,
    text,
    status,
    assurance: 'stated',
    publicState: 'stated',
    parts: measures.map((measure) => ({
      measure: measure.id,
      title: findMeasure(measure.id)?.title[language] ?? measure.id,
      required: true,
      backing: [],
      confirmedBy: null,
    })),
    checkedAt: null,
    freshUntil: null,
    guarantor: 'us',
    ...(Object.keys(parameters).length === 0 ? {} : { parameters }),
    ...(cadence && 'every' in cadence ? { rhythm: cadence.every } : {}),
    ...(systems.length === 0 ? {} : { systems }),
    visibility: 'public',
    cites: [],
  }
}

const words = {
  en: {
    kinds: {
      same: 'the same',
      reworded: 'in other words',
      translated: 'translated',
      changed: 'changed',
      added: 'added',
      removed: 'removed',
    },
    needed: 'decision needed',
    decisions: (count: number) =>
      count === 0
        ? 'Nothing is promised less.'
        : `${count} changes promise less, or nobody can compute whether they do: a person has to say that they are meant.`,
    level: 'Level of protection per goal (strength of the measures promised)',
    both: (both: number, left: number, right: number) =>
      `${both} measures in both, ${left} only in the first, ${right} only in the second`,
    absent: 'not found',
    limit:
      'A measure that was not found may still stand there in other words. What a document says is no proof that it is so.',
  },
  de: {
    kinds: {
      same: 'gleich',
      reworded: 'in anderen Worten',
      translated: 'übersetzt',
      changed: 'geändert',
      added: 'hinzugekommen',
      removed: 'entfernt',
    },
    needed: 'Entscheidung nötig',
    decisions: (count: number) =>
      count === 0
        ? 'Nichts wird weniger versprochen.'
        : `${count} Änderungen versprechen weniger, oder es lässt sich nicht berechnen: Ein Mensch muss sagen, dass sie so gemeint sind.`,
    level: 'Schutzniveau je Ziel (Stärke der versprochenen Maßnahmen)',
    both: (both: number, left: number, right: number) =>
      `${both} Maßnahmen in beiden, ${left} nur im ersten, ${right} nur im zweiten`,
    absent: 'nicht gefunden',
    limit:
      'Eine nicht gefundene Maßnahme kann in anderen Worten dastehen. Was ein Dokument sagt, ist kein Nachweis, dass es so ist.',
  },
} as const

function printVersions({ changes, counts, levels }: Comparison, language: Language, { columns }: Terminal): string {
  const say = words[language]
  const tally = Object.entries(say.kinds).flatMap(([kind, word]) => {
    const count = counts[kind as keyof typeof say.kinds]
    return count === 0 ? [] : [`${count} ${word}`]
  })
  return [
    ...changes.filter(({ kind }) => kind !== 'same').map((change) => printChange(change, language, columns)),
    `${say.level}\n`,
    ...levels.map(({ goal, before, after }) => `  ${goalName(goal, language)}: ${before.points} → ${after.points}\n`),
    `\n${tally.join(' · ')}\n`,
    hang('', say.decisions(counts.decisions), columns),
  ].join('')
}

function printChange(
  { kind, before, after, differences, decision }: Change,
  language: Language,
  columns: number,
): string {
  const say = words[language]
  const mark = decision === 'needed' ? ` · ${say.needed}` : ''
  return [
    `${say.kinds[kind]}${mark}\n`,
    ...(before ? [hang('  - ', before.text, columns)] : []),
    ...(after && after.text !== before?.text ? [hang('  + ', after.text, columns)] : []),
    ...differences
      .filter(({ aspect }) => aspect !== 'line')
      .map((difference) => hang('    ', differenceText(difference, language), columns)),
    '\n',
  ].join('')
}

function printMeasures({ rows, counts }: MeasureTable, language: Language, { columns }: Terminal): string {
  const say = words[language]
  const line = (mark: string, lines: readonly Line[]): string =>
    lines.length === 0
      ? `    ${mark} ${say.absent}\n`
      : lines.map(({ text }) => hang(`    ${mark} `, text, columns)).join('')
  const goals = [...Map.groupBy(rows, ({ goal }) => goal)]
  return [
    ...goals.flatMap(([goal, of]) => [
      `${goalName(goal, language)}\n`,
      ...of.map(
        ({ title, left, right, differences }) =>
          `  ${clean(title)}\n${line('1', left)}${line('2', right)}${differences
            .map((difference) => hang('      ', differenceText(difference, language), columns))
            .join('')}`,
      ),
      '\n',
    ]),
    `${say.both(counts.both, counts.left, counts.right)}\n`,
    hang('', say.limit, columns),
  ].join('')
}
