/* Fills the databases behind the processes of the run, and ends. Its settings are those of the run; its argument: how many tenants. */
import { readConfig, startServer } from '../../apps/server/src/main.ts'
import { setUp } from '../client.ts'
import { seedTenants } from '../mixed/seed.ts'

const server = await startServer(readConfig(process.env))
await setUp(server)
const tenants = await seedTenants(server, Number(process.argv[2]))
process.stdout.write(`${JSON.stringify({ tenants })}\n`)
await server.stop()
