import { createHmac, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

type Claims = Readonly<Record<string, unknown>>

/** What forged tokens are made with. */
export interface Forge {
  /** The token that an honest provider would send. */
  readonly honest: Claims
  /** Signs as the provider, unless another key or algorithm is given. */
  readonly token: (claims: Claims, header?: Claims, key?: KeyObject) => string
  /** Signs with a text that anybody knows. */
  readonly hmac: (claims: Claims, secret: string) => string
  /** The provider's public key, as everybody reads it. */
  readonly publicKey: string
  /** A key that is nobody's. */
  readonly foreignKey: KeyObject
}

/** An OpenID provider that sends what it is told to, and remembers what it gets. */
export interface ForgingProvider {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** What its next tokens are. */
  make: (forge: Forge) => string
  /** Where it sends browsers instead of back; null: back, at once. */
  lead: ((url: URL) => string) | null
  /** Codes that were shown to it. */
  readonly codes: readonly string[]
  /** Comes by as a browser. @returns where it is sent next */
  visit(url: string): Promise<string>
  stop(): Promise<void>
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Starts one that vouches for a person. */
export async function startForgingProvider(person: Claims): Promise<ForgingProvider> {
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const jwks = { keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }] }
  const nonces = new Map<string, string | null>()
  const codes: string[] = []
  const http = createServer()
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const issuer = `http://localhost:${(http.address() as AddressInfo).port}`

  function forgeOf(code: string): Forge {
    const now = Math.floor(Date.now() / 1_000)
    return {
      honest: { ...person, iss: issuer, aud: provider.clientId, iat: now, exp: now + 300, nonce: nonces.get(code) },
      token(claims, header = {}, key = keys.privateKey) {
        const body = `${encode({ alg: 'RS256', kid: 'one', ...header })}.${encode(claims)}`
        return `${body}.${sign('sha256', Buffer.from(body), key).toString('base64url')}`
      },
      hmac(claims, secret) {
        const body = `${encode({ alg: 'HS256', kid: 'one' })}.${encode(claims)}`
        return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`
      },
      publicKey: keys.publicKey.export({ type: 'spki', format: 'pem' }),
      foreignKey: foreign.privateKey,
    }
  }

  async function answer(request: IncomingMessage): Promise<object | string | null> {
    const url = new URL(request.url ?? '/', issuer)
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        return {
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/keys`,
        }
      case '/keys':
        return jwks
      case '/authorize': {
        if (provider.lead) return provider.lead(url)
        const code = randomBytes(12).toString('hex')
        nonces.set(code, url.searchParams.get('nonce'))
        const back = new URL(url.searchParams.get('redirect_uri') ?? '')
        back.search = new URLSearchParams({ code, state: url.searchParams.get('state') ?? '', iss: issuer }).toString()
        return back.href
      }
      case '/token': {
        const code = new URLSearchParams(await text(request)).get('code') ?? ''
        codes.push(code)
        return { id_token: provider.make(forgeOf(code)), access_token: 'x', token_type: 'Bearer' }
      }
      default:
        return null
    }
  }

  http.on('request', (request, response) => {
    void answer(request).then((given) => {
      if (given === null) response.writeHead(404).end()
      else if (typeof given === 'string') response.writeHead(302, { location: given }).end()
      else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(given))
    })
  })
  const provider: ForgingProvider = {
    issuer,
    clientId: `client-${randomBytes(4).toString('hex')}`,
    clientSecret: 'a secret of nobody',
    make: ({ token, honest }) => token(honest),
    lead: null,
    codes,
    async visit(url) {
      const { headers, status } = await fetch(url, { redirect: 'manual' })
      const to = headers.get('location')
      if (to === null) throw new Error(`the provider answered with ${status}`)
      return to
    },
    stop: () =>
      new Promise((resolve) => {
        http.close(() => resolve())
        http.closeAllConnections()
      }),
  }
  return provider
}
