import { editionFor, formats, renderPage, renderSchema } from '@art32/press'
import type { Following } from '@art32/press'
import { documentOf, fileOf, findNewest, formatNamed, oscalFile, oscalLinks } from '../edition/index.ts'
import type { EditionDependencies } from '../edition/index.ts'
import type { Entrant, TenantContext, Tenants } from '../evidence/index.ts'
import { verifier } from '../platform/index.ts'
import { mayEnter } from '../tenant/index.ts'
import type { Tenant } from '../tenant/index.ts'
import { feedFiles, feedOf } from './feed.ts'
import { annexAnswer, orderOf } from './order.ts'
import type { Asked } from './order.ts'
import { verifierUrl, verifyUrl } from './verify-page.ts'

/** Who looks at a public page. */
export interface Visitor extends Asked {
  /** Whoever sits at the machine itself sees every draft. */
  readonly isLocal: boolean
  /** Who is signed in sees the drafts of their own tenants, with as many factors as each asks for. */
  readonly account: Entrant | null
  /** Where the page lies at the host that was asked: `/trust/<slug>`, or nothing at a domain of the tenant's own. */
  readonly base?: string
  /** What they hold already. */
  readonly headers?: Headers
}

const stylesheet = 'style.css'
const font = 'font.woff2'
const logoFile = 'logo.png'
const schemaFile = 'edition.schema.json'

/** What public pages need of the server. */
export interface PortalDependencies extends EditionDependencies {
  /** The document's typeface as woff2; served from here, since no page may ask anybody else. */
  readonly typeface: () => Promise<Uint8Array>
  readonly tenants: Tenants
  /** The one address at which a tenant's public page really lives, without a slash at the end. */
  readonly homeOf: (tenant: Tenant) => Promise<string>
  /** Whether readers of this tenant's page can have letters. */
  readonly writesLetters: (tx: TenantContext) => Promise<boolean>
}

/**
 * The public pages of a tenant: `/trust/<slug>` and the files of its newest edition below it.
 *
 * @param path below `/trust/`
 * @returns null where there is nothing: no such tenant, or nothing published yet
 */
export async function trustPage(
  path: string,
  visitor: Visitor,
  dependencies: PortalDependencies,
): Promise<Response | null> {
  const match = /^([a-z0-9][a-z0-9-]{1,62})(?:\/([a-z0-9.-]{1,40}))?\/?$/.exec(path)
  if (!match) return null
  const [, slug = '', file] = match
  const tenant = (await dependencies.registry.list()).find((one) => one.slug === slug)
  if (!tenant) return null
  const { isLocal, account } = visitor
  // A suspended tenant shows what it published, to everybody the same.
  const seesDrafts =
    !tenant.isSuspended &&
    (isLocal ||
      (account !== null &&
        mayEnter(tenant, account.factors) &&
        (account.through ?? tenant.id) === tenant.id &&
        (await dependencies.registry.findDoor(tenant.id, account.id)) !== undefined))
  const { sha256 } = await verifier.read()
  const base = visitor.base ?? `/trust/${slug}`
  const home = await dependencies.homeOf(tenant)
  const feed = feedFiles.find((one) => one === file)
  return await dependencies.tenants.asSystem(
    slug,
    async (tx) => {
      if (feed)
        return await feedOf(tx, feed, { language: visitor.language, home, headers: visitor.headers ?? new Headers() })
      const row = await findNewest(tx, seesDrafts)
      if (!row) return null
      const edition = editionFor('public', documentOf(tx, row))
      const order = orderOf(edition, visitor, base)
      const page = renderPage(order.edition, {
        ...order.options,
        ...(visitor.language ? { language: visitor.language } : {}),
        links: {
          ...Object.fromEntries(formats.map(({ key, file: name }) => [key, `${base}/${name}`])),
          oscal: oscalLinks(base, edition),
        },
        logoUrl: `${base}/${logoFile}`,
        stylesheetUrl: `${base}/${stylesheet}`,
        noticeUrl: '/privacy',
        verifier: { fileUrl: verifierUrl, sha256, pageUrl: verifyUrl },
        fontUrl: `${base}/${font}`,
        ...(home.endsWith(`/trust/${slug}`) ? {} : { canonicalUrl: `${home}/` }),
        ...(row.state === 'draft'
          ? {}
          : { following: followingAt(base, visitor.language, await dependencies.writesLetters(tx)) }),
      })
      switch (file) {
        case undefined:
          return answer('text/html; charset=utf-8', page.html)
        case stylesheet:
          return answer('text/css; charset=utf-8', page.css)
        case font:
          return answer('font/woff2', await dependencies.typeface())
        case logoFile: {
          const logo = edition.letterhead?.logo
          return logo ? answer(logo.type, Buffer.from(logo.bytes, 'base64')) : null
        }
        case schemaFile:
          return answer('application/schema+json', renderSchema())
        case 'annex.pdf':
        case 'annex.docx':
        case 'annex.html':
          return await annexAnswer(tx, row, file, visitor, dependencies)
        default: {
          const format = formatNamed(file)
          const made = format && (await fileOf(tx, row, format, dependencies, 'public'))
          if (made) return answer(made.type, made.bytes)
          const oscal = oscalFile(file, edition)
          return oscal ? answer('application/json', oscal) : null
        }
      }
    },
    { settled: file !== undefined && formatNamed(file)?.by === 'ledger', evenSuspended: true },
  )
}

function followingAt(base: string, language: 'en' | 'de' | null, letters: boolean): Following {
  const asked = language === null ? '' : `?language=${language}`
  return {
    atomUrl: `${base}/feed.atom${asked}`,
    jsonUrl: `${base}/feed.json${asked}`,
    subscribeUrl: letters ? `${base}/subscribe` : null,
    noticeUrl: '/privacy',
  }
}

function answer(type: string, body: string | Uint8Array): Response {
  return new Response(typeof body === 'string' ? body : Buffer.from(body), {
    headers: { 'content-type': type, 'cache-control': 'no-cache' },
  })
}
