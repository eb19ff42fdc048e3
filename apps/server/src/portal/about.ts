import { html, linesOf, longDay } from '@art32/press'
import type { EditionDocument, Markup } from '@art32/press'
import type { Profile } from '../profile/index.ts'
import { languageQuery } from './sheet.ts'
import type { Place } from './sheet.ts'

/** What else there is to lead to, on which day. */
interface Standing {
  readonly today: string
  /** Whether the list of sub-processors is public. */
  readonly hasList: boolean
  /** Whether a privacy notice is published. */
  readonly hasPrivacy: boolean
  readonly takesReports: boolean
  readonly hasAdvisories: boolean
}

/**
 * What stands on the public page beside the document: certificates, who else guarantees something, where to report a
 * weakness, documents on request. Each only where there is something to say.
 *
 * @param edition as the public sees it
 */
export function aboutSections(
  place: Place,
  edition: EditionDocument,
  { contact, certificates }: Profile,
  { today, takesReports, hasAdvisories, hasList, hasPrivacy }: Standing,
): Markup[] {
  return [
    ...(certificates.length === 0 ? [] : [certificatesOf(place, certificates, today)]),
    ...processorsOf(place, edition, hasList),
    ...(hasPrivacy ? [privacyOf(place)] : []),
    documentsOf(place),
    ...(contact === null && !takesReports && !hasAdvisories
      ? []
      : [weaknessOf(place, contact, { today, takesReports, hasAdvisories })]),
  ]
}

function certificatesOf({ language }: Place, certificates: Profile['certificates'], today: string): Markup {
  const words = say[language]
  const day = (date: string) => longDay(date, language)
  return html`<section aria-labelledby="certificates">
    <h2 id="certificates">${words.certificates}</h2>
    <p>${words.certificatesNote}</p>
    <ul class="entries">
      ${certificates.map(
        ({ name, issuer, number, scope, url, validFrom, validUntil }) =>
          html`<li>
            <span class="name">${name}</span>
            <p>${issuer}${number === null ? null : ` · ${words.number} ${number}`}</p>
            ${scope === null ? null : html`<p>${scope}</p>`}
            <p>
              ${validUntil < today ? html`<span class="over-date">${words.expired} ${day(validUntil)}</span>` : html`${validFrom === null ? words.until : `${day(validFrom)} ${words.to}`} ${day(validUntil)}`}
              ${url === null ? null : html`· <a href="${url}" rel="noreferrer nofollow">${words.check}</a>`}
            </p>
          </li> `,
      )}
    </ul>
  </section>`
}

/** The lines with the names that come with agreements on file, and the list of all who process. */
function processorsOf({ base, language }: Place, edition: EditionDocument, hasList: boolean): Markup[] {
  const words = say[language]
  const lines = linesOf(edition.sections).filter(({ guarantor }) => guarantor === 'processor')
  if (lines.length === 0 && !hasList) return []
  const named = (line: (typeof lines)[number]) => [
    ...new Set(
      line.parts.flatMap((part) => part.backing.flatMap((one) => (one.kind === 'agreement' ? [one.processor] : []))),
    ),
  ]
  return [
    html`<section aria-labelledby="processors">
      <h2 id="processors">${words.processors}</h2>
      ${lines.length === 0 ? null : html`<p>${words.processorsNote}</p>`}
      ${hasList ? html`<p><a href="${base}/processors${languageQuery(language)}">${words.processorList}</a></p>` : null}
      <ul class="entries" lang="${edition.language}">
        ${lines.map((line) => html`<li><a href="#l-${encodeURIComponent(line.id.toWellFormed()).replaceAll('%', '.')}">${line.text}</a>${named(line).length === 0 ? null : html`<p class="quiet">${named(line).join(', ')}</p>`}</li> `)}
      </ul>
    </section>`,
  ]
}

function privacyOf({ base, language }: Place): Markup {
  const words = say[language]
  return html`<section aria-labelledby="privacy">
    <h2 id="privacy">${words.privacy}</h2>
    <p>${words.privacyNote} <a href="${base}/notices${languageQuery(language)}">${words.notices}</a></p>
  </section>`
}

function documentsOf({ base, language }: Place): Markup {
  const words = say[language]
  return html`<section aria-labelledby="documents">
    <h2 id="documents">${words.documents}</h2>
    <p>${words.documentsNote} <a href="${base}/documents${languageQuery(language)}">${words.ask}</a></p>
  </section>`
}

