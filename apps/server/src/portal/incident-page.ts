import { html, longDay, longMoment } from '@art32/press'
import type { Markup } from '@art32/press'
import { findPublished } from '../edition/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import {
  archiveOf,
  incidentPhrases,
  isFormOpen,
  lookAtIncidents,
  noteTaken,
  openLink,
  reportFromOutside,
  Reporting,
  viewIncident,
} from '../incident/index.ts'
import type { LinkRefusal } from '../incident/index.ts'
import { isShownOpen } from '../report/index.ts'
import { file } from './linked.ts'
import { languageQuery, sheetPage } from './sheet.ts'
import type { Place } from './sheet.ts'

/** What somebody typed before it was refused, so that nothing is lost. */
interface Typed {
  readonly what: string
  readonly when: string
  readonly contact: string
}

/** Its address may be a secret: no store keeps it, and no search engine lists it. */
const apart = { 'cache-control': 'no-store', 'x-robots-tag': 'noindex' }

/** The page with the form; null where the tenant does not offer it, or has published nothing yet. */
export async function reportPage(tx: TenantContext, language: 'en' | 'de'): Promise<Response | null> {
  return (await isOffered(tx)) ? page(formPage(placeOf(tx, language), await aboutForm(tx))) : null
}

/** A report that was sent: everybody is thanked alike. */
export async function reported(
  tx: TenantContext,
  form: URLSearchParams,
  language: 'en' | 'de',
): Promise<Response | null> {
  if (!(await isOffered(tx))) return null
  const value = (name: string) => (form.get(name) ?? '').replaceAll('\0', '').toWellFormed()
  const typed: Typed = {
    what: value('what').replaceAll('\r\n', '\n'),
    when: value('when'),
    contact: value('contact').trim(),
  }
  const place = placeOf(tx, language)
  const given = Reporting.safeParse(typed)
  if (!given.success) return page(formPage(place, await aboutForm(tx), typed), 422)
  // Only programs fill in what nobody sees.
  if (value('website') === '') await reportFromOutside(tx, given.data, language)
  const words = say[language]
  return page(
    sheetPage(place, { title: words.thanks, over: tx.tenant.name, index: false, body: html`<p>${words.received}</p>` }),
  )
}

/** What a link to a case opens: what is known, and the whole case to take along. */
export async function casePage(
  tx: TenantContext,
  token: string,
  what: string,
  language: 'en' | 'de',
): Promise<Response> {
  const place = placeOf(tx, language)
  const opened = await openLink(tx, token)
  if (typeof opened === 'string') return refused(place, tx.tenant.name, opened)
  const { link, row } = opened
  if (what === 'case.zip') {
    await noteTaken(tx, link)
    const { bytes, ...named } = await archiveOf(tx, row)
    return file(named, bytes instanceof Uint8Array ? bytes : Buffer.alloc(0))
  }
  const words = say[language]
  const view = viewIncident(row, await lookAtIncidents(tx), null)
  const here = `${place.base}/incident/${token}`
  return page(
    sheetPage(place, {
      title: view.title,
      over: tx.tenant.name,
      here,
      index: false,
      body: html`<p class="lead">${words.caseLead} ${longDay(link.ends_at.toISOString(), language)}.</p>
        <dl class="frame">
          ${factsOf(view, language).map(
            ([term, text]) =>
              html`<dt>${term}</dt>
                <dd>${text}</dd> `,
          )}
        </dl>
        <p><a href="${here}/case.zip">${words.take}</a></p>
        <p class="quiet">${words.taken}</p>`,
    }),
  )
}

/** What stands on the tenant's public page: where an incident can be reported. */
export function incidentSections({ base, language }: Place, formIsOpen: boolean): Markup[] {
  const words = say[language]
  if (!formIsOpen) return []
  return [
    html`<section aria-labelledby="report-incident">
      <h2 id="report-incident">${words.title}</h2>
      <p>${words.short} <a href="${base}/report-incident${languageQuery(language)}">${words.toForm}</a></p>
    </section>`,
  ]
}

