import { randomBytes, randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import type { Context } from 'hono'
import { routePath } from 'hono/route'
import { streamSSE } from 'hono/streaming'
import { z } from 'zod'
import { accountErrors } from '../account/index.ts'
import type { CallerContext, Means, OwnContext, SignedIn } from '../account/index.ts'
import { AppError, bug, permissionsOf } from '../kernel/index.ts'
import type { AnyOperation, Download, Filter, Inspecting, Upload } from '../kernel/index.ts'
import { databaseOutage, errorClass, errorPlace } from '../platform/index.ts'
import type { Log, ProcessRole, Spooled, Telemetry } from '../platform/index.ts'
import { maxSubmission } from '../evidence/index.ts'
import type { Entrant, TenantCaller, TenantContext, Tenants, Witness } from '../evidence/index.ts'
import { refuseMeans, refuseTokenInAddress } from './caller.ts'
import { liveness, readiness } from './health.ts'
import { limit, limitCaller } from './limits.ts'
import type { Limiter } from './limits.ts'
import { redirectPath } from '../directory/index.ts'
import type { Scim, SignIn } from '../directory/index.ts'
import { methodOf, openApi, pathOf } from './openapi.ts'
import { groupOf } from './peer.ts'
import { httpErrors, problemOf } from './problem.ts'
import { isForBrowser, refusalPage } from './refusal-page.ts'
import type { Need } from './readiness.ts'
import { shownBy } from './shown.ts'
import type { Front, Shown } from './shown.ts'
import { signInRoutes } from './sign-in.ts'
import type { Env } from './sign-in.ts'

const uploadLimitMiB = 25
const bodyLimitMiB = 2

/** A guest finds a tenant only by operations that need one of these; by all others it is not there. */
const forGuests = permissionsOf('guest')

/** What the HTTP adapter needs of the rest of the server. */
export interface AppOptions {
  readonly operations: readonly AnyOperation[]
  readonly tenants: Tenants
  readonly whoIs: (shown: Shown) => Promise<SignedIn | null>
  /** Whether the person confirmed a short time ago that it is they. */
  readonly isConfirmed: (means: Means) => boolean
  /** @param peer the address it comes from @returns null for what is closed */
  readonly authenticate: (request: Request, peer: string) => Promise<Response | null>
  /** Signing in by a tenant's own provider. */
  readonly signIn: SignIn
  /** Answers the directories of tenants. */
  readonly scim: Scim
  /** One click in a program for mail (RFC 8058). @throws for a token that nobody signed */
  readonly unsubscribe: (token: string) => Promise<void>
  /** Cosigns the logs of others. */
  readonly witness: Pick<Witness, 'answer'>
  /** A calendar under its secret link; null: there is none. */
  readonly calendar: (token: string) => Promise<string | null>
  /** Calls `wake` whenever something of this tenant changed; returns how to stop. */
  readonly onChange: (tenantId: string, wake: () => void) => () => void
  /** Public pages and the workplace; gets every address that is no operation. */
  readonly pages: (request: Request, nonce: string, account: Entrant | null) => Promise<Response | null>
  /** What is posted to public pages, by whoever; gets the network that posts. */
  readonly forms: (request: Request, group: string) => Promise<Response | null | undefined>
  /** Forms of public pages, sent without an account and without a script. */
  readonly posted: (form: {
    /** Below `/trust/`. */
    readonly path: string
    readonly language: 'en' | 'de'
    readonly form: URLSearchParams
  }) => Promise<Response | null>
  /** Keeps a body on the disk while an operation works on it. */
  readonly spool: (body: AsyncIterable<Uint8Array>) => Promise<Spooled>
  /** What this process does of what several share. */
  readonly role: ProcessRole
  /** What the server cannot work without and does not have at this moment. */
  readonly missing: () => Promise<readonly Need[]>
  /** Database servers beside the first one that do not answer: their tenants wait, and everything else works. */
  readonly away: () => readonly string[]
  readonly baseUrl: string
  /** Where else browsers reach the very same pages. */
  readonly otherOrigins: readonly string[]
  readonly front: Front
  readonly limiter: Limiter
  readonly version: string
  readonly log: Log
  readonly telemetry: Telemetry
}

/**
 * The HTTP API: one loop over the operations. Who calls, from where, and whether the role allows it are decided here, in
 * the handler of the operation and not by a path prefix, because path normalisation has fooled prefix rules before
 * (CVE-2026-29045, CVE-2026-39407).
 */
export function createApp(options: AppOptions): Hono<Env> {
  const app = new Hono<Env>()
  app.use(async (c, next) => {
    c.set('trace', randomUUID())
    c.set('nonce', randomBytes(16).toString('base64'))
    const begun = performance.now()
    const asked = { 'http.request.method': c.req.method }
    await options.telemetry.span('request', { ...asked, 'art32.trace': c.get('trace') }, async (told) => {
      refuseTokenInAddress(c.req.url)
      await next()
      secure(c, options.baseUrl)
      const answer = { 'http.route': routePath(c), 'http.response.status_code': c.res.status }
      told(answer)
      options.telemetry.answered({ ...asked, ...answer }, performance.now() - begun)
    })
  })
  app.onError((error, c) => answerError(error, c, options))
  // For load balancers and supervisors: before any session is looked for, and not counted by a limit.
  app.get('/healthz', (c) => c.json(liveness(options.role).body))
  app.get('/readyz', async (c) => {
    const { status, body } = readiness(await options.missing(), options.role, options.away())
    return status === 200 ? c.json(body) : c.json(body, 503, { 'retry-after': '1' })
  })
  app.get('/health', (c) => c.json({ status: 'ok', version: options.version }))
  // Seldom asked for, and a twentieth of a second at every start.
  let description: ReturnType<typeof openApi> | undefined
  app.get('/openapi.json', (c) => {
    description ??= openApi(options.operations, options.version, options.baseUrl)
    return c.json(description)
  })
  const authenticate = async (request: Request, peer: string) => {
    const answer = await options.authenticate(request, peer)
    if (!answer) throw httpErrors.not_found()
    return answer
  }
  app.get('/api/auth/*', (c) => {
    const { peer } = shownBy(c.req.raw.headers, c.env, options.front)
    limit(options.limiter, 'caller', groupOf(peer))
    return authenticate(c.req.raw, peer)
  })
  app.post('/api/auth/*', async (c) => {
    const { peer } = shownBy(c.req.raw.headers, c.env, options.front)
    limit(options.limiter, 'change', groupOf(peer))
    // The library would read any length of it.
    const body = Buffer.from(await bounded(c, bodyLimitMiB))
    const request = new Request(c.req.url, { method: 'POST', headers: c.req.raw.headers, body })
    const answer = await authenticate(request, peer)
    // What is refused by an error of ours is logged as a refused request; a wrong password is an answer of the library.
    const operation = new URL(c.req.url).pathname
    options.log.info('sign-in.answered', { trace: c.get('trace'), operation, status: answer.status })
    if (operation.endsWith('/sign-out') && answer.ok) answer.headers.set('clear-site-data', '"cache"')
    return answer
  })
  const signIn = signInRoutes({
    ...options,
    whoIs: (c) => options.whoIs(shownBy(c.req.raw.headers, c.env, options.front)),
    async read(c, schema) {
      limit(options.limiter, 'change', groupOf(shownBy(c.req.raw.headers, c.env, options.front).peer))
      refuseForeignOrigin(c, [options.baseUrl, ...options.otherOrigins])
      return parseBy(schema, await jsonOf(c))
    },
  })
  app.post('/api/sign-in/openid', (c) => signIn.begin(c))
  app.get(`${redirectPath}/:tenant`, (c) => signIn.end(c))
  app.all('/scim/v2/*', (c) => {
    limit(options.limiter, 'caller', groupOf(shownBy(c.req.raw.headers, c.env, options.front).peer))
    return answerDirectory(c, options.scim)
  })
  // Programs for mail post a form here, without a session and without an origin: the token is the right to it.
  app.get('/calendar/:file{[A-Za-z0-9_-]+[.]ics}', async (c) => {
    limit(options.limiter, 'caller', groupOf(shownBy(c.req.raw.headers, c.env, options.front).peer))
    const text = await options.calendar(c.req.param('file').slice(0, -'.ics'.length))
    if (text === null) throw httpErrors.not_found()
    return c.body(text, 200, { 'content-type': 'text/calendar; charset=utf-8', 'cache-control': 'private, no-store' })
  })
  app.post('/unsubscribe', async (c) => {
    await options.unsubscribe(c.req.query('token') ?? '')
    return c.text('')
  })
  app.post('/trust/*', async (c) => {
    const group = groupOf(shownBy(c.req.raw.headers, c.env, options.front).peer)
    limit(options.limiter, 'change', group)
    const page = await options.forms(c.req.raw, group)
    if (page) return page
    if (page === null) throw httpErrors.not_found()
    // Pages that send no referrer say `Origin: null` of their own forms, too; then the browser says whose they are.
    const isOwnForm = c.req.header('origin') === 'null' && c.req.header('sec-fetch-site') === 'same-origin'
    if (!isOwnForm) refuseForeignOrigin(c, [options.baseUrl, ...options.otherOrigins])
    const answer = await options.posted(await formOf(c))
    if (!answer) throw httpErrors.not_found()
    return answer
  })
  // For logs of others that ask for a cosignature: what is not signed by an allowed key changes nothing.
  app.post('/witness/add-checkpoint', async (c) => {
    limit(options.limiter, 'change', groupOf(shownBy(c.req.raw.headers, c.env, options.front).peer))
    const { status, type, text } = await options.witness.answer(await bounded(c, maxSubmission / 1_048_576))
    return new Response(text, { status, headers: { 'content-type': type, 'cache-control': 'no-store' } })
  })
  for (const operation of options.operations) mount(app, operation, options)
  app.all('/api/*', () => {
    throw httpErrors.not_found()
  })
  app.get('*', async (c) => {
    const signedIn = await options.whoIs(shownBy(c.req.raw.headers, c.env, options.front))
    // Pages are for people: a token opens the operations of its tenant and nothing else.
    const account = signedIn && signedIn.means.kind !== 'token' ? signedIn.account : null
    const page = await options.pages(c.req.raw, c.get('nonce'), account)
    if (!page) throw httpErrors.not_found()
    return page
  })
  return app
}

function mount(app: Hono<Env>, operation: AnyOperation, options: AppOptions): void {
  const changes = methodOf(operation) === 'post'
  const answer = async (c: Context<Env>): Promise<Response> => {
    c.set('operation', operation.id)
    const shown = shownBy(c.req.raw.headers, c.env, options.front)
    const signedIn = await options.whoIs(shown).catch((error: unknown) => {
      // Whoever tries tokens is counted as a stranger.
      limit(options.limiter, 'change', groupOf(shown.peer))
      throw error
    })
    limitCaller(options.limiter, signedIn, shown.peer, changes)
    // Nothing adds a token by itself, as browsers do with cookies and certificates.
    if (changes && signedIn?.means.kind !== 'token') refuseForeignOrigin(c, [options.baseUrl, ...options.otherOrigins])
    if (!signedIn && operation.scope !== 'public') throw httpErrors.signed_out()
    refuseMeans(operation, signedIn)
    if (signedIn?.account.through && operation.scope === 'installation' && !openThroughProvider.test(operation.id))
      throw accountErrors.through_provider()
    const confirmed = () => {
      if (operation.stepUp && !(signedIn && options.isConfirmed(signedIn.means))) throw accountErrors.confirm_needed()
    }
    const own: OwnContext & CallerContext = {
      account: signedIn?.account ?? null,
      means: signedIn?.means ?? null,
      headers: c.req.raw.headers,
      peer: shown.peer,
    }
    const still = async () => {
      // A body may take its time to arrive, and what it was sent with may have been revoked meanwhile.
      if (changes && signedIn) await stillIn(options, shown, signedIn)
    }
    if (operation.spools) {
      confirmed()
      return await runSpooled(c, operation, own, { ...options, still })
    }
    const { input, upload, name = '' } = await read(c, operation)
    await still()
    if (operation.scope !== 'tenant') {
      confirmed()
      const result = await run(operation, input, own)
      return operation.kind === 'download' ? await hand(c, result as Download) : c.json(result)
    }
    if (!signedIn) throw httpErrors.signed_out()
    const within = <T>(work: (context: TenantContext) => Promise<T>, received = upload) =>
      options.telemetry.span('transaction', { 'art32.operation': operation.id }, () =>
        options.tenants.within(
          c.req.param('tenant') ?? '',
          entrantOf(signedIn),
          async (context) => {
            authorise(operation, context.caller)
            confirmed()
            return await work(received ? { ...context, upload: received } : context)
          },
          {
            settled: operation.settled,
            guests: operation.needs !== null && forGuests.includes(operation.needs),
            readsOnly: !operation.changes && operation.kind !== 'upload',
          },
        ),
      )
    if (operation.kind === 'stream') {
      const snapshot = () =>
        within(async (context) => ({ value: await run(operation, input, context), tenantId: context.tenant.id }))
      // The first one decides before the stream begins whether the caller may see it at all.
      return follow(c, options, await snapshot(), async () => {
        await stillIn(options, shown, signedIn)
        return await snapshot()
      })
    }
    const prepared = await prepare(c, operation, { input, upload, name, let: () => within(inspecting) })
    if (operation.passes) await still()
    const result = await within((context) => run(operation, input, context), prepared)
    if (operation.kind === 'download') return await hand(c, result as Download)
    if (operation.filters) return await sendBack(c, result as Filter, operation.filters.limitMiB)
    return c.json(result)
  }
  app.on(methodOf(operation).toUpperCase(), pathOf(operation).replace('{tenant}', ':tenant'), (c) =>
    changes ? answer(c) : againWhereBroken(() => answer(c)),
  )
}

/** Reads once more where the connection broke that was read on: a new one waits until the database is there again. */
async function againWhereBroken<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (databaseOutage(error)?.code !== 'postgres.away') throw error
    return await work()
  }
}

