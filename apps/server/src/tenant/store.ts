import type { Pool, PoolClient } from 'pg'
import type { Role } from '../kernel/index.ts'
import type { Tenant } from './tenant.ts'

/** A row of the registry, with its sealed secrets. */
export interface TenantRow {
  readonly id: string
  readonly public_id: string
  readonly slug: string
  readonly name: string
  readonly language: 'en' | 'de'
  readonly state: 'creating' | 'ready' | 'suspended' | 'deleting'
  readonly server: string
  readonly database_name: string
  readonly role_password: Buffer | null
  readonly schema_digest: string | null
  readonly data_key: Buffer
  readonly ledger_key: Buffer
  readonly ledger_vkey: string
  readonly anchored_size: string
  readonly log_number: number
  readonly next_ledger_key: Buffer | null
  readonly next_ledger_vkey: string | null
  readonly former_vkeys: readonly string[]
  readonly needs_factor: boolean
  readonly since: Date
  readonly data_key_since: Date
  readonly earlier_data_key: Buffer | null
  readonly importing_by: string | null
  readonly closing_by: string | null
  readonly closing_at: Date | null
}

/** The installation's own row. */
export interface InstallationRow {
  readonly public_id: string
  readonly ledger_key: Buffer
  readonly ledger_vkey: string
  readonly log_number: number
  readonly former_vkeys: readonly string[]
  readonly session_secret: Buffer | null
  readonly master_key_since: Date
}

type Queryable = Pick<Pool | PoolClient, 'query'>

export async function findInstallation(db: Queryable): Promise<InstallationRow | undefined> {
  const { rows } = await db.query<InstallationRow>(
    'select public_id, ledger_key, ledger_vkey, log_number, former_vkeys, session_secret, master_key_since from installation where id = 1',
  )
  return rows[0]
}

/** Every value that lies under the master key: its column, the column that names its row, and its place. */
export const underMasterKey = [
  { table: 'installation', column: 'ledger_key', place: 'installation/ledger_key' },
  { table: 'installation', column: 'session_secret', place: 'installation/session_secret' },
  { table: 'installation', column: 'witness_key', place: 'installation/witness_key' },
  { table: 'tenant', column: 'data_key', place: 'tenant:{id}/data_key' },
  { table: 'tenant', column: 'earlier_data_key', place: 'tenant:{id}/data_key' },
  { table: 'tenant', column: 'next_ledger_key', place: 'tenant:{id}/next_ledger_key' },
  { table: 'tenant', column: 'role_password', place: 'tenant:{id}/role_password' },
  { table: 'tenant', column: 'backup_key', place: 'tenant:{id}/backup_key' },
  { table: 'backup_run', column: 'drill_key', place: 'backup:{id}/drill_key' },
] as const

/** What the registry says of a tenant whose database is backed up or restored. */
export interface StoredTenant {
  readonly id: string
  readonly public_id: string
  readonly database_name: string
  readonly role_password: Buffer
}

/** The tenants that have a database, as a copy of the control database knows them. */
export const storedTenants = `select id, public_id, database_name, role_password from tenant
  where state in ('ready', 'suspended') and importing_by is null order by since, id`

/** The sealed key of a tenant's backups; of two that make one at the same moment, one is kept. */
export async function keepBackupKey(db: Queryable, id: string, made: Buffer): Promise<Buffer | undefined> {
  await db.query('update tenant set backup_key = $2 where id = $1 and backup_key is null', [id, made])
  return await findBackupKey(db, id)
}

export async function findBackupKey(db: Queryable, id: string): Promise<Buffer | undefined> {
  const { rows } = await db.query<{ key: Buffer | null }>(
    `select backup_key as key from tenant where id = $1 and state in ('ready', 'suspended')`,
    [id],
  )
  return rows[0]?.key ?? undefined
}

