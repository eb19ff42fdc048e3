import { getRequestListener } from '@hono/node-server'
import {
  clientAddress,
  groupOf,
  incomingOf,
  openGate,
  openLimiter,
  trustedProxies,
  usualCapacity,
  usualLimits,
} from '../http/plain.ts'
import { errorClass, listen, openLog, openLoopDelay, openPublishedReader, systemClock } from '../platform/plain.ts'
import type { Published } from '../platform/plain.ts'
import { takenForms } from '../publication/plain.ts'
import { hostOf } from '../site/plain.ts'
import type { KioskConfig } from './config.ts'
import { takeForm } from './forms.ts'
import { openHourly } from './hourly.ts'
import { answerWith, findAtSite, findHere, languageOf, pick, secretLink } from './pages.ts'
import type { Found } from './pages.ts'
import { messagePage } from './words.ts'

/** A running kiosk. */
export interface Kiosk {
  readonly local: string
  /** Lets answers end, and stops. */
  stop(): Promise<void>
}

/** Forms that one network posts in an hour, and that are posted to one tenant. */
const mostOfNetwork = 20
const mostOfTenant = 300
/** Forms that are read and sealed at once: each is held in memory, files and all. */
const mostAtOnce = 8

/** What is published may be replaced while it is read; so often it is looked for again. */
const tries = 3

/** Nothing of a public page needs more. */
const guard = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
} as const

/** Starts a kiosk: the published pages are read when they are asked for, and nothing else ever is. */
export async function startKiosk(config: KioskConfig): Promise<Kiosk> {
  const { now } = systemClock
  const log = openLog(config.logLevel, now)
  const reader = openPublishedReader(config.publishedFolder)
  const proxies = trustedProxies(config.trustedProxies)
  const ms = () => now().getTime()
  const limiter = openLimiter(usualLimits, ms)
  const networks = openHourly(mostOfNetwork, ms)
  const tenants = openHourly(mostOfTenant, ms)
  const delay = openLoopDelay()
  const gate = openGate({
    capacity: usualCapacity,
    proxies,
    delay: () => delay.now(),
    random: Math.random,
    now: ms,
    log,
  })
  let reading = 0

  async function show(request: Request, find: (root: Published) => Found | null): Promise<Response> {
    for (let attempt = 0; attempt < tries; attempt++) {
      const root = await reader.root()
      if (root === null) return refuse(503, 'Nothing is published yet.', { 'retry-after': '5' })
      const found = find(root)
      if (found === null) return refuse(404, nothing)
      const { tenant, path } = found
      if (tenant && secretLink.test(path)) return elsewhere(root, tenant.slug, path, request)
      const pages = await reader.pages(found.list)
      const answer = pages && pick(pages, path, request)
      if (pages && !answer) return tenant && isForPeople(request) ? missing(tenant, request) : refuse(404, nothing)
      const response = answer && (await answerWith(answer, request, reader))
      if (response) return response
    }
    return refuse(503, 'Not now.', { 'retry-after': '1' })
  }

  async function take(request: Request, group: string, root: Published, found: Found | null): Promise<Response> {
    const form = takenForms.find((one) => found?.path === `/${one}`)
    const pages = found && (await reader.pages(found.list))
    if (!found?.tenant || !form || pages?.forms.includes(form) !== true) return refuse(404, nothing)
    const { tenant } = found
    if (form !== 'unsubscribe' && isForeign(request)) return refuse(403, 'This form was sent from another site.')
    const seconds = limiter.take('change', group)
    const isMuch = seconds > 0 || !networks.take(group) || !tenants.take(tenant.slug)
    if (isMuch) return messagePage(tenant, languageOf(request), { status: 429, say: 'tooMany' })
    if (config.intakeFolder === null || reading >= mostAtOnce)
      return messagePage(tenant, languageOf(request), { status: 503, say: 'full' })
    reading++
    try {
      return await takeForm({ form, tenant, request, group }, { intakeFolder: config.intakeFolder, root, now })
    } finally {
      reading--
    }
  }

  async function answer(request: Request, group: string): Promise<Response> {
    const { host, pathname } = new URL(request.url)
    if (pathname === '/healthz' || pathname === '/health') return Response.json({ status: 'ok' })
    const root = await reader.root()
    if (pathname === '/readyz')
      return Response.json({ status: root ? 'ready' : 'not ready' }, { status: root ? 200 : 503 })
    const said = hostOf(request.headers.get('host'))
    const served = (name: string | null) =>
      name !== null && root && Object.hasOwn(root.hosts, name) ? root.hosts[name] : undefined
    const slug = served(said)
    // The request line may name a host, too (RFC 9112 §3.2.2); nobody honest names two.
    if (said !== hostOf(host) && (slug !== undefined || served(hostOf(host)) !== undefined))
      return refuse(400, 'Bad request.')
    if (slug === null) return refuse(404, 'Nothing is served at this domain any more.')
    const find = (of: Published) => (slug === undefined ? findHere(of, pathname) : findAtSite(of, slug, pathname))
    const isSafe = request.method === 'GET' || request.method === 'HEAD'
    if (!isSafe && request.method !== 'POST') return refuse(405, 'This cannot be done here.')
    const response = isSafe
      ? await show(request, find)
      : root === null
        ? refuse(503, 'Nothing is published yet.')
        : await take(request, group, root, find(root))
    // How long browsers insist on TLS at a tenant's own domain is for whoever ends TLS there to say.
    if (slug === undefined && root?.url.startsWith('https:') === true)
      response.headers.set('strict-transport-security', 'max-age=31536000; includeSubDomains')
    return response
  }

  const listener = getRequestListener(async (request, env) => {
    const incoming = incomingOf(env)
    const group = groupOf(clientAddress(incoming?.socket.remoteAddress ?? '', request.headers, proxies))
    return await gate.through(incoming, async () => {
      try {
        return guarded(await answer(request, group))
      } catch (error) {
        log.error('request.failed', { error: errorClass(error) })
        return guarded(refuse(500, 'Something went wrong.'))
      }
    })
  })
  const listening = await listen(config.port, config.host)
  listening.answer((request, response) => {
    if (gate.admit(request, response)) void listener(request, response)
  })
  return {
    local: `http://localhost:${listening.port}`,
    async stop() {
      await listening.close()
      delay.close()
    },
  }
}

