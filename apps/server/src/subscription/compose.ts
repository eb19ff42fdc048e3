import { followTopicNames, linesOf, longDay, newsOf, newsWords } from '@art32/press'
import type { EditionDocument, FollowTopic, PromiseNews } from '@art32/press'
import { bulletinSaid, incidentPhrases } from '../incident/index.ts'
import type { PublishedBulletin } from '../incident/index.ts'
import type { Letter } from '../platform/index.ts'
import { placeNames, processorWords, transferText } from '../processor/index.ts'
import type { ChangeTold } from '../processor/index.ts'
import type { PublishedAdvisory } from '../report/index.ts'
import type { Lapsed } from './notice.ts'
import { phrases } from './phrases.ts'

/** What a letter says, without to whom. */
export type Content = Pick<Letter, 'language' | 'subject' | 'paragraphs' | 'action'>

type Language = 'en' | 'de'

/** How many promises a letter lists; the page has them all. */
const mostListed = 20

const oneLine = (text: string) => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()

/** A subject is cut, so that no title of a document can fill a mailbox's list. */
const subjectOf = (text: string) => oneLine(text).slice(0, 160).toWellFormed()

/** The letter with the link that makes somebody a subscriber. */
export function confirmLetter(
  tenant: string,
  { language, topics }: { language: Language; topics: readonly FollowTopic[] },
  url: string,
  days: number,
): Content {
  const say = phrases[language]
  return {
    language,
    subject: subjectOf(say.confirm.subject(tenant)),
    paragraphs: [say.confirm.text(tenant), listOf(topics, language), say.confirm.otherwise(days)],
    action: { label: say.confirm.action, url },
  }
}

/** The letter after it. */
export function welcomeLetter(
  tenant: string,
  { language, topics }: { language: Language; topics: readonly FollowTopic[] },
  url: string,
): Content {
  const say = phrases[language]
  return {
    language,
    subject: subjectOf(say.welcome.subject(tenant)),
    paragraphs: [say.welcome.text(tenant), listOf(topics, language), say.welcome.end],
    action: { label: say.open, url },
  }
}

/** The letter about a new edition: what is promised less comes first. @param edition as everybody may see it */
export function editionLetter(tenant: string, edition: EditionDocument, language: Language, url: string): Content {
  const say = phrases[language]
  const news = newsOf(edition, language)
  const part = (title: string, promises: readonly PromiseNews[]): string[] =>
    promises.length === 0
      ? []
      : [
          `${title}:`,
          ...promises.slice(0, mostListed).map(promiseText),
          ...(promises.length > mostListed ? [say.more(promises.length - mostListed)] : []),
        ]
  return {
    language,
    subject: subjectOf(say.edition.subject(tenant, edition.number ?? 0, news.less.length)),
    paragraphs: [
      say.edition.text(tenant, news.title, longDay(edition.date, language)),
      ...part(newsWords.less[language], news.less),
      ...part(newsWords.otherwise[language], news.otherwise),
      news.summary,
      ...(news.levels.length === 0 ? [] : [news.levels.join('\n')]),
      news.counts,
    ],
    action: { label: say.open, url },
  }
}

/** Whether an edition promises something less or otherwise, as far as everybody may see. */
export function promisesLess(edition: EditionDocument): boolean {
  return (edition.changes?.decisions.length ?? 0) > 0
}

/** The letter about lines that lapsed; null where the edition shows none of them. */
export function lapseLetter(
  tenant: string,
  edition: EditionDocument,
  lapsed: readonly Lapsed[],
  language: Language,
  url: string,
): Content | null {
  const say = phrases[language]
  const texts = new Map(linesOf(edition.sections).map(({ id, text }) => [id, text]))
  const shown = lapsed.flatMap(({ line, since }) => {
    const text = texts.get(line)
    const what = since === null ? say.lapse.due : say.lapse.ranOut(longDay(since, language))
    return text === undefined ? [] : [`– ${oneLine(text)}\n  ${what}`]
  })
  if (shown.length === 0) return null
  return {
    language,
    subject: subjectOf(say.lapse.subject(tenant, shown.length)),
    paragraphs: [
      say.lapse.text(tenant),
      ...shown.slice(0, mostListed),
      ...(shown.length > mostListed ? [say.more(shown.length - mostListed)] : []),
      say.lapse.note,
    ],
    action: { label: say.open, url },
  }
}

