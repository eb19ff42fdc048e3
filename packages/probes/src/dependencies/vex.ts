/**
 * What the makers of software say about weaknesses of its parts: the analysis in a CycloneDX document (VEX), in the bill of
 * materials itself or in a file beside it. What is said is carried to the weakness and shown; whether it counts is up to the
 * check. Source: CycloneDX 1.4 to 1.7, `vulnerabilities[].analysis` and `affects[].ref`.
 */
import { z } from 'zod'
import { Unreadable } from '../engine/reading.ts'
import { parseJson } from '../files/read.ts'
import { componentOf } from './components.ts'
import type { Component } from './components.ts'
import { vexJustifications, vexStates } from './facts.ts'
import type { Weakness } from './facts.ts'
import type { Match } from './osv.ts'

/** More statements than these are a mistake or an attack. */
const mostStatements = 20_000
const mostParts = 100_000

const part = z.object({
  'bom-ref': z.string().optional(),
  purl: z.string().optional(),
  components: z.array(z.unknown()).optional(),
})
const statement = z.object({
  id: z.string().optional(),
  references: z.array(z.object({ id: z.string() })).optional(),
  analysis: z
    .object({
      state: z.enum(vexStates).optional(),
      justification: z.enum(vexJustifications).optional(),
      firstIssued: z.string().optional(),
      lastUpdated: z.string().optional(),
    })
    .optional(),
  affects: z.array(z.object({ ref: z.string() })).optional(),
})
const document = z.object({
  bomFormat: z.literal('CycloneDX'),
  metadata: z.object({ timestamp: z.string().optional(), component: z.unknown() }).partial().optional(),
  components: z.array(z.unknown()).default([]),
  vulnerabilities: z.array(statement).max(mostStatements).default([]),
})

/** One thing that is said, about the whole product or about some parts of it. */
type Said = {
  readonly names: ReadonlySet<string>
  readonly vex: NonNullable<Weakness['vex']>
  /** Parts as `npm/lodash@1.0.0`; `product`: all of them. */
  readonly about: ReadonlySet<string>
}

const keyOf = ({ ecosystem, name, version }: Component) => `${ecosystem}/${name}@${version}`

/** What references stand for: parts by their package, the product itself by a word. */
function referencesOf(parsed: z.output<typeof document>): Map<string, string> {
  const references = new Map<string, string>()
  const product = part.safeParse(parsed.metadata?.component).data?.['bom-ref']
  const open: unknown[] = [...parsed.components]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { data } = part.safeParse(next)
    const component = componentOf(data?.purl ?? '')
    if (data?.['bom-ref'] !== undefined && component !== undefined) references.set(data['bom-ref'], keyOf(component))
    for (const inner of data?.components ?? []) open.push(inner)
    if (references.size + open.length > mostParts) throw new Unreadable('contract', 'too many components are listed')
  }
  if (product !== undefined) references.set(product, 'product')
  return references
}

/**
 * Reads what is said about weaknesses. References lead to parts of the bill of materials, of this document, or are addresses
 * of packages; one that leads nowhere is about nothing.
 *
 * @param bill the bill of materials, where the statements stand in another document
 * @throws {Unreadable} contract: the document is not CycloneDX, or says something in no known words
 */
export function readVex(text: string, bill?: string): readonly Said[] {
  const parsed = parseJson(text, document)
  const other = bill === undefined ? undefined : parsedBill(bill)
  const references = new Map([...(other === undefined ? [] : referencesOf(other)), ...referencesOf(parsed)])
  const resolve = (ref: string): string[] => {
    // A link into another document ends with the reference there: urn:cdx:serial/1#reference.
    const local = ref.startsWith('urn:cdx:') ? decoded(ref.slice(ref.indexOf('#') + 1)) : ref
    const direct = references.get(local) ?? references.get(ref)
    if (direct !== undefined) return [direct]
    const component = componentOf(local)
    return component === undefined ? [] : [keyOf(component)]
  }
  return parsed.vulnerabilities.flatMap(({ id, references: others = [], analysis, affects = [] }) => {
    if (analysis?.state === undefined) return []
    const at = analysis.lastUpdated ?? analysis.firstIssued ?? parsed.metadata?.timestamp
    return [
      {
        names: new Set([...(id === undefined ? [] : [id]), ...others.map((one) => one.id)]),
        vex: {
          state: analysis.state,
          justification: analysis.justification ?? null,
          at: at === undefined || Number.isNaN(Date.parse(at)) ? null : new Date(at).toISOString(),
        },
        about: new Set(affects.flatMap(({ ref }) => resolve(ref))),
      },
    ]
  })
}

/** A lockfile beside the statements has no references; then packages are named by their addresses. */
function parsedBill(text: string): z.output<typeof document> | undefined {
  try {
    return parseJson(
      text,
      document.omit({ vulnerabilities: true }).extend({ vulnerabilities: z.array(statement).default([]).catch([]) }),
    )
  } catch {
    return undefined
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Gives a weakness what is said about it, where that is said of every version that has it. */
export function withVex(weakness: Weakness, matches: readonly Match[], said: readonly Said[]): Weakness {
  const names = [weakness.id, ...weakness.aliases]
  const own = said.filter((one) => names.some((name) => one.names.has(name)))
  const keys = matches
    .filter(
      ({ record, component }) =>
        `${component.ecosystem}/${component.name}` === weakness.package &&
        [record.id, ...(record.aliases ?? [])].some((name) => names.includes(name)),
    )
    .map(({ component }) => keyOf(component))
  const covering = own.filter(({ about }) => about.has('product') || keys.every((key) => about.has(key)))
  // Of several the newest counts.
  const newest = covering.toSorted((a, b) => Date.parse(b.vex.at ?? '1970') - Date.parse(a.vex.at ?? '1970')).at(0)
  return { ...weakness, vex: newest?.vex ?? null }
}
