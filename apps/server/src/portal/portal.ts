import { editionFor, html, liveEdition, renderJson, renderPage } from '@art32/press'
import type { EditionDocument, LiveEdition, Markup, Page } from '@art32/press'
import {
  currentLines,
  documentOf,
  findNewest,
  findNumber,
  listFiles,
  listPublished,
  zipBundle,
} from '../edition/index.ts'
import type { EditionDependencies, EditionRow } from '../edition/index.ts'
import type { Entrant, TenantContext, Tenants } from '../evidence/index.ts'
import { verifier } from '../platform/index.ts'
import { mayEnter } from '../tenant/index.ts'
import type { Registry, Tenant } from '../tenant/index.ts'
import type { Made, PageCache } from './cache.ts'
import { listDocuments, openDocument } from '../disclosure/index.ts'
import { findProfile, securityTxt } from '../profile/index.ts'
import { aboutSections } from './about.ts'
import { documentsPage } from './documents.ts'
import { earlierNote, historyJson, historyPage, pastOf } from './history.ts'
import { linkedData } from './linked-data.ts'
import { languageQuery, portalStyle } from './sheet.ts'
import type { Place } from './sheet.ts'
import { stateJson } from './state.ts'
import { verifierUrl, verifyUrl } from './verify-page.ts'

/** Who looks at a public page. */
export interface Visitor {
  /** Whoever sits at the machine itself sees every draft. */
  readonly isLocal: boolean
  /** Who is signed in sees the drafts of their own tenants, with as many factors as each asks for. */
  readonly account: Entrant | null
  readonly language: 'en' | 'de' | null
  /** What its program takes and has. */
  readonly headers: Headers
}

/** What public pages need of the server. */
export interface PortalDependencies extends EditionDependencies {
  /** The document's typeface as woff2; served from here, since no page may ask anybody else. */
  readonly typeface: () => Promise<Uint8Array>
  readonly tenants: Tenants
  readonly pages: PageCache
  /** Where the installation is reached, for addresses that programs take away with them. */
  readonly baseUrl: string
}

/** What is shown of one edition. */
interface Showing {
  readonly tx: TenantContext
  readonly row: EditionRow
  readonly whole: EditionDocument
  readonly place: Place
  readonly dependencies: PortalDependencies
}

/**
 * The public pages of a tenant: `/trust/<slug>` and what lies below it: the files of its newest edition, the editions
 * before, how its lines stand now.
 *
 * @param path below `/trust/`
 * @returns null where there is nothing: no such tenant, or nothing published yet
 */
export async function trustPage(
  path: string,
  visitor: Visitor,
  dependencies: PortalDependencies,
): Promise<Response | null> {
  const match = /^([a-z0-9][a-z0-9-]{1,62})(?:\/([a-z0-9./-]{1,64}?))?\/?$/.exec(path)
  if (!match) return null
  const [, slug = '', file = ''] = match
  const tenant = (await listTenants(dependencies.registry)).find((one) => one.slug === slug)
  if (!tenant) return null
  const seesDrafts = await maySeeDrafts(tenant, visitor, dependencies)
  // Who may see drafts and who may not never share a page in the making.
  const key = `${slug}/${file} ${visitor.language ?? ''} ${seesDrafts ? 'draft' : ''}`
  return await dependencies.pages.serve({ tenantId: tenant.id, key, headers: visitor.headers }, () =>
    dependencies.tenants.asSystem(
      slug,
      async (tx) => {
        const row = await findNewest(tx, seesDrafts)
        if (!row) return null
        const whole = documentOf(tx, row)
        const place = { base: `/trust/${slug}`, language: visitor.language ?? whole.language }
        return await make(file, { tx, row, whole, place, dependencies })
      },
      { settled: file.endsWith('bundle.zip'), evenSuspended: true },
    ),
  )
}

const listing = new WeakMap<Registry, Promise<readonly Tenant[]>>()

