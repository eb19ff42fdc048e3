import { canonicalize } from '@art32/ledger'
import { escapeIdentifier } from 'pg'
import type { Pool } from 'pg'
import { integratePending } from '../evidence/index.ts'
import type { Queryable, TenantContext, Tenants } from '../evidence/index.ts'
import { errorClass, openAlone } from '../platform/index.ts'
import type { Crew, Log } from '../platform/index.ts'
import { AppError, permissionsOf } from '../kernel/index.ts'
import type { Role } from '../kernel/index.ts'
import type { Registry, Tenant } from '../tenant/index.ts'
import { waysIn } from './belonging.ts'
import { privacyErrors } from './errors.ts'
import { inControl } from './installation-log.ts'

/** Openings that one transaction erases or looks through. */
const batchSize = 5_000

/** The person whose account goes. */
export interface Leaver {
  readonly id: string
  readonly name: string
  readonly email: string
}

/** What was erased where, by the name of the table. */
export type Erased = Readonly<Record<string, number>>

/** What a person is told of the deletion: it names nobody. */
export interface Receipt {
  readonly format: 'art32.receipt-of-erasure/1'
  readonly account: string
  readonly requestedAt: string
  readonly erasedAt: string
  readonly erased: Erased
}

/** Deletes accounts for good. */
export interface Erasures {
  /** The tenants that would have no owner without this account. */
  ownedAlone(accountId: string): Promise<Tenant[]>
  /** @throws {privacy.last_owner} */
  erase(leaver: Leaver): Promise<Receipt>
  /** After a start and daily: finishes the deletions that a crash interrupted. */
  finish(): Promise<void>
}

interface Closing extends Leaver {
  readonly requestedAt: Date
}

/** Whom to erase in one database. Names are chosen by whoever bears them: only where it says so do they count. */
interface Sought {
  readonly id: string
  readonly email: string
  readonly name: string | null
}

