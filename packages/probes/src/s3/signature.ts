/**
 * Signs requests as the storage of Amazon and all that speak like it demand: AWS Signature Version 4.
 *
 * The secret never travels; what travels is a signature over method, address, headers and time that is good for minutes.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html, and the published
 * test vectors, against which the test beside this file compares.
 */
import { createHash, createHmac } from 'node:crypto'

/** Who signs, for which service in which region. */
export type Signer = {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly region: string
  readonly service: string
}

const algorithm = 'AWS4-HMAC-SHA256'

/** Hash of an empty body, as every request here has one. */
export const emptyBody = sha256('')

/** `20261122T120000Z` */
export const stampOf = (at: Date): string => at.toISOString().replace(/[:-]|\.\d{3}/g, '')

/** Encodes all but letters, digits and `-._~`, which is more than the language does by itself. */
export function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** Parameters in the order and the spelling in which they are signed; the address must carry exactly this. */
export function canonicalQuery(query: Readonly<Record<string, string>>): string {
  return Object.entries(query)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&')
}

/**
 * The header `authorization` of a request.
 *
 * @param request its path already encoded, its headers in lower case with `host` and `x-amz-date`; all of them are signed
 */
export function authorizationOf(
  request: {
    readonly method: string
    readonly path: string
    readonly query: Readonly<Record<string, string>>
    readonly headers: Readonly<Record<string, string>>
    /** SHA-256 of the body, in hexadecimal. */
    readonly body: string
  },
  { accessKeyId, secretAccessKey, region, service }: Signer,
): string {
  const { method, path, query, headers, body } = request
  const names = Object.keys(headers).sort()
  const signedHeaders = names.join(';')
  const canonical = [
    method,
    path,
    canonicalQuery(query),
    ...names.map((name) => `${name}:${(headers[name] ?? '').trim().replace(/ +/g, ' ')}`),
    '',
    signedHeaders,
    body,
  ].join('\n')
  const stamp = headers['x-amz-date'] ?? ''
  const day = stamp.slice(0, 8)
  const scope = [day, region, service, 'aws4_request'].join('/')
  const key = [day, region, service, 'aws4_request'].reduce<Buffer>(hmac, Buffer.from(`AWS4${secretAccessKey}`))
  const signature = hmac(key, [algorithm, stamp, scope, sha256(canonical)].join('\n')).toString('hex')
  return `${algorithm} Credential=${accessKeyId}/${scope}, SignedHeaders=${signedHeaders}, Signature=${signature}`
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
