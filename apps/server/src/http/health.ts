import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ProcessRole } from '../platform/index.ts'
import type { Need } from './readiness.ts'

/** Answers of a process, as they stand for load balancers and supervisors. */
interface Health {
  readonly status: number
  readonly body: object
}

/** Whether the process answers at all. */
export function liveness(role: ProcessRole): Health {
  return { status: 200, body: { status: 'ok', role } }
}

/**
 * Whether it can work, and what it lacks.
 *
 * @param away database servers beside the first one that do not answer: their tenants wait, and everything else works
 */
export function readiness(missing: readonly Need[], role: ProcessRole, away: readonly string[]): Health {
  if (missing.length === 0)
    return { status: 200, body: { status: 'ready', role, ...(away.length > 0 ? { away } : {}) } }
  return { status: 503, body: { status: 'not ready', role, missing } }
}

/** All that a process without pages answers: how it is. Whoever wants a page is told where there are some. */
export function answerHealth(
  role: ProcessRole,
  missing: () => Promise<readonly Need[]>,
  away: () => readonly string[],
) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const end = ({ status, body }: Health) => {
      const headers = {
        'content-type': 'application/json',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        ...(status === 503 ? { 'retry-after': '1' } : {}),
      }
      response.writeHead(status, headers).end(JSON.stringify(body))
    }
    request.resume()
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return end({ status: 405, body: { status: 'not here', role } })
    // `/health` is asked by the container and by older monitors.
    if (request.url === '/healthz' || request.url === '/health') return end(liveness(role))
    if (request.url === '/readyz') return void missing().then((lacks) => end(readiness(lacks, role, away())))
    end({
      status: 404,
      body: { status: 'not here', role, detail: 'This process answers no pages; a web process does.' },
    })
  }
}