async function isOffered(tx: TenantContext): Promise<boolean> {
  const published = await findPublished(tx)
  return published ? await isFormOpen(tx) : false
}

/** Of whom the form is, and whether weaknesses have one of their own. */
async function aboutForm(tx: TenantContext): Promise<{ tenant: string; takesWeaknesses: boolean }> {
  return { tenant: tx.tenant.name, takesWeaknesses: await isShownOpen(tx) }
}

function placeOf(tx: TenantContext, language: 'en' | 'de'): Place {
  return { base: `/trust/${tx.tenant.slug}`, language }
}

function factsOf(view: ReturnType<typeof viewIncident>, language: 'en' | 'de'): (readonly [string, string])[] {
  const { words, severity, role, risk, facts: labels } = incidentPhrases[language]
  const known = [
    [words.number, String(view.number)],
    [words.reported, longMoment(view.reportedAt, language)],
    [words.aware, view.awareAt === null ? null : longMoment(view.awareAt, language)],
    [say[language].severity, view.severity === null ? null : severity[view.severity]],
    [say[language].role, view.role === null ? null : role[view.role]],
    [words.breach, view.breach === null ? words.undecided : view.breach ? words.yes : words.no],
    [words.riskTitle, view.risk === null ? null : risk[view.risk]],
    [labels.nature, view.facts.nature ?? null],
    [labels.consequences, view.facts.consequences ?? null],
    [labels.measures, view.facts.measures ?? null],
    [words.state, view.state === 'closed' ? words.closed : words.running],
  ] as const
  return known.flatMap(([term, text]) => (text === null || text === '' ? [] : [[term, text] as const]))
}

function refused(place: Place, tenant: string, refusal: LinkRefusal): Response {
  const words = say[place.language]
  const body = sheetPage(place, {
    title: words.refused[refusal],
    over: tenant,
    index: false,
    body: html`<p>${words.refusedNote}</p>`,
  })
  return page(body, refusal === 'unknown' ? 404 : 410)
}

function page(body: string, status = 200): Response {
  return new Response(body, { status, headers: { 'content-type': 'text/html; charset=utf-8', ...apart } })
}

function formPage(
  place: Place,
  { tenant, takesWeaknesses }: { tenant: string; takesWeaknesses: boolean },
  typed?: Typed,
): string {
  const words = say[place.language]
  return sheetPage(place, {
    title: words.title,
    over: tenant,
    here: `${place.base}/report-incident`,
    index: typed === undefined,
    body: html`<p class="lead">${words.lead}</p>
      ${takesWeaknesses ? html`<p>${words.weakness} <a href="${place.base}/report${languageQuery(place.language)}">${words.toWeakness}</a></p>` : null}
      ${typed === undefined ? null : html`<p class="refused" role="alert">${words.problem}</p>`}
      <form method="post" action="${place.base}/report-incident?language=${place.language}">
        <label for="what">${words.what} <span class="hint">${words.whatHint}</span></label>
        <textarea id="what" name="what" minlength="10" maxlength="8000" required>${typed?.what ?? ''}</textarea>
        <label for="when">${words.when} <span class="hint">${words.optional}</span></label>
        <input id="when" name="when" type="text" maxlength="200" value="${typed?.when ?? ''}" />
        <label for="contact">${words.contact} <span class="hint">${words.contactHint}</span></label>
        <input
          id="contact"
          name="contact"
          type="text"
          autocomplete="email"
          maxlength="254"
          value="${typed?.contact ?? ''}"
        />
        <p class="trap" aria-hidden="true">
          <label>Website <input type="text" name="website" tabindex="-1" autocomplete="off" /></label>
        </p>
        <p class="quiet">${words.privacy.replace('{tenant}', tenant)} <a href="/privacy">${words.notice}</a></p>
        <button type="submit">${words.send}</button>
      </form>`,
  })
}

