import type { Client } from 'pg'
import { z } from 'zod'
import { Unreadable, errorCode, seen } from '../engine/reading.ts'
import type { Seen } from '../engine/reading.ts'
import { one, rows } from './client.ts'
import type { PostgresFacts } from './facts.ts'
import { kindOfColumn } from './personal-words.ts'
import { type Found, foundIn, nothingFound } from './personal-values.ts'
import { quoted } from './places.ts'

type Column = PostgresFacts['personal']['columns'][number]

/** What is declared; `schema.table.*` stands for all columns of a table. */
export type Declared = { readonly personal: readonly string[]; readonly pseudonyms: readonly string[] }

/** Values of one table that are looked at, and how much of each. */
const sample = 500
const longest = 400
/** How long the tables may take altogether: beyond it the rest is not looked at, and the group says so. */
const mostMs = 12_000

const catalogueRow = z.object({
  schema: z.string(),
  table: z.string(),
  column: z.string(),
  type: z.string(),
  isText: z.boolean(),
  readable: z.boolean(),
})
type CatalogueRow = z.output<typeof catalogueRow>

/**
 * Looks for personal data by the names and types of columns, and with the detectors of the shield in a sample of their values. The
 * values stay in this connector: only counts by type leave it.
 */
export async function readPersonal(client: Client, declared: Declared): Promise<Seen<PostgresFacts['personal']>> {
  if (declared.personal.length + declared.pseudonyms.length === 0)
    throw new Unreadable('not-configured', 'no column is declared', {
      needs: 'the settings personalColumns, pseudonymColumns',
    })
  const all = await rows(client, catalogueRow, catalogueSql)
  const until = performance.now() + mostMs
  const columns: Column[] = []
  let unread = 0
  let complete = true
  for (const own of Map.groupBy(all, ({ schema, table }) => `${quoted(schema)}.${quoted(table)}`)) {
    const [table, members] = own
    const wanted = members.filter((one) => one.isText || declaredAs(one, declared) === 'pseudonym')
    const readable = wanted.filter((one) => one.readable)
    const isLate = performance.now() > until
    if (isLate && readable.length > 0) complete = false
    const found = isLate ? new Map<string, Found>() : await lookInto(client, table, readable)
    for (const member of members) {
      const values = found.get(member.column)
      if (member.isText && values === undefined) unread += 1
      const column = describe(member, declared, values)
      if (isWorthKeeping(column)) columns.push(column)
    }
  }
  return seen({ columns, looked: all.length, unread, missing: missingOf(all, declared) }, complete)
}

const nameOf = ({ schema, table, column }: CatalogueRow) => `${schema}.${table}.${column}`

function declaredAs(row: CatalogueRow, { personal, pseudonyms }: Declared): Column['declared'] {
  const isIn = (list: readonly string[]) => list.includes(nameOf(row)) || list.includes(`${row.schema}.${row.table}.*`)
  return isIn(pseudonyms) ? 'pseudonym' : isIn(personal) ? 'personal' : 'no'
}

function describe(row: CatalogueRow, declared: Declared, found: Found | undefined): Column {
  const nothing = { ...nothingFound, sampled: null }
  return {
    column: nameOf(row),
    declared: declaredAs(row, declared),
    named: kindOfColumn(row.column, row.type),
    ...(found ?? nothing),
  }
}

function isWorthKeeping({ declared, named, emails, ibans, phones, addresses, others }: Column): boolean {
  return declared !== 'no' || named !== null || emails + ibans + phones + addresses + others.length > 0
}

function missingOf(all: readonly CatalogueRow[], { personal, pseudonyms }: Declared): string[] {
  const known = new Set(all.flatMap((row) => [nameOf(row), `${row.schema}.${row.table}.*`]))
  return [...personal, ...pseudonyms].filter((name) => !known.has(name))
}

async function lookInto(client: Client, table: string, columns: readonly CatalogueRow[]): Promise<Map<string, Found>> {
  if (columns.length === 0) return new Map()
  const { hides } = await one(
    client,
    z.object({ hides: z.boolean() }),
    'select row_security_active(to_regclass($1)) as hides',
    [table],
  )
  if (hides) return new Map()
  const list = columns.map(({ column }) => `left(${quoted(column)}::text, ${longest})`).join(', ')
  try {
    // The values are in this process for as long as it takes to count; nothing of them is kept.
    const { rows: values } = await client.query<(string | null)[]>({
      text: `select ${list} from ${table} limit ${sample}`,
      rowMode: 'array',
    })
    const found = new Map<string, Found>()
    for (const [at, { column }] of columns.entries())
      found.set(column, await foundIn(values.flatMap((row) => row[at] ?? [])))
    return found
  } catch (error) {
    // A view of another server that is away, a table that went meanwhile, a lock: it was not looked at.
    if (['42501', '57014', '42P01', '55P03'].includes(errorCode(error))) return new Map()
    throw error
  }
}

const catalogueSql = `select n.nspname as schema, c.relname as table, a.attname as column, format_type(a.atttypid, null) as type,
       t.typcategory = 'S' or t.typname in ('json', 'jsonb', 'xml', 'hstore', '_text', '_varchar', '_bpchar') as "isText",
       has_schema_privilege(n.oid, 'usage') and has_column_privilege(c.oid, a.attnum, 'select') as readable
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       join pg_type t on t.oid = a.atttypid
 where c.relkind in ('r', 'p', 'm') and not c.relispartition
   and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%'
 order by 1, 2, a.attnum`
