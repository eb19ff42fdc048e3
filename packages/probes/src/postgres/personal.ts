import type { Client } from 'pg'
import { z } from 'zod'
import { Unreadable, errorCode, seen } from '../engine/reading.ts'
import type { Seen } from '../engine/reading.ts'
import { one, rows } from './client.ts'
import type { PostgresFacts } from './facts.ts'
import { kindOfColumn } from './personal-words.ts'
import { quoted } from './places.ts'

type Column = PostgresFacts['personal']['columns'][number]
type Found = Pick<Column, 'emails' | 'ibans' | 'phones' | 'addresses' | 'opaque'> & { sampled: number }

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
 * Looks for personal data by the names and types of columns, and by patterns in a sample of their values. The patterns run
 * in the database: only counts leave it.
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
  const nothing = { sampled: null, emails: 0, ibans: 0, phones: 0, addresses: 0, opaque: 0 }
  return {
    column: nameOf(row),
    declared: declaredAs(row, declared),
    named: kindOfColumn(row.column, row.type),
    ...(found ?? nothing),
  }
}

function isWorthKeeping({ declared, named, emails, ibans, phones, addresses }: Column): boolean {
  return declared !== 'no' || named !== null || emails + ibans + phones + addresses > 0
}

function missingOf(all: readonly CatalogueRow[], { personal, pseudonyms }: Declared): string[] {
  const known = new Set(all.flatMap((row) => [nameOf(row), `${row.schema}.${row.table}.*`]))
  return [...personal, ...pseudonyms].filter((name) => !known.has(name))
}

const count = z.coerce.number().int()
const foundRow = z.object({
  column: z.string(),
  sampled: count,
  emails: count,
  ibans: count,
  phones: count,
  addresses: count,
  opaque: count,
})

async function lookInto(client: Client, table: string, columns: readonly CatalogueRow[]): Promise<Map<string, Found>> {
  if (columns.length === 0) return new Map()
  const { hides } = await one(
    client,
    z.object({ hides: z.boolean() }),
    'select row_security_active(to_regclass($1)) as hides',
    [table],
  )
  if (hides) return new Map()
  const values = columns.map(
    ({ column }, index) => `($${index + 1}::text, left(t.${quoted(column)}::text, ${longest}))`,
  )
  const sql = `select c.name as "column", count(c.value) as sampled, ${counts}
       from (select ${columns.map(({ column }) => quoted(column)).join(', ')} from ${table} limit ${sample}) t,
            lateral (values ${values.join(', ')}) c(name, value) group by 1`
  try {
    const found = await rows(
      client,
      foundRow,
      sql,
      columns.map(({ column }) => column),
    )
    const byColumn = new Map<string, Found>(found.map(({ column, ...rest }) => [column, rest]))
    // An empty table was looked at, too.
    for (const { column } of columns)
      if (!byColumn.has(column))
        byColumn.set(column, { sampled: 0, emails: 0, ibans: 0, phones: 0, addresses: 0, opaque: 0 })
    return byColumn
  } catch (error) {
    // A view of another server that is away, a table that went meanwhile, a lock: it was not looked at.
    if (['42501', '57014', '42P01', '55P03'].includes(errorCode(error))) return new Map()
    throw error
  }
}

const email = String.raw`[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}`
const ibanForm = String.raw`\m[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\M`
const phone = String.raw`^\s*(\+|00?)[1-9][0-9 ()/.-]{5,18}[0-9]\s*$`
const octet = '(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])'
const address = String.raw`^(${octet}\.){3}${octet}(/[0-9]{1,2})?$|^([0-9A-Fa-f]{0,4}:){3,7}[0-9A-Fa-f]{0,4}(/[0-9]{1,3})?$`
const opaque = String.raw`^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$|^(\\x)?[0-9A-Fa-f]{32,128}$|^[A-Za-z0-9+/_-]{43}=?$`
/** ISO 13616: the first four characters go to the end, letters become numbers, and the rest by 97 is one. */
const isIban = `(select string_agg(case when s.sign ~ '[A-Z]' then (ascii(s.sign) - 55)::text else s.sign end, '' order by s.place)
        from regexp_split_to_table(substr(m.text, 5) || substr(m.text, 1, 4), '') with ordinality s(sign, place))::numeric % 97 = 1`
const counts = `count(*) filter (where c.value ~ '${email}') as emails,
            count(*) filter (where c.value ~ '${ibanForm}' and exists (
              select from (select replace((regexp_matches(c.value, '${ibanForm}', 'g'))[1], ' ', '') as text) m where ${isIban})) as ibans,
            count(*) filter (where c.value ~ '${phone}') as phones,
            count(*) filter (where c.value ~ '${address}') as addresses,
            count(*) filter (where c.value ~ '${opaque}') as opaque`

const catalogueSql = `select n.nspname as schema, c.relname as table, a.attname as column, format_type(a.atttypid, null) as type,
       t.typcategory = 'S' or t.typname in ('json', 'jsonb', 'xml', 'hstore', '_text', '_varchar', '_bpchar') as "isText",
       has_schema_privilege(n.oid, 'usage') and has_column_privilege(c.oid, a.attnum, 'select') as readable
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       join pg_type t on t.oid = a.atttypid
 where c.relkind in ('r', 'p', 'm') and not c.relispartition
   and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%'
 order by 1, 2, a.attnum`