/** What is done with an upload before the transaction, for whoever may use the operation. */
async function prepare(
  c: Context<Env>,
  { inspects, passes }: AnyOperation,
  given: { input: unknown; upload: Upload | undefined; name: string; let(): Promise<Inspecting> },
): Promise<Upload | undefined> {
  const { upload, name, input } = given
  if (passes) return await passes.pass(limited(c, passes.limitMiB), { name, input: input as never }, await given.let())
  return upload && inspects ? await inspects(upload, await given.let(), input as never) : upload
}

/** Whoever may not use the operation has not come this far. */
function inspecting({ tenant, caller }: TenantContext): Promise<Inspecting> {
  return Promise.resolve({ tenantId: tenant.id, accountId: caller.accountId, permissions: caller.permissions })
}

function entrantOf({ account: { id, factors, through }, means }: SignedIn): Entrant {
  if (means.kind === 'token') return { id, factors, token: means }
  return { id, factors, ...(through === undefined ? {} : { through }) }
}

/** @throws {http.signed_out | http.token_invalid} where what the request shows counts no longer */
async function stillIn(options: AppOptions, shown: Shown, before: SignedIn): Promise<void> {
  if ((await options.whoIs(shown))?.account.id !== before.account.id) throw httpErrors.signed_out()
}
/**
 * What a session that a tenant's provider opened may do outside of that tenant: see and end sessions. Operations on tenants
 * decide by the session themselves. Everything else about an account is the person's own.
 */
