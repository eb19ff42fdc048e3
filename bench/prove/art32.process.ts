/* An installation with one owner, in a process of its own. Its argument is an empty data folder. */
import { readConfig, startServer } from '../../apps/server/src/main.ts'
import { homeSlug } from '../../apps/server/src/tenant/index.ts'
import { setUp } from '../client.ts'

/** Where it is, and who may call it. */
export interface Installation {
  /** Of the API of its tenant. */
  readonly api: string
  readonly headers: Readonly<Record<string, string>>
}

const folder = process.argv[2] ?? ''
const server = await startServer(readConfig({ ART32_DATA: folder, ART32_PORT: '0', ART32_LOG: 'error' }))
process.once('SIGTERM', () => void server.stop().then(() => process.exit()))
const { headers } = await setUp(server)
const installation: Installation = { api: `${server.local}/api/tenants/${homeSlug}`, headers }
process.stdout.write(`${JSON.stringify(installation)}\n`)
