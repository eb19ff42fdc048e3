import { ShieldError } from '../error.ts'
import type { ColumnPlan, Plan } from '../plan/plan.ts'
import { type Catalogue, columnPlace, type Table } from './catalogue.ts'
import { quoted } from './connect.ts'
import { type Group, groupsOf, type Placed, placedColumns } from './groups.ts'
import { type Step, SHORTEST_PSEUDONYM, stepOf, widthOf, withheld } from './step.ts'

/** How one table gets over. */
export interface TableWork {
  readonly table: Table
  /** The columns that are written, in order, and what is read for each. */
  readonly columns: readonly { readonly name: string; readonly place: string; readonly expression: string }[]
  /** Of those, what takes no NULL and is a text. */
  readonly filled: readonly string[]
  /** What the engine never sees, to be counted. */
  readonly apart: readonly { readonly name: string; readonly place: string; readonly step: Step }[]
}

/** A plan that was held against the tables. */
export interface Prepared {
  /** For the engine: with types and lengths respected, and the columns that reference a key as that key. */
  readonly plan: Plan
  readonly tables: readonly TableWork[]
  /** Columns that become other whole numbers: below how many digits these are. */
  readonly widths: ReadonlyMap<string, number>
  /** What is done with each column, in the words of the plan: also where a reference follows its key. */
  readonly steps: Plan['columns']
  /** Columns that the plan does not name and no reference explains. */
  readonly unknown: readonly string[]
}

/**
 * Holds a plan against the tables of the source: which step each column gets, so that keys stay keys and types stay types.
 *
 * @throws {ShieldError} a step that cannot be, a column that is not there, or one that cannot be left out; always with its name
 */
export function prepare(plan: Plan, catalogue: Catalogue): Prepared {
  if (plan.format.kind !== 'sql')
    throw new ShieldError(`This is a plan for ${plan.format.kind}, not for a database (format: { kind: sql }).`)
  const placed = placedColumns(catalogue)
  refuseStrangers(plan, placed)
  const groups = groupsOf(catalogue)
  const steps = new Map<string, Step>()
  const unknown: string[] = []
  const followed: [string, ColumnPlan][] = []
  for (const one of placed.values()) {
    const group = groups.get(one.place)
    const planned = group === undefined ? plannedFor(plan, one.place) : plannedInGroup(plan, group, one)
    if (planned === undefined) unknown.push(one.place)
    else followed.push([one.place, planned])
    const step = planned === undefined ? stepOfUnknown(one, plan) : stepOf(one, fitted(planned, group, one), plan)
    refuseMerging(one, step, group)
    steps.set(one.place, step)
  }
  const columns = Object.fromEntries(
    [...steps].map(([place, step]): [string, ColumnPlan] => [
      place,
      step.by === 'engine' ? step.column : { type: 'database', do: 'keep' },
    ]),
  )
  return {
    plan: { ...plan, columns: { ...plan.columns, ...columns } },
    tables: catalogue.tables.map((table) => workOf(table, steps)),
    widths: new Map(
      Object.entries(columns).flatMap(([place, column]) =>
        column.do === 'format-preserving' && column.width !== undefined ? [[place, column.width] as const] : [],
      ),
    ),
    steps: { ...plan.columns, ...Object.fromEntries(followed) },
    unknown,
  }
}

const plannedFor = (plan: Plan, place: string): ColumnPlan | undefined =>
  Object.hasOwn(plan.columns, place) ? plan.columns[place] : undefined

/** A plan that names what is not there was made for another database. */
function refuseStrangers(plan: Plan, placed: ReadonlyMap<string, Placed>): void {
  for (const name of [...Object.keys(plan.columns), ...plan.quasiIdentifiers, ...plan.sensitive]) {
    const isThere =
      placed.has(name) ||
      [...placed.values()].some(
        ({ column, place }) =>
          (column.kind === 'json' || column.kind === 'array' || column.kind === 'text') &&
          (name.startsWith(`${place}.`) || name.startsWith(`${place}[`)),
      )
    if (!isThere)
      throw new ShieldError(`The plan names ${name}, which the source does not have (or computes by itself).`)
  }
}

