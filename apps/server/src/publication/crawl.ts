import { createHash } from 'node:crypto'
import { brotliDecompressSync } from 'node:zlib'
import { tilePath, tilesOf } from '@art32/ledger'
import { formats } from '@art32/press'
import { keyOf, keysFor } from '../platform/index.ts'
import type { PublishedAnswer, PublishedPages, Variant } from '../platform/index.ts'
import { tokenMark } from './envelope.ts'

/** A place whose pages are published together. */
export interface Place {
  /** Where it is asked for: `https://toms.example.com`. */
  readonly origin: string
  /** The path above its pages: `/trust/alpha`, or nothing. */
  readonly base: string
  /** What is asked for without a link that leads to it, below the base. */
  readonly seeds: readonly string[]
  /** Whether a path below the base belongs to it. */
  readonly isWithin: (path: string) => boolean
}

/** What crawling needs of whoever answers and keeps. */
export interface CrawlDependencies {
  /** Answers as to a stranger without an account, from elsewhere. */
  readonly ask: (request: Request) => Promise<Response | null>
  readonly keep: (bytes: Uint8Array) => Promise<string>
  readonly now: () => Date
  /** What was published here before. */
  readonly before: PublishedPages | undefined
  readonly version: string
  /** How many annexes may be made: each takes a second of a processor, and the page does not wait for them. */
  readonly mostAnnexes: number
}

/** The pages of a place, and what they say of time. */
export interface Crawled {
  readonly pages: PublishedPages
  /** When a page says something else by itself, in milliseconds of the epoch; null: not before something happens. */
  readonly until: number | null
  /** Whether annexes are still to be made. */
  readonly lacks: boolean
}

/** No tenant has more addresses; a page that makes up links without an end is not followed for ever. */
const mostAddresses = 20_000

/** What answers a secret link, or shows what is stored about somebody: it is asked for where the database is. */
const secret = /^\/(?:link|incident)\/|^\/(?:report|request)\/./

/** Of the headers of an answer only those that speak of the answer are published. */
const keptHeaders = ['content-type', 'cache-control', 'etag', 'vary', 'content-disposition', 'x-robots-tag'] as const

const day = 86_400_000
/** Proofs hold for ever; they are made anew so that they lead to a head of the log that is not old. */
const proofs = { '.zip': day / 24, '.tlog-proof': day } as const

interface Address extends Pick<Variant, 'view' | 'preset'> {
  /** Of an annex, which no page leads to without one. */
  readonly only?: 'en' | 'de'
  readonly path: string
}

/**
 * Everything that a stranger can see of a place: asked for like a stranger asks, by following the links of its own pages. What
 * only somebody may see cannot get into what is published, since nobody is asking.
 */
export async function crawl(place: Place, dependencies: CrawlDependencies): Promise<Crawled> {
  const { before, version } = dependencies
  const asking = openAsking(place, dependencies)
  const tag = await tagOf(asking, version)
  const reusable = before?.tag === tag ? before : undefined
  const pages: Record<string, PublishedAnswer> = {}
  const forms = new Set<string>()
  let until: number | null = null
  let annexes = 0
  let lacks = false
  const waiting: Address[] = place.seeds.map((path) => ({ path }))
  const seen = new Set(waiting.map(nameOf))

  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const address = next
    const found = await variantsOf(address, (variant) => {
      const name = keysFor(address.path, { ...address, ...variant }).find((key) => before?.pages[key])
      const known = name === undefined ? undefined : before?.pages[name]
      const holds = known && isKept(address.path, known, { isSame: reusable !== undefined, now: dependencies.now() })
      if (holds) return Promise.resolve({ answer: known, text: null })
      if (isAnnex(address.path) && annexes++ >= dependencies.mostAnnexes) {
        lacks = true
        return Promise.resolve(null)
      }
      return asking.take(address, variant)
    })
    for (const [variant, { answer, text }] of found) {
      pages[keyOf(address.path, { ...address, ...variant })] = answer
      if (text === null) continue
      if (address.path.endsWith('/state.json')) until = untilOf(text)
      const { links, posts } = linksIn(text, place, address.path)
      for (const path of posts) forms.add(path)
      for (const link of [...links, ...tilesIn(text, address.path), ...filesOf(address.path)])
        if (
          !seen.has(nameOf(link)) &&
          seen.size < mostAddresses &&
          place.isWithin(link.path) &&
          !secret.test(link.path)
        ) {
          seen.add(nameOf(link))
          waiting.push(link)
        }
    }
  }
  return { pages: { format: 'art32.pages/1', tag, pages, forms: [...forms].toSorted() }, until, lacks }
}

