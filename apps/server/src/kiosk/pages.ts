import { keysFor } from '../platform/plain.ts'
import type { Published, PublishedAnswer, PublishedPages, PublishedReader } from '../platform/plain.ts'
import { tokenMark } from '../publication/plain.ts'

/** Where an address leads: a place of what is published, and the path within. */
export interface Found {
  /** Hash of the list of its pages. */
  readonly list: string
  readonly path: string
  readonly tenant: { readonly slug: string; readonly name: string; readonly base: string } | null
}

/** What opens only where the database is: the page behind a secret link, and what is posted there. */
export const secretLink = /^\/(?:link|incident)\/|^\/(?:report|request)\/./

/** The place that an address at the host of the installation is in. */
export function findHere(root: Published, pathname: string): Found | null {
  const [, slug, rest = ''] = /^\/trust\/([a-z0-9][a-z0-9-]{1,62})(\/.*)?$/.exec(pathname) ?? []
  if (slug === undefined) return { list: root.common, path: bare(pathname), tenant: null }
  const tenant = Object.hasOwn(root.tenants, slug) ? root.tenants[slug] : undefined
  return tenant
    ? { list: tenant.here, path: bare(rest), tenant: { slug, name: tenant.name, base: `/trust/${slug}` } }
    : null
}

/** The place that an address at a tenant's own domain is in; its address at the installation works there, too. */
export function findAtSite(root: Published, slug: string, pathname: string): Found | null {
  const tenant = Object.hasOwn(root.tenants, slug) ? root.tenants[slug] : undefined
  if (!tenant || tenant.site === null) return null
  const here = `/trust/${slug}`
  const path = pathname === here || pathname.startsWith(`${here}/`) ? pathname.slice(here.length) : pathname
  return { list: tenant.site, path: bare(path), tenant: { slug, name: tenant.name, base: '' } }
}

function bare(path: string): string {
  return path.endsWith('/') ? path.slice(0, -1) : path
}

/** Whose wish for a language counts: the address, or else the browser. */
export function languageOf(request: Request): 'en' | 'de' {
  const said = new URL(request.url).searchParams.get('language')
  if (said === 'en' || said === 'de') return said
  return request.headers.get('accept-language')?.startsWith('de') ? 'de' : 'en'
}

/** The answer that is kept for a request; undefined: there is none. */
export function pick(pages: PublishedPages, path: string, request: Request): PublishedAnswer | undefined {
  const { searchParams } = new URL(request.url)
  const language = searchParams.get('language')
  const keys = keysFor(path, {
    ...(language === 'en' || language === 'de' ? { language } : {}),
    view: searchParams.get('view') ?? '',
    preset: searchParams.get('preset') ?? '',
    accepts: request.headers.get('accept-language')?.startsWith('de') ? 'de' : 'en',
  })
  const key = keys.find((one) => Object.hasOwn(pages.pages, one))
  return key === undefined ? undefined : pages.pages[key]
}

/**
 * Answers with what is kept, as whoever made it would.
 *
 * @returns undefined where its bytes are not there any more: something else was published meanwhile
 */
export async function answerWith(
  { headers, bodies }: PublishedAnswer,
  request: Request,
  reader: PublishedReader,
): Promise<Response | undefined> {
  const tag = headers['etag']
  if (tag !== undefined && knows(request.headers.get('if-none-match'), tag)) {
    const told = ['cache-control', 'etag', 'vary'].flatMap((name) => (headers[name] ? [[name, headers[name]]] : []))
    return new Response(null, { status: 304, headers: Object.fromEntries(told) as Record<string, string> })
  }
  const accepted = request.headers.get('accept-encoding') ?? ''
  const [coding, hash] =
    bodies.br && /\bbr\b/.test(accepted)
      ? ['br', bodies.br]
      : bodies.gzip && /\bgzip\b/.test(accepted)
        ? ['gzip', bodies.gzip]
        : [null, bodies.identity]
  const bytes = await reader.bytes(hash)
  if (bytes === undefined) return undefined
  const body = bytes.includes(tokenMark) ? withToken(bytes, request) : bytes
  return new Response(request.method === 'HEAD' ? null : new Uint8Array(body), {
    headers: {
      ...headers,
      'content-length': String(body.byteLength),
      ...(coding === null ? {} : { 'content-encoding': coding }),
    },
  })
}

function knows(given: string | null, tag: string): boolean {
  const tags = given?.split(',').map((one) => one.trim().replace(/^W\//, '')) ?? []
  return tags.includes(tag) || tags.includes('*')
}

/** The token of a link in a letter, for the button on the page that it opens. */
export function tokenOf(request: Request): string {
  const token = new URL(request.url).searchParams.get('token') ?? ''
  return /^[A-Za-z0-9._-]{1,300}$/.test(token) ? token : ''
}

function withToken(bytes: Buffer, request: Request): Buffer {
  return Buffer.from(bytes.toString('utf8').replaceAll(`token=${tokenMark}`, `token=${tokenOf(request)}`))
}