/** Opens the deleting of accounts. */
export function openErasures({
  control,
  registry,
  tenants,
  now,
  log,
  crew = openAlone(),
}: {
  control: Pool
  registry: Registry
  tenants: Tenants
  now: () => Date
  log: Log
  crew?: Pick<Crew, 'tryHold' | 'hold'>
}): Erasures {
  const within = <T>(id: string, work: (tx: TenantContext) => Promise<T>, settled = false) =>
    tenants.asSystem(id, work, { evenSuspended: true, settled })

  async function tenantsOf(accountId: string): Promise<Tenant[]> {
    const { rows } = await control.query<{ tenant_id: string }>(
      'select tenant_id from tenant_account where account_id = $1',
      [accountId],
    )
    const mine = new Set(rows.map((row) => row.tenant_id))
    return (await registry.list()).filter(({ id }) => mine.has(id))
  }

  async function ownedAlone(accountId: string): Promise<Tenant[]> {
    const alone: Tenant[] = []
    for (const tenant of await tenantsOf(accountId))
      if (await within(tenant.id, (tx) => isLastOwner(tx, accountId))) alone.push(tenant)
    return alone
  }

  /** Ends the memberships first: only this may still be refused, where the other owner left at the same moment. */
  async function leave(accountId: string): Promise<void> {
    for (const tenant of await tenantsOf(accountId)) {
      await within(tenant.id, async (tx) => {
        if (await isLastOwner(tx, accountId)) throw privacyErrors.last_owner({ tenants: tenant.slug })
        const { rows } = await tx.sql.query<{ role: Role }>(
          'delete from membership where account_id = $1 returning role',
          [accountId],
        )
        if (rows.some(({ role }) => permissionsOf(role).includes('register:write')))
          await control.query('update account_closing set named_in = named_in || $2::uuid where account_id = $1', [
            accountId,
            tenant.id,
          ])
        for (const { role } of rows)
          await tx.append({
            type: 'access.revoked',
            about: { kind: 'account', id: accountId },
            content: { content: { role } },
          })
      })
      await control.query(countingOn, [accountId, { membership: 1 }])
      await registry.revoke(tenant.id, accountId)
    }
  }

  async function removeAccount(leaver: Leaver): Promise<void> {
    await inControl(control, leaver.id, async ({ sql }) => {
      await sql.query(countingOn, [leaver.id, await eraseRows(sql, 'control', { ...leaver, name: null })])
    })
  }

  async function eraseInTenant(tenant: Tenant, sought: Sought): Promise<Erased> {
    const note = async (tx: TenantContext, erased: Erased) => {
      if (Object.keys(erased).length > 0)
        await tx.append({
          type: 'account.erased',
          about: { kind: 'account', id: sought.id },
          content: { content: erased },
        })
      return erased
    }
    const isKnown = await within(tenant.id, async ({ sql }) => {
      const { rows } = await sql.query('select 1 from log_entry where subject = $1 limit 1', [sought.id])
      return rows.length > 0
    })
    // Whoever never was a member here has nothing to take away here, whatever address they signed up with.
    if (!isKnown) return {}
    let all = await within(
      tenant.id,
      async (tx) => {
        const erased = await eraseRows(tx.sql, 'tenant', sought)
        // A draft is made anew from the register, which names nobody of this name any more.
        if ((erased['measure'] ?? 0) > 0) await tx.sql.query(`delete from edition where state = 'draft'`)
        return await note(tx, erased)
      },
      true,
    )
    for (const step of ledgerSteps) {
      for (let from: Buffer | null = Buffer.alloc(0); from;) {
        const at: Buffer = from
        const batch: Batch = await within(tenant.id, async (tx) => {
          const found = await step(tx.sql, sought, at, tx.now)
          await note(tx, found.erased === 0 ? {} : { opening: found.erased })
          return found
        })
        all = sum(all, batch.erased === 0 ? {} : { opening: batch.erased })
        from = batch.next
      }
    }
    return all
  }

  async function eraseInControl(sought: Sought): Promise<Erased> {
    let erased = 0
    for (const step of ledgerSteps) {
      for (let from: Buffer | null = Buffer.alloc(0); from;) {
        const at: Buffer = from
        const batch: Batch = await inControl(control, null, ({ sql }) => step(sql, sought, at, now()))
        erased += batch.erased
        from = batch.next
      }
    }
    return erased === 0 ? {} : { opening: erased }
  }

  async function complete(closing: Closing): Promise<Receipt> {
    const { id } = closing
    await leave(id)
    await removeAccount(closing)
    const { rows: closings } = await control.query<{ named_in: string[] }>(
      'select named_in from account_closing where account_id = $1',
      [id],
    )
    // Also where the person is no member any more: what they once did there names them still.
    for (const tenant of await registry.list()) {
      const name = closings[0]?.named_in.includes(tenant.id) ? closing.name : null
      await control.query(countingOn, [id, await eraseInTenant(tenant, { ...closing, name })])
    }
    await integratePending(control, registry.instance)
    await control.query(countingOn, [id, await eraseInControl({ ...closing, name: null })])
    const receipt = await inControl(control, null, async ({ sql, note }) => {
      const { rows } = await sql.query<{ counts: Erased }>(
        'delete from account_closing where account_id = $1 returning counts',
        [id],
      )
      const receipt: Receipt = {
        format: 'art32.receipt-of-erasure/1',
        account: id,
        requestedAt: closing.requestedAt.toISOString(),
        erasedAt: now().toISOString(),
        erased: rows[0]?.counts ?? {},
      }
      if (rows[0]) await note('account.erased', { kind: 'account', id }, receipt)
      return receipt
    })
    await integratePending(control, registry.instance)
    return receipt
  }

  async function listClosing(): Promise<Closing[]> {
    const { rows } = await control.query<Closing>(
      'select account_id as id, name, email, requested_at as "requestedAt" from account_closing',
    )
    return rows
  }

  async function finishOne(closing: Closing): Promise<void> {
    await complete(closing).catch(async (error: unknown) => {
      if (isRefusal(error)) await undo(closing.id)
      // A tenant whose database is away must not keep art32 from starting; the next daily run tries again.
      else log.error('erasure.failed', { error: errorClass(error) })
    })
  }

  const nameOf = (id: string) => `erasing ${id}`
  const undo = (id: string) => control.query('delete from account_closing where account_id = $1', [id])

  return {
    ownedAlone,
    async erase(leaver) {
      const alone = await ownedAlone(leaver.id)
      if (alone.length > 0) throw privacyErrors.last_owner({ tenants: alone.map(({ slug }) => slug).join(', ') })
      const closing = { ...leaver, requestedAt: now() }
      await control.query(
        `insert into account_closing (account_id, name, email, requested_at) values ($1, $2, $3, $4)
         on conflict (account_id) do nothing`,
        [leaver.id, leaver.name, leaver.email, closing.requestedAt],
      )
      // Another process may just be finishing the same one.
      const release = await crew.hold(nameOf(leaver.id))
      try {
        return await complete(closing)
      } catch (error) {
        if (isRefusal(error)) await undo(leaver.id)
        throw error
      } finally {
        await release?.()
      }
    },
    async finish() {
      for (const { id } of await listClosing()) {
        const release = await crew.tryHold(nameOf(id))
        // Another process is at it.
        if (release === null) continue
        try {
          const closing = (await listClosing()).find((one) => one.id === id)
          if (closing) await finishOne(closing)
        } finally {
          await release()
        }
      }
    },
  }
}

