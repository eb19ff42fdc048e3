import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Language } from '@art32/catalogue'
import { keepChoice, readChoice } from '../frame/preferences.ts'
import { chooseLanguage } from './language.ts'

const load = {
  en: async () => (await import('./en.ts')).en,
  de: async () => (await import('./de.ts')).de,
} satisfies Record<Language, () => Promise<unknown>>

/** Starts with the language chosen in this browser, else the first of the browser's own that exists. */
export async function startLanguage(): Promise<void> {
  const language = chooseLanguage(readChoice('language'), navigator.languages)
  await i18next.use(initReactI18next).init({
    lng: language,
    resources: { [language]: { translation: await load[language]() } },
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  document.documentElement.lang = language
}

/** Changes the language of the page and keeps the choice. */
export async function changeLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'translation')) {
    i18next.addResourceBundle(language, 'translation', await load[language]())
  }
  document.documentElement.lang = language
  await i18next.changeLanguage(language)
  keepChoice('language', language)
}
