import { createHash } from 'node:crypto'
import { z } from 'zod'
import { dayMs } from '../engine/duration.ts'
import { Unreadable } from '../engine/reading.ts'
import type { StatusFacts } from './facts.ts'
import { timeOf } from './times.ts'
import { childrenOf, parseXml, textOf } from './xml.ts'
import type { Element } from './xml.ts'

type Incident = StatusFacts['incidents'][number]

/** One notice of a feed, before it is compared with what is declared. */
type Notice = {
  readonly name: string
  readonly publishedAt: string
  readonly link: string
  readonly title: string
  readonly state: Incident['state']
  /** Components by the platform's own word; null: it has none in machine-readable form. */
  readonly components: readonly string[] | null
  /** What is searched where there are no components. */
  readonly text: string
}

/** A feed of a status page, as far as it is judged. */
export type Feed = { readonly incidents: StatusFacts['incidents']; readonly complete: boolean }

const mostBytes = 4 * 1_048_576
const mostNotices = 2_000

/** So many incidents a Statuspage shows; more have scrolled off. */
const statuspageShows = 50

/**
 * Reads a feed: JSON of a Statuspage, Atom or RSS, told apart by how it begins.
 *
 * @param about what to look for, and from when on
 * @throws {Unreadable} contract
 */
export function readFeed(
  body: string,
  about: { readonly components: readonly string[]; readonly since: Date; readonly host: string },
): Feed {
  if (body.length > mostBytes) throw new Unreadable('contract', 'the feed is longer than a feed is')
  const start = body.replace(/^\uFEFF/, '').trimStart()
  const { notices, shown } = start.startsWith('{') ? readStatuspage(start) : readXml(start)
  if (notices.length > mostNotices) throw new Unreadable('contract', 'the feed has more notices than a feed has')
  const recent = notices.filter(({ publishedAt }) => Date.parse(publishedAt) >= about.since.getTime())
  return {
    incidents: merged(recent, about),
    complete: notices.length < shown || recent.length < notices.length,
  }
}

const named = z.object({ id: z.string().optional(), code: z.string().optional(), name: z.string() })
const componentsOf = z.array(named).nullish()
const statuspage = z.object({
  incidents: z.array(
    z.object({
      id: z.string(),
      created_at: z.string(),
      name: z.string().nullish(),
      status: z.string().nullish(),
      shortlink: z.string().nullish(),
      components: componentsOf,
      incident_updates: z.array(z.object({ affected_components: componentsOf })).nullish(),
    }),
  ),
})

type Read = { readonly notices: readonly Notice[]; readonly shown: number }

function readStatuspage(body: string): Read {
  const parsed = statuspage.safeParse(jsonOf(body))
  if (!parsed.success) throw new Unreadable('contract', 'the feed has another form than that of a Statuspage')
  const notices = parsed.data.incidents.map((one) => ({
    name: one.id,
    publishedAt: timeOf(one.created_at),
    link: one.shortlink ?? '',
    title: one.name ?? '',
    state: stateOf(one.status),
    components: [one.components, ...(one.incident_updates ?? []).map((update) => update.affected_components)]
      .flatMap((list) => list ?? [])
      .flatMap(({ id, code, name }) => [id, code, name].filter((text) => text !== undefined)),
    text: '',
  }))
  return { notices, shown: statuspageShows }
}

