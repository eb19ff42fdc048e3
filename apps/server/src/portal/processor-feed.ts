import type { TenantContext } from '../evidence/index.ts'
import { changedList, processorWords } from '../processor/index.ts'
import type { PublicChange } from '../processor/index.ts'
import { answerFeed } from './entry-feed.ts'
import { changeTitle, changeWhen } from './processors.ts'

/** The files by which a program learns of changes of processors. */
export const processorFeeds = ['processors.atom', 'processors.json'] as const

/** How many changes a feed holds, newest first. */
const most = 50

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
  return answerFeed(
    {
      id: `urn:art32:processors:${tx.tenant.publicId}`,
      format: file === 'processors.atom' ? 'atom' : 'json',
      title,
      language,
      author: tx.tenant.name,
      page,
      self,
      updated: newest(changes) ?? tx.now,
      entries,
    },
    asked.headers,
  )
}

function newest(changes: readonly PublicChange[]): Date | undefined {
  return changes
    .map(({ announcedAt, settledAt }) => settledAt ?? announcedAt)
    .toSorted((a, b) => b.getTime() - a.getTime())[0]
}