/** The letter about a change of a processor; null where it was taken back before. */
export function changeLetter(
  tenant: string,
  { change, processor, replaces }: ChangeTold,
  { language, home, objectUntil }: { language: Language; home: string; objectUntil: string },
): Content | null {
  if (change.state === 'withdrawn') return null
  const [say, words] = [phrases[language].change, processorWords[language]]
  const fact = (label: string, text: string) => (text.trim() === '' ? [] : [`${label}: ${oneLine(text)}`])
  return {
    language,
    subject: subjectOf(
      say.subject(tenant, say.kinds[change.kind](oneLine(processor.name), oneLine(replaces?.name ?? ''))),
    ),
    paragraphs: [
      say.text(tenant, longDay(change.holds_from, language)),
      `${say.kinds[change.kind](oneLine(processor.name), oneLine(replaces?.name ?? ''))}.`,
      [
        ...fact(words.address, processor.address),
        ...fact(words.purpose, processor.purpose),
        ...fact(words.services, processor.services),
        ...fact(words.data, processor.data_categories.join(', ')),
        ...fact(words.places, `${placeNames(processor.places, language)} ${processor.place_note}`),
        ...fact(words.transfer, transferText({ ...processor, note: processor.transfer_note }, language)),
        ...fact(say.reason, change.reason),
      ].join('\n'),
      say.object(longDay(objectUntil, language)),
    ],
    action: { label: say.open, url: `${home}/processors?language=${language}` },
  }
}

/** The letter about a security advisory: what it is about, in its own words. */
export function advisoryLetter(tenant: string, advisory: PublishedAdvisory, language: Language, url: string): Content {
  const say = phrases[language]
  const { content, number, tracking_id: id } = advisory
  const products = content.products.map(({ name, affected }) => `– ${oneLine([name, affected.join('; ')].join(' '))}`)
  return {
    language,
    subject: subjectOf(say.advisory.subject(tenant, id)),
    paragraphs: [
      say.advisory.text(tenant, number === 1),
      oneLine(content.title),
      ...(products.length <= mostListed
        ? [products.join('\n')]
        : [...products.slice(0, mostListed), say.more(products.length - mostListed)]),
    ],
    action: { label: say.advisory.open, url },
  }
}

/** The letter about a version of a bulletin: all that it says, since not every bulletin stands on the page. */
export function bulletinLetter(
  tenant: string,
  { text, number, url, isPublic }: BulletinTold,
  language: Language,
): Content {
  const say = phrases[language].bulletin
  const said = bulletinSaid(text, language)
  const isFirst = number === 1
  return {
    language,
    subject: subjectOf(say.subject(tenant, said.title, isFirst)),
    paragraphs: [
      say.text(tenant, isFirst),
      `${said.title} – ${incidentPhrases[language].bulletin[text.state]}`,
      ...(said.change === '' ? [] : [`${say.changed}: ${said.change}`]),
      ...said.happened.split(/\n{2,}/),
      ...(said.advice === '' ? [say.nothing] : [`${say.advice}:`, ...said.advice.split(/\n{2,}/)]),
    ],
    action: { label: isPublic ? say.open : say.page, url: `${url}?language=${language}` },
  }
}

/** What a letter tells of a bulletin. */
export interface BulletinTold {
  readonly text: PublishedBulletin['versions'][number]['text']
  readonly number: number
  readonly url: string
  readonly isPublic: boolean
}

function promiseText({ before, after, notes }: PromiseNews): string {
  const texts = [before, after, ...notes].filter((text) => text !== '').map(oneLine)
  return texts.map((text, index) => `${index === 0 ? '– ' : '  '}${text}`).join('\n')
}

function listOf(topics: readonly FollowTopic[], language: Language): string {
  return topics.map((topic) => `– ${followTopicNames[language][topic]}`).join('\n')
}
