import type { TFunction } from 'i18next'

/** Types that have a word. */
export const words = [
  'name',
  'given-name',
  'family-name',
  'email',
  'phone',
  'iban',
  'card',
  'birth-date',
  'birth-place',
  'national-id',
  'subject-id',
  'username',
  'secret',
  'ip',
  'mac',
  'geo',
  'postcode',
  'street',
  'place',
  'address',
  'organisation',
  'gender',
  'nationality',
  'text',
  'url',
  'harmless',
  'number',
  'code',
  'date',
  'uuid',
  'boolean',
  'unclear',
  'plate',
] as const

/** The key of the word for a type; null: it is a number of a country, whose id is its name. */
function typeKey(type: string): (typeof words)[number] | null {
  return words.find((one) => one === type) ?? (type === 'ipv4' || type === 'ipv6' ? 'ip' : null)
}

/** The word for a type of personal data; a number of a country is called by its id. */
export function typeName(type: string, t: TFunction): string {
  const key = typeKey(type)
  return key === null ? type : t(`shield.types.${key}`)
}
