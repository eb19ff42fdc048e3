import { html, longMoment, pageStyle } from '@art32/press'
import type { Markup } from '@art32/press'
import type { TenantContext } from '../evidence/index.ts'
import { bulletinSaid, incidentPhrases, listPublicBulletins } from '../incident/index.ts'
import type { PublishedBulletin } from '../incident/index.ts'
import type { Made } from './cache.ts'
import { answerFeed } from './entry-feed.ts'
import { languageQuery, portalStyle, sheetPage } from './sheet.ts'
import type { Place } from './sheet.ts'

/** The files by which a program learns of bulletins. */
export const bulletinFeeds = ['incidents.atom', 'incidents.json'] as const

/** How many a feed holds, and how many the page of the document shows. */
const mostInFeed = 50
const mostBeside = 3

const stylesheet = 'incidents/style.css'

/** Where a bulletin is shown. */
interface Around {
  readonly place: Place
  /** Whether a document is published, to lead back to. */
  readonly hasDocument: boolean
}

/** Whether a file below the public page is one of bulletins: `incidents`, `incidents/<number>`. */
export function isBulletin(file: string): boolean {
  return file === 'incidents' || file.startsWith('incidents/')
}

/** The list of bulletins, or one of them with its history; null where there is nothing. */
export async function bulletinFile(tx: TenantContext, file: string, around: Around): Promise<Made | null> {
  const all = await listPublicBulletins(tx)
  if (all.length === 0) return null
  if (file === stylesheet) return made('text/css; charset=utf-8', `${pageStyle()}${portalStyle}`)
  if (file === 'incidents') return made(htmlType, listPage(tx.tenant.name, all, around))
  const found = all.find(({ number }) => file === `incidents/${number}`)
  return found ? made(htmlType, onePage(tx.tenant.name, found, around)) : null
}

/**
 * Bulletins as a feed, in one language: each is one entry, updated by its versions.
 *
 * @returns null where none was published
 */
export async function bulletinFeedOf(
  tx: TenantContext,
  file: (typeof bulletinFeeds)[number],
  asked: { readonly language: 'en' | 'de' | null; readonly home: string; readonly headers: Headers },
): Promise<Response | null> {
  const all = await listPublicBulletins(tx)
  if (all.length === 0) return null
  const language = asked.language ?? tx.tenant.language
  const page = `${asked.home}/incidents`
  const shown = all.flatMap((one) => {
    const [newest] = one.versions
    const first = one.versions.at(-1)
    return newest && first ? [{ one, newest, first }] : []
  })
  const times = all.map((one) => changedAt(one).getTime())
  return answerFeed(
    {
      id: `urn:art32:incidents:${tx.tenant.publicId}`,
      format: file === 'incidents.atom' ? 'atom' : 'json',
      title: `${tx.tenant.name} – ${say[language].title}`,
      language,
      author: tx.tenant.name,
      page,
      self: `${asked.home}/${file}${asked.language === null ? '' : `?language=${asked.language}`}`,
      updated: new Date(Math.max(...times)),
      entries: shown.slice(0, mostInFeed).map(({ one, newest, first }) => {
        const said = bulletinSaid(newest.text, language)
        return {
          id: `urn:art32:incidents:${tx.tenant.publicId}:${one.number}`,
          url: `${page}/${one.number}`,
          title: said.title,
          summary: [`${stateOf(one, language)}.`, said.happened, said.advice]
            .filter((text) => text !== '')
            .join('\n\n'),
          published: first.at.toISOString(),
          updated: changedAt(one).toISOString(),
        }
      }),
    },
    asked.headers,
  )
}

/** What stands on the page of the document: the newest of them, with what users should know first. */
export function bulletinSection(all: readonly PublishedBulletin[], { base, language }: Place): Markup[] {
  const shown = all.filter(({ versions }) => versions.length > 0).slice(0, mostBeside)
  if (shown.length === 0) return []
  const words = say[language]
  return [
    html`<section aria-labelledby="incidents">
      <h2 id="incidents">${words.title}</h2>
      <ul class="entries">
        ${shown.map((one) => entry(one, { base, language }))}
      </ul>
      <p><a href="${base}/incidents${languageQuery(language)}">${words.all}</a></p>
    </section>`,
  ]
}

function listPage(tenant: string, all: readonly PublishedBulletin[], { place, hasDocument }: Around): string {
  const { base, language } = place
  const words = say[language]
  const feed = (file: string) => `${base}/${file}${languageQuery(language)}`
  return sheetPage(place, {
    title: words.title,
    over: tenant,
    here: `${base}/incidents`,
    style: `${base}/${stylesheet}`,
    isBeside: hasDocument,
    head: html`<link rel="alternate" type="application/atom+xml" href="${feed('incidents.atom')}" />
      <link rel="alternate" type="application/feed+json" href="${feed('incidents.json')}" />`,
    body: html`<p class="lead">${words.lead}</p>
      <ul class="entries">
        ${all.map((one) => entry(one, place))}
      </ul>
      <h2>${words.hear}</h2>
      <p class="quiet">
        ${words.feed} <a href="${feed('incidents.atom')}">Atom</a>, <a href="${feed('incidents.json')}">JSON</a>.
        ${hasDocument ? html`${words.mail} <a href="${base || '/'}${languageQuery(language)}#follow">${words.follow}</a>` : null}
      </p>`,
  })
}

function entry(one: PublishedBulletin, { base, language }: Place): Markup {
  const [newest] = one.versions
  const words = say[language]
  const href = `${base}/incidents/${one.number}${languageQuery(language)}`
  if (!newest)
    return html`<li>
      <span class="name">${words.takenBack}</span>
      <p class="quiet">${moment(changedAt(one), language)}</p>
    </li> `
  const said = bulletinSaid(newest.text, language)
  return html`<li>
    <a class="name" href="${href}" ${lang(said, language)}>${said.title}</a>
    <p class="quiet">${stateOf(one, language)} · ${moment(newest.at, language)}</p>
  </li> `
}

