import type { Language } from '@art32/catalogue'
import type { Output } from '../api/api.ts'

export type Shown = Output<'incident.show'>
export type CaseView = Shown['incident']
export type ClockView = CaseView['clocks'][number]
export type IncidentView = Output<'incident.list'>['incidents'][number]

export type BulletinShown = Output<'incident.bulletin'>
export type BulletinView = NonNullable<BulletinShown['bulletin']>
export type BulletinSaid = BulletinView['draft']

/** What a change of a case makes old. */
export const stale = ['incident.show', 'incident.list'] as const
/** What a change of a bulletin makes old. */
export const staleBulletin = ['incident.bulletin', 'incident.show'] as const

/** How a clock stands: stopped, running, in its last quarter, over, or over in every reading. */
export type ClockState = 'told' | 'open' | 'running' | 'soon' | 'over' | 'past'

export function clockState({ from, strict, outer, toldAt }: ClockView, now: number): ClockState {
  if (toldAt !== null) return 'told'
  if (strict === null) return 'open'
  const [begin, end] = [Date.parse(from), Date.parse(strict)]
  if (outer !== null && now > Date.parse(outer)) return 'past'
  if (now > end) return outer === null ? 'past' : 'over'
  return now > begin + (end - begin) * 0.75 ? 'soon' : 'running'
}

/** Hours and minutes between now and an instant, however it lies. */
export function distance(at: string, now: number): { readonly hours: number; readonly minutes: number } {
  const minutes = Math.floor(Math.abs(Date.parse(at) - now) / 60_000)
  return { hours: Math.floor(minutes / 60), minutes: minutes % 60 }
}

/** A place in a law as it is cited in a language: `Art. 33(1) GDPR`, `Art. 33 Abs. 1 DSGVO`. */
export function cited(source: string, language: Language): string {
  if (language === 'en') return source
  return source
    .replace(/\((\d)\) to \((\d)\)/, ' Abs. $1 bis $2')
    .replaceAll(/\((\d)\)/g, ' Abs. $1')
    .replaceAll(/\(([a-z])\)/g, ' lit. $1')
    .replace('Regulation', 'Verordnung')
    .replace('Cyber Resilience Act', 'Cyberresilienz-Verordnung')
    .replace('GDPR', 'DSGVO')
}

/** An instant as the clocks of the tenant show it, to the minute, with its zone. */
export function instant(at: string, language: Language, timeZone: string): string {
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'de-DE', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(new Date(at))
}

/** An instant for a field of the browser, in the time of the computer; and back. */
export function toField(at: string | null): string {
  if (at === null) return ''
  const date = new Date(at)
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

export function fromField(value: string): string | null {
  const date = new Date(value)
  return value === '' || Number.isNaN(date.getTime()) ? null : date.toISOString()
}

/** The running clock that ends first. */
export function firstClock(clocks: readonly ClockView[]): ClockView | undefined {
  return clocks
    .filter(({ toldAt }) => toldAt === null)
    .toSorted((a, b) => (a.strict ?? '9').localeCompare(b.strict ?? '9'))[0]
}
