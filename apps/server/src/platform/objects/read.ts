import type { IncomingMessage } from 'node:http'
import { cutOf, etagOf, infoOf, lengthOf, namesBytes } from './about.ts'
import type { StoredObject } from './about.ts'
import { headerOf, piecesOf } from './answer.ts'
import { followerOf } from './checksum.ts'
import { objectErrors } from './errors.ts'
import type { ObjectAsker } from './request.ts'

/** Which bytes of an object. */
export interface ObjectRange {
  /** The first one; 0 unless told. */
  readonly from?: number
  /** The last one, which is read, too; to the end unless told. */
  readonly to?: number
  /** Only these very bytes are wanted. */
  readonly etag?: string
}

/** An object that is read. */
export interface ObjectRead {
  /** `bytes` is the size of the whole object. */
  readonly info: StoredObject
  /** Read once; where a connection is cut, the rest is asked for. */
  readonly body: AsyncGenerator<Uint8Array>
}

/**
 * Begins to read an object. Where the connection is lost, the rest is asked for, of the very same bytes; read whole, its checksum is verified
 * where the store's name for it is one.
 *
 * @throws {objects.missing | objects.changed} and what a store may refuse; `body` throws these and objects.damaged
 */
export async function readObject(asker: ObjectAsker, key: string, range: ObjectRange = {}): Promise<ObjectRead> {
  const { from = 0, to } = range
  const first = await askFor(asker, key, { from, to, etag: range.etag })
  const size = sizeOf(first, from)
  const info = infoOf(key, first.headers, size)
  const end = to === undefined ? size : Math.min(size, to + 1)
  const isWhole = from === 0 && end === size
  const follower = isWhole && namesBytes(first.headers) ? followerOf(info.etag, cutOf(first.headers)) : undefined
  return { info, body: bodyOf() }

  async function* bodyOf(): AsyncGenerator<Uint8Array> {
    let at = from
    let message = first
    for (let cuts = 1; ; cuts += 1) {
      try {
        for await (const piece of piecesOf(message, asker.silenceMs)) {
          at += piece.length
          if (at > end) throw objectErrors.unreadable()
          // Bytes came: what is tried again after this is another fault.
          cuts = 1
          follower?.take(piece)
          yield piece
        }
        if (at < end) throw objectErrors.unreachable()
        break
      } catch (error) {
        await asker.before(cuts, error)
        message = await askFor(asker, key, { from: at, to: end - 1, etag: info.etag })
        if (sizeOf(message, at) !== size) throw objectErrors.changed({}, { cause: error })
      }
    }
    if (follower?.isRight() === false) throw objectErrors.damaged()
  }
}

async function askFor(
  asker: ObjectAsker,
  key: string,
  { from, to, etag }: { from: number; to: number | undefined; etag: string | undefined },
): Promise<IncomingMessage> {
  const isPart = from > 0 || to !== undefined
  const message = await asker.ask({
    method: 'GET',
    key,
    headers: {
      ...(isPart ? { range: `bytes=${from}-${to ?? ''}` } : {}),
      ...(etag === undefined ? {} : { 'if-match': `"${etag}"` }),
    },
  })
  // Not every store heeds the condition.
  if (etag !== undefined && etagOf(headerOf(message.headers, 'etag')) !== etag) {
    message.destroy()
    throw objectErrors.changed()
  }
  return message
}

/** Of the whole object, by an answer with all or some of it from there on. @throws {objects.unreadable} */
function sizeOf({ statusCode, headers }: IncomingMessage, from: number): number {
  if (statusCode === 206) {
    const [, first, whole] =
      /^bytes (\d{1,15})-\d{1,15}\/(\d{1,15})$/.exec(headerOf(headers, 'content-range') ?? '') ?? []
    if (Number(first) !== from) throw objectErrors.unreadable()
    return Number(whole)
  }
  // All of it, although a part was asked for.
  if (from > 0) throw objectErrors.unreadable()
  return lengthOf(headers)
}
