import { decodeUtf8, LedgerError, parseNote, stampInClaim, type Bundle, type StampVerdict } from '@art32/ledger'
import { formatRoot, readRoots, readStamp, StampError, type Root } from '@art32/timestamp'

/** A time stamp as a bundle or a proof file holds it. */
interface Held {
  /** The signed checkpoint that it is of. */
  readonly note: string
  readonly token: Uint8Array
  readonly root: string
}

/**
 * Judges the time stamp of a bundle, before the bundle itself is: certificates are checked by the platform, which answers later.
 *
 * @param own roots that the caller trusts; none: the publisher's own counts, and the verdict says so
 * @returns undefined where there is none, or what belongs to it cannot be read, which the bundle is refused for anyway
 */
export async function judgeBundleStamp(files: Bundle, own: readonly Root[]): Promise<StampVerdict | undefined> {
  const read = (name: string) => decodeUtf8(files.get(`stamp/${name}`) ?? new Uint8Array())
  const token = files.get('stamp/token.tsr')
  if (token === undefined) return undefined
  return await orUnread(() => judge({ note: read('checkpoint'), token, root: read('tsa.pem') }, own))
}

/** The same for a proof file. */
export async function judgeClaimStamp(text: string, own: readonly Root[]): Promise<StampVerdict | undefined> {
  return await orUnread(async () => {
    const stamp = stampInClaim(text)
    return stamp === null ? undefined : await judge(stamp, own)
  })
}

async function judge({ note, token, root }: Held, own: readonly Root[]): Promise<StampVerdict> {
  const place = 'stamp/token.tsr'
  try {
    const named = await readRoots(root)
    const text = new TextEncoder().encode(parseNote(note).text)
    // By the root that came with it first: only then is it known that no byte was added.
    const stamp = await readStamp(token, { text, roots: named })
    if (stamp.root !== root || named.map(formatRoot).join('') !== root)
      return {
        place: 'stamp/tsa.pem',
        say: 'This is not just the root certificate of the time stamp, in its one spelling.',
      }
    if (stamp.token.length !== token.length || stamp.token.some((byte, i) => byte !== token[i]))
      return { place, say: 'The time stamp holds more than what the authority signed.' }
    if (own.length > 0) await readStamp(token, { text, roots: own })
    const { imprint, time, authority } = stamp
    return { imprint, time: time.toISOString(), authority, rootFrom: own.length > 0 ? 'caller' : 'bundle' }
  } catch (error) {
    if (error instanceof StampError) return { place, say: error.message }
    throw error
  }
}

async function orUnread<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof LedgerError) return undefined
    throw error
  }
}
