import type { Client } from 'pg'
import { z } from 'zod'
import { ShieldError } from '../error.ts'
import type { Catalogue, Reference, Sequence, Table } from './catalogue.ts'
import { columnPlace, placeOf } from './catalogue.ts'
import { literal, quoted } from './connect.ts'

const nameOf = (schema: string, name: string): string => `${quoted(schema)}.${quoted(name)}`

/**
 * Sees to it that the tables are empty: they are, or somebody asked for it by the name of the database.
 *
 * @throws {ShieldError}
 */
export async function emptyTables(
  client: Client,
  tables: readonly Table[],
  replace: string | undefined,
): Promise<void> {
  const { rows } = await client.query<{ name: string }>('select current_database() as name')
  const name = rows[0]?.name ?? ''
  if (replace !== undefined && replace !== name)
    throw new ShieldError(`--replace has to be the name of the target database, ${name}: its rows would be deleted.`)
  if (replace !== undefined && tables.length > 0) {
    await client.query(`truncate ${tables.map((table) => nameOf(table.schema, table.name)).join(', ')}`)
    return
  }
  for (const { schema, name: table, place } of tables) {
    const found = await client.query(`select 1 from ${nameOf(schema, table)} limit 1`)
    if (found.rows.length > 0)
      throw new ShieldError(
        `The target is not empty: ${place} has rows. Take an empty database, leave the table out (--except ${place}), or delete what is there (--replace ${name}).`,
      )
  }
}

/** Takes foreign keys away until all rows are there, so that their order does not matter; the other way they are checked. */
export async function dropReferences(client: Client, references: readonly Reference[]): Promise<void> {
  for (const { schema, table, name } of references)
    await client.query(`alter table ${nameOf(schema, table)} drop constraint ${quoted(name)}`)
}

/** @throws what the server says of a row without its key */
export async function addReferences(client: Client, references: readonly Reference[]): Promise<void> {
  for (const { schema, table, name, definition } of references)
    await client.query(`alter table ${nameOf(schema, table)} add constraint ${quoted(name)} ${definition}`)
}

const triggerRow = z.object({ name: z.string(), mode: z.string() })

/** Switches the application's triggers off, and gives what switches them on again as they were. */
export async function silenceTriggers(client: Client, tables: readonly Table[]): Promise<() => Promise<void>> {
  const back: string[] = []
  for (const { schema, name } of tables) {
    const found = await client.query<Record<string, unknown>>(
      `select tgname as name, tgenabled as mode from pg_trigger
        where tgrelid = to_regclass(${literal(nameOf(schema, name))}) and not tgisinternal and tgparentid = 0 and tgenabled <> 'D'`,
    )
    for (const trigger of z.array(triggerRow).parse(found.rows)) {
      const mode = trigger.mode === 'A' ? 'enable always' : trigger.mode === 'R' ? 'enable replica' : 'enable'
      await client.query(`alter table ${nameOf(schema, name)} disable trigger ${quoted(trigger.name)}`)
      back.push(`alter table ${nameOf(schema, name)} ${mode} trigger ${quoted(trigger.name)}`)
    }
  }
  return async () => {
    for (const statement of back) await client.query(statement)
  }
}

/**
 * Sets the sequences: to where those of the source are; those of keys that became other numbers to behind all of these.
 *
 * @param widths for these columns how many digits their numbers have at most
 */
export async function setSequences(
  source: Client,
  target: Client,
  [from, to]: readonly [Catalogue, Catalogue],
  widths: ReadonlyMap<string, number>,
): Promise<void> {
  const key = ({ owner, schema, name }: Sequence) => (owner === null ? placeOf(schema, name) : ownerPlace(owner))
  const there = new Map(to.sequences.map((sequence) => [key(sequence), sequence]))
  for (const sequence of from.sequences) {
    const other = there.get(key(sequence))
    if (other === undefined) continue
    const width = sequence.owner === null ? undefined : widths.get(ownerPlace(sequence.owner))
    const next = width === undefined ? await nextOf(source, sequence) : String(10n ** BigInt(width))
    await target.query(`alter sequence ${nameOf(other.schema, other.name)} restart with ${next}`)
  }
}

const ownerPlace = ({ schema, table, column }: NonNullable<Sequence['owner']>): string =>
  columnPlace({ place: placeOf(schema, table) }, column)

/** Of a sequence that the role may not read, what stands in its column decides. */
async function nextOf(source: Client, { next, start, owner }: Sequence): Promise<string> {
  if (next !== null || owner === null) return next ?? start
  const { rows } = await source.query<{ most: string | null }>(
    `select (max(${quoted(owner.column)})::bigint + 1)::text as most from ${nameOf(owner.schema, owner.table)}`,
  )
  return rows[0]?.most ?? start
}
