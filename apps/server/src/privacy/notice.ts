import { html, look } from '@art32/press'
import type { Markup } from '@art32/press'
import { purposes } from './purposes.ts'
import type { PurposeId, Text } from './purposes.ts'

/** Who answers for the installation, as its configuration names them. */
export interface Responsible {
  /** Name, address and contact, by semicolons. */
  readonly controller: string | null
  readonly dataProtectionOfficer: string | null
}

/** A part of the notice. */
export interface NoticePart {
  readonly title: Text
  readonly paragraphs: readonly Text[]
}

/** The purposes in the order of the notice. */
export const purposeIds = Object.keys(purposes) as readonly PurposeId[]

/** Lines of a name with its address. */
export const linesOf = (text: string): string[] =>
  text
    .split(';')
    .map((line) => line.trim())
    .filter((line) => line !== '')

/**
 * What Art. 13 GDPR asks for besides the table of purposes. Each sentence is about what the code does; the tests of this
 * module look at the code for the ones that could stop being true.
 */
export const parts = [
  {
    title: { en: 'Who receives it', de: 'Wer es erhält' },
    paragraphs: [
      {
        en: 'The members of a tenant see the names and mail addresses of its other members. Whoever runs this installation administers it and can, with the keys of the machine, technically read everything. The people who made the software receive nothing.',
        de: 'Die Mitglieder eines Mandanten sehen Namen und E-Mail-Adressen der anderen Mitglieder. Wer diese Installation betreibt, verwaltet sie und kann mit den Schlüsseln der Maschine technisch alles lesen. Wer die Software herstellt, erhält nichts.',
      },
      {
        en: 'By itself the software sends nothing to other countries and to nobody else. What the operator or a tenant sets up beyond that (a mail server, a host, a connection) is theirs to tell.',
        de: 'Von sich aus sendet die Software nichts in andere Länder und an niemanden sonst. Was der Betreiber oder ein Mandant darüber hinaus einrichtet (Mailserver, Hoster, Verbindungen), haben diese zu nennen.',
      },
    ],
  },
  {
    title: { en: 'What is not done', de: 'Was nicht geschieht' },
    paragraphs: [
      {
        en: 'No tracking, no statistics about visitors, no content of third parties on any page, no decision by a computer about a person (Art. 22 GDPR). Cookies are set at sign-in only and needed for it: one keeps somebody signed in, one (art32.device) knows for 180 days a browser that signed in before. A whole address of the network is never stored: a session keeps its coarse network only, and attempts are counted in the database under keyed hashes.',
        de: 'Keine Verfolgung, keine Statistik über Besucher, keine Inhalte Dritter auf einer Seite, keine automatisierte Entscheidung über eine Person (Art. 22 DSGVO). Cookies werden erst bei der Anmeldung gesetzt und sind für sie nötig: Eines hält angemeldet, eines (art32.device) erkennt 180 Tage lang einen Browser, der schon angemeldet war. Eine ganze Netzadresse wird nie gespeichert: Eine Sitzung behält nur ihr grobes Netz, und Versuche werden in der Datenbank unter Hashes mit Schlüssel gezählt.',
      },
      {
        en: 'The log of the server holds random ids, counts and codes, and has no field for a name or an address.',
        de: 'Das Protokoll des Servers enthält zufällige Kennungen, Zahlen und Codes und hat kein Feld für einen Namen oder eine Adresse.',
      },
    ],
  },
  {
    title: { en: 'Your rights', de: 'Ihre Rechte' },
    paragraphs: [
      {
        en: 'You may ask for access, correction, deletion, restriction and your data in a common format, and you may object (Art. 15 to 21 GDPR). With an account you do most of it yourself under “My account”: see and end sessions, correct your name, take everything about you with you, and delete the account. A name and an address are needed for an account; nobody has to have one.',
        de: 'Sie können Auskunft, Berichtigung, Löschung, Einschränkung und Ihre Daten in einem gängigen Format verlangen und widersprechen (Art. 15 bis 21 DSGVO). Mit einem Konto erledigen Sie das meiste selbst unter „Mein Konto“: Sitzungen sehen und beenden, den Namen berichtigen, alles über Sie mitnehmen und das Konto löschen. Für ein Konto sind Name und E-Mail-Adresse nötig; niemand muss eines haben.',
      },
      {
        en: 'For what a tenant decides, ask the tenant. You may complain to a supervisory authority for data protection (Art. 77 GDPR).',
        de: 'Worüber ein Mandant entscheidet, fragen Sie bitte den Mandanten. Sie können sich bei einer Datenschutz-Aufsichtsbehörde beschweren (Art. 77 DSGVO).',
      },
    ],
  },
  {
    title: { en: 'What stays when an account is deleted', de: 'Was bleibt, wenn ein Konto gelöscht wird' },
    paragraphs: [],
  },
] as const satisfies readonly NoticePart[]

