/**
 * The paths of values in JSON documents, `user.contacts[].email`, as a tree that a reader walks along by the bytes of the
 * keys, without a string per key.
 */
export interface PathNode {
  /** Index of the column of a value at this path; -1 until there was one. */
  column: number
  readonly path: string
  /** Whether a plan names this path or one below it. */
  readonly planned: boolean
  element: PathNode | undefined
  readonly members: Member[]
  /** By hash of the key. */
  readonly byHash: Map<number, Member[]>
  /** Which member most likely comes next: records of one kind have their keys in one order. */
  next: number
}

interface Member {
  readonly key: Uint8Array
  readonly node: PathNode
  readonly place: number
}

/** Not to be known beforehand, so that nobody writes a document whose keys all have one hash. */
const seed = crypto.getRandomValues(new Uint32Array(1))[0] ?? 1

/** So many paths are a form; more are data written as keys. All others share one column. */
const MOST_PATHS = 10_000

export interface Paths {
  readonly root: PathNode
  readonly columns: string[]
  /** The member of this name, by the bytes between its quotes. */
  member(node: PathNode, bytes: Uint8Array, start: number, end: number): PathNode
  element(node: PathNode): PathNode
  /** The column of a value there. */
  column(node: PathNode): number
}

/** Keys, which may be personal data themselves where a document uses them as such; and what is beyond `MOST_PATHS`. */
export const keysColumn = '#keys'
export const beyondColumn = '#beyond'

export function makePaths(planned: readonly string[]): Paths {
  const prefixes = new Set(planned.flatMap((path) => prefixesOf(path)))
  const columns = [keysColumn, beyondColumn]
  let count = 0

  function make(path: string): PathNode {
    count += 1
    const planned = prefixes.has(path)
    return { column: -1, path, planned, element: undefined, members: [], byHash: new Map(), next: 0 }
  }
  const root = make('')
  const beyond: PathNode = { ...make(beyondColumn), column: 1 }

  return {
    root,
    columns,
    member(node, bytes, start, end) {
      if (node === beyond) return beyond
      const likely = node.members[node.next]
      const found =
        likely !== undefined && equal(likely.key, bytes, start, end) ? likely : lookup(node, bytes, start, end)
      if (found !== undefined) {
        node.next = found.place + 1
        return found.node
      }
      if (count >= MOST_PATHS) return beyond
      const key = bytes.slice(start, end)
      const child = make(joined(node.path, keyText(key)))
      const member = { key, node: child, place: node.members.length }
      node.members.push(member)
      node.next = member.place + 1
      const hash = hashOf(key, 0, key.length)
      node.byHash.set(hash, [...(node.byHash.get(hash) ?? []), member])
      return child
    },
    element(node) {
      if (node === beyond) return beyond
      node.element ??= make(`${node.path}[]`)
      return node.element
    },
    column(node) {
      if (node.column === -1) {
        node.column = columns.length
        columns.push(node.path === '' ? '.' : node.path)
      }
      return node.column
    },
  }
}

const joined = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`)

/** A key as it stands in a path: in JSON's own quotes where it would be taken for something else. */
function keyText(key: Uint8Array): string {
  const raw = new TextDecoder().decode(key)
  // What begins with # is a column of the shield's own.
  if (!/^#|[.[\]"\\]/u.test(raw) && raw !== '') return raw
  return `"${raw}"`
}

function prefixesOf(path: string): string[] {
  const prefixes: string[] = []
  for (let at = 0; at < path.length; at += 1) if (path[at] === '.' || path[at] === '[') prefixes.push(path.slice(0, at))
  prefixes.push(path)
  return prefixes.flatMap((prefix) => [prefix, `${prefix}[]`].filter((each) => path.startsWith(each)))
}

function lookup(node: PathNode, bytes: Uint8Array, start: number, end: number): Member | undefined {
  return node.byHash.get(hashOf(bytes, start, end))?.find((member) => equal(member.key, bytes, start, end))
}

/** FNV-1a from a seed. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = seed
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193)
  return hash
}

function equal(key: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (key.length !== end - start) return false
  for (let at = key.length - 1; at >= 0; at -= 1) if (key[at] !== bytes[start + at]) return false
  return true
}
