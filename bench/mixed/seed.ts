import { setTimeout as sleep } from 'node:timers/promises'
import type { Server } from '../../apps/server/src/main.ts'

/** Measures of each tenant. */
const measures = 200
const password = 'seven quiet herons by the river'

/** A tenant, two people who are signed in, and its measures. */
export interface SeededTenant {
  readonly slug: string
  readonly cookies: readonly string[]
  readonly measureIds: readonly string[]
}

async function seedRegister(server: Server, slug: string): Promise<string[]> {
  return await server.tenants.asSystem(slug, async ({ sql, append, newId }) => {
    const id = newId()
    await sql.query(
      `insert into document (id, name, title, format, language, sha256, words, state, origin, coverage, faults, read_at)
       values ($1, 'tom.md', 'Measures', 'md', 'en', sha256('x'), 2000, 'register', 'upload', '{"provisions":[],"goals":[]}', '[]', now())`,
      [id],
    )
    await sql.query(
      `with made as (
         insert into statement (id, document_id, position, line, section, text, type, status, nature, sure)
         select gen_random_uuid(), $1, n, n, 'Confidentiality', 'Measure ' || n || ': all network communication uses TLS 1.2 or newer.',
           'measure', 'in-place', 'technical', true from generate_series(1, $2::int) n returning id),
       promised as (insert into measure (id, statement_id) select gen_random_uuid(), id from made returning id)
       insert into mapping (measure_id, catalogue_id, confidence) select id, 'transport-encryption', 1 from promised`,
      [id, measures],
    )
    await append({ type: 'document.read', about: { kind: 'document', id } })
    const { rows } = await sql.query<{ id: string }>('select id from measure')
    return rows.map((row) => row.id)
  })
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
    const measureIds = await seedRegister(server, slug)
    tenants.push({ slug, measureIds, cookies: [await signIn(server, slug, 1), await signIn(server, slug, 2)] })
  }
  return tenants
}
