/* The server with 1,000 customers, in a process of its own. Its argument is an empty data folder. */
import { join } from 'node:path'
import { readConfig, startServer } from '../../apps/server/src/main.ts'
import type { Server } from '../../apps/server/src/main.ts'
import { startPostgres, withClient } from '../../apps/server/src/platform/postgres/index.ts'
import { setUp } from '../client.ts'

const slug = 'thousand-customers'

/** What the bench needs to know. */
export interface Seeded {
  readonly url: string
  readonly cookie: string
  readonly slug: string
  /** A customer with much that happened. */
  readonly customerId: string
  readonly announcementId: string
}

/** Each with an agreement, five matters of three records, and two notices. */
async function seed(server: Server): Promise<Pick<Seeded, 'customerId' | 'announcementId'>> {
  return await server.tenants.asSystem(slug, async ({ sql }) => {
    await sql.query(
      `insert into customer (id, name, reference, address, contact_email, language, created_at)
       select gen_random_uuid(), 'Customer ' || md5(n::text), 'K-' || n, n || ' Example Road', 'c' || n || '@example.com', 'en', now()
       from generate_series(1, 1000) n`,
    )
    await sql.query(
      `insert into contract (id, customer_id, title, valid_from, valid_until, edition, sub_processor_days, measure_days, incident_hours,
         forward_days, return_days, created_at)
       select gen_random_uuid(), id, 'Agreement', '2024-01-01', case when random() < 0.2 then current_date + (random() * 90)::int end, 1,
         30, 30, 24, 3, 30, now() from customer`,
    )
    await sql.query(
      `insert into contract_matter (id, contract_id, kind, state, opened_on, due_on, closed_on, said, created_at)
       select gen_random_uuid(), id, 'instruction', case when n = 1 then 'accepted' else 'done' end, current_date - 9 * n,
         current_date + n, case when n > 1 then current_date end, '{"text":"Delete the logs."}', now()
       from contract, generate_series(1, 5) n`,
    )
    await sql.query(
      `insert into contract_step (id, matter_id, state, on_day, said, role, at)
       select gen_random_uuid(), id, 'received', opened_on, said, 'owner', now() from contract_matter, generate_series(1, 3)`,
    )
    await sql.query(
      `insert into announcement (id, kind, title, body, role, made_at, spread_at)
       select gen_random_uuid(), 'sub-processor', 'A new host ' || n, 'From May on.', 'owner', now(), now() from generate_series(1, 2) n`,
    )
    await sql.query(
      `insert into announcement_notice (id, announcement_id, contract_id, days, state, sent_on, sent_at, object_by)
       select gen_random_uuid(), a.id, k.id, 30, 'sent', current_date, now(), current_date + 30 from announcement a, contract k`,
    )
    const customer = await sql.query<{ id: string }>('select id from customer order by name limit 1 offset 500')
    const announcement = await sql.query<{ id: string }>('select id from announcement limit 1')
    return { customerId: customer.rows[0]?.id ?? '', announcementId: announcement.rows[0]?.id ?? '' }
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
await owner.post('/api/tenant/create', { name: 'Thousand customers', slug, language: 'en' })
const made = await seed(server)
await owner.post(`/api/tenants/${slug}/processing/add`, {
  side: 'processor',
  name: 'Operation of the software',
  said: { categories: 'Hosting' },
})
const login = await server.registry.loginOf((await server.registry.open(slug)).tenant.id)
// What PostgreSQL does by itself within minutes.
await withClient(postgres.url(login.user), (client) => client.query('analyze'))
const seeded: Seeded = { url: server.local, cookie: owner.headers['cookie'] ?? '', slug, ...made }
process.stdout.write(`${JSON.stringify(seeded)}\n`)
