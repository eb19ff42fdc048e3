import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isIP } from 'node:net'

/**
 * Answers `/metrics`, on a port of its own that no proxy of the public pages leads to. With a token whoever shows it is
 * answered. Without one the port is on this machine only, and a page in a browser here must not read it either: it would
 * come under a name that leads here (DNS rebinding), so only addresses and `localhost` are taken.
 */
export function answerMetrics({ token, text }: { token: string | null; text: () => Promise<string> }) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const end = (status: number, body: string, type = 'text/plain; charset=utf-8') => {
      const headers = { 'content-type': type, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }
      response.writeHead(status, status === 401 ? { ...headers, 'www-authenticate': 'Bearer' } : headers).end(body)
    }
    request.resume()
    if (token === null && !isByAddress(request.headers.host)) return end(403, 'Ask by address, or set a token.\n')
    if (token !== null && !isToken(request.headers.authorization, token)) return end(401, 'A token is needed.\n')
    if (request.url !== '/metrics') return end(404, 'Figures are at /metrics.\n')
    if (request.method !== 'GET' && request.method !== 'HEAD') return end(405, 'This cannot be done here.\n')
    text().then(
      (figures) => end(200, figures, 'text/plain; version=0.0.4; charset=utf-8'),
      () => end(503, 'There are no figures at this moment.\n'),
    )
  }
}

function isByAddress(host = ''): boolean {
  const name = host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1')
  return name === 'localhost' || isIP(name) !== 0
}

function isToken(authorization: string | undefined, token: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(authorization ?? ''), hash(`Bearer ${token}`))
}