function weaknessOf(
  { base, language }: Place,
  contact: Profile['contact'],
  { today, takesReports, hasAdvisories }: Omit<Standing, 'hasList' | 'hasPrivacy'>,
): Markup {
  const words = say[language]
  const query = languageQuery(language)
  return html`<section aria-labelledby="contact">
    <h2 id="contact">${words.contact}</h2>
    <p>${words.contactNote} ${takesReports ? html`<a href="${base}/report${query}">${words.form}</a>` : null}</p>
    ${contact === null ? null : contactOf(language, contact, today)}
    <p>
      ${hasAdvisories ? html`<a href="${base}/advisories${query}">${words.advisories}</a> · ` : null}
      <a href="${base}/security.txt">security.txt</a> (RFC 9116)
    </p>
  </section>`
}

function contactOf(language: Place['language'], contact: NonNullable<Profile['contact']>, today: string): Markup {
  const words = say[language]
  const link = (url: string, text = url) => html`<a href="${url}" rel="noreferrer nofollow">${text}</a>`
  const entry = (term: string, description: Markup) =>
    html`<dt>${term}</dt>
      <dd>${description}</dd> `
  return html`${contact.expiresOn < today ? html`<p class="over-date">${words.contactExpired} ${longDay(contact.expiresOn, language)}</p>` : null}
    <dl class="frame">
      ${contact.contacts.map((one) => entry(words.report, link(one, one.replace(/^(mailto|tel):/, ''))))}
      ${contact.encryption === null ? null : entry(words.encryption, link(contact.encryption))}
      ${contact.policy === null ? null : entry(words.policy, link(contact.policy))}
      ${contact.languages.length === 0 ? null : entry(words.languages, html`${contact.languages.join(', ')}`)}
    </dl>`
}

const say = {
  en: {
    certificates: 'Certificates and reports of others',
    certificatesNote:
      'As the provider says; art32 has not checked them. None is a certification under Art. 42 GDPR unless it says so.',
    number: 'no.',
    until: 'Valid until',
    to: 'to',
    expired: 'Expired on',
    check: 'at the issuer',
    processors: 'Guaranteed by processors',
    processorsNote: 'These lines are guaranteed by somebody who processes on the provider’s behalf.',
    processorList: 'List of sub-processors and their changes',
    privacy: 'Privacy notices',
    privacyNote: 'What is processed about people who use the apps, why, and for how long.',
    notices: 'Privacy notices of all apps',
    documents: 'Documents',
    documentsNote: 'Certificates, reports and lines that are not public are given out on request.',
    ask: 'Documents and requests',
    contact: 'Report a weakness',
    contactNote: 'Whoever finds a weakness is asked to report it here.',
    form: 'Report it without an account',
    advisories: 'Security advisories',
    contactExpired: 'This contact was to be relied on until',
    report: 'Contact',
    encryption: 'Key',
    policy: 'Policy',
    languages: 'Languages',
  },
  de: {
    certificates: 'Zertifikate und Berichte anderer',
    certificatesNote:
      'Nach Angabe des Anbieters; art32 hat sie nicht geprüft. Keines ist eine Zertifizierung nach Art. 42 DSGVO, sofern es das nicht selbst sagt.',
    number: 'Nr.',
    until: 'Gültig bis',
    to: 'bis',
    expired: 'Abgelaufen am',
    check: 'bei der ausstellenden Stelle',
    processors: 'Durch Auftragsverarbeiter gewährleistet',
    processorsNote: 'Diese Zeilen gewährleistet jemand, der im Auftrag des Anbieters verarbeitet.',
    processorList: 'Liste der Unterauftragsverarbeiter und ihrer Änderungen',
    privacy: 'Datenschutzhinweise',
    privacyNote: 'Was über die Menschen verarbeitet wird, die die Apps nutzen, wofür und wie lange.',
    notices: 'Datenschutzhinweise aller Apps',
    documents: 'Unterlagen',
    documentsNote: 'Zertifikate, Berichte und nicht öffentliche Zeilen werden auf Anfrage herausgegeben.',
    ask: 'Unterlagen und Anfragen',
    contact: 'Eine Schwachstelle melden',
    contactNote: 'Wer eine Schwachstelle findet, melde sie bitte hier.',
    form: 'Ohne Konto melden',
    advisories: 'Sicherheitshinweise',
    contactExpired: 'Dieser Kontakt galt bis',
    report: 'Kontakt',
    encryption: 'Schlüssel',
    policy: 'Regeln',
    languages: 'Sprachen',
  },
} as const