interface Taken {
  readonly answer: PublishedAnswer
  /** What it says, where it can hold links; null: it cannot. */
  readonly text: string | null
}

/** The answers at an address in all languages; those that say the same are one. */
async function variantsOf(
  address: Address,
  take: (variant: Variant) => Promise<Taken | null>,
): Promise<readonly (readonly [Variant, Taken])[]> {
  if (address.only) {
    const variant = { language: address.only }
    const taken = await take(variant)
    return taken ? [[variant, taken]] : []
  }
  const plain = await take({ accepts: 'en' })
  if (plain === null) return []
  if (!speaks(plain.answer)) return [[{}, plain]]
  const german = await take({ accepts: 'de' })
  const isOne = german !== null && isSame(plain.answer, german.answer)
  const found: (readonly [Variant, Taken])[] = isOne
    ? [[{}, plain]]
    : [[{ accepts: 'en' }, plain], ...(german ? [[{ accepts: 'de' }, german] as const] : [])]
  for (const language of ['en', 'de']) {
    const said = await take({ language })
    if (said && !(isOne && isSame(said.answer, plain.answer))) found.push([{ language }, said])
  }
  return found
}

/** Whether an answer may be another one in another language. */
function speaks({ headers }: PublishedAnswer): boolean {
  return /^(?:text\/html|application\/(?:atom\+xml|feed\+json|ld\+json))/.test(headers['content-type'] ?? '')
}

function isAnnex(path: string): boolean {
  return /\/annex\.[a-z]+$/.test(path)
}

function isSame(one: PublishedAnswer, other: PublishedAnswer): boolean {
  return one.bodies.identity === other.bodies.identity && JSON.stringify(one.headers) === JSON.stringify(other.headers)
}

/** Whether an answer still holds without being made again. @param isSame no edition came since, and the program is the same */
function isKept(path: string, known: PublishedAnswer, { isSame: same, now }: { isSame: boolean; now: Date }): boolean {
  if (known.headers['cache-control']?.includes('immutable') === true) return true
  if (!same) return false
  const age = Math.abs(now.getTime() - known.madeAt)
  const proof = Object.entries(proofs).find(([end]) => path.endsWith(end))
  // Nobody looks often for a bundle at its own address; each of many editions has one.
  if (proof) return age < (path.startsWith('/editions/') ? day : proof[1])
  return /\.(?:pdf|docx)$/.test(path) || isAnnex(path)
}

function openAsking(place: Place, { ask, keep, now }: CrawlDependencies) {
  const request = async ({ path, view, preset }: Address, { language, accepts }: Variant, coding: string) => {
    const url = new URL(`${place.origin}${place.base}${path}`)
    for (const [name, value] of Object.entries({ language, view, preset })) if (value) url.searchParams.set(name, value)
    if (path === '/confirm' || path === '/unsubscribe') url.searchParams.set('token', tokenMark)
    const headers = { host: url.host, 'accept-encoding': coding, ...(accepts ? { 'accept-language': accepts } : {}) }
    return await ask(new Request(url, { headers }))
  }
  return {
    async take(address: Address, variant: Variant): Promise<Taken | null> {
      const response = await request(address, variant, 'br')
      if (response?.status !== 200) return null
      const given = new Uint8Array(await response.arrayBuffer())
      const isSmall = response.headers.get('content-encoding') === 'br'
      const plain = isSmall ? new Uint8Array(brotliDecompressSync(given)) : softened(address.path, given)
      const zipped = isSmall ? await request(address, variant, 'gzip') : null
      // Something may have happened between the two.
      const fits = zipped !== null && zipped.headers.get('etag') === response.headers.get('etag')
      const headers = Object.fromEntries(
        keptHeaders.flatMap((name) => {
          const value = response.headers.get(name)
          return value === null ? [] : [[name, value]]
        }),
      )
      const type = headers['content-type'] ?? ''
      return {
        answer: {
          headers: { 'cache-control': 'no-store', ...headers },
          bodies: {
            identity: await keep(plain),
            ...(isSmall ? { br: await keep(given) } : {}),
            ...(fits ? { gzip: await keep(new Uint8Array(await zipped.arrayBuffer())) } : {}),
          },
          madeAt: now().getTime(),
        },
        text: /^(?:text\/|application\/json)/.test(type) ? Buffer.from(plain).toString('utf8') : null,
      }
    },
  }
}

