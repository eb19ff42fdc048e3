import { assurances, assuranceSigns, publicSigns, publicStates } from './assurance.ts'
import type { Sign } from './assurance.ts'
import { changesChapter } from './changes.ts'
import type { Backing, EditionDocument, Line, Part, Section, TextBlock } from './edition.ts'
import type { Language } from './language.ts'
import { headingLevels } from './edition.ts'
import { formats } from './formats.ts'
import type { FormatKey } from './formats.ts'
import { logoSize } from './letterhead.ts'
import { followingChapter, followingLinks } from './following.ts'
import type { Following } from './following.ts'
import { html, rawText } from './html.ts'
import type { Insert, Markup } from './html.ts'
import { oscalModels } from './oscal/models.ts'
import type { OscalModel } from './oscal/models.ts'
import { oscalWords } from './oscal/words.ts'
import { annexesOf, ordersOf } from './page-orders.ts'
import type { PageAnnex, PageOrder } from './page-orders.ts'
import type { LiveEdition, LiveLine } from './live.ts'
import { liveLead, liveNoteText } from './live-words.ts'
import { pageStyle } from './page-style.ts'
import {
  backingText,
  capital,
  confirmedBy,
  lastLook,
  mappingText,
  marginNotes,
  periodText,
  responsibilityTexts,
  reviewText,
  versionOf,
  withheldText,
} from './phrases.ts'
import { longDay, momentOf, shortDay, words } from './words.ts'
import type { Words } from './words.ts'

/** How a page is to be rendered. */
export interface PageOptions {
  /** Language of the words around the document; the document's own text stays in its language. Default: the same. */
  readonly language?: Language
  /** Paths of the same edition in other forms, on the same host; those left out are not offered. */
  readonly links?: Readonly<Partial<Record<FormatKey, string>>> & {
    readonly proofs?: string
    /** The files for programs, by the model of OSCAL. */
    readonly oscal?: Readonly<Partial<Record<OscalModel, string>>>
  }
  /** The same lines in other orders of headings; left out: none is offered. */
  readonly orders?: readonly PageOrder[]
  /** Annexes of contracts as which the edition can be had. */
  readonly annexes?: readonly PageAnnex[]
  /** Folder of the proof files of single lines: each is `<id>.tlog-proof`. */
  readonly proofsOfLines?: string
  /** Who vouches for the ledger by now, in sentences of the page's language; an edition itself cannot know it. */
  readonly vouched?: readonly string[]
  /** For `style-src 'nonce-…'`. */
  readonly nonce?: string
  /** Where `css` is served; the page then links it and holds no style element. */
  readonly stylesheetUrl?: string
  /** Where Source Serif 4 (woff2) is served on the same host; without it the reader's own serif is used. */
  readonly fontUrl?: string
  /** Where the logo of the edition's letterhead is served on the same host; without it the page holds it. */
  readonly logoUrl?: string
  /** How the lines stand by now; without it the page says what the edition said. */
  readonly live?: LiveEdition
  /** What the host of the page puts into its head: where the same is to be had for machines. */
  readonly head?: readonly Markup[]
  /** What the host says above the document: a way back from an earlier edition, the other language. */
  readonly above?: readonly Markup[]
  /** Sections of the host, after the document: contact, certificates, earlier editions. */
  readonly extras?: readonly Markup[]
  /** Path of the privacy notice of the installation that serves the page. */
  readonly noticeUrl?: string
  /** Where the installation gives out the verifier in one file, and the page that checks a bundle in the browser. */
  readonly verifier?: { readonly fileUrl: string; readonly sha256: string; readonly pageUrl: string }
  /** How readers follow the document; left out, nothing is offered. */
  readonly following?: Following
  /** Where the page really lives, where it can be reached in several places. */
  readonly canonicalUrl?: string
}

/** A page and its stylesheet, which is the same for every edition with the same colour of headings. */
export interface Page {
  readonly html: string
  readonly css: string
}

