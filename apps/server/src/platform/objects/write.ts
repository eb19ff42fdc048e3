import { allOf, parseXml, textAt } from '@art32/probes/s3'
import { etagOf, namesBytes, partsHeader } from './about.ts'
import { documentOf, headerOf, piecesOf, refusalBy, required, textOf } from './answer.ts'
import { firstSizeFor, md5Of, nameOfParts } from './checksum.ts'
import { isObjectError, objectErrors } from './errors.ts'
import { partsOf } from './parts.ts'
import type { Part } from './parts.ts'
import type { ObjectAsker } from './request.ts'

/** How an object is written. */
export interface ObjectPut {
  /** `application/octet-stream` unless told. */
  readonly type?: string
  /** About how many bytes there will be, where that is known: decides how large parts are. */
  readonly bytes?: number
  /** An upload that was begun before and was cut off: parts that are there already, byte for byte, are not sent again. */
  readonly upload?: string | null
  /**
   * Told the id of an upload before its first part is sent, to go on with it another time. With it, an upload that fails stays as it is,
   * to be gone on with or abandoned; without it, it is abandoned at once.
   */
  readonly began?: (upload: string) => Promise<void>
}

/** What was written. */
export interface ObjectWritten {
  readonly bytes: number
  readonly etag: string
}

/**
 * Writes an object of any size as it comes; under its name it is there whole or not at all. What fits into one part is sent at once, the
 * rest in parts that are put together at the end. The store verifies each by its SHA-256, which is signed, and its MD5.
 *
 * @throws what a store may refuse, and whatever the stream throws
 */
export async function writeObject(
  asker: ObjectAsker,
  key: string,
  body: AsyncIterable<Uint8Array>,
  put: ObjectPut = {},
): Promise<ObjectWritten> {
  const { type = 'application/octet-stream' } = put
  const first = firstSizeFor(put.bytes)
  let upload: Upload | undefined
  let bytes = 0
  try {
    for await (const part of partsOf(body, first)) {
      bytes += part.bytes.length
      if (part.number === 1 && part.isLast) {
        const etag = await sendBytes(asker, key, part.bytes, { headers: { 'content-type': type } })
        if (typeof put.upload === 'string') await abandonUpload(asker, key, put.upload)
        return { bytes, etag }
      }
      upload ??= await openUpload(asker, key, put, { 'content-type': type, [partsHeader]: String(first) })
      if (part.bytes.length > 0) await upload.take(part)
    }
    if (upload === undefined) throw objectErrors.unreadable()
    return { bytes, etag: await upload.complete() }
  } catch (error) {
    if (upload !== undefined && put.began === undefined) await abandonUpload(asker, key, upload.id).catch(() => {})
    throw error
  }
}

/** Lets go of the parts of an upload; nothing of it was ever there under the object's name. */
export async function abandonUpload(asker: ObjectAsker, key: string, upload: string): Promise<void> {
  try {
    const message = await asker.ask({ method: 'DELETE', key, query: { uploadId: upload } })
    await textOf(message, asker.silenceMs)
  } catch (error) {
    if (!isObjectError(error, 'missing') && !isGone(error)) throw error
  }
}

/** An upload in parts. */
interface Upload {
  readonly id: string
  take(part: Part): Promise<void>
  /** @returns the object's etag */
  complete(): Promise<string>
}

async function openUpload(
  asker: ObjectAsker,
  key: string,
  { upload, began }: ObjectPut,
  headers: Readonly<Record<string, string>>,
): Promise<Upload> {
  const known = typeof upload === 'string' ? await listParts(asker, key, upload) : null
  if (typeof upload === 'string' && known !== null) return uploadOf(asker, key, upload, known)
  const message = await asker.ask({ method: 'POST', key, query: { uploads: '' }, headers })
  const id = required(await documentOf(message, 'InitiateMultipartUploadResult', asker.silenceMs), 'UploadId')
  if (!/^[\x21-\x7e]{1,1024}$/.test(id)) throw objectErrors.unreadable()
  await began?.(id)
  return uploadOf(asker, key, id, new Map())
}

