import type { AnnexEntry, AnnexSheet } from './annex.ts'
import { html, rawText } from './html.ts'
import type { Markup } from './html.ts'
import { pageStyle } from './page-style.ts'

/**
 * An annex as one complete page to print or to keep: no script, nothing requested from anybody.
 *
 * @param stylesheetUrl where {@link annexStyle} is served; null: the page holds it
 */
export function renderAnnexPage(sheet: AnnexSheet, stylesheetUrl: string | null = null): string {
  const { language, textLanguage, provenance } = sheet
  const page = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${sheet.label}: ${sheet.title} – ${sheet.tenant}, ${sheet.version}</title>
        ${
          stylesheetUrl === null
            ? html`<style>
                ${rawText(annexStyle())}
              </style>`
            : html`<link rel="stylesheet" href="${stylesheetUrl}" />`
        }
      </head>
      <body class="annex">
        <main class="sheet">
          <header>
            <p class="over">${sheet.label}</p>
            <h1>${sheet.title}</h1>
            <p class="lead">${sheet.contract}</p>
            ${entries(sheet.fields)} ${sheet.notes.map((note) => html`<p>${note}</p> `)}
          </header>
          ${sheet.groups.map((group) => {
            return html`<section>
              <h2>${group.title}</h2>
              ${
                group.lines.length === 0
                  ? null
                  : html`<ol>
                      ${group.lines.map((line) => {
                        return html`<li value="${line.number}">
                          <p lang="${textLanguage}">${line.text}</p>
                          <p class="state">${line.state}</p>
                        </li> `
                      })}
                    </ol>`
              }
              ${group.note === null ? null : html`<p class="aside">${group.note}</p>`}
            </section> `
          })}
          ${list(sheet)}
          <footer class="back">
            <h2>${provenance.title}</h2>
            <p>${provenance.note}</p>
            ${entries(provenance.entries)}
            <p>${provenance.verify}</p>
            <ul class="limits" lang="${textLanguage}">
              ${provenance.limits.map((limit) => html`<li>${limit}</li> `)}
            </ul>
          </footer>
        </main>
      </body>
    </html> `
  return page.markup
}

function list({ list }: AnnexSheet): Markup | null {
  if (list === null) return null
  return html`<section class="list">
    <p class="over">${list.label}</p>
    <h2>${list.title}</h2>
    ${list.notes.map((note) => html`<p>${note}</p> `)}
    ${list.entries.map((one, index) => {
      return html`<h3>${index + 1}.</h3>
        ${entries(one)} `
    })}
  </section>`
}

function entries(all: readonly AnnexEntry[]): Markup {
  return html`<dl class="frame">
    ${all.map(({ term, text }) => {
      return html`<dt>${term}</dt>
        <dd${text === null ? html` class="blank"` : null}>${text ?? ''}</dd> `
    })}
  </dl>`
}

/** The stylesheet of annexes; the same for all. */
export function annexStyle(): string {
  return `${pageStyle()}${own}`
}

const own = `.annex .sheet{width:min(100% - 3rem,calc(var(--measure) + 6rem))}
.annex h2{font-size:var(--h3);margin-top:2.25rem}
.annex h3{font-size:var(--text);margin-top:1.25rem}
.annex .frame{grid-template-columns:minmax(10rem,16rem) minmax(0,1fr);gap:.5rem 1.5rem;margin-top:1.25rem}
.annex .blank{min-height:1.6em;border-bottom:1px solid var(--edge)}
.annex ol{margin:.75rem 0 0;padding:0;list-style-position:outside;padding-inline-start:2.5rem}
.annex li+li{margin-top:.75rem}
.annex li p{margin:0}
.annex .state{font:400 var(--note)/1.45 var(--sans);color:var(--quiet);margin-top:.15rem}
.annex .list{margin-top:4rem;padding-top:1rem;border-top:1px solid var(--rule)}
.annex .list .over{margin:0}.annex .list h2{margin-top:.25rem;font-size:var(--h2)}
@media (max-width:40rem){.annex .frame{grid-template-columns:1fr;gap:.15rem}.annex .frame dd{margin-bottom:.75rem}}
@media print{.annex .sheet{width:auto}.annex .list{break-before:page}.annex li{break-inside:avoid}}
`
