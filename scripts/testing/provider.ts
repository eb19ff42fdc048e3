import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'

/** Somebody whom the provider knows, by what its tokens say of them. */
export type Claims = Readonly<Record<string, unknown>> & { readonly sub: string }

/** A real OpenID provider on this machine. */
export interface TestProvider {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** Signs a person in at the provider as a browser would. @returns where the provider sends the browser afterwards */
  visit(url: string, sub: string): Promise<string>
  /** How many requests it had. */
  readonly requests: () => number
  stop(): Promise<void>
}

/** What people in a browser see. */
const page = '<!doctype html><form><input name="login"><input name="password"><button>Sign in</button></form>'

/** Starts a provider that knows these people and one client. */
export async function startProvider(redirectUri: string, people: readonly Claims[]): Promise<TestProvider> {
  const http = createServer()
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const issuer = `http://localhost:${(http.address() as AddressInfo).port}`
  const clientId = `client-${Math.random().toString(36).slice(2)}`
  const clientSecret = 'a secret: with + odd/signs & length'
  const provider = new Provider(issuer, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri] }],
    jwks: {
      keys: [
        { ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }), use: 'sig' },
      ],
    },
    cookies: { keys: ['a key for cookies of the test'] },
    claims: {
      openid: ['sub', 'acrs'],
      email: ['email', 'email_verified'],
      profile: ['name', 'groups', '_claim_names'],
      // Only where it is asked for.
      amr: null,
    },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false }, claimsParameter: { enabled: true } },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    async loadExistingGrant({ oidc: { session, client, provider: own } }) {
      const grant = new own.Grant({
        ...(session?.accountId === undefined ? {} : { accountId: session.accountId }),
        ...(client ? { clientId: client.clientId } : {}),
      })
      grant.addOIDCScope('openid profile email')
      grant.addOIDCClaims(['amr', 'acrs'])
      await grant.save()
      return grant
    },
    findAccount: (_, sub) => {
      const claims = people.find((one) => one.sub === sub)
      return claims ? { accountId: sub, claims: () => claims } : undefined
    },
  })
  let requests = 0
  const answer = provider.callback()
  http.on('request', (request, response) => {
    requests++
    const { pathname, searchParams } = new URL(request.url ?? '/', issuer)
    if (!pathname.startsWith('/interaction/')) {
      void answer(request, response)
      return
    }
    const accountId = searchParams.get('login')
    if (accountId === null) {
      response.writeHead(200, { 'content-type': 'text/html' }).end(page)
      return
    }
    const amr = people.find(({ sub }) => sub === accountId)?.['amr']
    const login = { accountId, ...(Array.isArray(amr) ? { amr: amr.map(String) } : {}) }
    void provider.interactionFinished(request, response, { login })
  })
  return {
    issuer,
    clientId,
    clientSecret,
    requests: () => requests,
    async visit(url, sub) {
      const cookies = new Map<string, string>()
      let next = url
      for (let step = 0; step < 12; step++) {
        const response = await fetch(next.includes('/interaction/') ? `${next}?login=${sub}` : next, {
          redirect: 'manual',
          headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
        })
        for (const one of response.headers.getSetCookie()) {
          const [pair = ''] = one.split(';')
          cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
        }
        const to = response.headers.get('location')
        if (to === null) throw new Error(`the provider answered with ${response.status}: ${await response.text()}`)
        next = new URL(to, next).href
        if (!next.startsWith(issuer)) return next
      }
      throw new Error('the provider sends in circles')
    },
    stop: () =>
      new Promise((resolve) => {
        http.close(() => resolve())
        http.closeAllConnections()
      }),
  }
}
