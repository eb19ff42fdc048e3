import { html, longDay, longMoment } from '@art32/press'
import type { Markup } from '@art32/press'
import { listFiles } from '../file/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { findPublished } from '../edition/index.ts'
import { AppError } from '../kernel/index.ts'
import { isFormOpen } from '../incident/index.ts'
import { findProfile } from '../profile/index.ts'
import {
  findReportReceipt,
  findReportSetting,
  isShownOpen,
  listAdvisories,
  listMessages,
  mayWrite,
  mostFilesAtOnce,
  openLink,
  ReportForm,
  ReportText,
  stateWords,
} from '../report/index.ts'
import type { ReportRow, Reporting } from '../report/index.ts'
import { readReportForm } from './report-form.ts'
import type { ReportPosted } from './report-form.ts'
import { letterLines, lettersPage } from './report-letters.ts'
import { reportWords } from './report-words.ts'
import { sheetPage } from './sheet.ts'
import type { Place } from './sheet.ts'

/** A request for one of these pages, whichever host it came to. */
interface Asked {
  /** Below `/trust/`. */
  readonly path: string
  readonly request: Request
  readonly language: 'en' | 'de'
  /** Where the public page lies at this host; left out: at the installation. */
  readonly base?: string
  /** The network that asks. */
  readonly group: string
}

const address = /^([a-z0-9][a-z0-9-]{1,62})\/report(?:\/([0-9A-Za-z]{1,200}))?\/?$/

/**
 * The pages of whoever reports a weakness: the form, and what their secret link opens. Without JavaScript, without a cookie.
 *
 * @returns undefined for an address that is none of these; null where there is nothing
 */
export async function answerReport(asked: Asked, reporting: Reporting): Promise<Response | null | undefined> {
  const [, slug = '', token] = address.exec(asked.path) ?? []
  if (slug === '') return undefined
  const { request, language, base = `/trust/${slug}` } = asked
  const at: At = { slug, place: { base, language }, reporting, group: asked.group }
  const isPost = request.method === 'POST'
  return await unlessAway(async () => {
    if (token === 'letters') {
      const { body, status } = await lettersPage(at, request)
      return page(body, status)
    }
    if (token !== undefined) return isPost ? await answered(at, token, request) : await linked(at, token, null)
    return isPost ? await sent(at, request) : await form(at, null)
  })
}

interface At {
  readonly slug: string
  readonly place: Place
  readonly reporting: Reporting
  readonly group: string
}

/** Whether something was said that the form shows above itself. */
interface Again {
  readonly posted: ReportPosted
  readonly problem: string
  readonly status: number
}

async function form({ slug, place, reporting }: At, again: Again | null): Promise<Response | null> {
  const parts = await reporting.within(slug, async (tx) => {
    if (!(await isShownOpen(tx))) return null
    const { contact } = await findProfile(tx)
    const { acknowledge_days: acknowledge, disclose_days: disclose, policy } = await findReportSetting(tx)
    const isBeside = (await findPublished(tx)) !== undefined
    const takesIncidents = isBeside && (await isFormOpen(tx))
    const contacts = contact?.contacts ?? []
    return { isBeside, takesIncidents, tenant: tx.tenant.name, contacts, acknowledge, disclose, policy }
  })
  if (!parts) return null
  const say = reportWords[place.language]
  const { isBeside, takesIncidents, tenant, contacts, acknowledge, disclose, policy } = parts
  const body = html`<p class="lead">${say.lead.replace('{tenant}', tenant)}</p>
    ${takesIncidents ? html`<p>${say.incident} <a href="${place.base}/report-incident?language=${place.language}">${say.toIncident}</a></p>` : null}
    <h2>${say.promises}</h2>
    <ul>
      <li>${say.acknowledge(acknowledge)}</li>
      <li>${reporting.sendsLetters ? say.linkAndLetter : say.link}</li>
      <li>${say.disclose(disclose)}</li>
    </ul>
    ${paragraphs(policy)}
    ${
      contacts.length === 0
        ? null
        : html`<h2>${say.others}</h2>
            <ul>
              ${contacts.map((one) => html`<li><a href="${one}" rel="noreferrer nofollow">${one.replace(/^(mailto|tel):/, '')}</a></li> `)}
            </ul>`
    }
    <h2 id="form">${say.form}</h2>
    ${again === null ? null : html`<p class="refused" role="alert">${again.problem}</p>`}
    ${fields(place, tenant, { stamp: reporting.stamp(slug), sendsLetters: reporting.sendsLetters }, again?.posted ?? null)}`
  const here = `${place.base}/report`
  return page(
    sheetPage(place, { title: say.title, over: tenant, here, isBeside, index: again === null, body }),
    again?.status,
  )
}

