import { allOf, textAt } from '@art32/probes/s3'
import type { Element } from '@art32/probes/s3'
import { checked, etagOf, infoOf, lengthOf } from './about.ts'
import type { StoredObject } from './about.ts'
import { documentOf, required, textOf } from './answer.ts'
import { isObjectError, objectErrors } from './errors.ts'
import { readObject } from './read.ts'
import type { ObjectRange, ObjectRead } from './read.ts'
import { openAsker } from './request.ts'
import type { ObjectReach, ObjectStoreSettings } from './request.ts'
import { abandonUpload, writeObject } from './write.ts'
import type { ObjectPut, ObjectWritten } from './write.ts'

/** A page of a list. */
export interface ObjectPage {
  readonly objects: readonly StoredObject[]
  /** To ask for the next page; null: this was the last one. */
  readonly next: string | null
}

/**
 * A bucket. Everything that may succeed a little later is tried again with growing waits; what is thrown then is an `objects.*` error, or the
 * reason of the signal that ended it.
 */
export interface ObjectStore {
  /** Up to a thousand objects whose keys begin so, in the order of their keys. @param after `next` of the page before */
  list(prefix: string, after?: string): Promise<ObjectPage>
  /** All of them, page by page. */
  listAll(prefix: string): AsyncGenerator<StoredObject>
  /** What is known of an object; null: it is not there. */
  head(key: string): Promise<StoredObject | null>
  /** Begins to read an object, or some of its bytes. */
  get(key: string, range?: ObjectRange): Promise<ObjectRead>
  /** Writes an object as it comes: whole, or not at all. */
  put(key: string, body: AsyncIterable<Uint8Array>, put?: ObjectPut): Promise<ObjectWritten>
  /** Lets go of the parts of an upload that is not gone on with. */
  abandon(key: string, upload: string): Promise<void>
  /** Deletes an object, if it is there. */
  remove(key: string): Promise<void>
  /** Lets go of connections. */
  close(): void
}

/**
 * Opens a bucket of Amazon S3 or of a storage that speaks like it. Nothing is sent before something is asked.
 *
 * @throws {objects.bad_endpoint | objects.not_allowed} where it may not be asked at all
 */
export function openObjectStore(settings: ObjectStoreSettings, reach: ObjectReach): ObjectStore {
  const asker = openAsker(settings, reach)

  async function list(prefix: string, after?: string): Promise<ObjectPage> {
    const query = {
      'list-type': '2',
      'max-keys': '1000',
      'encoding-type': 'url',
      prefix,
      ...(after === undefined ? {} : { 'continuation-token': after }),
    }
    const message = await asker.ask({ method: 'GET', key: null, query })
    const page = await documentOf(message, 'ListBucketResult', asker.silenceMs)
    const isEncoded = textAt(page, 'EncodingType') === 'url'
    const objects = allOf(page, 'Contents').map((one) => listed(one, isEncoded))
    if (objects.length > 1_000 || objects.some(({ key }) => !key.startsWith(prefix))) throw objectErrors.unreadable()
    if (required(page, 'IsTruncated') !== 'true') return { objects, next: null }
    const next = required(page, 'NextContinuationToken')
    // A page that leads to itself, or has nothing and leads on, would never end.
    if (next === after || objects.length === 0) throw objectErrors.unreadable()
    return { objects, next }
  }

  return {
    list,
    async *listAll(prefix) {
      let after: string | undefined
      for (;;) {
        const { objects, next } = await list(prefix, after)
        yield* objects
        if (next === null) return
        after = next
      }
    },
    async head(key) {
      try {
        const message = await asker.ask({ method: 'HEAD', key })
        message.resume()
        return infoOf(key, message.headers, lengthOf(message.headers))
      } catch (error) {
        if (isObjectError(error, 'missing')) return null
        throw error
      }
    },
    get: async (key, range) => await readObject(asker, key, range),
    put: async (key, body, put) => await writeObject(asker, key, body, put),
    abandon: async (key, upload) => await abandonUpload(asker, key, upload),
    async remove(key) {
      try {
        await textOf(await asker.ask({ method: 'DELETE', key }), asker.silenceMs)
      } catch (error) {
        if (!isObjectError(error, 'missing')) throw error
      }
    },
    close: () => asker.close(),
  }
}

function listed(one: Element, isEncoded: boolean): StoredObject {
  const key = required(one, 'Key')
  return checked({
    key: isEncoded ? decoded(key) : key,
    bytes: Number(required(one, 'Size')),
    etag: etagOf(required(one, 'ETag')),
    modifiedAt: new Date(required(one, 'LastModified')),
  })
}

function decoded(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll('+', '%20'))
  } catch (cause) {
    throw objectErrors.unreadable({}, { cause })
  }
}