/** What a deletion leaves and why: told before, after, and in the notice (Art. 17(3) GDPR). */
export const stays: readonly Text[] = [
  {
    en: 'The ledgers keep that something happened and when, with a random id that leads to nobody any more. Who it was is erased. Without this, every later entry would lose its proof (Art. 17(3)(b) and (e) GDPR).',
    de: 'Die Journale behalten, dass und wann etwas geschah, mit einer zufälligen Kennung, die zu niemandem mehr führt. Wer es war, wird gelöscht. Ohne das verlöre jeder spätere Eintrag seinen Nachweis (Art. 17 Abs. 3 lit. b und e DSGVO).',
  },
  {
    en: 'Published editions stay as they are: they name the role that signed, not the person. A tenant that wrote a name into its published document keeps it there.',
    de: 'Veröffentlichte Fassungen bleiben, wie sie sind: Sie nennen die Rolle, die freigegeben hat, nicht die Person. Hat ein Mandant einen Namen in sein veröffentlichtes Dokument geschrieben, bleibt er dort.',
  },
  {
    en: 'Sentences that a tenant wrote stay the tenant’s, and so does an invitation to a tenant that you never joined; ask the tenant. Where your address stands as the owner of a measure or a finding, the field is emptied; where your name does, only in tenants whose register you could write in, since names are free to choose.',
    de: 'Sätze eines Mandanten gehören dem Mandanten, ebenso eine Einladung in einen Mandanten, in dem Sie nie waren; bitte dort fragen. Wo Ihre Adresse als verantwortlich für eine Maßnahme oder Feststellung steht, wird das Feld geleert; wo Ihr Name steht, nur in Mandanten, in deren Verzeichnis Sie schreiben durften, denn Namen kann jeder wählen.',
  },
  {
    en: 'Backups that the operator set up hold what was there until newer ones have taken their place. Copies that the operator made otherwise end when the operator deletes them.',
    de: 'Sicherungen, die der Betreiber eingerichtet hat, enthalten, was da war, bis neuere an ihre Stelle getreten sind. Andere Kopien des Betreibers enden, wenn er sie löscht.',
  },
]

const words = {
  title: { en: 'Privacy notice', de: 'Datenschutzhinweise' },
  lead: {
    en: 'What this installation of art32 stores about people, why, and for how long. It is made from the declarations by which the software itself deletes.',
    de: 'Was diese Installation von art32 über Personen speichert, warum und wie lange. Die Seite entsteht aus den Angaben, nach denen die Software selbst löscht.',
  },
  controller: { en: 'Who is responsible', de: 'Wer verantwortlich ist' },
  missing: {
    en: 'The operator of this installation has not entered a name and a contact yet (setting ART32_CONTROLLER). Whoever gave you the address of this page is the one to ask.',
    de: 'Der Betreiber dieser Installation hat noch keinen Namen und keinen Kontakt eingetragen (Einstellung ART32_CONTROLLER). Bitte wenden Sie sich an die Stelle, die Ihnen die Adresse dieser Seite gegeben hat.',
  },
  officer: { en: 'Data protection officer', de: 'Datenschutzbeauftragte' },
  tenants: {
    en: 'For what tenants enter, the tenant is responsible and the operator its processor (Art. 28 GDPR); the list says of each who decides.',
    de: 'Für das, was Mandanten eingeben, ist der Mandant verantwortlich und der Betreiber sein Auftragsverarbeiter (Art. 28 DSGVO); die Liste sagt jeweils, wer entscheidet.',
  },
  stored: { en: 'What is stored', de: 'Was gespeichert wird' },
  why: { en: 'Why', de: 'Wofür' },
  basis: { en: 'Legal basis', de: 'Rechtsgrundlage' },
  until: { en: 'How long', de: 'Wie lange' },
  decides: { en: 'Decided by', de: 'Es entscheidet' },
  operator: { en: 'the operator', de: 'der Betreiber' },
  tenant: { en: 'the tenant', de: 'der Mandant' },
  other: { en: 'Deutsch', de: 'English' },
} as const satisfies Record<string, Text>

const stylesheet = '/privacy/style.css'

