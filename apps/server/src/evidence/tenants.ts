import { randomUUID } from 'node:crypto'
import { CompiledQuery, Kysely, PostgresDialect } from 'kysely'
import type { Transaction } from 'kysely'
import type { Permission, Role, Upload } from '../kernel/index.ts'
import { operationsFor, permissionsOf } from '../kernel/index.ts'
import type { KeyRing } from '../platform/index.ts'
import { tenantErrors } from '../tenant/index.ts'
import type { OpenTenant, Registry, Tenant } from '../tenant/index.ts'
import { append } from './append.ts'
import type { Actor, Commitments, Happening } from './append.ts'
import type { Ledgers } from './keeper.ts'
import { startLog } from './sequencer.ts'
import * as store from './store.ts'
import type { Queryable } from './store.ts'

/** Who works in a tenant: a person by role, or art32 itself. */
export interface TenantCaller {
  readonly kind: 'user' | 'system'
  /** A system caller has the rights of an owner. */
  readonly role: Role
  /** What the caller may do here: at most what the role carries. */
  readonly permissions: readonly Permission[]
  readonly accountId: string | null
}

/** Tables that a store names for itself by `tx.db.withTables<…>()`. */
type NoTables = object

/** One transaction in one tenant's database: what every operation of a tenant receives. No query exists without it. */
export interface TenantContext {
  readonly tenant: Tenant
  readonly caller: TenantCaller
  readonly db: Transaction<NoTables>
  readonly sql: Queryable
  /** One instant for the whole transaction. */
  readonly now: Date
  readonly upload?: Upload
  readonly newId: () => string
  /** Seals and opens the tenant's own secrets. */
  readonly dataKey: KeyRing
  /** Appends to the ledger in this transaction. */
  readonly append: (happening: Happening) => Promise<Commitments>
  /** Puts a job into the queue when, and only if, this transaction commits. */
  readonly enqueue: (queue: string, payload: object, startAfter?: Date) => Promise<void>
}

/** What is done in one transaction. */
type Work<T> = (context: TenantContext) => Promise<T>

/** How a transaction begins. */
export interface WithinOptions {
  /**
   * Gives every waiting leaf its place before the transaction begins. Inside, it would hold one connection of the
   * tenant's few while it waits for another.
   */
  readonly settled?: boolean
  /** Also in a tenant that is suspended: for what it published, and for keeping its records whole. */
  readonly evenSuspended?: boolean
}

/** Ways into a tenant's database. */
export interface Tenants {
  /** As a signed-in person. @throws {tenant.not_found | tenant.suspended} not found also where the account has no role */
  within<T>(slugOrId: string, account: { id: string }, work: Work<T>, options?: WithinOptions): Promise<T>
  /** As art32 itself. @throws {tenant.not_found | tenant.suspended} */
  asSystem<T>(slugOrId: string, work: Work<T>, options?: WithinOptions): Promise<T>
  /** Adds a person to a tenant with a role. */
  join(slugOrId: string, accountId: string, role: Role): Promise<void>
}

/** Declares operations that work inside one tenant. */
export const tenantOperation = operationsFor<TenantContext>('tenant')

/** Opens the ways into tenants. @param ledgers woken after each commit that appended or enqueued something */
export function openTenants(registry: Registry, ledgers: Pick<Ledgers, 'wake' | 'settle'>, now: () => Date): Tenants {
  const started = new Set<string>()

  async function transact<T>(
    open: OpenTenant,
    findCaller: (sql: Queryable) => Promise<TenantCaller>,
    work: Work<T>,
    { settled = false, evenSuspended = false }: WithinOptions = {},
  ): Promise<T> {
    if (open.tenant.isSuspended && !evenSuspended) throw tenantErrors.suspended()
    if (!started.has(open.tenant.id)) {
      await startLog(store.queryable(open.connections), open.signer)
      started.add(open.tenant.id)
    }
    if (settled) await ledgers.settle(open)
    let dirty = false
    const db = new Kysely<NoTables>({ dialect: new PostgresDialect({ pool: open.connections }) })
    const result = await db.transaction().execute(async (tx) => {
      const sql: Queryable = {
        query: async <R extends object>(text: string, values: unknown[] = []) => ({
          rows: [...(await tx.executeQuery<R>(CompiledQuery.raw(text, values))).rows],
        }),
      }
      const caller = await findCaller(sql)
      const actor: Actor =
        caller.accountId === null ? { kind: caller.kind } : { kind: caller.kind, accountId: caller.accountId }
      const at = now()
      return await work({
        tenant: open.tenant,
        caller,
        db: tx,
        sql,
        now: at,
        dataKey: open.dataKey,
        newId: randomUUID,
        append(happening) {
          dirty = true
          return append(sql, actor, happening, at)
        },
        enqueue(queue, payload, startAfter) {
          dirty = true
          return store.addToOutbox(sql, { id: randomUUID(), queue, payload, startAfter: startAfter ?? null })
        },
      })
    })
    if (dirty) ledgers.wake(open)
    return result
  }

  return {
    async within(slugOrId, account, work, options) {
      const open = await registry.open(slugOrId)
      if (!(await registry.mayOpen(open.tenant.id, account.id))) throw tenantErrors.not_found()
      return await transact(open, (sql) => findMember(sql, account.id), work, options)
    },
    async asSystem(slugOrId, work, options) {
      const caller: TenantCaller = {
        kind: 'system',
        role: 'owner',
        permissions: permissionsOf('owner'),
        accountId: null,
      }
      return await transact(await registry.open(slugOrId), () => Promise.resolve(caller), work, options)
    },
    async join(slugOrId, accountId, role) {
      const open = await registry.open(slugOrId)
      await this.asSystem(slugOrId, async ({ sql, append: note, now: at }) => {
        await sql.query(
          'insert into membership (account_id, role, since) values ($1, $2, $3) on conflict (account_id) do update set role = excluded.role',
          [accountId, role, at],
        )
        await note({
          type: 'access.granted',
          about: { kind: 'account', id: accountId },
          content: { content: { role } },
        })
      })
      await registry.grant(open.tenant.id, accountId)
    },
  }
}

async function findMember(sql: Queryable, accountId: string): Promise<TenantCaller> {
  const { rows } = await sql.query<{ role: Role }>('select role from membership where account_id = $1', [accountId])
  const role = rows[0]?.role
  if (!role) throw tenantErrors.not_found()
  return { kind: 'user', role, permissions: permissionsOf(role), accountId }
}
