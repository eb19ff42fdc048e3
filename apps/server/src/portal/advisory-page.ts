import { createHash } from 'node:crypto'
import { html, longDay, pageStyle } from '@art32/press'
import type { Markup } from '@art32/press'
import { findPublished } from '../edition/index.ts'
import type { TenantContext, Tenants } from '../evidence/index.ts'
import { AppError } from '../kernel/index.ts'
import {
  csafFile,
  isShownOpen,
  listAdvisories,
  listAdvisoryVersions,
  metadataFile,
  placeOf,
  scoreOf,
  severityWords,
  whiteFolder,
} from '../report/index.ts'
import type { PublishedAdvisory, Publisher } from '../report/index.ts'
import type { Tenant } from '../tenant/index.ts'
import { securityFile } from './security.ts'
import { portalStyle, sheetPage } from './sheet.ts'
import type { Place } from './sheet.ts'

/** What these pages need of the server. */
export interface AdvisoryPageDependencies {
  readonly tenants: Tenants
  readonly homeOf: (tenant: Tenant) => Promise<string>
  readonly typeface: () => Promise<Uint8Array>
  readonly version: string
}

/** A request for one of these files. */
interface Asked {
  /** Below `/trust/`: `<slug>/advisories`. */
  readonly path: string
  readonly language: 'en' | 'de'
  readonly base?: string
  /** Where it was asked for. */
  readonly url: string
}

/** Files of the known places, by where they lie below the public page. */
const wellKnown: Readonly<Record<string, string>> = {
  '.well-known/security.txt': 'security.txt',
  '.well-known/csaf/provider-metadata.json': metadataFile,
}

/**
 * Advisories as pages, as a feed and as CSAF 2.0, and where to report: for everybody, whether or not an edition is published.
 *
 * @returns null where the address is none of these, or there is nothing
 */
export async function advisoryPage(asked: Asked, dependencies: AdvisoryPageDependencies): Promise<Response | null> {
  const [, slug = '', rest = ''] = /^([a-z0-9][a-z0-9-]{1,62})\/(\S{1,200}?)\/?$/.exec(asked.path) ?? []
  const file = wellKnown[rest] ?? rest
  if (!/^(?:security\.txt$|style\.css$|font\.woff2$|advisories(?:\/|$)|csaf(?:\/|$))/.test(file)) return null
  const place: Place = { base: asked.base ?? `/trust/${slug}`, language: asked.language }
  try {
    return await dependencies.tenants.asSystem(
      slug,
      (tx) => answer(tx, file, { place, url: asked.url, dependencies }),
      { evenSuspended: true },
    )
  } catch (error) {
    if (error instanceof AppError && error.code.startsWith('tenant.')) return null
    throw error
  }
}

interface Around {
  readonly place: Place
  readonly url: string
  readonly dependencies: AdvisoryPageDependencies
}

async function answer(tx: TenantContext, file: string, { place, url, dependencies }: Around): Promise<Response | null> {
  const home = await dependencies.homeOf(tx.tenant)
  if (file === 'security.txt') {
    if (!(await isThere(tx))) return null
    const body = await securityFile(tx, home, url)
    return body === null ? null : made('text/plain; charset=utf-8', body)
  }
  // With an edition the page's own style is served, which has the colours of the tenant.
  if (file === 'style.css' || file === 'font.woff2') return await ownStyle(tx, file, place, dependencies)
  const published = await listAdvisories(tx)
  if (published.length === 0) return null
  const isBeside = (await findPublished(tx)) !== undefined
  const publisher: Publisher = { name: tx.tenant.name, home, version: dependencies.version }
  if (file === 'advisories') return page(listPage(place, tx.tenant.name, { published, isBeside }))
  if (file === 'advisories/feed.atom')
    return made('application/atom+xml; charset=utf-8', feedOf(tx, published, publisher, place))
  if (file.startsWith('advisories/')) {
    const found = published.find((one) => one.tracking_id === file.slice('advisories/'.length))
    return found ? page(await onePage(tx, place, { row: found, isBeside })) : null
  }
  const found = csafFile(file, published, publisher)
  if (found) return made(found.type, found.body)
  return isFolder(file) ? page(folderPage(place, tx.tenant.name, file, published)) : null
}

/** Whether anybody may know that the tenant is here. */
async function isThere(tx: TenantContext): Promise<boolean> {
  return (await isShownOpen(tx)) || (await findPublished(tx)) !== undefined
}