/** How many tenants lie on each server, those that are being made or deleted among them. */
export async function countOnServers(db: Queryable): Promise<Map<string, number>> {
  const { rows } = await db.query<{ server: string; n: number }>(
    'select server, count(*)::int as n from tenant group by server',
  )
  return new Map(rows.map(({ server, n }) => [server, n]))
}

/** A tenant lies on another server from here on, if it still lies where it did. @returns whether it does */
export async function setServer(
  db: Queryable,
  id: string,
  { from, to, database, rolePassword }: { from: string; to: string; database: string; rolePassword: Buffer },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update tenant set server = $3, role_password = $4, schema_digest = null
     where id = $1 and server = $2 and database_name = $5 and state in ('ready', 'suspended')`,
    [id, from, to, rolePassword, database],
  )
  return rowCount === 1
}

/** Whether a tenant is being moved, or a move of it is not quite over. */
export async function isMoving(db: Queryable, id: string): Promise<boolean> {
  return (await db.query('select from tenant_move where tenant_id = $1', [id])).rowCount === 1
}

/** Where a tenant lies; its migrations are looked at anew. */
export async function setDatabase(db: Queryable, id: string, name: string, rolePassword: Buffer): Promise<void> {
  await db.query('update tenant set database_name = $2, role_password = $3, schema_digest = null where id = $1', [
    id,
    name,
    rolePassword,
  ])
}

export async function findRestoredAt(db: Queryable): Promise<Date | null> {
  const { rows } = await db.query<{ at: Date | null }>('select restored_at as at from installation where id = 1')
  return rows[0]?.at ?? null
}

export async function endRestore(db: Queryable): Promise<void> {
  await db.query('update installation set restored_at = null where restored_at is not null')
}

/** The sealed keys of all tenants' backups. */
export async function listBackupKeys(db: Queryable): Promise<{ id: string; key: Buffer }[]> {
  const { rows } = await db.query<{ id: string; key: Buffer }>(
    `select id, backup_key as key from tenant where backup_key is not null and state in ('ready', 'suspended') order by id`,
  )
  return rows
}

/** The values of one column under the master key, held until the transaction ends. */
export async function listSealed(
  db: Queryable,
  { table, column }: (typeof underMasterKey)[number],
): Promise<{ id: string; value: Buffer }[]> {
  const { rows } = await db.query<{ id: string; value: Buffer }>(
    `select id::text as id, ${column} as value from ${table} where ${column} is not null and octet_length(${column}) > 0 for update`,
  )
  return rows
}

export async function setSealed(
  db: Queryable,
  { table, column }: (typeof underMasterKey)[number],
  id: string,
  value: Buffer,
): Promise<void> {
  await db.query(`update ${table} set ${column} = $2 where id::text = $1`, [id, value])
}

export async function setMasterKeySince(db: Queryable, at: Date): Promise<void> {
  await db.query('update installation set master_key_since = $1', [at])
}

export async function setSessionSecret(db: Queryable, value: Buffer): Promise<void> {
  await db.query('update installation set session_secret = $1 where session_secret is null', [value])
}

/** The sealed key of the witness; of two that make one at the same moment, one is kept. */
export async function keepWitnessKey(db: Queryable, make: () => Buffer): Promise<Buffer> {
  const find = async () =>
    (await db.query<{ key: Buffer | null }>('select witness_key as key from installation where id = 1')).rows[0]?.key
  const known = await find()
  if (known) return known
  const made = make()
  await db.query('update installation set witness_key = $1 where witness_key is null', [made])
  return (await find()) ?? made
}

/** Gives a tenant a new data key beside the present one; does nothing where a rotation is under way. */
export async function startRotation(
  db: Queryable,
  id: string,
  { dataKey, ledgerKey, at }: { dataKey: Buffer; ledgerKey: Buffer; at: Date },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update tenant set earlier_data_key = data_key, data_key = $2, ledger_key = $3, data_key_since = $4
     where id = $1 and earlier_data_key is null and state in ('ready', 'suspended')`,
    [id, dataKey, ledgerKey, at],
  )
  return rowCount === 1
}

