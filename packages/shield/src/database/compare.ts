import { type Catalogue, columnPlace, type Reference, type Table } from './catalogue.ts'

/**
 * The first thing in which the target's tables are not those of the source, in words; undefined where they are the same. Defaults, views,
 * triggers and indexes that only make things quick may differ.
 */
export function firstDifference(source: Catalogue, target: Catalogue): string | undefined {
  const there = new Map(target.tables.map((table) => [table.place, table]))
  for (const table of source.tables) {
    const other = there.get(table.place)
    if (other === undefined) return `the target has no table ${table.place}`
    const difference = inTable(table, other)
    if (difference !== undefined) return difference
  }
  const here = new Set(source.tables.map(({ place }) => place))
  const surplus = target.tables.find(({ place }) => !here.has(place))
  if (surplus !== undefined) return `the source has no table ${surplus.place}`
  return inReferences(source.references, target.references)
}

function inTable(table: Table, other: Table): string | undefined {
  const there = new Map(other.columns.map((column) => [column.name, column]))
  for (const { name, type, notNull, generated } of table.columns) {
    const column = there.get(name)
    const place = columnPlace(table, name)
    if (column === undefined) return `the target has no column ${place}`
    if (column.type !== type) return `${place} is ${type} in the source and ${column.type} in the target`
    if (column.notNull !== notNull)
      return `${place} takes ${notNull ? 'no NULL' : 'NULL'} in the source and ${notNull ? 'NULL' : 'no NULL'} in the target`
    if ((column.generated === null) !== (generated === null))
      return `${place} is computed by ${generated === null ? 'the target' : 'the source'} only`
  }
  const here = new Set(table.columns.map(({ name }) => name))
  const surplus = other.columns.find(({ name }) => !here.has(name))
  if (surplus !== undefined) return `the source has no column ${columnPlace(other, surplus.name)}`
  return inKeys(table, other)
}

function inKeys(table: Table, other: Table): string | undefined {
  const wordsOf = ({ keys }: Table) => new Set(keys.map(({ columns }) => columns.join(', ')))
  const [here, there] = [wordsOf(table), wordsOf(other)]
  for (const key of here) if (!there.has(key)) return `the target has no key of ${table.place} over ${key}`
  for (const key of there) if (!here.has(key)) return `the source has no key of ${table.place} over ${key}`
  return undefined
}

function inReferences(source: readonly Reference[], target: readonly Reference[]): string | undefined {
  const wordsOf = ({ schema, table, columns, toSchema, toTable, toColumns }: Reference) =>
    `${schema}.${table} (${columns.join(', ')}) references ${toSchema}.${toTable} (${toColumns.join(', ')})`
  const [here, there] = [new Set(source.map(wordsOf)), new Set(target.map(wordsOf))]
  for (const words of here) if (!there.has(words)) return `the target has no foreign key: ${words}`
  for (const words of there) if (!here.has(words)) return `the source has no foreign key: ${words}`
  return undefined
}
