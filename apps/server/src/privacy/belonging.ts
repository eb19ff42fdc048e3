import { fields } from './fields.ts'
import type { Field } from './fields.ts'

/** How a row belongs to a person, as `fields.ts` declares it. */
export type Belonging =
  | 'kept at address'
  | 'of account'
  | 'kept for person'
  | 'by account'
  | 'kept for account'
  | 'at address'
  | 'naming'

/** A column by which rows of a person are found. */
export interface Way {
  readonly table: string
  readonly column: string
  readonly belongs: Belonging
  /** Columns that are never handed out, only that they are there. */
  readonly secret: readonly string[]
  /** Columns that say nothing to anybody. */
  readonly hashes: readonly string[]
  /** Columns that hold something about people or their texts, this one among them. */
  readonly others: readonly string[]
}

const endings: readonly Belonging[] = [
  'of account',
  'kept for person',
  'by account',
  'kept for account',
  // Before the one that its word ends with.
  'kept at address',
  'at address',
  'naming',
]

/** The ways to a person's rows in one database. */
export function waysIn(database: 'control' | 'tenant'): Way[] {
  return Object.entries(fields[database]).flatMap(([table, columns]) =>
    Object.entries(columns).flatMap(([column, field]) => {
      const belongs = endings.find((ending) => field.endsWith(ending))
      if (!belongs) return []
      const named = (is: (field: Field) => boolean) =>
        Object.entries(columns).flatMap(([name, one]) => (is(one) ? [name] : []))
      return [
        {
          table,
          column,
          belongs,
          secret: named((one) => one.endsWith(', secret')),
          hashes: named((one) => one === 'no: hash' || one === 'no: key'),
          others: named((one) => !one.startsWith('no: ')),
        },
      ]
    }),
  )
}
