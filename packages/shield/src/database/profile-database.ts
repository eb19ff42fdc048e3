import type { Client } from 'pg'
import { makeTyper } from '../detect/type-of.ts'
import { detectorsFor } from '../engine/detection.ts'
import { ndjsonFormat } from '../format/json.ts'
import { sqlFormat } from '../format/sql.ts'
import { nameWithin } from '../format/within.ts'
import { openGazetteer, readGazetteer } from '../names/gazetteer.ts'
import type { ColumnPlan, Plan } from '../plan/plan.ts'
import { typeByName } from '../profile/header.ts'
import { profilePieces } from '../profile/profile.ts'
import { type Catalogue, type Column, columnPlace, readCatalogue, type Table } from './catalogue.ts'
import { connect, quoted } from './connect.ts'
import { copyOut } from './copy.ts'
import { type Group, groupsOf, type Placed, placedColumns } from './groups.ts'
import { refusalOf } from './refusal.ts'
import { SHORTEST_PSEUDONYM, widthOf } from './step.ts'

/** Rows of a table that are looked at; of a large one they are drawn from all over it. */
const SAMPLE = 3_000
const LARGE = 50_000

const STAND_IN = 'x.x'

type Typer = ReturnType<typeof makeTyper>
type Names = ReturnType<typeof openGazetteer>

/**
 * Looks at samples of all tables of a database and writes a plan for its copy: for each column what is in it and what is done with it,
 * for a foreign key at the key that it references. Values stay in memory.
 *
 * @param progress told which table comes next
 * @throws {ShieldError} the database cannot be read
 */
export async function profileDatabase(
  address: string,
  except: readonly string[],
  progress?: (table: string) => void,
): Promise<Plan> {
  const source = await connect('source', address)
  try {
    await source.query('begin isolation level repeatable read read only')
    const all = await readCatalogue(source)
    const catalogue = { ...all, tables: all.tables.filter(({ place }) => !except.includes(place)) }
    const typer = makeTyper(detectorsFor({ country: 'de' }))
    const names = openGazetteer(readGazetteer())
    const seen = new Map<string, ColumnPlan>()
    for (const table of catalogue.tables) {
      progress?.(table.place)
      for (const [place, column] of await profileTable(source, table, typer, names)) seen.set(place, column)
    }
    return planOf(catalogue, seen)
  } catch (error) {
    throw refusalOf(error, 'source')
  } finally {
    await source.end().catch(() => undefined)
  }
}

async function profileTable(
  source: Client,
  table: Table,
  typer: Typer,
  names: Names,
): Promise<(readonly [string, ColumnPlan])[]> {
  const columns = table.columns.filter(({ generated }) => generated === null)
  const own = (column: Column) => columnPlace(table, column.name).slice(table.place.length + 1)
  const plain = columns.filter(({ kind }) => kind !== 'json' && kind !== 'array' && kind !== 'other')
  const seen: (readonly [string, ColumnPlan])[] = []
  const sqlSample = async (list: readonly (readonly [name: string, expression: string])[]) => {
    const rows = await sampleOf(
      source,
      table,
      list.map(([, expression]) => expression),
    )
    // Without the name of the table, which says what a row is and not what a column is: customer.status is no customer.
    const head = `COPY ${STAND_IN} (${list.map(([name]) => name).join(', ')}) FROM stdin;\n`
    const bytes = Buffer.concat([Buffer.from(head), ...rows, Buffer.from('\\.\n')])
    return profiled(bytes, 'sql', typer, names).map(
      ([name, step]) => [`${table.place}${name.slice(STAND_IN.length)}`, step] as const,
    )
  }
  if (plain.length > 0)
    seen.push(...(await sqlSample(plain.map((column) => [own(column), quoted(column.name)] as const))))
  for (const column of columns) {
    const place = columnPlace(table, column.name)
    if (column.kind === 'array' && column.element === 'text')
      seen.push(...(await sqlSample([[`${own(column)}[]`, `unnest(${quoted(column.name)})`]])))
    if (column.kind !== 'json') continue
    const rows = await sampleOf(source, table, [`${quoted(column.name)}::jsonb`])
    const inside = profiled(Buffer.from(unescaped(Buffer.concat(rows).toString())), 'ndjson', typer, names)
    seen.push(...inside.map(([path, step]) => [nameWithin(place, path), step] as const))
  }
  return seen
}

/** A row for each line, the NULLs left out. */
const unescaped = (copied: string): string =>
  copied
    .split('\n')
    .filter((line) => line !== String.raw`\N`)
    .map((line) => line.replaceAll(/\\(.)/gu, '$1'))
    .join('\n')

async function sampleOf(source: Client, table: Table, expressions: readonly string[]): Promise<Buffer[]> {
  const share = Math.max(0.001, Math.min(100, (100 * SAMPLE * 3) / Math.max(1, table.rows)))
  const drawn = table.rows > LARGE ? ` tablesample system (${share.toFixed(3)}) repeatable (32)` : ''
  const from = `${table.isPartitioned ? '' : 'only '}${quoted(table.schema)}.${quoted(table.name)}`
  const rows: Buffer[] = []
  const sql = `copy (select ${expressions.join(', ')} from ${from}${drawn} limit ${SAMPLE}) to stdout`
  for await (const piece of copyOut(source, sql)) rows.push(piece)
  return rows
}

function profiled(bytes: Uint8Array, kind: 'sql' | 'ndjson', typer: Typer, names: Names): [string, ColumnPlan][] {
  const format = kind === 'sql' ? sqlFormat() : ndjsonFormat([])
  const piece = { bytes, length: bytes.length, state: format.state() }
  return Object.entries(profilePieces([piece], format, { kind }, 'utf-8', typer, names).columns)
}

