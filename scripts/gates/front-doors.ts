import path from 'node:path'

import type { Comment, Directive, Statement } from 'oxc-parser'

import { exists, filesBelow, isTest, readJson, sourcesBelow, type Finding, type Gate } from '../gate.ts'
import { docBefore, parse, place, type Source } from '../syntax.ts'

const SHORTEST_MODULE_COMMENT = 5

/** A front door says what lies behind it: a module comment, and a comment on whatever it exports. */
export const frontDoors: Gate = {
  name: 'front doors',
  holds: 'every module and every export of a front door has its comment',
  run: (root) =>
    doorsOf(root).flatMap((file) => {
      const door = parse(root, file)
      const first = firstBlock(door)
      // What stands first speaks of the module, also where the first export follows at once.
      const rest = { ...door, comments: door.comments.filter((comment) => comment !== first) }
      return [...moduleComment(door), ...undocumented(root, rest)]
    }),
}

/** Each index.ts, and what a package.json exports. */
function doorsOf(root: string): string[] {
  const exported = filesBelow(root)
    .filter((file) => /^(packages|apps)\/[^/]+\/package\.json$/.test(file))
    .flatMap((manifest) => {
      const exports = readJson<{ exports?: Record<string, string> }>(root, manifest)?.exports ?? {}
      return Object.values(exports).map((entry) => path.posix.join(path.posix.dirname(manifest), entry))
    })
    .filter((file) => file.endsWith('.ts') && exists(root, file))
  const indexes = sourcesBelow(root, { tests: false }).filter((file) => path.posix.basename(file) === 'index.ts')
  return [...new Set([...indexes, ...exported])].toSorted()
}

const firstBlock = (door: Source): Comment | undefined => door.comments.find((comment) => comment.type === 'Block')

function moduleComment(door: Source): Finding[] {
  const first = firstBlock(door)
  const start = door.program.body[0]?.start ?? door.text.length
  const lines = first ? door.text.slice(first.start, first.end).split('\n').length : 0
  if (first && first.end <= start && lines >= SHORTEST_MODULE_COMMENT) return []
  return [
    {
      place: door.file,
      says: first ? 'has a module comment of less than five lines' : 'has no module comment',
      remedy: 'Begin with 5 to 15 lines: what the module is, its invariants, its legal or technical source.',
    },
  ]
}

function undocumented(root: string, door: Source): Finding[] {
  return exportsOf(root, door)
    .filter(({ documented }) => !documented)
    .map(({ name, where }) => ({
      place: where,
      says: `${name} is exported by ${door.file} without a doc comment`,
      remedy: 'Say in a /** comment */ what it is, in which units, what it refuses and where the rule comes from.',
    }))
}

interface Export {
  readonly name: string
  readonly where: string
  readonly documented: boolean
}

/** What a file exports, followed to the declarations: that is where the comment stands and where an editor shows it. */
function exportsOf(root: string, source: Source): Export[] {
  return source.program.body.flatMap((statement): Export[] => {
    if (statement.type === 'ExportAllDeclaration') {
      const target = sibling(root, source, statement.source.value)
      return target ? exportsOf(root, target) : []
    }
    if (statement.type !== 'ExportNamedDeclaration') return []
    const own = declared(source, statement)
    if (own.length > 0) return own
    const target = statement.source ? sibling(root, source, statement.source.value) : source
    return statement.specifiers.flatMap(({ local, exported, start }) => {
      if (!target) return []
      const name = nameOf(exported)
      const documented = docBefore(source, start) !== undefined || isDocumented(root, target, nameOf(local))
      return [{ name, where: place(source, start), documented }]
    })
  })
}

const nameOf = (node: { readonly name: string } | { readonly value: string }): string =>
  'name' in node ? node.name : node.value

function sibling(root: string, source: Source, specifier: string): Source | undefined {
  if (!specifier.startsWith('.')) return undefined
  const file = path.posix.join(path.posix.dirname(source.file), specifier)
  return exists(root, file) && !isTest(file) ? parse(root, file) : undefined
}

/** The names that a statement itself declares; one comment serves all of one statement. */
function declared(source: Source, statement: Statement | Directive): Export[] {
  const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
  if (!declaration) return []
  const documented = docBefore(source, statement.start) !== undefined
  const entry = (name: string): Export => ({ name, where: place(source, statement.start), documented })
  if (declaration.type === 'VariableDeclaration') {
    return declaration.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [entry(id.name)] : []))
  }
  return 'id' in declaration && declaration.id && 'name' in declaration.id ? [entry(declaration.id.name)] : []
}

function isDocumented(root: string, source: Source, name: string): boolean {
  const own = source.program.body.flatMap((statement) => declared(source, statement))
  const found = own.filter((entry) => entry.name === name)
  // An overloaded function is declared several times and explained once.
  if (found.length > 0) return found.some((entry) => entry.documented)
  return source.program.body.some((statement) => {
    if (statement.type === 'ExportAllDeclaration') {
      const target = sibling(root, source, statement.source.value)
      return target !== undefined && isDocumented(root, target, name)
    }
    if (statement.type === 'ImportDeclaration') {
      const specifier = statement.specifiers.find(({ local }) => local.name === name)
      const target = specifier && sibling(root, source, statement.source.value)
      if (!specifier) return false
      if (!target || specifier.type !== 'ImportSpecifier') return true
      return isDocumented(root, target, nameOf(specifier.imported))
    }
    if (statement.type !== 'ExportNamedDeclaration') return false
    const specifier = statement.specifiers.find(({ exported }) => nameOf(exported) === name)
    if (!specifier) return false
    const target = statement.source ? sibling(root, source, statement.source.value) : undefined
    return statement.source && !target ? true : isDocumented(root, target ?? source, nameOf(specifier.local))
  })
}
