/**
 * Access tokens by OAuth 2.0 client credentials, for connectors that look without a person who signs in.
 *
 * - The token lives as long as the look that asked for it; it is never stored and never stands in a record.
 * - A certificate is better than a secret: its key never leaves this installation, only a signature of five minutes does.
 *
 * Source: RFC 6749 §4.4 and §5.2; RFC 7523 §2.2 and §3 for the signed assertion.
 */
import { X509Certificate, constants, createPrivateKey, randomUUID, sign } from 'node:crypto'
import { z } from 'zod'
import type { Context } from '../engine/connector.ts'
import { Unreadable, unseen } from '../engine/reading.ts'
import type { Unseen } from '../engine/reading.ts'
import { openApi } from './api.ts'

/** A client and how it shows who it is: by a secret or by a certificate. */
export type Client = {
  /** Where tokens are given. */
  readonly tokenUrl: string
  readonly clientId: string
  readonly scope: string
  readonly secret?: string | undefined
  /** A certificate and its RSA private key, one after the other as PEM. Wins where a secret is given, too. */
  readonly certificate?: string | undefined
}

const assertionSeconds = 300

const tokenSchema = z.object({ access_token: z.string().min(1), token_type: z.string().regex(/^bearer$/i) })

/**
 * Asks for an access token.
 *
 * @throws {Unreadable} denied (secret or certificate not accepted, client unknown), not-configured (neither is given, or
 *   the certificate cannot be used), throttled, unreachable or contract
 */
export async function clientCredentials(client: Client, context: Context): Promise<string> {
  const url = new URL(client.tokenUrl)
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: client.clientId,
    scope: client.scope,
    ...proofOf(client, context.now()),
  })
  const api = openApi({ base: url.origin, headers: {}, credential: `token ${client.clientId}`, meaning }, context)
  const token = await api.post({ path: url.pathname, schema: tokenSchema, body: form })
  return token.access_token
}

function proofOf(client: Client, now: Date): Record<string, string> {
  if (client.certificate !== undefined)
    return {
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertionOf(client, client.certificate, now),
    }
  if (client.secret !== undefined) return { client_secret: client.secret }
  throw new Unreadable('not-configured', 'neither a secret nor a certificate is given', { needs: 'secret' })
}

/** A statement about itself that the client signs (RFC 7523 §3), with the thumbprint by which the key is found. */
function assertionOf({ clientId, tokenUrl }: Client, pem: string, now: Date): string {
  const { certificate, key } = read(pem)
  if (certificate.validToDate < now) throw unusable('the certificate has expired')
  const seconds = Math.floor(now.getTime() / 1_000)
  const thumbprint = Buffer.from(certificate.fingerprint256.replaceAll(':', ''), 'hex').toString('base64url')
  const header = { alg: 'PS256', typ: 'JWT', 'x5t#S256': thumbprint }
  const claims = {
    aud: tokenUrl,
    iss: clientId,
    sub: clientId,
    jti: randomUUID(),
    iat: seconds,
    nbf: seconds,
    exp: seconds + assertionSeconds,
  }
  const signed = `${part(header)}.${part(claims)}`
  const signature = sign('sha256', Buffer.from(signed), {
    key,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
  })
  return `${signed}.${signature.toString('base64url')}`
}

function read(pem: string) {
  try {
    const certificate = new X509Certificate(pem)
    const key = createPrivateKey(pem)
    if (key.asymmetricKeyType === 'rsa' && certificate.checkPrivateKey(key)) return { certificate, key }
  } catch {
    // What the library says may quote the key.
    throw unusable('the certificate or its key cannot be read; both are expected as PEM, the key without a password')
  }
  throw unusable('the key is not the RSA key of the certificate')
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function unusable(detail: string): Unreadable {
  return new Unreadable('not-configured', detail, { needs: 'certificate' })
}

const refusalSchema = z.object({
  error: z.string().regex(/^[a-z_]{1,40}$/),
  // Numbers of Microsoft for what exactly is wrong; its sentences are not told, since they quote what was sent.
  error_codes: z.array(z.number()).optional(),
})

/** The errors of RFC 6749 §5.2; they come with status 400 or 401. */
const reasons: Readonly<Record<string, Unseen['why']>> = {
  invalid_client: 'denied',
  unauthorized_client: 'denied',
  access_denied: 'denied',
  interaction_required: 'denied',
  invalid_scope: 'not-configured',
  invalid_resource: 'not-configured',
  invalid_tenant: 'not-configured',
}

function meaning(status: number, body: unknown): Unseen | undefined {
  if (status !== 400 && status !== 401) return undefined
  const said = refusalSchema.safeParse(body)
  if (!said.success) return undefined
  const why = reasons[said.data.error]
  if (why === undefined) return undefined
  const codes = (said.data.error_codes ?? []).join(', ')
  return unseen(why, `no token was given: ${said.data.error}${codes === '' ? '' : ` (${codes})`}`)
}
