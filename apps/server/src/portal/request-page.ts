import { html, longDay, longMoment } from '@art32/press'
import type { Markup } from '@art32/press'
import { findDay } from '../duty/index.ts'
import { findPublished } from '../edition/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { countryOf } from '../incident/index.ts'
import {
  addFromPerson,
  askFromOutside,
  clockOfRequest,
  findRequestPackage,
  isRequestClosed,
  isRequestFormOpen,
  listRequestEntries,
  listRequestLetters,
  notePackageTaken,
  openRequestLink,
  packageOf,
  RequestAsking,
  requestKinds,
  requestPhrases,
  shownState,
} from '../request/index.ts'
import type { RequestRow, TakenRequest } from '../request/index.ts'
import { file } from './linked.ts'
import { requestSay } from './request-words.ts'
import { languageQuery, sheetPage } from './sheet.ts'
import type { Place } from './sheet.ts'

/** Its address may be a secret: no store keeps it, and no search engine lists it. */
const apart = { 'cache-control': 'no-store', 'x-robots-tag': 'noindex' }

const fields = ['name', 'email', 'postal', 'text'] as const

/** What somebody typed before it was refused, so that nothing is lost. */
type Typed = Readonly<Record<(typeof fields)[number], string>> & { readonly kinds: readonly string[] }

/** The page with the form; null where the tenant does not offer it, or has published nothing yet. */
export async function requestFormPage(tx: TenantContext, language: 'en' | 'de'): Promise<Response | null> {
  return (await isOffered(tx)) ? page(formPage(placeOf(tx, language), tx.tenant.name)) : null
}

/** A request that was sent: who sent it gets the one link to it. */
export async function requestSent(
  tx: TenantContext,
  form: URLSearchParams,
  language: 'en' | 'de',
  taken: TakenRequest | null,
): Promise<Response | null> {
  if (!(await isOffered(tx))) return null
  const place = placeOf(tx, language)
  const say = requestSay[language]
  const value = (name: string) => (form.get(name) ?? '').replaceAll('\0', '').toWellFormed()
  const typed: Typed = {
    name: value('name'),
    email: value('email'),
    postal: value('postal'),
    text: value('text'),
    kinds: form.getAll('kind').slice(0, requestKinds.length),
  }
  const asking = RequestAsking.safeParse(typed)
  if (!asking.success) return page(formPage(place, tx.tenant.name, { typed, problem: say.problem }), 422)
  // Only programs fill in what nobody sees: nothing is kept, and they are told so like everybody whose form is refused.
  if (value('website') !== '') return page(formPage(place, tx.tenant.name, { typed, problem: say.problem }), 422)
  const received = await askFromOutside(tx, asking.data, language, taken)
  if (!received) return page(formPage(place, tx.tenant.name, { typed, problem: say.full }), 503)
  const location = `${place.base}/request/${received.token}${languageQuery(language)}`
  return new Response(null, { status: 303, headers: { location, ...apart } })
}

/** What a secret link opens: how the request stands, what was said, and the data. */
export async function requestLinkPage(
  tx: TenantContext,
  { token, what, language }: { readonly token: string; readonly what: string; readonly language: 'en' | 'de' },
): Promise<Response> {
  const place = placeOf(tx, language)
  const opened = await openRequestLink(tx, token)
  if (!opened) return unknown(place, tx.tenant.name)
  const { row } = opened
  if (what !== 'data.zip') return page(await statusPage(tx, row, { place, token }))
  const taken = await packageOf(tx, row)
  if (!taken) return unknown(place, tx.tenant.name)
  await notePackageTaken(tx, row)
  return file(taken, taken.bytes instanceof Uint8Array ? taken.bytes : Buffer.alloc(0))
}

/** What the person adds behind the link. */
export async function requestAdded(
  tx: TenantContext,
  { token, form, language }: { readonly token: string; readonly form: URLSearchParams; readonly language: 'en' | 'de' },
): Promise<Response> {
  const place = placeOf(tx, language)
  const opened = await openRequestLink(tx, token)
  if (!opened) return unknown(place, tx.tenant.name)
  const said = RequestAsking.shape.text.safeParse((form.get('text') ?? '').replaceAll('\0', '').toWellFormed())
  const isKept = said.success && (await addFromPerson(tx, opened.row, said.data))
  const problem = isKept ? undefined : requestSay[language].notAdded
  return page(await statusPage(tx, opened.row, { place, token, problem }), isKept ? 200 : 422)
}

/** What stands on the tenant's public page: where one asks for one's rights. */
export function requestSection({ base, language }: Place, isOpen: boolean): Markup[] {
  if (!isOpen) return []
  const say = requestSay[language]
  return [
    html`<section aria-labelledby="ask-rights">
      <h2 id="ask-rights">${say.title}</h2>
      <p>${say.short} <a href="${base}/request${languageQuery(language)}">${say.toForm}</a></p>
    </section>`,
  ]
}

async function isOffered(tx: TenantContext): Promise<boolean> {
  return (await findPublished(tx)) !== undefined && (await isRequestFormOpen(tx))
}

function placeOf(tx: TenantContext, language: 'en' | 'de'): Place {
  return { base: `/trust/${tx.tenant.slug}`, language }
}

function page(body: string, status = 200): Response {
  return new Response(body, { status, headers: { 'content-type': 'text/html; charset=utf-8', ...apart } })
}

function unknown(place: Place, tenant: string): Response {
  const say = requestSay[place.language]
  return page(
    sheetPage(place, { title: say.unknown, over: tenant, index: false, body: html`<p>${say.unknownText}</p>` }),
    404,
  )
}

