import { createHash } from 'node:crypto'
import { canonicalize } from '@art32/ledger'
import { lookAtLedger, tallying } from '../backup/index.ts'
import type { CopyOut, Scratch } from '../platform/index.ts'
import { placementErrors } from './errors.ts'

/** What a copy came to. */
export interface Copied {
  readonly tables: number
  readonly rows: number
  readonly bytes: number
  /** SHA-256, in hexadecimal, of rows and hash of each table as canonical JSON. */
  readonly digest: string
  /** The head of the ledger that lies in it; null: nobody ever worked in it. */
  readonly ledger: { readonly size: number; readonly root: string } | null
}

type Tallies = Map<string, ReturnType<ReturnType<typeof tallying>['end']>>

/** Fills a database from another one, as it is at one instant. @returns what was read there, table by table */
export async function fill(copy: CopyOut, scratch: Scratch): Promise<Tallies> {
  const tallies: Tallies = new Map()
  await scratch.fill(async (into) => {
    const known = new Set(into.tables.map(({ name }) => name))
    for (const table of copy.tables) {
      known.delete(table.name)
      const tally = tallying()
      const rows = copy.rows(table)[Symbol.asyncIterator]()
      const first = await rows.next()
      // Most tables of most tenants have no rows, and the tenant is held meanwhile.
      if (first.done === true) await into.clear(table)
      else await into.fill(table, counted(first.value, { [Symbol.asyncIterator]: () => rows }, tally))
      tallies.set(table.name, tally.end())
    }
    if (known.size > 0) throw new Error('the copy has tables that the original has not')
    await into.commit(copy.sequences)
  })
  return tallies
}

async function* counted(
  first: Buffer,
  rest: AsyncIterable<Buffer>,
  tally: ReturnType<typeof tallying>,
): AsyncGenerator<Buffer> {
  tally.add(first)
  yield first
  for await (const piece of rest) {
    tally.add(piece)
    yield piece
  }
}

/**
 * Reads a copy back and compares it with what was read of the original: each table by its rows and their hash, the tables
 * and sequences as such, and the ledger by computing its tree from its leaves.
 *
 * @param vkey the public key of the ledger
 * @throws {placement.differs}
 */
export async function compare(
  original: CopyOut,
  tallies: Tallies,
  { scratch, server, vkey }: { scratch: Scratch; server: string; vkey: string },
): Promise<Copied> {
  const copy = await scratch.read()
  const differs = (problem: string) => placementErrors.differs({ server, problem })
  try {
    const names = (tables: CopyOut['tables']) =>
      canonicalize(tables.map(({ name, columns }) => ({ name, columns: [...columns] })))
    if (names(copy.tables) !== names(original.tables)) throw differs('tables')
    if (JSON.stringify(copy.sequences) !== JSON.stringify(original.sequences)) throw differs('sequences')
    const seen: Record<string, { rows: number; sha256: string }> = {}
    let bytes = 0
    for (const table of copy.tables) {
      const tally = tallying()
      for await (const piece of copy.rows(table)) tally.add(piece)
      const found = tally.end()
      const read = tallies.get(table.name)
      if (read?.rows !== found.rows) throw differs('rows')
      if (read.sha256 !== found.sha256) throw differs('hashes')
      seen[table.name] = { rows: found.rows, sha256: found.sha256 }
      bytes += found.bytes
    }
    const ledger = await headOf(copy)
    const there = await headOf(original)
    if (ledger?.root !== there?.root || ledger?.size !== there?.size) throw differs('ledger')
    const [problem] = ledger === null ? [] : await lookAtLedger(copy, vkey)
    if (problem !== undefined) throw differs(problem)
    return {
      tables: copy.tables.length,
      rows: Object.values(seen).reduce((sum, { rows }) => sum + rows, 0),
      bytes,
      digest: createHash('sha256').update(canonicalize(seen)).digest('hex'),
      ledger,
    }
  } finally {
    await copy.end()
  }
}

async function headOf(copy: Pick<CopyOut, 'query'>): Promise<Copied['ledger']> {
  const [state] = await copy.query<{ size: string; root: Buffer }>('select size, root from log_state where id = 1')
  return state ? { size: Number(state.size), root: state.root.toString('base64') } : null
}
