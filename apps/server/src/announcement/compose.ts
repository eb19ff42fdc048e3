import { longDay } from '@art32/press'
import type { Change, Language } from '@art32/press'
import type { Letter } from '../platform/index.ts'
import type { AnnouncementRow } from './store.ts'

/** How many promises a letter lists; the page has them all. */
const mostListed = 20

const oneLine = (text: string) => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()

/** Whom a letter is for, and until when they may object. */
interface Told {
  readonly tenant: string
  readonly customer: string
  readonly agreement: string
  readonly language: Language
  readonly objectBy: string
  readonly contact: string
  readonly url: string
}

/** The letter to one customer. @param changes what is promised less, for a publication */
export function noticeLetter(
  { kind, title, body, edition, effective_on: effectiveOn }: AnnouncementRow,
  changes: readonly Change[],
  told: Told,
): Pick<Letter, 'language' | 'subject' | 'paragraphs' | 'action'> {
  const { tenant, customer, agreement, language, objectBy, contact, url } = told
  const say = phrases[language]
  const isPublication = edition !== null
  const subject = isPublication ? say.measures(edition) : title
  return {
    language,
    subject: oneLine(`${tenant}: ${subject}`).slice(0, 160).toWellFormed(),
    paragraphs: [
      say.to(customer, agreement),
      ...(isPublication
        ? [say.less(tenant, edition), ...changes.slice(0, mostListed).map((one) => changeText(one, language))]
        : [`${say.kinds[kind]}: ${oneLine(title)}`, body]),
      ...(changes.length > mostListed ? [say.more(changes.length - mostListed)] : []),
      ...(effectiveOn === null ? [] : [say.from(longDay(effectiveOn, language))]),
      say.object(longDay(objectBy, language), contact === '' ? say.usual(tenant) : contact),
    ],
    action: { label: say.open, url },
  }
}

/** What a promise was and is. */
export function changeText({ before, after }: Change, language: Language): string {
  const say = phrases[language]
  return `– ${oneLine(before?.text ?? '')}\n  ${after === null ? say.gone : `${say.now}: ${oneLine(after.text)}`}`
}

const phrases = {
  en: {
    to: (customer: string, agreement: string) => `This notice is for ${customer}, under the agreement “${agreement}”.`,
    measures: (edition: number) => `changed measures, edition ${edition}`,
    less: (tenant: string, edition: number) =>
      `${tenant} published edition ${edition} of its technical and organisational measures. In these points it promises less, or something else, than before:`,
    kinds: { measures: 'Change of measures', 'sub-processor': 'Change of a sub-processor', other: 'Notice' },
    gone: 'is not promised any more',
    now: 'now',
    more: (count: number) => `… and ${count} more. The page shows all of them.`,
    from: (day: string) => `It takes effect on ${day}.`,
    object: (day: string, contact: string) => `You may object until ${day}. Write to: ${contact}.`,
    usual: (tenant: string) => `your contact at ${tenant}`,
    open: 'See the measures',
  },
  de: {
    to: (customer: string, agreement: string) => `Diese Mitteilung geht an ${customer}, zum Vertrag „${agreement}“.`,
    measures: (edition: number) => `geänderte Maßnahmen, Fassung ${edition}`,
    less: (tenant: string, edition: number) =>
      `${tenant} hat Fassung ${edition} der technischen und organisatorischen Maßnahmen veröffentlicht. In diesen Punkten verspricht sie weniger oder etwas anderes als bisher:`,
    kinds: {
      measures: 'Geänderte Maßnahmen',
      'sub-processor': 'Geänderter Unterauftragsverarbeiter',
      other: 'Mitteilung',
    },
    gone: 'wird nicht mehr zugesagt',
    now: 'jetzt',
    more: (count: number) => `… und ${count} weitere. Die Seite zeigt alle.`,
    from: (day: string) => `Das gilt ab dem ${day}.`,
    object: (day: string, contact: string) =>
      `Sie können bis zum ${day} widersprechen. Bitte schreiben Sie an: ${contact}.`,
    usual: (tenant: string) => `Ihre Ansprechperson bei ${tenant}`,
    open: 'Maßnahmen ansehen',
  },
} as const