function onePage(tenant: string, one: PublishedBulletin, { place }: Around): string {
  const { base, language } = place
  const words = say[language]
  const [newest, ...before] = one.versions
  const said = newest && bulletinSaid(newest.text, language)
  return sheetPage(place, {
    title: said?.title ?? words.takenBack,
    over: tenant,
    here: `${base}/incidents/${one.number}`,
    style: `${base}/${stylesheet}`,
    back: { href: `${base}/incidents${languageQuery(language)}`, text: words.all },
    ...(said ? {} : { index: false }),
    body: newest
      ? html`<p class="lead">${stateOf(one, language)}</p>
          <p class="quiet">${words.version(newest.number, moment(newest.at, language))}</p>
          ${one.closedAt === null ? null : html`<p class="quiet">${words.closed(moment(one.closedAt, language))}</p>`}
          ${texts(newest.text, language)}
          ${
            before.length === 0
              ? null
              : html`<h2>${words.before}</h2>
                  ${before.map(
                    (version) =>
                      html`<details>
                        <summary>
                          ${words.version(version.number, moment(version.at, language))} ·
                          ${incidentPhrases[language].bulletin[version.text.state]}
                        </summary>
                        ${texts(version.text, language, { isPast: true })}
                      </details> `,
                  )}`
          }`
      : html`<p>${words.takenBackLong(moment(changedAt(one), language))}</p>`,
  })
}

/** A version as its readers see it. */
function texts(
  text: PublishedBulletin['versions'][number]['text'],
  language: 'en' | 'de',
  { isPast = false } = {},
): Markup {
  const words = say[language]
  const said = bulletinSaid(text, language)
  const heading = (title: string) => (isPast ? html`<p><strong>${title}</strong></p>` : html`<h2>${title}</h2>`)
  return html`${said.language === language ? null : html`<p class="quiet">${words.otherLanguage}</p>`}
    ${isPast ? html`<p ${lang(said, language)}><strong>${said.title}</strong></p>` : null}
    ${
      said.change === ''
        ? null
        : html`${heading(words.changed)}
            <p class="said" ${lang(said, language)}>${said.change}</p>`
    }
    ${heading(words.happened)}
    <p class="said" ${lang(said, language)}>${said.happened}</p>
    ${heading(words.advice)}
    ${said.advice === '' ? html`<p>${words.nothing}</p>` : html`<p class="said" ${lang(said, language)}>${said.advice}</p>`}`
}

function lang(said: { readonly language: 'en' | 'de' }, language: 'en' | 'de'): Markup | null {
  return said.language === language ? null : html`lang="${said.language}"`
}

function stateOf({ closedAt, versions: [newest] }: PublishedBulletin, language: 'en' | 'de'): string {
  const state = newest ? incidentPhrases[language].bulletin[newest.text.state] : ''
  return closedAt === null ? say[language].state(state) : `${say[language].state(state)} · ${say[language].over}`
}

/** When it said something else last. */
function changedAt({ withdrawnAt, closedAt, versions: [newest] }: PublishedBulletin): Date {
  return withdrawnAt ?? closedAt ?? newest?.at ?? new Date(0)
}

/** In UTC, and saying so: readers are anywhere. */
function moment(at: Date, language: 'en' | 'de'): string {
  return longMoment(at.toISOString(), language)
}

const htmlType = 'text/html; charset=utf-8'

function made(type: string, body: string): Made {
  return { type, body, until: null, isForAll: true }
}

const say = {
  en: {
    title: 'Bulletins on incidents',
    lead: 'What happened, what users should do, and how far it is.',
    all: 'All bulletins on incidents',
    hear: 'Hear of it',
    feed: 'Without an address, as a feed:',
    mail: 'By mail:',
    follow: 'follow the page',
    state: (state: string) => `State: ${state}`,
    over: 'closed, nothing more is to come',
    version: (number: number, at: string) => `Version ${number}, ${at}`,
    closed: (at: string) => `Closed ${at}. Nothing more is to come.`,
    before: 'Earlier versions',
    changed: 'What is new',
    happened: 'What happened',
    advice: 'What you should do',
    nothing: 'You do not have to do anything.',
    otherLanguage: 'This bulletin is in German only.',
    takenBack: 'Taken back',
    takenBackLong: (at: string) => `This bulletin was taken back ${at}. What it said does not hold.`,
  },
  de: {
    title: 'Mitteilungen zu Vorfällen',
    lead: 'Was geschehen ist, was Nutzer tun sollten und wie weit es damit ist.',
    all: 'Alle Mitteilungen zu Vorfällen',
    hear: 'Davon erfahren',
    feed: 'Ohne Adresse, als Feed:',
    mail: 'Per E-Mail:',
    follow: 'der Seite folgen',
    state: (state: string) => `Stand: ${state}`,
    over: 'abgeschlossen, es folgt nichts mehr',
    version: (number: number, at: string) => `Version ${number}, ${at}`,
    closed: (at: string) => `Abgeschlossen ${at}. Es folgt nichts mehr.`,
    before: 'Frühere Versionen',
    changed: 'Was neu ist',
    happened: 'Was geschehen ist',
    advice: 'Was Sie tun sollten',
    nothing: 'Sie müssen nichts tun.',
    otherLanguage: 'Diese Mitteilung gibt es nur auf Englisch.',
    takenBack: 'Zurückgenommen',
    takenBackLong: (at: string) => `Diese Mitteilung wurde zurückgenommen: ${at}. Was darin stand, gilt nicht.`,
  },
} as const
