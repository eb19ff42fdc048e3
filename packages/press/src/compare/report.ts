import { html, rawText } from '../html.ts'
import type { Markup } from '../html.ts'
import type { EditionDocument, Line } from '../edition.ts'
import type { Language } from '../language.ts'
import { pageStyle } from '../page-style.ts'
import { differenceText, goalName } from '../changes.ts'
import { shortDay, words as pageWords } from '../words.ts'
import type { MeasureRow, MeasureTable } from './measures.ts'

/** What stands in the report beside the two documents' own words. */
const words = {
  en: {
    title: 'Two documents side by side',
    lead: 'What each says of the measures of Art. 32 GDPR. Read by a program: a measure that it did not find may still stand there in other words.',
    measure: 'Measure',
    absent: 'not found',
    differences: 'Differs',
    counts: (both: number, left: number, right: number) =>
      `${both} measures in both, ${left} only in the first, ${right} only in the second.`,
    limit: 'What a document says is no proof that it is so.',
  },
  de: {
    title: 'Zwei Dokumente nebeneinander',
    lead: 'Was jedes zu den Maßnahmen nach Art. 32 DSGVO sagt. Von einem Programm gelesen: Eine Maßnahme, die es nicht fand, kann in anderen Worten trotzdem dastehen.',
    measure: 'Maßnahme',
    absent: 'nicht gefunden',
    differences: 'Unterschied',
    counts: (both: number, left: number, right: number) =>
      `${both} Maßnahmen in beiden, ${left} nur im ersten, ${right} nur im zweiten.`,
    limit: 'Was ein Dokument sagt, ist kein Nachweis, dass es so ist.',
  },
} as const

/** Two documents side by side as one HTML file, readable and printable by itself: no script, nothing is requested. */
export function renderMeasureTable(
  [left, right]: readonly [EditionDocument, EditionDocument],
  table: MeasureTable,
  language: Language,
): string {
  const say = words[language]
  const { counts } = table
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${say.title}</title>
        <style>
          ${rawText(pageStyle())} ${rawText(tableStyle)}
        </style>
      </head>
      <body>
        <div class="sheet">
          <header>
            <h1>${say.title}</h1>
            <p class="lead">${say.lead}</p>
            <p>${say.counts(counts.both, counts.left, counts.right)}</p>
          </header>
          <main>
            ${[...Map.groupBy(table.rows, ({ goal }) => goal)].map(
              ([goal, rows]) =>
                html`<section>
                  <h2>${goalName(goal, language)}</h2>
                  <div class="wide">
                    <table class="beside">
                      <thead>
                        <tr>
                          <th scope="col">${say.measure}</th>
                          <th scope="col">${nameOf(left, language)}</th>
                          <th scope="col">${nameOf(right, language)}</th>
                        </tr>
                      </thead>
                      <tbody>
                        ${rows.map((row) => rowOf(row, [left, right], language))}
                      </tbody>
                    </table>
                  </div>
                </section>`,
            )}
          </main>
          <footer class="back"><p>${say.limit}</p></footer>
        </div>
      </body>
    </html> `.markup
}

function rowOf(
  row: MeasureRow,
  [left, right]: readonly [EditionDocument, EditionDocument],
  language: Language,
): Markup {
  const say = words[language]
  return html`<tr>
    <th scope="row">
      ${row.title}
      ${row.differences.map((one) => html`<br /><span class="quiet">${differenceText(one, language)}</span>`)}
    </th>
    <td lang="${left.language}">${cell(row.left, say.absent, language)}</td>
    <td lang="${right.language}">${cell(row.right, say.absent, language)}</td>
  </tr> `
}

function cell(lines: readonly Line[], absent: string, language: Language): Markup[] {
  if (lines.length === 0) return [html`<span class="quiet" lang="${language}">${absent}</span>`]
  const { status } = pageWords[language]
  return lines.map(
    (line) =>
      html`<p>
        ${line.text}
        ${line.status === 'in-place' ? null : html`<span class="quiet" lang="${language}">(${status[line.status]})</span>`}
      </p>`,
  )
}

function nameOf(edition: EditionDocument, language: Language): string {
  const name = edition.source?.name ?? edition.tenant.name
  return Number.isNaN(Date.parse(edition.date)) ? name : `${name}, ${shortDay(edition.date, language)}`
}

const tableStyle = `
.wide { overflow-x: auto; }
.beside { width: 100%; table-layout: fixed; border-collapse: collapse; min-width: 40rem; }
.beside th, .beside td { text-align: left; vertical-align: top; padding: 0.5rem 1rem 0.5rem 0; overflow-wrap: anywhere; }
.beside th[scope="row"] { font-weight: 600; }
.beside th .quiet { font-weight: 400; }
.beside td p { margin: 0 0 0.5rem; }
`
