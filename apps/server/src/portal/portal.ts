import { editionFor, formats, html, liveEdition, renderPage, renderSchema } from '@art32/press'
import type { EditionDocument, Following, LiveEdition, Markup, Page } from '@art32/press'
import {
  currentLines,
  documentOf,
  fileOf as editionFile,
  findNewest,
  findNumber,
  formatNamed,
  listPublished,
  oscalFile,
  oscalLinks,
  proveLine,
} from '../edition/index.ts'
import type { EditionDependencies, EditionRow } from '../edition/index.ts'
import type { Entrant, TenantContext, Tenants } from '../evidence/index.ts'
import { verifier } from '../platform/index.ts'
import { mayEnter } from '../tenant/index.ts'
import type { Registry, Tenant } from '../tenant/index.ts'
import type { Made, PageCache } from './cache.ts'
import { listDocuments, openDocument } from '../disclosure/index.ts'
import { publicList } from '../processor/index.ts'
import { hasNotices } from '../notice/index.ts'
import { findProfile } from '../profile/index.ts'
import { isFormOpen, listPublicBulletins } from '../incident/index.ts'
import { isShownOpen, listAdvisories } from '../report/index.ts'
import { isRequestFormOpen } from '../request/index.ts'
import { aboutSections } from './about.ts'
import { documentsPage } from './documents.ts'
import { feedFiles, feedOf } from './feed.ts'
import { earlierNote, historyJson, historyPage, pastOf } from './history.ts'
import { processorFeedOf, processorFeeds } from './processor-feed.ts'
import { processorsPage } from './processors.ts'
import { bulletinFeedOf, bulletinFeeds, bulletinFile, bulletinSection, isBulletin } from './bulletins.ts'
import { incidentSections } from './incident-page.ts'
import { requestSection } from './request-page.ts'
import { linkedData } from './linked-data.ts'
import { isNotice, noticeFile } from './notices.ts'
import { annexAnswer, orderOf } from './order.ts'
import type { Asked } from './order.ts'
import { languageQuery, portalStyle } from './sheet.ts'
import type { Place } from './sheet.ts'
import { stateJson } from './state.ts'
import { vouchedFor } from './vouched.ts'
import { verifierUrl, verifyUrl } from './verify-page.ts'

/** Who looks at a public page. */
export interface Visitor extends Asked {
  /** Whoever sits at the machine itself sees every draft. */
  readonly isLocal: boolean
  /** Who is signed in sees the drafts of their own tenants, with as many factors as each asks for. */
  readonly account: Entrant | null
  /** What its program takes and has. */
  readonly headers: Headers
  /** Where the page lies at the host that was asked: `/trust/<slug>`, or nothing at a domain of the tenant's own. */
  readonly base?: string
}

/** What public pages need of the server. */
export interface PortalDependencies extends EditionDependencies {
  /** The document's typeface as woff2; served from here, since no page may ask anybody else. */
  readonly typeface: () => Promise<Uint8Array>
  readonly tenants: Tenants
  readonly pages: PageCache
  /** Where the installation is reached, for addresses that programs take away with them. */
  readonly baseUrl: string
  /** The one address at which a tenant's public page really lives, without a slash at the end. */
  readonly homeOf: (tenant: Tenant) => Promise<string>
  /** Whether readers of this tenant's page can have letters. */
  readonly writesLetters: (tx: TenantContext) => Promise<boolean>
}

/** What is shown of one edition. */
interface Showing {
  readonly tx: TenantContext
  readonly row: EditionRow
  readonly whole: EditionDocument
  readonly place: Place
  /** Where the page really lives. */
  readonly home: string
  readonly asked: Asked
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
  const match = /^([a-z0-9][a-z0-9-]{1,62})(?:\/([a-z0-9./-]{1,90}?))?\/?$/.exec(path)
  if (!match) return null
  const [, slug = '', file = ''] = match
  const tenant = (await listTenants(dependencies.registry)).find((one) => one.slug === slug)
  if (!tenant) return null
  const home = await dependencies.homeOf(tenant)
  const asked: Asked = { language: visitor.language, view: visitor.view ?? null, preset: visitor.preset ?? null }
  const apart = await madeEachTime(file, { slug, home, asked, headers: visitor.headers }, dependencies)
  if (apart !== undefined) return apart
  const seesDrafts = await maySeeDrafts(tenant, visitor, dependencies)
  const base = visitor.base ?? `/trust/${slug}`
  // Who may see drafts and who may not never share a page in the making.
  const key = JSON.stringify([file, asked, base, home, seesDrafts])
  return await dependencies.pages.serve({ tenantId: tenant.id, key, headers: visitor.headers }, () =>
    dependencies.tenants.asSystem(
      slug,
      async (tx) => {
        const row = await findNewest(tx, seesDrafts)
        // A privacy notice or a bulletin is for everybody, also where no document is published.
        const around = {
          place: { base, language: visitor.language ?? tenant.language },
          hasDocument: row?.state === 'edition',
        }
        if (isNotice(file)) return await noticeFile(tx, file, around)
        if (isBulletin(file)) return await bulletinFile(tx, file, around)
        if (!row) return null
        const whole = documentOf(tx, row)
        const place = { base, language: visitor.language ?? whole.language }
        return await make(file, { tx, row, whole, place, home, asked, dependencies })
      },
      { settled: isOfLedger(file), evenSuspended: true },
    ),
  )
}