function uploadOf(
  asker: ObjectAsker,
  key: string,
  id: string,
  known: ReadonlyMap<number, { readonly etag: string; readonly bytes: number }>,
): Upload {
  const done: { readonly etag: string; readonly md5: string }[] = []
  return {
    id,
    async take({ number, bytes }) {
      const md5 = md5Of(bytes)
      const there = known.get(number)
      const query = { partNumber: String(number), uploadId: id }
      const isThere = there?.etag === md5 && there.bytes === bytes.length
      done.push({ md5, etag: isThere ? md5 : await sendBytes(asker, key, bytes, { query }) })
    },
    async complete() {
      const parts = done.map(({ etag }, at) => `<Part><PartNumber>${at + 1}</PartNumber><ETag>"${etag}"</ETag></Part>`)
      const text = `<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${parts.join('')}</CompleteMultipartUpload>`
      return await completed(asker, key, id, {
        text,
        name: nameOfParts(done.map(({ md5 }) => md5)),
      })
    },
  }
}

/** The store may take minutes for it, and may say in a good answer that it went wrong. */
async function completed(
  asker: ObjectAsker,
  key: string,
  id: string,
  { text, name }: { readonly text: string; readonly name: string },
): Promise<string> {
  const body = Buffer.from(text)
  for (let attempt = 1; ; attempt += 1) {
    try {
      const message = await asker.ask({
        method: 'POST',
        key,
        query: { uploadId: id },
        headers: { 'content-type': 'application/xml' },
        body,
      })
      const document = parseXml((await textOf(message, asker.silenceMs)).trim())
      if (document?.name === 'Error')
        throw refusalBy({ statusCode: 500, headers: message.headers }, textAt(document, 'Code') ?? '')
      if (document?.name !== 'CompleteMultipartUploadResult') throw objectErrors.unreachable()
      return etagOf(textAt(document, 'ETag'))
    } catch (error) {
      // An answer that was lost: then the upload is no more, and the object is there.
      if (isGone(error) && (await etagThere(asker, key)) === name) return name
      await asker.before(attempt, error)
    }
  }
}

async function etagThere(asker: ObjectAsker, key: string): Promise<string | null> {
  try {
    const message = await asker.ask({ method: 'HEAD', key })
    message.resume()
    return etagOf(headerOf(message.headers, 'etag'))
  } catch (error) {
    if (isObjectError(error, 'missing')) return null
    throw error
  }
}

/** @returns the etag that the store gave them @throws {objects.damaged} where it names other bytes */
async function sendBytes(
  asker: ObjectAsker,
  key: string,
  bytes: Uint8Array,
  {
    query = {},
    headers = {},
  }: { query?: Readonly<Record<string, string>>; headers?: Readonly<Record<string, string>> },
): Promise<string> {
  const md5 = md5Of(bytes)
  const message = await asker.ask({
    method: 'PUT',
    key,
    query,
    headers: { ...headers, 'content-md5': Buffer.from(md5, 'hex').toString('base64') },
    body: bytes,
  })
  for await (const _ of piecesOf(message, asker.silenceMs));
  const etag = etagOf(headerOf(message.headers, 'etag'))
  if (namesBytes(message.headers) && /^[0-9a-f]{32}$/.test(etag) && etag !== md5) throw objectErrors.damaged()
  return etag
}

/** Parts that are there already, by number; null: there is no such upload any more. */
async function listParts(
  asker: ObjectAsker,
  key: string,
  upload: string,
): Promise<Map<number, { readonly etag: string; readonly bytes: number }> | null> {
  const parts = new Map<number, { etag: string; bytes: number }>()
  let after = 0
  try {
    for (;;) {
      const query = { uploadId: upload, 'max-parts': '1000', 'part-number-marker': String(after) }
      const message = await asker.ask({ method: 'GET', key, query })
      const page = await documentOf(message, 'ListPartsResult', asker.silenceMs)
      for (const part of allOf(page, 'Part')) {
        const about = { etag: etagOf(required(part, 'ETag')), bytes: Number(required(part, 'Size')) }
        parts.set(Number(required(part, 'PartNumber')), about)
      }
      if (textAt(page, 'IsTruncated') !== 'true') return parts
      const next = Number(required(page, 'NextPartNumberMarker'))
      if (!(next > after)) throw objectErrors.unreadable()
      after = next
    }
  } catch (error) {
    // Not there any more, or of a store that does not list them: then all of it is sent.
    if (isGone(error) || isObjectError(error, 'missing') || isObjectError(error, 'refused')) return null
    throw error
  }
}

const isGone = (error: unknown): boolean =>
  isObjectError(error, 'refused') && (error as { params?: { code?: unknown } }).params?.code === 'NoSuchUpload'
