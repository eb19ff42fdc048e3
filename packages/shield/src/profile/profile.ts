import type { Typer } from '../detect/type-of.ts'
import type { Fields, Format } from '../format/fields.ts'
import { makeFields } from '../format/fields-make.ts'
import { CellBlock, rowFormat, type RowFile } from '../format/rows.ts'
import type { Gazetteer } from '../names/gazetteer.ts'
import type { ColumnPlan, FormatPlan, Plan } from '../plan/plan.ts'
import { ColumnSample } from './column.ts'
import { judgeColumn } from './judge.ts'

/** Of one record, and blocks that are looked at. */
const LONGEST = 16 << 20
const MOST_BLOCKS = 8

/** A piece of the input, whole records. */
export interface Piece {
  readonly bytes: Uint8Array
  readonly length: number
  readonly state: unknown
}

/**
 * Looks at pieces of an input and writes the plan that fits: for each column what is in it, how sure that is, and what is done with
 * it.
 *
 * @param format made without planned paths
 */
export function profilePieces(
  pieces: Iterable<Piece>,
  format: Format,
  kind: FormatPlan,
  encoding: Plan['encoding'],
  typer: Typer,
  names: Gazetteer,
): Plan {
  const samples: ColumnSample[] = []
  const fields = makeFields()
  const found = new Uint16Array(typer.detectors.length)
  for (const { bytes, length, state } of pieces) {
    format.read(bytes, length, state, fields)
    sample(format, fields, samples, typer, names, found)
  }
  return planOf(format.columns, samples, kind, encoding, typer, new Set())
}

/** The same for a file of rows, by its blocks. @param withheld columns that cannot be looked into */
export async function profileRows(
  file: RowFile,
  kind: FormatPlan,
  withheld: ReadonlySet<string>,
  typer: Typer,
  names: Gazetteer,
): Promise<Plan> {
  const samples: ColumnSample[] = []
  const block = new CellBlock(LONGEST)
  const format = rowFormat(file.columns)
  const found = new Uint16Array(typer.detectors.length)
  for (let blocks = 0; blocks < MOST_BLOCKS && (await file.next(block)); blocks += 1) {
    sample(format, block.fields, samples, typer, names, found)
  }
  return planOf(file.columns, samples, kind, 'utf-8', typer, withheld)
}

function planOf(
  names: readonly string[],
  samples: readonly (ColumnSample | undefined)[],
  kind: FormatPlan,
  encoding: Plan['encoding'],
  typer: Typer,
  withheld: ReadonlySet<string>,
): Plan {
  const columns: [string, ColumnPlan][] = names.flatMap((name, index): [string, ColumnPlan][] => {
    if (name.startsWith('#') && !/^#\d+$/u.test(name)) return []
    if (withheld.has(name)) return [[name, { type: 'unknown', confidence: 0, do: 'quarantine' }]]
    const seen = samples[index] ?? new ColumnSample(0)
    const { type, confidence } =
      kind.kind === 'text' ? { type: 'text', confidence: 1 } : judgeColumn(name, seen, typer.detectors)
    return [[name, stepFor(type, Math.round(confidence * 100) / 100)]]
  })
  return {
    plan: 'art32.shield/1',
    format: kind,
    encoding,
    domain: 'default',
    epoch: 0,
    country: 'de',
    unknown: 'quarantine',
    columns: Object.fromEntries(columns),
    text: { default: 'label', types: {} },
    quasiIdentifiers: columns
      .filter(([, { type, do: step }]) => quasi.has(type) && (step === 'keep' || step === 'generalise'))
      .map(([name]) => name),
    sensitive: [],
  }
}

function sample(
  format: Format,
  fields: Fields,
  samples: ColumnSample[],
  typer: Typer,
  names: Gazetteer,
  found: Uint16Array,
): void {
  const decoded = new Uint8Array(fields.bytes.length)
  for (let field = 0; field < fields.count; field += 1) {
    const index = fields.column[field] ?? 0
    const column = (samples[index] ??= new ColumnSample(typer.detectors.length))
    if (column.isFull) continue
    const length = format.decode(
      fields.form[field] ?? 0,
      fields.bytes,
      fields.start[field] ?? 0,
      fields.end[field] ?? 0,
      decoded,
      0,
    )
    column.add(decoded, 0, length, typer, names, found)
  }
}

/** Together they may point at a person though none of them does alone. */
const quasi = new Set(['postcode', 'birth-date', 'gender', 'nationality', 'place', 'birth-place'])

const kept = new Set(['harmless', 'number', 'code', 'date', 'uuid', 'boolean', 'bic', 'gender', 'nationality'])

/** What is done with a type unless a person decides otherwise. */
function stepFor(type: string, confidence: number): ColumnPlan {
  const known = { type, confidence }
  if (kept.has(type)) return { ...known, do: 'keep' }
  switch (type) {
    case 'text':
    case 'url':
    case 'organisation':
      return { ...known, do: 'text' }
    case 'birth-date':
      return { ...known, do: 'generalise', to: 'year' }
    case 'postcode':
      return { ...known, do: 'generalise', first: 2 }
    case 'ip':
      return { ...known, do: 'generalise', bits: [16, 32] }
    case 'geo':
      return { ...known, do: 'generalise', decimals: 1 }
    case 'secret':
    case 'street':
    case 'address':
      return { ...known, do: 'delete' }
    default:
      return { ...known, do: 'pseudonym' }
  }
}
