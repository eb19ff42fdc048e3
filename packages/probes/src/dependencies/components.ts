import { z } from 'zod'
import { Unreadable } from '../engine/reading.ts'
import { parseJson } from '../files/read.ts'

/** A package at a version, by the ecosystem names of OSV. */
export type Component = { readonly ecosystem: string; readonly name: string; readonly version: string }

/** What a bill of materials or a lockfile lists. `unnamed`: things that no database of weaknesses knows by a name. */
export type Components = { readonly named: readonly Component[]; readonly unnamed: number }

/** More components than these are a mistake or an attack. */
const mostComponents = 100_000
const mostLines = 2_000_000

/** Reads what software is made of, by what the file looks like. @throws {Unreadable} contract: it is none of these */
export function readComponents(text: string): Components {
  const start = text.slice(0, 4_096)
  const all = /^\s*\{/.test(start)
    ? readJson(text)
    : /^lockfileVersion:/m.test(start)
      ? readPnpm(text)
      : /^# yarn lockfile|^__metadata:/m.test(start)
        ? readYarn(text)
        : undefined
  if (all === undefined)
    throw new Unreadable('contract', 'the file is neither CycloneDX nor a lockfile of npm, pnpm or yarn')
  const once = new Map(all.named.map((one) => [`${one.ecosystem}\0${one.name}\0${one.version}`, one]))
  return { named: [...once.values()], unnamed: all.unnamed }
}

const document = z.object({ bomFormat: z.string().optional(), lockfileVersion: z.int().optional() })

function readJson(text: string): Components {
  const { bomFormat, lockfileVersion } = parseJson(text, document)
  if (bomFormat === 'CycloneDX') return readCycloneDx(text)
  if (lockfileVersion !== undefined) return readNpm(text)
  throw new Unreadable('contract', 'the file is neither CycloneDX nor a lockfile')
}

const part = z.object({ purl: z.string().optional(), components: z.array(z.unknown()).optional() })
const cycloneDx = z.object({
  specVersion: z.enum(['1.4', '1.5', '1.6', '1.7']),
  components: z.array(z.unknown()).default([]),
})

/** Components may lie within components. A list of open ends instead of recursion: a hostile file is deep. */
function readCycloneDx(text: string): Components {
  const open: unknown[] = [...parseJson(text, cycloneDx).components]
  const named: Component[] = []
  let unnamed = 0
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const parsed = part.safeParse(next)
    if (!parsed.success) throw new Unreadable('contract', 'a component of the bill of materials has another form')
    const component = componentOf(parsed.data.purl ?? '')
    if (component === undefined) unnamed += 1
    else named.push(component)
    for (const inner of parsed.data.components ?? []) open.push(inner)
    if (named.length + unnamed + open.length > mostComponents) throw tooMany()
  }
  return { named, unnamed }
}

/** Types of package addresses, and how OSV calls where the packages come from. */
const ecosystems: Readonly<Record<string, string>> = {
  npm: 'npm',
  pypi: 'PyPI',
  golang: 'Go',
  cargo: 'crates.io',
  maven: 'Maven',
  nuget: 'NuGet',
  gem: 'RubyGems',
  composer: 'Packagist',
  hex: 'Hex',
  pub: 'Pub',
}

/** A package address (`pkg:npm/%40scope/name@1.0.0?x=y`) as OSV names the package, or undefined. */
export function componentOf(purl: string): Component | undefined {
  const match = /^pkg:([a-z]{1,20})\/([^?#]{1,500})@([^?#@/]{1,200})(?:[?#].*)?$/s.exec(purl)
  const [, type = '', path = '', version = ''] = match ?? []
  const ecosystem = Object.hasOwn(ecosystems, type) ? ecosystems[type] : undefined
  if (ecosystem === undefined) return undefined
  try {
    const parts = path.split('/').map(decodeURIComponent)
    const name = parts.join(type === 'maven' ? ':' : '/')
    return {
      ecosystem,
      name: type === 'pypi' ? name.toLowerCase().replace(/[-_.]+/g, '-') : name,
      version: decodeURIComponent(version).replace(type === 'golang' ? /^v/ : /^$/, ''),
    }
  } catch {
    return undefined
  }
}

const locked = z.object({
  name: z.string().optional(),
  version: z.string().optional(),
  resolved: z.string().optional(),
  link: z.boolean().optional(),
})
const npmLock = z.object({
  lockfileVersion: z.union([z.literal(2), z.literal(3)]),
  packages: z.record(z.string(), locked),
})

function readNpm(text: string): Components {
  const { packages } = parseJson(text, npmLock)
  const entries = Object.entries(packages)
  if (entries.length > mostComponents) throw tooMany()
  const named: Component[] = []
  let unnamed = 0
  for (const [place, { name, version, resolved = '', link }] of entries) {
    const at = place.lastIndexOf('node_modules/')
    // Without a folder of modules it is a part of the own source, as is what a link points to.
    if (at < 0 || link === true) continue
    const isForeign = /^(git|file|[a-z+]*ssh)[+:]/.test(resolved)
    if (version === undefined || isForeign) unnamed += 1
    else named.push({ ecosystem: 'npm', name: name ?? place.slice(at + 'node_modules/'.length), version })
  }
  return { named, unnamed }
}

/** Line by line: the keys below `packages:` are `name@version`, older `/name@version` or `/name/version`. */
function readPnpm(text: string): Components {
  const named: Component[] = []
  let unnamed = 0
  let within = false
  for (const line of linesOf(text)) {
    if (/^\S/.test(line)) within = line.startsWith('packages:')
    const key = within ? /^ {2}(['"]?)([^\s'"].*?)\1:(?: \{\})?$/.exec(line)?.[2] : undefined
    if (key === undefined) continue
    const match = /^\/?((?:@[^/@]+\/)?[^/@]+)[@/](\d[^(_]*)/.exec(key)
    const [, name, version] = match ?? []
    if (name === undefined || version === undefined) unnamed += 1
    else named.push({ ecosystem: 'npm', name, version })
  }
  return { named, unnamed }
}

/** The first line of an entry names the ranges, a line below it the version; both formats of yarn. */
function readYarn(text: string): Components {
  const named: Component[] = []
  let unnamed = 0
  let range = ''
  for (const line of linesOf(text)) {
    if (/^[^\s#]/.test(line)) range = line.replace(/^"/, '').startsWith('__metadata') ? '' : line
    const version = /^ {2}version:? "?([^"\s]{1,200})"?$/.exec(line)?.[1]
    if (version === undefined || range === '') continue
    const [, name, rest = ''] = /^"?((?:@[^/@"]{1,200}\/)?[^/@"]{1,200})@([^,]{0,500})/.exec(range) ?? []
    const alias = /^npm:((?:@[^/@]+\/)?[^/@"]+)@/.exec(rest)?.[1]
    const isOwn = /^(workspace|portal|link):/.test(rest)
    if (name === undefined || /^(file|git|https?|patch|exec)[+:]/.test(rest)) unnamed += 1
    else if (!isOwn) named.push({ ecosystem: 'npm', name: alias ?? name, version })
    range = ''
  }
  return { named, unnamed }
}

function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/, mostLines)
  if (lines.length === mostLines) throw tooMany()
  return lines.map((line) => (line.length > 4_096 ? '' : line))
}

const tooMany = () => new Unreadable('contract', `more than ${mostComponents} components are listed`)