/**
 * The public page of an edition: one complete document, readable without script, requesting nothing from anybody else.
 *
 * Shows what the edition holds; apply `editionFor` first to leave out what its readers may not see.
 *
 * @throws RangeError for a `fontUrl` that is not a plain path on the same host
 */
export function renderPage(edition: EditionDocument, options: PageOptions = {}): Page {
  const language = options.language ?? edition.language
  const css = pageStyle(options.fontUrl, edition.letterhead?.accent)
  const levels = headingLevels(edition.sections)
  const live = options.live ?? null
  const lines = new Map((live?.lines ?? []).map((line) => [line.id, line]))
  const sheet: Sheet = { edition, language, say: words[language], options, live: live && { ...live, byId: lines } }
  const page = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${edition.title} – ${edition.tenant.name}, ${versionOf(sheet.say, edition)}</title>
        ${followingLinks(options, language)} ${styleElement(css, options)} ${options.head ?? null}
      </head>
      <body>
        <a class="skip" href="#document">${sheet.say.skip}</a>
        <div class="sheet">
          ${options.above ?? null} ${header(sheet, options)} ${ordersOf(sheet.say, options.orders)} ${contents(sheet)}
          <main id="document" lang="${edition.language}">
            ${edition.sections.map((section, index) => chapter(sheet, section, levels[index] ?? 1))}
          </main>
          ${back(sheet, options)}
        </div>
      </body>
    </html> `
  return { html: page.markup, css }
}

/** What every part of the page needs. */
interface Sheet {
  readonly edition: EditionDocument
  readonly language: Language
  readonly say: Words
  /** Null: as it was published. */
  readonly live: (LiveEdition & { readonly byId: ReadonlyMap<string, LiveLine> }) | null
  readonly options: PageOptions
}

function styleElement(css: string, { stylesheetUrl, nonce }: PageOptions): Markup {
  if (stylesheetUrl !== undefined) return html`<link rel="stylesheet" href="${stylesheetUrl}" />`
  return html`<style${nonce === undefined ? null : html` nonce="${nonce}"`}>${rawText(css)}</style>`
}

function header(sheet: Sheet, options: PageOptions): Markup {
  const { edition, language, say } = sheet
  const { source } = edition
  return html`<header>
    ${edition.state === 'draft' ? html`<p class="draft"><strong>${say.draft}.</strong> ${say.draftNote}</p>` : null}
    ${logoOf(edition, options)}
    <p class="over">${edition.tenant.name}</p>
    <h1 lang="${edition.language}">${edition.title}</h1>
    <p class="lead">${versionOf(sheet.say, edition)}, ${longDay(edition.date, language)}</p>
    <dl class="frame">
      ${entry(say.legalFrame, edition.legalFrame.join(' · '))} ${entry(say.scope, edition.scope)}
      ${entry(say.review, reviewText(say, edition, language))} ${entry(say.mapping, mappingText(say, edition))}
      ${source ? entry(say.source, html`${source.name}, ${say.sourceRead} ${longDay(source.readAt, language)}<br /><code>SHA-256 ${source.sha256}</code>`) : null}
    </dl>
    ${glance(sheet)}
  </header>`
}

/** The name stands beside it as text: who hears the page hears it once. */
function logoOf({ letterhead }: EditionDocument, { logoUrl }: PageOptions): Markup | null {
  const logo = letterhead?.logo
  if (!logo) return null
  const { width, height } = logoSize(logo, { width: 256, height: 64 })
  const source = logoUrl ?? `data:${logo.type};base64,${logo.bytes}`
  return html`<img class="logo" src="${source}" alt="" width="${width}" height="${height}" />`
}

/** A term and its description; nothing where there is nothing to say. */
function entry(term: string, description: Insert): Markup | null {
  return description === '' || description === null
    ? null
    : html`<dt>${term}</dt>
        <dd>${description}</dd> `
}

function glance({ edition, language, say, live }: Sheet): Markup {
  const counts = live?.counts ?? edition.counts.public
  return html`<section class="glance" aria-labelledby="glance">
    <h2 id="glance">${say.glance}</h2>
    <p>${say.glanceNote}${live ? ` ${liveLead(live, edition.date, language)}` : null}</p>
    <ul class="legend">
      ${publicStates.map(
        (state) =>
          html`<li>
            <span class="number">${counts[state]}</span>
            ${signed(publicSigns[state], language)}
            <span class="says">${say.legend[state]}</span>
          </li> `,
      )}
    </ul>
  </section>`
}

/** Glyph, word and colour together; the glyph is decoration for who hears the page. */
function signed(sign: Sign, language: Language): Markup {
  return html`<span class="sign ${sign.tone}"
    ><span class="glyph" aria-hidden="true">${sign.glyph}</span> ${sign.word[language]}</span
  >`
}

function contents({ edition, say }: Sheet): Markup | null {
  const chapters = edition.sections.filter((section) => section.level <= 2)
  if (chapters.length < 3) return null
  return html`<nav class="contents" aria-labelledby="contents">
    <h2 id="contents">${say.contents}</h2>
    <ol lang="${edition.language}">
      ${chapters.map((section) => html`<li class="level-${section.level}"><a href="#s-${anchor(section.id)}">${section.title}</a></li> `)}
    </ol>
  </nav>`
}

/** An id as it may stand in a fragment: spaces would end it. */
function anchor(id: string): string {
  return encodeURIComponent(id.toWellFormed()).replaceAll('%', '.')
}

function chapter(sheet: Sheet, section: Section, level: number): Markup {
  const id = `s-${anchor(section.id)}`
  const tag = { markup: `h${level + 1}` }
  const lang = section.language === undefined ? null : html` lang="${section.language}"`
  // No landmark: a document has many chapters, some of one name; who hears the page goes by their headings.
  return html`<section>
    <${tag} id="${id}" ${lang}>${section.title}</${tag}>
    ${section.blocks.map((block) => (block.kind === 'text' ? html`<p class="aside" ${lang}>${aside(block)}</p> ` : lineOf(sheet, block)))}
  </section> `
}

function aside({ text, refersTo }: TextBlock): Insert {
  return refersTo === undefined ? text : html`<a href="#l-${anchor(refersTo)}">${text}</a>`
}

function lineOf(sheet: Sheet, line: Line): Markup {
  const { language, live } = sheet
  const state = live?.byId.get(line.id)?.state ?? line.publicState
  return html`<div class="line" id="l-${anchor(line.id)}">
    <p>${line.text}</p>
    <details class="proof" lang="${language}">
      <summary>${signed(publicSigns[state], language)} ${margin(sheet, line)}</summary>
      <div class="panel">${panel(sheet, line)}</div>
    </details>
  </div> `
}

function margin(sheet: Sheet, line: Line): Markup[] {
  const { say, language } = sheet
  const day = (instant: string) => html`<time datetime="${instant}">${shortDay(instant, language)}</time>`
  const now = sheet.live?.byId.get(line.id)
  const look = line.checkedAt === null || now?.note ? [] : [html`${lastLook(say, line)} ${day(line.checkedAt)}`]
  const live = now?.note ? [html`<span class="now">${liveNoteText(now.note, language)}</span>`] : []
  // What was overdue when it was published may have been done since.
  const shown = now && now.state !== 'correction-due' ? { ...line, overdue: [] } : line
  return [...marginNotes(say, shown, language), ...live, ...look].map(
    (note) => html`<span class="when">${note}</span> `,
  )
}

function panel(sheet: Sheet, line: Line): Markup {
  const { say, language, options } = sheet
  const bare = line.parts.every((part) => part.backing.length === 0)
  const now = sheet.live?.byId.get(line.id)
  const state = now?.state ?? line.publicState
  const note = state === 'correction-due' ? say.correctionNote : bare ? say.noProof : null
  const stood = now && now.state !== now.published ? publicSigns[now.published].word[language] : null
  return html`${note === null ? null : html`<p>${note}</p>`}
    ${stood === null ? null : html`<p>${say.publishedAs} ${stood}.</p>`}
    ${line.exception ? html`<p>${capital(say.exceptionUntil)} ${longDay(line.exception.until, language)}: ${line.exception.reason}</p>` : null}
    ${
      line.parts.length === 0
        ? null
        : html`<ul>
            ${line.parts.map((part) => partOf(sheet, part))}
          </ul>`
    }
    <dl>
      ${line.condition === undefined ? null : entry(say.condition, line.condition)}
      ${line.freshUntil === null ? null : entry(capital(say.freshUntil), momentOf(line.freshUntil, language))}
      ${line.period ? entry(say.period, periodText(say, line.period, language)) : null}
      ${line.owner === undefined ? null : entry(say.owner, line.owner)}
      ${entry(say.guarantor, say.guarantors[line.guarantor])}
      ${line.responsibilities ? entry(say.responsibilities, sharesOf(sheet, line)) : null}
      ${line.cadence === undefined ? null : entry(say.cadence, line.cadence)}
      ${line.systems ? entry(say.systems, line.systems.join(', ')) : null}
      ${line.cites.length === 0 ? null : entry(say.leaves, line.cites.join(', '))}
      ${entry(say.statement, html`<code>${line.id}</code>${proofLink(say, line, options)}`)}
    </dl>`
}

/** Who does what, in the language of the document. */
function sharesOf({ say, edition }: Sheet, line: Line): Markup {
  return html`<ul lang="${edition.language}">
    ${responsibilityTexts(say, line).map((text) => html`<li>${text}</li> `)}
  </ul>`
}

/** For whoever wants to show or keep this one line, and not the whole bundle. */
function proofLink(say: Words, { id }: Line, { proofsOfLines }: PageOptions): Markup | null {
  if (proofsOfLines === undefined) return null
  return html` <a href="${proofsOfLines}/${id}.tlog-proof" download>${say.lineProof}</a>`
}

function partOf(sheet: Sheet, part: Part): Markup {
  const { say } = sheet
  const by = confirmedBy(say, part)
  return html`<li>
    <span class="measure">${part.title}</span>
    <span class="quiet">${part.measure}${part.required ? null : `, ${say.optional}`}</span><br />
    <span class="quiet">${by === null ? say.byNobody : `${say.meaning} ${by}`}</span>
    ${
      part.backing.length === 0
        ? null
        : html`<ul class="backing">
            ${part.backing.map((backing) => backingOf(sheet, backing))}
          </ul>`
    }
  </li> `
}

function backingOf({ say, language }: Sheet, backing: Backing): Markup {
  return html`<li>
    <span>${backingText(say, backing, language)}</span> <span>${shortDay(backing.at, language)}</span>
    <span class="quiet">${say.leaf} ${backing.leaf}</span>
  </li>`
}

function back(sheet: Sheet, options: PageOptions): Markup {
  return html`<footer class="back">
    ${whatChanged(sheet)} ${options.extras ?? null} ${dataSheet(sheet)} ${howToVerify(sheet, options)} ${limits(sheet)}
    ${ledger(sheet)} ${files(sheet, options)} ${annexesOf(sheet.say, options.annexes)}
    ${followingChapter(options.following, sheet.language)}
    <p class="colophon">
      ${sheet.say.madeWith}
      ${options.noticeUrl === undefined ? null : html`<a href="${options.noticeUrl}">${sheet.say.notice}</a>`}
    </p>
  </footer>`
}

function whatChanged({ edition, language }: Sheet): Markup | null {
  const chapter = changesChapter(edition, language)
  if (!chapter) return null
  const { decisions, levels } = chapter
  return html`<section aria-labelledby="changes">
    <h2 id="changes">${chapter.heading}</h2>
    <p>${chapter.summary} ${chapter.note}</p>
    ${
      decisions.length === 0
        ? null
        : html`<ul class="limits">
            ${decisions.map((one) => html`<li>${sentences([one.before, one.after, one.differences.join(' · '), one.reason, one.equivalent, one.by])}</li> `)}
          </ul>`
    }
    <p>${levels.heading}: ${levels.rows.join(' · ')}. ${levels.note}</p>
  </section>`
}

/** Each on a line of its own; nothing where there is nothing to say. */
function sentences(texts: readonly string[]): Markup[] {
  return texts.filter((text) => text !== '').map((text, index) => html`${index === 0 ? null : html`<br />`}${text}`)
}

function dataSheet(sheet: Sheet): Markup {
  const { edition, language, say } = sheet
  return html`<section aria-labelledby="data-sheet">
    <h2 id="data-sheet">${say.dataSheet}</h2>
    <table>
      <thead>
        <tr>
          <th scope="col">${say.assurance}</th>
          <th scope="col" class="number">${say.count}</th>
        </tr>
      </thead>
      <tbody>
        ${assurances.map(
          (assurance) =>
            html`<tr>
              <th scope="row">${signed(assuranceSigns[assurance], language)}</th>
              <td class="number">${edition.counts.assurance[assurance]}</td>
            </tr> `,
        )}
      </tbody>
    </table>
    <p>${sheet.live ? `${say.asPublished} ` : null}${say.withheld}: ${withheldText(say, edition)}.</p>
  </section>`
}

function howToVerify({ say }: Sheet, { verifier }: PageOptions): Markup {
  return html`<section aria-labelledby="verify">
    <h2 id="verify">${say.verifyHeading}</h2>
    <p>${say.verifyText}</p>
    <pre><code>${say.verifyBundle}</code></pre>
    ${
      verifier === undefined
        ? null
        : html`<p>
            ${say.verifyFile} <a href="${verifier.fileUrl}">art32-verify.mjs</a> (SHA-256
            <code>${verifier.sha256}</code>).
            <a href="${verifier.pageUrl}">${say.verifyHere}</a>
          </p>`
    }
    <p>${say.recheckText}</p>
    <pre><code>${say.verifyRecheck}</code></pre>
    <p>${say.verifyKey}</p>
  </section>`
}

function limits({ edition, say }: Sheet): Markup {
  return html`<section aria-labelledby="limits">
    <h2 id="limits">${say.limits}</h2>
    <ul class="limits" lang="${edition.language}">
      ${edition.limits.map((limit) => html`<li>${limit}</li> `)}
    </ul>
  </section>`
}

function ledger({ edition, say, options: { vouched = [] } }: Sheet): Markup {
  const head = edition.ledger
  return html`<section aria-labelledby="ledger">
    <h2 id="ledger">${say.ledger}</h2>
    <dl class="frame">
      ${entry(say.origin, html`<code>${head.origin}</code>`)} ${entry(say.size, head.size)}
      ${entry(say.root, html`<code>${head.root}</code>`)} ${entry(say.key, html`<code>${head.key}</code>`)}
    </dl>
    ${vouched.map((sentence) => html`<p>${sentence}</p> `)}
    <p>${say.checkpoint}</p>
    <pre><code>${head.checkpoint}</code></pre>
  </section>`
}

function files({ say, language }: Sheet, { links = {} }: PageOptions): Markup | null {
  const forms = [
    ...formats.map(({ key, label }) => ({ path: links[key], label: label[language] })),
    { path: links.proofs, label: say.proofs },
  ]
  const offered = forms.flatMap(({ path, label }) =>
    path === undefined ? [] : [html`<li><a href="${path}">${label}</a></li> `],
  )
  const models = oscalModels.flatMap((model) => {
    const path = links.oscal?.[model]
    return path === undefined ? [] : [html`<li><a href="${path}">OSCAL: ${oscalWords[language].title[model]}</a></li> `]
  })
  if (offered.length + models.length === 0) return null
  return html`<nav aria-labelledby="files">
    <h2 id="files">${say.files}</h2>
    <ul class="files">
      ${offered}
    </ul>
    ${
      models.length === 0
        ? null
        : html`<h3>${say.forMachines}</h3>
            <ul class="files">
              ${models}
            </ul> `
    }
  </nav>`
}
