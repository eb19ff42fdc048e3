import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  addProcessors,
  AppError,
  fillTenant,
  homeSlug,
  lookOnceAndPause,
  makeHome,
  sendFacts,
  readAuthored,
  readConfig,
} from '@art32/server'
import type { Server, StartOptions } from '@art32/server'
import { begin } from './serve.ts'
import { summariseDemo } from './demo-summary.ts'
import { startVendors } from './demo-vendors.ts'
import type { Vendors } from './demo-vendors.ts'

const repository = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '')

/** The example providers, by the short name of their tenant; each is a folder of `examples/`. */
export const providers = ['forge-azure-provider', 'hosted-provider'] as const
type Provider = (typeof providers)[number]

/** A clock that can be set back: what was proven ten days ago must have been seen then. */
export function openDemoClock(): { now: () => Date; back: (days: number) => void } {
  let backMs = 0
  return {
    now: () => new Date(Date.now() - backMs),
    back: (days) => {
      backMs = days * 86_400_000
    },
  }
}

type DemoClock = ReturnType<typeof openDemoClock>

/** With what art32 is started for the demo: its examples may look at the servers of their vendors, and at no other local address. */
export function demoOptions({ address }: Vendors, clock: DemoClock): StartOptions {
  return {
    clock,
    localAddresses: ({ slug }) => (providers.some((provider) => provider === slug) ? [address] : []),
  }
}

/** Starts art32 and adds the example providers as tenants. Only what is missing is done, so it may run again. */
export async function demo(): Promise<void> {
  const say = (line: string) => process.stdout.write(`${line}\n`)
  const clock = openDemoClock()
  say('  starting the servers of the vendors, which are simulated on this machine …')
  const vendors = await startVendors(readConfig(process.env).dataFolder).catch((error: unknown) => {
    process.stderr.write(`${sentenceOf(error)}\n`)
    process.exit(1)
  })
  const server = await begin({ ...demoOptions(vendors, clock), besides: () => vendors.close() })
  say('  making the tenant of this installation …')
  await makeHome(server, () => undefined)
  for (const provider of providers) {
    say(`  making the example ${provider} …`)
    await addProvider(server, provider, vendors, clock)
  }
  say(await summariseDemo(server, vendors))
  say(`\n  Workplace    ${server.url}/`)
  for (const slug of [homeSlug, ...providers]) say(`  Public page  ${server.url}/trust/${slug}`)
  say('  The pages show draft editions, which only this machine sees until somebody signs them.')
  const token = await server.issueSetupToken()
  if (token !== null) say(`\n  Set up the first owner (once):\n  ${server.url}/setup#${token}\n`)
}

/** A refused port or a folder in use is no fault of the program: one sentence with the remedy, no trace. */
function sentenceOf(error: unknown): string {
  if (error instanceof AppError || (error instanceof Error && error.name === 'PortRefused')) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

/** Adds an example provider as a tenant that the owners of the installation own; does only what is missing. */
export async function addProvider(
  server: Server,
  provider: Provider,
  { connections: all, computers }: Pick<Vendors, 'connections' | 'computers'>,
  clock: DemoClock,
): Promise<void> {
  const folder = `${repository}/examples/${provider}`
  const { name, processors } = JSON.parse(readFileSync(`${folder}/provider.json`, 'utf8')) as {
    name: string
    processors: Parameters<typeof addProcessors>[2]
  }
  const known = (await server.registry.list()).find((tenant) => tenant.slug === provider)
  const connections = all[provider] ?? []
  const lapsing = connections.filter(({ pausedSince }) => pausedSince !== undefined)
  const isNew = known === undefined
  if (isNew) clock.back(Math.max(0, ...lapsing.map(({ pausedSince = 0 }) => pausedSince)))
  const { id } = known ?? (await server.registry.create({ name, slug: provider, language: 'en' }))
  if (isNew) await lookOnceAndPause(server, provider, readAuthored(folder), lapsing)
  clock.back(0)
  await addProcessors(server, provider, processors)
  await sendFacts(server, provider, computers(provider))
  await fillTenant(
    server,
    provider,
    readAuthored(folder),
    connections.filter(({ pausedSince }) => pausedSince === undefined),
    () => undefined,
  )
  for (const account of await ownersOf(server)) {
    if (!(await server.registry.findDoor(id, account))) await server.tenants.join(id, account, 'owner')
  }
}

/** Whoever owns the installation's own tenant sees the examples too; new owners join all tenants by themselves. */
async function ownersOf(server: Server): Promise<string[]> {
  return await server.tenants.asSystem(homeSlug, async ({ sql }) => {
    const { rows } = await sql.query<{ account_id: string }>(`select account_id from membership where role = 'owner'`)
    return rows.map((row) => row.account_id)
  })
}
