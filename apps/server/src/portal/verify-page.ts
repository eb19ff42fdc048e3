import { html, look } from '@art32/press'
import { verifier } from '../platform/index.ts'

/** Where the page lies. */
export const verifyUrl = '/verify'
/** Where the verifier in one file lies. */
export const verifierUrl = `${verifyUrl}/${verifier.name}`

const stylesheet = `${verifyUrl}/style.css`
const script = `${verifyUrl}/verify.js`

type Text = Readonly<Record<'en' | 'de', string>>

const words = {
  title: { en: 'Check a proof bundle', de: 'Ein Nachweispaket prüfen' },
  lead: {
    en: 'Shows whether a document of technical and organisational measures still says what was recorded: nothing changed, removed or reordered, and no line that claims more than its records. You need the bundle.zip of the document and no account.',
    de: 'Zeigt, ob ein Dokument über technische und organisatorische Maßnahmen noch sagt, was aufgezeichnet wurde: nichts geändert, entfernt oder umgestellt, und keine Zeile, die mehr behauptet als ihre Aufzeichnungen. Sie brauchen die bundle.zip des Dokuments und kein Konto.',
  },
  here: { en: 'In this browser', de: 'In diesem Browser' },
  local: {
    en: 'The bundle is read on this machine and not sent to anybody. Once the page is loaded you can cut the network.',
    de: 'Das Paket wird auf diesem Rechner gelesen und an niemanden gesendet. Ist die Seite geladen, können Sie das Netz trennen.',
  },
  noScript: {
    en: 'This way needs JavaScript; the two below do not.',
    de: 'Dieser Weg braucht JavaScript, die beiden folgenden nicht.',
  },
  bundle: {
    en: 'Proof bundle (bundle.zip), or the proof of one line (.tlog-proof)',
    de: 'Nachweispaket (bundle.zip) oder der Nachweis einer Zeile (.tlog-proof)',
  },
  drop: {
    en: 'You can also drop it anywhere on this page.',
    de: 'Sie können es auch irgendwo auf dieser Seite ablegen.',
  },
  key: {
    en: 'Key of the log that you were given another way (optional)',
    de: 'Schlüssel des Journals, den Sie auf anderem Weg erhalten haben (optional)',
  },
  held: { en: 'Checkpoint that you kept (optional)', de: 'Prüfpunkt, den Sie aufbewahrt haben (optional)' },
  policy: {
    en: 'Your own policy: which witnesses must have cosigned (a file of c2sp.org/tlog-policy, optional)',
    de: 'Ihre eigene Richtlinie: welche Zeugen mitgezeichnet haben müssen (eine Datei nach c2sp.org/tlog-policy, optional)',
  },
  root: {
    en: 'Root certificate that you trust for time stamps (PEM, optional)',
    de: 'Wurzelzertifikat, dem Sie für Zeitstempel trauen (PEM, optional)',
  },
  file: { en: 'With one file and Node.js', de: 'Mit einer Datei und Node.js' },
  fileText: {
    en: 'The same check as one file of readable JavaScript. It needs Node.js 20.19 or newer, nothing to install and no network. The bundle holds it too, as files/art32-verify.mjs.',
    de: 'Dieselbe Prüfung als eine Datei lesbares JavaScript. Sie braucht Node.js ab 20.19, keine Installation und kein Netz. Auch das Paket enthält sie, als files/art32-verify.mjs.',
  },
  hash: {
    en: 'Whoever forges a bundle can forge the verifier in it. Compare the SHA-256 of the file with the one that art32 publishes with each release; for the file of this installation it should be:',
    de: 'Wer ein Paket fälscht, kann auch das Prüfprogramm darin fälschen. Vergleichen Sie die SHA-256 der Datei mit der, die art32 mit jeder Version veröffentlicht; für die Datei dieser Installation sollte sie lauten:',
  },
  hand: { en: 'By hand', de: 'Von Hand' },
  handText: {
    en: 'VERIFY.md in the bundle shows how to check it with a shell and OpenSSL. The formats are those of C2SP and RFC 6962; other tools read them.',
    de: 'VERIFY.md im Paket zeigt, wie man es mit einer Shell und OpenSSL prüft. Die Formate sind die von C2SP und RFC 6962; andere Werkzeuge lesen sie.',
  },
  limits: { en: 'What no check shows', de: 'Was keine Prüfung zeigt' },
  limitsText: {
    en: 'That what was observed is true: the publisher tests itself. Who made the bundle: compare the key with one that you got another way, such as your agreement. That the log was not replaced as a whole: keep its checkpoint for the next time.',
    de: 'Dass das Beobachtete stimmt: Der Herausgeber prüft sich selbst. Wer das Paket gemacht hat: Vergleichen Sie den Schlüssel mit einem, den Sie auf anderem Weg haben, etwa aus Ihrem Vertrag. Dass das Journal nicht als Ganzes ersetzt wurde: Bewahren Sie seinen Prüfpunkt bis zum nächsten Mal auf.',
  },
  other: { en: 'Deutsch', de: 'English' },
} as const satisfies Record<string, Text>

/**
 * The page `/verify` and what it loads: readable without JavaScript, and with it a check in the browser that asks nobody
 * for anything once it is loaded.
 *
 * @returns null for any other address
 */