async function ownStyle(
  tx: TenantContext,
  file: string,
  { base }: Place,
  { typeface }: AdvisoryPageDependencies,
): Promise<Response | null> {
  const isShown = (await isShownOpen(tx)) || (await listAdvisories(tx)).length > 0
  if (!isShown || (await findPublished(tx))) return null
  if (file === 'style.css') return made('text/css; charset=utf-8', `${pageStyle(`${base}/font.woff2`)}${portalStyle}`)
  return made('font/woff2', await typeface())
}

function listPage(
  place: Place,
  tenant: string,
  { published, isBeside }: { published: readonly PublishedAdvisory[]; isBeside: boolean },
): string {
  const say = words[place.language]
  return sheetPage(place, {
    title: say.title,
    over: tenant,
    isBeside,
    here: `${place.base}/advisories`,
    head: html`<link
      rel="alternate"
      type="application/atom+xml"
      title="${say.title}"
      href="${place.base}/advisories/feed.atom"
    />`,
    body: html`<p class="lead">${say.lead}</p>
      <ul class="entries">
        ${published.map(
          (one) =>
            html`<li>
              <a
                class="name"
                href="${place.base}/advisories/${one.tracking_id}?language=${place.language}"
                lang="${one.content.language}"
                >${one.content.title}</a
              >
              <p class="quiet">
                <code>${one.tracking_id}</code> · ${longDay(one.published_at.toISOString(), place.language)}
                ${one.number === 1 ? null : ` · ${say.version} ${one.number}`}${severityOf(one, place.language)}
              </p>
            </li> `,
        )}
      </ul>
      <p class="quiet">
        <a href="${place.base}/advisories/feed.atom?language=${place.language}">Atom</a> ·
        <a href="${place.base}/${metadataFile}">CSAF 2.0</a> ·
        <a href="${place.base}/${whiteFolder}">${say.files}</a>
      </p>`,
  })
}

function severityOf({ content }: PublishedAdvisory, language: 'en' | 'de'): string {
  const scored = content.vector === null ? null : scoreOf(content.vector)
  return scored
    ? ` · ${words[language].severity} ${severityWords[language][scored.severity]} (${scored.score.toFixed(1)})`
    : ''
}

async function onePage(
  tx: TenantContext,
  place: Place,
  { row, isBeside }: { row: PublishedAdvisory; isBeside: boolean },
): Promise<string> {
  const say = words[place.language]
  const { content: text } = row
  const scored = text.vector === null ? null : scoreOf(text.vector)
  const versions = (await listAdvisoryVersions(tx, row.advisory_id)).toReversed()
  const day = (at: Date) => longDay(at.toISOString(), place.language)
  const entry = (term: string, value: string | Markup) =>
    html`<dt>${term}</dt>
      <dd>${value}</dd> `
  const part = (title: string, body: string) =>
    body === ''
      ? null
      : html`<h2>${title}</h2>
          <p class="said" lang="${text.language}">${body}</p>`
  return sheetPage(place, {
    title: text.title,
    isBeside,
    over: `${tx.tenant.name} · ${say.one}`,
    here: `${place.base}/advisories/${row.tracking_id}`,
    body: html`<dl class="frame">
        ${entry(say.id, html`<code>${row.tracking_id}</code>`)} ${entry(say.published, day(row.first_at))}
        ${row.number === 1 ? null : entry(say.changed, `${day(row.published_at)} (${say.version} ${row.number})`)}
        ${text.cve === null ? null : entry('CVE', text.cve)}
        ${scored === null ? null : entry(say.severity, html`${severityWords[place.language][scored.severity]} (${scored.score.toFixed(1)}) <br /><code>${scored.vector}</code>`)}
      </dl>
      ${part(say.summary, text.summary)}
      <h2>${say.products}</h2>
      <ul class="entries">
        ${text.products.map(
          ({ name, affected, fixed }) =>
            html`<li>
              <span class="name">${name}</span>
              ${affected.length === 0 ? null : html`<p>${say.affected}: ${affected.join('; ')}</p>`}
              ${fixed.length === 0 ? null : html`<p>${say.fixed}: ${fixed.join('; ')}</p>`}
            </li> `,
        )}
      </ul>
      ${part(say.remedy, text.remedy)} ${part(say.workaround, text.workaround)} ${part(say.details, text.details)}
      ${part(say.thanks, text.credit)}
      ${
        text.references.length === 0
          ? null
          : html`<h2>${say.more}</h2>
              <ul>
                ${text.references.map(({ summary, url }) => html`<li><a href="${url}" rel="noreferrer nofollow">${summary}</a></li> `)}
              </ul>`
      }
      <h2>${say.versions}</h2>
      <ol class="entries" reversed>
        ${versions.map(({ number, published_at: at, summary }) => html`<li>${number} · ${day(at)} · ${summary}</li> `)}
      </ol>
      <p class="quiet">
        <a href="${place.base}/${whiteFolder}/${placeOf(row)}">CSAF 2.0</a> ·
        <a href="${place.base}/${whiteFolder}/${placeOf(row)}.sha256">SHA-256</a> ·
        <a href="${place.base}/${whiteFolder}/${placeOf(row)}.sha512">SHA-512</a>
      </p>`,
  })
}

