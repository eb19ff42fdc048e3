import {
  decodeEntries,
  decodeUtf8,
  LedgerError,
  tilePath,
  verifyBundle,
  type Bundle,
  type BundleReport,
} from '@art32/ledger'
import { bundleLimits, fileRefusal, loadBundle, readBounded } from './bundle-source.ts'
import { nodeCrypto } from './node-crypto.ts'
import { errorCode, Refusal } from './refusal.ts'

/** What somebody kept of a log: its signed head, and where a whole bundle was kept, its entries too. */
export interface Kept {
  readonly checkpoint: string
  readonly bundle: Bundle | null
}

const longestCheckpoint = 65_536

/**
 * Reads what was kept: a checkpoint, or a bundle as a zip file or a folder.
 *
 * @throws {Refusal} neither, or a bundle that does not hold by itself: nothing could be learnt from it
 */
export async function readKept(path: string): Promise<Kept> {
  const text = await readCheckpoint(path, true)
  if (text !== null) return { checkpoint: text, bundle: null }
  const { files } = await loadBundle(path)
  if (!holds(files))
    throw new Refusal('The bundle that you kept does not hold by itself; nothing can be compared with it.')
  return { checkpoint: decodeUtf8(files.get('checkpoint') ?? new Uint8Array()), bundle: files }
}

/** The checkpoint of a file that is going to be written over. @throws {Refusal} a folder, or a bundle */
export async function readOld(path: string): Promise<Kept> {
  const checkpoint = await readCheckpoint(path, false)
  if (checkpoint === null) throw new Refusal('There is a bundle where the checkpoint would be kept. Name another file.')
  return { checkpoint, bundle: null }
}

/** The text of a file that is no bundle; null for a bundle. */
async function readCheckpoint(path: string, orFolder: boolean): Promise<string | null> {
  try {
    const bytes = await readBounded(path, bundleLimits.packedBytes)
    if (bytes[0] === 0x50 && bytes[1] === 0x4b) return null
    if (bytes.length > longestCheckpoint)
      throw new Refusal(`The file of the checkpoint has ${bytes.length} bytes; at most ${longestCheckpoint} are read.`)
    return decodeUtf8(bytes)
  } catch (error) {
    if (error instanceof LedgerError) throw new Refusal('The file of the checkpoint is not text.', 2, { cause: error })
    if (orFolder && errorCode(error) === 'EISDIR') return null
    throw fileRefusal(error, 'the checkpoint') ?? error
  }
}

function holds(files: Bundle): boolean {
  try {
    return verifyBundle(nodeCrypto, files).holds
  } catch (error) {
    if (error instanceof LedgerError) return false
    throw error
  }
}

/**
 * Names the first entry that is not the one of the bundle that was kept. A head alone can say that something was changed,
 * and not what.
 *
 * @param now a bundle that does not continue it
 */
export function firstDifference(
  kept: Bundle,
  now: Bundle,
  report: Pick<BundleReport, 'origin'>,
): { place: string; say: string } | null {
  const [old, current] = [entriesOf(kept), entriesOf(now)]
  if (
    old === null ||
    current === null ||
    !decodeUtf8(kept.get('checkpoint') ?? new Uint8Array()).startsWith(`${report.origin}\n`)
  )
    return null
  const index = old.findIndex(({ bytes }, i) => !isSame(bytes, current[i]?.bytes))
  if (index === -1) return null
  const there = current[index]
  return there === undefined
    ? {
        place: `leaf ${index}`,
        say: `It is gone, as is every one up to leaf ${old.length - 1}; the bundle that you kept has them.`,
      }
    : {
        place: `${there.place} leaf ${index}`,
        say: 'It is not the one in the bundle that you kept; all before it are.',
      }
}

function isSame(a: Uint8Array, b: Uint8Array | undefined): boolean {
  return b !== undefined && Buffer.compare(a, b) === 0
}

/** The entries as they lie in the files, whatever was signed; null where they cannot be read. */
function entriesOf(bundle: Bundle): { readonly bytes: Uint8Array; readonly place: string }[] | null {
  const paths = [...bundle.keys()].filter((path) => path.startsWith('tile/entries/'))
  const entries: { bytes: Uint8Array; place: string }[] = []
  try {
    for (let index = 0; ; index++) {
      const whole = tilePath({ level: 'entries', index, width: 256 })
      const path = paths.find((name) => name === whole || name.startsWith(`${whole}.p/`))
      const file = path === undefined ? undefined : bundle.get(path)
      if (path === undefined || file === undefined) return entries
      for (const bytes of decodeEntries(file, path)) entries.push({ bytes, place: path })
    }
  } catch (error) {
    if (error instanceof LedgerError) return null
    throw error
  }
}
