import type { Person, TestServer } from './server.ts'

/** A browser that signs in by a provider: it keeps the cookies that art32 sets. */
export interface Walk {
  /** Begins; the answer of art32. */
  begin(body: { organisation: string; purpose?: 'enter' | 'connect' | 'try'; next?: string }): Promise<Response>
  /** Begins and expects the provider's address. */
  url(organisation: string, next?: string): Promise<string>
  /** Comes back from the provider. */
  back(address: string): Promise<Response>
  get(path: string): Promise<Response>
  post(path: string, body: unknown): Promise<Response>
  readonly cookies: Map<string, string>
}

/** Opens a browser without cookies. @param server its address, and where it answers */
export function openWalk(server: { readonly url: string; readonly local: string }): Walk {
  const cookies = new Map<string, string>()
  const ask = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${server.local}${path}`, {
      ...init,
      redirect: 'manual',
      headers: {
        ...(init.body === undefined ? {} : { 'content-type': 'application/json', origin: server.url }),
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      },
    })
    for (const one of response.headers.getSetCookie()) {
      const [pair = ''] = one.split(';')
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    return response
  }
  const post = (path: string, body: unknown) => ask(path, { method: 'POST', body: JSON.stringify(body) })
  const walk: Walk = {
    cookies,
    get: (path) => ask(path),
    post,
    begin: (body) => post('/api/sign-in/openid', { purpose: 'enter', next: '/', ...body }),
    async url(organisation, next = '/') {
      const response = await walk.begin({ organisation, next })
      const { url } = (await response.json()) as { url?: string }
      if (url === undefined) throw new Error(`beginning was answered with ${response.status}`)
      return url
    },
    async back(address) {
      const { pathname, search } = new URL(address)
      return await ask(`${pathname}${search}`)
    },
  }
  return walk
}

/** Where people of a tenant come back from its provider. */
export async function redirectOf({ url, registry }: TestServer, tenant: string): Promise<string> {
  return `${url}/api/sign-in/openid/callback/${(await registry.open(tenant)).tenant.publicId}`
}

/** What the page after coming back is told; null where somebody went in. */
export function outcomeOf(response: Response): string | null {
  return new URL(response.headers.get('location') ?? '', 'http://page.test').searchParams.get('sign-in')
}

/** Configures a provider as an owner does. */
export async function configure(
  owner: Pick<Person, 'post'>,
  tenant: string,
  provider: { issuer: string; clientId: string; clientSecret: string },
  more: Record<string, unknown> = {},
): Promise<Response> {
  return await owner.post(`/api/tenants/${tenant}/provider/set`, {
    issuer: provider.issuer,
    clientId: provider.clientId,
    clientSecret: provider.clientSecret,
    joinRole: 'member',
    demand: 'nobody',
    roles: [],
    ...more,
  })
}