function isFolder(file: string): boolean {
  return /^csaf(?:\/white(?:\/\d{4})?)?$/.test(file)
}

/** A listing for people, as CSAF asks for (§7.1.14). */
function folderPage(place: Place, tenant: string, folder: string, published: readonly PublishedAdvisory[]): string {
  const files = [
    metadataFile,
    ...['index.txt', 'changes.csv', ...published.map(placeOf)].map((one) => `${whiteFolder}/${one}`),
  ]
  const within = files.filter((file) => file.startsWith(`${folder}/`))
  return sheetPage(place, {
    title: `/${folder}`,
    over: tenant,
    isBeside: false,
    index: false,
    body: html`<ul>
      ${within.map((file) => html`<li><a href="${place.base}/${file}">${file}</a></li> `)}
    </ul>`,
  })
}

/** The advisories as an Atom feed, the one published last first (RFC 4287). */
function feedOf(
  { tenant }: TenantContext,
  published: readonly PublishedAdvisory[],
  { home }: Publisher,
  { language }: Place,
): string {
  const say = words[language]
  const idOf = (of: string) => `urn:sha256:${createHash('sha256').update(`art32 ${of}`).digest('hex')}`
  const entries = published.map(
    (row) =>
      html`<entry
        ><id>${idOf(row.advisory_id)}</id><title>${row.tracking_id}: ${row.content.title}</title
        ><published>${row.first_at.toISOString()}</published><updated>${row.published_at.toISOString()}</updated>
        <link rel="alternate" type="text/html" href="${home}/advisories/${row.tracking_id}" />
        <link rel="enclosure" type="application/json" href="${home}/${whiteFolder}/${placeOf(row)}" />
        <summary>${row.content.summary}</summary></entry
      >`,
  )
  const updated = published[0]?.published_at.toISOString() ?? ''
  const feed = html`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language}"
    ><id>${idOf(`advisories ${tenant.publicId}`)}</id><title>${tenant.name} – ${say.title}</title
    ><updated>${updated}</updated><author><name>${tenant.name}</name></author
    ><link rel="self" type="application/atom+xml" href="${home}/advisories/feed.atom" /><link
      rel="alternate"
      type="text/html"
      href="${home}/advisories"
    />${entries}</feed
  >`
  return `<?xml version="1.0" encoding="utf-8"?>\n${feed.markup.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\uFFFD')}\n`
}

function made(type: string, body: string | Uint8Array): Response {
  return new Response(typeof body === 'string' ? body : Buffer.from(body), {
    headers: { 'content-type': type, 'cache-control': 'no-cache' },
  })
}

function page(body: string): Response {
  return made('text/html; charset=utf-8', body)
}

const words = {
  en: {
    title: 'Security advisories',
    one: 'Security advisory',
    lead: 'Vulnerabilities of our products that are known and what to do about them. Each also as CSAF 2.0, for programs.',
    files: 'All files',
    id: 'Number',
    published: 'Published on',
    changed: 'Last changed on',
    version: 'version',
    severity: 'Severity',
    summary: 'What it is about',
    products: 'Products',
    affected: 'Affected',
    fixed: 'Not affected any more',
    remedy: 'What to do',
    workaround: 'Until then',
    details: 'Details',
    thanks: 'Thanks',
    more: 'More about it',
    versions: 'Versions of this advisory',
  },
  de: {
    title: 'Sicherheitshinweise',
    one: 'Sicherheitshinweis',
    lead: 'Bekannte Schwachstellen unserer Produkte und was dagegen zu tun ist. Jeder Hinweis auch als CSAF 2.0, für Programme.',
    files: 'Alle Dateien',
    id: 'Nummer',
    published: 'Veröffentlicht am',
    changed: 'Zuletzt geändert am',
    version: 'Version',
    severity: 'Schwere',
    summary: 'Worum es geht',
    products: 'Produkte',
    affected: 'Betroffen',
    fixed: 'Nicht mehr betroffen',
    remedy: 'Was zu tun ist',
    workaround: 'Bis dahin',
    details: 'Einzelheiten',
    thanks: 'Dank',
    more: 'Mehr dazu',
    versions: 'Versionen dieses Hinweises',
  },
} as const
