/**
 * Measures the reader on labelled documents: `node packages/reader/bench.ts`, or `npm run bench reader`.
 *
 * A predicted (line, measure) matches a labelled one at most one line away, one to one; figures are micro-averaged per
 * language. The documents are research material beside the repository and not part of it; without them the report says so.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readText } from './src/index.ts'

/** A labelled or predicted pair. */
export type Label = { readonly line: number; readonly id: string }
/** Counts of a comparison. */
export type Counts = { readonly hits: number; readonly predicted: number; readonly labelled: number }
/** Figures of one document or of a language. */
export type Figures = Counts & {
  readonly name: string
  readonly precision: number
  readonly recall: number
  readonly f1: number
  readonly ms: number
}
/** What {@link bench} measures; `note` says why nothing was measured. */
export type Report = {
  readonly documents: readonly Figures[]
  readonly languages: readonly Figures[]
  readonly note: string | null
}

const corpus = fileURLToPath(new URL('../../../shared/corpus/', import.meta.url))
const sources = fileURLToPath(new URL('../../../shared/sources/', import.meta.url))

/** Matches predictions with labels one to one, exact lines before neighbours. */
export function match(
  predicted: readonly Label[],
  labelled: readonly Label[],
): Counts & { wrong: Label[]; missed: Label[] } {
  const open = new Map<string, number[]>()
  for (const { line, id } of labelled) open.set(id, [...(open.get(id) ?? []), line])
  let rest = [...predicted]
  let hits = 0
  for (const distance of [0, 1]) {
    rest = rest.filter(({ line, id }) => {
      const lines = open.get(id) ?? []
      const at = lines.findIndex((one) => Math.abs(one - line) === distance)
      if (at < 0) return true
      lines.splice(at, 1)
      hits++
      return false
    })
  }
  const missed = [...open].flatMap(([id, lines]) => lines.map((line) => ({ line, id })))
  return { hits, predicted: predicted.length, labelled: labelled.length, wrong: rest, missed }
}

/** Distinct (line, measure) pairs that the reader predicts. */
export function predict(text: string, name: string): Label[] {
  const { statements } = readText(text, { name, now: new Date('2026-11-22') })
  const seen = new Set<string>()
  return statements.flatMap((one) =>
    one.measures.flatMap(({ id }) => {
      const key = `${one.line} ${id}`
      if (seen.has(key)) return []
      seen.add(key)
      return [{ line: one.line, id }]
    }),
  )
}

function figures(name: string, parts: readonly Counts[], ms: number): Figures {
  const sum = (key: keyof Counts) => parts.reduce((total, part) => total + part[key], 0)
  const [hits, predicted, labelled] = [sum('hits'), sum('predicted'), sum('labelled')]
  const precision = predicted === 0 ? 0 : hits / predicted
  const recall = labelled === 0 ? 0 : hits / labelled
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall)
  return { name, hits, predicted, labelled, precision, recall, f1, ms }
}

type Labelled = {
  readonly name: string
  readonly language: string
  readonly text: string
  readonly labels: readonly Label[]
}

/** The labelled development documents, and the two source documents as a "language" of their own. */
export function labelledDocuments(): Labelled[] {
  if (!existsSync(corpus)) return []
  const dev = readdirSync(`${corpus}labels`).map((file): Labelled => {
    const label = JSON.parse(readFileSync(`${corpus}labels/${file}`, 'utf8')) as {
      file: string
      language: string
      lines: Record<string, string[]>
    }
    const labels = Object.entries(label.lines).flatMap(([line, ids]) =>
      ids.filter((id) => id !== 'other').map((id) => ({ line: Number(line), id })),
    )
    return { name: label.file, language: label.language, text: readFileSync(corpus + label.file, 'utf8'), labels }
  })
  const rows = JSON.parse(readFileSync(`${corpus}sources-labelled.json`, 'utf8')) as {
    file: string
    line: number
    measures: string[]
  }[]
  const own = [...new Set(rows.map((row) => row.file))].map((file): Labelled => {
    const labels = rows
      .filter((row) => row.file === file)
      .flatMap((row) => [...new Set(row.measures)].map((id) => ({ line: row.line, id })))
    const distinct = [...new Map(labels.map((label) => [`${label.line} ${label.id}`, label])).values()]
    return { name: file, language: 'sources', text: readFileSync(sources + file, 'utf8'), labels: distinct }
  })
  return [...dev, ...own]
}

/** Measures all labelled documents. */
export async function bench(): Promise<Report> {
  const documents = labelledDocuments()
  if (documents.length === 0)
    return {
      documents: [],
      languages: [],
      note: 'No labelled documents beside the repository (../shared/corpus): nothing measured.',
    }
  const measured = documents.map((document) => {
    const start = performance.now()
    const predicted = predict(document.text, document.name)
    const ms = performance.now() - start
    return { document, counts: match(predicted, document.labels), ms }
  })
  const languages = [...new Set(documents.map((document) => document.language))].map((language) => {
    const own = measured.filter((one) => one.document.language === language)
    return figures(
      language,
      own.map((one) => one.counts),
      own.reduce((total, one) => total + one.ms, 0) / own.length,
    )
  })
  return { documents: measured.map((one) => figures(one.document.name, [one.counts], one.ms)), languages, note: null }
}

/** The report as lines of text. */
export function format(report: Report): string {
  if (report.note !== null) return report.note
  const row = (one: Figures) =>
    `${one.name.padEnd(36)} P ${one.precision.toFixed(3)}  R ${one.recall.toFixed(3)}  F1 ${one.f1.toFixed(3)}  ${one.ms.toFixed(0).padStart(5)} ms`
  return [...report.documents.map(row), '', ...report.languages.map(row)].join('\n')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(`${format(await bench())}\n`)
