/**
 * The server that is attacked, as a process of its own, on an empty PostgreSQL or again on what it left there: two tenants,
 * the installation's own, and somebody in every role. It says `{ url }` when it is ready, and answers what no stranger could ask.
 */
import { homeSlug, readConfig, startServer } from '../../apps/server/src/main.ts'
import { connectExternal } from '../../apps/server/src/platform/postgres/index.ts'
import { cloneControl, templatePrefix } from '../../apps/server/src/platform/postgres/testing/control.ts'
import { addressOf, people, peoplesPassword } from './people.ts'
import type { PersonName } from './people.ts'
import { refuseUnplanted } from './weaken.ts'

const options = JSON.parse(process.argv[2] ?? '') as {
  folder: string
  databaseUrl: string
  prefix: string
  earnest: boolean
  mayBeLocal: boolean
  environment: Record<string, string>
}
const many = 1_000_000

const postgres = await connectExternal(options.databaseUrl)
await cloneControl(postgres, options.prefix)
const server = await startServer(
  readConfig({ ART32_DATA: options.folder, ART32_PORT: '0', ART32_LOG: 'debug', ...options.environment }),
  {
    postgres,
    prefix: options.prefix,
    templatePrefix,
    // Attacks ask faster than people; what counts attempts is not among these limits.
    limits: { caller: many, token: many, change: many },
    capacity: { answers: many, bodies: many, delayMs: many },
    ...(options.mayBeLocal ? { mayBeLocal: () => true } : {}),
    ...(options.earnest ? {} : { passwordCost: { memoryKiB: 64, passes: 1 } }),
  },
)
refuseUnplanted()
if ((await server.registry.list()).length === 0) {
  for (const slug of [homeSlug, 'alpha', 'beta']) await server.registry.create({ name: slug, slug, language: 'en' })
  for (const [name, roles] of Object.entries(people)) {
    const { id } = await server.accounts.create({
      name,
      email: addressOf(name as PersonName),
      password: peoplesPassword,
    })
    for (const [slug, role] of Object.entries(roles)) await server.tenants.join(slug, id, role)
  }
}

type Asked = { sql: string; values: unknown[] } | { tenant: string; sql: string; values: unknown[] } | { reset: string }

async function answer(asked: Asked): Promise<unknown> {
  if ('reset' in asked) return await server.issueResetLink(asked.reset)
  if ('tenant' in asked)
    return await server.tenants.asSystem(
      asked.tenant,
      async ({ sql }) => (await sql.query(asked.sql, asked.values)).rows,
      { evenSuspended: true },
    )
  return (await server.databases.control.query(asked.sql, asked.values)).rows
}

process.on('message', ({ id, asked }: { id: number; asked: Asked }) => {
  answer(asked).then(
    (value) => process.send?.({ id, value }),
    (error: unknown) => process.send?.({ id, error: String(error) }),
  )
})
process.send?.({ url: server.url })
