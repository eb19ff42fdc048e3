import { html, longDay } from '@art32/press'
import type { Markup } from '@art32/press'
import { placeNames, processorWords, transferText } from '../processor/index.ts'
import type { PublicChange, PublicList } from '../processor/index.ts'
import { languageQuery, sheetPage } from './sheet.ts'
import type { Place } from './sheet.ts'

type PublicProcessor = PublicList['processors'][number]

/** The page `/trust/<tenant>/processors`: who processes, for what, where, and what changes when. */
export function processorsPage(place: Place, tenant: string, list: PublicList): string {
  const { base, language } = place
  const words = say[language]
  const own = list.processors.filter(({ contractOf }) => contractOf === 'us')
  const others = list.processors.filter(({ contractOf }) => contractOf === 'customer')
  const open = list.changes.filter(({ state }) => state === 'announced')
  const past = list.changes.filter(({ state }) => state !== 'announced')
  const feed = (file: string) => `${base}/${file}${languageQuery(language)}`
  return sheetPage(place, {
    title: words.title,
    over: tenant,
    here: `${base}/processors`,
    head: html`<link rel="alternate" type="application/atom+xml" href="${feed('processors.atom')}" />
      <link rel="alternate" type="application/feed+json" href="${feed('processors.json')}" />`,
    body: html`<p>${words.lead}</p>
      ${open.length === 0 ? null : changes(words.coming, open, language)}
      <h2>${words.now}</h2>
      ${own.length === 0 ? html`<p class="quiet">${words.none}</p>` : entries(own, language)}
      ${
        others.length === 0
          ? null
          : html`<h2>${words.others}</h2>
              <p>${words.othersLead}</p>
              ${entries(others, language)}`
      }
      <h2>${words.hear}</h2>
      <p>
        ${words.notice(list.noticeDays)} ${words.feed} <a href="${feed('processors.atom')}">Atom</a>,
        <a href="${feed('processors.json')}">JSON</a>. ${words.mail}
        <a href="${base || '/'}${languageQuery(language)}#follow">${words.follow}</a>
      </p>
      ${past.length === 0 ? null : changes(words.past, past, language)}`,
  })
}

function entries(processors: readonly PublicProcessor[], language: 'en' | 'de'): Markup {
  return html`<ul class="entries">
    ${processors.map((one) => entry(one, language))}
  </ul>`
}

function entry(one: PublicProcessor, language: 'en' | 'de'): Markup {
  const words = processorWords[language]
  const line = (label: string, text: string) => (text === '' ? null : html`<p>${label}: ${text}</p> `)
  const places = [placeNames(one.places, language), one.placeNote].filter((text) => text !== '').join(' – ')
  const transfer = transferText({ ...one, note: one.transferNote }, language)
  return html`<li>
    <span class="name">${one.name}</span>
    ${one.depth === 0 ? null : html`<span class="quiet">${say[language].engaged}</span>`}
    ${one.address === '' ? null : html`<p class="quiet">${one.address}</p>`} ${line(words.purpose, one.purpose)}
    ${line(words.services, one.services)} ${line(words.data, one.dataCategories.join(', '))}
    ${line(words.places, places)} ${line(words.transfer, transfer)}
    ${one.since === null ? null : line(words.since, longDay(one.since, language))}
  </li> `
}

function changes(title: string, all: readonly PublicChange[], language: 'en' | 'de'): Markup {
  return html`<h2>${title}</h2>
    <ul class="entries">
      ${all.map(
        (one) =>
          html`<li id="c-${one.id}">
            <span class="name">${changeTitle(one, language)}</span>
            <p>${changeWhen(one, language)}</p>
            <p class="quiet">${one.reason}</p>
          </li> `,
      )}
    </ul>`
}

/** `Hosting Example is added`. */
export function changeTitle({ kind, name, replaces }: PublicChange, language: 'en' | 'de'): string {
  return say[language].kinds[kind](name, replaces ?? '')
}

/** From when it holds, or that it was taken back. */
export function changeWhen({ state, announcedAt, holdsFrom }: PublicChange, language: 'en' | 'de'): string {
  return say[language].states[state](longDay(announcedAt.toISOString(), language), longDay(holdsFrom, language))
}

interface Words {
  readonly title: string
  readonly lead: string
  readonly now: string
  readonly none: string
  readonly others: string
  readonly othersLead: string
  readonly engaged: string
  readonly coming: string
  readonly past: string
  readonly hear: string
  readonly notice: (days: number) => string
  readonly feed: string
  readonly mail: string
  readonly follow: string
  readonly kinds: Readonly<Record<PublicChange['kind'], (name: string, replaces: string) => string>>
  readonly states: Readonly<Record<PublicChange['state'], (announced: string, holds: string) => string>>
}

const say: Readonly<Record<'en' | 'de', Words>> = {
  en: {
    title: 'Sub-processors',
    lead: 'Who processes personal data on behalf of this provider (Art. 28(2) and (4) GDPR), for what and where.',
    now: 'Who processes today',
    none: 'Nobody does.',
    others: 'Platforms on the customer’s own contract',
    othersLead: 'They process for the customer, who engaged them. They are no sub-processors of this provider.',
    engaged: 'engaged by the one above',
    coming: 'Announced changes',
    past: 'Earlier changes',
    hear: 'Hear of changes',
    notice: (days) =>
      `A change is announced at least ${days} days before it holds, or as long before as a contract says, and customers may object.`,
    feed: 'Changes as a feed:',
    mail: 'Or by mail:',
    follow: 'follow the document',
    kinds: {
      add: (name) => `${name} is added`,
      replace: (name, replaces) => `${name} takes the place of ${replaces}`,
      remove: (name) => `${name} is removed`,
    },
    states: {
      announced: (announced, holds) => `Announced on ${announced}, holds from ${holds}.`,
      held: (announced, holds) => `Announced on ${announced}, held from ${holds}.`,
      withdrawn: (announced) => `Announced on ${announced}, and withdrawn.`,
    },
  },
  de: {
    title: 'Unterauftragsverarbeiter',
    lead: 'Wer im Auftrag dieses Anbieters personenbezogene Daten verarbeitet (Art. 28 Abs. 2 und 4 DSGVO), wozu und wo.',
    now: 'Wer heute verarbeitet',
    none: 'Niemand.',
    others: 'Plattformen mit eigenem Vertrag des Kunden',
    othersLead:
      'Sie verarbeiten für den Kunden, der sie beauftragt hat. Unterauftragsverarbeiter dieses Anbieters sind sie nicht.',
    engaged: 'vom vorigen beauftragt',
    coming: 'Angekündigte Änderungen',
    past: 'Frühere Änderungen',
    hear: 'Von Änderungen erfahren',
    notice: (days) =>
      `Eine Änderung wird mindestens ${days} Tage vorher angekündigt, oder so lange vorher, wie ein Vertrag es sagt; Kunden können widersprechen.`,
    feed: 'Änderungen als Feed:',
    mail: 'Oder per E-Mail:',
    follow: 'dem Dokument folgen',
    kinds: {
      add: (name) => `${name} kommt hinzu`,
      replace: (name, replaces) => `${name} tritt an die Stelle von ${replaces}`,
      remove: (name) => `${name} scheidet aus`,
    },
    states: {
      announced: (announced, holds) => `Angekündigt am ${announced}, gilt ab ${holds}.`,
      held: (announced, holds) => `Angekündigt am ${announced}, gilt seit ${holds}.`,
      withdrawn: (announced) => `Angekündigt am ${announced} und zurückgezogen.`,
    },
  },
}
