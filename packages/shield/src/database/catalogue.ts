import type { Client } from 'pg'
import { z } from 'zod'

/** What a column can hold, as far as steps differ. */
export type Kind =
  | 'text'
  | 'uuid'
  | 'integer'
  | 'number'
  | 'date'
  | 'timestamp'
  | 'boolean'
  | 'enum'
  | 'network'
  | 'json'
  | 'array'
  | 'other'

const columnShape = z.object({
  name: z.string(),
  /** With its length, without the schemas of the server's own: `character varying(50)`. */
  type: z.string(),
  /** Of a domain that of what it is over; of an array that of its elements. */
  base: z.string(),
  category: z.string(),
  isArray: z.boolean(),
  /** The most characters, or the most digits before the point; null where there is no such limit. */
  most: z.int().nullable(),
  notNull: z.boolean(),
  identity: z.enum(['', 'a', 'd']),
  /** The expression of a column that the server computes. */
  generated: z.string().nullable(),
  default: z.string().nullable(),
})

const tableShape = z.object({
  schema: z.string(),
  name: z.string(),
  isPartitioned: z.boolean(),
  rows: z.coerce.number(),
  bytes: z.coerce.number(),
  columns: z.array(columnShape),
  /** Primary keys and unique indexes over columns. */
  keys: z.array(
    z.object({
      name: z.string(),
      columns: z.array(z.string()),
      isPrimary: z.boolean(),
      definition: z.string(),
    }),
  ),
})

const referenceShape = z.object({
  name: z.string(),
  schema: z.string(),
  table: z.string(),
  columns: z.array(z.string()),
  toSchema: z.string(),
  toTable: z.string(),
  toColumns: z.array(z.string()),
  definition: z.string(),
})

const sequenceShape = z.object({
  schema: z.string(),
  name: z.string(),
  type: z.string(),
  /** The next value; null where nothing was taken from it yet. */
  next: z.string().nullable(),
  start: z.string(),
  increment: z.string(),
  /** The column that it belongs to. */
  owner: z.object({ schema: z.string(), table: z.string(), column: z.string(), isIdentity: z.boolean() }).nullable(),
})

type Shape<T extends z.ZodType> = z.output<T>

export type Column = Shape<typeof columnShape> & { readonly kind: Kind; readonly element: Kind }
export type Table = Omit<Shape<typeof tableShape>, 'columns'> & {
  readonly columns: readonly Column[]
  /** As it is called in plans. */
  readonly place: string
}
export type Reference = Shape<typeof referenceShape>
export type Sequence = Shape<typeof sequenceShape>

/** The structure of a database, as far as a copy needs it. */
export interface Catalogue {
  readonly tables: readonly Table[]
  readonly references: readonly Reference[]
  readonly sequences: readonly Sequence[]
}

/** Reads it in the transaction that is open. */
export async function readCatalogue(client: Client): Promise<Catalogue> {
  const read = async <T>(shape: z.ZodType<T>, sql: string): Promise<T[]> =>
    z.array(shape).parse((await client.query<Record<string, unknown>>(sql)).rows)
  const tables = (await read(tableShape, tablesSql)).map((table): Table => ({
    ...table,
    place: placeOf(table.schema, table.name),
    columns: table.columns.map((column): Column => {
      const isWhole = column.base === 'numeric' && column.most !== null
      const element = isWhole ? 'integer' : kindOf(column.base, column.category)
      return { ...column, kind: column.isArray ? 'array' : element, element }
    }),
  }))
  return {
    tables,
    references: await read(referenceShape, referencesSql),
    sequences: await read(sequenceShape, sequencesSql),
  }
}

/** A table as plans call it: `public.customer`. */
export const placeOf = (schema: string, table: string): string => `${partOf(schema)}.${partOf(table)}`

/** A column as plans call it: `public.customer.mail`. */
export const columnPlace = ({ place }: Pick<Table, 'place'>, column: string): string => `${place}.${partOf(column)}`

