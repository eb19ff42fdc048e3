import type { Language } from '@art32/catalogue'

/** The languages of the workplace with their own names. */
export const languages: readonly { readonly id: Language; readonly name: string }[] = [
  { id: 'en', name: 'English' },
  { id: 'de', name: 'Deutsch' },
]

/** The language to start with: what was chosen, else the first the browser asks for that exists, else English. */
export function chooseLanguage(chosen: string | null, wanted: readonly string[]): Language {
  const known = [chosen ?? '', ...wanted].map((tag) => tag.slice(0, 2).toLowerCase())
  return languages.find(({ id }) => id === known.find((tag) => tag === 'en' || tag === 'de'))?.id ?? 'en'
}
