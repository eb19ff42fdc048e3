import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Permission, Role, Standing, Upload } from '../kernel/index.ts'
import { bug, operationsFor, permissionsOf } from '../kernel/index.ts'
import { mayEnter, tenantErrors } from '../tenant/index.ts'
import type { OpenTenant, Registry, Tenant } from '../tenant/index.ts'
import type { KeyRing } from '../platform/index.ts'
import { prepare } from './append.ts'
import type { Actor, Commitments, Happening } from './append.ts'
import { inTransaction, kyselyOn, onConnection } from './connection.ts'
import type { Connection, NoTables } from './connection.ts'
import { findGrant, findGuest, findMember, noteVisit } from './doors.ts'
import type { Ledgers } from './keeper.ts'
import * as store from './store.ts'
import type { Appended, Queryable } from './store.ts'
import { openTogether } from './together.ts'

/** Who works in a tenant: a person by role, or art32 itself. */
export interface TenantCaller {
  readonly kind: 'user' | 'system'
  /** A system caller has the rights of an owner. */
  readonly role: Standing
  /** What the caller may do here: at most what the role carries. */
  readonly permissions: readonly Permission[]
  readonly accountId: string | null
}

/** One transaction in one tenant's database: what every operation of a tenant receives. No query exists without it. */
export interface TenantContext {
  readonly tenant: Tenant
  readonly caller: TenantCaller
  readonly db: Kysely<NoTables>
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

/** A person at the door of a tenant. */
export interface Entrant {
  readonly id: string
  /** How many factors they have shown: a tenant may ask for two. */
  readonly factors: 'one' | 'two'
  /**
   * The tenant whose provider opened the session, null for the person's own sign-in; left out for a program, of which nobody
   * asks a sign-in.
   */
  readonly through?: string | null
  /** The token a program shows: it enters its own tenant only, and may do no more there than this. */
  readonly token?: { readonly tenantId: string; readonly permissions: readonly Permission[] }
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
  /** Also lets in whoever is here as the guest of a room; without it, a guest does not find the tenant. */
  readonly guests?: boolean
  /** Asks only how somebody stands, and reads nothing: no visit of an operator. */
  readonly unseen?: boolean
  /**
   * Nothing will be written. Then no transaction begins: at PostgreSQL's usual isolation it would give a reader nothing, and
   * its beginning and end cost as much as two more queries.
   */
  readonly readsOnly?: boolean
}

/** How art32 itself begins a transaction. */
export interface AsSystemOptions extends WithinOptions {
  /** The account that asked for what art32 does; the ledger keeps it. */
  readonly inNameOf?: string
}

/** Ways into a tenant's database. */
export interface Tenants {
  /**
   * As a signed-in person.
   *
   * @throws {tenant.not_found | tenant.suspended | tenant.factor_needed | tenant.own_sign_in} not found also where the account has no role, or
   *   another tenant's provider opened the session
   */
  within<T>(slugOrId: string, account: Entrant, work: Work<T>, options?: WithinOptions): Promise<T>
  /** As art32 itself. @throws {tenant.not_found | tenant.suspended} */
  asSystem<T>(slugOrId: string, work: Work<T>, options?: AsSystemOptions): Promise<T>
  /** Adds a person to a tenant with a role. */
  join(slugOrId: string, accountId: string, role: Role): Promise<void>
}

/** Declares operations that work inside one tenant. */
export const tenantOperation = operationsFor<TenantContext>('tenant')

/**
 * Opens the ways into tenants.
 *
 * @param ledgers woken after each commit that appended or enqueued something
 * @param atFirst done in each tenant before anything else of this process: nobody has worked there since the last one ended
 * @param appended told of everything that is appended, in the same transaction
 */
export function openTenants(
  registry: Registry,
  ledgers: Pick<Ledgers, 'begin' | 'hold' | 'wake' | 'settle'>,
  now: () => Date,
  atFirst: Work<void>,
  appended: (context: TenantContext, happening: Happening) => Promise<void> = () => Promise.resolve(),
): Tenants {
  const begun = new Map<string, Promise<void>>()
  const together = openTogether()

  async function begin(open: OpenTenant): Promise<void> {
    await commit(await ledgers.begin(open), () => asArt32(), atFirst)
  }

  async function beginOnce(open: OpenTenant): Promise<void> {
    const { id } = open.tenant
    const beginning = begun.get(id) ?? begin(open)
    begun.set(id, beginning)
    await beginning.catch((error: unknown) => {
      begun.delete(id)
      throw error
    })
  }

  async function transact<T>(
    asked: OpenTenant,
    findCaller: (sql: Queryable) => Promise<TenantCaller>,
    work: Work<T>,
    { settled = false, evenSuspended = false, readsOnly = false }: WithinOptions = {},
  ): Promise<T> {
    if (asked.tenant.isSuspended && !evenSuspended) throw tenantErrors.suspended()
    await beginOnce(asked)
    const open = await ledgers.begin(asked)
    if (settled) await ledgers.settle(open)
    return await commit(open, findCaller, work, readsOnly)
  }

  async function commit<T>(
    open: OpenTenant,
    findCaller: (sql: Queryable) => Promise<TenantCaller>,
    work: Work<T>,
    readsOnly = false,
  ): Promise<T> {
    const held: Promise<() => void>[] = []
    const hold = async () => {
      if (readsOnly) throw bug('an operation that only reads wanted to write')
      if (held.length === 0) held.push(ledgers.hold(open.tenant.id))
      await held[0]
    }
    try {
      const within = async (sql: Connection, add: (row: Appended) => Promise<void>) => {
        let db: Kysely<NoTables> | undefined
        const caller = await findCaller(sql)
        const actor: Actor =
          caller.accountId === null ? { kind: caller.kind } : { kind: caller.kind, accountId: caller.accountId }
        const at = now()
        const context: TenantContext = {
          tenant: open.tenant,
          caller,
          get db() {
            return (db ??= kyselyOn(sql))
          },
          sql,
          now: at,
          dataKey: open.dataKey,
          newId: randomUUID,
          async append(happening) {
            await hold()
            const { row, commitments } = prepare(happening.by ? { kind: happening.by } : actor, happening, at)
            await add(row)
            await appended(context, happening)
            return commitments
          },
          async enqueue(queue, payload, startAfter) {
            await hold()
            await store.addToOutbox(sql, { id: randomUUID(), queue, payload, startAfter: startAfter ?? null })
          },
        }
        return await work(context)
      }
      const result = readsOnly
        ? await onConnection(open.connections, (sql) => within(sql, hold))
        : await inTransaction(open.connections, within, (rows) =>
            together.write(open.tenant.id, open.connections, rows),
          )
      if (held.length > 0) ledgers.wake(open)
      return result
    } finally {
      for (const hold of await Promise.allSettled(held)) if (hold.status === 'fulfilled') hold.value()
    }
  }

  /** As an operator whom the tenant let in: never without its being recorded. */
  async function visit<T>(open: OpenTenant, accountId: string, work: Work<T>, options?: WithinOptions): Promise<T> {
    return await transact(
      open,
      (sql) => findGrant(sql, accountId, now()),
      async (context) => {
        if (!options?.unseen) await noteVisit(context)
        return await work(context)
      },
      // The visit itself is written down.
      { ...options, readsOnly: false },
    )
  }

  /** Whether somebody who is no member is let in for a time. A program shows a member's token: it opens no other door. */
  async function visitOf(
    tenantId: string,
    { id, token }: Entrant,
    options?: WithinOptions,
  ): Promise<{ as: 'operator' } | { as: 'guest' } | null> {
    if (token) return null
    const visits = await registry.visits(tenantId, id)
    if (visits.includes('operator')) return { as: 'operator' }
    return options?.guests && visits.includes('guest') ? { as: 'guest' } : null
  }

  return {
    async within(slugOrId, account, work, options) {
      const { open, door: own } = await registry.openFor(slugOrId, account.id)
      const { token } = account
      if (token && token.tenantId !== open.tenant.id) throw tenantErrors.not_found()
      const door = own ? { as: 'member' as const, shown: own.role } : await visitOf(open.tenant.id, account, options)
      if (door === null) throw tenantErrors.not_found()
      if (account.through && account.through !== open.tenant.id) throw tenantErrors.not_found()
      if (!mayEnter(open.tenant, account.factors)) throw tenantErrors.factor_needed()
      if (door.as === 'operator') return await visit(open, account.id, work, options)
      if (door.as === 'guest') return await transact(open, (sql) => findGuest(sql, account), work, options)
      const find = async (sql: Queryable) => {
        // What the registry shows may be old, or forged: it is put right here, and nothing is decided by it.
        const show = async (role: Role | null) => {
          if (role !== door.shown) await registry.showRole(open.tenant.id, account.id, role)
        }
        const found = await findMember(sql, account, open.tenant).catch(async (error: unknown) => {
          await show(null)
          throw error
        })
        const { isFreeOfDemand, ...member } = found
        await show(isFreeOfDemand ? member.role : null)
        return member
      }
      return await transact(open, find, work, options)
    },
    async asSystem(slugOrId, work, options) {
      return await transact(await registry.open(slugOrId), () => asArt32(options?.inNameOf), work, options)
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
      await registry.grant(open.tenant.id, accountId, role)
    },
  }
}

function asArt32(inNameOf: string | null = null): Promise<TenantCaller> {
  return Promise.resolve({ kind: 'system', role: 'owner', permissions: permissionsOf('owner'), accountId: inNameOf })
}
