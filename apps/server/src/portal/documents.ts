import { html } from '@art32/press'
import type { Markup } from '@art32/press'
import type { DisclosedDocument } from '../disclosure/index.ts'
import { retentionMonths } from '../disclosure/index.ts'
import { sheetPage } from './sheet.ts'
import type { Place } from './sheet.ts'

/** What somebody typed before it was refused, so that nothing is lost. */
export interface Typed {
  readonly name: string
  readonly organisation: string
  readonly email: string
  readonly reason: string
}

/** The page `/trust/<tenant>/documents`: what is for everybody, and the form to ask for the rest. */
export function documentsPage(
  place: Place,
  tenant: string,
  { documents, withheld, typed }: { documents: readonly DisclosedDocument[]; withheld: number; typed?: Typed },
): string {
  const words = say[place.language]
  const open = documents.filter(({ audience }) => audience === 'public')
  const closed = documents.filter(({ audience }) => audience === 'request')
  return sheetPage(place, {
    title: words.title,
    over: tenant,
    here: `${place.base}/documents`,
    index: typed === undefined,
    body: html` ${
        open.length === 0
          ? null
          : html`<h2>${words.open}</h2>
              <ul class="entries">
                ${open.map((one) => entry(place, one, `${place.base}/documents/${one.id}`))}
              </ul>`
      }
      <h2>${words.closed}</h2>
      <p>${words.closedLead}</p>
      <ul class="entries">
        ${
          withheld === 0
            ? null
            : html`<li>
                <span class="name">${words.edition}</span>
                <p>${withheld} ${withheld === 1 ? words.line : words.lines}</p>
              </li> `
        }
        ${closed.map((one) => entry(place, one, null))}
        ${withheld === 0 && closed.length === 0 ? html`<li class="quiet">${words.other}</li>` : null}
      </ul>
      <h2 id="ask">${words.ask}</h2>
      ${typed === undefined ? null : html`<p class="refused" role="alert">${words.refused}</p>`}
      ${form(place, tenant, typed)}`,
  })
}

/** A document: its name, as a link where it may be taken, and what it is. The hash of a short text would tell the text. */
export function entry(
  { language }: Place,
  { title, type, size, sha256 }: Pick<DisclosedDocument, 'title' | 'type' | 'size' | 'sha256'>,
  href: string | null,
): Markup {
  const kind = kinds[type.split(';')[0] ?? ''] ?? ''
  return html`<li>
    ${href === null ? html`<span class="name">${title}</span>` : html`<a class="name" href="${href}">${title}</a>`}
    <p class="quiet">
      ${kind}${kind === '' ? '' : ', '}${sizeText(size, language)}
      ${href === null ? null : html`· <code>SHA-256 ${sha256.toString('hex')}</code>`}
    </p>
  </li> `
}

const kinds: Readonly<Record<string, string>> = {
  'application/pdf': 'PDF',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'Word',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'Excel',
  'application/zip': 'ZIP',
  'text/plain': 'Text',
}

function sizeText(size: number, language: 'en' | 'de'): string {
  const [value, unit] = size < 1_000_000 ? [size / 1_000, 'kB'] : [size / 1_000_000, 'MB']
  return `${value.toLocaleString(language, { maximumFractionDigits: 1 })} ${unit}`
}

