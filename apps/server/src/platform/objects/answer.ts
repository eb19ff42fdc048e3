import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { parseXml, textAt } from '@art32/probes/s3'
import type { Element } from '@art32/probes/s3'
import type { AppError } from '../../kernel/index.ts'
import { objectErrors } from './errors.ts'

/** A list of a thousand keys of a thousand bytes, each byte written as three, with all about them. */
const mostText = 6 * 1_048_576

/**
 * The pieces of an answer. Silence counts only while somebody waits for the next piece: whoever reads slowly is not the store's fault.
 *
 * @throws {objects.silent | objects.unreachable} where it stays silent or is cut off
 */
export async function* piecesOf(message: IncomingMessage, silenceMs: number): AsyncGenerator<Uint8Array> {
  const pieces = (message as AsyncIterable<Buffer>)[Symbol.asyncIterator]()
  try {
    for (;;) {
      const silence = setTimeout(() => message.destroy(objectErrors.silent()), silenceMs)
      const next = await pieces.next().finally(() => clearTimeout(silence))
      if (next.done === true) return
      yield next.value
    }
  } catch (error) {
    throw (error as { code?: string }).code === 'objects.silent'
      ? error
      : objectErrors.unreachable({}, { cause: error })
  } finally {
    // One that was read to its end keeps its connection for the next question.
    if (!message.readableEnded) message.destroy()
  }
}

/** The document of an answer. @throws {objects.unreadable} where it is none, has no end, or has another root */
export async function documentOf(message: IncomingMessage, root: string, silenceMs: number): Promise<Element> {
  const document = parseXml(await textOf(message, silenceMs))
  if (document?.name !== root) throw objectErrors.unreadable()
  return document
}

/** An answer as text. @throws {objects.unreadable} where it has no end */
export async function textOf(message: IncomingMessage, silenceMs: number): Promise<string> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const piece of piecesOf(message, silenceMs)) {
    size += piece.length
    if (size > mostText) throw objectErrors.unreadable()
    parts.push(piece)
  }
  return Buffer.concat(parts).toString('utf8')
}

/** The text of an element that has to be there. @throws {objects.unreadable} */
export function required(element: Element, name: string): string {
  const text = textAt(element, name)
  if (text === undefined) throw objectErrors.unreadable()
  return text
}

const slow: ReadonlySet<string> = new Set(['SlowDown', 'RequestLimitExceeded', 'Throttling', 'ThrottlingException'])
const wrongKey: ReadonlySet<string> = new Set([
  'InvalidAccessKeyId',
  'SignatureDoesNotMatch',
  'InvalidToken',
  'ExpiredToken',
  'InvalidSecurity',
])
const otherRegion: ReadonlySet<string> = new Set([
  'PermanentRedirect',
  'TemporaryRedirect',
  'AuthorizationHeaderMalformed',
  'IllegalLocationConstraintException',
])
const damaged: ReadonlySet<string> = new Set(['BadDigest', 'XAmzContentSHA256Mismatch', 'InvalidDigest'])

/** What the store said by another status than a good one. Its code is a word of its own; its message quotes what was asked. */
export async function refusalOf(message: IncomingMessage, silenceMs: number): Promise<AppError> {
  const document = parseXml(await textOf(message, silenceMs).catch(() => ''))
  const error = document?.name === 'Error' ? document : undefined
  const region = headerOf(message.headers, 'x-amz-bucket-region') ?? (error && textAt(error, 'Region'))
  return refusalBy(message, (error && textAt(error, 'Code')) ?? '', region)
}

/** The same of an error that came in a good answer. */
export function refusalBy(
  { statusCode: status = 0, headers }: Pick<IncomingMessage, 'statusCode' | 'headers'>,
  given: string,
  region?: string,
): AppError {
  const code = /^[A-Za-z0-9]{1,60}$/.test(given) ? given : 'none'
  if (status === 429 || slow.has(code)) return objectErrors.throttled(afterOf(headers))
  if (wrongKey.has(code) || status === 401) return objectErrors.wrong_key()
  if (code === 'RequestTimeTooSkewed') return objectErrors.clock()
  if (code === 'NoSuchBucket') return objectErrors.no_bucket()
  if (otherRegion.has(code) || (status >= 300 && status < 400))
    return objectErrors.other_region({ region: /^[a-z0-9-]{2,32}$/.test(region ?? '') ? (region ?? '') : '?' })
  if (damaged.has(code)) return objectErrors.damaged()
  if (status === 412) return objectErrors.changed()
  if (status === 404 && (code === 'NoSuchKey' || code === 'none')) return objectErrors.missing()
  if (status === 403) return objectErrors.denied()
  if (code === 'RequestTimeout') return objectErrors.silent()
  if (code === 'EntityTooLarge') return objectErrors.too_large()
  if (code === 'InternalError' || status >= 500)
    return status === 501
      ? objectErrors.refused({ code, status })
      : objectErrors.failing({ status, ...afterOf(headers) })
  return objectErrors.refused({ code, status })
}

/** The header, where it stands there once. */
export function headerOf(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name]
  return typeof value === 'string' ? value : undefined
}

function afterOf(headers: IncomingHttpHeaders): { seconds?: number } {
  const seconds = Number(headerOf(headers, 'retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) && seconds > 0 ? { seconds: Math.min(seconds, 60) } : {}
}
