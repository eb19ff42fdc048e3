/** An installation that starts for the first time on an empty PostgreSQL, makes a tenant, and ends. It may be killed at any moment. */
import process from 'node:process'
import { readConfig, startServer } from '../../apps/server/src/main.ts'
import { connectExternal } from '../../apps/server/src/platform/postgres/index.ts'

const { folder, databaseUrl, prefix } = JSON.parse(process.argv[2] ?? '') as Record<string, string>
const server = await startServer(readConfig({ ART32_DATA: folder, ART32_PORT: '0', ART32_LOG: 'error' }), {
  postgres: await connectExternal(databaseUrl ?? ''),
  prefix: prefix ?? '',
  passwordCost: { memoryKiB: 64, passes: 1 },
})
if ((await server.registry.list()).length === 0)
  await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
await server.tenants.asSystem('alpha', () => Promise.resolve())
await server.stop()
process.disconnect?.()
