import { readJson } from '../gate.ts'

/** A package of others that an installation of art32 runs, as the lockfile pins it. */
export interface Shipped {
  /** Where it lies, as in `node_modules/zod`; the same package may lie in several places in several versions. */
  readonly place: string
  readonly name: string
  readonly version: string
  /** SPDX expression as the package says it; empty where it says none. */
  readonly licence: string
  /** SHA-512 of its archive in hexadecimal digits. */
  readonly sha512: string
  /** Installed on some machines only: systems and processors, as `linux x64`; empty for all. */
  readonly machines: string
  /** Places of the packages that it asks for. */
  readonly needs: readonly string[]
}

type Wishes = Readonly<Record<string, string>>

/** What the lockfile of npm says of one place. */
export interface Locked {
  readonly name?: string
  readonly version?: string
  readonly license?: string
  readonly integrity?: string
  readonly link?: boolean
  readonly os?: string | readonly string[]
  readonly cpu?: string | readonly string[]
  readonly dependencies?: Wishes
  readonly devDependencies?: Wishes
  readonly optionalDependencies?: Wishes
  readonly peerDependencies?: Wishes
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>
}

/** The places of package-lock.json. */
export type Lock = Readonly<Record<string, Locked>>

const modules = 'node_modules/'

/** The lockfile of a repository by its places; none of them where there is no lockfile. */
export const readLock = (root: string): Lock => readJson<{ packages: Lock }>(root, 'package-lock.json')?.packages ?? {}

/** The workspaces and the root: what is ours. */
export const isOwn = (place: string): boolean => !place.includes(modules)

/**
 * Everything of others that a running installation needs, sorted by place: what our packages ask for, what those ask for, and so on. What only
 * builds and tests is not in it, and neither is a peer that a package could use and nobody asked for.
 *
 * npm's own mark "dev" says less: it stays away from whatever such an optional peer leads to.
 */
export function readShipped(root: string): Shipped[] {
  const lock = readLock(root)
  const found = new Set<string>()
  const open = Object.keys(lock).filter(isOwn)
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    for (const need of needsOf(lock, place).filter((one) => !found.has(one))) {
      found.add(need)
      open.push(need)
    }
  }
  return [...found].toSorted().map((place) => describe(lock, place))
}

/** What our own packages ask for, as places. */
export function readAsked(root: string): string[] {
  const lock = readLock(root)
  const asked = Object.keys(lock)
    .filter(isOwn)
    .flatMap((place) => needsOf(lock, place))
  return [...new Set(asked)].toSorted()
}

function describe(lock: Lock, place: string): Shipped {
  const one = lock[place] ?? {}
  return {
    place,
    // An alias says its real name in the lockfile; every other place ends with it.
    name: one.name ?? place.slice(place.lastIndexOf(modules) + modules.length),
    version: one.version ?? '',
    licence: one.license ?? '',
    sha512: hexOf(one.integrity ?? ''),
    machines: [one.os ?? [], one.cpu ?? []].flat().join(' '),
    needs: needsOf(lock, place),
  }
}

/** As Node.js looks for them: in the nearest `node_modules`, and then upwards. */
function needsOf(lock: Lock, place: string): string[] {
  const one = lock[place] ?? {}
  const peers = Object.keys(one.peerDependencies ?? {}).filter(
    (name) => one.peerDependenciesMeta?.[name]?.optional !== true,
  )
  return Object.keys({ ...one.dependencies, ...one.optionalDependencies })
    .concat(peers)
    .flatMap((name) => {
      const at = foldersAbove(place)
        .map((folder) => `${folder}${modules}${name}`)
        .find((candidate) => lock[candidate] !== undefined)
      return at === undefined || lock[at]?.link === true ? [] : [at]
    })
    .toSorted()
}

/** `apps/cli/`, `apps/` and the root for `apps/cli`. */
function foldersAbove(place: string): string[] {
  const parts = place === '' ? [] : place.split('/')
  return parts.map((_, at) => `${parts.slice(0, parts.length - at).join('/')}/`).concat('')
}

const hexOf = (integrity: string): string =>
  integrity.startsWith('sha512-') ? Buffer.from(integrity.slice('sha512-'.length), 'base64').toString('hex') : ''