function planOf(catalogue: Catalogue, seen: ReadonlyMap<string, ColumnPlan>): Plan {
  const groups = groupsOf(catalogue)
  const columns: [string, ColumnPlan][] = []
  for (const placed of placedColumns(catalogue).values()) {
    const { place, column } = placed
    const group = groups.get(place)
    // What references a key follows it.
    if (group !== undefined && group.root.place !== place) continue
    const own = ofPerson(placed, group, seen)
    columns.push([place, own ?? (group === undefined ? suggested(placed, seen.get(place)) : ofGroup(group, seen))])
    if (column.kind === 'json' || column.kind === 'array')
      columns.push(...[...seen].filter(([name]) => name.startsWith(`${place}.`) || name.startsWith(`${place}[`)))
  }
  return {
    plan: 'art32.shield/1',
    format: { kind: 'sql' },
    encoding: 'utf-8',
    domain: 'default',
    epoch: 0,
    country: 'de',
    unknown: 'quarantine',
    columns: Object.fromEntries(columns),
    text: { default: 'label', types: {} },
    quasiIdentifiers: [],
    sensitive: [],
  }
}

const isPersonal = (planned: ColumnPlan | undefined): planned is ColumnPlan =>
  planned !== undefined && planned.do !== 'keep' && planned.do !== 'text'

const persons = new Set([
  'name',
  'given-name',
  'family-name',
  'email',
  'phone',
  'username',
  'birth-date',
  'national-id',
])

/** The number of a row that is about a person leads back to that person, whatever it is called. */
function ofPerson(
  placed: Placed,
  group: Group | undefined,
  seen: ReadonlyMap<string, ColumnPlan>,
): ColumnPlan | undefined {
  const { table, column, place } = placed
  const isAlone = table.keys.some(
    ({ isPrimary, columns }) => isPrimary && columns.length === 1 && columns[0] === column.name,
  )
  if (column.kind !== 'integer' || !isAlone || (group !== undefined && group.root.place !== place)) return undefined
  const isPerson = table.columns.some(({ name }) => persons.has(seen.get(columnPlace(table, name))?.type ?? ''))
  return isPerson ? suggested(placed, { type: 'subject-id', do: 'pseudonym' }) : undefined
}

/** A key is somebody's when any column that references it is called so: `orders.customer_id` says it of `customer.id`. */
function ofGroup({ root, members }: Group, seen: ReadonlyMap<string, ColumnPlan>): ColumnPlan {
  const own = seen.get(root.place)
  const told = [own, ...members.map(({ place }) => seen.get(place))].find(isPersonal)
  return suggested(root, told === undefined ? own : { ...told, type: 'subject-id', do: 'pseudonym' })
}

/** The step that the sample suggests, as far as the type of the column has room for it. */
function suggested(placed: Placed, seen: ColumnPlan | undefined): ColumnPlan {
  const { column } = placed
  const known = {
    type: seen?.type ?? column.kind,
    ...(seen?.confidence === undefined ? {} : { confidence: seen.confidence }),
  }
  switch (column.kind) {
    case 'text':
      return inText(placed, seen ?? { type: 'unclear', do: 'pseudonym' })
    case 'uuid':
      // Kept, it would lead back to the record that it was.
      return { type: 'uuid', do: 'pseudonym', as: 'uuid' }
    case 'integer':
    case 'number':
      return inNumber(placed, seen, known)
    case 'date':
    case 'timestamp':
      return seen?.type === 'birth-date'
        ? { ...known, do: 'generalise', to: 'year' }
        : { ...known, type: 'date', do: 'keep' }
    case 'network':
      return { type: 'ip', do: 'generalise', bits: [16, 32] }
    case 'json':
      return { type: 'json', do: 'json' }
    case 'array':
      return column.element === 'text'
        ? { type: 'array', do: 'array' }
        : { type: column.element, do: column.element === 'other' ? 'delete' : 'keep' }
    case 'other':
      return { type: column.base, do: 'delete' }
    default:
      return { type: column.kind === 'enum' ? 'code' : column.kind, do: 'keep' }
  }
}

function isKey({ table, column }: Placed): boolean {
  return table.keys.some(
    ({ columns, isPrimary }) => columns.includes(column.name) && (isPrimary || columns.length === 1),
  )
}

function inText(placed: Placed, seen: ColumnPlan): ColumnPlan {
  const { most } = placed.column
  const known = { type: seen.type, ...(seen.confidence === undefined ? {} : { confidence: seen.confidence }) }
  const isNarrow = most !== null && most < SHORTEST_PSEUDONYM
  if (isKey(placed) && seen.do !== 'keep')
    return isNarrow ? { ...known, do: 'format-preserving', alphabet: 'upper-digits' } : { ...known, do: 'pseudonym' }
  return seen.do === 'pseudonym' && isNarrow ? { ...known, do: 'delete' } : seen
}

function inNumber(
  placed: Placed,
  seen: ColumnPlan | undefined,
  known: { readonly type: string; readonly confidence?: number },
): ColumnPlan {
  const width = placed.column.kind === 'integer' ? widthOf(placed) : undefined
  if (seen === undefined || seen.do === 'keep' || seen.do === 'text') return { ...known, do: 'keep' }
  // Any number of two digits and decimals could be a latitude: only the name says so.
  if (seen.type === 'geo' && typeByName(placed.column.name)?.type !== 'geo') return { type: 'number', do: 'keep' }
  if (seen.do === 'generalise' && seen.decimals !== undefined && !isKey(placed)) return seen
  if (width !== undefined && width >= 6) return { ...known, do: 'format-preserving', alphabet: 'digits' }
  return placed.column.notNull ? { ...known, do: 'keep' } : { ...known, do: 'delete' }
}
