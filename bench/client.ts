import type { Server } from '../apps/server/src/main.ts'
import { homeSlug } from '../apps/server/src/tenant/index.ts'

/** The first owner of a new installation, who calls its API. */
export interface Owner {
  readonly headers: Readonly<Record<string, string>>
  get(path: string): Promise<Response>
  post(path: string, body: object): Promise<Response>
}

const owner = { name: 'Owner', email: 'owner@example.com', password: 'seven quiet herons by the river' }

/** Sets a new installation up and signs its owner in. */
export async function setUp(server: Server): Promise<Owner> {
  const json = { 'content-type': 'application/json', origin: server.url }
  const send = (path: string, body: object, headers: Record<string, string> = json) =>
    fetch(`${server.local}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  await server.registry.create({ name: 'This installation', slug: homeSlug, language: 'en' })
  await said(await send('/api/account/setup', { token: await server.issueSetupToken(), ...owner }))
  const signedIn = await said(await send('/api/auth/sign-in/email', { email: owner.email, password: owner.password }))
  const cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  const headers = { ...json, cookie }
  return {
    headers,
    get: async (path) => await said(await fetch(`${server.local}${path}`, { headers })),
    post: async (path, body) => await said(await send(path, body, headers)),
  }
}

async function said(response: Response): Promise<Response> {
  if (!response.ok) throw new Error(`${response.url} was answered with ${response.status}: ${await response.text()}`)
  return response
}