/** By the words of a Statuspage; another word than these is none. */
function stateOf(status: string | null | undefined): Incident['state'] {
  if (status === 'resolved' || status === 'postmortem') return 'resolved'
  return status === 'investigating' || status === 'identified' || status === 'monitoring' ? 'ongoing' : null
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

function readXml(body: string): Read {
  const document = parseXml(body)
  const channel = document.name === 'rss' ? childrenOf(document, 'channel')[0] : undefined
  // A feed has a title even while nothing is wrong; a page of a firewall in its place has not.
  if (document.name === 'feed' && textOf(document, 'title') !== '')
    return { notices: childrenOf(document, 'entry').map(fromAtom), shown: Number.POSITIVE_INFINITY }
  if (channel !== undefined && textOf(channel, 'title') !== '')
    return { notices: childrenOf(channel, 'item').map(fromRss), shown: Number.POSITIVE_INFINITY }
  throw new Unreadable('contract', 'this is neither a Statuspage nor Atom nor RSS')
}

function fromAtom(entry: Element): Notice {
  return {
    name: textOf(entry, 'id'),
    publishedAt: timeOf(textOf(entry, 'published') || textOf(entry, 'updated')),
    link: childrenOf(entry, 'link')[0]?.attributes.get('href') ?? '',
    title: textOf(entry, 'title'),
    state: null,
    components: null,
    text: [
      textOf(entry, 'title'),
      textOf(entry, 'summary'),
      ...childrenOf(entry, 'content').map(wholeText),
      ...childrenOf(entry, 'category').map(({ attributes }) => attributes.get('term') ?? ''),
    ].join('\n'),
  }
}

function fromRss(item: Element): Notice {
  return {
    name: textOf(item, 'guid') || textOf(item, 'link'),
    publishedAt: timeOf(textOf(item, 'pubDate')),
    link: textOf(item, 'link'),
    title: textOf(item, 'title'),
    state: null,
    components: null,
    text: ['title', 'description'].map((name) => textOf(item, name)).join('\n') + allText(item, 'category'),
  }
}

const allText = (element: Element, name: string) =>
  childrenOf(element, name)
    .map(({ text }) => `\n${text}`)
    .join('')

/** Text of an element and of all in it, as in XHTML. The depth is bounded by the reader. */
const wholeText = (element: Element): string => [element.text, ...element.children.map(wholeText)].join(' ')

/** Updates of one incident come as notices of the same name: the first one counts. */
function merged(
  notices: readonly Notice[],
  { components, host }: { readonly components: readonly string[]; readonly host: string },
): StatusFacts['incidents'] {
  const incidents = new Map<string, Incident>()
  for (const notice of notices) {
    const id = idOf(notice.name)
    const known = incidents.get(id)
    const touches = [...new Set([...(known?.touches ?? []), ...touchedBy(notice, components)])].sort()
    incidents.set(id, {
      id,
      publishedAt:
        known === undefined || notice.publishedAt < known.publishedAt ? notice.publishedAt : known.publishedAt,
      touches,
      link: known?.link ?? linkOf(notice.link, host),
      title: known?.title ?? titleOf(notice.title),
      state: known?.state ?? notice.state,
    })
  }
  return [...incidents.values()].sort((a, b) => (a.publishedAt < b.publishedAt ? 1 : -1))
}

/** A name as it is where it is one; anything else could be text of somebody, and becomes a hash. */
function idOf(name: string): string {
  if (name === '') throw new Unreadable('contract', 'the feed has a notice without a name')
  if (/^[\w.:/#?=&%+-]{1,200}$/.test(name)) return name
  return `sha256-${createHash('sha256').update(name).digest('hex').slice(0, 32)}`
}

const longestTitle = 200

/** A title is public, and still foreign: without markup, control characters and mail addresses, and cut to a line. */
function titleOf(text: string): string | null {
  const plain = text
    .slice(0, 4 * longestTitle)
    .replace(/<[^<>]{0,200}>/g, ' ')
    .replace(/\S{1,100}@\S{1,200}/g, '…')
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
  if (plain === '') return null
  return plain.length > longestTitle ? `${plain.slice(0, longestTitle - 1)}…` : plain
}

function linkOf(link: string, host: string): string | null {
  if (link.length > 300 || !URL.canParse(link)) return null
  const url = new URL(link)
  const isPlain = url.protocol === 'https:' && url.username === '' && url.password === ''
  return isPlain && (url.host === host || url.host === 'stspg.io') ? url.href : null
}

function touchedBy({ components, text }: Notice, declared: readonly string[]): string[] {
  if (declared.length === 0 || components?.length === 0) return ['*']
  if (components === null) return declared.filter((one) => hasWord(text.toLowerCase(), one.toLowerCase()))
  const known = new Set(components.map((one) => one.toLowerCase()))
  return declared.filter((one) => known.has(one.toLowerCase()))
}

/** Whether a text holds a word or words, not as a part of longer ones. */
function hasWord(text: string, word: string): boolean {
  const isLetter = (char: string | undefined) => char !== undefined && /[\p{L}\p{N}]/u.test(char)
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    if (!isLetter(text[at - 1]) && !isLetter(text[at + word.length])) return true
  return false
}

/** The beginning of the time that is looked at. */
export const sinceOf = (now: Date, days: number) => new Date(now.getTime() - days * dayMs)
