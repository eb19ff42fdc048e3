import path from 'node:path'
import { pathToFileURL } from 'node:url'

import { exists, filesBelow, read, type Finding, type Gate } from '../gate.ts'
import { columnsOf, type Column } from '../sql.ts'

const declared = 'apps/server/src/privacy/fields.ts'
const ruled = 'apps/server/src/privacy/rules.ts'
const purposed = 'apps/server/src/privacy/purposes.ts'

/** What could hold something about a person. Numbers, times and yes-or-no share the fate of their row. */
const telling = /^(text|varchar|character|char|citext|json|jsonb|xml|bytea|inet|cidr|macaddr8?|uuid|name)\b/

type Tables = Readonly<Record<string, Readonly<Record<string, string>>>>
type Rules = Readonly<Record<string, { readonly in: string; readonly table: string; readonly from: string }>>
type Purposes = Readonly<Record<string, { readonly rules: readonly string[] }>>

/**
 * Every stored field that could hold something about a person says what it is for and when it ends (Art. 5(1)(b) and (e),
 * 13(2)(a), 30(1)(f) GDPR): the privacy notice and the daily deletion are made of the same declarations.
 */
export const personalData: Gate = {
  name: 'personal-data',
  holds: 'every stored field has its purpose and its end, or the reason why it is not personal',
  async run(root) {
    const tables = (await load<Readonly<Record<string, Tables>>>(root, declared, 'fields')) ?? {}
    const rules = (await load<Rules>(root, ruled, 'rules')) ?? {}
    const purposes = (await load<Purposes>(root, purposed, 'purposes')) ?? {}
    const stored = columnsIn(root)
    return [
      ...stored.flatMap((column) => undeclared(column, tables)),
      ...gone(stored, tables),
      ...withoutColumn(stored, rules),
      ...untold(rules, purposes),
    ]
  },
}

interface Stored extends Column {
  readonly database: string
  readonly place: string
}

/** Every column that the migrations leave behind. */
function columnsIn(root: string): Stored[] {
  const folder = 'apps/server/migrations'
  const files = exists(root, folder) ? filesBelow(root, folder).filter((file) => file.endsWith('.sql')) : []
  const databases = [...new Set(files.map((file) => file.split('/')[3] ?? ''))]
  return databases.flatMap((database) =>
    columnsOf(
      files
        .filter((file) => file.startsWith(`${folder}/${database}/`))
        .map((file) => ({ file, text: read(root, file) })),
    ).map((column) => ({ ...column, database, place: `${column.file}:${column.line}` })),
  )
}

function undeclared(
  { database, table, name, type, place }: Stored,
  tables: Readonly<Record<string, Tables>>,
): Finding[] {
  if (!telling.test(type) || tables[database]?.[table]?.[name] !== undefined) return []
  return [
    {
      place,
      says: `${table}.${name} (${type}) of the ${database} database is declared neither personal nor not personal`,
      remedy: `Add one line to ${table} in ${declared}, such as ${name}: 'account' (a purpose of purposes.ts) or ${name}: 'no: code'.`,
    },
  ]
}

function gone(stored: readonly Stored[], tables: Readonly<Record<string, Tables>>): Finding[] {
  const known = new Set(stored.map(({ database, table, name }) => `${database} ${table}.${name}`))
  return Object.entries(tables).flatMap(([database, ofDatabase]) =>
    Object.entries(ofDatabase).flatMap(([table, columns]) =>
      Object.keys(columns)
        .filter((name) => !known.has(`${database} ${table}.${name}`))
        .map((name) => ({
          place: declared,
          says: `${table}.${name} of the ${database} database is declared and no migration makes it`,
          remedy: 'Take the line out.',
        })),
    ),
  )
}

function withoutColumn(stored: readonly Stored[], rules: Rules): Finding[] {
  const known = new Set(stored.map(({ database, table, name }) => `${database} ${table}.${name}`))
  return Object.entries(rules)
    .filter(
      ([, rule]) =>
        !known.has(`${rule.in} ${rule.table}.${rule.from}`) && !known.has(`ledger ${rule.table}.${rule.from}`),
    )
    .map(([id, rule]) => ({
      place: ruled,
      says: `${id} deletes by ${rule.table}.${rule.from}, which the ${rule.in} database does not have`,
      remedy: 'Name a column that a migration makes.',
    }))
}

function untold(rules: Rules, purposes: Purposes): Finding[] {
  const told = new Set(Object.values(purposes).flatMap((purpose) => purpose.rules))
  return Object.keys(rules)
    .filter((id) => !told.has(id))
    .map((id) => ({
      place: ruled,
      says: `${id} belongs to no purpose, so the privacy notice does not tell it`,
      remedy: `Name it in the rules of a purpose in ${purposed}.`,
    }))
}

/** Imported by path and not by name: the gate also runs on trees that have no such module. */
async function load<Shape>(root: string, file: string, name: string): Promise<Shape | undefined> {
  if (!exists(root, file)) return undefined
  const module = (await import(pathToFileURL(path.join(root, file)).href)) as Record<string, Shape>
  return module[name]
}