async function statusPage(
  tx: TenantContext,
  row: RequestRow,
  { place, token, problem }: { readonly place: Place; readonly token: string; readonly problem?: string | undefined },
): Promise<string> {
  const { language, base } = place
  const say = requestSay[language]
  const { kinds, states, letters: titles } = requestPhrases[language]
  const here = `${base}/request/${token}`
  const { today } = await findDay(tx)
  const clock = clockOfRequest(row, today, await countryOf(tx))
  const kept = await findRequestPackage(tx, row.id)
  const isThere = kept !== undefined && kept.ends_at > tx.now
  const said = [
    ...(await listRequestLetters(tx, row.id))
      .filter(({ state }) => state === 'delivered')
      .map(({ kind, text, told_at: at, made_at: made }) => ({ who: titles[kind], text, at: at ?? made })),
    ...(await listRequestEntries(tx, row.id))
      .filter(({ kind }) => kind === 'person')
      .map(({ text, at }) => ({ who: say.you, text, at })),
  ].toSorted((a, b) => a.at.getTime() - b.at.getTime())
  const entry = (term: string, text: string) =>
    html`<dt>${term}</dt>
      <dd>${text}</dd> `
  return sheetPage(place, {
    title: `${say.request} ${row.number}`,
    over: tx.tenant.name,
    here,
    index: false,
    body: html`<p class="lead">${say.keep}</p>
      <dl class="frame">
        ${entry(say.asked, row.kinds.map((kind) => kinds[kind]).join(', '))}
        ${entry(say.receivedOn, longDay(row.received_on, language))} ${entry(say.state, states[shownState(row)])}
        ${isRequestClosed(row) ? null : entry(say.dueOn, longDay(clock.dueOn, language))}
        ${clock.waitedDays === 0 ? null : entry(say.waited, String(clock.waitedDays))}
        ${row.decided_on === null ? null : entry(say.decidedOn, longDay(row.decided_on, language))}
      </dl>
      ${
        isThere
          ? html`<h2>${say.data}</h2>
              <p>${say.dataLead} ${longDay(kept.ends_at.toISOString(), language)}.</p>
              <p><a href="${here}/data.zip">${say.take}</a></p>
              <p class="quiet">${say.taken}</p>`
          : null
      }
      <h2>${say.said}</h2>
      <ol class="entries">
        <li>
          <span class="name">${say.you}</span>
          <p class="quiet">${longDay(row.received_on, language)}</p>
          ${paragraphs(row.text)}
        </li>
        ${said.map(
          ({ who, text, at }) =>
            html`<li>
              <span class="name">${who}</span>
              <p class="quiet">${longMoment(at.toISOString(), language)}</p>
              ${paragraphs(text)}
            </li> `,
        )}
      </ol>
      ${problem === undefined ? null : html`<p class="refused" role="alert">${problem}</p>`}
      ${
        isRequestClosed(row)
          ? html`<p class="quiet">${say.over}</p>`
          : html`<form method="post" action="${here}${languageQuery(language)}">
              <label for="text">${say.add} <span class="hint">${say.addHint}</span></label>
              <textarea id="text" name="text" minlength="10" maxlength="10000" required></textarea>
              <button type="submit">${say.addSend}</button>
            </form>`
      }
      <p class="quiet">${say.remedies}</p>`,
  })
}

function paragraphs(text: string): Markup[] {
  return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [html`<p>${line}</p> `]))
}

function formPage(place: Place, tenant: string, again?: { readonly typed: Typed; readonly problem: string }): string {
  const say = requestSay[place.language]
  const { kinds } = requestPhrases[place.language]
  const typed = again?.typed
  return sheetPage(place, {
    title: say.title,
    over: tenant,
    here: `${place.base}/request`,
    index: again === undefined,
    body: html`<p class="lead">${say.lead.replace('{tenant}', tenant)}</p>
      ${again === undefined ? null : html`<p class="refused" role="alert">${again.problem}</p>`}
      <form method="post" action="${place.base}/request${languageQuery(place.language)}">
        <fieldset>
          <legend>${say.kinds}</legend>
          ${requestKinds.map(
            (kind) =>
              html`<label class="choice"
                ><input
                  type="checkbox"
                  name="kind"
                  value="${kind}"
                  ${typed?.kinds.includes(kind) === true ? html`checked` : null}
                />
                ${kinds[kind]}</label
              > `,
          )}
        </fieldset>
        <label for="text">${say.text} <span class="hint">${say.textHint}</span></label>
        <textarea id="text" name="text" minlength="10" maxlength="10000" required>${typed?.text ?? ''}</textarea>
        <label for="name">${say.name} <span class="hint">${say.nameHint}</span></label>
        <input id="name" name="name" type="text" autocomplete="name" maxlength="200" value="${typed?.name ?? ''}" />
        <label for="email">${say.email} <span class="hint">${say.emailHint}</span></label>
        <input
          id="email"
          name="email"
          type="email"
          autocomplete="email"
          maxlength="254"
          value="${typed?.email ?? ''}"
        />
        <label for="postal">${say.postal} <span class="hint">${say.optional}</span></label>
        <textarea id="postal" name="postal" autocomplete="street-address" maxlength="500">
${typed?.postal ?? ''}</textarea>
        <p class="trap" aria-hidden="true">
          <label>Website <input type="text" name="website" tabindex="-1" autocomplete="off" /></label>
        </p>
        <p class="quiet">${say.privacy.replace('{tenant}', tenant)} <a href="/privacy">${say.notice}</a></p>
        <button type="submit">${say.send}</button>
      </form>`,
  })
}
