import type { TFunction } from 'i18next'
import type { ChangeView } from '../api/api.ts'
import { cadenceWord } from '../measure/cadence.ts'
import { parameterName } from '../measure/parameter.ts'

type Difference = ChangeView['differences'][number]

/** One difference as a sentence: what it is about, as it was and as it is. */
export function differenceText(difference: Difference, t: TFunction): string {
  const { aspect, of } = difference
  const before = valueText(difference, difference.before, t)
  const after = valueText(difference, difference.after, t)
  const what = aspect === 'parameter' ? parameterName(of, t) : t(`compare.aspect.${aspect}`)
  if (before === '') return t('compare.came', { what, after })
  if (after === '') return t('compare.went', { what, before })
  return t('compare.became', { what, before, after })
}

function valueText({ aspect }: Difference, value: string, t: TFunction): string {
  if (value === '') return ''
  if (aspect === 'rhythm') return cadenceWord(value, t)
  if (aspect === 'parameter' && /^P[\dT]/.test(value)) return cadenceLength(value, t)
  if (aspect === 'status' || aspect === 'guarantor')
    return t(`${aspect}.${value}` as 'status.planned', { defaultValue: value })
  return value
}

/** A length of time in the shortest words that every language knows; what is none stays as it is. */
function cadenceLength(duration: string, t: TFunction): string {
  const [, date, time] = /^P(?:(\d+[YMWD])|T(\d+[HMS]))$/.exec(duration) ?? []
  const part = date ?? time
  if (part === undefined) return duration
  const unit = date === undefined ? `T${part.slice(-1)}` : part.slice(-1)
  const words = { Y: 'year', M: 'month', W: 'week', D: 'day', TH: 'hour', TM: 'minute', TS: 'second' } as const
  const word = Object.entries(words).find(([key]) => key === unit)?.[1]
  return word === undefined ? duration : t(`compare.length.${word}`, { count: Number(part.slice(0, -1)) })
}
