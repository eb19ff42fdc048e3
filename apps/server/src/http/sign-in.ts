import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import { z } from 'zod'
import type { SignedIn } from '../account/index.ts'
import type { SignIn } from '../directory/index.ts'
import type { Log } from '../platform/index.ts'

/** What every request carries. */
export type Env = { Variables: { trace: string; nonce: string; operation: string | undefined } }

/** What the routes of signing in by a provider need. */
export interface SignInRoutes {
  readonly signIn: SignIn
  readonly whoIs: (c: Context<Env>) => Promise<SignedIn | null>
  readonly baseUrl: string
  readonly log: Log
  /** The parsed body of a request from this site; another site's is refused. */
  readonly read: <T>(c: Context<Env>, schema: z.ZodType<T>) => Promise<T>
}

const Beginning = z
  .object({
    /** Short name of the tenant, mail domain or mail address. */
    organisation: z.string().trim().min(1).max(320),
    purpose: z.enum(['enter', 'connect', 'try']),
    next: z.string().max(2_000),
  })
  .strict()
const Code = z.string().min(1).max(8_000).nullable().catch(null)

/** The two routes: to the provider, and back from it. Operations set no cookie, so these are none. */
export function signInRoutes({ signIn, whoIs, baseUrl, log, read }: SignInRoutes) {
  const isSecure = baseUrl.startsWith('https:')
  // Lax, unlike the session: it has to come along when the provider sends the browser back.
  const name = isSecure ? '__Host-art32.way' : 'art32.way'
  const attributes = `; Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`

  async function begin(c: Context<Env>): Promise<Response> {
    const { organisation, purpose, next } = await read(c, Beginning)
    const signedIn = purpose === 'enter' ? null : await whoIs(c)
    const { url, binding } = await signIn.begin(organisation, purpose, ownPage(next, baseUrl), signedIn)
    c.header('set-cookie', `${name}=${binding.secret}; Max-Age=600${attributes}`)
    return c.json({ url })
  }

  async function end(c: Context<Env>): Promise<Response> {
    const query = c.req.query()
    const arrival = await signIn.end({
      tenant: c.req.param('tenant') ?? '',
      binding: { state: query['state'] ?? '', secret: getCookie(c, name) ?? '' },
      code: Code.parse(query['error'] === undefined ? (query['code'] ?? null) : null),
      issuer: query['iss'] ?? null,
      headers: c.req.raw.headers,
    })
    log.info('sign-in.ended', { trace: c.get('trace'), code: arrival.outcome ?? 'signed_in' })
    const to = new URL(arrival.next, baseUrl)
    if (arrival.outcome !== null) to.searchParams.set('sign-in', arrival.outcome)
    c.header('set-cookie', `${name}=; Max-Age=0${attributes}`)
    for (const cookie of arrival.cookies) c.header('set-cookie', cookie, { append: true })
    return c.redirect(`${to.pathname}${to.search}`, 303)
  }

  return { begin, end }
}

/** A page of this installation, and never of another: what does not stay here becomes the first page. */
function ownPage(next: string, baseUrl: string): string {
  if (!URL.canParse(next, baseUrl)) return '/'
  const { origin, pathname, search } = new URL(next, baseUrl)
  // Two slashes at the beginning would name another host when the browser reads the path again.
  return origin === new URL(baseUrl).origin && !pathname.startsWith('//') ? `${pathname}${search}` : '/'
}