export async function endRotation(db: Queryable, id: string): Promise<void> {
  await db.query('update tenant set earlier_data_key = null where id = $1', [id])
}

export async function saveInstallation(
  db: Queryable,
  row: Pick<InstallationRow, 'public_id' | 'ledger_key' | 'ledger_vkey'>,
  since: Date,
): Promise<void> {
  await db.query(
    `insert into installation (id, public_id, ledger_key, ledger_vkey, since, master_key_since) values (1, $1, $2, $3, $4, $4)`,
    [row.public_id, row.ledger_key, row.ledger_vkey, since],
  )
}

export async function saveTenant(
  db: Queryable,
  row: Omit<
    TenantRow,
    | 'anchored_size'
    | 'log_number'
    | 'next_ledger_key'
    | 'next_ledger_vkey'
    | 'former_vkeys'
    | 'role_password'
    | 'schema_digest'
    | 'state'
    | 'needs_factor'
    | 'data_key_since'
    | 'earlier_data_key'
    | 'closing_by'
    | 'closing_at'
  >,
): Promise<void> {
  await db.query(
    `insert into tenant (id, public_id, slug, name, language, state, database_name, data_key, ledger_key, ledger_vkey, since, data_key_since, importing_by, server)
     values ($1, $2, $3, $4, $5, 'creating', $6, $7, $8, $9, $10, $10, $11, $12)`,
    [
      row.id,
      row.public_id,
      row.slug,
      row.name,
      row.language,
      row.database_name,
      row.data_key,
      row.ledger_key,
      row.ledger_vkey,
      row.since,
      row.importing_by,
      row.server,
    ],
  )
}

export async function setReady(db: Queryable, id: string, rolePassword: Buffer, schema: string | null): Promise<void> {
  await db.query(
    `update tenant set state = 'ready', role_password = $2, schema_digest = $3 where id = $1 and state = 'creating'`,
    [id, rolePassword, schema],
  )
}

export async function setSchema(db: Queryable, id: string, schema: string): Promise<void> {
  await db.query('update tenant set schema_digest = $2 where id = $1', [id, schema])
}

/** Notes that a tenant has something in hand. */
export async function mark(db: Queryable, id: string, process: string): Promise<void> {
  await db.query('insert into tenant_activity (tenant_id, process_id) values ($1, $2) on conflict do nothing', [
    id,
    process,
  ])
}

export async function unmark(db: Queryable, id: string, process: string): Promise<void> {
  await db.query('delete from tenant_activity where tenant_id = $1 and process_id = $2', [id, process])
}

