import type { Log } from '../platform/index.ts'
import { AppError } from '../kernel/index.ts'
import { databaseOutage, errorClass, errorPlace } from '../platform/index.ts'
import type { Hosted } from '../site/index.ts'
import { hostOf } from '../site/index.ts'
import type { Limiter } from './limits.ts'
import { groupOf } from './peer.ts'
import { shownBy } from './shown.ts'
import type { Front } from './shown.ts'

/** What the hosts of tenants need of the rest of the server. */
export interface SiteFrontOptions {
  readonly at: (host: string | null) => Promise<Hosted>
  /** A file of the tenant's public page, or one that all public pages link to; whoever asks is nobody. */
  readonly page: (slug: string, path: string, request: Request) => Promise<Response | null>
  /** @param group the network that posts */
  readonly post: (slug: string, path: string, request: Request, group: string) => Promise<Response | null>
  readonly front: Front
  readonly limiter: Limiter
  readonly log: Log
}

/** Nothing of a public page needs more. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

/**
 * Answers at the domains of tenants: the public page, its files and forms, and nothing else. Which one is decided by the
 * `Host` that the connection itself carries: what a proxy or a client says in another header counts for nothing. No cookie
 * is read here, and none is set.
 *
 * @returns null for a host that is no tenant's: then everything is as ever
 */
export function openSiteFront(
  options: SiteFrontOptions,
): (request: Request, bindings: unknown) => Promise<Response | null> {
  return async (request, bindings) => {
    const { host, pathname } = new URL(request.url)
    const said = hostOf(request.headers.get('host'))
    try {
      const hosted = await options.at(said)
      // The request line may name a host, too (RFC 9112 §3.2.2); nobody honest names two.
      const isDivided = said !== hostOf(host)
      if (isDivided && (hosted ?? (await options.at(hostOf(host))))) return refuse(400, 'Bad request.')
      if (hosted === null) return null
      if (hosted.kind === 'lost') return refuse(404, 'Nothing is served at this domain any more.')
      return guarded(await answer(hosted.slug, pathname, request, bindings))
    } catch (error) {
      return failed(error)
    }
  }

  async function answer(slug: string, path: string, request: Request, bindings: unknown): Promise<Response> {
    const own =
      path === `/trust/${slug}` || path.startsWith(`/trust/${slug}/`) ? path.slice(`/trust/${slug}`.length) : path
    if (request.method === 'GET' || request.method === 'HEAD') {
      const page = await options.page(slug, own, request)
      return page ?? refuse(404, 'There is nothing here.')
    }
    if (request.method !== 'POST') return refuse(405, 'This cannot be done here.')
    const group = groupOf(shownBy(request.headers, bindings, options.front).peer)
    const seconds = options.limiter.take('change', group)
    if (seconds > 0) return refuse(429, 'Too many requests.', { 'retry-after': String(seconds) })
    return (await options.post(slug, own, request, group)) ?? refuse(404, 'There is nothing here.')
  }

  function failed(error: unknown): Response {
    const known = error instanceof AppError ? error : databaseOutage(error)
    if (known && known.definition.family !== 'bug') {
      const { status } = known.definition
      return guarded(refuse(status, 'Not now.', status === 503 ? { 'retry-after': '1' } : {}))
    }
    options.log.error('request.failed', { error: errorClass(error), where: errorPlace(error) })
    return guarded(refuse(500, 'Something went wrong.'))
  }
}

function refuse(status: number, text: string, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(`${text}\n`, { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers } })
}

/** Headers of every answer. How long browsers insist on TLS is for whoever ends TLS at this domain to say. */
function guarded(response: Response): Response {
  const { headers } = response
  headers.set('content-security-policy', policy)
  headers.set('x-content-type-options', 'nosniff')
  headers.set('referrer-policy', 'no-referrer')
  headers.set('cross-origin-opener-policy', 'same-origin')
  headers.set('cross-origin-resource-policy', 'same-origin')
  headers.set('permissions-policy', 'camera=(), microphone=(), geolocation=()')
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
  headers.delete('set-cookie')
  return response
}
