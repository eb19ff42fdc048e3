import type { TFunction } from 'i18next'
import type { Language } from '@art32/catalogue'
import { durationWord, plainValue } from '../language/format.ts'

/** Values that the reader finds in statements; `packages/reader/src/parameters.ts` says what each means. */
const names = [
  'tls',
  'cipher',
  'hash',
  'keyBits',
  'raid',
  'retention',
  'backupRetention',
  'passwordLength',
  'attempts',
  'lockout',
  'sessionTimeout',
  'screenLock',
  'tokenLifetime',
  'rto',
  'rpo',
  'sla',
  'notice',
  'notification',
  'certificates',
  'shredderLevel',
  'location',
] as const

/** What a value is called; one that a later reader finds keeps its own name. */
export function parameterName(name: string, t: TFunction): string {
  const known = names.find((one) => one === name)
  return known === undefined ? name : t(`promised.${known}`)
}

/** A value as people write it: a duration in words, anything else as it stands. */
export function parameterValue(value: unknown, language: Language): string {
  return typeof value === 'string' ? durationWord(value, language) : plainValue(value)
}