export async function listMarked(db: Queryable): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select t.id from tenant t where t.state <> 'deleting' and exists (select from tenant_activity a where a.tenant_id = t.id)
     order by t.since, t.slug`,
  )
  return rows.map(({ id }) => id)
}

/** What processes that are no more had in hand is this one's from now on. */
export async function adopt(db: Queryable, dead: readonly string[], process: string): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `with left_behind as (
       delete from tenant_activity where process_id = any($1::uuid[])
         or process_id not in (select id from process) returning tenant_id),
     taken as (
       insert into tenant_activity (tenant_id, process_id) select distinct tenant_id, $2::uuid from left_behind
       on conflict do nothing)
     select t.id from tenant t where t.state <> 'deleting' and t.id in (select tenant_id from left_behind)
     order by t.since, t.slug`,
    [dead, process],
  )
  return rows.map(({ id }) => id)
}

/** How far the logs of some tenants stand in the instance log. No other process notes more before the transaction ends. */
export async function lockAnchored(
  db: Queryable,
  ids: readonly string[],
): Promise<Pick<TenantRow, 'id' | 'public_id' | 'log_number' | 'anchored_size'>[]> {
  const { rows } = await db.query<Pick<TenantRow, 'id' | 'public_id' | 'log_number' | 'anchored_size'>>(
    `select id, public_id, log_number, anchored_size from tenant where id = any($1::uuid[]) and state <> 'deleting'
     order by id for no key update`,
    [ids],
  )
  return rows
}

export async function setAnchored(db: Queryable, sizes: readonly { id: string; size: number }[]): Promise<void> {
  await db.query(
    `update tenant set anchored_size = head.size from unnest($1::uuid[], $2::bigint[]) as head (id, size)
     where tenant.id = head.id and anchored_size < head.size`,
    [sizes.map(({ id }) => id), sizes.map(({ size }) => size)],
  )
}

/** Keeps the key that a tenant's next log is going to have. */
export async function setNextKey(db: Queryable, id: string, next: { key: Buffer; vkey: string }): Promise<void> {
  await db.query('update tenant set next_ledger_key = $2, next_ledger_vkey = $3 where id = $1', [
    id,
    next.key,
    next.vkey,
  ])
}

/** The next key is the present one, and the one before is destroyed. @returns false where that was done already */
export async function setNextLog(
  db: Queryable,
  id: string,
  next: { number: number; key: Buffer; vkey: string },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update tenant set log_number = $2, ledger_key = $3, ledger_vkey = $4, former_vkeys = former_vkeys || ledger_vkey,
       next_ledger_key = null, next_ledger_vkey = null, anchored_size = 0
     where id = $1 and next_ledger_vkey = $4`,
    [id, next.number, next.key, next.vkey],
  )
  return rowCount === 1
}

/** The present log of a tenant is another one: nothing of that stands in the instance log yet. */
export async function setLog(db: Queryable, id: string, number: number, vkey: string): Promise<void> {
  await db.query('update tenant set log_number = $2, ledger_vkey = $3, anchored_size = 0 where id = $1', [
    id,
    number,
    vkey,
  ])
}

/** The present log of the installation is another one: nothing of any tenant stands in that yet. */
export async function setInstanceKey(
  db: Queryable,
  { number, key, vkey }: { number: number; key: Buffer; vkey: string },
): Promise<void> {
  await db.query(
    `update installation set log_number = $1, ledger_key = $2, ledger_vkey = $3, former_vkeys = former_vkeys || ledger_vkey where id = 1`,
    [number, key, vkey],
  )
  await db.query('update tenant set anchored_size = 0')
}

export async function setInstanceLog(db: Queryable, number: number, vkey: string): Promise<void> {
  await db.query('update installation set log_number = $1, ledger_vkey = $2 where id = 1', [number, vkey])
  await db.query('update tenant set anchored_size = 0')
}

export async function findTenant(db: Queryable, slugOrId: string): Promise<TenantRow | undefined> {
  const [name, where] = isUuid(slugOrId) ? ['one by id', 'id = $1'] : ['one', 'slug = $1 or public_id = $1']
  const text = `select * from tenant where ${where}`
  const { rows } = await db.query<TenantRow>({ name: `tenant, ${name}`, text, values: [slugOrId] })
  return rows[0]
}

/** A tenant with the door of an account: whether it is a member, and the role as it was last seen. */
export async function findTenantFor(
  db: Queryable,
  slugOrId: string,
  accountId: string,
): Promise<(TenantRow & { readonly is_member: boolean; readonly role: Role | null }) | undefined> {
  const [name, where] = isUuid(slugOrId) ? ['tenant by id', 't.id = $1'] : ['tenant', 't.slug = $1 or t.public_id = $1']
  const { rows } = await db.query<TenantRow & { is_member: boolean; role: Role | null }>({
    // Comes with each request, so PostgreSQL plans it only once in a connection.
    name,
    text: `select t.*, a.account_id is not null as is_member, a.role
      from tenant t left join tenant_account a on a.tenant_id = t.id and a.account_id = $2 where ${where}`,
    values: [slugOrId, accountId],
  })
  return rows[0]
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
}

/** Those that are there; one that is being deleted is none any more, one that is being imported none yet. */
export async function listTenants(db: Queryable): Promise<TenantRow[]> {
  const { rows } = await db.query<TenantRow>(
    `select * from tenant where state <> 'deleting' and importing_by is null order by since, slug`,
  )
  return rows
}