/** Whether a file shows the ledger, so that every leaf has to have its place first. */
function isOfLedger(file: string): boolean {
  return file.endsWith('.tlog-proof') || formatNamed(file.split('/').at(-1) ?? '')?.by === 'ledger'
}

/** Feeds, which know by themselves what a reader has, and annexes. @returns undefined for all other files */
async function madeEachTime(
  file: string,
  { slug, home, asked, headers }: { slug: string; home: string; asked: Asked; headers: Headers },
  dependencies: PortalDependencies,
): Promise<Response | null | undefined> {
  const feed = feedFiles.find((one) => one === file)
  const annex = annexFiles.find((one) => one === file)
  const processorFeed = processorFeeds.find((one) => one === file)
  const bulletinFeed = bulletinFeeds.find((one) => one === file)
  if (!feed && !annex && !processorFeed && !bulletinFeed) return undefined
  return await dependencies.tenants.asSystem(
    slug,
    async (tx) => {
      if (bulletinFeed) return await bulletinFeedOf(tx, bulletinFeed, { language: asked.language, home, headers })
      // Only beside what is published.
      if (processorFeed)
        return (
          (await findNewest(tx, false)) &&
          (await processorFeedOf(tx, processorFeed, { language: asked.language, home, headers }))
        )
      if (feed) return await feedOf(tx, feed, { language: asked.language, home, headers })
      const row = await findNewest(tx, false)
      return row && annex ? await annexAnswer(tx, row, annex, asked, dependencies) : null
    },
    { evenSuspended: true },
  )
}

const annexFiles = ['annex.pdf', 'annex.docx', 'annex.html'] as const

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
    case logoFile: {
      const logo = whole.letterhead?.logo
      return logo ? made(row, logo.type, Buffer.from(logo.bytes, 'base64')) : null
    }
    case schemaFile:
      return made(row, 'application/schema+json', renderSchema())
    case 'state.json': {
      const live = await liveOf(tx, whole)
      return made(row, 'application/json', stateJson(whole, live, place.base), live.until)
    }
    case 'about.jsonld':
      return made(row, 'application/ld+json', linkedData(whole, place, dependencies.baseUrl, await findProfile(tx)))
    case 'documents':
      return row.state === 'edition'
        ? made(row, htmlType, documentsPage(place, tx.tenant.name, await askable(tx, whole)))
        : null
    case 'processors': {
      const list = row.state === 'edition' ? await publicList(tx) : null
      return list && made(row, htmlType, processorsPage(place, tx.tenant.name, list))
    }
    case 'editions':
      return row.state === 'edition' ? made(row, htmlType, historyPage(place, await pastEditions(tx))) : null
    case 'editions.json':
      return row.state === 'edition' ? made(row, 'application/json', historyJson(place, await pastEditions(tx))) : null
    default:
      if (file.startsWith('editions/')) return await makePast(file, showing)
      if (file.startsWith('line/')) return await proofOf(file, showing)
      return file.startsWith('documents/')
        ? await publicDocument(file.slice('documents/'.length), showing)
        : await fileOf(file, showing)
  }
}

const stylesheet = 'style.css'
const font = 'font.woff2'
const logoFile = 'logo.png'
const schemaFile = 'edition.schema.json'
const htmlType = 'text/html; charset=utf-8'

/** An earlier edition and its files, and the current one at the address that it will keep. */
async function makePast(file: string, showing: Showing): Promise<Made | null> {
  const { tx, row: newest, place } = showing
  const [, digits = '', name = ''] = /^editions\/([1-9]\d{0,8})(?:\/([a-z0-9.-]{1,40}))?$/.exec(file) ?? []
  const row = digits === '' ? undefined : await findNumber(tx, Number(digits))
  if (!row) return null
  const past: Showing = { ...showing, row, whole: documentOf(tx, row) }
  if (name !== '') return await fileOf(name, past)
  if (row.id === newest.id) return await newestPage(past)
  const page = await pageOf(past, { above: [earlierNote(place, newest.number ?? 0)] })
  return made(row, htmlType, page.html)
}

