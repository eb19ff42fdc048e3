import { createHash } from 'node:crypto'
import { createLocalJWKSet, jwtVerify } from 'jose'
import type { JWTPayload } from 'jose'
import { z } from 'zod'
import type { Ask } from '../platform/index.ts'
import { directoryErrors } from './errors.ts'

/** A provider of sign-ins as its tenant configured it. */
export interface Provider {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** What it is asked to say of second factors. */
  readonly factor: string | null
  readonly mayBeLocal: boolean
}

/** Signatures that are taken. What a provider says it supports, or a token says of itself, changes nothing: RFC 8725 §3.1. */
const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA']
const skewSeconds = 30
/** An ID token of a sign-in that just happened is minutes old. */
const oldestSeconds = 10 * 60
const keptMs = 10 * 60_000
const mostKept = 1_000

const Metadata = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  jwks_uri: z.url(),
  token_endpoint_auth_methods_supported: z.array(z.string()).optional(),
  authorization_response_iss_parameter_supported: z.boolean().optional(),
  claims_parameter_supported: z.boolean().optional(),
})
const KeySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).max(100) })
const Tokens = z.object({ id_token: z.string().max(100_000) })

type Metadata = z.output<typeof Metadata>

const entra = /^https:\/\/login\.microsoftonline\.com\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/v2\.0$/

/** The tenant that a Microsoft Entra ID issuer names; null for other issuers. */
export function entraTenantOf(issuer: string): string | null {
  return entra.exec(issuer)?.[1] ?? null
}

/**
 * Whether an issuer may be configured. Of Microsoft Entra ID only one tenant's: `common` and `organizations` sign in
 * anybody of any organisation.
 *
 * @source OpenID Connect Discovery 1.0 §3; https://learn.microsoft.com/entra/identity-platform/claims-validation
 */
export function isUsableIssuer(issuer: string, mayBeLocal: boolean): boolean {
  if (!URL.canParse(issuer)) return false
  const { protocol, hostname, search, hash, username, password } = new URL(issuer)
  if (search !== '' || hash !== '' || username !== '' || password !== '' || issuer.endsWith('?')) return false
  if (protocol !== 'https:' && !(protocol === 'http:' && mayBeLocal)) return false
  const isMicrosoft = /(^|\.)(microsoftonline\.(com|us)|windows\.net|partner\.microsoftonline\.cn)$/.test(hostname)
  return !isMicrosoft || entraTenantOf(issuer) !== null
}

/** Speaks to providers; remembers for ten minutes what they say of themselves. */
export interface OpenId {
  /** Where the browser is sent. @throws {directory.unreachable} */
  authorizationUrl(provider: Provider, request: Authorization): Promise<string>
  /** What the provider says of the person who came back with this code. @throws {directory.unreachable | directory.token_invalid} */
  redeem(provider: Provider, answer: Redemption): Promise<JWTPayload>
}