function form({ base, language }: Place, tenant: string, typed: Typed | undefined): Markup {
  const words = say[language]
  const field = (name: keyof Typed, type: string, autocomplete: string, most: number) =>
    html`<label for="${name}">${words[name]}</label>
      <input
        id="${name}"
        name="${name}"
        type="${type}"
        autocomplete="${autocomplete}"
        maxlength="${most}"
        required
        value="${typed?.[name] ?? ''}"
      /> `
  return html`<form method="post" action="${base}/documents/request?language=${language}">
    ${field('name', 'text', 'name', 200)} ${field('organisation', 'text', 'organization', 200)}
    ${field('email', 'email', 'email', 254)}
    <label for="reason">${words.reason} <span class="hint">${words.reasonHint}</span></label>
    <textarea id="reason" name="reason" maxlength="2000" required>${typed?.reason ?? ''}</textarea>
    <p class="trap" aria-hidden="true">
      <label>Website <input type="text" name="website" tabindex="-1" autocomplete="off" /></label>
    </p>
    <p class="quiet">
      ${words.privacy.replace('{tenant}', tenant).replace('{months}', String(retentionMonths))}
      <a href="/privacy">${words.notice}</a>
    </p>
    <button type="submit">${words.send}</button>
  </form>`
}

/** The same answer to everybody who asked. */
export function thanksPage(place: Place, tenant: string): string {
  const words = say[place.language]
  return sheetPage(place, { title: words.thanks, over: tenant, index: false, body: html`<p>${words.received}</p>` })
}

const say = {
  en: {
    title: 'Documents',
    open: 'For everybody',
    closed: 'On request',
    closedLead:
      'Not everything that shows how data are protected is for everybody: some of it would help an attacker, too. Ask for it, and say what for.',
    edition: 'The document with the lines that are not public',
    line: 'more line, with what stands behind it',
    lines: 'more lines, with what stands behind them',
    other: 'Nothing is listed here. You can still ask for what you need.',
    ask: 'Ask for documents',
    name: 'Name',
    organisation: 'Organisation',
    email: 'Mail address',
    reason: 'What you need, and what for',
    reasonHint: 'For instance: we are a customer and our auditor wants the penetration test report.',
    privacy:
      'What you write here goes to {tenant}, to decide and to answer you. It is deleted {months} months after the request is over, or 4 years after where you accepted terms.',
    notice: 'Privacy notice',
    send: 'Send the request',
    refused: 'Please fill in all fields, and give a valid mail address. Nothing was sent.',
    thanks: 'Your request was received',
    received:
      'If it is granted, a link is sent to the mail address that you gave. It is sent nowhere else, so nobody can ask in your name and read along.',
  },
  de: {
    title: 'Unterlagen',
    open: 'Für alle',
    closed: 'Auf Anfrage',
    closedLead:
      'Nicht alles, was zeigt, wie Daten geschützt werden, ist für alle bestimmt: Manches hülfe auch Angreifern. Fragen Sie danach, und sagen Sie wofür.',
    edition: 'Das Dokument mit den Zeilen, die nicht öffentlich sind',
    line: 'weitere Zeile, mit dem, was dahintersteht',
    lines: 'weitere Zeilen, mit dem, was dahintersteht',
    other: 'Hier ist nichts aufgeführt. Sie können trotzdem um das bitten, was Sie brauchen.',
    ask: 'Unterlagen anfragen',
    name: 'Name',
    organisation: 'Organisation',
    email: 'E-Mail-Adresse',
    reason: 'Was Sie brauchen und wofür',
    reasonHint: 'Zum Beispiel: Wir sind Kunde, und unsere Prüferin möchte den Bericht des Penetrationstests sehen.',
    privacy:
      'Was Sie hier schreiben, geht an {tenant}, um zu entscheiden und Ihnen zu antworten. Es wird {months} Monate nach dem Ende der Anfrage gelöscht, oder 4 Jahre danach, wenn Sie Bedingungen angenommen haben.',
    notice: 'Datenschutzhinweise',
    send: 'Anfrage senden',
    refused: 'Bitte füllen Sie alle Felder aus und geben Sie eine gültige E-Mail-Adresse an. Es wurde nichts gesendet.',
    thanks: 'Ihre Anfrage ist eingegangen',
    received:
      'Wird sie bewilligt, geht ein Link an die angegebene E-Mail-Adresse. Er geht nirgendwo anders hin; niemand kann also in Ihrem Namen anfragen und mitlesen.',
  },
} as const
