import { constants, createPublicKey, verify } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Sent } from '../engine/connector.ts'
import { Unreadable } from '../engine/reading.ts'
import { issue } from '../testing/certificates.ts'
import { testContext } from '../testing/servers.ts'
import { startVendor } from '../testing/vendor.ts'
import type { Said, VendorServer } from '../testing/vendor.ts'
import { openBudgets } from './budget.ts'
import { clientCredentials } from './oauth.ts'

const path = '/tenant/oauth2/v2.0/token'
const given = { access_token: 'the token', token_type: 'Bearer', expires_in: 3599 }

let vendor: VendorServer | undefined
afterEach(async () => {
  await vendor?.close()
  vendor = undefined
})

type Form = Readonly<Record<string, string>>

/** Asks an authority that answers like this. */
async function ask(client: { secret?: string; certificate?: string }, answer: (form: Form) => Said = () => given) {
  vendor = await startVendor({
    description: { [`POST ${path}`]: {} },
    answers: { [`POST ${path}`]: ({ body }) => answer(z.record(z.string(), z.string()).parse(body)) },
    isAuthorised: () => true,
  })
  const sent: Sent[] = []
  const tokenUrl = `${vendor.base}${path}`
  const context = testContext({ budgets: openBudgets(), sent: (one) => sent.push(one) })
  const work = clientCredentials({ tokenUrl, clientId: 'client', scope: 'api/.default', ...client }, context)
  const said = await work.then(
    (token) => ({ token }),
    (error: unknown) => (error instanceof Unreadable ? error.reason : Promise.reject(error)),
  )
  expect(vendor.mistakes).toEqual([])
  return { said, sent, tokenUrl }
}

describe('a token for a secret', () => {
  it('is asked for by a form, and neither stands in the record', async () => {
    let form: Form = {}
    const { said, sent } = await ask({ secret: 'a+b&c' }, (asked) => {
      form = asked
      return given
    })
    expect(said).toEqual({ token: 'the token' })
    expect(form).toEqual({
      grant_type: 'client_credentials',
      client_id: 'client',
      scope: 'api/.default',
      client_secret: 'a+b&c',
    })
    expect(sent).toMatchObject([{ method: 'POST', path, status: 200 }])
    expect(JSON.stringify(sent)).not.toMatch(/a\+b|the token/)
  })
})

const part = (text: string | undefined): unknown => JSON.parse(Buffer.from(text ?? '', 'base64url').toString('utf8'))

describe('a token for a certificate', () => {
  it('is asked for by a short-lived statement that the key signed', async () => {
    const { certificate, key } = issue({ name: 'client' })
    let form: Form = {}
    const { said, tokenUrl } = await ask({ certificate: `${key}${certificate}`, secret: 'not sent' }, (asked) => {
      form = asked
      return given
    })
    expect(said).toEqual({ token: 'the token' })
    expect(form).not.toHaveProperty('client_secret')
    expect(form['client_assertion_type']).toBe('urn:ietf:params:oauth:client-assertion-type:jwt-bearer')
    const [header, claims, signature] = (form['client_assertion'] ?? '').split('.')
    expect(part(header)).toMatchObject({ alg: 'PS256', typ: 'JWT' })
    expect(part(claims)).toMatchObject({ aud: tokenUrl, iss: 'client', sub: 'client' })
    const { exp, iat } = z.object({ exp: z.int(), iat: z.int() }).parse(part(claims))
    expect(exp - iat).toBe(300)
    const options = {
      key: createPublicKey(certificate),
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
    }
    const isSigned = (text: string) =>
      verify('sha256', Buffer.from(text), options, Buffer.from(signature ?? '', 'base64url'))
    expect(isSigned(`${header}.${claims}`)).toBe(true)
    expect(isSigned(`${header}.${claims}x`)).toBe(false)
  })

  it.each([
    ['has expired', () => issue({ notBefore: new Date(0), notAfter: new Date(86_400_000) })],
    ['has the key of another', () => ({ certificate: issue().certificate, key: issue({ rsaBits: 3072 }).key })],
    ['lacks its key', () => ({ certificate: issue().certificate, key: '' })],
    ['is none', () => ({ certificate: 'hello', key: '' })],
  ])('is not asked for where it %s', async (_what, make) => {
    const { certificate, key } = make()
    const { said } = await ask({ certificate: `${certificate}${key}` })
    expect(said).toMatchObject({ why: 'not-configured', needs: 'certificate' })
    expect(vendor?.calls).toEqual([])
    expect(JSON.stringify(said)).not.toContain('BEGIN')
  })
})

const refused = (status: number, error: string, more: object = {}) => ({ status, json: { error, ...more } })

describe('a refusal', () => {
  it.each([
    ['a wrong secret', refused(401, 'invalid_client', { error_codes: [7000215] }), 'denied'],
    ['an unknown client', refused(400, 'unauthorized_client', { error_codes: [700016] }), 'denied'],
    ['a wrong scope', refused(400, 'invalid_scope'), 'not-configured'],
    ['a broken request', refused(400, 'invalid_request'), 'contract'],
    ['an outage', { status: 503 }, 'unreachable'],
    ['another kind of token', { access_token: 'x', token_type: 'mac' }, 'contract'],
  ])('of %s has its reason, and never quotes what was sent', async (_what, answer, why) => {
    const { said } = await ask({ secret: 'hidden' }, () => answer)
    expect(said).toMatchObject({ why })
    expect(JSON.stringify(said)).not.toContain('hidden')
  })

  it('keeps the numbers by which Microsoft says what is wrong', async () => {
    const description = 'AADSTS7000215: Invalid client secret provided: hidden'
    const { said } = await ask({ secret: 'hidden' }, () =>
      refused(401, 'invalid_client', { error_codes: [7000215], error_description: description }),
    )
    expect(said).toMatchObject({ detail: 'no token was given: invalid_client (7000215)' })
  })

  it('is made before anything is sent where there is nothing to show', async () => {
    expect((await ask({})).said).toMatchObject({ why: 'not-configured' })
    expect(vendor?.calls).toEqual([])
  })
})