/** What a secret link shows lies in the database, which is elsewhere. */
function elsewhere(root: Published, slug: string, path: string, request: Request): Response {
  const { host, search } = new URL(request.url)
  const headers = { 'x-robots-tag': 'noindex' }
  // A proxy that leads these addresses here, too, would lead in a circle.
  if (new URL(root.workplace).host === host) return refuse(404, 'This link is opened by the workplace.', headers)
  const location = `${root.workplace}/trust/${slug}${path}${search}`
  return refuse(302, 'This link is opened by the workplace.', { ...headers, location })
}

/** Whether a page of somebody else's posted it. Pages that send no referrer say `Origin: null` of their own forms, too. */
function isForeign(request: Request): boolean {
  const site = request.headers.get('sec-fetch-site')
  const origin = request.headers.get('origin')
  if (site !== null && site !== 'same-origin' && site !== 'none') return true
  if (origin === null || origin === 'null') return false
  return !URL.canParse(origin) || new URL(origin).host !== request.headers.get('host')
}

function refuse(status: number, text: string, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(`${text}\n`, { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers } })
}

/** In both languages: who opened the address is not known to read either. */
const nothing = 'There is nothing here. – Hier gibt es nichts.'

/** Programs do not ask for HTML by name. */
function isForPeople(request: Request): boolean {
  return request.method === 'GET' && (request.headers.get('accept') ?? '').includes('text/html')
}

function missing(tenant: Parameters<typeof messagePage>[0], request: Request): Response {
  return messagePage(tenant, languageOf(request), { status: 404, say: 'missing' })
}

function guarded(response: Response): Response {
  for (const [name, value] of Object.entries(guard)) response.headers.set(name, value)
  if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store')
  return response
}
