import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type ClientBase, DatabaseError, escapeLiteral } from 'pg'
import { defineErrors } from '../kernel/index.ts'

/**
 * Forward-only migrations in plain SQL: files `NNNN-name.sql`, each applied once, in one transaction together with the
 * record that it was. A crash leaves the database before or after a file, never inside one.
 */
export interface Migration {
  /** Folder and file, as in `ledger/0001-ledger.sql`: the name under which it is recorded. */
  readonly id: string
  readonly sql: string
  readonly sha256: string
}

const errors = defineErrors('migration', {
  bad_name: {
    status: 500,
    en: 'The migration {id} is not named NNNN-name.sql, or its number is used twice in its folder. Rename it.',
    de: 'Die Migration {id} heißt nicht NNNN-name.sql, oder ihre Nummer gibt es im Ordner zweimal. Bitte umbenennen.',
  },
  changed: {
    status: 500,
    en: 'The migration {id} was changed after it had been applied. Put it back as it was and write a new one.',
    de: 'Die Migration {id} wurde nach ihrer Anwendung geändert. Bitte zurücksetzen und eine neue schreiben.',
  },
  unknown: {
    status: 500,
    en: 'The database has the migration {id}, which this art32 does not know: a newer art32 has used it. Start that one.',
    de: 'Die Datenbank hat die Migration {id}, die dieses art32 nicht kennt: Ein neueres hat sie benutzt. Bitte dieses starten.',
  },
  out_of_order: {
    status: 500,
    en: 'The migration {id} comes before one that is already applied. Give it the next free number.',
    de: 'Die Migration {id} liegt vor einer schon angewendeten. Bitte die nächste freie Nummer geben.',
  },
  failed: {
    status: 500,
    en: 'The migration {id} fails at {place}: {problem} ({code}). Nothing of it was applied.',
    de: 'Die Migration {id} scheitert bei {place}: {problem} ({code}). Nichts davon wurde angewendet.',
  },
  transaction: {
    status: 500,
    en: 'The migration {id} begins or ends a transaction of its own. Remove that: each file is one transaction already.',
    de: 'Die Migration {id} beginnt oder beendet selbst eine Transaktion. Bitte entfernen: Jede Datei ist schon eine.',
  },
  busy: {
    status: 503,
    en: 'Another process has been migrating this database for a minute. Wait for it, then start again.',
    de: 'Ein anderer Prozess migriert seit einer Minute diese Datenbank. Bitte abwarten und neu starten.',
  },
})

/**
 * Reads the migrations of several folders, folder by folder, each in the order of its numbers.
 *
 * @throws {migration.bad_name}
 */
export function readMigrations(folders: readonly string[]): Migration[] {
  return folders.flatMap((folder) => {
    const files = readdirSync(folder).toSorted()
    return files.map((file, index) => {
      const id = `${basename(folder)}/${file}`
      const repeated = file.slice(0, 4) === files[index - 1]?.slice(0, 4)
      if (repeated || !/^\d{4}-[a-z0-9-]+\.sql$/.test(file)) throw errors.bad_name({ id })
      const sql = readFileSync(join(folder, file), 'utf8')
      return { id, sql, sha256: sha256(sql) }
    })
  })
}

/** One name for a whole set of migrations: it changes when any of them does. */
export function digestOf(migrations: readonly Migration[]): string {
  return sha256(migrations.map(({ id, sha256 }) => `${id} ${sha256}\n`).join(''))
}

/** Where migrations make their tables: by default in `public`, as they are written. */
export interface MadeIn {
  readonly schema: string
  /** Gets what they grant to the application. */
  readonly application: string
}

const asWritten: MadeIn = { schema: 'public', application: 'art32_application' }

/**
 * A migration for the schema of one tenant. Migrations name no schema but in the search path of functions, and grant to one
 * role: both become the tenant's own, since rights of a role that all tenants share would be rights on all tenants.
 */
export function writtenFor(sql: string, { schema, application }: MadeIn): string {
  if (schema === asWritten.schema) return sql
  return sql
    .replaceAll(/\bsearch_path = public\b/g, `search_path = ${schema}`)
    .replaceAll(/\bart32_application\b/g, application)
}

/**
 * Brings a database forward, or one schema of it. Two at once wait for each other.
 *
 * @param role owns what is made; the connection's own role if null
 * @returns the ids of the migrations that were applied now
 * @throws {migration.changed | migration.unknown | migration.out_of_order | migration.failed | migration.transaction | migration.busy}
 */
