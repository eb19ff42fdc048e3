import { createHash } from 'node:crypto'
import { html as xml } from '@art32/press'
import type { TenantContext } from '../evidence/index.ts'
import { changedList, processorWords } from '../processor/index.ts'
import type { PublicChange } from '../processor/index.ts'
import { forXml, isKnown } from './feed.ts'
import { changeTitle, changeWhen } from './processors.ts'

/** The files by which a program learns of changes of processors. */
export const processorFeeds = ['processors.atom', 'processors.json'] as const

/** How many changes a feed holds, newest first. */
const most = 50

const types = { 'processors.atom': 'application/atom+xml', 'processors.json': 'application/feed+json' } as const

/**
 * Announced changes of processors as a feed, in one language. A change that holds or is withdrawn is the same entry, updated.
 *
 * @returns null where the tenant publishes no list
 * @source RFC 4287 (Atom), RFC 9110 §13 (conditional requests), jsonfeed.org/version/1.1
 */
export async function processorFeedOf(
  tx: TenantContext,
  file: (typeof processorFeeds)[number],
  asked: { readonly language: 'en' | 'de' | null; readonly home: string; readonly headers: Headers },
): Promise<Response | null> {
  const changes = (await changedList(tx))?.slice(0, most)
  if (!changes) return null
  const language = asked.language ?? tx.tenant.language
  const self = `${asked.home}/${file}${asked.language === null ? '' : `?language=${asked.language}`}`
  const seed = [file, self, language, tx.tenant.name, ...changes.map((one) => `${one.id} ${one.state} ${one.name}`)]
  const tag = `"${createHash('sha256').update(seed.join('\n')).digest('base64url').slice(0, 27)}"`
  const updated = newest(changes) ?? tx.now
  const headers = { etag: tag, 'cache-control': 'no-cache' }
  if (isKnown(asked.headers, tag, updated)) return new Response(null, { status: 304, headers })
  const title = `${tx.tenant.name} – ${processorWords[language].title}`
  const page = `${asked.home}/processors`
  const entries = changes.map((one) => ({
    id: `urn:uuid:${one.id}`,
    url: `${page}#c-${one.id}`,
    title: changeTitle(one, language),
    summary: `${changeWhen(one, language)} ${one.reason}`,
    published: one.announcedAt.toISOString(),
    updated: (one.settledAt ?? one.announcedAt).toISOString(),
  }))
  const feed = { title, language, author: tx.tenant.name, page, self, updated: updated.toISOString(), entries }
  const body = file === 'processors.atom' ? atom(tx.tenant.publicId, feed) : json(feed)
  return new Response(body, { headers: { ...headers, 'content-type': `${types[file]}; charset=utf-8` } })
}

interface Feed {
  readonly title: string
  readonly language: string
  readonly author: string
  readonly page: string
  readonly self: string
  readonly updated: string
  readonly entries: readonly {
    readonly id: string
    readonly url: string
    readonly title: string
    readonly summary: string
    readonly published: string
    readonly updated: string
  }[]
}

function newest(changes: readonly PublicChange[]): Date | undefined {
  return changes
    .map(({ announcedAt, settledAt }) => settledAt ?? announcedAt)
    .toSorted((a, b) => b.getTime() - a.getTime())[0]
}

function atom(publicId: string, feed: Feed): string {
  const head = xml`<id>urn:art32:processors:${publicId}</id><title>${feed.title}</title><updated>${feed.updated}</updated><author><name>${feed.author}</name></author><link rel="self" type="application/atom+xml" href="${feed.self}"/><link rel="alternate" type="text/html" href="${feed.page}"/>`
  const entries = feed.entries.map(
    (one) =>
      xml`<entry><id>${one.id}</id><title>${one.title}</title><published>${one.published}</published><updated>${one.updated}</updated><link rel="alternate" type="text/html" href="${one.url}"/><summary>${one.summary}</summary></entry>`,
  )
  const whole = xml`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${feed.language}">${head}${entries}</feed>`
  return `<?xml version="1.0" encoding="utf-8"?>\n${forXml(whole.markup)}\n`
}

function json(feed: Feed): string {
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
