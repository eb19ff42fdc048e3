import type { IncomingMessage, ServerResponse } from 'node:http'

/**
 * Sends whoever came without TLS to the address with it: people who ask for a page. Programs and forms are refused, since
 * what they sent has gone over the line in the clear, and a redirect would hide that for ever.
 *
 * @param home where a host is reached by TLS; what a request says of hosts is no address of ours
 * @param challenge what an authority that proves our name is answered at a path (RFC 8555 §8.3); null: nothing
 * Source: OWASP ASVS 5.0 4.1.2.
 */
export function toTls(
  home: (host: string | undefined) => Promise<string>,
  challenge: (path: string) => string | null = () => null,
) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const path = request.url?.startsWith('/') ? request.url : '/'
    const isPage = ['GET', 'HEAD'].includes(request.method ?? '') && !/^\/(?:api|scim)(?:\/|$)/.test(path)
    request.resume()
    const proof = isPage ? challenge(path) : null
    if (proof !== null) {
      response.writeHead(200, {
        'content-type': 'application/octet-stream',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      })
      response.end(proof)
      return
    }
    if (!isPage) {
      response.writeHead(403, {
        'content-type': 'text/plain; charset=utf-8',
        'cache-control': 'no-store',
        connection: 'close',
      })
      response.end('This port only leads to HTTPS. What you sent was not read; change what it held if it was secret.\n')
      return
    }
    void home(request.headers.host).then(
      (origin) => response.writeHead(308, { location: `${origin}${path}`, 'cache-control': 'no-store' }).end(),
      () => response.writeHead(503, { 'retry-after': '1', 'cache-control': 'no-store' }).end(),
    )
  }
}
