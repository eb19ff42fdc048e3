import { editionFor, html, longDay, renderPage } from '@art32/press'
import type { Markup } from '@art32/press'
import { accept, findByToken, listDocuments, openDocument, take } from '../disclosure/index.ts'
import type { DisclosedDocument, Opened, Refusal } from '../disclosure/index.ts'
import { documentOf, findPublished } from '../edition/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { entry } from './documents.ts'
import { sheetPage } from './sheet.ts'
import type { Place } from './sheet.ts'

/**
 * What a link that was granted opens: its terms, then what it gives out. Nothing is counted as taken by looking at the list,
 * so that programs for mail which follow every link use nothing up.
 *
 * @param rest of the path behind `/trust/<tenant>/link/`: the token, and what to take
 * @param accepting the terms are accepted with this request
 */
export async function linkedPage(
  tx: TenantContext,
  rest: string,
  language: 'en' | 'de',
  accepting: boolean,
): Promise<Response> {
  const [token = '', what = ''] = rest.split('/')
  const place: Place = { base: `/trust/${tx.tenant.slug}`, language }
  const opened = await findByToken(tx, token)
  if (typeof opened === 'string') return refused(place, tx.tenant.name, opened)
  const here = `${place.base}/link/${token}`
  if (accepting) {
    await accept(tx, opened)
    return new Response(null, { status: 303, headers: { location: `${here}?language=${language}`, ...apart } })
  }
  if (opened.terms) return page(termsPage(place, tx.tenant.name, here, opened))
  const given = (await listDocuments(tx)).filter(({ id }) => opened.disclosure.documents.includes(id))
  if (what === '') return page(givenPage(place, tx.tenant.name, here, opened, given))
  if (what === 'edition') return (await editionOf(tx, place, opened)) ?? missing(place, tx.tenant.name)
  const document = given.find(({ id }) => id === what)
  const bytes = document ? await openDocument(tx, document.id) : null
  if (!document || !bytes) return missing(place, tx.tenant.name)
  await take(tx, opened.disclosure, document.id)
  return file(document, bytes)
}

/** A file to keep: never shown within a page of this host. */
export function file({ name, type }: Pick<DisclosedDocument, 'name' | 'type'>, bytes: Uint8Array): Response {
  return new Response(Buffer.from(bytes), {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      ...apart,
    },
  })
}

/** Its address is a secret: no store keeps it, and no search engine lists it. */
const apart = { 'cache-control': 'no-store', 'x-robots-tag': 'noindex' }

function page(body: string, status = 200): Response {
  return new Response(body, { status, headers: { 'content-type': 'text/html; charset=utf-8', ...apart } })
}

async function editionOf(tx: TenantContext, place: Place, { disclosure }: Opened): Promise<Response | null> {
  const row = await findPublished(tx)
  if (!row || disclosure.audience === null) return null
  await take(tx, disclosure, 'edition')
  const edition = editionFor(disclosure.audience, documentOf(tx, row))
  return page(
    renderPage(edition, {
      language: place.language,
      head: [html`<meta name="robots" content="noindex" />`],
      stylesheetUrl: `${place.base}/style.css`,
      noticeUrl: '/privacy',
      fontUrl: `${place.base}/font.woff2`,
    }).html,
  )
}

function termsPage(place: Place, tenant: string, here: string, { terms }: Opened): string {
  const words = say[place.language]
  return sheetPage(place, {
    title: words.terms,
    over: tenant,
    here,
    index: false,
    body: html`<p class="lead">${words.termsLead}</p>
      ${paragraphs(terms?.text ?? '')}
      <p class="quiet">
        ${words.version} ${terms?.version ?? 0} · <code>SHA-256 ${terms?.sha256.toString('hex') ?? ''}</code>
      </p>
      <form method="post" action="${here}?language=${place.language}">
        <label class="choice"><input type="checkbox" name="accepted" value="yes" required /> ${words.accept}</label>
        <button type="submit">${words.go}</button>
      </form>`,
  })
}