const openThroughProvider = /^(tenant\.\w+|domain\.\w+|account\.(sessions|end_session|end_others))$/

/** Lets the caller in before a byte is read, and works from the disk. */
async function runSpooled(
  c: Context<Env>,
  operation: AnyOperation,
  own: OwnContext,
  options: Pick<AppOptions, 'spool'> & { still(): Promise<void> },
): Promise<Response> {
  const { limitMiB = 0 } = operation.spools ?? {}
  // The loop over all operations cannot name the type of their context.
  await operation.spools?.admits(own as never)
  const { name, rest } = uploadQuery(c)
  const input = parse(operation, rest)
  const spooled = await options.spool(limited(c, limitMiB))
  try {
    await options.still()
    const upload: Upload = { name, bytes: new Uint8Array(), path: spooled.path }
    return c.json(await run(operation, input, { ...own, upload }))
  } finally {
    await spooled.remove()
  }
}

function authorise(operation: AnyOperation, caller: TenantCaller): void {
  if (operation.needs !== null && !caller.permissions.includes(operation.needs)) throw httpErrors.forbidden()
}

async function run(operation: AnyOperation, input: unknown, context: unknown): Promise<unknown> {
  // The adapter has parsed the input by the operation's own schema; the loop over all of them cannot name its type.
  const result = await operation.run(input as never, context as never)
  if (operation.kind === 'download') return result
  const parsed = operation.output.safeParse(result)
  if (!parsed.success) throw bug(`the answer of ${operation.id} does not fit its schema`, parsed.error)
  return parsed.data
}

