import { z } from 'zod'
import { tenantOperation } from '../evidence/index.ts'
import type { Entrant, TenantContext, Tenants } from '../evidence/index.ts'
import { grantScopes, operationsFor } from '../kernel/index.ts'
import type { GrantScope } from '../kernel/index.ts'
import { tenantErrors } from '../tenant/index.ts'
import type { Registry } from '../tenant/index.ts'
import { accessErrors } from './errors.ts'
import type { InstallationContext } from './manage.ts'

/** The queue of ends that are due: of grants and of rooms. */
export const endQueue = 'access.end'

/** Something in a tenant ends now. */
export interface EndJob {
  readonly tenantId: string
}

/** Longest time that an operator may be let in at once, in hours. */
const mostHours = 168

/** What letting the operator in needs of the rest of the server. */
export interface GrantDependencies {
  readonly registry: Registry
  readonly tenants: Tenants
  readonly accountsById: (
    ids: readonly string[],
  ) => Promise<ReadonlyMap<string, { readonly name: string; readonly email: string }>>
  readonly isOperator: (account: Entrant) => Promise<boolean>
  /** The accounts that run this installation. */
  readonly operators: () => Promise<readonly string[]>
}

interface GrantRow {
  readonly id: string
  readonly account_id: string
  readonly scope: GrantScope
  readonly reason: string
  readonly hours: number
  readonly requested_at: Date | null
  readonly given_by: string | null
  readonly given_at: Date | null
  readonly until: Date | null
  readonly ended_at: Date | null
  readonly used_at: Date | null
}

const terms = {
  scope: z.enum(grantScopes),
  hours: z.int().min(1).max(mostHours),
  reason: z.string().trim().min(3).max(1_000),
}
const instant = z.iso.datetime().nullable()
const installationOperation = operationsFor<InstallationContext>('installation')