export async function verifyPage(path: string, language: 'en' | 'de'): Promise<Response | null> {
  switch (path) {
    case verifyUrl:
      return answer('text/html', render(language, (await verifier.read()).sha256))
    case stylesheet:
      return answer('text/css', style)
    case script:
      return answer('text/javascript', await verifier.readScript())
    case verifierUrl:
      return answer('text/javascript', (await verifier.read()).bytes)
    default:
      return null
  }
}

function answer(type: string, body: string | Uint8Array): Response {
  return new Response(typeof body === 'string' ? body : Buffer.from(body), {
    headers: { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-cache' },
  })
}

function render(language: 'en' | 'de', sha256: string): string {
  const say = (text: Text) => text[language]
  const other = language === 'en' ? 'de' : 'en'
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${say(words.title)} · art32</title>
        <link rel="stylesheet" href="${stylesheet}" />
        <script type="module" src="${script}"></script>
      </head>
      <body>
        <main>
          <p class="other">
            <a href="${verifyUrl}?language=${other}" hreflang="${other}" lang="${other}">${say(words.other)}</a>
          </p>
          <h1>${say(words.title)}</h1>
          <p class="lead">${say(words.lead)}</p>
          <h2>${say(words.here)}</h2>
          <noscript><p>${say(words.noScript)}</p></noscript>
          <form id="check" hidden>
            <p>${say(words.local)}</p>
            <p class="field">
              <label for="bundle">${say(words.bundle)}</label>
              <input id="bundle" type="file" accept=".zip,application/zip,.tlog-proof" aria-describedby="drop" />
              <span id="drop" class="note">${say(words.drop)}</span>
            </p>
            <p class="field">
              <label for="key">${say(words.key)}</label>
              <input id="key" type="text" autocomplete="off" spellcheck="false" />
            </p>
            <p class="field">
              <label for="held">${say(words.held)}</label>
              <input id="held" type="file" />
            </p>
            <p class="field">
              <label for="policy">${say(words.policy)}</label>
              <input id="policy" type="file" />
            </p>
            <p class="field">
              <label for="root">${say(words.root)}</label>
              <input id="root" type="file" />
            </p>
          </form>
          <div id="result" role="status"></div>
          <h2>${say(words.file)}</h2>
          <p>${say(words.fileText)}</p>
          <pre><code>node art32-verify.mjs bundle.zip</code></pre>
          <p><a href="${verifierUrl}" download>art32-verify.mjs</a></p>
          <p>${say(words.hash)}</p>
          <pre><code>${sha256}</code></pre>
          <h2>${say(words.hand)}</h2>
          <p>${say(words.handText)}</p>
          <h2>${say(words.limits)}</h2>
          <p>${say(words.limitsText)}</p>
        </main>
      </body>
    </html> `.markup
}

const colours = ({ paper, surface, ink, quiet, edge, rule, good, bad }: typeof look.colours.light) =>
  `--paper:${paper};--surface:${surface};--ink:${ink};--quiet:${quiet};--edge:${edge};--rule:${rule};--good:${good};--bad:${bad}`

const style = `:root { color-scheme: light dark; ${colours(look.colours.light)} }
@media (prefers-color-scheme: dark) { :root { ${colours(look.colours.dark)} } }
[hidden] { display: none !important }
body { margin: 0; min-height: 100vh; background: var(--paper); color: var(--ink); font: 1.0625rem/1.5 ${look.fonts.document} }
main { box-sizing: border-box; max-width: 44rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem; overflow-wrap: anywhere }
h1 { font-size: 2rem; line-height: 1.2; margin: 1rem 0 }
h2 { font-size: 1.375rem; line-height: 1.25; margin: 2.5rem 0 0.5rem }
h4 { font-size: 1.0625rem; line-height: 1.4; margin: 1.5rem 0 0.5rem }
p, ul, pre { margin: 0 0 1rem }
a { color: inherit }
.lead, .note { color: var(--quiet) }
.other { text-align: end; margin: 0 }
.note { font: 0.875rem/1.4 ${look.fonts.interface} }
pre { white-space: pre-wrap; background: var(--surface); padding: 0.75rem 1rem; border-radius: 0.25rem }
code { font: 0.875rem/1.5 ${look.fonts.code} }
.field { display: grid; gap: 0.25rem; justify-items: start }
label { font: 600 0.9375rem/1.4 ${look.fonts.interface} }
input { box-sizing: border-box; max-width: 100%; min-height: 2.75rem; font: 1rem/1.4 ${look.fonts.interface}; color: inherit }
input[type='text'] { width: 100%; padding: 0.25rem 0.75rem; background: var(--surface); border: 1px solid var(--edge); border-radius: 0.25rem }
:focus-visible { outline: 2px solid var(--ink); outline-offset: 2px }
body.dropping { outline: 3px dashed var(--edge); outline-offset: -6px }
#result:not(:empty) { border: 1px solid var(--edge); border-radius: 0.25rem; padding: 1rem 1.25rem; margin: 1.5rem 0; background: var(--surface) }
#result > :last-child { margin-bottom: 0 }
#result .verdict { font-size: 1.25rem; font-weight: 600; margin: 0 0 0.5rem }
#result .good { color: var(--good) }
#result .bad { color: var(--bad) }
#result ul { padding: 0; list-style: none }
#result li { position: relative; padding-inline-start: 1.5rem; margin-bottom: 0.5rem }
#result li > span { position: absolute; inset-inline-start: 0 }
#result pre { background: var(--paper) }
@media print { :root { ${colours(look.colours.light)} } .other, #check { display: none } body { font-size: 10pt } }
`