async function fileOf(name: string, { tx, row, whole, dependencies }: Showing): Promise<Made | null> {
  const format = formatNamed(name)
  const file = format && (await editionFile(tx, row, format, dependencies, 'public'))
  if (file) return format.by === 'document' ? made(row, file.type, file.bytes) : once(file.type, file.bytes)
  const oscal = oscalFile(name, editionFor('public', whole))
  return oscal ? once('application/json', oscal) : null
}

/** The proof of one line, to be checked alone. */
async function proofOf(file: string, { tx, row, dependencies }: Showing): Promise<Made | null> {
  const line = /^line\/([a-z0-9-]{1,64})\.tlog-proof$/.exec(file)?.[1]
  const proof = line === undefined ? null : await proveLine(tx, row, dependencies, line)
  return proof === null ? null : once('text/plain; charset=utf-8', proof)
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
  const extras = [
    ...bulletinSection(await listPublicBulletins(tx), showing.place),
    ...incidentSections(showing.place, await isFormOpen(tx)),
    ...requestSection(showing.place, await isRequestFormOpen(tx)),
    ...aboutSections(showing.place, editionFor('public', whole), await findProfile(tx), {
      today,
      hasList: (await publicList(tx)) !== null,
      hasPrivacy: await hasNotices(tx),
      takesReports: await isShownOpen(tx),
      hasAdvisories: (await listAdvisories(tx)).length > 0,
    }),
  ]
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

async function pageOf(showing: Showing, { live, extras, above = [] }: Around = {}): Promise<Page> {
  const { tx, row, whole, place, home, asked, dependencies } = showing
  const { base, language } = place
  const isPast = above.length > 0
  const files = isPast ? `${base}/editions/${row.number}` : base
  const { sha256 } = await verifier.read()
  const edition = editionFor('public', whole)
  const order = isPast ? { edition, options: {} } : orderOf(edition, asked, base)
  const writesLetters = row.state === 'edition' && !isPast && (await dependencies.writesLetters(tx))
  return renderPage(order.edition, {
    ...order.options,
    language,
    links: {
      ...Object.fromEntries(formats.map(({ key, file }) => [key, `${files}/${file}`])),
      oscal: oscalLinks(files, edition),
    },
    ...(live ? { live } : {}),
    ...(extras ? { extras } : {}),
    head: headOf(place, files),
    above: [aboveOf(place, isPast ? files : base || '/', row), ...above],
    stylesheetUrl: `${base}/${stylesheet}`,
    logoUrl: `${base}/${logoFile}`,
    noticeUrl: '/privacy',
    ...(isPast ? {} : { proofsOfLines: `${base}/line` }),
    vouched: await vouchedFor(tx, dependencies, row, language),
    verifier: { fileUrl: verifierUrl, sha256, pageUrl: verifyUrl },
    fontUrl: `${base}/${font}`,
    // The newest edition is the one to be found, at the one place where it really lives.
    canonicalUrl: home.endsWith(`/trust/${tx.tenant.slug}`) ? base : `${home}/`,
    ...(row.state === 'edition' && !isPast ? { following: followingAt(base, asked.language, writesLetters) } : {}),
  })
}

function followingAt(base: string, language: 'en' | 'de' | null, letters: boolean): Following {
  const query = language === null ? '' : `?language=${language}`
  return {
    atomUrl: `${base}/feed.atom${query}`,
    jsonUrl: `${base}/feed.json${query}`,
    subscribeUrl: letters ? `${base}/subscribe` : null,
    noticeUrl: '/privacy',
  }
}

/** Where the same is to be had for machines. */
function headOf({ base }: Place, files: string): Markup[] {
  const other = (type: string, href: string, title = '') =>
    html`<link rel="alternate" type="${type}" href="${href}" ${title === '' ? null : html` title="${title}"`} /> `
  return [
    ...formats.filter(({ by }) => by !== 'ledger').map(({ type, file }) => other(type, `${files}/${file}`)),
    other('application/json', `${base}/state.json`, 'art32.state/1'),
    other('application/json', `${base}/editions.json`, 'art32.editions/1'),
    other('application/ld+json', `${base}/about.jsonld`),
  ]
}

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
