import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Client, type ClientBase, escapeIdentifier } from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { track } from './administration.ts'
import type { Lying } from './layout.ts'

/** A table of a copy: its columns in the order in which their values stand in a row. */
export interface CopiedTable {
  readonly name: string
  readonly columns: readonly string[]
}

/** How far a sequence has come. */
export interface CopiedSequence {
  readonly name: string
  /** As digits, since it may be larger than a number holds exactly. */
  readonly value: string
  readonly called: boolean
}

/** A database as it was at one instant, for a long read. */
export interface CopyOut {
  /** When that was, by the clock of the database. */
  readonly at: Date
  /** The migrations it had, in the order of their names. */
  readonly migrations: readonly { readonly id: string; readonly sha256: string }[]
  readonly tables: readonly CopiedTable[]
  readonly sequences: readonly CopiedSequence[]
  /**
   * The rows of a table in COPY's text format, in the order in which they lie.
   *
   * @source https://www.postgresql.org/docs/18/sql-copy.html (file formats)
   */
  rows(table: CopiedTable): AsyncIterable<Buffer>
  query<R extends object>(text: string, values?: unknown[]): Promise<R[]>
  /** Must be called. */
  end(): Promise<void>
}

/** Puts a copy into a database that has its tables and nothing else. All of it or nothing: one transaction. */
export interface CopyIn {
  readonly tables: readonly CopiedTable[]
  /** Fills one table. The rows are what `CopyOut.rows` gave, of these columns. */
  fill(table: CopiedTable, rows: AsyncIterable<Uint8Array>): Promise<void>
  /** Says that a table has no rows. */
  clear(table: CopiedTable): Promise<void>
  query<R extends object>(text: string, values?: unknown[]): Promise<R[]>
  /** Puts the sequences, checks every reference between tables anew, and commits. */
  commit(sequences: readonly CopiedSequence[]): Promise<void>
  /** Ends the connection; without a commit nothing was done. */
  end(): Promise<void>
}

/** Values look the same whatever the server and its settings: times in UTC, bytes in hexadecimal, numbers to the last digit. */
const session = `
  set timezone = 'UTC'; set datestyle = 'ISO, MDY'; set intervalstyle = 'postgres'; set bytea_output = 'hex';
  set extra_float_digits = 1; set client_encoding = 'UTF8'; set synchronize_seqscans = off;
  set statement_timeout = 0; set lock_timeout = '60s'; set idle_in_transaction_session_timeout = '10min'`

/** What stands beside the tables of art32: which migrations there are is told apart. */
const notCopied = 'migration'

async function connect(url: string, { owner, schema }: Lying): Promise<Client> {
  const client = new Client({
    connectionString: url,
    application_name: 'art32 backup',
    connectionTimeoutMillis: 10_000,
  })
  client.on('error', () => undefined)
  await client.connect()
  track(client)
  try {
    await client.query(session)
    await client.query(`set role ${owner}; set search_path = ${schema}, pg_temp`)
    return client
  } catch (error) {
    await client.end().catch(() => undefined)
    throw error
  }
}

/** Opens a database, or a schema, for reading all of it at one instant. Nobody waits for it. @param url of the administrator */
export async function openCopyOut(url: string, lying: Lying): Promise<CopyOut> {
  const { schema } = lying
  const client = await connect(url, lying)
  const end = () => client.end().catch(() => undefined)
  try {
    await client.query('begin isolation level repeatable read read only')
    const { rows: clock } = await client.query<{ at: Date }>('select now() as at')
    const { rows: migrations } = await client.query<{ id: string; sha256: string }>(
      `select id, sha256 from ${schema}.migration order by id`,
    )
    return {
      at: clock[0]?.at ?? new Date(0),
      migrations,
      tables: await tablesOf(client, schema),
      sequences: await sequencesOf(client, schema),
      rows: (table) => client.query(copyTo(`copy ${nameOf(schema, table)} to stdout`)) satisfies Readable,
      query: async <R extends object>(text: string, values: unknown[] = []) =>
        (await client.query<R>(text, values)).rows,
      end,
    }
  } catch (error) {
    await end()
    throw error
  }
}

