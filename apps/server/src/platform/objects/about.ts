import type { IncomingHttpHeaders } from 'node:http'
import { headerOf } from './answer.ts'
import { objectErrors } from './errors.ts'

/** What a store says of an object. */
export interface StoredObject {
  readonly key: string
  readonly bytes: number
  /** Names these very bytes, without quotes. */
  readonly etag: string
  readonly modifiedAt: Date
}

/** Where art32 notes how an object was cut: the size of its first part in MiB. */
export const partsHeader = 'x-amz-meta-art32-parts'

/** An object by the headers of an answer. @throws {objects.unreadable} where size, name or time is missing */
export function infoOf(key: string, headers: IncomingHttpHeaders, bytes: number): StoredObject {
  const modifiedAt = new Date(headerOf(headers, 'last-modified') ?? '')
  return checked({ key, bytes, etag: etagOf(headerOf(headers, 'etag')), modifiedAt })
}

/** @throws {objects.unreadable} where it is no length */
export function lengthOf(headers: IncomingHttpHeaders): number {
  const text = headerOf(headers, 'content-length') ?? ''
  if (!/^\d{1,15}$/.test(text)) throw objectErrors.unreadable()
  return Number(text)
}

/** An etag without its quotes. @throws {objects.unreadable} where it is something else */
export function etagOf(text: string | undefined): string {
  const etag = text?.replace(/^(W\/)?"(.*)"$/, '$2') ?? ''
  if (!/^[\w.+/=:-]{1,200}$/.test(etag)) throw objectErrors.unreadable()
  return etag
}

/** @throws {objects.unreadable} where a number or a time is none */
export function checked(info: StoredObject): StoredObject {
  if (!Number.isSafeInteger(info.bytes) || info.bytes < 0 || Number.isNaN(info.modifiedAt.getTime()))
    throw objectErrors.unreadable()
  return info
}

/** Whether the etag stands for the bytes themselves: not where the store sealed them with a key of somebody's own. */
export function namesBytes(headers: IncomingHttpHeaders): boolean {
  const sealed = headerOf(headers, 'x-amz-server-side-encryption') ?? ''
  const own = headerOf(headers, 'x-amz-server-side-encryption-customer-algorithm')
  return !sealed.startsWith('aws:') && own === undefined
}

/** How art32 cut an object; null: somebody else did. */
export function cutOf(headers: IncomingHttpHeaders): number | null {
  const text = headerOf(headers, partsHeader) ?? ''
  return /^\d{1,4}$/.test(text) ? Number(text) : null
}
