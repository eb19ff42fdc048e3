import { z } from 'zod'
import { accessErrors } from '../access/index.ts'
import type { InstallationContext } from '../access/index.ts'
import type { Entrant } from '../evidence/index.ts'
import { operationsFor } from '../kernel/index.ts'
import { layouts } from '../platform/index.ts'
import type { Databases } from '../platform/index.ts'
import { tenantErrors } from '../tenant/index.ts'
import type { Registry } from '../tenant/index.ts'
import { placementErrors } from './errors.ts'
import type { Moves } from './moves.ts'

/** What operations on placement need. */
export interface PlacementDependencies {
  readonly registry: Registry
  readonly databases: Databases
  readonly moves: Moves
  /** Whether an account runs this installation. */
  readonly isOperator: (account: Entrant) => Promise<boolean>
}

const operation = operationsFor<InstallationContext>('installation')
const Slug = z.string().regex(/^[a-z0-9][a-z0-9-]{1,62}$/)
const ServerName = z.string().regex(/^[a-z][a-z0-9-]{0,30}$/)

/** Where tenants lie, for whoever runs the installation. */
export function placementOperations({ registry, databases, moves, isOperator }: PlacementDependencies) {
  async function operator({ account }: InstallationContext): Promise<string> {
    if (!account || !(await isOperator(account))) throw accessErrors.not_operator()
    return account.id
  }

  return [
    operation({
      id: 'placement.show',
      summary:
        'Shows the database servers, whether they answer, how many tenants lie on each, and moves that are not over',
      needs: null,
      input: z.object({}),
      output: z.object({
        servers: z.array(
          z.object({
            name: z.string(),
            state: z.enum(['up', 'away']),
            /** As in 18.4; null: it was never seen. */
            version: z.string().nullable(),
            /** Why it cannot be used, as a code. */
            why: z.string().nullable(),
            tenants: z.int(),
            /** How many at most; null: any number. */
            most: z.int().nullable(),
          }),
        ),
        /** By the short names of the tenants. */
        tenants: z.array(
          z.object({
            slug: z.string(),
            server: z.string(),
            /** Whether it has a database of its own, or a schema of the database that others have in common with it. */
            layout: z.enum(layouts),
          }),
        ),
        moves: z.array(
          z.object({
            tenantId: z.uuid(),
            from: z.string(),
            to: z.string(),
            state: z.enum(['copying', 'undoing', 'switched']),
            startedAt: z.iso.datetime(),
          }),
        ),
      }),
      refuses: [accessErrors.not_operator],
      async run(_, context) {
        await operator(context)
        const lying = new Map((await registry.occupancy()).map((one) => [one.server, one]))
        return {
          servers: databases.servers().map((server) => ({
            ...server,
            tenants: lying.get(server.name)?.tenants ?? 0,
            most: lying.get(server.name)?.most ?? null,
          })),
          tenants: [...(await registry.listPlaces())],
          moves: (await moves.list()).map((row) => ({
            tenantId: row.tenant_id,
            from: row.source,
            to: row.target,
            state: row.state,
            startedAt: row.started_at.toISOString(),
          })),
        }
      },
    }),
    operation({
      id: 'tenant.move',
      summary:
        'Moves a tenant to another database server: it can be read all the time, and not be changed for a moment',
      needs: null,
      changes: true,
      stepUp: true,
      input: z.object({ slug: Slug, to: ServerName }),
      output: z.object({
        from: z.string(),
        to: z.string(),
        tables: z.int(),
        rows: z.int(),
        bytes: z.int(),
        /** SHA-256 over rows and hash of each table. */
        digest: z.string(),
        ledger: z.object({ size: z.int(), root: z.string() }).nullable(),
        /** How long nothing could be changed in it. Milliseconds. */
        heldMs: z.int(),
        /** Whether the old copy is gone; otherwise it goes when its server answers again. */
        isRemoved: z.boolean(),
      }),
      refuses: [
        tenantErrors.not_found,
        tenantErrors.moving,
        accessErrors.not_operator,
        ...Object.values(placementErrors),
      ],
      async run({ slug, to }, context) {
        return await moves.move(slug, to, await operator(context))
      },
    }),
  ]
}