interface Snapshot {
  readonly value: unknown
  readonly tenantId: string
}

/** Sends the snapshot again whenever something of the tenant changed, until it says that it is done. */
function follow(c: Context<Env>, options: AppOptions, first: Snapshot, next: () => Promise<Snapshot>): Response {
  const answer = streamSSE(c, async (stream) => {
    let wake = () => {}
    const stop = options.onChange(first.tenantId, () => wake())
    stream.onAbort(() => wake())
    try {
      let sent = ''
      for (let { value } = first; ;) {
        const woken = new Promise<void>((resolve) => {
          wake = resolve
          // Whoever may look no longer is shut out within a second, also while nothing changes.
          setTimeout(resolve, 900).unref()
        })
        const data = JSON.stringify(value)
        if (data !== sent) await stream.writeSSE({ data })
        sent = data
        if (z.object({ done: z.literal(true) }).safeParse(value).success || stream.aborted) return
        await woken
        ;({ value } = await next())
      }
    } catch (error) {
      // A role was taken away, or the database restarts: the page asks again and is told. Hono would print the error.
      options.log.info('stream.ended', { trace: c.get('trace'), error: errorClass(error) })
    } finally {
      stop()
    }
  })
  // Hono says `no-cache`, which lets others keep it as long as they ask before they hand it out.
  answer.headers.set('cache-control', 'no-store')
  return answer
}

