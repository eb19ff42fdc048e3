import { createHash } from 'node:crypto'
import { html as xml } from '@art32/press'
import { forXml, isKnown } from './feed.ts'

/** A feed of short entries, in one language. */
export interface EntryFeed {
  /** `processors` or `incidents`: it stays with the tenant, wherever the page lives. */
  readonly id: string
  readonly format: 'atom' | 'json'
  readonly title: string
  readonly language: string
  readonly author: string
  /** What the feed is of, as a page. */
  readonly page: string
  readonly self: string
  readonly updated: Date
  /** The newest first. */
  readonly entries: readonly FeedEntry[]
}

/** What is said, and where it stands. */
export interface FeedEntry {
  readonly id: string
  readonly url: string
  readonly title: string
  readonly summary: string
  readonly published: string
  readonly updated: string
}

const types = { atom: 'application/atom+xml', json: 'application/feed+json' } as const

/**
 * A feed as it is sent, or that the reader has it.
 *
 * @source RFC 4287 (Atom), RFC 9110 §13 (conditional requests), jsonfeed.org/version/1.1
 */
export function answerFeed(feed: EntryFeed, asked: Headers): Response {
  const tag = `"${createHash('sha256')
    .update(JSON.stringify({ ...feed, updated: null }))
    .digest('base64url')
    .slice(0, 27)}"`
  const headers = { etag: tag, 'cache-control': 'no-cache' }
  if (isKnown(asked, tag, feed.updated)) return new Response(null, { status: 304, headers })
  const body = feed.format === 'atom' ? atom(feed) : json(feed)
  return new Response(body, { headers: { ...headers, 'content-type': `${types[feed.format]}; charset=utf-8` } })
}

function atom(feed: EntryFeed): string {
  const head = xml`<id>${feed.id}</id><title>${feed.title}</title><updated>${feed.updated.toISOString()}</updated><author><name>${feed.author}</name></author><link rel="self" type="application/atom+xml" href="${feed.self}"/><link rel="alternate" type="text/html" href="${feed.page}"/>`
  const entries = feed.entries.map(
    (one) =>
      xml`<entry><id>${one.id}</id><title>${one.title}</title><published>${one.published}</published><updated>${one.updated}</updated><link rel="alternate" type="text/html" href="${one.url}"/><summary>${one.summary}</summary></entry>`,
  )
  const whole = xml`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${feed.language}">${head}${entries}</feed>`
  return `<?xml version="1.0" encoding="utf-8"?>\n${forXml(whole.markup)}\n`
}

function json(feed: EntryFeed): string {
  const whole = {
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    language: feed.language,
    home_page_url: feed.page,
    feed_url: feed.self,
    authors: [{ name: feed.author }],
    items: feed.entries.map((one) => ({
      id: one.id,
      url: one.url,
      title: one.title,
      content_text: one.summary,
      date_published: one.published,
      date_modified: one.updated,
    })),
  }
  return `${JSON.stringify(whole, null, 2)}\n`
}
