/**
 * A strict authority of certificates after RFC 8555, for tests: every request is judged as §6 says, every proof is fetched
 * over HTTP as §8.3 says, orders move only as §7.1.6 allows. What a client does against the rules stands in `offences`.
 */
import { createHash, createHmac, createPublicKey, randomBytes, verify, webcrypto } from 'node:crypto'
import { createServer as createPlain } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  Pkcs10CertificateRequest,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509'
import type { X509Certificate } from '@peculiar/x509'

type JsonWebKey = webcrypto.JsonWebKey

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const day = 86_400_000

/** What the authority does otherwise than it should. Each is asked at each request. */
export interface Whims {
  /** Takes the place of an answer; true: it was answered. */
  answer?: (path: string, response: ServerResponse, request: IncomingMessage) => boolean
  /** Takes the place of the chain. */
  chain?: (good: readonly string[]) => string
  /** Nonces are refused for so many requests. */
  badNonces: number
  /** So many questions pass before an order is no longer processing. */
  processing: number
  /** The name of the certificate, its days and its key. */
  issues: { name?: string; from?: number; days: number; otherKey?: boolean }
  /** Customers that it knows; null: it asks for no number. */
  customers: Readonly<Record<string, string>> | null
  /** When to renew (RFC 9773); null: it has no opinion. */
  window: (() => { start: Date; end: Date }) | null
}

/** The running authority. */
export interface TestAuthority {
  readonly directory: string
  /** Its own server's authority, PEM. */
  readonly ca: string
  /** Who signs what it issues, PEM. */
  readonly root: string
  readonly whims: Whims
  /** `POST /new-order` … in order, without nonces. */
  readonly asked: string[]
  readonly offences: string[]
  readonly accounts: Map<string, { readonly thumbprint: string; readonly contact: readonly string[] }>
  readonly orders: Map<string, TestOrder>
  stop(): Promise<void>
}

/** An order. */
export interface TestOrder {
  status: 'pending' | 'ready' | 'processing' | 'valid' | 'invalid'
  readonly account: string
  readonly name: string
  readonly token: string
  readonly replaces: string | undefined
  proof: 'pending' | 'valid' | 'invalid'
  chain: string
  left: number
}

