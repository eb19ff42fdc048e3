import { html, look, rawText } from '@art32/press'

const colours = ({ paper, ink, quiet }: typeof look.colours.light) => `--paper:${paper};--ink:${ink};--quiet:${quiet}`

const style = `:root{color-scheme:light dark;${colours(look.colours.light)}}
@media (prefers-color-scheme:dark){:root{${colours(look.colours.dark)}}}
body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.5 ${look.fonts.interface}}
main{box-sizing:border-box;max-width:36rem;margin:0 auto;padding:4rem 1.25rem}
h1{font:600 2rem/1.2 ${look.fonts.document};margin:0 0 1rem}
a{color:inherit}
.trace{color:var(--quiet);font-size:.8125rem;overflow-wrap:anywhere}`

const say = {
  en: {
    missing: 'This page does not exist',
    refused: 'This page could not be shown',
    back: 'To the document',
    trace: 'Trace',
  },
  de: {
    missing: 'Diese Seite gibt es nicht',
    refused: 'Diese Seite ließ sich nicht zeigen',
    back: 'Zum Dokument',
    trace: 'Kennung',
  },
}

/**
 * Whether a person with a browser opened the address: they get a page. Programs do not ask for HTML by name, and get problem details.
 */
export function isForBrowser(request: Request): boolean {
  return request.method === 'GET' && (request.headers.get('accept') ?? '').includes('text/html')
}

/** Why a public page cannot be shown, as a page. @param nonce of the style, by the policy of the answer */
export function refusalPage(
  { status, detail, trace }: { readonly status: number; readonly detail: string; readonly trace: string },
  { path, language, nonce }: { readonly path: string; readonly language: 'en' | 'de'; readonly nonce: string },
): string {
  const words = say[language]
  const title = status === 404 ? words.missing : words.refused
  const home = /^\/trust\/[^/]+(?=\/)/.exec(path)?.[0]
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title} · art32</title>
        <style nonce="${nonce}">
          ${rawText(style)}
        </style>
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          <p>${detail}</p>
          ${home === undefined ? null : html`<p><a href="${home}?language=${language}">${words.back}</a></p>`}
          <p class="trace">${words.trace}: ${trace}</p>
        </main>
      </body>
    </html> `.markup
}
