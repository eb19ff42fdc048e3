import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { requestRun } from './check/index.ts'
import { connect } from './connection/index.ts'
import { makeDraft } from './edition/index.ts'
import { adopt, findRegister, keepDocument } from './measure/index.ts'
import type { AuthoredMapping } from './measure/index.ts'
import type { Server } from './server.ts'
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
    .object({ lines: z.record(z.string(), z.array(z.string())) })
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

/** Fills a tenant with an authored document, its connections, a first run and a draft edition; does only what is missing. */
export async function fillTenant(
  server: Server,
  slug: string,
  authored: AuthoredDocument,
  targets: readonly string[],
  say: Say,
): Promise<boolean> {
  const { tenants } = server
  const missing = await tenants.asSystem(slug, async (tx) => ({
    register: !(await findRegister(tx)),
    editions: (await tx.sql.query('select 1 from edition limit 1')).rows.length === 0,
  }))
  if (missing.register) {
    say('read')
    const result = await server.read(authored.bytes, authored.name, new Date())
    await tenants.asSystem(slug, async (tx) => {
      const document = await keepDocument(tx, authored.bytes, result, authored.mapping)
      await adopt(tx, document.id)
    })
  }
  if (missing.editions) {
    say('prove')
    const runId = await tenants.asSystem(slug, async (tx) => {
      for (const target of targets) await connect(tx, { target }, true).catch(ignoreConnected)
      return await requestRun(tx, [])
    })
    await server.runNow(slug, runId)
    say('edition')
    await tenants.asSystem(slug, (tx) => makeDraft(tx), { settled: true })
    await server.ledgers.anchor(await server.registry.open(slug))
  }
  return missing.register || missing.editions
}

function ignoreConnected(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'connection.exists')) throw error
}