export async function migrate(
  client: ClientBase,
  migrations: readonly Migration[],
  role: string | null = null,
  madeIn: MadeIn = asWritten,
): Promise<string[]> {
  await lock(client, madeIn)
  try {
    const applied = await readApplied(client, madeIn)
    const pending = pendingOf(migrations, applied)
    for (const migration of pending) await apply(client, migration, role, madeIn)
    return pending.map(({ id }) => id)
  } finally {
    // On a lost connection the lock is gone already, and the first error is the one to tell.
    await client.query('select pg_advisory_unlock_all()').catch(() => undefined)
  }
}

/**
 * The whole of a new schema in one script, to be run in a transaction as its owner: hundreds of statements in one round trip.
 *
 * @source https://www.postgresql.org/docs/18/protocol-flow.html#PROTOCOL-FLOW-MULTI-STATEMENT
 */
export function scriptOf(migrations: readonly Migration[], madeIn: MadeIn): string {
  return [
    recordTable(madeIn),
    ...migrations.map(({ sql }) => writtenFor(sql, madeIn)),
    ...migrations.map(
      ({ id, sha256 }) =>
        `insert into ${madeIn.schema}.migration (id, sha256) values (${escapeLiteral(id)}, ${escapeLiteral(sha256)})`,
    ),
  ].join('\n;\n')
}

/** Schemas of one database share its locks, so each has one of its own. */
async function lock(client: ClientBase, { schema }: MadeIn): Promise<void> {
  const name = schema === asWritten.schema ? 'art32 migration' : `art32 migration ${schema}`
  try {
    await client.query(`set statement_timeout = 0; set lock_timeout = '60s'`)
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [name])
  } catch (cause) {
    if (!(cause instanceof DatabaseError) || cause.code !== '55P03') throw cause
    throw errors.busy({}, { cause })
  }
}

async function readApplied(client: ClientBase, { schema }: MadeIn): Promise<Map<string, string>> {
  const table = `${schema}.migration`
  const found = await client.query<{ known: boolean }>('select to_regclass($1) is not null as known', [table])
  if (found.rows[0]?.known !== true) return new Map()
  const { rows } = await client.query<{ id: string; sha256: string }>(`select id, sha256 from ${table}`)
  return new Map(rows.map(({ id, sha256 }) => [id, sha256]))
}

/**
 * What is still to be applied.
 *
 * @throws {migration.changed | migration.unknown | migration.out_of_order}
 */
export function pendingOf(migrations: readonly Migration[], applied: ReadonlyMap<string, string>): Migration[] {
  const known = new Set(migrations.map(({ id }) => id))
  for (const id of applied.keys()) if (!known.has(id)) throw errors.unknown({ id })
  const pending = migrations.filter(({ id }) => !applied.has(id))
  for (const { id, sha256 } of migrations) {
    const recorded = applied.get(id)
    if (recorded !== undefined && recorded !== sha256) throw errors.changed({ id })
  }
  for (const { id } of pending) {
    const folder = id.slice(0, id.lastIndexOf('/') + 1)
    if ([...applied.keys()].some((other) => other.startsWith(folder) && other > id)) throw errors.out_of_order({ id })
  }
  return pending
}

const recordTable = ({ schema }: MadeIn) => `create table if not exists ${schema}.migration (
  id text primary key,
  sha256 text not null,
  applied_at timestamptz not null default now()
)`

async function apply(
  client: ClientBase,
  { id, sql: original, sha256 }: Migration,
  role: string | null,
  madeIn: MadeIn,
): Promise<void> {
  const sql = writtenFor(original, madeIn)
  await client.query('begin')
  try {
    if (role !== null) await client.query(`set local role ${client.escapeIdentifier(role)}`)
    await client.query(`set local search_path = ${madeIn.schema}, pg_temp`)
    await client.query(recordTable(madeIn))
    const before = await transactionId(client)
    await client.query(sql)
    if ((await transactionId(client)) !== before) throw errors.transaction({ id })
    await client.query(`insert into ${madeIn.schema}.migration (id, sha256) values ($1, $2)`, [id, sha256])
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback').catch(() => undefined)
    if (!(cause instanceof DatabaseError)) throw cause
    const place = placeOf(sql, cause.position)
    throw errors.failed({ id, place, problem: cause.message, code: cause.code ?? '' }, { cause })
  }
}

async function transactionId(client: ClientBase): Promise<string> {
  const { rows } = await client.query<{ xid: string }>('select pg_current_xact_id()::text as xid')
  return rows[0]?.xid ?? ''
}

/** PostgreSQL counts characters from one; people count lines and columns. Errors of running statements have no position. */
function placeOf(sql: string, position: string | undefined): string {
  if (position === undefined) return 'an unknown line'
  const lines = Array.from(sql)
    .slice(0, Number(position) - 1)
    .join('')
    .split('\n')
  return `line ${lines.length}, column ${(lines.at(-1) ?? '').length + 1}`
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
