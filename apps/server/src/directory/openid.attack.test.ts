import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SignJWT, UnsecuredJWT, exportJWK, generateKeyPair } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { askOutside } from '../platform/index.ts'
import { visitorOf } from './claims.ts'
import { isUsableIssuer, openOpenId } from './openid.ts'
import type { Provider } from './openid.ts'

/** A provider that answers what a test tells it to. */
const http = createServer((request, response) => answer(request.url ?? '', response))
let answer: (path: string, response: ServerResponse) => void = () => {}
let issuer = ''
let honest: Record<string, unknown> = {}
let token = ''
let metadata: Record<string, unknown> = {}
const { privateKey, publicKey } = await generateKeyPair('RS256')
const foreign = await generateKeyPair('RS256')
const pss = await generateKeyPair('PS256')
const curve = await generateKeyPair('ES256')
const wide = await generateKeyPair('RS512')
const keys = [
  { ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256' },
  { ...(await exportJWK(pss.publicKey)), kid: 'pss' },
  { ...(await exportJWK(curve.publicKey)), kid: 'curve' },
  { ...(await exportJWK(wide.publicKey)), kid: 'wide' },
]

beforeAll(async () => {
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  issuer = `http://localhost:${(http.address() as AddressInfo).port}`
})
afterAll(() => {
  http.closeAllConnections()
  http.close()
})

const clientId = 'client'
const nonce = 'the nonce'
const provider = (): Provider => ({ issuer, clientId, clientSecret: 'secret', factor: null, mayBeLocal: true })
const seconds = (from = 0) => Math.floor(Date.now() / 1_000) + from
const send = (response: ServerResponse, body: unknown) =>
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))

beforeEach(async () => {
  honest = { iss: issuer, sub: 'ada', aud: clientId, exp: seconds(300), iat: seconds(), nonce }
  token = await sign(honest)
  metadata = {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/keys`,
  }
  answer = (path, response) => {
    if (path === '/.well-known/openid-configuration') send(response, metadata)
    else if (path === '/keys') send(response, { keys })
    else if (path === '/token') send(response, { id_token: token, access_token: 'x', token_type: 'Bearer' })
    else response.writeHead(404).end()
  }
})

async function sign(claims: Record<string, unknown>, header: Record<string, unknown> = {}, key = privateKey) {
  return await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'one', ...header }).sign(key)
}

async function redeem(more: { issuer?: string | null } = {}): Promise<string> {
  const open = openOpenId(askOutside, () => new Date())
  const redemption = { redirectUri: 'http://here.test/back', code: 'code', issuer: null, nonce, verifier: 'v', ...more }
  return await open.redeem(provider(), redemption).then(
    ({ sub }) => `in: ${sub ?? ''}`,
    (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : String(error)),
  )
}

describe('an ID token', () => {
  it('of the provider, signed by one of the allowed algorithms, is taken', async () => {
    expect(await redeem()).toBe('in: ada')
    token = await sign(honest, { alg: 'PS256', kid: 'pss' }, pss.privateKey)
    expect(await redeem()).toBe('in: ada')
    token = await sign(honest, { alg: 'ES256', kid: 'curve' }, curve.privateKey)
    expect(await redeem()).toBe('in: ada')
  })

  it.each([
    ['of another issuer', { iss: 'https://evil.example' }],
    ['for another client', { aud: 'somebody-else' }],
    ['for this client and another, issued to the other', { aud: [clientId, 'other'], azp: 'other' }],
    ['for two clients without saying for which', { aud: [clientId, 'other'] }],
    ['that has run out', { exp: seconds(-60), iat: seconds(-120) }],
    ['that was made long ago', { iat: seconds(-3_600) }],
    ['of the future', { iat: seconds(600), nbf: seconds(600) }],
    ['with another nonce', { nonce: 'another' }],
    ['without a nonce', { nonce: undefined }],
    ['without an end', { exp: undefined }],
    ['without a subject', { sub: undefined }],
  ])('%s is refused', async (_, change) => {
    token = await sign({ ...honest, ...change })
    expect(await redeem()).toBe('directory.token_invalid')
  })

  it('without a signature, or with one that anybody can make, is refused', async () => {
    const secret = new TextEncoder().encode(JSON.stringify(keys[0]))
    const [head = '', body = '', signature = ''] = (await sign(honest)).split('.')
    const forged = [
      new UnsecuredJWT(honest).encode(),
      `${Buffer.from('{"alg":"none"}').toString('base64url')}.${body}.`,
      `${Buffer.from('{"alg":"None"}').toString('base64url')}.${body}.${signature}`,
      await new SignJWT(honest).setProtectedHeader({ alg: 'HS256', kid: 'one' }).sign(secret),
      await new SignJWT(honest).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode('s'.repeat(32))),
      await sign(honest, { alg: 'RS512', kid: 'wide' }, wide.privateKey),
      await sign(honest, {}, foreign.privateKey),
      await sign(honest, { jwk: await exportJWK(foreign.publicKey) }, foreign.privateKey),
      await sign(honest, { jku: 'https://evil.example/keys' }, foreign.privateKey),
      `${head}.${Buffer.from(JSON.stringify({ ...honest, sub: 'eve' })).toString('base64url')}.${signature}`,
      `${head}.${body}`,
      'x',
    ]
    for (const one of forged) {
      token = one
      expect([one.slice(0, 60), await redeem()]).toEqual([one.slice(0, 60), 'directory.token_invalid'])
    }
  })
})

describe('a provider', () => {
  it('that names another issuer, in its metadata or its answer, is refused', async () => {
    expect(await redeem({ issuer: 'https://evil.example' })).toBe('directory.token_invalid')
    metadata = { ...metadata, authorization_response_iss_parameter_supported: true }
    expect(await redeem()).toBe('directory.token_invalid')
    expect(await redeem({ issuer })).toBe('in: ada')
    metadata = { ...metadata, issuer: 'https://evil.example' }
    expect(await redeem()).toBe('directory.unreachable')
  })

  it('that is down, redirects, talks nonsense or without end is said to be unreachable', async () => {
    const asHonest = answer
    const faults: (typeof answer)[] = [
      (_, response) => response.destroy(),
      (_, response) => response.writeHead(500).end(),
      (_, response) => response.writeHead(302, { location: `${issuer}/.well-known/openid-configuration` }).end(),
      (_, response) => response.writeHead(200).end('<html>'),
      (_, response) => void response.writeHead(200).end(`"${'x'.repeat(600_000)}"`),
      (path, response) => (path === '/token' ? response.writeHead(503).end() : asHonest(path, response)),
      (path, response) => (path === '/keys' ? send(response, { keys: 'none' }) : asHonest(path, response)),
    ]
    for (const fault of faults) {
      answer = fault
      expect(await redeem()).toBe('directory.unreachable')
    }
  })

  it('that is slow is given up after five seconds', async () => {
    answer = () => {}
    const began = performance.now()
    expect(await redeem()).toBe('directory.unreachable')
    expect(performance.now() - began).toBeLessThan(7_000)
  })

  it('that refuses the code signs nobody in', async () => {
    const asHonest = answer
    answer = (path, response) =>
      path === '/token' ? response.writeHead(400).end('{"error":"invalid_grant"}') : asHonest(path, response)
    expect(await redeem()).toBe('directory.token_invalid')
  })

  it('on this machine is not asked by a tenant that may not, by whatever name', async () => {
    const { port } = http.address() as AddressInfo
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '169.254.169.254', '[::ffff:127.0.0.1]', '0.0.0.0'])
      for (const scheme of ['http', 'https']) {
        const asked = askOutside(`${scheme}://${host}:${port}/`, { method: 'GET', mayBeLocal: false })
        await expect(asked).rejects.toMatchObject({ name: 'Unreached' })
      }
  })

  it('gets the challenge of PKCE and never the verifier', async () => {
    const request = { redirectUri: 'http://here.test/back', state: 's', nonce, verifier: 'a verifier' }
    const url = new URL(await openOpenId(askOutside, () => new Date()).authorizationUrl(provider(), request))
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      code_challenge: createHash('sha256').update('a verifier').digest('base64url'),
      code_challenge_method: 'S256',
      response_type: 'code',
      redirect_uri: 'http://here.test/back',
      nonce,
    })
    expect(url.href).not.toContain('verifier=')
  })
})