const say = {
  en: {
    title: 'Personal data lost or seen?',
    short: 'You think that personal data here were lost, changed, or seen by somebody who should not?',
    toForm: 'Report it, without an account',
    lead: 'Tell us if you think that personal data were lost, changed, or seen by somebody who should not. You need no account, and no name.',
    weakness: 'You found a weakness, and nothing has happened by it as far as you know?',
    toWeakness: 'This is a weakness: report it here',
    what: 'What happened',
    whatHint: 'As far as you know. Please do not send the personal data themselves.',
    when: 'When you noticed it',
    optional: 'If you know',
    contact: 'How we can reach you',
    contactHint: 'Only if you want: a mail address or a phone number',
    privacy:
      'What you write here goes to {tenant}, to deal with the incident. How to reach you is deleted 6 months after the incident is closed.',
    notice: 'Privacy notice',
    send: 'Send the report',
    problem: 'Please say in a sentence what happened. Nothing was sent.',
    thanks: 'Thank you, your report was received',
    received: 'Somebody looks at it. If you left a way to reach you, it is used only for questions about this report.',
    caseLead: 'What is known of this incident at this moment. This link ends on',
    take: 'Take the whole case along (ZIP)',
    taken: 'Each time it is taken, that is noted. Proofs in it can be checked without this installation.',
    severity: 'Severity',
    role: 'Role',
    refused: {
      unknown: 'This link opens nothing',
      expired: 'This link has expired',
      ended: 'This link was ended by whoever gave it out',
      'used-up': 'This link was used too often',
    },
    refusedNote: 'Please ask whoever gave it to you for another one.',
  },
  de: {
    title: 'Personenbezogene Daten verloren oder eingesehen?',
    short:
      'Sie glauben, dass hier personenbezogene Daten verloren gingen, verändert wurden oder von Unbefugten eingesehen wurden?',
    toForm: 'Melden, ohne Konto',
    lead: 'Sagen Sie uns, wenn Sie glauben, dass personenbezogene Daten verloren gingen, verändert oder von Unbefugten eingesehen wurden. Sie brauchen kein Konto und müssen Ihren Namen nicht nennen.',
    weakness: 'Sie haben eine Schwachstelle gefunden, durch die nach Ihrem Wissen noch nichts geschehen ist?',
    toWeakness: 'Das ist eine Schwachstelle: hier melden',
    what: 'Was geschehen ist',
    whatHint: 'Soweit Sie es wissen. Bitte senden Sie nicht die personenbezogenen Daten selbst.',
    when: 'Wann Sie es bemerkt haben',
    optional: 'Falls Sie es wissen',
    contact: 'Wie wir Sie erreichen',
    contactHint: 'Nur wenn Sie möchten: eine E-Mail-Adresse oder Telefonnummer',
    privacy:
      'Was Sie hier schreiben, geht an {tenant}, um den Vorfall zu bearbeiten. Wie Sie zu erreichen sind, wird 6 Monate nach Abschluss des Vorfalls gelöscht.',
    notice: 'Datenschutzhinweise',
    send: 'Meldung senden',
    problem: 'Bitte sagen Sie in einem Satz, was geschehen ist. Es wurde nichts gesendet.',
    thanks: 'Danke, Ihre Meldung ist eingegangen',
    received:
      'Jemand sieht sie sich an. Haben Sie angegeben, wie Sie zu erreichen sind, wird das nur für Fragen zu dieser Meldung benutzt.',
    caseLead: 'Was in diesem Augenblick über den Vorfall bekannt ist. Dieser Link endet am',
    take: 'Den ganzen Vorgang mitnehmen (ZIP)',
    taken:
      'Jedes Mal, wenn er geholt wird, wird das vermerkt. Die Nachweise darin lassen sich ohne diese Installation prüfen.',
    severity: 'Schwere',
    role: 'Rolle',
    refused: {
      unknown: 'Dieser Link öffnet nichts',
      expired: 'Dieser Link ist abgelaufen',
      ended: 'Dieser Link wurde von der herausgebenden Stelle beendet',
      'used-up': 'Dieser Link wurde zu oft benutzt',
    },
    refusedNote: 'Bitte fragen Sie, wer ihn Ihnen gegeben hat, nach einem anderen.',
  },
} as const
