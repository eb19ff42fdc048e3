import { writeFile } from 'node:fs/promises'
import { claimOf, LedgerError } from '@art32/ledger'
import { linesOf } from '@art32/press'
import { fileRefusal, loadBundle } from './bundle-source.ts'
import { nodeCrypto } from './node-crypto.ts'
import { Refusal } from './refusal.ts'
import { clean, type Terminal } from './terminal.ts'
import { openBundle } from './verification.ts'

/** Options of `art32 proof`. */
export interface ProofOptions {
  readonly line?: string
  readonly leaf?: string
  readonly output: string
}

/** Writes a line of an edition, or an entry of its log, as a proof file. @throws {Refusal} a bundle that does not hold */
export async function exportProof(source: string, options: ProofOptions, terminal: Terminal): Promise<void> {
  const { line, leaf } = options
  if ((line === undefined) === (leaf === undefined)) throw new Refusal('Name a line or a leaf, and one of them only.')
  const { files } = await loadBundle(source)
  const { edition, editionLeaf } = openBundle(nodeCrypto, files)
  const wish = () => {
    if (leaf !== undefined) return { index: indexOf(leaf), records: [], line: null }
    const found = linesOf(edition.sections).find(({ id }) => id === line)
    if (found !== undefined) return { index: editionLeaf, records: found.cites, line: found.id }
    const ids = linesOf(edition.sections).map(({ id, text }) => `${id}  ${clean(text).slice(0, 60)}`)
    throw new Refusal(`The edition has no such line. It has:\n${ids.join('\n')}`)
  }
  try {
    await writeFile(options.output, claimOf(nodeCrypto, files, wish()))
  } catch (error) {
    if (error instanceof LedgerError) throw new Refusal(error.message, 2, { cause: error })
    throw fileRefusal(error, 'the proof') ?? error
  }
  terminal.out(`Written to ${clean(options.output)}. Check it with: art32 verify ${clean(options.output)}\n`)
}

function indexOf(text: string): number {
  if (!/^(?:0|[1-9][0-9]{0,14})$/.test(text)) throw new Refusal('A leaf is named by its number, beginning at 0.')
  return Number(text)
}
