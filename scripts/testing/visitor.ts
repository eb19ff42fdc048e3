import { createHmac } from 'node:crypto'
import { testPassword } from './server.ts'
import type { TestServer } from './server.ts'
import type { Authenticator, Faults } from './authenticator.ts'

/** Somebody with a cookie jar of their own, signed in or not. */
export interface Visitor {
  readonly cookies: Map<string, string>
  get(path: string): Promise<Response>
  post(path: string, body?: object): Promise<Response>
  /** Who the server takes them for. */
  whoami(): Promise<string | null>
}

/** Opens a cookie jar. @param cookies those of another visitor, taken over */
export function newVisitor(server: TestServer, cookies: Iterable<readonly [string, string]> = []): Visitor {
  const jar = new Map(cookies)
  const send = async (path: string, init: RequestInit) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(`${server.local}${path}`, {
      ...init,
      headers: { 'content-type': 'application/json', origin: server.url, cookie },
    })
    for (const one of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (one.split(';')[0] ?? '').split(/=(.*)/s)
      if (value === '' || /max-age=0/i.test(one)) jar.delete(name)
      else jar.set(name, value)
    }
    return response
  }
  const get = (path: string) => send(path, { method: 'GET' })
  return {
    cookies: jar,
    get,
    post: (path, body = {}) => send(path, { method: 'POST', body: JSON.stringify(body) }),
    async whoami() {
      const { account } = (await (await get('/api/account/whoami')).json()) as { account: { email: string } | null }
      return account?.email ?? null
    },
  }
}

/** The first step of signing in. */
export const password = (visitor: Visitor, email: string) =>
  visitor.post('/api/auth/sign-in/email', { email, password: testPassword })

/** Signs in by a passkey, or tries to. */
export async function byPasskey(visitor: Visitor, key: Authenticator, faults: Faults = {}): Promise<Response> {
  const { challenge } = (await (await visitor.get('/api/auth/passkey/generate-authenticate-options')).json()) as {
    challenge: string
  }
  return await visitor.post('/api/auth/passkey/verify-authentication', { response: key.sign(challenge, faults) })
}

/** Registers a passkey, or tries to. */
export async function addPasskey(visitor: Visitor, key: Authenticator, faults: Faults = {}): Promise<Response> {
  const { options, ceremony } = (await (await visitor.post('/api/account/begin_passkey')).json()) as {
    options: { challenge: string }
    ceremony: string
  }
  return await visitor.post('/api/account/add_passkey', {
    ceremony,
    response: key.register(options.challenge, faults),
    name: 'Key',
  })
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** The key behind a typed secret. */
export function appKey(typed: string): Buffer {
  const bits = Array.from(typed, (letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}

/** The code that an authenticator app shows (RFC 6238), written apart from the server's own. @param later steps of 30 seconds from now */
export function appCode(typed: string, later = 0): string {
  const step = Math.floor(Date.now() / 30_000) + later
  const hash = createHmac('sha1', appKey(typed))
    .update(Buffer.from(step.toString(16).padStart(16, '0'), 'hex'))
    .digest()
  const at = (hash[19] ?? 0) % 16
  return String((hash.readInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}
