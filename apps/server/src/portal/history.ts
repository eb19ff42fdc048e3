import { changesChapter, editionFor, html, longDay, publicSigns, publicStates } from '@art32/press'
import type { EditionDocument, Markup } from '@art32/press'
import { languageQuery, sheetPage } from './sheet.ts'
import type { Place } from './sheet.ts'

/** One edition in the history, with what the public may know of it. */
export interface Past {
  readonly number: number
  readonly date: string
  readonly language: 'en' | 'de'
  readonly title: string
  readonly tenant: string
  readonly lines: number
  readonly counts: EditionDocument['counts']['public']
  readonly withheld: EditionDocument['withheld']
  /** Null: the first one. */
  readonly changes: EditionDocument['changes'] | null
}

/** What the history says of an edition. */
export function pastOf(whole: EditionDocument): Past {
  const edition = editionFor('public', whole)
  return {
    number: edition.number ?? 0,
    date: edition.date,
    language: edition.language,
    title: edition.title,
    tenant: edition.tenant.name,
    lines: edition.counts.lines,
    counts: edition.counts.public,
    withheld: edition.withheld,
    changes: edition.changes ?? null,
  }
}

/** The page `/trust/<tenant>/editions`. */
export function historyPage(place: Place, past: readonly Past[]): string {
  const words = say[place.language]
  return sheetPage(place, {
    title: words.title,
    over: past[0]?.tenant ?? '',
    here: `${place.base}/editions`,
    head: html`<link rel="alternate" type="application/json" href="${place.base}/editions.json" />`,
    body: html`<p class="lead">${words.lead}</p>
      <ol class="entries">
        ${past.map((one, index) => entry(place, one, index === 0))}
      </ol>`,
  })
}

function entry({ base, language }: Place, past: Past, isNewest: boolean): Markup {
  const words = say[language]
  const at = `${base}/editions/${past.number}${languageQuery(language)}`
  const chapter = past.changes && changesChapter({ changes: past.changes }, language)
  const decided = past.changes?.decisions.length ?? 0
  return html`<li>
    <a class="name" href="${at}">${words.edition} ${past.number}</a>,
    <time datetime="${past.date}">${longDay(past.date, language)}</time>
    ${isNewest ? html`<strong> · ${words.current}</strong>` : null}
    <p>
      ${publicStates.map((state, index) => html`${index === 0 ? '' : ' · '}${past.counts[state]} ${publicSigns[state].word[language]}`)}
    </p>
    <p class="quiet">
      ${chapter ? html`${words.since} ${past.changes?.since ?? ''}: ${chapter.summary} ` : words.first}
      ${decided === 0 ? null : html`<a href="${at}#changes">${decided === 1 ? words.oneDecision : `${decided} ${words.decisions}`}</a>`}
      ${chapter && decided === 0 ? html`<a href="${at}#changes">${words.compare}</a>` : null}
    </p>
  </li> `
}

/** The history for machines. */
export function historyJson({ base }: Place, past: readonly Past[]): string {
  const editions = past.map(({ changes, ...one }) => ({
    ...one,
    url: `${base}/editions/${one.number}`,
    changes: changes && { since: changes.since, counts: changes.counts, decisions: changes.decisions.length },
  }))
  return `${JSON.stringify({ format: 'art32.editions/1', editions }, null, 1)}\n`
}

/** The line above an edition that is not the newest. */
export function earlierNote({ base, language }: Place, newest: number): Markup {
  const words = say[language]
  return html`<aside class="draft">
    <strong>${words.earlier}</strong> ${words.replaced}
    <a href="${base || '/'}${languageQuery(language)}">${words.edition} ${newest}</a>. ${words.asItWas}
  </aside>`
}

const say = {
  en: {
    title: 'Editions',
    lead: 'Every edition that was published, newest first. None of them was changed since, and none was taken away.',
    edition: 'Edition',
    current: 'current',
    first: 'The first edition.',
    since: 'Since edition',
    oneDecision: 'One change promises less or otherwise, and why',
    decisions: 'changes promise less or otherwise, and why',
    compare: 'What changed',
    earlier: 'An earlier edition.',
    replaced: 'It was replaced; the current one is',
    asItWas: 'It is shown as it was published; its states are not those of today.',
  },
  de: {
    title: 'Fassungen',
    lead: 'Jede Fassung, die veröffentlicht wurde, die neueste zuerst. Keine wurde seitdem geändert, keine entfernt.',
    edition: 'Fassung',
    current: 'aktuell',
    first: 'Die erste Fassung.',
    since: 'Gegenüber Fassung',
    oneDecision: 'Eine Änderung verspricht weniger oder anderes, und warum',
    decisions: 'Änderungen versprechen weniger oder anderes, und warum',
    compare: 'Was sich änderte',
    earlier: 'Eine frühere Fassung.',
    replaced: 'Sie wurde ersetzt; die aktuelle ist',
    asItWas: 'Sie wird gezeigt, wie sie veröffentlicht wurde; ihre Stände sind nicht die von heute.',
  },
} as const