/** What is done with a column of a group: what is done with the key, unless it is only left out here. */
function plannedInGroup(plan: Plan, { root, members }: Group, one: Placed): ColumnPlan | undefined {
  const own = plannedFor(plan, one.place)
  const isLeftOut = own?.do === 'delete' && !one.column.notNull && one.place !== root.place
  if (isLeftOut) return own
  const lead = [root, ...members].find(({ place }) => {
    const planned = plannedFor(plan, place)
    return planned !== undefined && (place === root.place || planned.do !== 'delete')
  })
  if (lead === undefined) return own
  const planned = plannedFor(plan, lead.place)
  if (planned !== undefined && own !== undefined && own.do !== planned.do)
    throw new ShieldError(
      `${one.place} and ${lead.place} are tied by a foreign key, and the plan has ${own.do} for one and ${planned.do} for the other. Plan the key; what references it follows.`,
    )
  if (planned?.do === 'pseudonym' && planned.same === 'never')
    throw new ShieldError(
      `${lead.place} is a key that others reference: its pseudonyms have to be the same everywhere (same).`,
    )
  return planned
}

/** The settings that all columns of a group have to have in common, taken from the narrowest of them. */
function fitted(planned: ColumnPlan, group: Group | undefined, one: Placed): ColumnPlan {
  const members = group?.members ?? [one]
  if (planned.do === 'format-preserving' && one.column.kind !== 'text') {
    const own = members.map((member) => widthOf(member) ?? 0)
    return { ...planned, width: Math.max(6, Math.min(planned.width ?? 18, ...own)) }
  }
  if (planned.do !== 'pseudonym') return planned
  if (members.some(({ column }) => column.kind === 'uuid')) return { ...planned, as: 'uuid' }
  const rooms = members.flatMap(({ column }) => (column.most === null ? [] : [column.most]))
  const least = Math.min(...rooms, planned.most ?? Infinity)
  return least < Infinity && least >= SHORTEST_PSEUDONYM ? { ...planned, most: least } : planned
}

/** Fails closed: what nobody planned does not get over, or as text where the plan says so of everything unknown. */
function stepOfUnknown(one: Placed, plan: Plan): Step {
  if (plan.unknown === 'text' && one.column.kind === 'text') return stepOf(one, { type: 'text', do: 'text' }, plan)
  return withheld(one, false)
}

const merging = new Set(['mask', 'generalise', 'text', 'json', 'array'])

/** Of a key no two values may become one. @throws {ShieldError} */
function refuseMerging({ table, column, place }: Placed, step: Step, group: Group | undefined): void {
  const key = table.keys.find(
    ({ columns, isPrimary }) => columns.includes(column.name) && (isPrimary || columns.length === 1),
  )
  if (key === undefined && group === undefined) return
  const merges =
    step.by === 'source' ||
    (step.by === 'engine' && merging.has(step.column.do)) ||
    (step.by === 'nothing' && (column.notNull || group?.root.place === place))
  if (!merges) return
  throw new ShieldError(
    `${place} is a key (${key?.name ?? 'others reference it'}): different values have to stay different. What can be done: keep, pseudonym, for numbers format-preserving.`,
  )
}

function workOf(table: Table, steps: ReadonlyMap<string, Step>): TableWork {
  const own = table.columns.flatMap((column) => {
    const place = columnPlace(table, column.name)
    const step = steps.get(place)
    return step === undefined ? [] : [{ column, place, step }]
  })
  return {
    table,
    columns: own.map(({ column, place, step }) => ({
      name: column.name,
      place,
      expression: step.by === 'engine' ? engineExpression(column.name, column.base, step.column) : step.expression,
    })),
    filled: own.flatMap(({ column, place }) => (column.kind === 'text' && column.notNull ? [place] : [])),
    apart: own.flatMap(({ column, place, step }) => (step.by === 'engine' ? [] : [{ name: column.name, place, step }])),
  }
}

/** A document of type json may have lines; as jsonb it is written in one. */
const engineExpression = (name: string, base: string, column: ColumnPlan): string =>
  base === 'json' && column.do === 'json' ? `${quoted(name)}::jsonb` : quoted(name)
