import type { Language } from './language.ts'

/** A rhythm in words; one without a usual word stays what it is. */
export function cadenceIn(language: Language, duration: string): string {
  return cadenceWords[language][duration] ?? duration
}

const cadenceWords: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: {
    P1D: 'daily',
    P7D: 'weekly',
    P1W: 'weekly',
    P1M: 'monthly',
    P3M: 'quarterly',
    P6M: 'twice a year',
    P1Y: 'annually',
    P2Y: 'every two years',
  },
  de: {
    P1D: 'täglich',
    P7D: 'wöchentlich',
    P1W: 'wöchentlich',
    P1M: 'monatlich',
    P3M: 'vierteljährlich',
    P6M: 'halbjährlich',
    P1Y: 'jährlich',
    P2Y: 'alle zwei Jahre',
  },
}
