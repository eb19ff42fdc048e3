import type { TFunction } from 'i18next'
import type { Output } from '../api/api.ts'
import type { Language } from '@art32/catalogue'
import { day } from '../language/format.ts'
import { cadenceWord } from '../measure/cadence.ts'

export type DutyView = Output<'duty.list'>['duties'][number]
export type Due = Output<'duty.calendar'>['occurrences'][number]
export type Rhythm = DutyView['rhythm']

/** What lists a change of duties makes out of date. */
export const stale = ['duty.list', 'duty.calendar', 'duty.show', 'duty.propose', 'register.show'] as const

/** What the page can show. */
export const lists = ['mine', 'open', 'missed', 'done'] as const

/** The list in an address; without one what the caller can act on. */
export function listFrom(text: string | undefined): (typeof lists)[number] {
  return lists.find((one) => one === text) ?? 'mine'
}

/** A rhythm in words. */
export function rhythmWord(rhythm: Rhythm, t: TFunction, language: Language): string {
  switch (rhythm.kind) {
    case 'once':
      return t('duty.rhythm.onceOn', { day: day(rhythm.on, language) })
    case 'every':
      return cadenceWord(rhythm.duration, t)
    case 'month':
      return t('duty.rhythm.everyMonth', { month: monthName(rhythm.month, language) })
    case 'quarter':
      return t('duty.rhythm.quarter')
    case 'last-working-day':
      return t('duty.rhythm.last-working-day')
    case 'release':
      return t('duty.rhythm.releaseWithin', { count: rhythm.days })
  }
}

/** The name of a month; 1 is January. */
export function monthName(month: number, language: Language): string {
  return new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2026, month - 1, 15))
}

/** What a person typed, as the operation wants it; what is empty is left out. */
export function filledFrom(
  form: Due['form'],
  typed: Readonly<Record<string, string>>,
): Record<string, string | number | boolean | string[]> {
  return Object.fromEntries(
    form.flatMap(({ id, kind }): [string, string | number | boolean | string[]][] => {
      const text = (typed[id] ?? '').trim()
      if (text === '') return []
      if (kind === 'number') return [[id, Number(text)]]
      if (kind === 'yes-no') return [[id, text === 'yes']]
      if (kind === 'list') return [[id, text.split('\n').flatMap((line) => line.trim() || [])]]
      return [[id, text]]
    }),
  )
}