async function read(
  c: Context<Env>,
  operation: AnyOperation,
): Promise<{ input: unknown; upload?: Upload; name?: string }> {
  if (operation.kind === 'upload') {
    const { name, rest } = uploadQuery(c)
    if (operation.passes) return { input: parse(operation, rest), name }
    if (operation.filters) return { input: parse(operation, rest), upload: { name, bytes: new Uint8Array() } }
    const bytes = await bounded(c, uploadLimitMiB)
    return { input: parse(operation, rest), upload: { name, bytes } }
  }
  if (methodOf(operation) === 'get') return { input: parse(operation, c.req.query()) }
  return { input: parse(operation, await jsonOf(c)) }
}

/** Most bytes of a form of a public page. */
const formLimitMiB = 0.0625

async function formOf(c: Context<Env>): Promise<Parameters<AppOptions['posted']>[0]> {
  const type = 'application/x-www-form-urlencoded'
  if (!c.req.header('content-type')?.startsWith(type)) throw httpErrors.wrong_type({ type })
  const form = new URLSearchParams(Buffer.from(await bounded(c, formLimitMiB)).toString('utf8'))
  const { pathname } = new URL(c.req.url)
  const accepted = c.req.header('accept-language')?.startsWith('de') ? 'de' : 'en'
  const given = c.req.query('language')
  return { path: pathname.slice('/trust/'.length), language: given === 'en' || given === 'de' ? given : accepted, form }
}

