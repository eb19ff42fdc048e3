import { html } from './html.ts'
import type { Markup } from './html.ts'
import type { Language } from './language.ts'

/** How readers follow a document from one edition to the next; paths on the same host. */
export interface Following {
  readonly atomUrl: string
  readonly jsonUrl: string
  /** Where the form is posted to; null where no letters are sent. */
  readonly subscribeUrl: string | null
  /** The privacy notice on the address that is given. */
  readonly noticeUrl: string
}

/** What somebody may want letters about. */
export const followTopics = ['edition', 'weakened', 'lapse', 'processors', 'advisory', 'incident'] as const

/** One thing that somebody may want letters about. */
export type FollowTopic = (typeof followTopics)[number]

/** What the form and the pages behind it call the topics. */
export const followTopicNames: Readonly<Record<Language, Readonly<Record<FollowTopic, string>>>> = {
  en: {
    edition: 'every new edition',
    weakened: 'only editions in which a line shown here promises less or something else',
    lapse: 'when the proof of a line shown here runs out or its correction is due, at most one letter a day',
    processors: 'when a sub-processor is added, replaced or removed, before it holds',
    advisory: 'security advisories on its products',
    incident: 'bulletins on security incidents: what happened, and what to do',
  },
  de: {
    edition: 'jede neue Fassung',
    weakened: 'nur Fassungen, in denen eine hier gezeigte Zeile weniger oder anderes verspricht',
    lapse:
      'wenn der Nachweis einer hier gezeigten Zeile abläuft oder ihre Korrektur fällig ist, höchstens eine E-Mail am Tag',
    processors: 'wenn ein Unterauftragsverarbeiter hinzukommt, wechselt oder ausscheidet, bevor es gilt',
    advisory: 'Sicherheitshinweise zu seinen Produkten',
    incident: 'Mitteilungen zu Sicherheitsvorfällen: was geschehen ist und was zu tun ist',
  },
}

const words = {
  en: {
    heading: 'Follow this document',
    feed: 'Without an address: the feed of its editions as',
    or: 'or',
    title: 'Editions',
    lead: 'By mail. You get a letter with a link first; only when you confirm there are you written to. Each letter ends with a link that ends them all and deletes your address.',
    address: 'Mail address',
    about: 'Write to me about',
    submit: 'Send me the link',
    notice: 'What is stored about you',
  },
  de: {
    heading: 'Diesem Dokument folgen',
    feed: 'Ohne Adresse: der Feed seiner Fassungen als',
    or: 'oder',
    title: 'Fassungen',
    lead: 'Per E-Mail. Sie bekommen zuerst eine mit einem Link; erst wenn Sie dort bestätigen, wird Ihnen geschrieben. Jede endet mit einem Link, der alle beendet und Ihre Adresse löscht.',
    address: 'E-Mail-Adresse',
    about: 'Schreiben Sie mir über',
    submit: 'Link zusenden',
    notice: 'Was über Sie gespeichert wird',
  },
} as const

/** For the head of the page: the feeds, and where the page really lives. */
export function followingLinks(
  { following, canonicalUrl }: { readonly following?: Following; readonly canonicalUrl?: string },
  language: Language,
): Markup {
  const { title } = words[language]
  return html`${canonicalUrl === undefined ? null : html`<link rel="canonical" href="${canonicalUrl}" /> `}${
    following === undefined
      ? null
      : html`<link rel="alternate" type="application/atom+xml" title="${title}" href="${following.atomUrl}" />
          <link rel="alternate" type="application/feed+json" title="${title}" href="${following.jsonUrl}" />`
  }`
}

/** The chapter in which a reader subscribes: a plain form, and the feeds. */
export function followingChapter(following: Following | undefined, language: Language): Markup | null {
  if (following === undefined) return null
  const say = words[language]
  const { atomUrl, jsonUrl, subscribeUrl } = following
  return html`<section class="following" aria-labelledby="follow">
    <h2 id="follow">${say.heading}</h2>
    <p>${say.feed} <a href="${atomUrl}">Atom</a> ${say.or} <a href="${jsonUrl}">JSON</a>.</p>
    ${subscribeUrl === null ? null : subscribeForm(following, subscribeUrl, language)}
  </section>`
}

function subscribeForm({ noticeUrl }: Following, subscribeUrl: string, language: Language): Markup {
  const say = words[language]
  return html`<p>${say.lead} <a href="${noticeUrl}">${say.notice}</a></p>
    <form method="post" action="${subscribeUrl}">
      <input type="hidden" name="language" value="${language}" />
      <p class="field">
        <label for="follow-email">${say.address}</label>
        <input id="follow-email" name="email" type="email" required maxlength="254" autocomplete="email" />
      </p>
      <fieldset>
        <legend>${say.about}</legend>
        ${followTopics.map((topic) => {
          const isUsual = topic !== 'weakened'
          return html`<label
            ><input type="checkbox" name="topic" value="${topic}" ${isUsual ? html`checked` : null} />
            <span>${followTopicNames[language][topic]}</span></label
          > `
        })}
      </fieldset>
      <p><button type="submit">${say.submit}</button></p>
    </form>`
}

/** Rules for the chapter, and for the pages behind its form. */
export const followingStyle = `.following form{margin-top:1rem;font-family:var(--sans);font-size:var(--small)}
.following .field{display:grid;gap:.25rem;max-width:26rem;white-space:normal}
.following .field label,.following legend{font-weight:600}
.following input[type=email]{min-height:2.75rem;padding:.25rem .75rem;font:inherit;color:inherit;background:var(--surface);border:1px solid var(--edge);border-radius:.25rem}
.following legend{padding:0}
.following fieldset{margin:1rem 0 0;padding:0;border:0;max-width:var(--measure)}
.following fieldset label{display:grid;grid-template-columns:1.25rem minmax(0,1fr);gap:.5rem;align-items:start;padding-block:.5rem}
.following input[type=checkbox]{width:1.125rem;height:1.125rem;margin:.25rem 0 0;accent-color:var(--ink)}
.following button{min-height:2.75rem;padding:.25rem 1rem;font:600 var(--small)/1.4 var(--sans);color:var(--paper);background:var(--ink);border:1px solid var(--ink);border-radius:.25rem;cursor:pointer}
@media print{.following{display:none}}
`
