import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { requestRun } from './check/index.ts'
import { connect } from './connection/index.ts'
import type { Wanted } from './connection/index.ts'
import { addProcessor, hasProcessors } from './processor/index.ts'
import { makeDraft } from './edition/index.ts'
import { adopt, findRegister, keepDocument, nameSystems } from './measure/index.ts'
import type { AuthoredMapping } from './measure/index.ts'
import type { Server } from './server.ts'
import { environments } from './system/index.ts'
import { homeSlug } from './tenant/index.ts'

/** art32's own TOM document, shipped with the release. */
export const ownDocument = fileURLToPath(new URL('../documents/this-installation', import.meta.url))

/** A TOM document with the mapping its author confirmed. */
export interface AuthoredDocument {
  readonly name: string
  readonly bytes: Uint8Array
  readonly mapping: AuthoredMapping
}

/** Reads `tom.md` and `mapping.json` of a folder. */
export function readAuthored(folder: string): AuthoredDocument {
  const mapping = z
    .object({
      lines: z.record(z.string(), z.array(z.string())),
      systems: z.record(z.string(), z.array(z.string()).min(1)).optional(),
      environments: z.record(z.string(), z.array(z.enum(environments)).min(1)).optional(),
    })
    .parse(JSON.parse(readFileSync(join(folder, 'mapping.json'), 'utf8')))
  return { name: 'tom.md', bytes: readFileSync(join(folder, 'tom.md')), mapping }
}

/** What the main job says while it works: one step, done or under way. */
export type Say = (step: 'tenant' | 'read' | 'prove' | 'edition') => void

/**
 * The main job on an empty data folder: the installation's own tenant, its TOM document, its proofs, its first draft edition.
 * On later starts only what is missing is done: a crash in between is finished by the next start.
 *
 * @returns whether anything was missing
 */
export async function makeHome(server: Server, say: Say): Promise<boolean> {
  const known = (await server.registry.list()).some((tenant) => tenant.slug === homeSlug)
  if (!known) {
    say('tenant')
    await server.registry.create({ name: 'This installation', slug: homeSlug, language: 'en' })
  }
  // On loopback there is no TLS to be looked at; what the pages send is looked at from inside.
  const targets = ['self', 'app:self', 'host', ...(server.url.startsWith('https:') ? [`${server.url}/`] : [])]
  return await fillTenant(server, homeSlug, readAuthored(ownDocument), targets, say)
}

/** Records processors from templates in a tenant that has none. */
export async function addProcessors(
  { tenants }: Pick<Server, 'tenants'>,
  slug: string,
  processors: readonly Parameters<typeof addProcessor>[1][],
): Promise<void> {
  await tenants.asSystem(slug, async (tx) => {
    if (await hasProcessors(tx)) return
    for (const one of processors) await addProcessor(tx, one)
  })
}

/** Fills a tenant with an authored document, its connections, a first run and a draft edition; does only what is missing. */
export async function fillTenant(
  server: Server,
  slug: string,
  authored: AuthoredDocument,
  targets: readonly (string | Wanted)[],
  say: Say,
): Promise<boolean> {
  const { tenants } = server
  const register = await readAuthoredInto(server, slug, authored, say)
  const editions = await tenants.asSystem(
    slug,
    async ({ sql }) => (await sql.query('select 1 from edition limit 1')).rows.length === 0,
  )
  if (editions) {
    say('prove')
    const wanted = targets.map((target): Wanted => (typeof target === 'string' ? { target } : target))
    const runId = await tenants.asSystem(slug, async (tx) => {
      for (const one of wanted) await connect(tx, one, true).catch(ignoreConnected)
      await nameSystems(tx, authored.mapping.systems ?? {})
      return await requestRun(tx, [], [...new Set(wanted.map(({ environment }) => environment ?? 'production'))])
    })
    await server.runNow(slug, runId)
    say('edition')
    await tenants.asSystem(slug, (tx) => makeDraft(tx, server), { settled: true })
    await server.ledgers.anchor(await server.registry.open(slug))
  }
  return register || editions
}

/** Reads an authored document into the register of a tenant that has none. @returns whether it had none */
async function readAuthoredInto(server: Server, slug: string, authored: AuthoredDocument, say: Say): Promise<boolean> {
  const { tenants } = server
  if (await tenants.asSystem(slug, async (tx) => (await findRegister(tx)) !== undefined)) return false
  say('read')
  const result = await server.read(authored.bytes, authored.name, new Date())
  await tenants.asSystem(slug, async (tx) => {
    const document = await keepDocument(tx, authored.bytes, result, authored.mapping)
    await adopt(tx, document.id)
  })
  return true
}

/**
 * Looks once at what a tenant connects and pauses it, for the demo: with an earlier clock, what was proven then has lapsed
 * since. What is connected already stays as it is.
 */
export async function lookOnceAndPause(
  server: Server,
  slug: string,
  authored: AuthoredDocument,
  targets: readonly Wanted[],
): Promise<void> {
  await readAuthoredInto(server, slug, authored, () => undefined)
  for (const target of targets) {
    const ids = await server.tenants.asSystem(slug, async (tx) => await connect(tx, target, true).catch(noneNew))
    if (ids.length === 0) continue
    await server.runNow(slug, await server.tenants.asSystem(slug, (tx) => requestRun(tx, ids)))
    for (const id of ids) await perform(server, slug, 'connection.pause', { connectionId: id, paused: true })
  }
}

const Computers = z.object({
  computers: z.array(z.object({ connectionId: z.string(), name: z.string(), declared: z.boolean() })),
})

/** Sends facts in the place of computers, as the demo does, and says that they are known. */
export async function sendFacts(
  server: Server,
  slug: string,
  facts: readonly Readonly<Record<string, unknown>>[],
): Promise<void> {
  for (const one of facts) await perform(server, slug, 'computer.push', one)
  const { computers } = Computers.parse((await perform(server, slug, 'computer.list', {})) ?? { computers: [] })
  for (const { connectionId, name } of computers.filter(({ declared }) => !declared))
    await perform(server, slug, 'computer.name', { connectionId, name })
}

/** Runs an operation of a tenant. @returns what it returned; undefined where this release has no such operation */
async function perform(server: Server, slug: string, id: string, input: unknown): Promise<unknown> {
  const operation = server.operations.find((one) => one.id === id && one.scope === 'tenant')
  if (!operation) return undefined
  const given = operation.input.parse(input)
  // Which context an operation takes is known by its scope, as in the HTTP adapter.
  return await server.tenants.asSystem(slug, (tx) => operation.run(given as never, tx as never))
}

function noneNew(error: unknown): string[] {
  ignoreConnected(error)
  return []
}

function ignoreConnected(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'connection.exists')) throw error
}