const tenant = '11111111-2222-4333-8444-555555555555'
const microsoft = `https://login.microsoftonline.com/${tenant}/v2.0`

describe('an issuer', () => {
  it.each([
    [microsoft, true],
    ['https://id.example.com', true],
    ['https://id.example.com/realms/staff', true],
    ['https://login.microsoftonline.com/common/v2.0', false],
    ['https://login.microsoftonline.com/organizations/v2.0', false],
    ['https://login.microsoftonline.com/consumers/v2.0', false],
    [`https://login.microsoftonline.com/${tenant}/v2.0/`, false],
    [`https://login.microsoftonline.com/${tenant}`, false],
    ['https://login.microsoftonline.com/contoso.example/v2.0', false],
    [`https://sts.windows.net/${tenant}/`, false],
    ['http://id.example.com', false],
    ['https://id.example.com?x=1', false],
    ['https://id.example.com/#x', false],
    ['https://user:pass@id.example.com', false],
    ['ftp://id.example.com', false],
    ['x', false],
  ])('%s may be configured: %s', (address, expected) => {
    expect(isUsableIssuer(address, false)).toBe(expected)
  })
})

describe('somebody of Microsoft Entra ID', () => {
  const claims = { iss: microsoft, sub: 'pairwise', tid: tenant, oid: 'object-id', email: 'ceo@alpha.example' }

  it('is who tenant and object id say, whatever mail address stands there', () => {
    expect(visitorOf(claims)).toMatchObject({ subject: `${tenant}.object-id`, isEmailProven: false })
    expect(visitorOf({ ...claims, xms_edov: true }).isEmailProven).toBe(true)
    expect(
      visitorOf({ ...claims, email: undefined, preferred_username: 'ceo@alpha.example', xms_edov: true }),
    ).toMatchObject({
      email: 'ceo@alpha.example',
      isEmailProven: false,
    })
  })

  it('of another tenant, or without an object id, is refused', () => {
    for (const change of [{ tid: '9'.repeat(8) }, { tid: undefined }, { oid: undefined }])
      expect(() => visitorOf({ ...claims, ...change })).toThrow('not valid')
  })

  it('with too many groups to be listed is known as such', () => {
    expect(visitorOf({ ...claims, _claim_names: { groups: 'src1' } }).hasMoreGroups).toBe(true)
    expect(visitorOf({ ...claims, groups: ['a'], roles: ['b'] })).toMatchObject({
      groups: ['a', 'b'],
      hasMoreGroups: false,
    })
  })
})