function fields(
  place: Place,
  tenant: string,
  { stamp, sendsLetters }: { readonly stamp: string; readonly sendsLetters: boolean },
  posted: ReportPosted | null,
): Markup {
  const say = reportWords[place.language]
  const typed = (name: string) => posted?.field(name) ?? ''
  const optional = html`<span class="hint">${say.fields.optional}</span>`
  const input = (name: 'name' | 'email' | 'credit' | 'product', autocomplete: string, most: number) =>
    html`<label for="${name}"
        >${say.fields[name]}
        ${name === 'email' && sendsLetters ? html`<span class="hint">${say.fields.emailHint}</span>` : optional}</label
      >
      <input
        id="${name}"
        name="${name}"
        type="${name === 'email' ? 'email' : 'text'}"
        autocomplete="${autocomplete}"
        maxlength="${most}"
        value="${typed(name)}"
      /> `
  return html`<form
    method="post"
    enctype="multipart/form-data"
    action="${place.base}/report?language=${place.language}#form"
  >
    <input type="hidden" name="stamp" value="${stamp}" />
    <label for="title">${say.fields.title} <span class="hint">${say.fields.titleHint}</span></label>
    <input id="title" name="title" type="text" maxlength="200" required autocomplete="off" value="${typed('title')}" />
    ${input('product', 'off', 200)}
    <label for="description">${say.fields.description} <span class="hint">${say.fields.descriptionHint}</span></label>
    <textarea id="description" name="description" maxlength="20000" rows="10" required>
${typed('description')}</textarea>
    <label for="file"
      >${say.fields.files}
      <span class="hint">${say.fields.filesHint.replace('{most}', String(mostFilesAtOnce))}</span></label
    >
    <input id="file" name="file" type="file" multiple />
    ${input('name', 'name', 200)} ${input('email', 'email', 254)} ${input('credit', 'off', 200)}
    <p class="trap" aria-hidden="true">
      <label>Website <input type="text" name="website" tabindex="-1" autocomplete="off" /></label>
    </p>
    <p class="quiet">${say.privacy.replace('{tenant}', tenant)} <a href="/privacy">${say.notice}</a></p>
    <button type="submit">${say.send}</button>
  </form>`
}

async function sent(at: At, request: Request): Promise<Response | null> {
  const { slug, place, reporting, group } = at
  const say = reportWords[place.language]
  // Whether anybody may report is decided before anything is read, and before anything is counted.
  if (!(await reporting.within(slug, isShownOpen))) return null
  try {
    await reporting.admit(slug, group)
  } catch (error) {
    if (!isTooMany(error)) throw error
    return await form(at, { posted: nothing, problem: say.tooMany, status: 429 })
  }
  const posted = await readReportForm(request)
  if (posted === null)
    return await form(at, { posted: nothing, problem: `${say.refused} ${say.filesAgain}`, status: 422 })
  const again = async (problem: string, status = 422) =>
    await form(at, { posted, problem: posted.files.length === 0 ? problem : `${problem} ${say.filesAgain}`, status })
  if (posted.field('website') !== '') return await again(say.trap)
  const said = ReportForm.safeParse(
    Object.fromEntries(
      ['title', 'product', 'description', 'name', 'email', 'credit'].map((name) => [name, posted.field(name)]),
    ),
  )
  if (!said.success) return await again(say.refused)
  const { language } = place
  try {
    const { data } = said
    const { files } = posted
    const result = await reporting.send(slug, { said: data, language, files, stamp: posted.field('stamp') })
    if (result === 'closed') return null
    if (typeof result === 'string') return await again(say[result], result === 'full' ? 503 : 422)
    return seeOther(`${place.base}/report/${result.token}?language=${language}&new=1`)
  } catch (error) {
    if (isOfFiles(error)) return await again(error.say(language), error.code.startsWith('scanner.') ? 503 : 422)
    throw error
  }
}

async function answered(at: At, token: string, request: Request): Promise<Response | null> {
  const { slug, place, reporting } = at
  const say = reportWords[place.language]
  const posted = await readReportForm(request)
  const said = ReportText(10_000).safeParse(posted?.field('text') ?? '')
  if (posted === null || !said.success) return await linked(at, token, say.notAnswered)
  try {
    const kept = await reporting.answer(slug, token, said.data, posted.files)
    if (kept === null) return await linked(at, token, null)
    if (!kept) return await linked(at, token, say.notAnswered)
    return seeOther(`${place.base}/report/${token}?language=${place.language}&said=1#said`)
  } catch (error) {
    if (isTooMany(error)) return await linked(at, token, say.notAnswered)
    if (isOfFiles(error)) return await linked(at, token, error.say(place.language))
    throw error
  }
}

async function linked({ slug, place, reporting }: At, token: string, problem: string | null): Promise<Response | null> {
  return await reporting.within(slug, async (tx) => {
    const row = await openLink(tx, token)
    return row ? await opened(tx, row, place, token, problem) : unknown(place, tx.tenant.name)
  })
}

function unknown(place: Place, tenant: string): Response {
  const say = reportWords[place.language]
  return page(
    sheetPage(place, { title: say.unknown, over: tenant, index: false, body: html`<p>${say.unknownText}</p>` }),
    404,
  )
}

