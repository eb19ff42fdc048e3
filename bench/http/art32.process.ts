/* The server with a register of 10,000 measures, in a process of its own. Its argument is an empty data folder. */
import { join } from 'node:path'
import { readConfig, startServer } from '../../apps/server/src/main.ts'
import type { Server } from '../../apps/server/src/main.ts'
import { startPostgres, withClient } from '../../apps/server/src/platform/postgres/index.ts'
import { setUp } from '../client.ts'

const slug = 'ten-thousand'

/** What the bench and the bare server need to know. */
export interface Seeded {
  readonly url: string
  readonly cookie: string
  readonly slug: string
  readonly measureId: string
  readonly controlUrl: string
  readonly tenantUrl: string
}

async function seed(server: Server): Promise<string> {
  return await server.tenants.asSystem(slug, async ({ sql, append, newId }) => {
    const id = newId()
    await sql.query(
      `insert into document (id, name, title, format, language, sha256, words, state, origin, coverage, faults, read_at)
       values ($1, 'tom.md', 'Measures', 'md', 'en', sha256('x'), 100000, 'register', 'upload', '{"provisions":[],"goals":[]}', '[]', now())`,
      [id],
    )
    await sql.query(
      `with made as (
         insert into statement (id, document_id, position, line, section, text, type, status, nature, sure)
         select gen_random_uuid(), $1, n, n, 'Confidentiality', 'Measure ' || n || ': all network communication uses TLS 1.2 or newer.',
           'measure', 'in-place', 'technical', true from generate_series(1, 10000) n returning id),
       promised as (insert into measure (id, statement_id) select gen_random_uuid(), id from made returning id)
       insert into mapping (measure_id, catalogue_id, confidence) select id, 'transport-encryption', 1 from promised`,
      [id],
    )
    await append({ type: 'document.read', about: { kind: 'document', id } })
    const { rows } = await sql.query<{ id: string }>(
      'select m.id from measure m join statement s on s.id = m.statement_id order by s.position limit 1 offset 5000',
    )
    return rows[0]?.id ?? ''
  })
}

const folder = process.argv[2] ?? ''
const postgres = await startPostgres({ folder: join(folder, 'postgres') })
const server = await startServer(readConfig({ ART32_DATA: folder, ART32_PORT: '0', ART32_LOG: 'error' }), {
  postgres,
  // What keeps people apart from programs that ran wild would end the measurement.
  limits: { caller: 1e9, token: 1e9, change: 1e9 },
})
process.once('SIGTERM', () => void server.stop().then(() => postgres.stop()))
const owner = await setUp(server)
await owner.post('/api/tenant/create', { name: 'Ten thousand', slug, language: 'en' })
const measureId = await seed(server)
const login = await server.registry.loginOf((await server.registry.open(slug)).tenant.id)
// What PostgreSQL does by itself within minutes.
await withClient(postgres.url(login.user), (client) => client.query('analyze'))
const seeded: Seeded = {
  url: server.local,
  cookie: owner.headers['cookie'] ?? '',
  slug,
  measureId,
  controlUrl: server.databases.controlUrl,
  tenantUrl: postgres.url(login.user, login),
}
process.stdout.write(`${JSON.stringify(seeded)}\n`)
