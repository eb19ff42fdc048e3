import type { TFunction } from 'i18next'
import { rhythmOf } from '../language/format.ts'

/** Rhythms offered for a measure; another one that the document states stays possible. */
export const rhythms = ['P1D', 'P1W', 'P1M', 'P3M', 'P6M', 'P1Y', 'P2Y'] as const

/** An ISO 8601 duration in words: “every 3 months”; one that is not of one unit stays as it is written. */
export function cadenceWord(duration: string, t: TFunction): string {
  const rhythm = rhythmOf(duration)
  return rhythm === null ? duration : t(`cadence.${rhythm.unit}`, { count: rhythm.count })
}
