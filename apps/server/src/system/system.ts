import { z } from 'zod'
import { defineErrors } from '../kernel/index.ts'
import { tenantOperation } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'

/** What systems may be refused for. */
export const systemErrors = defineErrors('system', {
  not_found: { status: 404, en: 'This system does not exist.', de: 'Dieses System gibt es nicht.' },
  discovered_not_found: {
    status: 404,
    en: 'Nothing of the kind was discovered.',
    de: 'Dergleichen wurde nicht entdeckt.',
  },
  name_taken: {
    status: 409,
    en: 'There is already a system of this name.',
    de: 'Ein System dieses Namens gibt es schon.',
  },
  other_environment: {
    status: 409,
    en: 'There is already a system of this name in the environment {environment}. Choose another name, or move that system with a reason.',
    de: 'Ein System dieses Namens gibt es schon in der Umgebung {environment}. Bitte einen anderen Namen wählen oder jenes System mit Begründung verschieben.',
  },
})

/** Stages of something: nothing crosses between them. */
export const environments = ['development', 'test', 'staging', 'production'] as const

/** A stage. */
export type Environment = (typeof environments)[number]

/** A system as rows and pages know it. */
export interface System {
  readonly id: string
  readonly name: string
  /** The connector it was first seen by: tls, host, postgres … */
  readonly kind: string
  readonly environment: Environment
}

/** All systems of the tenant, by name. */
export async function listSystems({ sql }: TenantContext): Promise<System[]> {
  return (await sql.query<System>('select id, name, kind, environment from system order by name')).rows
}

/** How many of these ids are systems of the tenant. */
export async function countSystems({ sql }: TenantContext, ids: readonly string[]): Promise<number> {
  const { rows } = await sql.query<{ n: number }>('select count(*)::int as n from system where id = any ($1::uuid[])', [
    ids,
  ])
  return rows[0]?.n ?? 0
}

/**
 * Finds a system by name or creates it.
 *
 * @throws {system.other_environment} when the name belongs to a system of another environment
 */
export async function ensureSystem(
  tx: TenantContext,
  { name, kind, environment }: Omit<System, 'id'>,
): Promise<string> {
  const known = (
    await tx.sql.query<Pick<System, 'id' | 'environment'>>('select id, environment from system where name = $1', [name])
  ).rows[0]
  if (known && known.environment !== environment)
    throw systemErrors.other_environment({ environment: known.environment })
  if (known) return known.id
  const id = tx.newId()
  await tx.sql.query('insert into system (id, name, kind, environment, created_at) values ($1, $2, $3, $4, $5)', [
    id,
    name,
    kind,
    environment,
    tx.now,
  ])
  await tx.append({
    type: 'system.created',
    about: { kind: 'system', id },
    content: { after: { name, kind, environment } },
  })
  return id
}

/**
 * Moves a system, and with it its connections, to another environment.
 *
 * @returns whether it was in another one
 * @throws {system.not_found}
 */
export async function moveSystem(
  tx: TenantContext,
  { systemId, environment, reason }: { systemId: string; environment: Environment; reason: string },
): Promise<boolean> {
  const { rows } = await tx.sql.query<{ environment: Environment }>(
    'select environment from system where id = $1 for update',
    [systemId],
  )
  const before = rows[0]?.environment
  if (before === undefined) throw systemErrors.not_found()
  if (before === environment) return false
  await tx.sql.query('update system set environment = $2 where id = $1', [systemId, environment])
  await tx.append({
    type: 'system.changed',
    about: { kind: 'system', id: systemId },
    code: environment,
    content: { before: { environment: before }, after: { environment }, reason: { reason } },
  })
  return true
}

/**
 * Gives a system another name.
 *
 * @throws {system.not_found | system.name_taken}
 */
export async function renameSystem(tx: TenantContext, systemId: string, name: string): Promise<void> {
  const { rows } = await tx.sql.query<Pick<System, 'id' | 'name'>>(
    'select id, name from system where id = $1 or name = $2 for update',
    [systemId, name],
  )
  const before = rows.find(({ id }) => id === systemId)
  if (!before) throw systemErrors.not_found()
  if (rows.length > 1) throw systemErrors.name_taken()
  if (before.name === name) return
  await tx.sql.query('update system set name = $2 where id = $1', [systemId, name])
  await tx.append({
    type: 'system.changed',
    about: { kind: 'system', id: systemId },
    code: 'renamed',
    content: { before: { name: before.name }, after: { name } },
  })
}

/** What can be done with systems. */
export function systemOperations() {
  return [
    tenantOperation({
      id: 'system.list',
      summary: 'Lists the systems that can be looked at',
      needs: 'register:read',
      input: z.object({ environment: z.enum(environments).optional() }),
      output: z.object({
        systems: z.array(
          z.object({ id: z.uuid(), name: z.string(), kind: z.string(), environment: z.enum(environments) }),
        ),
      }),
      run: async ({ environment }, tx) => ({
        systems: (await listSystems(tx)).filter(
          (system) => environment === undefined || system.environment === environment,
        ),
      }),
    }),
  ]
}