/** Adds what was erased to what the deletion has erased so far. */
const countingOn = `update account_closing set counts = (
  select coalesce(jsonb_object_agg(name, amount), '{}') from (
    select key as name, sum(value::int) as amount
    from (select * from jsonb_each_text(counts) union all select * from jsonb_each_text($2::jsonb)) as both_counts
    group by key
  ) as summed
) where account_id = $1`

function isRefusal(error: unknown): boolean {
  return error instanceof AppError && error.code === privacyErrors.last_owner.definition.code
}

/** Held until the transaction ends: of two last owners who leave at the same moment one stays. */
async function isLastOwner({ sql }: TenantContext, accountId: string): Promise<boolean> {
  const { rows } = await sql.query<{ account_id: string }>(
    `select account_id from membership where role = 'owner' order by account_id for update`,
  )
  return rows.length === 1 && rows[0]?.account_id === accountId
}

/**
 * Deletes what lies at a mail address in a tenant, for somebody without an account; what is kept stays, as `fields.ts` says.
 *
 * @returns rows by table
 */
export async function eraseAddress({ sql }: TenantContext, email: string): Promise<Erased> {
  // No account has this id, and no name is given: whoever is called the same loses nothing.
  return await eraseRows(sql, 'tenant', { id: 'nobody', email, name: null })
}

/** Deletes the rows that belong to an account and empties what names it, as `fields.ts` declares them. */
async function eraseRows(
  sql: Queryable,
  database: 'control' | 'tenant',
  { id, email, name: called }: Sought,
): Promise<Erased> {
  const erased: Record<string, number> = {}
  // What hangs on the account goes before the account itself.
  const ways = waysIn(database).toSorted((a, b) => Number(a.table === 'account') - Number(b.table === 'account'))
  for (const { table, column, belongs } of ways) {
    const at = escapeIdentifier(column)
    const statement = {
      'of account': ['delete', `${at}::text = $1`, [id]],
      'kept for person': null,
      'kept at address': ['empty', `lower(${at}) = lower($1)`, [email]],
      'at address': ['delete', `lower(${at}) = lower($1)`, [email]],
      'by account': ['empty', `${at}::text = $1`, [id]],
      naming: ['empty', `lower(${at}) in (lower($1), lower($2))`, [called ?? email, email]],
      'kept for account': null,
    }[belongs] as readonly ['delete' | 'empty', string, string[]] | null
    if (!statement) continue
    const [verb, where, values] = statement
    const name = escapeIdentifier(table)
    const change = verb === 'delete' ? `delete from ${name}` : `update ${name} set ${at} = null`
    const { rows } = await sql.query<{ n: number }>(
      `with changed as (${change} where ${where} returning 1) select count(*)::int as n from changed`,
      values,
    )
    const n = rows[0]?.n ?? 0
    if (n > 0) erased[table] = (erased[table] ?? 0) + n
  }
  return erased
}

