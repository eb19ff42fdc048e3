import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import {
  decodeEntries,
  decodeUtf8,
  formatVkey,
  leafHash,
  LedgerError,
  openCheckpoint,
  parseVkey,
  splitHashes,
  tilePath,
  tilesOf,
  treeRoot,
  type Hash,
  type OpenedCheckpoint,
  type VerifierKey,
} from '@art32/ledger'
import { fetchBytes } from './fetch-bytes.ts'
import { nodeCrypto } from './node-crypto.ts'
import { errorCode, Refusal } from './refusal.ts'
import { clean, type Terminal } from './terminal.ts'

/** Options of `art32 log`. */
export interface LogOptions {
  readonly key?: string
}

const limits = { limit: 20_000_000, milliseconds: 30_000 }

/**
 * Mirrors a log as static files (c2sp.org/tlog-tiles): fetches what the folder lacks, checks every hash and entry against the signed head,
 * and asks that the log continues the head in the folder. Nothing of a log that does not is written over it.
 *
 * @returns 0 whole and continued, 1 it does not hold
 * @throws {Refusal} no log there, no folder
 */
export async function mirror(url: string, folder: string, options: LogOptions, terminal: Terminal): Promise<0 | 1> {
  const prefix = prefixOf(url)
  const get = async (path: string) => (await fetchBytes(new URL(path, prefix), limits)).bytes
  const key = keyOf(options.key ?? decodeUtf8(await get('vkey')).trim())
  const note = await get('checkpoint')
  try {
    const head = openCheckpoint(nodeCrypto, decodeUtf8(note), [key])
    const before = await keptHead(folder, key)
    if (before !== null && before.size > head.size)
      throw new LedgerError('proof', `The folder has ${before.size} entries; the log was cut to ${head.size}.`)
    const hashes = await fetchLog(head, get, folder, terminal)
    if (before !== null && !isRoot(hashes.slice(0, before.size), before.root))
      throw new LedgerError(
        'proof',
        `The first ${before.size} entries are not those in the folder: the log was rewritten.`,
      )
    // Last: a folder with this head has everything below it.
    await write(folder, 'checkpoint', note)
    terminal.out(
      `✓ ${clean(head.origin)} ${head.size} entries, each under the signed head. Key ${clean(formatVkey(key))}\n`,
    )
    if (options.key === undefined)
      terminal.out(
        '  The key came from the log itself: compare it with one that you got another way, or give it with --key.\n',
      )
    return 0
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error
    terminal.out(`✗ ${clean(error.message)}\n`)
    return 1
  }
}

/** All leaf hashes, checked against the head; tiles and entries lie in the folder afterwards. */
async function fetchLog(
  head: OpenedCheckpoint,
  get: (path: string) => Promise<Uint8Array>,
  folder: string,
  terminal: Terminal,
): Promise<Hash[]> {
  const files = new Map<string, Uint8Array>()
  const leaves: Hash[] = []
  let hasEntries = true
  for (const tile of tilesOf(head.size)) {
    const path = tilePath(tile)
    if (tile.level === 'entries' && !hasEntries) continue
    const bytes = (await kept(folder, path)) ?? (await got(path))
    if (bytes === null) continue
    files.set(path, bytes)
    if (tile.level === 0) leaves.push(...splitHashes(bytes))
  }
  if (!isRoot(leaves, head.root)) throw new LedgerError('proof', 'The tiles do not belong to the signed head.')
  for (const tile of tilesOf(head.size)) {
    const path = tilePath(tile)
    const bytes = files.get(path)
    if (bytes === undefined) continue
    const hashes =
      tile.level === 'entries' ? decodeEntries(bytes, path).map((entry) => leafHash(nodeCrypto, entry)) : null
    const told = hashes && leaves.slice(tile.index * 256, tile.index * 256 + tile.width)
    if (hashes && !same(hashes, told ?? []))
      throw new LedgerError('proof', `The entries in ${path} are not those that were signed.`)
    if (tile.level !== 'entries' && tile.level > 0 && !same(splitHashes(bytes), above(leaves, tile)))
      throw new LedgerError('proof', `The hashes in ${path} are not those of the entries.`)
  }
  for (const [path, bytes] of files) await write(folder, path, bytes)
  if (!hasEntries) terminal.out('– This log shows hashes only; its entries are not public.\n')
  return leaves

  async function got(path: string): Promise<Uint8Array | null> {
    try {
      return await get(path)
    } catch (error) {
      if (!(error instanceof Refusal) || !path.startsWith('tile/entries/') || !error.message.includes('status 404'))
        throw error
      hasEntries = false
      return null
    }
  }
}

/** The hashes that a tile above the leaves has. */
function above(leaves: readonly Hash[], tile: { level: number | 'entries'; index: number; width: number }): Hash[] {
  const span = 256 ** Number(tile.level)
  return Array.from({ length: tile.width }, (_, i) => {
    const from = (tile.index * 256 + i) * span
    return treeRoot(nodeCrypto, leaves.slice(from, from + span))
  })
}

function same(one: readonly Hash[], other: readonly Hash[]): boolean {
  return one.length === other.length && one.every((hash, i) => Buffer.from(hash).equals(other[i] ?? Buffer.of()))
}

function isRoot(leaves: readonly Hash[], root: Hash): boolean {
  return Buffer.from(treeRoot(nodeCrypto, leaves)).equals(root)
}

function prefixOf(url: string): URL {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url))
    throw new Refusal('Name the address of a log, as in https://toms.example.com/trust/example/log')
  return new URL(`${url.replace(/\/+$/, '')}/`)
}

function keyOf(vkey: string): VerifierKey {
  try {
    return parseVkey(nodeCrypto, vkey)
  } catch (error) {
    if (error instanceof LedgerError) throw new Refusal(`--key: ${error.message}`, 2, { cause: error })
    throw error
  }
}

async function keptHead(folder: string, key: VerifierKey): Promise<OpenedCheckpoint | null> {
  const note = await kept(folder, 'checkpoint')
  return note === null ? null : openCheckpoint(nodeCrypto, decodeUtf8(note), [key])
}

async function kept(folder: string, path: string): Promise<Uint8Array | null> {
  try {
    return await readFile(join(folder, path))
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return null
    throw new Refusal(`${join(folder, path)} cannot be read (${errorCode(error)}).`, 2, { cause: error })
  }
}

async function write(folder: string, path: string, bytes: Uint8Array): Promise<void> {
  const place = join(folder, path)
  try {
    await mkdir(dirname(place), { recursive: true })
    await writeFile(`${place}.part`, bytes)
    await rename(`${place}.part`, place)
  } catch (error) {
    throw new Refusal(`${place} cannot be written (${errorCode(error)}).`, 2, { cause: error })
  }
}
