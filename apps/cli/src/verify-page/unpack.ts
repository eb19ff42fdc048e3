import { unzipSync } from 'fflate'

/** What a bundle may cost in a browser, where it stays in memory twice; the verifier in one file takes more. */
export const browserLimits = { packedBytes: 96 * 1_048_576, unpackedBytes: 256 * 1_048_576, entries: 60_000 } as const

/** Why a file is no archive that is read here. */
export type Unreadable = 'too-large' | 'too-many' | 'twice' | 'no-archive'

/** A file that is no archive that is read here. */
export class UnreadableArchive extends Error {
  override readonly name = 'UnreadableArchive'
  readonly why: Unreadable

  constructor(why: Unreadable, options: { cause?: unknown } = {}) {
    super(why, options)
    this.why = why
  }
}

/** Unpacks an archive (attacker-controlled): nothing is inflated beyond what the limits allow. @throws {UnreadableArchive} */
export function unpack(bytes: Uint8Array): Map<string, Uint8Array> {
  if (bytes.length > browserLimits.packedBytes) throw new UnreadableArchive('too-large')
  const names = new Set<string>()
  let total = 0
  try {
    const files = unzipSync(bytes, {
      filter({ name, originalSize }) {
        total += originalSize
        if (total > browserLimits.unpackedBytes) throw new UnreadableArchive('too-large')
        if (names.has(name)) throw new UnreadableArchive('twice')
        names.add(name)
        if (names.size > browserLimits.entries) throw new UnreadableArchive('too-many')
        return !name.endsWith('/')
      },
    })
    return new Map(Object.entries(files))
  } catch (error) {
    if (error instanceof UnreadableArchive) throw error
    throw new UnreadableArchive('no-archive', { cause: error })
  }
}
