/* The server with many tenants of 200 measures each, in a process of its own. Its arguments: an empty data folder, how many tenants. */
import { join } from 'node:path'
import { startLean } from '../../apps/cli/src/lean.ts'
import { readConfig, startServer } from '../../apps/server/src/main.ts'
import { startPostgres } from '../../apps/server/src/platform/postgres/index.ts'
import { setUp } from '../client.ts'
import type { Seeded } from './mix.ts'
import { seedTenants } from './seed.ts'

startLean()
const [folder = '', count = '50'] = process.argv.slice(2)
const postgres = await startPostgres({ folder: join(folder, 'postgres') })
const server = await startServer(readConfig({ ART32_DATA: folder, ART32_PORT: '0', ART32_LOG: 'error' }), { postgres })
process.once('SIGTERM', () => void server.stop().then(() => postgres.stop()))
await setUp(server)
const seeded: Seeded = { url: server.local, origin: server.url, tenants: await seedTenants(server, Number(count)) }
process.stdout.write(`${JSON.stringify(seeded)}\n`)
