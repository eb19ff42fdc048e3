/* The server with a register of 10,000 measures, in a process of its own. Its argument is an empty data folder. */
import { join } from 'node:path'
import { readConfig, startServer } from '../../apps/server/src/main.ts'
import { startPostgres, withClient } from '../../apps/server/src/platform/postgres/index.ts'
import { setUp } from '../client.ts'
import { addRegister } from '../register.ts'

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
const measureId = (await addRegister(server, slug, 10_000))[5_000] ?? ''
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