interface Batch {
  readonly erased: number
  /** From where to go on; null at the end. */
  readonly next: Buffer | null
}

/** Whether an opening on the page is one of a published edition. */
const published = {
  opening: `select 1 from log_entry e where e.idx = p.idx and e.type = 'edition.published'`,
  earlier_opening: `select 1 from earlier_entry e where e.log_id = p.log_id and e.idx = p.idx
    and position('"type":"edition.published"'::bytea in e.leaf) > 0`,
}

/** A log that was sealed, as after a restore, holds who acted there as the present one does. */
const ledgerSteps = (['opening', 'earlier_opening'] as const).flatMap((table) => [
  (...[sql, sought, , at]: Step) => eraseActions(table, sql, sought, at),
  (...[sql, sought, from, at]: Step) => eraseContents(table, sql, sought, from, at),
])

type Step = [sql: Queryable, sought: Sought, from: Buffer, at: Date]
type OpeningTable = 'opening' | 'earlier_opening'

/** Erases who acted, where it was this account: the leaf keeps a hash of random bits. */
async function eraseActions(table: OpeningTable, sql: Queryable, { id }: Sought, at: Date): Promise<Batch> {
  const { rows } = await sql.query<{ n: number }>(
    `with gone as (
       update ${table} set salt = null, content = null, erased_at = $1
       where commitment = any (array(
         select commitment from ${table}
         where role = 'actor' and content is not null and content >= $2 and content < $3 limit $4 for update
       )) returning 1
     ) select count(*)::int as n from gone`,
    [at, ...actorRange(id), batchSize],
  )
  const erased = rows[0]?.n ?? 0
  return { erased, next: erased === batchSize ? Buffer.alloc(0) : null }
}

/** The contents that say "this account", as canonical JSON begins them. */
export function actorRange(accountId: string): [Buffer, Buffer] {
  const begin = canonicalize({ account: accountId }).slice(0, -1)
  return [Buffer.from(begin), Buffer.concat([Buffer.from(begin), Buffer.from([0xff])])]
}

/**
 * Erases contents that hold the account's id or address, or its name as an owner. What editions published opens in the proof of
 * others and stays; it shows roles.
 */
async function eraseContents(
  table: OpeningTable,
  sql: Queryable,
  { id, name, email }: Sought,
  from: Buffer,
  at: Date,
): Promise<Batch> {
  // Canonical JSON: what is sought as a name counts as an owner only, never as a key or a word of the software.
  const said = [
    JSON.stringify(id),
    JSON.stringify(email),
    ...(name === null ? [] : [`"owner":${JSON.stringify(name)}`]),
  ]
  const { rows } = await sql.query<{ n: number; next: Buffer | null }>(
    `with page as (
       select * from ${table} where commitment > $1 order by commitment limit $2
     ), gone as (
       update ${table} o set salt = null, content = null, erased_at = $3 from page p
       where o.commitment = p.commitment and p.role <> 'actor' and p.content is not null
         and exists (select 1 from unnest($4::bytea[]) as said where position(said in p.content) > 0)
         and not exists (${published[table]})
       returning 1
     ) select (select count(*)::int from gone) as n,
       (select commitment from page order by commitment offset $2 - 1 limit 1) as next`,
    [from, batchSize, at, said.map((text) => Buffer.from(text))],
  )
  return { erased: rows[0]?.n ?? 0, next: rows[0]?.next ?? null }
}

function sum(a: Erased, b: Erased): Erased {
  const all: Record<string, number> = { ...a }
  for (const [name, n] of Object.entries(b)) all[name] = (all[name] ?? 0) + n
  return all
}
