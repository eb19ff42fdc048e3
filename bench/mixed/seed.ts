import { setTimeout as sleep } from 'node:timers/promises'
import type { Server } from '../../apps/server/src/main.ts'
import { addRegister } from '../register.ts'

/** Measures of each tenant. */
const measures = 200
const password = 'seven quiet herons by the river'

/** A tenant, two people who are signed in, and its measures. */
export interface SeededTenant {
  readonly slug: string
  readonly cookies: readonly string[]
  readonly measureIds: readonly string[]
}

async function signIn(server: Server, slug: string, number: number): Promise<string> {
  const email = `p${number}@${slug}.example.com`
  const { id } = await server.accounts.create({ name: email, email, password })
  await server.tenants.join(slug, id, 'owner')
  const send = () =>
    fetch(`${server.local}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: server.url },
      body: JSON.stringify({ email, password }),
    })
  let response = await send()
  // All of them sign in from one address, which nobody may do as fast as this.
  while (response.status === 429) {
    await sleep(1_000 * Number(response.headers.get('retry-after') ?? 1))
    response = await send()
  }
  if (!response.ok) throw new Error(`signing in was answered with ${response.status}: ${await response.text()}`)
  return response.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
}

/** Makes tenants with a register each, and two owners who sign in as people do. */
export async function seedTenants(server: Server, count: number): Promise<SeededTenant[]> {
  const tenants: SeededTenant[] = []
  for (let n = 1; n <= count; n++) {
    const slug = `tenant-${n}`
    await server.registry.create({ name: `Tenant ${n}`, slug, language: 'en' })
    const measureIds = await addRegister(server, slug, measures)
    tenants.push({ slug, measureIds, cookies: [await signIn(server, slug, 1), await signIn(server, slug, 2)] })
  }
  return tenants
}