/** The tenants there are; many readers at once are answered by one look. */
async function listTenants(registry: Registry): Promise<readonly Tenant[]> {
  const asked = listing.get(registry) ?? registry.list().finally(() => listing.delete(registry))
  listing.set(registry, asked)
  return await asked
}

async function maySeeDrafts(
  tenant: Tenant,
  { isLocal, account }: Visitor,
  { registry }: PortalDependencies,
): Promise<boolean> {
  // A suspended tenant shows what it published, to everybody the same.
  if (tenant.isSuspended) return false
  if (isLocal) return true
  if (account === null || !mayEnter(tenant, account.factors)) return false
  return (account.through ?? tenant.id) === tenant.id && (await registry.findDoor(tenant.id, account.id)) !== undefined
}

async function make(file: string, showing: Showing): Promise<Made | null> {
  const { tx, row, whole, place, dependencies } = showing
  switch (file) {
    case '':
      return await newestPage(showing)
    case stylesheet:
      return made(row, 'text/css; charset=utf-8', `${(await pageOf(showing)).css}${portalStyle}`)
    case font:
      return made(row, 'font/woff2', await dependencies.typeface())
    case 'state.json': {
      const live = await liveOf(tx, whole)
      return made(row, 'application/json', stateJson(whole, live, place.base), live.until)
    }
    case 'about.jsonld':
      return made(row, 'application/ld+json', linkedData(whole, place, dependencies.baseUrl, await findProfile(tx)))
    case 'security.txt': {
      const { contact } = await findProfile(tx)
      return (
        contact &&
        made(row, 'text/plain; charset=utf-8', securityTxt(contact, `${dependencies.baseUrl}${place.base}/${file}`))
      )
    }
    case 'documents':
      return row.state === 'edition'
        ? made(row, htmlType, documentsPage(place, tx.tenant.name, await askable(tx, whole)))
        : null
    case 'editions':
      return row.state === 'edition' ? made(row, htmlType, historyPage(place, await pastEditions(tx))) : null
    case 'editions.json':
      return row.state === 'edition' ? made(row, 'application/json', historyJson(place, await pastEditions(tx))) : null
    default:
      if (file.startsWith('editions/')) return await makePast(file, showing)
      return file.startsWith('documents/')
        ? await publicDocument(file.slice('documents/'.length), showing)
        : await fileOf(file, showing)
  }
}

const stylesheet = 'style.css'
const font = 'font.woff2'
const htmlType = 'text/html; charset=utf-8'

/** An earlier edition and its files, and the current one at the address that it will keep. */
async function makePast(file: string, showing: Showing): Promise<Made | null> {
  const { tx, row: newest, place } = showing
  const [, digits = '', name = ''] = /^editions\/([1-9]\d{0,8})(?:\/([a-z.]{1,20}))?$/.exec(file) ?? []
  const row = digits === '' ? undefined : await findNumber(tx, Number(digits))
  if (!row) return null
  const past: Showing = { ...showing, row, whole: documentOf(tx, row) }
  if (name !== '') return await fileOf(name, past)
  if (row.id === newest.id) return await newestPage(past)
  const page = await pageOf(past, { above: [earlierNote(place, newest.number ?? 0)] })
  return made(row, htmlType, page.html)
}

async function fileOf(name: string, { tx, row, whole, dependencies }: Showing): Promise<Made | null> {
  switch (name) {
    case 'edition.json':
      return made(row, 'application/json', renderJson(editionFor('public', whole)))
    case 'bundle.zip':
      return once('application/zip', await zipBundle(tx, row, dependencies))
    case 'edition.docx':
    case 'edition.pdf': {
      const stored = (await listFiles(tx, row.id)).find((one) => one.name === name)
      return stored ? once(stored.type, stored.bytes) : null
    }
    default:
      return null
  }
}

/** A document that is for everybody. */
async function publicDocument(id: string, { tx, row }: Showing): Promise<Made | null> {
  const found = (await listDocuments(tx)).find((one) => one.id === id && one.audience === 'public')
  const bytes = found && row.state === 'edition' ? await openDocument(tx, found.id) : null
  return found && bytes ? { ...once(found.type, bytes), name: found.name } : null
}

