/*
 * A server in a process of its own, for tests that kill it: `node serve.process.ts <database url> <data folder> <prefix>`.
 * Says "ready" once it answers, and works until it is killed.
 */
import { readConfig, startServer } from '../../apps/server/src/main.ts'
import { connectExternal } from '../../apps/server/src/platform/index.ts'

const [url = '', folder = '', prefix = ''] = process.argv.slice(2)
const { ART32_PUBLISHED, ART32_INTAKE } = process.env
const config = readConfig({
  ART32_DATA: folder,
  ART32_PORT: '0',
  ART32_LOG: 'error',
  ...(ART32_PUBLISHED ? { ART32_PUBLISHED } : {}),
  ...(ART32_INTAKE ? { ART32_INTAKE } : {}),
})
const server = await startServer(config, {
  postgres: await connectExternal(url),
  prefix,
  passwordCost: { memoryKiB: 64, passes: 1 },
  mayBeLocal: () => true,
})
// What was at work when the last one ended goes on with the first step into its tenant.
for (const { id } of await server.registry.list()) await server.tenants.asSystem(id, () => Promise.resolve())
process.stdout.write('ready\n')
