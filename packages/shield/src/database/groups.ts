import { type Catalogue, type Column, columnPlace, type Table } from './catalogue.ts'

/** A column where it stands. */
export interface Placed {
  readonly table: Table
  readonly column: Column
  readonly place: string
}

/**
 * Columns whose values are the same because one references the other, by chains of any length: what is done with one is
 * done with all. `root` is the one that references nothing, by whose type and domain all of them go.
 */
export interface Group {
  readonly root: Placed
  readonly members: readonly Placed[]
}

/** All columns that the server does not compute, by the name that plans have for them. */
export function placedColumns({ tables }: Pick<Catalogue, 'tables'>): Map<string, Placed> {
  return new Map(
    tables.flatMap((table) =>
      table.columns
        .filter(({ generated }) => generated === null)
        .map((column): [string, Placed] => {
          const place = columnPlace(table, column.name)
          return [place, { table, column, place }]
        }),
    ),
  )
}

/** The groups of two and more, by each of their members. */
export function groupsOf(catalogue: Catalogue): Map<string, Group> {
  const placed = placedColumns(catalogue)
  const tables = new Map(catalogue.tables.map((table) => [JSON.stringify([table.schema, table.name]), table]))
  const above = new Map<string, string>()
  const referencing = new Set<string>()
  const top = (place: string): string => {
    const next = above.get(place)
    return next === undefined ? place : top(next)
  }
  for (const { schema, table, columns, toSchema, toTable, toColumns } of catalogue.references) {
    const from = tables.get(JSON.stringify([schema, table]))
    const to = tables.get(JSON.stringify([toSchema, toTable]))
    if (from === undefined || to === undefined) continue
    for (const [index, column] of columns.entries()) {
      const one = columnPlace(from, column)
      const other = columnPlace(to, toColumns[index] ?? '')
      // A table whose rows reference others of it has its key as root.
      if (one !== other) referencing.add(one)
      if (top(one) !== top(other)) above.set(top(one), top(other))
    }
  }
  const members = Map.groupBy(
    [...placed.values()].filter(({ place }) => above.has(place) || [...above.values()].includes(place)),
    ({ place }) => top(place),
  )
  const groups = new Map<string, Group>()
  for (const own of members.values()) {
    const sorted = own.toSorted((one, other) => (one.place < other.place ? -1 : 1))
    const root = sorted.find(({ place }) => !referencing.has(place)) ?? sorted[0]
    if (root === undefined) continue
    for (const { place } of sorted) groups.set(place, { root, members: sorted })
  }
  return groups
}