interface Authorization {
  readonly redirectUri: string
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

interface Redemption {
  readonly redirectUri: string
  readonly code: string
  /** `iss` of the answer, where the provider sends it. */
  readonly issuer: string | null
  readonly nonce: string
  readonly verifier: string
}

/** Opens the way to providers. */
export function openOpenId(ask: Ask, now: () => Date): OpenId {
  const known = new Map<string, { readonly at: number; readonly metadata: Metadata }>()

  async function json<T>(schema: z.ZodType<T>, address: string, { mayBeLocal }: Provider): Promise<T> {
    try {
      const { status, body } = await ask(address, {
        method: 'GET',
        headers: { accept: 'application/json' },
        mayBeLocal,
      })
      if (status !== 200) throw new Error(`answered with ${status}`)
      return schema.parse(JSON.parse(body))
    } catch (cause) {
      throw directoryErrors.unreachable({}, { cause })
    }
  }

  async function discover(provider: Provider): Promise<Metadata> {
    const { issuer, mayBeLocal } = provider
    const key = `${mayBeLocal ? 'local' : 'outside'} ${issuer}`
    const kept = known.get(key)
    if (kept && now().getTime() - kept.at < keptMs) return kept.metadata
    const metadata = await json(Metadata, `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, provider)
    // RFC 9700 §4.4: another issuer's metadata would send the code, and with it the person, elsewhere.
    if (metadata.issuer !== issuer) throw directoryErrors.unreachable()
    const { authorization_endpoint: authorize } = metadata
    if (!authorize.startsWith('https://') && !(mayBeLocal && authorize.startsWith('http://')))
      throw directoryErrors.unreachable()
    known.delete(key)
    known.set(key, { at: now().getTime(), metadata })
    for (const oldest of known.keys()) {
      if (known.size <= mostKept) break
      known.delete(oldest)
    }
    return metadata
  }

  async function exchange(provider: Provider, metadata: Metadata, { redirectUri, code, verifier }: Redemption) {
    const { clientId, clientSecret, mayBeLocal } = provider
    const methods = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
    const inForm = !methods.includes('client_secret_basic')
    const form = new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      code_verifier: verifier,
      ...(inForm ? { client_id: clientId, client_secret: clientSecret } : {}),
    })
    try {
      const { status, body } = await ask(metadata.token_endpoint, {
        method: 'POST',
        headers: {
          accept: 'application/json',
          'content-type': 'application/x-www-form-urlencoded',
          ...(inForm ? {} : { authorization: basic(clientId, clientSecret) }),
        },
        body: form.toString(),
        mayBeLocal,
      })
      if (status >= 400 && status < 500) throw directoryErrors.token_invalid()
      if (status !== 200) throw directoryErrors.unreachable()
      return Tokens.parse(JSON.parse(body)).id_token
    } catch (error) {
      if (error instanceof Error && 'definition' in error) throw error
      throw directoryErrors.unreachable({}, { cause: error })
    }
  }

  return {
    async authorizationUrl(provider, { redirectUri, state, nonce, verifier }) {
      const metadata = await discover(provider)
      const url = new URL(metadata.authorization_endpoint)
      const parameters = {
        response_type: 'code',
        response_mode: 'query',
        client_id: provider.clientId,
        redirect_uri: redirectUri,
        scope: 'openid profile email',
        state,
        nonce,
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
        ...wantedClaims(provider, metadata),
      }
      for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
      return url.href
    },

    async redeem(provider, answer) {
      const metadata = await discover(provider)
      // RFC 9207: the answer of another provider is refused before its code is shown to anybody.
      if (answer.issuer === null && metadata.authorization_response_iss_parameter_supported === true)
        throw directoryErrors.token_invalid()
      if (answer.issuer !== null && answer.issuer !== provider.issuer) throw directoryErrors.token_invalid()
      const token = await exchange(provider, metadata, answer)
      // Fetched at each sign-in: a key that the provider withdrew opens nothing, a new one works at once.
      const keys = await json(KeySet, metadata.jwks_uri, provider)
      try {
        const { payload } = await jwtVerify(token, createLocalJWKSet(keys), {
          algorithms,
          issuer: provider.issuer,
          audience: provider.clientId,
          requiredClaims: ['iss', 'sub', 'aud', 'exp', 'iat', 'nonce'],
          maxTokenAge: oldestSeconds,
          clockTolerance: skewSeconds,
          currentDate: now(),
        })
        const { azp, aud } = payload
        if (payload['nonce'] !== answer.nonce) throw new Error('the nonce is another')
        if (Array.isArray(aud) && aud.length > 1 && azp !== provider.clientId) throw new Error('for another client')
        if (azp !== undefined && azp !== provider.clientId) throw new Error('for another client')
        return payload
      } catch (cause) {
        throw directoryErrors.token_invalid({}, { cause })
      }
    },
  }
}

/**
 * Asks for the claim that tells of two factors. Microsoft Entra ID does not say that it knows this parameter, and takes it.
 *
 * @source OpenID Connect Core 1.0 §5.5; https://learn.microsoft.com/entra/identity-platform/developer-guide-conditional-access-authentication-context
 */
function wantedClaims({ factor }: Provider, { claims_parameter_supported: isKnown }: Metadata): { claims?: string } {
  if (factor === null) return {}
  if (factor !== 'mfa') return { claims: JSON.stringify({ id_token: { acrs: { essential: true, value: factor } } }) }
  return isKnown === true ? { claims: JSON.stringify({ id_token: { amr: null } }) } : {}
}

/** RFC 6749 §2.3.1: both parts are form-encoded before they are joined. */
function basic(id: string, secret: string): string {
  const encoded = [id, secret].map((part) => new URLSearchParams({ p: part }).toString().slice(2)).join(':')
  return `Basic ${Buffer.from(encoded).toString('base64')}`
}
