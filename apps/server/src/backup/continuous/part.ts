import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { zstdCompress, zstdDecompress } from 'node:zlib'
import { z } from 'zod'
import { age, segmentBytes } from '../../platform/index.ts'
import type { Bytes } from '../../platform/index.ts'
import { damaged } from '../archive.ts'
import { one } from '../making.ts'
import { asRefusal } from '../opening.ts'
import { readVouched, vouch } from './signed.ts'
import type { VouchingKey } from './signed.ts'

/** What a part of the log says of itself, within the seal. */
const PartHead = z.object({
  format: z.literal('art32.log/1'),
  line: z.string(),
  part: z.string(),
  until: z.iso.datetime().nullable(),
  sha256: z.string(),
})

/** Which part of the log. */
export interface PartName {
  readonly line: string
  readonly part: string
  readonly until: Date | null
}

const pack = promisify(zstdCompress)
const unpack = promisify(zstdDecompress)

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** Packs and seals a part of the log. */
export async function sealPart(
  { line, part, until }: PartName,
  bytes: Uint8Array,
  recipients: readonly string[],
  key: VouchingKey,
): Promise<Bytes> {
  const head: z.input<typeof PartHead> = {
    format: 'art32.log/1',
    line,
    part,
    until: until?.toISOString() ?? null,
    sha256: hashOf(bytes),
  }
  return age.seal(recipients, one(Buffer.concat([Buffer.from(vouch(head, key)), await pack(bytes)])))
}

/** Largest sealed part that is read: what does not pack, and a little more. Bytes. */
const longest = 2 * segmentBytes

/** Opens a part of the log. @throws {backup.damaged | backup.wrong_key | backup.wrong_master_key} */
export async function openPart(
  sealed: Bytes,
  { line, part, until }: PartName,
  identities: readonly string[],
  keys: readonly VouchingKey[],
): Promise<Buffer> {
  try {
    const plain = await buffer(age.open(identities, atMost(sealed)))
    const end = plain.indexOf('\n', plain.indexOf('\n') + 1)
    const head = readVouched(PartHead, plain.toString('utf8', 0, Math.max(end, 0)), keys)
    const isThis = head.line === line && head.part === part && head.until === (until?.toISOString() ?? null)
    if (!isThis) throw damaged('another-set')
    const bytes = await unpack(plain.subarray(end + 1), { maxOutputLength: segmentBytes }).catch((cause: unknown) => {
      throw damaged('unpacks-not', cause)
    })
    if (hashOf(bytes) !== head.sha256) throw damaged('hash-differs')
    return bytes
  } catch (error) {
    throw asRefusal(error)
  }
}

async function* atMost(bytes: Bytes): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const piece of bytes) {
    size += piece.length
    if (size > longest) throw damaged('too-large')
    yield piece
  }
}
