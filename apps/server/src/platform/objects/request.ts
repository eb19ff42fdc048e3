import { createHash } from 'node:crypto'
import { Agent as PlainAgent, request as requestPlain } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { Agent as SecureAgent, request as requestSecure } from 'node:https'
import type { LookupFunction } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { authorizationOf, canonicalQuery, encode, stampOf } from '@art32/probes/s3'
import { AppError } from '../../kernel/index.ts'
import { lookupWithin, mayConnect } from '../outward.ts'
import { refusalOf } from './answer.ts'
import { isPassing, objectErrors } from './errors.ts'

/** A bucket of a storage that speaks like Amazon S3, and who asks. */
export interface ObjectStoreSettings {
  /** `https://s3.eu-central-1.amazonaws.com`, or that of another vendor. */
  readonly endpoint: string
  readonly region: string
  readonly bucket: string
  /** Whether the bucket stands in the path of an address (most vendors take it) or in front of its host (Amazon wants it). */
  readonly addressing: 'path' | 'host'
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** What this installation allows, and how patient it is. */
export interface ObjectReach {
  /** Whether the machine itself may be asked, then also without TLS. */
  readonly mayBeLocal: boolean
  /** How long nothing may come or go. 30 seconds unless told. */
  readonly silenceMs?: number
  /** How often something is tried that may succeed a little later. 5 unless told. */
  readonly tries?: number
  /** The wait before the second try; it doubles with each. 250 milliseconds unless told. */
  readonly pauseMs?: number
  /** Ends everything that is under way. */
  readonly signal?: AbortSignal | undefined
  /** For tests: other addresses of names, an authority to trust. */
  readonly lookup?: LookupFunction
  readonly trust?: string
}

/** One question to the store. */
export interface ObjectQuestion {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE'
  /** Of an object; null: about the bucket. */
  readonly key: string | null
  readonly query?: Readonly<Record<string, string>>
  /** In lower case; all of them are signed. */
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array
}

/** Asks a store, again where that may help. */
export interface ObjectAsker {
  /** @throws what the store refuses, once nothing helped */
  ask(question: ObjectQuestion): Promise<IncomingMessage>
  /** Waits before another try. @throws the error itself where there is to be none */
  before(attempt: number, error: unknown): Promise<void>
  readonly silenceMs: number
  /** Lets go of connections. */
  close(): void
}

const longestPauseMs = 20_000
const nothing = new Uint8Array()

/** @throws {objects.bad_endpoint | objects.not_allowed} */
export function openAsker(settings: ObjectStoreSettings, reach: ObjectReach): ObjectAsker {
  const { silenceMs = 30_000, tries = 5, pauseMs = 250, mayBeLocal, signal, trust } = reach
  const { lookup = lookupWithin(mayBeLocal) } = reach
  const place = placeOf(settings, mayBeLocal)
  const common = { keepAlive: true, maxSockets: 8, timeout: silenceMs }
  const agent = place.isPlain
    ? new PlainAgent(common)
    : new SecureAgent({ ...common, ...(trust === undefined ? {} : { ca: trust }) })

  async function once({
    method,
    key,
    query = {},
    headers = {},
    body = nothing,
  }: ObjectQuestion): Promise<IncomingMessage> {
    const path = `${place.path}${key === null ? '' : `/${key.split('/').map(encode).join('/')}`}` || '/'
    const search = canonicalQuery(query)
    const digest = createHash('sha256').update(body).digest('hex')
    const signed = {
      ...headers,
      host: place.host,
      'x-amz-content-sha256': digest,
      'x-amz-date': stampOf(new Date()),
    }
    const authorization = authorizationOf(
      { method, path, query, headers: signed, body: digest },
      { ...settings, service: 's3' },
    )
    return await new Promise<IncomingMessage>((resolve, reject) => {
      const sending = (place.isPlain ? requestPlain : requestSecure)({
        host: place.name,
        port: place.port,
        path: search === '' ? path : `${path}?${search}`,
        method,
        headers: {
          ...signed,
          authorization,
          'user-agent': 'art32',
          'accept-encoding': 'identity',
          ...(method === 'PUT' || method === 'POST' ? { 'content-length': String(body.length) } : {}),
        },
        lookup,
        agent,
        timeout: silenceMs,
        ...(signal === undefined ? {} : { signal }),
      })
      // Bytes that trickle keep a connection alive; nobody needs so long to begin an answer.
      const late = setTimeout(() => sending.destroy(objectErrors.silent()), silenceMs * 10)
      sending.once('response', (message) => {
        clearTimeout(late)
        // From here on silence counts only while somebody reads.
        message.socket.setTimeout(0)
        resolve(message)
      })
      sending.once('error', (error) => {
        clearTimeout(late)
        reject(problemOf(error, signal))
      })
      sending.once('timeout', () => sending.destroy(objectErrors.silent()))
      sending.end(body.length === 0 ? undefined : body)
    })
  }

  async function before(attempt: number, error: unknown): Promise<void> {
    if (!isPassing(error) || attempt >= tries || signal?.aborted === true) throw error
    const asked = Number(error.params['seconds'] ?? 0) * 1_000
    const backOff = Math.min(pauseMs * 2 ** (attempt - 1), longestPauseMs) * (0.75 + Math.random() / 2)
    await wait(Math.max(asked, backOff), undefined, signal === undefined ? {} : { signal }).catch(() => {
      throw error
    })
  }

  return {
    silenceMs,
    before,
    close: () => agent.destroy(),
    async ask(question) {
      for (let attempt = 1; ; attempt += 1) {
        try {
          const message = await once(question)
          if ([200, 204, 206].includes(message.statusCode ?? 0)) return message
          throw await refusalOf(message, silenceMs)
        } catch (error) {
          await before(attempt, error)
        }
      }
    },
  }
}

interface Place {
  readonly isPlain: boolean
  /** Name or address that is connected to. */
  readonly name: string
  readonly port: number
  /** As the header and the signature have it: with the port where it is not the usual one. */
  readonly host: string
  /** In front of each key, encoded. */
  readonly path: string
}

function placeOf({ endpoint, bucket, addressing }: ObjectStoreSettings, mayBeLocal: boolean): Place {
  if (!URL.canParse(endpoint)) throw objectErrors.bad_endpoint()
  const url = new URL(endpoint)
  const isPlain = url.protocol === 'http:'
  const isBare = url.username === '' && url.password === '' && url.search === '' && url.hash === ''
  const isKnown = url.protocol === 'https:' || (isPlain && mayBeLocal)
  const path = url.pathname.replace(/\/+$/, '')
  if (!isBare || !isKnown || !/^[\w./-]*$/.test(path) || !/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket))
    throw objectErrors.bad_endpoint()
  const inFront = addressing === 'host' ? `${bucket}.` : ''
  const name = `${inFront}${url.hostname}`.replace(/^\[|\]$/g, '')
  if (!mayConnect(name, mayBeLocal)) throw objectErrors.not_allowed()
  return {
    isPlain,
    name,
    port: url.port === '' ? (isPlain ? 80 : 443) : Number(url.port),
    host: `${inFront}${url.host}`,
    path: addressing === 'host' ? path : `${path}/${bucket}`,
  }
}

function problemOf(error: Error, signal: AbortSignal | undefined): unknown {
  if (error instanceof AppError) return error
  // Whoever ended it knows why.
  if (signal?.aborted === true) return signal.reason
  if (error.name === 'Unreached') return objectErrors.not_allowed({}, { cause: error })
  return objectErrors.unreachable({}, { cause: error })
}