/** @param now null: without those that the account is let into for a time */
export async function listTenantsOf(
  db: Queryable,
  accountId: string,
  now: Date | null,
): Promise<(TenantRow & { readonly role: Role | null })[]> {
  const { rows } = await db.query<TenantRow & { role: Role | null }>(
    `select t.*, (select role from tenant_account a where a.tenant_id = t.id and a.account_id = $1) as role from tenant t where t.state = 'ready' and t.id in (
       select tenant_id from tenant_account where account_id = $1
       union select tenant_id from tenant_visitor where account_id = $1 and until > $2) order by t.since, t.slug`,
    [accountId, now],
  )
  return rows
}

export async function listVisits(
  db: Queryable,
  tenantId: string,
  accountId: string,
  now: Date,
): Promise<('operator' | 'guest')[]> {
  const { rows } = await db.query<{ standing: 'operator' | 'guest' }>(
    'select standing from tenant_visitor where tenant_id = $1 and account_id = $2 and until > $3',
    [tenantId, accountId, now],
  )
  return rows.map((row) => row.standing)
}

export async function admit(
  db: Queryable,
  tenantId: string,
  accountId: string,
  standing: 'operator' | 'guest',
  until: Date,
): Promise<void> {
  await db.query(
    `insert into tenant_visitor (tenant_id, account_id, standing, until) values ($1, $2, $3, $4)
     on conflict (tenant_id, account_id, standing) do update set until = greatest(tenant_visitor.until, excluded.until)`,
    [tenantId, accountId, standing, until],
  )
}

export async function dismiss(
  db: Queryable,
  tenantId: string,
  accountId: string,
  standing: 'operator' | 'guest',
): Promise<void> {
  await db.query('delete from tenant_visitor where tenant_id = $1 and account_id = $2 and standing = $3', [
    tenantId,
    accountId,
    standing,
  ])
}

export async function findDoor(
  db: Queryable,
  tenantId: string,
  accountId: string,
): Promise<{ readonly role: Role | null } | undefined> {
  const { rows } = await db.query<{ role: Role | null }>(
    'select role from tenant_account where tenant_id = $1 and account_id = $2',
    [tenantId, accountId],
  )
  return rows[0]
}

export async function isOnlyIn(db: Queryable, tenantId: string, accountId: string): Promise<boolean> {
  const { rows } = await db.query<{ tenant_id: string }>('select tenant_id from tenant_account where account_id = $1', [
    accountId,
  ])
  return rows.every((row) => row.tenant_id === tenantId)
}

export async function grant(db: Queryable, tenantId: string, accountId: string, role: Role | null): Promise<void> {
  await db.query(
    `insert into tenant_account (tenant_id, account_id, role) values ($1, $2, $3)
     on conflict (tenant_id, account_id) do update set role = excluded.role`,
    [tenantId, accountId, role],
  )
}

export async function hideRoles(db: Queryable, tenantId: string): Promise<void> {
  await db.query('update tenant_account set role = null where tenant_id = $1', [tenantId])
}

export async function showRole(db: Queryable, tenantId: string, accountId: string, role: Role | null): Promise<void> {
  await db.query('update tenant_account set role = $3 where tenant_id = $1 and account_id = $2', [
    tenantId,
    accountId,
    role,
  ])
}

/** @returns how many tenants the account may still open */
export async function revoke(db: Queryable, tenantId: string, accountId: string): Promise<number> {
  await db.query('delete from tenant_account where tenant_id = $1 and account_id = $2', [tenantId, accountId])
  const { rows } = await db.query<{ n: number }>(
    'select count(*)::int as n from tenant_account where account_id = $1',
    [accountId],
  )
  return rows[0]?.n ?? 0
}

