import { html } from '@art32/press'
import type { Markup } from '@art32/press'

/** Where a tenant's public pages lie, and in which language they speak. */
export interface Place {
  readonly base: string
  readonly language: 'en' | 'de'
}

/** Style of what stands beside a document: forms, lists of files, the line above it. After `pageStyle`. */
export const portalStyle = `.above{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;justify-content:space-between;margin:0 0 2.5rem;font:400 var(--small)/1.5 var(--sans)}
.above p{margin:0;max-width:none}
.above p,.entries p,form p{white-space:normal}
.entries{list-style:none;margin:1rem 0 0;padding:0;max-width:var(--measure)}
.entries>li{padding:.75rem 0;border-top:1px solid var(--rule);font:400 var(--small)/1.5 var(--sans)}
.entries>li:last-child{border-bottom:1px solid var(--rule)}
.entries .name{font:600 var(--text)/1.4 var(--serif)}
.entries p{margin:.25rem 0 0;font:inherit}
.quiet{color:var(--quiet)}
main>.quiet{font:400 var(--small)/1.5 var(--sans);white-space:normal}
.over-date{color:var(--bad);font-weight:600}
.back .frame{border-top:0;padding-top:0;margin-top:.75rem}
form{max-width:var(--measure);margin-top:1.5rem;font:400 var(--small)/1.5 var(--sans)}
form p{font:inherit}
label{display:block;font-weight:600;margin-top:1rem}
.hint{display:block;color:var(--quiet);font-weight:400}
input[type=text],input[type=email],input[type=file],textarea{display:block;width:100%;min-height:2.75rem;margin-top:.25rem;padding:.5rem .75rem;font:400 1rem/1.4 var(--sans);color:inherit;background:var(--surface);border:1px solid var(--edge);border-radius:.2rem}
textarea{min-height:7rem;resize:vertical}
p.said,.entries p.said{white-space:pre-wrap;overflow-wrap:anywhere}
.choice{display:flex;gap:.75rem;align-items:flex-start;font-weight:400}
.choice input{flex:none;width:1.25rem;height:1.25rem;margin:.1rem 0 0;accent-color:var(--ink)}
.trap{position:absolute;left:-100vw}
button{margin-top:1.5rem;min-height:2.75rem;padding:.5rem 1.25rem;font:600 1rem/1.4 var(--sans);color:var(--paper);background:var(--ink);border:1px solid var(--ink);border-radius:.2rem;cursor:pointer}
fieldset{border:0;margin:1rem 0 0;padding:0}
legend{font-weight:600;padding:0}
.refused{padding:.75rem 1rem;border:1px solid var(--bad);max-width:var(--measure);font:400 var(--small)/1.5 var(--sans)}
@media print{.above,form{display:none}}
`

/** What such a page is made of. */
interface SheetParts {
  readonly title: string
  /** Above the title: whose page it is. */
  readonly over: string
  /** Its own path, where it can be read in the other language too. */
  readonly here?: string
  readonly head?: Markup
  readonly body: Insert
  /** False: no edition is published, so that there is no document to go back to. */
  readonly isBeside?: boolean
  /** What lies above it; left out: the current document. Null: there is none. */
  readonly back?: { readonly href: string; readonly text: string } | null
  /** Where its stylesheet lies; left out: that of the document. */
  readonly style?: string
  /** False: no search engine lists it. */
  readonly index?: boolean
}

/** A page of a tenant beside its document: history, documents on request. */
export function sheetPage(
  { base, language }: Place,
  { title, over, here, head, body, index, isBeside = true, back, style }: SheetParts,
): string {
  const other = language === 'en' ? 'de' : 'en'
  const document = isBeside ? { href: `${base || '/'}${languageQuery(language)}`, text: say[language].back } : null
  const above = back === undefined ? document : back
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        ${index === false ? html`<meta name="robots" content="noindex" />` : null}
        <title>${title} – ${over}</title>
        <link rel="stylesheet" href="${style ?? `${base}/style.css`}" />
        ${head ?? null}
      </head>
      <body>
        <div class="sheet">
          <nav class="above" aria-label="${say[language].around}">
            <p>${above === null ? null : html`<a href="${above.href}">${above.text}</a>`}</p>
            ${here === undefined ? null : html`<p><a href="${here}${languageQuery(other)}" hreflang="${other}" lang="${other}">${say[language].other}</a></p>`}
          </nav>
          <main>
            <p class="over">${over}</p>
            <h1>${title}</h1>
            ${body}
          </main>
        </div>
      </body>
    </html> `.markup
}

type Insert = Parameters<typeof html>[1]

/** Keeps the language that a reader chose. */
export function languageQuery(language: 'en' | 'de'): string {
  return `?language=${language}`
}

const say = {
  en: { back: 'The current document', other: 'Deutsch', around: 'Document and language' },
  de: { back: 'Das aktuelle Dokument', other: 'English', around: 'Dokument und Sprache' },
} as const