async function jsonOf(c: Context<Env>): Promise<unknown> {
  if (!c.req.header('content-type')?.startsWith('application/json'))
    throw httpErrors.wrong_type({ type: 'application/json' })
  const text = Buffer.from(await bounded(c, bodyLimitMiB)).toString('utf8')
  try {
    return JSON.parse(text || '{}')
  } catch (cause) {
    throw httpErrors.invalid({ problem: 'the body is not JSON' }, { cause })
  }
}

/** A directory sends no cookie and no origin, only its token; it is answered in its own format (RFC 7644 §3.1). */
async function answerDirectory(c: Context<Env>, scim: Scim): Promise<Response> {
  const { pathname, searchParams: query } = new URL(c.req.url)
  const { status, body } = await scim({
    method: c.req.method,
    path: pathname.slice('/scim/v2/'.length),
    query,
    authorization: c.req.header('authorization') ?? null,
    body: Buffer.from(await bounded(c, bodyLimitMiB)).toString('utf8'),
  })
  const headers = {
    'content-type': 'application/scim+json',
    ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
  }
  return new Response(body === null ? null : JSON.stringify(body), { status, headers })
}

function uploadQuery(c: Context<Env>): { name: string; rest: Record<string, string> } {
  const { name = 'document', ...rest } = c.req.query()
  return { name: name.replaceAll('\0', '').slice(0, 255), rest }
}

/** Reads a body up to a limit; more is refused before it is held in memory. */
async function bounded(c: Context<Env>, limitMiB: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for await (const part of limited(c, limitMiB)) parts.push(part)
  return Buffer.concat(parts)
}

/** The parts of a body, up to a limit. */
async function* limited(c: Context<Env>, limitMiB: number): AsyncGenerator<Uint8Array> {
  const limit = limitMiB * 1_048_576
  if (Number(c.req.header('content-length') ?? 0) > limit) throw httpErrors.too_large({ limitMiB })
  let size = 0
  const body: AsyncIterable<Uint8Array> | null = c.req.raw.body
  try {
    for await (const part of body ?? []) {
      size += part.byteLength
      if (size > limit) throw httpErrors.too_large({ limitMiB })
      yield part
    }
  } catch (cause) {
    // Whoever sends went away: nobody's mistake, and nothing that a stranger may fill the log of errors with.
    throw cause instanceof AppError ? cause : httpErrors.cut_off({}, { cause })
  }
}

class InvalidInput extends Error {
  readonly fields: { path: string; problem: string }[]
  constructor(issues: readonly z.core.$ZodIssue[]) {
    super('invalid input')
    this.fields = issues.map((issue) => ({ path: issue.path.join('.'), problem: issue.message }))
  }
}

function parse(operation: AnyOperation, value: unknown): unknown {
  return parseBy(operation.input, value)
}

function parseBy<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw new InvalidInput(parsed.error.issues)
  if (!isStorable(parsed.data)) throw httpErrors.invalid({ problem: 'a text holds NUL or half a character' })
  return parsed.data
}

/** PostgreSQL takes no NUL in a text, UTF-8 no half of a surrogate pair. What was parsed has the shape, and so the depth, of its schema. */
function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return !value.includes('\0') && value.isWellFormed()
  return typeof value !== 'object' || value === null || Object.values(value).every(isStorable)
}

/** Browsers send Origin with every POST; one of another site is refused (CSRF). A client without a browser may leave it out. */
function refuseForeignOrigin(c: Context<Env>, own: readonly string[]): void {
  const origin = c.req.header('origin')
  const site = c.req.header('sec-fetch-site')
  const isOwn = origin === undefined || own.some((url) => new URL(url).origin === origin)
  if (!isOwn || site === 'cross-site' || site === 'same-site') {
    throw httpErrors.foreign_origin()
  }
}