/** Paragraphs as they were written. */
function paragraphs(text: string): Markup[] {
  return text.split(/\n{2,}/).map((one) => html`<p>${one}</p> `)
}

function givenPage(
  place: Place,
  tenant: string,
  here: string,
  { disclosure }: Opened,
  given: readonly DisclosedDocument[],
): string {
  const words = say[place.language]
  const until = disclosure.ends_at.toISOString()
  const whole =
    disclosure.audience === null
      ? null
      : html`<li>
          <a class="name" href="${here}/edition?language=${place.language}">${words.whole}</a>
          <p class="quiet">${words.wholeNote}</p>
        </li> `
  return sheetPage(place, {
    title: words.given,
    over: tenant,
    here,
    index: false,
    body: html`<p class="lead">${words.for} ${disclosure.name}, ${disclosure.organisation}</p>
      <p>${words.until} ${longDay(until, place.language)}. ${words.noted}</p>
      <ul class="entries">
        ${whole} ${given.map((one) => entry(place, one, `${here}/${one.id}`))}
      </ul>`,
  })
}

function refused(place: Place, tenant: string, refusal: Refusal): Response {
  const words = say[place.language]
  const body = sheetPage(place, {
    title: words.refused[refusal],
    // Of a link that never was, nothing is said but that.
    over: tenant,
    index: false,
    body: html`<p><a href="${place.base}/documents?language=${place.language}#ask">${words.askAgain}</a></p>`,
  })
  return page(body, refusal === 'unknown' ? 404 : 410)
}

function missing(place: Place, tenant: string): Response {
  const words = say[place.language]
  const body = sheetPage(place, {
    title: words.missing,
    over: tenant,
    index: false,
    body: html`<p>${words.missingNote}</p>`,
  })
  return page(body, 404)
}

const say = {
  en: {
    terms: 'Terms',
    termsLead: 'What you are about to see is not for everybody. Please read the terms first.',
    version: 'Version',
    accept: 'I accept these terms, also for the organisation that I named.',
    go: 'Accept and see the documents',
    given: 'Documents for you',
    for: 'For',
    until: 'This link ends on',
    noted: 'Each time something is taken, it is noted when.',
    whole: 'The document with the lines that are for you',
    wholeNote: 'The current edition with what stands behind each line',
    refused: {
      unknown: 'This link opens nothing',
      expired: 'This link has expired',
      revoked: 'This link was ended by whoever gave it out',
      'used-up': 'This link was used too often',
    },
    askAgain: 'Ask for documents',
    missing: 'This document is not there any more',
    missingNote: 'It was withdrawn, or this link does not give it out.',
  },
  de: {
    terms: 'Bedingungen',
    termsLead: 'Was Sie gleich sehen, ist nicht für alle bestimmt. Bitte lesen Sie zuerst die Bedingungen.',
    version: 'Version',
    accept: 'Ich nehme diese Bedingungen an, auch für die Organisation, die ich genannt habe.',
    go: 'Annehmen und Unterlagen ansehen',
    given: 'Unterlagen für Sie',
    for: 'Für',
    until: 'Dieser Link endet am',
    noted: 'Jedes Mal, wenn etwas geholt wird, wird vermerkt, wann.',
    whole: 'Das Dokument mit den Zeilen, die für Sie bestimmt sind',
    wholeNote: 'Die aktuelle Fassung mit dem, was hinter jeder Zeile steht',
    refused: {
      unknown: 'Dieser Link öffnet nichts',
      expired: 'Dieser Link ist abgelaufen',
      revoked: 'Dieser Link wurde von der herausgebenden Stelle beendet',
      'used-up': 'Dieser Link wurde zu oft benutzt',
    },
    askAgain: 'Unterlagen anfragen',
    missing: 'Dieses Dokument gibt es nicht mehr',
    missingNote: 'Es wurde zurückgezogen, oder dieser Link gibt es nicht heraus.',
  },
} as const
