import { z } from 'zod'
import { tenantOperation } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'

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
  readonly environment: Environment | null
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

/** Finds a system by name or creates it. */
export async function ensureSystem(
  tx: TenantContext,
  { name, kind, environment }: Omit<System, 'id'>,
): Promise<string> {
  const { rows } = await tx.sql.query<{ id: string }>('select id from system where name = $1', [name])
  if (rows[0]) return rows[0].id
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

/** What can be done with systems. */
export function systemOperations() {
  return [
    tenantOperation({
      id: 'system.list',
      summary: 'Lists the systems that can be looked at',
      needs: 'register:read',
      input: z.object({}),
      output: z.object({
        systems: z.array(
          z.object({ id: z.uuid(), name: z.string(), kind: z.string(), environment: z.enum(environments).nullable() }),
        ),
      }),
      run: async (_, tx) => ({ systems: await listSystems(tx) }),
    }),
  ]
}