async function hand(c: Context<Env>, { name, type, bytes: given }: Download): Promise<Response> {
  const bytes = typeof given === 'function' ? await given() : given
  c.header('content-type', type)
  // Should a browser show it after all, it does so without scripts and as nobody's page.
  c.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox")
  c.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
  return c.body(bytes instanceof Uint8Array ? Buffer.from(bytes) : ReadableStream.from(bytes))
}

/** Answers with what becomes of the body, as it is sent. */
async function sendBack(c: Context<Env>, back: Filter, limitMiB: number): Promise<Response> {
  const { name, type, headers } = back
  const parts = back.filter(limited(c, limitMiB))[Symbol.asyncIterator]()
  // What cannot be read at all is said so; once there are bytes, the answer can only be cut off.
  const first = await parts.next()
  for (const [header, value] of Object.entries(headers)) c.header(header, value)
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      for (let part = first; part.done !== true; part = await parts.next()) yield part.value
    } finally {
      await parts.return?.()
    }
  }
  return await hand(c, { name, type, bytes: all() })
}

/** Operations whose refusal is what was asked for: an installation asks them of itself, and nobody was turned away. */
const judging = new Set(['account.weigh_password'])

function answerError(error: unknown, c: Context<Env>, { log, baseUrl }: Pick<AppOptions, 'log' | 'baseUrl'>): Response {
  const trace = c.get('trace')
  const operation = c.get('operation')
  const language = c.req.header('accept-language')?.startsWith('de') ? 'de' : 'en'
  let fields: { path: string; problem: string }[] | undefined
  let known: AppError
  if (error instanceof AppError) known = error
  else if (error instanceof InvalidInput) {
    fields = error.fields
    const first = fields[0]
    known = httpErrors.invalid({ problem: first ? `${first.path || 'input'}: ${first.problem}` : 'unknown' })
  } else known = databaseOutage(error) ?? bug(errorClass(error), error)
  const { family, code, status } = known.definition
  const entry = {
    trace,
    ...(operation === undefined ? {} : { operation }),
    code,
    status,
    ...(family === 'bug' ? { error: errorClass(known.cause ?? known), where: errorPlace(known.cause ?? known) } : {}),
  }
  if (family === 'refusal') log[judging.has(operation ?? '') ? 'debug' : 'info']('request.refused', entry)
  else if (family === 'outage') log.warn('request.outage', entry)
  else log.error('request.failed', entry)
  secure(c, baseUrl)
  if ([429, 503].includes(status) && known.params['seconds'] !== undefined)
    c.header('retry-after', String(known.params['seconds']))
  if (known.code === 'http.token_invalid') c.header('www-authenticate', 'Bearer error="invalid_token"')
  const problem = problemOf(known, trace, language, fields)
  const path = new URL(c.req.url).pathname
  if (!path.startsWith('/api/') && isForBrowser(c.req.raw)) {
    const wanted = c.req.query('language')
    const shown = wanted === 'de' || wanted === 'en' ? wanted : language
    const { detail } = problemOf(known, trace, shown)
    const page = refusalPage({ status, detail, trace }, { path, language: shown, nonce: c.get('nonce') })
    return c.html(page, status as 400)
  }
  return c.json(problem, status as 400, { 'content-type': 'application/problem+json' })
}

/** Headers of every answer. The page's own policy (style nonce) is stricter nowhere and looser nowhere: one policy for all. */
function secure(c: Context<Env>, baseUrl: string): void {
  const set = (name: string, value: string) => {
    if (!c.res.headers.has(name)) c.res.headers.set(name, value)
  }
  set(
    'content-security-policy',
    `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${c.get('nonce')}'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  )
  set('x-content-type-options', 'nosniff')
  set('referrer-policy', 'no-referrer')
  set('cross-origin-opener-policy', 'same-origin')
  set('cross-origin-resource-policy', 'same-origin')
  set('permissions-policy', 'camera=(), microphone=(), geolocation=()')
  set('cache-control', 'no-store')
  if (baseUrl.startsWith('https:')) set('strict-transport-security', 'max-age=31536000; includeSubDomains')
}
