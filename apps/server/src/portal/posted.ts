import { documentOf, findPublished } from '../edition/index.ts'
import { editionFor } from '@art32/press'
import { ask, Asking, listDocuments } from '../disclosure/index.ts'
import type { TenantContext, Tenants } from '../evidence/index.ts'
import type { TakenRequest } from '../request/index.ts'
import type { Registry } from '../tenant/index.ts'
import { documentsPage, thanksPage } from './documents.ts'
import type { Typed } from './documents.ts'
import { casePage, reported, reportPage } from './incident-page.ts'
import { linkedPage } from './linked.ts'
import { requestAdded, requestFormPage, requestLinkPage, requestSent } from './request-page.ts'
import type { Place } from './sheet.ts'

/** What forms and links of public pages need of the server. */
export interface PostedDependencies {
  readonly registry: Pick<Registry, 'list'>
  readonly tenants: Tenants
  /** Where what was sent was taken in elsewhere. */
  readonly taken?: TakenRequest
}

/** Who asks: a form sent by a browser without JavaScript. */
export interface Posted {
  /** Below `/trust/`. */
  readonly path: string
  readonly language: 'en' | 'de'
  readonly form: URLSearchParams
}

const linkPath = /^([a-z0-9][a-z0-9-]{1,62})\/link\/([0-9a-f]{1,80}(?:\/[a-z0-9-]{1,40})?)$/

const reportPath = /^([a-z0-9][a-z0-9-]{1,62})\/report-incident$/
const casePath = /^([a-z0-9][a-z0-9-]{1,62})\/incident\/([0-9a-f]{1,80})(?:\/(case\.zip))?$/

const askPath = /^([a-z0-9][a-z0-9-]{1,62})\/request$/
const askedPath = /^([a-z0-9][a-z0-9-]{1,62})\/request\/([0-9a-f]{1,80})(?:\/(data\.zip))?$/

/** The form for incidents or for requests of data subjects, or a page behind a link that was granted. @returns null where the address is none of these, or there is no such tenant */
export async function linkPage(
  path: string,
  language: 'en' | 'de',
  dependencies: PostedDependencies,
): Promise<Response | null> {
  const [, reporting = ''] = reportPath.exec(path) ?? []
  if (reporting !== '') return await within(reporting, dependencies, (tx) => reportPage(tx, language))
  const [, of = '', token = '', what = ''] = casePath.exec(path) ?? []
  if (of !== '') return await within(of, dependencies, (tx) => casePage(tx, token, what, language))
  const [, asking = ''] = askPath.exec(path) ?? []
  if (asking !== '') return await within(asking, dependencies, (tx) => requestFormPage(tx, language))
  const [, whose = '', secret = '', part = ''] = askedPath.exec(path) ?? []
  if (whose !== '')
    return await within(whose, dependencies, (tx) => requestLinkPage(tx, { token: secret, what: part, language }))
  const [, slug = '', rest = ''] = linkPath.exec(path) ?? []
  return await within(slug, dependencies, (tx) => linkedPage(tx, rest, language, false))
}

/** A form that was sent: a request for documents, or the acceptance of terms. */
export async function postedPage(
  { path, language, form }: Posted,
  dependencies: PostedDependencies,
): Promise<Response | null> {
  const [, slug = '', rest = ''] = linkPath.exec(path) ?? []
  if (slug !== '')
    return await within(slug, dependencies, (tx) => linkedPage(tx, rest, language, form.get('accepted') === 'yes'))
  const [, reporting = ''] = reportPath.exec(path) ?? []
  if (reporting !== '') return await within(reporting, dependencies, (tx) => reported(tx, form, language))
  const [, asking = ''] = askPath.exec(path) ?? []
  if (asking !== '')
    return await within(asking, dependencies, (tx) => requestSent(tx, form, language, dependencies.taken ?? null))
  const [, whose = '', token = '', part = ''] = askedPath.exec(path) ?? []
  if (whose !== '' && part === '')
    return await within(whose, dependencies, (tx) => requestAdded(tx, { token, form, language }))
  const [, asked = ''] = /^([a-z0-9][a-z0-9-]{1,62})\/documents\/request$/.exec(path) ?? []
  return await within(asked, dependencies, (tx) => request(tx, form, language))
}

async function request(tx: TenantContext, form: URLSearchParams, language: 'en' | 'de'): Promise<Response | null> {
  const published = await findPublished(tx)
  if (!published) return null
  const place: Place = { base: `/trust/${tx.tenant.slug}`, language }
  const value = (name: string) => (form.get(name) ?? '').replaceAll('\0', '').toWellFormed()
  const typed: Typed = {
    name: value('name'),
    organisation: value('organisation'),
    email: value('email').trim(),
    reason: value('reason').replaceAll('\r\n', '\n'),
  }
  const asking = Asking.safeParse(typed)
  if (!asking.success) {
    const documents = await listDocuments(tx)
    const { withheld } = editionFor('public', documentOf(tx, published))
    return page(
      documentsPage(place, tx.tenant.name, { documents, withheld: withheld.customers + withheld.auditors, typed }),
      422,
    )
  }
  // Only programs fill in what nobody sees; they are thanked like everybody.
  if (value('website') === '') await ask(tx, asking.data, language)
  return page(thanksPage(place, tx.tenant.name), 200)
}

function page(body: string, status: number): Response {
  return new Response(body, {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  })
}

/** Works in a tenant that is there and not suspended: nothing is asked of one that is, and nothing given out. */
async function within(
  slug: string,
  { registry, tenants }: PostedDependencies,
  work: (tx: TenantContext) => Promise<Response | null>,
): Promise<Response | null> {
  if (slug === '') return null
  const tenant = (await registry.list()).find((one) => one.slug === slug)
  return tenant && !tenant.isSuspended ? await tenants.asSystem(tenant.id, work) : null
}
