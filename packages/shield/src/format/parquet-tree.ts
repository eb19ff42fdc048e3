import type { SchemaElement, SchemaTree } from 'hyparquet'
import type { ColumnPlan, Plan } from '../plan/plan.ts'
import { type CellBlock, type Changes } from './rows.ts'
import { type Leaf, leafOf, type Raw, textElement, unscaled } from './parquet-leaf.ts'

/** A column of a Parquet file, or what lies in one. */
export type Node =
  | { readonly kind: 'leaf'; readonly column: number; readonly leaf: Leaf; readonly isTyped: boolean }
  | { readonly kind: 'struct'; readonly members: readonly (readonly [string, Node])[] }
  | { readonly kind: 'list'; readonly element: Node }
  /** What cannot be looked into stays behind. */
  | { readonly kind: 'withheld'; readonly column: number }

export interface Tree {
  readonly names: readonly string[]
  readonly nodes: readonly Node[]
  /** Paths of leaves: `user.mail`, `items[].mail`. */
  readonly columns: readonly string[]
  /** Those that cannot be looked into: maps, variants, geometries. */
  readonly withheld: ReadonlySet<string>
  /** Of the new file. */
  readonly schema: SchemaElement[]
}

/** @param plan undefined where there is none yet: then there will be no new file either */
export function treeOf(root: SchemaTree, plan: Plan | undefined): Tree {
  const columns: string[] = []
  const withheld = new Set<string>()
  const schema: SchemaElement[] = [{ name: 'root', num_children: root.children.length }]

  function withhold(path: string, name: string): Node {
    withheld.add(path)
    columns.push(path)
    schema.push(textElement(name))
    return { kind: 'withheld', column: columns.length - 1 }
  }

  function make(tree: SchemaTree, path: string): Node {
    const { element, children } = tree
    if (children.length > 0) {
      schema.push(element)
      const [list] = children
      if (isList(element) && list !== undefined) {
        schema.push(list.element)
        const [item] = list.children
        if (item === undefined) throw new Error('a list that was looked at has an element')
        return { kind: 'list', element: make(item, `${path}[]`) }
      }
      return {
        kind: 'struct',
        members: children.map((child) => [child.element.name, make(child, `${path}.${child.element.name}`)] as const),
      }
    }
    const leaf = leafOf(element)
    if (leaf === undefined) throw new Error('a leaf that was looked at can be read')
    columns.push(path)
    const isTyped = staysTyped(path, leaf, plan)
    schema.push(isTyped ? leaf.element : textElement(element.name))
    return { kind: 'leaf', column: columns.length - 1, leaf, isTyped }
  }

  const nodes = root.children.map((child) =>
    isReadable(child)
      ? make(child, topName(child.element.name))
      : withhold(topName(child.element.name), child.element.name),
  )
  return { names: root.children.map(({ element }) => element.name), nodes, columns, withheld, schema }
}

/** What begins with # is a column of the shield's own. */
const topName = (name: string): string => (name.startsWith('#') ? JSON.stringify(name) : name)

const isList = ({ converted_type: converted, logical_type: logical }: SchemaElement): boolean =>
  converted === 'LIST' || logical?.type === 'LIST'

/** Whether all of it can be told: leaves, structures of them, and lists in three levels. */
function isReadable({ element, children }: SchemaTree): boolean {
  const { converted_type: converted, logical_type: logical, repetition_type: repetition } = element
  if (children.length === 0) return leafOf(element) !== undefined
  if (repetition === 'REPEATED') return false
  if (converted === 'MAP' || converted === 'MAP_KEY_VALUE' || logical?.type === 'MAP' || logical?.type === 'VARIANT') {
    return false
  }
  if (!isList(element)) return children.every(isReadable)
  const [list, other] = children
  const [item, another] = list?.children ?? []
  if (list?.element.repetition_type !== 'REPEATED' || other !== undefined || another !== undefined) return false
  return item !== undefined && isReadable(item)
}

/** Whether what the plan does leaves values of the type, or none. */
function staysTyped(path: string, leaf: Leaf, plan: Plan | undefined): boolean {
  if (leaf.isText) return true
  const step: ColumnPlan['do'] | undefined = Object.hasOwn(plan?.columns ?? {}, path)
    ? plan?.columns[path]?.do
    : plan?.unknown
  if (step === 'shift') return leaf.isDate
  return step === undefined || step === 'keep' || step === 'delete' || step === 'quarantine'
}

const MARK = '?'

/** Puts the values at a node into the block. */
export function addValues(node: Node, value: unknown, block: CellBlock): void {
  switch (node.kind) {
    case 'leaf':
      block.add(node.column, isRaw(value) ? node.leaf.text(value) : '')
      return
    case 'withheld':
      block.add(node.column, value === null || value === undefined ? '' : MARK)
      return
    case 'list':
      if (Array.isArray(value)) for (const item of value) addValues(node.element, item, block)
      return
    case 'struct':
      if (isRecord(value)) for (const [name, member] of node.members) addValues(member, value[name], block)
  }
}

/** Where in the block the next value stands. */
export interface Place {
  field: number
}

const decoder = new TextDecoder()

/** The value at a node as it is to be written; walks as `addValues` did. */
export function changedValue(node: Node, value: unknown, place: Place, changes: Changes): unknown {
  switch (node.kind) {
    case 'leaf': {
      const { field } = place
      place.field += 1
      return changedLeaf(node.leaf, node.isTyped, value, changes, field)
    }
    case 'withheld':
      place.field += 1
      return undefined
    case 'list':
      if (!Array.isArray(value)) return undefined
      return value.map((item) => changedValue(node.element, item, place, changes))
    case 'struct':
      if (!isRecord(value)) return undefined
      return Object.fromEntries(
        node.members.map(([name, member]) => [name, changedValue(member, value[name], place, changes)]),
      )
  }
}

function changedLeaf(leaf: Leaf, isTyped: boolean, value: unknown, { start, end, bytes }: Changes, field: number) {
  if (!isRaw(value)) return undefined
  const from = start[field] ?? -1
  if (from < 0) return isTyped ? kept(leaf, value) : leaf.text(value)
  const to = end[field] ?? 0
  if (from === to) return undefined
  // What a number or date cannot hold is left out rather than written as another one.
  if (isTyped && !leaf.isText) return leaf.raw(decoder.decode(bytes.subarray(from, to)))
  return bytes.slice(from, to)
}

function kept(leaf: Leaf, value: Raw): Raw {
  const isDecimal = leaf.element.converted_type === 'DECIMAL' || leaf.element.logical_type?.type === 'DECIMAL'
  return isDecimal ? unscaled(value) : value
}

const isRaw = (value: unknown): value is Raw =>
  typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean' || value instanceof Uint8Array

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
