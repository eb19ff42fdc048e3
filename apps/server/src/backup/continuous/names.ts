import { isSegment, nextSegment } from '../../platform/index.ts'
import { setNameOf, timeOfSet } from '../manifest.ts'

/**
 * Where the files of a continuous archive lie, below the folder of the installation:
 *
 *     archive/<line>/base/<time>.age        a copy of all files of the cluster
 *     archive/<line>/base/<time>.manifest   says that it is whole; written last
 *     archive/<line>/log/<part>-<time>.age  a part of the log, and the moment up to which all is in the log with it
 *     archive/<line>/log/<part>.age         one that was full before its time: nothing is said of a moment
 *
 * A line is a log without a gap. It is called by the time at which it began; after a gap, another key or a restore a new one begins.
 */
export const archiveFolder = 'archive/'

const timeForm = String.raw`\d{8}T\d{9}Z`
const lineForm = new RegExp(String.raw`^archive/(${timeForm})/(base|log)/(.+)$`)
const baseForm = new RegExp(String.raw`^(${timeForm})\.(age|manifest)$`)
const partForm = new RegExp(String.raw`^([0-9A-F]{24})(?:-(${timeForm}))?\.age$`)

/** The copy of all files of a base, or what says that it is whole. */
export const baseFile = (line: string, base: string, what: 'age' | 'manifest'): string =>
  `${archiveFolder}${line}/base/${base}.${what}`

/** A part of the log. */
export function partFile(line: string, part: string, until: Date | null): string {
  return `${archiveFolder}${line}/log/${part}${until === null ? '' : `-${setNameOf(until)}`}.age`
}

/** What lies under a name; null: nothing of ours. */
export type ArchiveFile =
  | { readonly kind: 'base' | 'manifest'; readonly line: string; readonly base: string }
  | { readonly kind: 'part'; readonly line: string; readonly part: string; readonly until: Date | null }

/** Reads a name. */
export function archiveFileOf(name: string): ArchiveFile | null {
  const [, line, folder, file = ''] = lineForm.exec(name) ?? []
  if (line === undefined) return null
  if (folder === 'base') {
    const [, base, end] = baseForm.exec(file) ?? []
    return base === undefined ? null : { kind: end === 'age' ? 'base' : 'manifest', line, base }
  }
  const [, part, until] = partForm.exec(file) ?? []
  if (part === undefined || !isSegment(part)) return null
  return { kind: 'part', line, part, until: until === undefined ? null : timeOfSet(until) }
}

/** A part of the log as it lies in a place. */
export interface KeptPart {
  readonly file: string
  readonly until: Date | null
}

/** A line as it lies in a place. */
export interface Line {
  readonly name: string
  /** Whole ones, the oldest first. */
  readonly bases: readonly string[]
  readonly parts: ReadonlyMap<string, KeptPart>
}

/** The lines of a place, the oldest first. @param files names below the folder of the installation */
export function linesOf(files: Iterable<string>): Line[] {
  const lines = new Map<string, { copies: Set<string>; manifests: Set<string>; parts: Map<string, KeptPart> }>()
  for (const file of files) {
    const found = archiveFileOf(file)
    if (found === null) continue
    const line = lines.get(found.line) ?? { copies: new Set(), manifests: new Set(), parts: new Map() }
    lines.set(found.line, line)
    if (found.kind === 'base') line.copies.add(found.base)
    if (found.kind === 'manifest') line.manifests.add(found.base)
    // Of two under one number the one that names a moment says more.
    if (found.kind === 'part' && (found.until !== null || !line.parts.has(found.part)))
      line.parts.set(found.part, { file, until: found.until })
  }
  return [...lines]
    .map(([name, { copies, manifests, parts }]) => ({
      name,
      bases: [...manifests].filter((base) => copies.has(base)).toSorted(),
      parts,
    }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

/** How far a line goes on without a gap. */
export interface Chain {
  /** The parts, in order. */
  readonly parts: readonly string[]
  /** The last moment up to which all is there; null: none. */
  readonly last: Date | null
  /** Whether the moment that was asked for is among them. */
  readonly reaches: boolean
  /** The part that is missing although later ones are there; null: the line ends here. */
  readonly missing: string | null
}

/** Follows a line from a part on, as far as a moment needs. @param to null: to its end */
export function chainOf(line: Line, from: string, to: Date | null): Chain {
  const parts: string[] = []
  let last: Date | null = null
  let part = from
  for (let kept = line.parts.get(part); kept !== undefined; kept = line.parts.get(part)) {
    parts.push(part)
    if (kept.until !== null) last = kept.until
    if (to !== null && last !== null && last >= to) return { parts, last, reaches: true, missing: null }
    part = nextSegment(part)
  }
  const isGap = [...line.parts.keys()].some((other) => other > part)
  return { parts, last, reaches: false, missing: isGap ? part : null }
}

/** A stretch of time, to each moment of which a restore leads. */
export interface Span {
  readonly from: Date
  readonly until: Date
}

/** What has to be known of a base to bring it forward. */
export interface KnownBase {
  /** The first part of the log that it needs, and the last without which it is not whole. */
  readonly from: string
  readonly until: string
  /** The first moment that it can be brought forward to. */
  readonly at: string
}

/**
 * To which moments a restore leads, the oldest first; between two of them is a gap.
 *
 * @param baseOf what a whole base says of itself; null: nothing that is believed
 */
export function spansOf(lines: readonly Line[], baseOf: (line: string, base: string) => KnownBase | null): Span[] {
  return lines
    .flatMap((line) => {
      const spans: { from: Date; until: Date }[] = []
      for (const name of line.bases) {
        const base = baseOf(line.name, name)
        if (base === null) continue
        const { parts, last } = chainOf(line, base.from, null)
        const from = new Date(base.at)
        if (last === null || last < from || !parts.includes(base.until)) continue
        const before = spans.at(-1)
        if (before !== undefined && from <= before.until) before.until = last > before.until ? last : before.until
        else spans.push({ from, until: last })
      }
      return spans
    })
    .toSorted((a, b) => a.from.getTime() - b.from.getTime())
}
