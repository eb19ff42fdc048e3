import type { Context } from '../engine/connector.ts'
import { seen, unseen } from '../engine/reading.ts'
import type { Seen } from '../engine/reading.ts'
import type { HttpFacts, noticeParts } from './facts.ts'
import { get, refuseOutage } from './request.ts'

type Part = (typeof noticeParts)[number]
type Notice = HttpFacts['notice']

/** Enough for a long notice with all its markup. */
const mostBytes = 1_048_576
/** A page with less text than this, and with a script, is built in the browser. */
const fewLetters = 400

/** How a notice speaks of what Art. 13 GDPR asks for, in English and German, in lower case. */
const words: Readonly<Record<Part, RegExp>> = {
  controller: /verantwortlich|data controller|controller|who is responsible|responsible (body|party|for)/,
  purposes: /zweck|wofür|purpose|\bwhy\b|what for/,
  basis: /rechtsgrundlage|legal bas[ie]s|lawful bas[ie]s|\bart(\.|icle|ikel)? ?6\b/,
  recipients:
    /empfänger|weitergabe|weitergegeben|übermitt|erhält|recipient|shared? with|who receives|disclos|third part/,
  period:
    /speicherdauer|speicherfrist|aufbewahr|löschfrist|wie lange|dauer der (speicherung|verarbeitung)|gelöscht|retention|retain|how long|kept for|stored for|storage period/,
  rights: /auskunft[^]{0,400}(löschung|berichtigung)|(access|rectif|correct)[^]{0,400}(eras|delet)/,
  complaint: /aufsichtsbehörde|supervisory authority|data protection authority|information commissioner/,
}

/** What a notice tells; its words do not leave. */
export function noticeOf(html: string, wanted: readonly string[] = []): Pick<Notice, 'tells' | 'missingWords'> {
  const text = textOf(html)
  const parts = Object.entries(words) as [Part, RegExp][]
  return {
    tells: parts.flatMap(([part, pattern]) => (pattern.test(text) ? [part] : [])),
    missingWords: wanted.filter((word) => !text.includes(word.toLowerCase())),
  }
}

/** Reads the notice at the given address, else at the one that the page links to. */
export async function readNotice(
  page: URL,
  { noticeUrl, noticeWords }: { noticeUrl?: string | undefined; noticeWords: readonly string[] },
  context: Context,
): Promise<Seen<Notice>> {
  const nothing = { status: null, tells: [], missingWords: [] }
  if (noticeUrl !== undefined) return await readAt(new URL(noticeUrl), 'given', noticeWords, context)
  const answer = await get(page, context, mostBytes)
  refuseOutage(answer)
  if (!isPage(answer.headers['content-type']) || answer.status >= 300) return seen({ found: 'no-page', ...nothing })
  const link = findLink(answer.body, page)
  if (link === undefined) {
    if (isBuiltByScript(answer.body))
      return unseen('not-configured', 'the page is built by a script, so its links are not seen', {
        needs: 'noticeUrl',
      })
    return seen({ found: 'none', ...nothing })
  }
  if (link.host !== page.host || link.protocol !== page.protocol)
    return unseen('not-configured', 'the notice is on another host', { needs: 'noticeUrl' })
  return await readAt(link, 'linked', noticeWords, context)
}

const hopLimit = 3

async function readAt(
  first: URL,
  found: 'given' | 'linked',
  wanted: readonly string[],
  context: Context,
): Promise<Seen<Notice>> {
  let url = first
  for (let hop = 0; hop <= hopLimit; hop += 1) {
    const { status, headers, body } = await get(url, context, mostBytes)
    refuseOutage({ status, headers, body })
    const { location } = headers
    if (status >= 300 && status < 400 && location !== undefined && URL.canParse(location, url.href)) {
      const next = new URL(location, url)
      if (next.hostname !== first.hostname)
        return unseen('not-configured', 'the notice is on another host', { needs: 'noticeUrl' })
      url = next
      continue
    }
    if (status !== 200) return seen({ found, status, tells: [], missingWords: [...wanted] })
    if (!isPage(headers['content-type']))
      return unseen('incomplete', 'the notice is no page, but a file that is not read')
    if (isBuiltByScript(body)) return unseen('incomplete', 'the notice is built by a script, so its words are not seen')
    return seen({ found, status, ...noticeOf(body, wanted) })
  }
  return unseen('contract', 'the notice leads in circles')
}

const isPage = (type: string | undefined) => /^(text\/html|application\/xhtml\+xml|text\/plain)\b/i.test(type ?? '')
const isBuiltByScript = (html: string) => /<script\b/i.test(html) && textOf(html).length < fewLetters

/** The first link that calls itself a privacy notice, by its text or its address. */
export function findLink(html: string, page: URL): URL | undefined {
  for (const [, attributes = '', inner = ''] of html.matchAll(/<a\b([^<>]{0,2000})>([^]{0,500}?)<\/a>/gi)) {
    const [, double, single, bare] = /\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i.exec(attributes) ?? []
    const href = double ?? single ?? bare
    if (href === undefined || !URL.canParse(href, page.href)) continue
    const url = new URL(href, page)
    if (!/^https?:$/.test(url.protocol)) continue
    if (
      /datenschutz|privacy|data protection/.test(textOf(inner)) ||
      /datenschutz|privacy|data-protection/i.test(url.pathname)
    ) {
      url.hash = ''
      return url
    }
  }
  return undefined
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  szlig: 'ß',
  nbsp: ' ',
  shy: '',
}

/** The words of a page in lower case. */
function textOf(html: string): string {
  return withoutHidden(html)
    .replace(/<[^<>]*>/g, ' ')
    .replace(/&(#x?[0-9a-f]{1,6}|[a-z]{2,8});/gi, (whole, name: string) => {
      if (!name.startsWith('#')) return entities[name] ?? whole
      const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
      return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : ' '
    })
    .replaceAll('\u{ad}', '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase()
}

/** Drops what is not shown, in one pass: what is opened and never closed goes to the end, as browsers take it. */
function withoutHidden(html: string): string {
  const opening = /<!--|<(script|style|noscript|template)\b/gi
  const lower = html.toLowerCase()
  const shown: string[] = []
  let from = 0
  for (let hidden = opening.exec(html); hidden !== null; hidden = opening.exec(html)) {
    shown.push(html.slice(from, hidden.index))
    const closing = hidden[1] === undefined ? '-->' : `</${hidden[1].toLowerCase()}`
    const end = lower.indexOf(closing, hidden.index + hidden[0].length)
    if (end < 0) return shown.join(' ')
    from = end + closing.length
    opening.lastIndex = from
  }
  return [...shown, html.slice(from)].join(' ')
}
