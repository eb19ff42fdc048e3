import { ShieldError } from '../error.ts'
import type { ColumnPlan, Plan } from '../plan/plan.ts'
import { columnPlace } from './catalogue.ts'
import { literal, quoted } from './connect.ts'
import type { Placed } from './groups.ts'

/** How the values of one column get over. */
export type Step =
  /** As they are, through the engine, which does with them what its plan says. */
  | { readonly by: 'engine'; readonly column: ColumnPlan }
  /** The source computes them, in the column's own type. */
  | { readonly by: 'source'; readonly expression: string }
  /** They stay where they are; this stands in their place. */
  | { readonly by: 'nothing'; readonly expression: string; readonly isPlanned: boolean }

/** A pseudonym of fewer characters would be another's too soon: twelve are 60 bits. */
export const SHORTEST_PSEUDONYM = 12

/** Digits that whole numbers of a type are spread over: those that programs hold exactly, with room above for new ones. */
const widths: Readonly<Record<string, number>> = { int4: 9, int8: 15, numeric: 15 }

export const widthOf = ({ column }: Placed): number | undefined =>
  column.base === 'numeric' ? Math.min(column.most ?? 0, 15) || undefined : widths[column.base]

/** Of a type that the engine does not guard: what the server takes for a number or a date has no room for a label. */
const asItIs: ColumnPlan = { type: 'database', do: 'keep' }

/**
 * What the plan's step is in a column of this type.
 *
 * @throws {ShieldError} it cannot be; with the column and what can
 */
export function stepOf(placed: Placed, planned: ColumnPlan, plan: Plan): Step {
  const { column, place } = placed
  if (planned.do === 'delete' || planned.do === 'quarantine') return withheld(placed, planned.do === 'delete')
  if (planned.do === 'keep') return { by: 'engine', column: column.kind === 'text' ? planned : asItIs }
  switch (column.kind) {
    case 'text':
      return { by: 'engine', column: inText(placed, planned) }
    case 'uuid':
      if (planned.do === 'pseudonym') return { by: 'engine', column: { ...planned, as: 'uuid' } }
      return refuse(placed, planned, 'keep, pseudonym, delete')
    case 'integer':
    case 'number':
      return inNumber(placed, planned)
    case 'date':
    case 'timestamp':
      return inDate(placed, planned)
    case 'network':
      if (planned.do === 'generalise' && planned.bits !== undefined)
        return { by: 'source', expression: network(column.name, column.base, planned.bits) }
      return refuse(placed, planned, 'keep, delete, generalise with bits')
    case 'json':
      if (planned.do === 'json') return { by: 'engine', column: planned }
      return refuse(placed, planned, `json (and a step for each path, ${place}.…), keep, delete`)
    case 'array':
      return inArray(placed, planned, plan)
    default:
      return refuse(placed, planned, 'keep, delete')
  }
}

function refuse({ column, place }: Placed, planned: ColumnPlan, can: string): never {
  throw new ShieldError(`${place} is ${column.type}: ${planned.do} cannot be done there. What can: ${can}.`)
}

/**
 * Nothing of it gets over: NULL, and where that may not be, an empty text.
 *
 * @throws {ShieldError} neither may be
 */
export function withheld({ column, place }: Placed, isPlanned: boolean): Step {
  if (!column.notNull) return { by: 'nothing', expression: 'null', isPlanned }
  if (isPlanned && column.kind === 'text') return { by: 'nothing', expression: "''", isPlanned }
  throw new ShieldError(
    isPlanned
      ? `${place} takes no NULL and is ${column.type}, so it cannot be deleted. Plan something else for it.`
      : `${place} is in no plan and takes no NULL, so it cannot be left out. Add it to the plan: art32 shield db SOURCE --profile suggests a step.`,
  )
}

function inText({ column, place }: Placed, planned: ColumnPlan): ColumnPlan {
  const { most } = column
  if (planned.do === 'json' || planned.do === 'array' || most === null) return planned
  if (planned.do === 'pseudonym' && most < (planned.as === 'uuid' ? 36 : SHORTEST_PSEUDONYM))
    throw new ShieldError(
      `${place} has room for ${most} characters; a pseudonym needs ${planned.as === 'uuid' ? 36 : SHORTEST_PSEUDONYM}. Delete it, mask it, or keep its format (format-preserving).`,
    )
  if (planned.do === 'reversible')
    throw new ShieldError(
      `${place} has room for ${most} characters; what is reversible is longer. It needs a column of type text.`,
    )
  return { ...planned, most: Math.min(most, planned.most ?? most) }
}

function inNumber(placed: Placed, planned: ColumnPlan): Step {
  const { column } = placed
  const name = quoted(column.name)
  if (planned.do === 'format-preserving') {
    const width = planned.width ?? widthOf(placed)
    if (width === undefined || width < 6)
      return refuse(placed, planned, 'keep, delete, generalise with band (fewer than a million values are possible)')
    return { by: 'engine', column: { ...planned, width } }
  }
  if (planned.do === 'generalise' && typeof planned.band === 'number')
    return { by: 'source', expression: `(floor(${name}::numeric / ${planned.band}) * ${planned.band})::${column.type}` }
  if (planned.do === 'generalise' && planned.decimals !== undefined)
    return { by: 'source', expression: `round(${name}::numeric, ${planned.decimals})::${column.type}` }
  return refuse(placed, planned, 'keep, delete, format-preserving, generalise with band (one number) or decimals')
}

function inDate(placed: Placed, planned: ColumnPlan): Step {
  const { column, table } = placed
  if (planned.do === 'generalise' && planned.to !== undefined && planned.to !== 'age')
    return {
      by: 'source',
      expression: `date_trunc(${literal(planned.to)}, ${quoted(column.name)}::timestamp)::${column.type}`,
    }
  if (planned.do !== 'shift')
    return refuse(placed, planned, 'keep, delete, shift, generalise to month, quarter, year, decade')
  const subject = planned.subject.includes('.') ? planned.subject : columnPlace(table, planned.subject)
  if (!table.columns.some(({ name }) => columnPlace(table, name) === subject))
    throw new ShieldError(`${placed.place} is to be shifted by ${subject}, which is no column of its table.`)
  return { by: 'engine', column: { ...planned, subject } }
}

function inArray(placed: Placed, planned: ColumnPlan, plan: Plan): Step {
  const { column, place } = placed
  if (planned.do !== 'array' || (column.element !== 'text' && column.element !== 'uuid'))
    return refuse(
      placed,
      planned,
      column.element === 'text' || column.element === 'uuid'
        ? `array (and a step for ${place}[]), keep, delete`
        : 'keep, delete',
    )
  if (column.element === 'uuid' && !['pseudonym', 'keep'].includes(plan.columns[`${place}[]`]?.do ?? plan.unknown))
    throw new ShieldError(`${place}[] holds UUIDs: what can be done with them is keep, pseudonym.`)
  return { by: 'engine', column: planned }
}

const network = (name: string, type: string, [v4, v6]: readonly [number, number]): string => {
  const bits = `least(masklen(${quoted(name)}), case family(${quoted(name)}) when 4 then ${v4} else ${v6} end)`
  return `network(set_masklen(${quoted(name)}::inet, ${bits}))::${type}`
}