/** Who does what follows in this transaction, and what is said of it: the instance log keeps both, by trigger. */
export async function setActor(db: Queryable, accountId: string | null, content = ''): Promise<void> {
  await db.query(`select set_config('art32.account', $1, true), set_config('art32.content', $2, true)`, [
    accountId ?? '',
    content,
  ])
}

export async function rename(db: Queryable, id: string, name: string): Promise<void> {
  await db.query(`update tenant set name = $2 where id = $1 and state <> 'deleting'`, [id, name])
}

/** Lets a tenant rest, or work again; what is so already stays. */
export async function setSuspended(db: Queryable, id: string, suspended: boolean): Promise<void> {
  await db.query('update tenant set state = $2 where id = $1 and state = $3', [
    id,
    suspended ? 'suspended' : 'ready',
    suspended ? 'ready' : 'suspended',
  ])
}

export async function setNeedsFactor(db: Queryable, id: string, needed: boolean): Promise<void> {
  await db.query(`update tenant set needs_factor = $2 where id = $1 and state <> 'deleting'`, [id, needed])
}

/** From here on the tenant is not found any more. @returns whether this call did it */
export async function setClosing(db: Queryable, id: string, by: string, at: Date): Promise<boolean> {
  const { rowCount } = await db.query(
    `update tenant set state = 'deleting', closing_by = $2, closing_at = $3 where id = $1 and state in ('ready', 'suspended')`,
    [id, by, at],
  )
  return rowCount === 1
}

/** Those whose import is not whole. */
export async function listImporting(db: Queryable): Promise<TenantRow[]> {
  return (
    await db.query<TenantRow>(
      `select * from tenant where importing_by is not null and state <> 'deleting' order by since`,
    )
  ).rows
}

export async function endImport(db: Queryable, id: string): Promise<void> {
  await db.query('update tenant set importing_by = null where id = $1', [id])
}

/** Notes something about a tenant in the instance log. */
export async function note(
  db: Queryable,
  type:
    | 'tenant.exported'
    | 'tenant.imported'
    | 'tenant.moved'
    | 'tenant.copy-removed'
    | 'log.continued'
    | 'restore.performed',
  id: string,
): Promise<void> {
  await db.query(`select ledger_note($1, 'tenant', $2)`, [type, id])
}

/** Those whose deletion has begun. */
export async function listClosing(db: Queryable): Promise<TenantRow[]> {
  const { rows } = await db.query<TenantRow>(`select * from tenant where state = 'deleting' order by closing_at`)
  return rows
}

/** Takes name and keys out of the row of a tenant that is being deleted; random ids stay until the end. */
export async function wipe(db: Queryable, id: string): Promise<void> {
  await db.query(
    `update tenant set slug = 'gone-' || public_id, name = '', role_password = null, data_key = '', ledger_key = '', next_ledger_key = null, backup_key = null
     where id = $1 and state = 'deleting'`,
    [id],
  )
}

/** Takes away who may open it and which mail domains are its own. */
export async function removeMembers(db: Queryable, id: string): Promise<void> {
  await db.query('delete from tenant_domain where tenant_id = $1', [id])
  await db.query('delete from tenant_account where tenant_id = $1', [id])
  await db.query('delete from tenant_visitor where tenant_id = $1', [id])
}

export async function remove(db: Queryable, id: string): Promise<void> {
  await db.query(`delete from tenant where id = $1 and state = 'deleting'`, [id])
}

/** The row without its secrets. */
export function tenantOf(
  row: Pick<TenantRow, 'id' | 'public_id' | 'slug' | 'name' | 'language' | 'ledger_vkey' | 'since'> &
    Partial<Pick<TenantRow, 'state' | 'needs_factor'>>,
  origin: string,
): Tenant {
  return {
    id: row.id,
    publicId: row.public_id,
    slug: row.slug,
    name: row.name,
    language: row.language,
    origin,
    vkey: row.ledger_vkey,
    isSuspended: row.state === 'suspended',
    needsFactor: row.needs_factor ?? false,
    since: row.since,
  }
}