/** Starts an authority. @param options `own`: what its server shows of itself; `portOf`: where the proof is fetched, since a test has no port 80 */
export async function startAuthority({
  own,
  portOf,
  now = () => new Date(),
}: {
  readonly own: { readonly certificate: string; readonly key: string }
  readonly portOf: () => number
  readonly now?: () => Date
}): Promise<TestAuthority> {
  const signer = await openSigner(now)
  const nonces = new Set<string>()
  const asked: string[] = []
  const offences: string[] = []
  const accounts: TestAuthority['accounts'] = new Map()
  const keys = new Map<string, JsonWebKey>()
  const orders = new Map<string, TestOrder>()
  const whims: Whims = { badNonces: 0, processing: 0, issues: { days: 90 }, customers: null, window: null }
  let count = 0

  const server = createServer({ cert: own.certificate, key: own.key }, (incoming, response) => {
    handle(incoming, response).catch((error: unknown) => {
      offences.push(String(error))
      response.destroy()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const base = `https://localhost:${(server.address() as AddressInfo).port}`
  const freshNonce = () => {
    const nonce = randomBytes(16).toString('base64url')
    nonces.add(nonce)
    return nonce
  }
  const reply = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) => {
    const isText = typeof body === 'string'
    response.writeHead(status, {
      'content-type': isText ? 'application/pem-certificate-chain' : 'application/json',
      'replay-nonce': freshNonce(),
      link: `<${base}/directory>;rel="index"`,
      ...headers,
    })
    response.end(isText ? body : JSON.stringify(body))
  }
  const refuse = (response: ServerResponse, status: number, type: string, headers: Record<string, string> = {}) =>
    reply(
      response,
      status,
      { type: `urn:ietf:params:acme:error:${type}`, detail: 'detail of the authority', status },
      headers,
    )

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(incoming.url ?? '/', base).pathname
    asked.push(`${incoming.method} ${path}`)
    if (whims.answer?.(path, response, incoming) === true) return
    if (path === '/directory')
      return reply(response, 200, {
        newNonce: `${base}/new-nonce`,
        newAccount: `${base}/new-account`,
        newOrder: `${base}/new-order`,
        ...(whims.window ? { renewalInfo: `${base}/renewal-info` } : {}),
        meta: { externalAccountRequired: whims.customers !== null },
      })
    if (path === '/new-nonce') return void response.writeHead(200, { 'replay-nonce': freshNonce() }).end()
    if (path.startsWith('/renewal-info/')) return hint(path, response)
    if (incoming.method !== 'POST') return refuse(response, 405, 'malformed')
    const signed = await open(incoming, path, response)
    if (signed) await act(path, signed, response)
  }

  function hint(path: string, response: ServerResponse): void {
    const { start, end } = whims.window?.() ?? { start: now(), end: now() }
    if (!/^\/renewal-info\/[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/.test(path)) offences.push(`renewal info of ${path}`)
    reply(response, 200, { suggestedWindow: { start, end } }, { 'retry-after': '21600' })
  }

  /** Judges the signature (RFC 8555 §6.2 to §6.5). */
  async function open(incoming: IncomingMessage, path: string, response: ServerResponse): Promise<Signed | null> {
    const wrong = (why: string, type = 'malformed') => {
      offences.push(`${path}: ${why}`)
      refuse(response, 400, type)
      return null
    }
    if (incoming.headers['content-type'] !== 'application/jose+json') return wrong('content type')
    const jws = JSON.parse(await textOf(incoming)) as { protected: string; payload: string; signature: string }
    if (Object.keys(jws).toSorted().join() !== 'payload,protected,signature') return wrong('members of the JWS')
    const header = JSON.parse(fromBase64(jws.protected).toString()) as {
      alg: string
      url: string
      nonce: string
      kid?: string
      jwk?: JsonWebKey
    }
    if (header.url !== `${base}${path}`) return wrong('url of another request', 'unauthorized')
    if (!nonces.delete(header.nonce)) return wrong('nonce used twice', 'badNonce')
    if (whims.badNonces > 0) {
      whims.badNonces -= 1
      refuse(response, 400, 'badNonce')
      return null
    }
    if ((header.kid === undefined) === (header.jwk === undefined)) return wrong('kid and jwk')
    if ((header.jwk !== undefined) !== (path === '/new-account')) return wrong('jwk elsewhere than for an account')
    const jwk = header.jwk ?? keys.get(header.kid ?? '')
    if (!jwk) {
      refuse(response, 400, 'accountDoesNotExist')
      return null
    }
    const bytes = Buffer.from(`${jws.protected}.${jws.payload}`)
    const key = { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' as const }
    if (header.alg !== 'ES256' || !verify('sha256', bytes, key, fromBase64(jws.signature))) return wrong('signature')
    const payload = jws.payload === '' ? null : (JSON.parse(fromBase64(jws.payload).toString()) as Payload)
    return { jwk, account: header.kid ?? '', payload }
  }

  async function act(path: string, signed: Signed, response: ServerResponse): Promise<void> {
    const [, kind = '', id = ''] = path.split('/')
    if (kind === 'new-account') return newAccount(signed, response)
    if (kind === 'account') return reply(response, 200, { status: 'valid' })
    if (kind === 'new-order') return newOrder(signed, response)
    const found = orders.get(id)
    if (!found || found.account !== signed.account) return refuse(response, 404, 'malformed')
    if (kind === 'order') return showOrder(id, found, response)
    if (kind === 'authorization') return reply(response, 200, authorizationOf(id, found))
    if (kind === 'challenge') return await prove(id, found, signed, response)
    if (kind === 'finalize') return await finalize(id, found, signed, response)
    if (kind === 'certificate' && found.status === 'valid') return reply(response, 200, found.chain)
    refuse(response, 404, 'malformed')
  }

  function newAccount({ jwk, payload }: Signed, response: ServerResponse): void {
    const thumbprint = thumbprintOf(jwk)
    const known = [...accounts].find(([, one]) => one.thumbprint === thumbprint)
    if (known) return reply(response, 200, { status: 'valid' }, { location: known[0] })
    if (payload?.termsOfServiceAgreed !== true) return refuse(response, 403, 'userActionRequired')
    if (whims.customers !== null && !isBound(payload.externalAccountBinding, jwk))
      return refuse(response, 401, 'externalAccountRequired')
    const url = `${base}/account/${(count += 1)}`
    accounts.set(url, { thumbprint, contact: payload.contact ?? [] })
    keys.set(url, jwk)
    reply(response, 201, { status: 'valid' }, { location: url })
  }

  /** A customer's number signed over the key of the account (§7.3.4). */
  function isBound(binding: Payload['externalAccountBinding'], jwk: JsonWebKey): boolean {
    if (!binding) return false
    const header = JSON.parse(fromBase64(binding.protected).toString()) as { alg: string; kid: string; url: string }
    const secret = whims.customers?.[header.kid]
    const isOfThis = JSON.stringify(JSON.parse(fromBase64(binding.payload).toString())) === JSON.stringify(jwk)
    if (secret === undefined || header.alg !== 'HS256' || header.url !== `${base}/new-account` || !isOfThis)
      return false
    const mac = createHmac('sha256', fromBase64(secret)).update(`${binding.protected}.${binding.payload}`)
    return mac.digest('base64url') === binding.signature
  }

  function newOrder({ account, payload }: Signed, response: ServerResponse): void {
    const [name] = payload?.identifiers ?? []
    if (name?.type !== 'dns' || payload?.identifiers?.length !== 1)
      return refuse(response, 400, 'unsupportedIdentifier')
    const id = String((count += 1))
    const token = randomBytes(24).toString('base64url')
    const { replaces } = payload
    orders.set(id, {
      status: 'pending',
      account,
      name: name.value,
      token,
      replaces,
      proof: 'pending',
      chain: '',
      left: 0,
    })
    reply(response, 201, orderOf(id), { location: `${base}/order/${id}` })
  }

  const orderOf = (id: string) => {
    const { status, name } = orders.get(id) ?? { status: 'invalid', name: '' }
    return {
      status,
      expires: new Date(now().getTime() + 7 * day).toISOString(),
      identifiers: [{ type: 'dns', value: name }],
      authorizations: [`${base}/authorization/${id}`],
      finalize: `${base}/finalize/${id}`,
      ...(status === 'valid' ? { certificate: `${base}/certificate/${id}` } : {}),
    }
  }

  function showOrder(id: string, found: TestOrder, response: ServerResponse): void {
    if (found.status === 'processing') {
      if (found.left === 0) found.status = 'valid'
      else found.left -= 1
    }
    reply(response, 200, orderOf(id), found.status === 'processing' ? { 'retry-after': '0' } : {})
  }

  const authorizationOf = (id: string, { name, token, proof }: TestOrder) => ({
    status: proof,
    identifier: { type: 'dns', value: name },
    challenges: [
      { type: 'dns-01', url: `${base}/challenge/${id}/dns`, token, status: 'pending' },
      {
        type: 'http-01',
        url: `${base}/challenge/${id}`,
        token,
        status: proof,
        ...(proof === 'invalid' ? { error: { type: 'urn:ietf:params:acme:error:unauthorized' } } : {}),
      },
    ],
  })

  async function prove(id: string, found: TestOrder, { jwk, payload }: Signed, response: ServerResponse) {
    if (JSON.stringify(payload) !== '{}') return refuse(response, 400, 'malformed')
    const got = await fetchProof(portOf(), found.name, found.token)
    found.proof = got === `${found.token}.${thumbprintOf(jwk)}` ? 'valid' : 'invalid'
    found.status = found.proof === 'valid' ? 'ready' : 'invalid'
    reply(response, 200, authorizationOf(id, found).challenges[1])
  }

  async function finalize(id: string, found: TestOrder, { payload }: Signed, response: ServerResponse) {
    if (found.status !== 'ready') return refuse(response, 403, 'orderNotReady')
    const wanted = new Pkcs10CertificateRequest(fromBase64(payload?.csr ?? ''))
    const names = wanted.extensions
      .filter((one) => one instanceof SubjectAlternativeNameExtension)
      .flatMap((one) => one.names.toJSON())
    if (
      !(await wanted.verify(webcrypto)) ||
      JSON.stringify(names) !== JSON.stringify([{ type: 'dns', value: found.name }])
    )
      return refuse(response, 400, 'badCSR')
    const good = await signer.sign(wanted, found.name, whims.issues)
    found.chain = whims.chain?.(good) ?? good.join('\n')
    found.status = 'processing'
    found.left = whims.processing
    reply(response, 200, orderOf(id), { 'retry-after': '0' })
  }

  return {
    directory: `${base}/directory`,
    ca: own.certificate,
    root: signer.root,
    whims,
    asked,
    offences,
    accounts,
    orders,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

interface Payload {
  readonly termsOfServiceAgreed?: boolean
  readonly contact?: readonly string[]
  readonly externalAccountBinding?: { protected: string; payload: string; signature: string }
  readonly identifiers?: readonly { type: string; value: string }[]
  readonly replaces?: string
  readonly csr?: string
}

interface Signed {
  readonly jwk: JsonWebKey
  readonly account: string
  readonly payload: Payload | null
}

const fromBase64 = (text: string) => Buffer.from(text, 'base64url')

/** @source RFC 7638 */
function thumbprintOf({ crv, kty, x, y }: JsonWebKey): string {
  return createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url')
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of incoming) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}

/** As an authority does: by plain HTTP, under the name, from outside. */
function fetchProof(port: number, name: string, token: string): Promise<string> {
  return new Promise((resolve) => {
    const asking = request(
      { host: '127.0.0.1', port, path: `/.well-known/acme-challenge/${token}`, headers: { host: name }, agent: false },
      (response) => {
        void textOf(response).then((text) => resolve(response.statusCode === 200 ? text : ''))
      },
    )
    asking.on('error', () => resolve(''))
    asking.end()
  })
}

/** An authority and one between, and what they sign. */
async function openSigner(now: () => Date) {
  const pair = async () => await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const [rootKeys, middleKeys, strangeKeys] = [await pair(), await pair(), await pair()]
  const span = { notBefore: new Date(now().getTime() - 3_650 * day), notAfter: new Date(now().getTime() + 3_650 * day) }
  const isAuthority = new BasicConstraintsExtension(true, undefined, true)
  const common = { ...span, signingAlgorithm: algorithm }
  const root = await X509CertificateGenerator.createSelfSigned(
    { ...common, name: 'CN=root.example', keys: rootKeys, extensions: [isAuthority] },
    webcrypto,
  )
  const middle: X509Certificate = await X509CertificateGenerator.create(
    {
      ...common,
      subject: 'CN=middle.example',
      issuer: root.subject,
      publicKey: middleKeys.publicKey,
      signingKey: rootKeys.privateKey,
      extensions: [isAuthority],
    },
    webcrypto,
  )
  return {
    root: root.toString('pem'),
    async sign(wanted: Pkcs10CertificateRequest, name: string, wish: Whims['issues']): Promise<readonly string[]> {
      const from = now().getTime() + (wish.from ?? -60_000)
      const leaf = await X509CertificateGenerator.create(
        {
          subject: '',
          issuer: middle.subject,
          notBefore: new Date(from),
          notAfter: new Date(from + wish.days * day),
          signingAlgorithm: algorithm,
          publicKey: wish.otherKey === true ? strangeKeys.publicKey : wanted.publicKey,
          signingKey: middleKeys.privateKey,
          extensions: [
            new SubjectAlternativeNameExtension([{ type: 'dns', value: wish.name ?? name }]),
            await AuthorityKeyIdentifierExtension.create(middleKeys.publicKey, false, webcrypto),
          ],
        },
        webcrypto,
      )
      return [leaf.toString('pem'), middle.toString('pem')]
    },
  }
}

/** A port that answers proofs, where no whole server is needed. */
export async function startPort(challenge: (path: string) => string | null): Promise<{ port: number; stop(): void }> {
  const server = createPlain((incoming, response) => {
    const found = challenge(incoming.url ?? '')
    response.writeHead(found === null ? 404 : 200).end(found ?? '')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { port: (server.address() as AddressInfo).port, stop: () => void server.close() }
}
