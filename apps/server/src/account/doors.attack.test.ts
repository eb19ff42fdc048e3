import { passkey } from '@better-auth/passkey'
import { betterAuth } from 'better-auth'
import { twoFactor } from 'better-auth/plugins/two-factor'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { TestServer } from '../../../../scripts/testing/server.ts'
import { doorOf } from './doors.ts'
import { newVisitor } from '../../../../scripts/testing/visitor.ts'

const Endpoint = z.object({
  path: z.string().startsWith('/'),
  options: z.object({ method: z.union([z.string(), z.array(z.string())]) }),
})

/** Every address that the account library would answer, as the library itself lists them. */
function addresses(): { method: string; path: string }[] {
  const { api } = betterAuth({ secret: 'x'.repeat(32), plugins: [twoFactor(), passkey()], logger: { disabled: true } })
  return Object.values(api).flatMap((endpoint: unknown) => {
    // An endpoint is a function with members.
    if (typeof endpoint !== 'function' || !('path' in endpoint && 'options' in endpoint)) return []
    const parsed = Endpoint.safeParse({ path: endpoint.path, options: endpoint.options })
    if (!parsed.success) return []
    const { path, options } = parsed.data
    return [options.method].flat().map((method) => ({ method, path: path.replaceAll(/:\w+/g, 'x') }))
  })
}

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

describe('an address of the account library', () => {
  it('is open only where the list says so; every other one is not found', async () => {
    const all = addresses()
    const isOpen = ({ method, path }: { method: string; path: string }) =>
      doorOf({ method, url: `${server.url}/api/auth${path}` }) !== null
    const closed = all.filter((one) => !isOpen(one))
    expect([all.length > 40, all.filter(isOpen).length]).toEqual([true, 6])
    const visitor = newVisitor(server)
    for (const { method, path } of closed) {
      const response = method === 'GET' ? await visitor.get(`/api/auth${path}`) : await visitor.post(`/api/auth${path}`)
      expect([method, path, response.status]).toEqual([method, path, 404])
    }
  })

  it('is not opened by another spelling or another method', async () => {
    for (const path of [
      '/api/auth/sign-in/email/',
      '/api/auth//sign-in/email',
      '/api/auth/sign-in/%65mail',
      '/api/auth/sign-in/email;x',
      '/api/auth/sign-in/email/../../get-session',
    ])
      expect([path, (await newVisitor(server).post(path, { email: 'a@example.com', password: 'x' })).status]).toEqual([
        path,
        404,
      ])
    expect((await newVisitor(server).get('/api/auth/sign-out')).status).toBe(404)
  })
})
