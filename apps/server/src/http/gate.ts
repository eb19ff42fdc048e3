import type { IncomingMessage, ServerResponse } from 'node:http'
import { hasBody } from '../platform/plain.ts'
import type { Log } from '../platform/plain.ts'
import { clientAddress, groupOf } from './peer.ts'
import type { TrustedProxies } from './peer.ts'
import { httpErrors } from './problem.ts'

/** How much is done at once; what comes beyond is told to come again, before anything is done for it. */
export interface Capacity {
  /** Answers that are being made. */
  readonly answers: number
  /** Requests whose body is still being sent. */
  readonly bodies: number
  /** Milliseconds by which the process may be behind itself; beyond it makes a quarter of the answers. */
  readonly delayMs: number
}

/**
 * So many that two cores are busy with them, and few enough that the last is answered within a few hundred milliseconds:
 * who waits in a line of a thousand has gone before being served, and the work was for nothing.
 */
export const usualCapacity: Capacity = { answers: 128, bodies: 256, delayMs: 100 }

/** Lets requests in, or sends them away. */
export interface Gate {
  /** @returns whether it may be answered; where not, it has been told to come again */
  admit(request: IncomingMessage, response: ServerResponse): boolean
  /** Makes the answer to a request that was admitted. Its place is free again when the answer begins to be sent. */
  through<T>(request: IncomingMessage | undefined, work: () => Promise<T>): Promise<T>
  /** For figures: what is under way, and how many were sent away so far. */
  standing(): { readonly answers: number; readonly bodies: number; readonly shed: number }
}

/** What the gate looks at. */
export interface GateOptions {
  readonly capacity: Capacity
  readonly proxies: TrustedProxies
  /** Milliseconds by which the process is behind itself. */
  readonly delay: () => number
  readonly random: () => number
  readonly now: () => number
  readonly log: Log
}

/** A request that was admitted. */
interface Place {
  /** The tenant that is asked for; where none is named, the network that asks. */
  readonly share: string
  /** The network that sends a body; empty once it is there. */
  sender: string
  isBegun: boolean
}

/** Supervisors and load balancers must see a server that is busy, not one that is gone. */
const always = new Set(['/healthz', '/readyz'])

/** How often, at most, a log line says that requests were sent away. */
const logEveryMs = 10_000

/**
 * A gate in front of everything. Twice the load that the server can bear is half sent away, and half is answered as ever.
 *
 * - At most half of the answers are for one tenant, as in the queue of jobs: one that is asked too much leaves room for others.
 * - A body that is still being sent holds no answer's place: whoever sends slowly holds up other senders at most, and of
 *   one network an eighth of them.
 * - Whoever is sent away costs no session, no database and no parsing.
 *
 * Sources: RFC 9110 §15.6.4 and §10.2.3 (503, Retry-After).
 */
export function openGate({ capacity, proxies, delay, random, now, log }: GateOptions): Gate {
  const places = new WeakMap<IncomingMessage, Place>()
  const answers = openCounts()
  const bodies = openCounts()
  let shed = 0
  let silent = { since: -logEveryMs, count: 0 }

  const isFull = (share: string, sender: string | null) => {
    const most = Math.max(1, delay() > capacity.delayMs ? capacity.answers / 4 : capacity.answers)
    if (answers.all() >= most || answers.of(share) >= Math.max(1, most / 2)) return true
    return sender !== null && (bodies.all() >= capacity.bodies || bodies.of(sender) >= Math.max(1, capacity.bodies / 8))
  }
  const leave = (place: Place) => {
    if (place.sender === '') answers.remove(place.share)
    else bodies.remove(place.sender)
  }
  const note = () => {
    shed++
    silent.count++
    if (now() - silent.since < logEveryMs) return
    log.warn('request.shed', { count: silent.count })
    silent = { since: now(), count: 0 }
  }

  return {
    admit(request, response) {
      if (always.has(pathOf(request))) return true
      const network = networkOf(request, proxies)
      const share = tenantOf(request) ?? network
      const sends = hasBody(request)
      if (isFull(share, sends ? network : null)) {
        note()
        sendAway(request, response, 1 + Math.floor(random() * 3))
        return false
      }
      const place: Place = { share, sender: sends ? network : '', isBegun: false }
      places.set(request, place)
      if (sends) bodies.add(network)
      else answers.add(share)
      request.once('end', () => {
        if (place.sender === '' || !places.has(request)) return
        bodies.remove(place.sender)
        place.sender = ''
        answers.add(share)
      })
      // What is no valid request is answered before it gets further.
      response.once('close', () => {
        if (!place.isBegun && places.delete(request)) leave(place)
      })
      return true
    },
    async through(request, work) {
      const place = request && places.get(request)
      if (!place) return await work()
      place.isBegun = true
      try {
        return await work()
      } finally {
        places.delete(request)
        leave(place)
      }
    },
    standing: () => ({ answers: answers.all(), bodies: bodies.all(), shed }),
  }
}

/** Counts by name, and all together. */
function openCounts() {
  const counts = new Map<string, number>()
  let all = 0
  return {
    all: () => all,
    of: (name: string) => counts.get(name) ?? 0,
    add(name: string) {
      all++
      counts.set(name, (counts.get(name) ?? 0) + 1)
    },
    remove(name: string) {
      all--
      const left = (counts.get(name) ?? 1) - 1
      if (left > 0) counts.set(name, left)
      else counts.delete(name)
    },
  }
}

function pathOf({ url = '' }: IncomingMessage): string {
  return url.split('?', 1)[0] ?? ''
}

/** The tenant in the address; whether it exists, and whether this caller may enter it, is not known yet. */
function tenantOf({ url = '' }: IncomingMessage): string | null {
  return /^\/(?:api\/tenants|trust)\/([^/?#]{1,64})/.exec(url)?.[1] ?? null
}

function networkOf({ socket, headers }: IncomingMessage, proxies: TrustedProxies): string {
  const said = new Headers()
  for (const name of ['x-forwarded-for', 'forwarded'])
    if (headers[name] !== undefined) said.set(name, String(headers[name]))
  return groupOf(clientAddress(socket.remoteAddress ?? '', said, proxies))
}

/** @param seconds differ, so that those who were sent away together do not come back together */
function sendAway(request: IncomingMessage, response: ServerResponse, seconds: number): void {
  const busy = httpErrors.busy()
  const { code, status } = busy.definition
  const detail = busy.say(request.headers['accept-language']?.startsWith('de') ? 'de' : 'en')
  const isApi = request.url?.startsWith('/api/') ?? false
  // Without a trace: whoever is sent away stands in the log as a number only.
  const problem = { type: `urn:art32:error:${code}`, title: code, status, detail, code }
  response.writeHead(status, {
    'content-type': isApi ? 'application/problem+json' : 'text/plain; charset=utf-8',
    'retry-after': String(seconds),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    // What is still on its way is not waited for.
    ...(hasBody(request) ? { connection: 'close' } : {}),
  })
  response.end(isApi ? JSON.stringify(problem) : `${detail}\n`)
  request.resume()
}