async function askable(tx: TenantContext, whole: EditionDocument) {
  const { withheld } = editionFor('public', whole)
  return { documents: await listDocuments(tx), withheld: withheld.customers + withheld.auditors }
}

async function newestPage(showing: Showing): Promise<Made> {
  const { tx, row, whole } = showing
  if (row.state === 'draft') return made(row, htmlType, (await pageOf(showing)).html)
  const live = await liveOf(tx, whole)
  const today = tx.now.toISOString().slice(0, 10)
  const extras = aboutSections(showing.place, editionFor('public', whole), await findProfile(tx), today)
  return made(row, htmlType, (await pageOf(showing, { live, extras })).html, live.until)
}

async function liveOf(tx: TenantContext, whole: EditionDocument): Promise<LiveEdition> {
  return liveEdition(whole, tx.now, await currentLines(tx))
}

async function pastEditions(tx: TenantContext) {
  return (await listPublished(tx)).map((row) => pastOf(documentOf(tx, row)))
}

interface Around {
  readonly live?: LiveEdition
  readonly extras?: readonly Markup[]
  readonly above?: readonly Markup[]
}

async function pageOf({ row, whole, place }: Showing, { live, extras, above = [] }: Around = {}): Promise<Page> {
  const { base, language } = place
  const isPast = above.length > 0
  const files = isPast ? `${base}/editions/${row.number}` : base
  const { sha256 } = await verifier.read()
  return renderPage(editionFor('public', whole), {
    language,
    links: {
      pdf: `${files}/edition.pdf`,
      docx: `${files}/edition.docx`,
      json: `${files}/edition.json`,
      bundle: `${files}/bundle.zip`,
    },
    ...(live ? { live } : {}),
    ...(extras ? { extras } : {}),
    head: headOf(place, files),
    above: [aboveOf(place, isPast ? files : base, row), ...above],
    stylesheetUrl: `${base}/${stylesheet}`,
    noticeUrl: '/privacy',
    verifier: { fileUrl: verifierUrl, sha256, pageUrl: verifyUrl },
    fontUrl: `${base}/${font}`,
  })
}

/** Where the same is to be had for machines; the newest edition is the one to be found. */
function headOf({ base }: Place, files: string): Markup[] {
  const other = (type: string, href: string, title = '') =>
    html`<link rel="alternate" type="${type}" href="${href}" ${title === '' ? null : html` title="${title}"`} /> `
  return [
    html`<link rel="canonical" href="${base}" /> `,
    other('application/json', `${files}/edition.json`, 'art32.edition/1'),
    other('application/json', `${base}/state.json`, 'art32.state/1'),
    other('application/json', `${base}/editions.json`, 'art32.editions/1'),
    other('application/pdf', `${files}/edition.pdf`),
    other(wordType, `${files}/edition.docx`),
    other('application/ld+json', `${base}/about.jsonld`),
  ]
}

const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** The line above a document: every edition, and the other language. */
function aboveOf({ base, language }: Place, here: string, row: EditionRow): Markup {
  const other = language === 'en' ? 'de' : 'en'
  const all =
    row.state === 'edition' ? html`<a href="${base}/editions${languageQuery(language)}">${say[language].all}</a>` : null
  return html`<nav class="above" aria-label="${say[language].around}">
    <p>${all}</p>
    <p><a href="${here}${languageQuery(other)}" hreflang="${other}" lang="${other}">${say[language].other}</a></p>
  </nav>`
}

const say = {
  en: { all: 'All editions', other: 'Deutsch', around: 'Editions and language' },
  de: { all: 'Alle Fassungen', other: 'English', around: 'Fassungen und Sprache' },
} as const

/** The same for everybody where it is of an edition. */
function made({ state }: EditionRow, type: string, body: Made['body'], until: string | null = null): Made {
  return { type, body, until, isForAll: state === 'edition' }
}

/** What is large or asked for rarely is not kept in memory. */
function once(type: string, body: Made['body']): Made {
  return { type, body, until: null, isForAll: false }
}
