import { createHash } from 'node:crypto'
import type { Upload } from '../kernel/index.ts'
import { cleanName } from './name.ts'
import { endingsOf, typeOf } from './type.ts'

/** A file that was looked at: what it is by its bytes, its hash, its cleaned name. Still kept nowhere. */
export class InspectedFile implements Upload {
  readonly name: string
  readonly bytes: Buffer
  /** By content. */
  readonly type: string
  /** In hexadecimal. */
  readonly sha256: string
  readonly scan: 'clean' | 'not-scanned'

  constructor(name: string, bytes: Buffer, type: string, scan: 'clean' | 'not-scanned') {
    this.name = cleanName(name, endingsOf(type))
    this.bytes = bytes
    this.type = type
    this.sha256 = createHash('sha256').update(bytes).digest('hex')
    this.scan = scan
  }
}

/**
 * Looks at a file that somebody brings. Takes its time, so it is done before a transaction begins.
 *
 * @throws one of `contentErrors`, which says what was seen and what to do
 */
export async function inspectFile(given: { name: string; bytes: Uint8Array }): Promise<InspectedFile> {
  const bytes = Buffer.from(given.bytes.buffer, given.bytes.byteOffset, given.bytes.byteLength)
  return new InspectedFile(given.name, bytes, await typeOf(bytes), 'not-scanned')
}