/** An operator sees no content of a tenant unless an owner lets them in: for a reason, for a time, and recorded. */
export function grantOperations(dependencies: GrantDependencies) {
  const { registry, tenants, accountsById, isOperator, operators } = dependencies
  return [
    installationOperation({
      id: 'grant.request',
      summary: 'Asks the owners of a tenant to let the operator in for a time',
      needs: null,
      changes: true,
      input: z.object({ slug: z.string().regex(/^[a-z0-9][a-z0-9-]{1,62}$/), ...terms }),
      output: z.object({}),
      refuses: [tenantErrors.not_found, tenantErrors.suspended, accessErrors.not_operator, accessErrors.grant_open],
      async run({ slug, ...asked }, { account }) {
        if (!account || !(await isOperator(account))) throw accessErrors.not_operator()
        const ask = async (context: TenantContext) => {
          await endGrants(context)
          await refuseMember(context, account.id)
          const id = context.newId()
          await add(context, { id, account_id: account.id, ...asked, requested_at: context.now })
          await context.append({
            type: 'access.requested',
            about: { kind: 'grant', id },
            content: {
              after: { account: account.id, scope: asked.scope, hours: asked.hours },
              reason: { reason: asked.reason },
            },
          })
        }
        await tenants.asSystem(slug, ask, { inNameOf: account.id })
        return {}
      },
    }),
    tenantOperation({
      id: 'grant.list',
      summary: 'Lists the times for which the operator asked to be let in or was, newest first',
      needs: 'ledger:read',
      input: z.object({}),
      output: z.object({
        grants: z.array(
          z.object({
            grantId: z.uuid(),
            accountId: z.uuid(),
            name: z.string().nullable(),
            ...terms,
            state: z.enum(['requested', 'active', 'ended', 'declined']),
            requestedAt: instant,
            givenAt: instant,
            givenBy: z.string().nullable(),
            until: instant,
            endedAt: instant,
            usedAt: instant,
          }),
        ),
        /** Who could be let in. */
        operators: z.array(z.object({ accountId: z.uuid(), name: z.string(), email: z.string() })),
      }),
      async run(_, { sql, now }) {
        const { rows } = await sql.query<GrantRow>(
          'select * from access_grant order by coalesce(given_at, requested_at) desc limit 100',
        )
        const all = await operators()
        const known = await accountsById([
          ...all,
          ...rows.flatMap((row) => [row.account_id, ...(row.given_by === null ? [] : [row.given_by])]),
        ])
        return {
          grants: rows.map((row) => ({
            grantId: row.id,
            accountId: row.account_id,
            name: known.get(row.account_id)?.name ?? null,
            scope: row.scope,
            hours: row.hours,
            reason: row.reason,
            state: stateOf(row, now),
            requestedAt: row.requested_at?.toISOString() ?? null,
            givenAt: row.given_at?.toISOString() ?? null,
            givenBy: (row.given_by && known.get(row.given_by)?.name) || null,
            until: row.until?.toISOString() ?? null,
            endedAt: row.ended_at?.toISOString() ?? null,
            usedAt: row.used_at?.toISOString() ?? null,
          })),
          operators: all.flatMap((accountId) => {
            const account = known.get(accountId)
            return account ? [{ accountId, ...account }] : []
          }),
        }
      },
    }),
    tenantOperation({
      id: 'grant.give',
      summary:
        'Lets an operator of the installation in, for a reason and a time; answers their request if there is one',
      needs: 'access:write',
      changes: true,
      stepUp: true,
      input: z.object({ accountId: z.uuid(), ...terms }),
      output: z.object({ until: z.iso.datetime() }),
      refuses: [accessErrors.no_operator, accessErrors.grant_open, accessErrors.already_member],
      async run({ accountId, ...given }, context) {
        const { sql, now, append, caller, tenant } = context
        if (!(await operators()).includes(accountId)) throw accessErrors.no_operator()
        await endGrants(context)
        await refuseMember(context, accountId)
        const { rows } = await sql.query<{ id: string }>(
          'delete from access_grant where account_id = $1 and given_at is null and ended_at is null returning id',
          [accountId],
        )
        const id = rows[0]?.id ?? context.newId()
        const until = new Date(now.getTime() + given.hours * 3_600_000)
        await add(context, { id, account_id: accountId, ...given, given_by: caller.accountId, given_at: now, until })
        await append({
          type: 'access.granted',
          about: { kind: 'grant', id },
          content: {
            after: { account: accountId, scope: given.scope, until: until.toISOString() },
            reason: { reason: given.reason },
          },
        })
        const job: EndJob = { tenantId: tenant.id }
        await context.enqueue(endQueue, job, until)
        // The tenant's own row decides; the registry only knows at which doors to ask.
        await registry.admit(tenant.id, accountId, 'operator', until)
        return { until: until.toISOString() }
      },
    }),
    tenantOperation({
      id: 'grant.end',
      summary: "Ends an operator's access at once, or declines a request",
      needs: 'access:write',
      changes: true,
      input: z.object({ grantId: z.uuid() }),
      output: z.object({}),
      refuses: [accessErrors.no_grant],
      async run({ grantId }, { sql, now, append, tenant }) {
        const { rows } = await sql.query<GrantRow>(
          'update access_grant set ended_at = $2 where id = $1 and ended_at is null returning *',
          [grantId, now],
        )
        const row = rows[0]
        if (!row) throw accessErrors.no_grant()
        await append(
          row.given_at === null
            ? { type: 'access.withdrawn', about: { kind: 'grant', id: grantId }, code: 'declined' }
            : { type: 'access.revoked', about: { kind: 'grant', id: grantId } },
        )
        if (row.given_at !== null) await registry.dismiss(tenant.id, row.account_id, 'operator')
        return {}
      },
    }),
  ]
}

/** Ends what ran out, with a leaf each; nobody could use it any more anyhow. */
export async function endGrants({ sql, now, append }: TenantContext): Promise<void> {
  const { rows } = await sql.query<{ id: string }>(
    'update access_grant set ended_at = until where ended_at is null and until <= $1 returning id',
    [now],
  )
  for (const { id } of rows)
    await append({ type: 'access.revoked', about: { kind: 'grant', id }, code: 'expired', by: 'system' })
}

function stateOf(row: GrantRow, now: Date): 'requested' | 'active' | 'ended' | 'declined' {
  if (row.until === null) return row.ended_at === null ? 'requested' : 'declined'
  return row.ended_at === null && row.until > now ? 'active' : 'ended'
}

async function refuseMember({ sql }: TenantContext, accountId: string): Promise<void> {
  const { rows } = await sql.query('select 1 from membership where account_id = $1', [accountId])
  if (rows.length > 0) throw accessErrors.already_member()
}

type NewGrant = Pick<GrantRow, 'id' | 'account_id' | 'scope' | 'reason' | 'hours'> & Partial<GrantRow>

/** @throws {access.grant_open} when one is open already */
async function add({ sql }: TenantContext, row: NewGrant): Promise<void> {
  const { rows } = await sql.query(
    `insert into access_grant (id, account_id, scope, reason, hours, requested_at, given_by, given_at, until)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (account_id) where ended_at is null do nothing returning id`,
    [
      row.id,
      row.account_id,
      row.scope,
      row.reason,
      row.hours,
      row.requested_at ?? null,
      row.given_by ?? null,
      row.given_at ?? null,
      row.until ?? null,
    ],
  )
  if (rows.length === 0) throw accessErrors.grant_open()
}