/** The mark of when a form was handed out counts for whoever is asked at this moment, and would say nothing tomorrow. */
function softened(path: string, bytes: Uint8Array): Uint8Array {
  if (path !== '/report') return bytes
  return Buffer.from(
    Buffer.from(bytes)
      .toString('utf8')
      .replace(/(name="stamp" value=")[^"]*"/, '$1"'),
  )
}

/** By what it is known that no edition came since: the list of all, and the processors that an annex names. */
async function tagOf(asking: ReturnType<typeof openAsking>, version: string): Promise<string> {
  const hash = createHash('sha256').update(version)
  for (const path of ['/editions.json', '/processors'])
    hash.update((await asking.take({ path }, { language: 'en' }))?.answer.bodies.identity ?? '-')
  return hash.digest('hex')
}

/** Where the links of a page lead within its place, and where its forms are posted to. */
function linksIn(text: string, { origin, base }: Place, from: string): { links: Address[]; posts: string[] } {
  const links: Address[] = []
  const posts: string[] = []
  if (!/^\s*<!doctype html/i.test(text)) return { links, posts }
  for (const [, name = '', raw = ''] of text.matchAll(/\s(href|src|action)="([^"]*)"/g)) {
    const link = raw.replaceAll('&amp;', '&')
    if (!URL.canParse(link, `${origin}${base}${from}`)) continue
    const { origin: to, pathname, searchParams } = new URL(link, `${origin}${base}${from}`)
    if (to !== origin || (pathname !== base && !pathname.startsWith(`${base}/`))) continue
    const path = pathname.slice(base.length).replace(/\/$/, '')
    if (name === 'action') posts.push(path.slice(1))
    else {
      const [view, preset] = [searchParams.get('view'), searchParams.get('preset')]
      const language = searchParams.get('language')
      const only: Pick<Address, 'only'> =
        isAnnex(path) && (language === 'en' || language === 'de') ? { only: language } : {}
      links.push({ path, ...only, ...(view === null ? {} : { view }), ...(preset === null ? {} : { preset }) })
    }
  }
  return { links, posts }
}

/** The tiles of the log whose head this is: nothing links to them. @source c2sp.org/tlog-tiles */
function tilesIn(text: string, path: string): Address[] {
  if (!path.endsWith('/checkpoint')) return []
  const size = Number(/^[^\n]+\n(\d{1,15})\n/.exec(text)?.[1] ?? 0)
  const log = path.slice(0, -'checkpoint'.length)
  return tilesOf(size).map((tile) => ({ path: `${log}${tilePath(tile)}` }))
}

/** The files of an edition at the addresses that they keep, also while the page of the newest one names them elsewhere. */
function filesOf(path: string): Address[] {
  return /^\/editions\/\d+$/.test(path) ? formats.map(({ file }) => ({ path: `${path}/${file}` })) : []
}

function untilOf(text: string): number | null {
  const { until } = JSON.parse(text) as { until?: unknown }
  const at = typeof until === 'string' ? Date.parse(until) : Number.NaN
  return Number.isFinite(at) ? at : null
}

function nameOf({ path, only, ...variant }: Address): string {
  return keyOf(path, only === undefined ? variant : { ...variant, language: only })
}