/** The notice as a page that needs no script and asks nobody else for anything. */
export function renderNotice(language: 'en' | 'de', { controller, dataProtectionOfficer }: Responsible): string {
  const say = (text: Text) => text[language]
  const address = (text: string) => html`<p>${linesOf(text).map((line) => html`${line}<br />`)}</p>`
  const rows = purposeIds.map((id) => purposeOf(id, say))
  const page = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${say(words.title)} · art32</title>
        <link rel="stylesheet" href="${stylesheet}" />
      </head>
      <body>
        <main>
          <p class="other">
            <a
              href="/privacy?language=${language === 'en' ? 'de' : 'en'}"
              hreflang="${language === 'en' ? 'de' : 'en'}"
              lang="${language === 'en' ? 'de' : 'en'}"
              >${say(words.other)}</a
            >
          </p>
          <h1>${say(words.title)}</h1>
          <p class="lead">${say(words.lead)}</p>
          <h2>${say(words.controller)}</h2>
          ${controller === null ? html`<p>${say(words.missing)}</p>` : address(controller)}
          ${
            dataProtectionOfficer === null
              ? null
              : html`<h3>${say(words.officer)}</h3>
                  ${address(dataProtectionOfficer)}`
          }
          <p>${say(words.tenants)}</p>
          <h2>${say(words.stored)}</h2>
          ${rows}
          ${parts.map(
            (part) =>
              html`<h2>${say(part.title)}</h2>
                ${part.paragraphs.map((text) => html`<p>${say(text)}</p>`)}`,
          )}
          <ul>
            ${stays.map((text) => html`<li>${say(text)}</li>`)}
          </ul>
        </main>
      </body>
    </html> `
  return page.markup
}

function purposeOf(id: PurposeId, say: (text: Text) => string): Markup {
  const { what, why, basis, until, decides } = purposes[id]
  return html`<section class="purpose" id="${id}">
    <h3>${say(what)}</h3>
    <dl>
      <div>
        <dt>${say(words.why)}</dt>
        <dd>${say(why)}</dd>
      </div>
      <div>
        <dt>${say(words.basis)}</dt>
        <dd>${say(basis)}</dd>
      </div>
      <div>
        <dt>${say(words.until)}</dt>
        <dd>${say(until)}</dd>
      </div>
      <div>
        <dt>${say(words.decides)}</dt>
        <dd>${say(words[decides])}</dd>
      </div>
    </dl>
  </section> `
}

/** The look of the page, on paper too. */
export function noticeStyle(): string {
  const { light, dark } = look.colours
  const colours = ({ paper, ink, quiet, rule }: typeof light) =>
    `--paper: ${paper}; --ink: ${ink}; --quiet: ${quiet}; --rule: ${rule}`
  return `:root { color-scheme: light dark; ${colours(light)} }
@media (prefers-color-scheme: dark) { :root { ${colours(dark)} } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.5 ${look.fonts.document} }
main { box-sizing: border-box; max-width: 44rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem; overflow-wrap: break-word }
h1 { font-size: min(2rem, 7.5vw); line-height: 1.2; margin: 1rem 0 }
h2 { font-size: 1.375rem; line-height: 1.25; margin: 2.5rem 0 0.5rem }
h3 { font-size: 1.0625rem; line-height: 1.4; margin: 0 0 0.5rem }
p, ul { margin: 0 0 1rem }
li { margin-bottom: 0.5rem }
a { color: inherit }
a:focus-visible { outline: 2px solid; outline-offset: 2px }
.lead, dt { color: var(--quiet) }
.other { text-align: end; margin: 0 }
.purpose { border-top: 1px solid var(--rule); padding: 1rem 0 0.5rem; break-inside: avoid }
dl, dd { margin: 0 }
dl div { display: grid; grid-template-columns: 9rem 1fr; gap: 0 1rem; margin-bottom: 0.25rem }
@media (max-width: 30rem) { dl div { grid-template-columns: 1fr; margin-bottom: 0.5rem } }
@media print { :root { ${colours(light)} } .other { display: none } body { font-size: 10pt } }
`
}

/** The pages below `/privacy`; null for any other address. */
export function noticePage(path: string, language: 'en' | 'de', responsible: Responsible): Response | null {
  const answer = (type: string, body: string) =>
    new Response(body, { headers: { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-cache' } })
  if (path === '/privacy') return answer('text/html', renderNotice(language, responsible))
  return path === stylesheet ? answer('text/css', noticeStyle()) : null
}