/**
 * Opens a database or schema that was just made and migrated, to be filled. References between tables are taken away and put back
 * at the end, which checks all rows; triggers, which tell the ledger what happens, rest meanwhile.
 *
 * @param url of the administrator
 */
export async function openCopyIn(url: string, lying: Lying): Promise<CopyIn> {
  const { schema } = lying
  const client = await connect(url, lying)
  const end = () => client.end().catch(() => undefined)
  try {
    await client.query('begin')
    const tables = await tablesOf(client, schema)
    const references = await takeReferences(client, schema)
    await client.query(
      tables.map(({ name }) => `alter table ${schema}.${escapeIdentifier(name)} disable trigger user`).join(';'),
    )
    return {
      tables,
      async fill(table, rows) {
        // Rows of a table that was emptied in this transaction stay in the order in which they come, and need no log.
        await client.query(`truncate ${schema}.${escapeIdentifier(table.name)}`)
        await pipeline(rows, client.query(copyFrom(`copy ${nameOf(schema, table)} from stdin`)))
      },
      // Most tables of most tenants have no rows; what a migration put there goes.
      clear: async ({ name }) => void (await client.query(`delete from ${schema}.${escapeIdentifier(name)}`)),
      query: async <R extends object>(text: string, values: unknown[] = []) =>
        (await client.query<R>(text, values)).rows,
      async commit(sequences) {
        for (const { name, value, called } of sequences)
          await client.query('select setval($1::regclass, $2::bigint, $3)', [
            `${schema}.${escapeIdentifier(name)}`,
            value,
            called,
          ])
        await client.query(
          tables.map(({ name }) => `alter table ${schema}.${escapeIdentifier(name)} enable trigger user`).join(';'),
        )
        await client.query(references.join(';'))
        await client.query('commit')
      },
      end,
    }
  } catch (error) {
    await end()
    throw error
  }
}

function nameOf(schema: string, { name, columns }: CopiedTable): string {
  return `${schema}.${escapeIdentifier(name)} (${columns.map((column) => escapeIdentifier(column)).join(', ')})`
}

async function tablesOf(client: ClientBase, schema: string): Promise<CopiedTable[]> {
  const { rows } = await client.query<CopiedTable>(
    `select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     where c.relkind = 'r' and c.relnamespace = $2::regnamespace and c.relname <> $1
     group by c.relname order by c.relname collate "C"`,
    [notCopied, schema],
  )
  return rows
}

async function sequencesOf(client: ClientBase, schema: string): Promise<CopiedSequence[]> {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class where relkind = 'S' and relnamespace = $1::regnamespace order by relname collate "C"`,
    [schema],
  )
  const sequences: CopiedSequence[] = []
  for (const { name } of rows) {
    const found = await client.query<{ value: string; called: boolean }>(
      `select last_value::text as value, is_called as called from ${schema}.${escapeIdentifier(name)}`,
    )
    if (found.rows[0]) sequences.push({ name, ...found.rows[0] })
  }
  return sequences
}

/** Takes the references between tables away. @returns what puts each back */
async function takeReferences(client: ClientBase, schema: string): Promise<string[]> {
  const { rows } = await client.query<{ table: string; name: string; definition: string }>(
    `select conrelid::regclass::text as "table", conname as name, pg_get_constraintdef(oid) as definition
     from pg_constraint where contype = 'f' and connamespace = $1::regnamespace and conparentid = 0 order by 1, 2`,
    [schema],
  )
  await client.query(
    rows.map(({ table, name }) => `alter table ${table} drop constraint ${escapeIdentifier(name)}`).join(';'),
  )
  return rows.map(
    ({ table, name, definition }) => `alter table ${table} add constraint ${escapeIdentifier(name)} ${definition}`,
  )
}