/** What would be taken for something else in a name is written as in an address: `order%20lines`. */
const partOf = (name: string): string =>
  name.replaceAll(/[^\p{L}\p{N}_$-]/gu, (character) =>
    Array.from(new TextEncoder().encode(character), (byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  )

const kinds: Readonly<Record<string, Kind>> = {
  uuid: 'uuid',
  int2: 'integer',
  int4: 'integer',
  int8: 'integer',
  numeric: 'number',
  float4: 'number',
  float8: 'number',
  money: 'other',
  date: 'date',
  timestamp: 'timestamp',
  timestamptz: 'timestamp',
  time: 'enum',
  timetz: 'enum',
  bool: 'boolean',
  inet: 'network',
  cidr: 'network',
  json: 'json',
  jsonb: 'json',
  citext: 'text',
  xml: 'other',
  tsvector: 'other',
}

function kindOf(base: string, category: string): Kind {
  const known = kinds[base]
  if (known !== undefined) return known
  return category === 'S' ? 'text' : category === 'E' ? 'enum' : 'other'
}

const own = "n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%'"
const notOfExtension = `not exists (select from pg_depend x where x.classid = 'pg_class'::regclass and x.objid = c.oid and x.deptype = 'e')`
const isCopied = `c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence <> 't' and ${notOfExtension}`
const namesOf = (relation: string, numbers: string) =>
  `(select coalesce(json_agg(k.attname order by u.place), '[]')
      from unnest(${numbers}) with ordinality u(number, place) join pg_attribute k on k.attrelid = ${relation} and k.attnum = u.number)`

/** Without the types that a domain is over and those of elements, a length would be missed. */
const tablesSql = `
  select n.nspname as schema, c.relname as name, c.relkind = 'p' as "isPartitioned", greatest(c.reltuples, 0) as rows,
         (select coalesce(sum(pg_relation_size(p.relid)), 0) from pg_partition_tree(c.oid) p)
           + case when c.relkind = 'r' then pg_table_size(c.oid) else 0 end as bytes,
         (select coalesce(json_agg(json_build_object(
                   'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'base', e.typname, 'category', e.typcategory,
                   'isArray', t.typcategory = 'A' and t.typelem <> 0,
                   'most', case when m.mod < 0 then null when e.typname in ('varchar', 'bpchar') then m.mod - 4
                                when e.typname = 'numeric' and ((m.mod - 4) & 2047) = 0 then (m.mod - 4) >> 16 end,
                   'notNull', a.attnotnull or t.typnotnull, 'identity', a.attidentity,
                   'generated', case when a.attgenerated <> '' then pg_get_expr(d.adbin, d.adrelid) end,
                   'default', case when a.attgenerated = '' then pg_get_expr(d.adbin, d.adrelid) end) order by a.attnum), '[]')
            from pg_attribute a join pg_type t0 on t0.oid = a.atttypid
                 join pg_type t on t.oid = case when t0.typtype = 'd' then t0.typbasetype else t0.oid end
                 join pg_type e on e.oid = case when t.typcategory = 'A' and t.typelem <> 0 then t.typelem else t.oid end
                 left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum,
                 lateral (select case when t0.typtype = 'd' then t0.typtypmod else a.atttypmod end as mod) m
           where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
         (select coalesce(json_agg(json_build_object(
                   'name', x.relname, 'columns', ${namesOf('c.oid', 'i.indkey::int2[]')}, 'isPrimary', i.indisprimary,
                   'definition', coalesce(pg_get_constraintdef(k.oid), pg_get_indexdef(i.indexrelid))) order by x.relname), '[]')
            from pg_index i join pg_class x on x.oid = i.indexrelid
                 left join pg_constraint k on k.conindid = i.indexrelid and k.contype in ('p', 'u')
           where i.indrelid = c.oid and i.indisunique and i.indexprs is null and i.indpred is null) as keys
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where ${own} and ${isCopied} order by 1, 2`

const referencesSql = `
  select k.conname as name, n.nspname as schema, c.relname as table, ${namesOf('c.oid', 'k.conkey')} as columns,
         m.nspname as "toSchema", r.relname as "toTable", ${namesOf('r.oid', 'k.confkey')} as "toColumns",
         pg_get_constraintdef(k.oid) as definition
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
         join pg_class r on r.oid = k.confrelid join pg_namespace m on m.oid = r.relnamespace
   where k.contype = 'f' and k.conparentid = 0 and ${own} and ${isCopied} order by 2, 3, 1`

const sequencesSql = `
  select n.nspname as schema, c.relname as name, format_type(s.seqtypid, null) as type, s.seqstart::text as start,
         s.seqincrement::text as increment,
         (select (q.last_value + q.increment_by)::text from pg_sequences q where q.schemaname = n.nspname and q.sequencename = c.relname
             and q.last_value is not null) as next,
         (select json_build_object('schema', m.nspname, 'table', t.relname, 'column', a.attname, 'isIdentity', d.deptype = 'i')
            from pg_depend d join pg_class t on t.oid = d.refobjid join pg_namespace m on m.oid = t.relnamespace
                 join pg_attribute a on a.attrelid = t.oid and a.attnum = d.refobjsubid
           where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.refclassid = 'pg_class'::regclass and d.deptype in ('a', 'i')
           limit 1) as owner
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_sequence s on s.seqrelid = c.oid
   where c.relkind = 'S' and c.relpersistence <> 't' and ${own} and ${notOfExtension} order by 1, 2`
