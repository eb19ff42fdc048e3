import { editionFor, renderJson, renderPage } from '@art32/press'
import { documentOf, findNewest, listFiles, proveLine, zipBundle } from '../edition/index.ts'
import type { EditionDependencies } from '../edition/index.ts'
import type { Entrant, Tenants } from '../evidence/index.ts'
import { verifier } from '../platform/index.ts'
import { mayEnter } from '../tenant/index.ts'
import { vouchedFor } from './vouched.ts'
import { verifierUrl, verifyUrl } from './verify-page.ts'

/** Who looks at a public page. */
export interface Visitor {
  /** Whoever sits at the machine itself sees every draft. */
  readonly isLocal: boolean
  /** Who is signed in sees the drafts of their own tenants, with as many factors as each asks for. */
  readonly account: Entrant | null
  readonly language: 'en' | 'de' | null
}

const stylesheet = 'style.css'
const font = 'font.woff2'

/** What public pages need of the server. */
export interface PortalDependencies extends EditionDependencies {
  /** The document's typeface as woff2; served from here, since no page may ask anybody else. */
  readonly typeface: () => Promise<Uint8Array>
  readonly tenants: Tenants
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
  const match = /^([a-z0-9][a-z0-9-]{1,62})(?:\/([a-z0-9.]{1,20}|line\/[a-z0-9-]{1,64}\.tlog-proof))?\/?$/.exec(path)
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
  return await dependencies.tenants.asSystem(
    slug,
    async (tx) => {
      const row = await findNewest(tx, seesDrafts)
      if (!row) return null
      const edition = editionFor('public', documentOf(tx, row))
      const page = renderPage(edition, {
        ...(visitor.language ? { language: visitor.language } : {}),
        links: {
          pdf: `/trust/${slug}/edition.pdf`,
          docx: `/trust/${slug}/edition.docx`,
          json: `/trust/${slug}/edition.json`,
          bundle: `/trust/${slug}/bundle.zip`,
        },
        stylesheetUrl: `/trust/${slug}/${stylesheet}`,
        noticeUrl: '/privacy',
        proofsOfLines: `/trust/${slug}/line`,
        vouched: await vouchedFor(tx, dependencies, row, visitor.language ?? edition.language),
        verifier: { fileUrl: verifierUrl, sha256, pageUrl: verifyUrl },
        fontUrl: `/trust/${slug}/${font}`,
      })
      switch (file) {
        case undefined:
          return answer('text/html; charset=utf-8', page.html)
        case stylesheet:
          return answer('text/css; charset=utf-8', page.css)
        case font:
          return answer('font/woff2', await dependencies.typeface())
        case 'edition.json':
          return answer('application/json', renderJson(edition))
        case 'edition.docx':
        case 'edition.pdf': {
          const stored = (await listFiles(tx, row.id)).find((one) => one.name === file)
          return stored ? answer(stored.type, stored.bytes) : null
        }
        case 'bundle.zip':
          return answer('application/zip', await zipBundle(tx, row, dependencies))
        default: {
          const line = /^line\/(.+)\.tlog-proof$/.exec(file)?.[1]
          const proof = line === undefined ? null : await proveLine(tx, row, dependencies, line)
          return proof === null ? null : answer('text/plain; charset=utf-8', proof)
        }
      }
    },
    { settled: file === 'bundle.zip' || file?.startsWith('line/') === true, evenSuspended: true },
  )
}

function answer(type: string, body: string | Uint8Array): Response {
  return new Response(typeof body === 'string' ? body : Buffer.from(body), {
    headers: { 'content-type': type, 'cache-control': 'no-cache' },
  })
}
