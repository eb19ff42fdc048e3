import { createHash, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { authorizationOf } from '@art32/probes/s3'

/** An object as it lies there. */
interface Stored {
  readonly bytes: Buffer
  readonly etag: string
  readonly at: Date
  readonly type: string
  readonly meta: Readonly<Record<string, string>>
}

interface Upload {
  readonly key: string
  readonly type: string
  readonly meta: Readonly<Record<string, string>>
  readonly parts: Map<number, { readonly bytes: Buffer; readonly etag: string }>
}

/** What was asked. */
export interface AskedOfStore {
  readonly method: string
  readonly key: string
  readonly query: URLSearchParams
  readonly headers: IncomingMessage['headers']
}

/** How a store can fail. */
export type StoreFault =
  | 'silent'
  | 'reset'
  /** Another byte than the one that lies there. */
  | 'flipped'
  /** Only so much of the body, then the connection ends. */
  | { readonly cut: number }
  | { readonly status: number; readonly code: string; readonly headers?: Readonly<Record<string, string>> }
  /** A good answer with this text. */
  | { readonly text: string }

/** A strict store on a free port of the loopback. */
export interface TestObjectStore {
  readonly endpoint: string
  /** As a client is set up for it. */
  readonly settings: {
    endpoint: string
    region: string
    bucket: string
    addressing: 'path' | 'host'
    accessKeyId: string
    secretAccessKey: string
  }
  readonly objects: Map<string, Stored>
  readonly uploads: ReadonlyMap<string, Upload>
  /** What came, as `PUT key?partNumber=1`. */
  readonly asked: string[]
  /** What was asked against the published description: must be empty. */
  readonly mistakes: readonly string[]
  put(key: string, text: string | Uint8Array): void
  /** Decides of each question whether it fails. */
  fail(by: ((asked: AskedOfStore) => StoreFault | undefined) | null): void
  /** From now on the access key is not accepted. */
  revoke(): void
  close(): Promise<void>
}

const xmlns = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"'
const smallestPart = 5 * 1_048_576
const known = [
  'list-type',
  'max-keys',
  'encoding-type',
  'prefix',
  'continuation-token',
  'uploads',
  'uploadId',
  'partNumber',
  'max-parts',
  'part-number-marker',
]
const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest('hex')

class Refused extends Error {
  readonly status: number
  readonly code: string
  readonly headers: Readonly<Record<string, string>>

  constructor(status: number, code: string, headers: Readonly<Record<string, string>> = {}) {
    super(code)
    this.status = status
    this.code = code
    this.headers = headers
  }
}

/**
 * Starts a store that follows the published description: it makes each signature anew and compares, checks hash and MD5 of each body,
 * lists in pages, takes no small parts but the last, and has an object under its name only once it is whole.
 *
 * @source https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html
 */
export async function startObjectStore({ pageSize = 1_000 }: { pageSize?: number } = {}): Promise<TestObjectStore> {
  const objects = new Map<string, Stored>()
  const uploads = new Map<string, Upload>()
  const asked: string[] = []
  const mistakes: string[] = []
  const key = { accessKeyId: 'AKIDOFATEST', secretAccessKey: 'secret-key-of-a-test' }
  const region = 'eu-central-1'
  const bucket = 'test-bucket'
  let isRevoked = false
  let failing: ((of: AskedOfStore) => StoreFault | undefined) | null = null

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (error instanceof Refused) return say(response, error)
      mistakes.push(error instanceof Error ? error.message : 'a failure of the test store')
      response.destroy()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const endpoint = `http://127.0.0.1:${port}`

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = []
    for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
    const body = Buffer.concat(parts)
    const [path = '', search = ''] = (request.url ?? '').split('?')
    const query = new URLSearchParams(search)
    const inFront = request.headers.host?.startsWith(`${bucket}.`) === true
    const segments = path.slice(1).split('/')
    const named = inFront ? bucket : segments.shift()
    const name = segments.map(decodeURIComponent).join('/')
    const method = request.method ?? ''
    asked.push(`${method} ${name}${search === '' ? '' : `?${search}`}`)
    for (const one of query.keys()) if (!known.includes(one)) mistakes.push(`there is no parameter ${one}`)
    const of = { method, key: name, query, headers: request.headers }
    const fault = failing?.(of)
    if (fault === 'silent') return
    if (fault === 'reset') return void request.socket.resetAndDestroy()
    if (typeof fault === 'object' && 'status' in fault) throw new Refused(fault.status, fault.code, fault.headers)
    if (typeof fault === 'object' && 'text' in fault) return void response.writeHead(200).end(fault.text)
    authorise(request, { path, query, body })
    if (named !== bucket) throw new Refused(404, 'NoSuchBucket')
    if (name === '') return list(response, query)
    const upload = query.get('uploadId')
    if (method === 'PUT' && upload !== null) return putPart(response, { of, upload, body })
    if (method === 'PUT') return putObject(response, of, body)
    if (method === 'POST' && query.has('uploads')) return begin(response, of)
    if (method === 'POST' && upload !== null) return complete(response, upload, body.toString())
    if (method === 'DELETE' && upload !== null) return abort(response, upload)
    if (method === 'DELETE') {
      objects.delete(name)
      return void response.writeHead(204).end()
    }
    if (method === 'GET' && upload !== null) return listParts(response, upload, query)
    if (method === 'GET' || method === 'HEAD') return read(response, of, fault)
    throw new Refused(405, 'MethodNotAllowed')
  }

  function authorise(
    { method = '', headers }: IncomingMessage,
    { path, query, body }: { path: string; query: URLSearchParams; body: Buffer },
  ): void {
    const header = (name: string) => String(headers[name] ?? '')
    const [, id, day, of, names] =
      /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([\w;-]+), Signature=/.exec(
        header('authorization'),
      ) ?? []
    if (id !== key.accessKeyId || isRevoked) throw new Refused(403, 'InvalidAccessKeyId')
    if (of !== region) throw new Refused(400, 'AuthorizationHeaderMalformed', { 'x-amz-bucket-region': region })
    const stamp = header('x-amz-date')
    const at = Date.parse(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
    if (!stamp.startsWith(day ?? '-') || !(Math.abs(Date.now() - at) < 900_000))
      throw new Refused(403, 'RequestTimeTooSkewed')
    const signed = (names ?? '').split(';')
    for (const must of ['host', 'x-amz-content-sha256', 'x-amz-date'])
      if (!signed.includes(must)) throw new Refused(403, 'AccessDenied')
    const expected = authorizationOf(
      {
        method,
        path,
        query: Object.fromEntries(query),
        headers: Object.fromEntries(signed.map((name) => [name, header(name)])),
        body: header('x-amz-content-sha256'),
      },
      { ...key, region, service: 's3' },
    )
    if (header('authorization') !== expected) throw new Refused(403, 'SignatureDoesNotMatch')
    if (createHash('sha256').update(body).digest('hex') !== header('x-amz-content-sha256'))
      throw new Refused(400, 'XAmzContentSHA256Mismatch')
    const said = headers['content-md5']
    if (typeof said === 'string' && Buffer.from(md5(body), 'hex').toString('base64') !== said)
      throw new Refused(400, 'BadDigest')
  }

  function list(response: ServerResponse, query: URLSearchParams): void {
    const prefix = query.get('prefix') ?? ''
    const after = query.get('continuation-token') ?? ''
    const all = [...objects.keys()].filter((one) => one.startsWith(prefix) && one > after).sort()
    const page = all.slice(0, Math.min(pageSize, Number(query.get('max-keys') ?? 1_000)))
    const isMore = all.length > page.length
    const one = (name: string) => {
      const { bytes, etag, at } = found(name)
      const shown = encodeURIComponent(name).replaceAll('%20', '+').replaceAll('%2F', '/')
      return `<Contents><Key>${shown}</Key><LastModified>${at.toISOString()}</LastModified><ETag>&quot;${etag}&quot;</ETag><Size>${bytes.length}</Size></Contents>`
    }
    const next = isMore ? `<NextContinuationToken>${escaped(page.at(-1) ?? '')}</NextContinuationToken>` : ''
    sayXml(
      response,
      `<ListBucketResult ${xmlns}><EncodingType>url</EncodingType><IsTruncated>${isMore}</IsTruncated>${page.map(one).join('')}${next}</ListBucketResult>`,
    )
  }

  function read(response: ServerResponse, { method, key: name, headers }: AskedOfStore, fault?: StoreFault): void {
    const stored = found(name)
    const wanted = headers['if-match']
    if (wanted !== undefined && wanted !== `"${stored.etag}"`) throw new Refused(412, 'PreconditionFailed')
    const { from, to } = rangeOf(headers.range, stored.bytes.length)
    const bytes = Buffer.from(stored.bytes.subarray(from, to + 1))
    const isPart = headers.range !== undefined
    response.writeHead(isPart ? 206 : 200, {
      'content-length': String(bytes.length),
      'content-type': stored.type,
      'last-modified': stored.at.toUTCString(),
      etag: `"${stored.etag}"`,
      ...stored.meta,
      ...(isPart ? { 'content-range': `bytes ${from}-${to}/${stored.bytes.length}` } : {}),
    })
    if (method === 'HEAD') return void response.end()
    if (fault === 'flipped' && bytes.length > 0) bytes[0] = (bytes[0] ?? 0) ^ 1
    if (typeof fault === 'object' && 'cut' in fault) {
      response.write(bytes.subarray(0, fault.cut), () => setTimeout(() => response.destroy(), 20))
      return
    }
    response.end(bytes)
  }

  function rangeOf(range: string | undefined, size: number): { from: number; to: number } {
    if (range === undefined) return { from: 0, to: size - 1 }
    const [, first = '', last = ''] = /^bytes=(\d+)-(\d*)$/.exec(range) ?? []
    const from = Number(first)
    if (first === '' || from >= size) throw new Refused(416, 'InvalidRange')
    return { from, to: last === '' ? size - 1 : Math.min(Number(last), size - 1) }
  }

  function found(name: string): Stored {
    const stored = objects.get(name)
    if (!stored) throw new Refused(404, 'NoSuchKey')
    return stored
  }

  function store(name: string, bytes: Buffer, about: Partial<Stored> = {}): string {
    const etag = about.etag ?? md5(bytes)
    objects.set(name, { bytes, etag, at: new Date(), type: about.type ?? 'text/plain', meta: about.meta ?? {} })
    return etag
  }

  function putObject(response: ServerResponse, { key: name, headers }: AskedOfStore, body: Buffer): void {
    const etag = store(name, body, { type: headers['content-type'] ?? '', meta: metaOf(headers) })
    response.writeHead(200, { etag: `"${etag}"` }).end()
  }

  function begin(response: ServerResponse, { key: name, headers }: AskedOfStore): void {
    const id = randomBytes(8).toString('hex')
    uploads.set(id, { key: name, type: headers['content-type'] ?? '', meta: metaOf(headers), parts: new Map() })
    sayXml(
      response,
      `<InitiateMultipartUploadResult ${xmlns}><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
    )
  }

  function uploadOf(id: string): Upload {
    const upload = uploads.get(id)
    if (!upload) throw new Refused(404, 'NoSuchUpload')
    return upload
  }

  function putPart(
    response: ServerResponse,
    { of, upload, body }: { of: AskedOfStore; upload: string; body: Buffer },
  ): void {
    const number = Number(of.query.get('partNumber'))
    if (!(number >= 1 && number <= 10_000)) throw new Refused(400, 'InvalidArgument')
    uploadOf(upload).parts.set(number, { bytes: body, etag: md5(body) })
    response.writeHead(200, { etag: `"${md5(body)}"` }).end()
  }

  function complete(response: ServerResponse, id: string, text: string): void {
    const upload = uploadOf(id)
    const wanted = [...text.matchAll(/<Part><PartNumber>(\d+)<\/PartNumber><ETag>"([0-9a-f]+)"<\/ETag><\/Part>/g)]
    const parts = wanted.map(([, number, etag]) => {
      const part = upload.parts.get(Number(number))
      if (part === undefined || part.etag !== etag) throw new Refused(400, 'InvalidPart')
      return part
    })
    if (parts.length === 0) throw new Refused(400, 'MalformedXML')
    if (parts.slice(0, -1).some(({ bytes }) => bytes.length < smallestPart)) throw new Refused(400, 'EntityTooSmall')
    const etag = `${md5(Buffer.from(parts.map((part) => part.etag).join(''), 'hex'))}-${parts.length}`
    store(upload.key, Buffer.concat(parts.map(({ bytes }) => bytes)), { ...upload, etag })
    uploads.delete(id)
    sayXml(
      response,
      `<CompleteMultipartUploadResult ${xmlns}><ETag>&quot;${etag}&quot;</ETag></CompleteMultipartUploadResult>`,
    )
  }

  function abort(response: ServerResponse, id: string): void {
    uploadOf(id)
    uploads.delete(id)
    response.writeHead(204).end()
  }

  function listParts(response: ServerResponse, id: string, query: URLSearchParams): void {
    const after = Number(query.get('part-number-marker') ?? 0)
    const all = [...uploadOf(id).parts].filter(([number]) => number > after).sort(([a], [b]) => a - b)
    const page = all.slice(0, pageSize)
    const isMore = all.length > page.length
    const one = ([number, { bytes, etag }]: (typeof all)[number]) =>
      `<Part><PartNumber>${number}</PartNumber><ETag>&quot;${etag}&quot;</ETag><Size>${bytes.length}</Size></Part>`
    const next = isMore ? `<NextPartNumberMarker>${page.at(-1)?.[0] ?? 0}</NextPartNumberMarker>` : ''
    sayXml(
      response,
      `<ListPartsResult ${xmlns}><IsTruncated>${isMore}</IsTruncated>${next}${page.map(one).join('')}</ListPartsResult>`,
    )
  }

  return {
    endpoint,
    settings: { endpoint, region, bucket, addressing: 'path', ...key },
    objects,
    uploads,
    asked,
    mistakes,
    put: (name, text) => void store(name, Buffer.from(text)),
    fail(by) {
      failing = by
    },
    revoke() {
      isRevoked = true
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

const metaOf = (headers: IncomingMessage['headers']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      name.startsWith('x-amz-meta-') && typeof value === 'string' ? [[name, value]] : [],
    ),
  )

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

function sayXml(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'content-type': 'application/xml' })
  response.end(`<?xml version="1.0" encoding="UTF-8"?>\n${text}`)
}

function say(response: ServerResponse, { status, code, headers }: Refused): void {
  response.writeHead(status, { 'content-type': 'application/xml', ...headers })
  response.end(
    `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>About AKIDOFATEST</Message></Error>`,
  )
}
