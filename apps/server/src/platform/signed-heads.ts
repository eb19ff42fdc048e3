import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { LedgerError, openCheckpoint, parseCheckpoint, parseNote, parseVkey } from '@art32/ledger'
import { ledgerCrypto } from './ledger-keys.ts'

/** A head that was signed here. */
export interface SignedHead {
  readonly vkey: string
  readonly origin: string
  readonly size: number
  readonly root: Uint8Array
  /** The signed checkpoint. */
  readonly note: string
}

/**
 * What was signed last of each log, kept outside of the database: a restored database does not know what it signed after
 * the copy was made. A lower bound: it is written after the commit, and after a power cut it may lack the last minute.
 */
export interface SignedHeads {
  /** The last head of this log. */
  of(origin: string): SignedHead | undefined
  /** The last heads of a log and of those that succeeded it: `origin`, `origin/2`, `origin/3` … */
  family(origin: string): SignedHead[]
  keep(vkey: string, note: string): void
  /** Returns when the disk has it. */
  sync(): void
  close(): void
}

/** Lines that are only history, after which the file is written anew. Bytes. */
const slack = 4 * 1_048_576

/** Remembers nothing: for whoever works without a data folder. */
export function noHeads(): SignedHeads {
  return { of: () => undefined, family: () => [], keep: () => undefined, sync: () => undefined, close: () => undefined }
}

/**
 * Opens the file of the heads that were signed here: one line of JSON each, `["<vkey>","<signed checkpoint>"]`, the last of an
 * origin counts. Appending a line costs microseconds, so that a thousand tenants can have it at each batch.
 *
 * @param failed told where the file cannot be written: signing goes on, since what was committed is committed
 * @throws what the disk says where it cannot be read
 */
export function openSignedHeads(path: string, failed: (error: unknown) => void): SignedHeads {
  const heads = new Map<string, SignedHead>()
  for (const line of linesOf(path)) {
    const head = headOf(line)
    if (head) heads.set(head.origin, head)
  }
  mkdirSync(dirname(path), { recursive: true })
  let file = writeAnew()
  let written = 0
  let isDirty = false

  function writeAnew(): number {
    const draft = `${path}.part`
    writeFileSync(draft, [...heads.values()].map(lineOf).join(''), { mode: 0o600, flush: true })
    renameSync(draft, path)
    const folder = openSync(dirname(path), 'r')
    fsyncSync(folder)
    closeSync(folder)
    return openSync(path, 'a', 0o600)
  }

  function attempt(work: () => void): void {
    try {
      work()
    } catch (error) {
      failed(error)
    }
  }

  const sync = () => {
    if (!isDirty) return
    attempt(() => fsyncSync(file))
    isDirty = false
  }
  return {
    of: (origin) => heads.get(origin),
    family: (origin) => [...heads.values()].filter((head) => isOfFamily(head.origin, origin)),
    keep(vkey, note) {
      const { origin, size, root } = parseCheckpoint(parseNote(note).text)
      const known = heads.get(origin)
      // Two batches may be kept in another order than they were committed.
      if (known && known.size >= size) return
      const head = { vkey, origin, size, root, note }
      heads.set(origin, head)
      attempt(() => {
        if (written > slack) {
          closeSync(file)
          file = writeAnew()
          written = 0
        } else written += writeSync(file, lineOf(head))
        isDirty = true
      })
    },
    sync,
    close() {
      sync()
      attempt(() => closeSync(file))
    },
  }
}

function isOfFamily(origin: string, first: string): boolean {
  return (
    origin === first || (origin.startsWith(`${first}/`) && /^[1-9][0-9]{0,8}$/.test(origin.slice(first.length + 1)))
  )
}

function lineOf({ vkey, note }: SignedHead): string {
  return `${JSON.stringify([vkey, note])}\n`
}

function linesOf(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

/** A line that a crash cut, or that no key signed, is none. */
function headOf(line: string): SignedHead | undefined {
  try {
    const value: unknown = JSON.parse(line)
    if (!Array.isArray(value)) return undefined
    const parts: readonly unknown[] = value
    const [vkey, note] = parts
    if (typeof vkey !== 'string' || typeof note !== 'string') return undefined
    const { origin, size, root } = openCheckpoint(ledgerCrypto, note, [parseVkey(ledgerCrypto, vkey)])
    return { vkey, origin, size, root, note }
  } catch (error) {
    if (error instanceof LedgerError || error instanceof SyntaxError) return undefined
    throw error
  }
}
