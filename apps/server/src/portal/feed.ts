import { createHash } from 'node:crypto'
import { editionFor, html, newsOf, newsWords } from '@art32/press'
import type { EditionDocument, EditionNews, Language, Markup, PromiseNews } from '@art32/press'
import { documentOf, listPublished } from '../edition/index.ts'
import type { TenantContext } from '../evidence/index.ts'

/** Not prettied as a page would be: white space in a feed is text. */
const xml = html

/** The files of a public page by which a program learns of new editions. */
export const feedFiles = ['feed.atom', 'feed.json'] as const

/** How many editions a feed holds, newest first. */
const most = 50

const types = { 'feed.atom': 'application/atom+xml', 'feed.json': 'application/feed+json' } as const

/** What a feed is made of. */
interface Feed {
  readonly id: string
  readonly title: string
  readonly language: Language
  readonly author: string
  readonly home: string
  readonly self: string
  readonly updated: Date
  readonly entries: readonly Entry[]
}

interface Entry {
  readonly id: string
  readonly at: Date
  readonly url: string
  readonly news: EditionNews
}

/**
 * The editions of a tenant as a feed, in one language; what only customers or auditors may see is left out, as on the page.
 * Asked again without a new edition, the answer is 304 without a body, and no edition is opened.
 *
 * @param asked.home where the public page really lives, without a slash at the end: the feed is the same wherever it is asked for
 * @returns null where nothing is published: a draft is in no feed
 * @source RFC 4287 (Atom), RFC 9110 §13 (conditional requests), jsonfeed.org/version/1.1
 */
export async function feedOf(
  tx: TenantContext,
  file: (typeof feedFiles)[number],
  asked: { readonly language: Language | null; readonly home: string; readonly headers: Headers },
): Promise<Response | null> {
  const rows = await listPublished(tx, most)
  const [newest] = rows
  if (!newest) return null
  const language = asked.language ?? newest.language
  const self = `${asked.home}/${file}${asked.language === null ? '' : `?language=${asked.language}`}`
  const seed = [file, self, language, tx.tenant.name, ...rows.map(({ id }) => id)]
  const tag = `"${createHash('sha256').update(seed.join('\n')).digest('base64url').slice(0, 27)}"`
  const headers = {
    etag: tag,
    'last-modified': newest.made_at.toUTCString(),
    'cache-control': 'no-cache',
  }
  if (isKnown(asked.headers, tag, newest.made_at)) return new Response(null, { status: 304, headers })
  const editions = rows.map((row) => ({ row, edition: editionFor('public', documentOf(tx, row)) }))
  const feed: Feed = {
    id: idOf(tx.tenant.publicId),
    title: titleOf(editions[0]?.edition, tx.tenant.name),
    language,
    author: tx.tenant.name,
    home: asked.home,
    self,
    updated: newest.made_at,
    entries: editions.map(({ row, edition }, index) => ({
      id: `urn:uuid:${row.id}`,
      at: row.made_at,
      url: index === 0 ? `${asked.home}#changes` : asked.home,
      news: newsOf(edition, language),
    })),
  }
  const body = file === 'feed.atom' ? atom(feed) : json(feed)
  return new Response(body, { headers: { ...headers, 'content-type': `${types[file]}; charset=utf-8` } })
}

/** RFC 9110 §13.2.2: where a tag is asked for, the date is not looked at. */
export function isKnown(headers: Headers, tag: string, at: Date): boolean {
  const tags = headers.get('if-none-match')
  if (tags !== null) return tags.trim() === '*' || tags.split(',').some((one) => one.trim().replace(/^W\//, '') === tag)
  const since = Date.parse(headers.get('if-modified-since') ?? '')
  return Number.isFinite(since) && Math.floor(at.getTime() / 1_000) * 1_000 <= since
}

/** The same for ever, wherever the page lives and whatever the tenant is called (RFC 9562 §5.8). */
function idOf(publicId: string): string {
  const hash = createHash('sha256').update(`art32 feed ${publicId}`).digest('hex')
  const variant = ((Number.parseInt(hash.slice(16, 17), 16) & 3) | 8).toString(16)
  return `urn:uuid:${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-${variant}${hash.slice(17, 20)}-${hash.slice(20, 32)}`
}

function titleOf(edition: EditionDocument | undefined, tenant: string): string {
  return edition ? `${tenant} – ${edition.title}` : tenant
}

function atom(feed: Feed): string {
  const head = xml`<id>${feed.id}</id><title>${feed.title}</title><updated>${feed.updated.toISOString()}</updated><author><name>${feed.author}</name></author><link rel="self" type="application/atom+xml" href="${feed.self}"/><link rel="alternate" type="text/html" href="${feed.home}"/>`
  const entries = feed.entries.map(
    ({ id, at, url, news }) =>
      xml`<entry><id>${id}</id><title>${news.title}</title><published>${at.toISOString()}</published><updated>${at.toISOString()}</updated><link rel="alternate" type="text/html" href="${url}"/><summary>${news.counts}</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">${body(news, feed.language)}</div></content></entry>`,
  )
  const whole = xml`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${feed.language}">${head}${entries}</feed>`
  return `<?xml version="1.0" encoding="utf-8"?>\n${forXml(whole.markup)}\n`
}

/** What XML 1.0 forbids even as a reference; the rest was made safe where it was put in. */
export function forXml(markup: string): string {
  return markup.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\uFFFD')
}

function json(feed: Feed): string {
  const items = feed.entries.map(({ id, at, url, news }) => ({
    id,
    url,
    title: news.title,
    summary: news.counts,
    content_html: body(news, feed.language).markup,
    date_published: at.toISOString(),
    date_modified: at.toISOString(),
  }))
  const whole = {
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    language: feed.language,
    home_page_url: feed.home,
    feed_url: feed.self,
    authors: [{ name: feed.author }],
    items,
  }
  return `${JSON.stringify(whole, null, 2)}\n`
}

/** Less first: whoever reads one line reads that. */
function body(news: EditionNews, language: Language): Markup {
  const part = (title: string, promises: readonly PromiseNews[]): Markup | null =>
    promises.length === 0 ? null : xml`<h3>${title}</h3><ul>${promises.map(promise)}</ul>`
  const levels = news.levels.length === 0 ? null : xml`<p>${news.levels.join(' · ')}</p>`
  return xml`<p>${news.summary}</p>${part(newsWords.less[language], news.less)}${part(newsWords.otherwise[language], news.otherwise)}${levels}<p>${news.counts}</p>`
}

function promise({ before, after, notes }: PromiseNews): Markup {
  const texts = [before, after, ...notes].filter((text) => text !== '')
  return xml`<li>${texts.map((text) => xml`<p>${text}</p>`)}</li>`
}