async function opened(
  tx: TenantContext,
  row: ReportRow,
  place: Place,
  token: string,
  problem: string | null,
): Promise<Response> {
  const { language, base } = place
  const say = reportWords[language]
  const here = `${base}/report/${token}`
  const day = (at: Date | string) => longDay(typeof at === 'string' ? at : at.toISOString(), language)
  const entry = (term: string, value: string | Markup) =>
    html`<dt>${term}</dt>
      <dd>${value}</dd> `
  const files = (await listFiles(tx, 'report', [row.id])).get(row.id) ?? []
  const advisories = (await listAdvisories(tx)).filter(({ report_ids: ids }) => ids.includes(row.id))
  const said = (await listMessages(tx, row.id)).filter(({ kind }) => kind !== 'note')
  const { keep, letters } = letterLines(row, await findReportReceipt(tx, row.id), language)
  const body = html`<p class="lead">${keep}</p>
    ${letters === null ? null : html`<p>${letters}</p>`}
    <dl class="frame">
      ${entry(say.report, `${row.number} · ${row.title}`)} ${entry(say.state, stateWords[language][row.state])}
      ${entry(say.receivedOn, day(row.received_at))}
      ${row.acknowledged_at === null ? entry(say.acknowledgeBy, day(row.acknowledge_by)) : null}
      ${row.disclose_on === null || row.closed_at !== null ? null : entry(say.discloseOn, day(row.disclose_on))}
      ${row.closed_at === null ? null : entry(say.closedOn, day(row.closed_at))}
      ${files.length === 0 ? null : entry(say.files, files.map(({ name }) => name ?? '–').join(', '))}
    </dl>
    ${
      advisories.length === 0
        ? null
        : html`<h2>${say.advisories}</h2>
            <ul>
              ${advisories.map((one) => html`<li><a href="${base}/advisories/${one.tracking_id}?language=${language}">${one.content.title}</a></li> `)}
            </ul>`
    }
    <h2 id="said">${say.said}</h2>
    <ol class="entries">
      <li>
        <span class="name">${say.you}</span>
        <p class="quiet">${longMoment(row.received_at.toISOString(), language)}</p>
        ${lines(row.description)}
      </li>
      ${said.map(
        ({ kind, text, at }) =>
          html`<li>
            <span class="name">${kind === 'reporter' ? say.you : tx.tenant.name}</span>
            <p class="quiet">${longMoment(at.toISOString(), language)}</p>
            ${lines(text)}
          </li> `,
      )}
    </ol>
    ${said.some(({ kind }) => kind === 'answer') ? null : html`<p class="quiet">${say.nothing}</p>`}
    ${problem === null ? null : html`<p class="refused" role="alert">${problem}</p>`}
    ${
      mayWrite(row, tx.now)
        ? html`<form method="post" enctype="multipart/form-data" action="${here}?language=${language}">
            <label for="text">${say.answer}</label>
            <textarea id="text" name="text" maxlength="10000" required></textarea>
            <label for="file"
              >${say.fields.files}
              <span class="hint">${say.fields.filesHint.replace('{most}', String(mostFilesAtOnce))}</span></label
            >
            <input id="file" name="file" type="file" multiple />
            <button type="submit">${say.answerSend}</button>
          </form>`
        : html`<p class="quiet">${say.over}</p>`
    }`
  const title = said.length === 0 && row.state === 'received' ? say.received : `${say.report} ${row.number}`
  const status = problem === null ? 200 : 422
  const isBeside = (await findPublished(tx)) !== undefined
  return page(sheetPage(place, { title, over: tx.tenant.name, here, isBeside, index: false, body }), status)
}

/** Lines as they were written; empty ones part paragraphs. */
function lines(text: string): Markup {
  return html`<p class="said">${text}</p>`
}

function paragraphs(text: string): Markup[] {
  return text === '' ? [] : text.split(/\n{2,}/).map((one) => html`<p>${one}</p> `)
}

const nothing: ReportPosted = { field: () => '', files: [] }

function isTooMany(error: unknown): boolean {
  return error instanceof AppError && error.code === 'account.too_many_attempts'
}

/** A file that is not taken, or that nobody could look into at the moment. */
function isOfFiles(error: unknown): error is AppError {
  return error instanceof AppError && /^(file|scanner)\./.test(error.code)
}

/** A tenant that is not there, or rests, takes no reports. */
async function unlessAway(work: () => Promise<Response | null>): Promise<Response | null> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof AppError && error.code.startsWith('tenant.')) return null
    throw error
  }
}

/** The address of a link is a secret: no store keeps it, and no search engine lists it. */
const apart = { 'cache-control': 'no-store', 'x-robots-tag': 'noindex' }

function seeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { location, ...apart } })
}

function page(body: string, status = 200): Response {
  return new Response(body, { status, headers: { 'content-type': 'text/html; charset=utf-8', ...apart } })
}
