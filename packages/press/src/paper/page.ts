import { html, rawText } from '../html.ts'
import type { Markup } from '../html.ts'
import { pageStyle } from '../page-style.ts'
import { proofOf, runningOf, runsOf, sheetsOf } from './layout.ts'
import { checkPaper } from './paper.ts'
import type { Paper, PaperBlock, PaperCell, PaperField, PaperItem, PaperSign, PaperTable, PaperText } from './paper.ts'
import { paperWords, toneGlyphs } from './words.ts'

/**
 * A paper as one complete page to print or to keep: no script, nothing requested from anybody.
 *
 * @param stylesheetUrl where {@link paperStyle} is served; null: the page holds it
 * @throws {PaperError} for one that crosses a limit
 */
export function renderPaperPage(paper: Paper, stylesheetUrl: string | null = null): string {
  checkPaper(paper)
  const { language, letterhead, by, over, subtitle, meta = [], metaToFill = false } = paper
  const title = paper.title.trim() || paperWords[language].untitled
  const proof = proofOf(paper)
  const page = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${title} – ${by}</title>
        ${
          stylesheetUrl === null
            ? html`<style>
                ${rawText(paperStyle(letterhead?.accent))}
              </style>`
            : html`<link rel="stylesheet" href="${stylesheetUrl}" />`
        }
      </head>
      <body class="paper">
        <main class="sheet">
          <header>
            ${
              letterhead?.logo
                ? html`<p>
                    <img
                      class="logo"
                      alt=""
                      src="data:image/png;base64,${letterhead.logo.bytes}"
                      width="${letterhead.logo.width}"
                      height="${letterhead.logo.height}"
                    />
                  </p>`
                : null
            }
            <p class="over">${by}${over === undefined ? null : html` · ${over}`}</p>
            <h1>${title}</h1>
            ${subtitle === undefined ? null : html`<p class="lead">${subtitle}</p>`}
            ${meta.length === 0 ? null : fieldsOf(meta, metaToFill, paper)}
          </header>
          ${sheetsOf(paper).map(
            ({ wide, blocks }) =>
              html`<div class="${wide ? 'part wide' : 'part'}">${blocks.map((block) => blockOf(block, paper))}</div> `,
          )}
          <footer class="back">
            <p class="quiet">${runningOf(paper)}</p>
            ${proof === null ? null : html`<p class="quiet">${proof}</p>`}
          </footer>
        </main>
      </body>
    </html> `
  return page.markup
}

/** What a paper says, without what stands around it: for a page that has a frame of its own. */
export function paperBody(paper: Paper): Markup[] {
  checkPaper(paper)
  return paper.blocks.map((block) => blockOf(block, paper))
}

function blockOf(block: PaperBlock, paper: Paper): Markup {
  const lang =
    'language' in block && block.language !== undefined && block.language !== paper.language
      ? html` lang="${block.language}"`
      : null
  switch (block.kind) {
    case 'heading':
      return headingOf(block.level, block.text, lang)
    case 'paragraph':
      return html`<p${lang}${block.quiet === true ? html` class="quiet"` : null}>${textOf(block.text)}</p> `
    case 'list':
      return listOf(block.ordered, block.start ?? 1, block.items, lang)
    case 'fields':
      return fieldsOf(block.fields, block.toFill ?? false, paper)
    case 'table':
      return tableOf(block, lang)
    case 'notice':
      return html`<div class="notice ${block.sign.tone}"><p>${signOf(block.sign)}</p><p${lang}>${textOf(block.text)}</p></div> `
    case 'signatures':
      return html`<div class="signatures">
        ${block.lines.map(
          ({ label, name }) =>
            html`<p>${paperWords[paper.language].placeAndDate}</p>
              <p>
                ${paperWords[paper.language].signature}: ${label}${name === undefined ? null : html`<br />${name}`}
              </p> `,
        )}
      </div> `
    case 'page-break':
      return html`<div class="break"></div> `
  }
}

function headingOf(level: 1 | 2 | 3 | 4, text: string, lang: Markup | null): Markup {
  if (level === 1) return html`<h2${lang}>${text}</h2> `
  if (level === 2) return html`<h3${lang}>${text}</h3> `
  if (level === 3) return html`<h4${lang}>${text}</h4> `
  return html`<h5${lang}>${text}</h5> `
}

function textOf(text: PaperText): Markup[] {
  return runsOf(text).map(({ text: words, strong, emphasis, href }) => {
    const lines = html`${words.split('\n').map((line, index) => (index === 0 ? line : html`<br />${line}`))}`
    const weighed = strong === true ? html`<strong>${lines}</strong>` : lines
    const set = emphasis === true ? html`<em>${weighed}</em>` : weighed
    return href === undefined ? set : html`<a href="${href}" rel="noreferrer">${set}</a>`
  })
}

function listOf(ordered: boolean, start: number, items: readonly PaperItem[], lang: Markup | null): Markup {
  const inner = items.map(
    ({ text, note, items: more = [] }) =>
      html`<li>
      <div${lang}>${textOf(text)}</div>
      ${note === undefined ? null : html`<p class="state">${note}</p>`}
      ${more.length === 0 ? null : listOf(ordered, 1, more, lang)}
    </li> `,
  )
  return ordered
    ? html`<ol start="${start}">
        ${inner}
      </ol> `
    : html`<ul>
        ${inner}
      </ul> `
}

function fieldsOf(fields: readonly PaperField[], toFill: boolean, { language }: Paper): Markup {
  return html`<dl class="frame">
    ${fields.map(({ label, value }) => {
      const text = value?.trim() ? value : null
      return html`<dt>${label}</dt>
        <dd${text === null ? html` class="${toFill ? 'blank' : 'quiet'}"` : null}>${text === null ? (toFill ? '' : paperWords[language].notStated) : textOf(text)}</dd> `
    })}
  </dl> `
}

function tableOf({ columns, rows }: PaperTable, lang: Markup | null): Markup {
  const side = (index: number) => (columns[index]?.align === 'right' ? html` class="number"` : null)
  return html`<div class="scroll"><table${lang}>
    <thead><tr>${columns.map(({ title }, index) => html`<th scope="col" ${side(index)}>${title}</th>`)}</tr></thead>
    <tbody>
      ${rows.map(
        (row) =>
          html`<tr>
            ${row.map((cell, index) => html`<td${side(index)}>${cellOf(cell)}</td>`)}
          </tr> `,
      )}
    </tbody>
  </table></div> `
}

function cellOf(cell: PaperCell): Markup | Markup[] | string {
  if (cell === null || cell === '') return '–'
  return typeof cell === 'object' ? signOf(cell) : textOf(String(cell))
}

function signOf({ tone, word }: PaperSign): Markup {
  return html`<span class="sign ${tone}"><span aria-hidden="true">${toneGlyphs[tone]}</span> ${word}</span>`
}

/** The stylesheet of papers; the same for all of one colour. */
export function paperStyle(accent?: Parameters<typeof pageStyle>[1]): string {
  return `${pageStyle(undefined, accent)}${own}`
}

const own = `.paper .sheet{width:min(100% - 3rem,calc(var(--measure) + 10rem))}
.paper .logo{max-width:16rem;max-height:4rem;width:auto;height:auto}
.paper h2{font-size:var(--h2);margin-top:2.25rem}
.paper h3{font-size:var(--h3);margin-top:1.5rem}
.paper h4,.paper h5{font-size:var(--text);margin:1.25rem 0 .25rem}
.paper .quiet,.paper .state{font:400 var(--note)/1.45 var(--sans);color:var(--quiet)}
.paper .state{margin:.15rem 0 0}
.paper .frame{grid-template-columns:minmax(10rem,16rem) minmax(0,1fr);gap:.5rem 1.5rem;margin-top:1.25rem}
.paper .blank{min-height:1.6em;border-bottom:1px solid var(--edge)}
.paper ol,.paper ul{margin:.75rem 0 0;padding-inline-start:2.5rem}
.paper li+li{margin-top:.6rem}
.paper .scroll{overflow-x:auto;margin-top:1rem}
.paper table{border-collapse:collapse;width:100%;font:400 var(--small)/1.4 var(--sans)}
.paper th,.paper td{text-align:start;vertical-align:top;padding:.4rem .9rem .4rem 0;border-bottom:1px solid var(--rule)}
.paper th{font-weight:400;color:var(--quiet);vertical-align:bottom}
.paper .number{text-align:end;font-variant-numeric:tabular-nums}
.paper .sign{font-weight:600;white-space:nowrap}
${(['good', 'vouched', 'plain', 'waiting', 'bad'] as const).map((tone) => `.paper .sign.${tone}{color:var(--${tone})}.paper .notice.${tone}{border-inline-start-color:var(--${tone})}`).join('\n')}
.paper .notice{border-inline-start:.2rem solid var(--edge);padding-inline-start:1rem;margin-top:1.25rem}
.paper .notice p{margin:0}
.paper .signatures{display:grid;grid-template-columns:1fr 1fr;gap:0 3rem}
.paper .signatures p{margin:4rem 0 0;padding-top:.3rem;border-top:1px solid var(--edge);font:400 var(--note)/1.4 var(--sans)}
.paper .back{margin-top:3rem}
@media (max-width:40rem){.paper .frame{grid-template-columns:1fr;gap:.15rem}.paper .frame dd{margin-bottom:.75rem}}
@media print{.paper .sheet{width:auto}.paper .break{break-before:page}.paper li,.paper tr{break-inside:avoid}.paper thead{display:table-header-group}.paper .scroll{overflow:visible}}
`
