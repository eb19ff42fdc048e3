import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

/** A page as it was made. */
export interface Made {
  readonly type: string
  readonly body: string | Uint8Array
  /** A file to keep, under this name. */
  readonly name?: string
  /** When it says something else by itself; null: not before something happens. */
  readonly until: string | null
  /** Whether everybody may be given the same; what is only for some is made each time. */
  readonly isForAll: boolean
}

/** Public pages that were made, until something of their tenant changes. */
export interface PageCache {
  /**
   * Answers with what is kept, or makes it: for many who ask at once a single time.
   *
   * @param key names the page among those of the tenant, also by whom it is made for where that makes a difference
   */
  serve(
    request: { readonly tenantId: string; readonly key: string; readonly headers: Headers },
    make: () => Promise<Made | null>,
  ): Promise<Response | null>
  /** Forgets everything of a tenant. */
  drop(tenantId: string): void
  /** Forgets everything: changes may have been missed. */
  dropAll(): void
}

/** A page says as of when it is: never older than this. */
const keptMs = 60_000

/** Pages kept at once; the one asked for longest ago goes first. */
const mostKept = 500

interface Kept {
  readonly type: string
  readonly plain: Buffer
  readonly br: Buffer | null
  readonly gzip: Buffer | null
  readonly tag: string
  readonly ends: number
}

/**
 * Keeps pages in the memory of this process. Nobody is asked whether they still hold: whoever changes a tenant says so, and
 * a page knows itself when a proof on it lapses.
 *
 * @param onChange calls with the tenant of each change, after it was committed, in whichever process
 * @param hears whether changes of other processes arrive at this moment; while they do not, every page is made anew
 */
export function openPageCache(
  now: () => Date,
  onChange: (changed: (tenantId: string) => void) => void,
  hears: () => boolean = () => true,
): PageCache {
  const pages = new Map<string, Map<string, Kept>>()
  const making = new Map<string, Promise<Kept | { readonly made: Made } | null>>()
  const turns = new Map<string, number>()
  /** How often all was forgotten: what was being made then is of before. */
  let all = 0

  const drop = (tenantId: string): void => {
    pages.delete(tenantId)
    turns.set(tenantId, (turns.get(tenantId) ?? 0) + 1)
  }
  onChange(drop)

  function keep(tenantId: string, key: string, page: Kept): void {
    const own = pages.get(tenantId) ?? new Map<string, Kept>()
    own.set(key, page)
    // Put at the end: whoever was asked for longest ago is forgotten first.
    pages.delete(tenantId)
    pages.set(tenantId, own)
    let count = 0
    for (const one of pages.values()) count += one.size
    for (const [oldest, { size }] of pages) {
      if (count <= mostKept || oldest === tenantId) break
      pages.delete(oldest)
      count -= size
    }
    if (own.size > mostKept) own.clear()
  }

  async function makeOnce(tenantId: string, key: string, make: () => Promise<Made | null>) {
    const turn = turns.get(tenantId) ?? 0
    const begun = all
    const name = `${all} ${tenantId} ${turn} ${key}`
    const known = making.get(name)
    if (known) return await known
    const made = (async () => {
      const page = await make()
      if (!page?.isForAll) return page && { made: page }
      const kept = await compress(page, now().getTime())
      // What was read before a change may be of before it.
      if ((turns.get(tenantId) ?? 0) === turn && all === begun) keep(tenantId, key, kept)
      return kept
    })()
    making.set(name, made)
    try {
      return await made
    } finally {
      making.delete(name)
    }
  }

  return {
    async serve({ tenantId, key, headers }, make) {
      const found = pages.get(tenantId)?.get(key)
      if (found && hears() && found.ends > now().getTime()) return answer(found, headers)
      const made = await makeOnce(tenantId, key, make)
      if (made === null) return null
      return 'made' in made ? plainly(made.made) : answer(made, headers)
    },
    drop,
    dropAll() {
      for (const tenantId of pages.keys()) drop(tenantId)
      all += 1
    },
  }
}

const [squeeze, zip] = [promisify(brotliCompress), promisify(gzip)]

async function compress({ type, body, until }: Made, at: number): Promise<Kept> {
  const plain = Buffer.from(body)
  const isText = !/^(?:font|image)\//.test(type)
  const [br, gz] = isText
    ? await Promise.all([squeeze(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }), zip(plain, { level: 7 })])
    : [null, null]
  const tag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`
  const ends = Math.min(at + keptMs, until === null ? Infinity : Date.parse(until))
  return { type, plain, br, gzip: gz, tag, ends }
}

function answer({ type, plain, br, gzip: gz, tag }: Kept, headers: Headers): Response {
  const common = { 'cache-control': 'no-cache', etag: tag, vary: 'accept-encoding' }
  if (headers.get('if-none-match')?.includes(tag)) return new Response(null, { status: 304, headers: common })
  const accepted = headers.get('accept-encoding') ?? ''
  const [coding, body] =
    br && /\bbr\b/.test(accepted) ? ['br', br] : gz && /\bgzip\b/.test(accepted) ? ['gzip', gz] : [null, plain]
  return new Response(new Uint8Array(body), {
    headers: {
      ...common,
      'content-type': type,
      'content-length': String(body.byteLength),
      ...(coding === null ? {} : { 'content-encoding': coding }),
    },
  })
}

function plainly({ type, body, name }: Made): Response {
  const kept =
    name === undefined ? {} : { 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}` }
  // What is not for everybody, such as a draft, is kept by no proxy.
  const headers = { 'content-type': type, 'cache-control': 'private, no-cache', ...kept }
  return new Response(typeof body === 'string' ? body : Buffer.from(body), { headers })
}
