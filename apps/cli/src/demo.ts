import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { fillTenant, homeSlug, makeHome, readAuthored } from '@art32/server'
import type { Server } from '@art32/server'
import { begin } from './serve.ts'

const repository = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '')

/** The example providers, by the short name of their tenant; each is a folder of `examples/`. */
const providers = ['forge-azure-provider', 'hosted-provider'] as const

/** `systems.json` of an example: the tenant's name and what to look at; `git:.` is the clone that art32 runs from. */
interface Systems {
  readonly name: string
  readonly targets: readonly string[]
}

/** Starts art32 and adds the example providers as tenants. Only what is missing is done, so it may run again. */
export async function demo(): Promise<void> {
  const server = await begin()
  const say = (line: string) => process.stdout.write(`${line}\n`)
  say('  making the tenant of this installation …')
  await makeHome(server, () => undefined)
  for (const provider of providers) {
    say(`  making the example ${provider} …`)
    await addProvider(server, provider)
  }
  say(`\n  Workplace    ${server.url}/`)
  for (const slug of [homeSlug, ...providers]) say(`  Public page  ${server.url}/trust/${slug}`)
  say('  The pages show draft editions, which only this machine sees until somebody signs them.')
  const token = await server.issueSetupToken()
  if (token !== null) say(`\n  Set up the first owner (once):\n  ${server.url}/setup?token=${token}\n`)
}

/** Adds an example provider as a tenant that the owners of the installation own; does only what is missing. */
export async function addProvider(server: Server, provider: (typeof providers)[number]): Promise<void> {
  const folder = `${repository}/examples/${provider}`
  const { name, targets } = JSON.parse(readFileSync(`${folder}/systems.json`, 'utf8')) as Systems
  const known = (await server.registry.list()).find((tenant) => tenant.slug === provider)
  const { id } = known ?? (await server.registry.create({ name, slug: provider, language: 'en' }))
  const resolved = targets.map((target) => (target === 'git:.' ? `git:${repository}` : target))
  await fillTenant(server, provider, readAuthored(folder), resolved, () => undefined)
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
