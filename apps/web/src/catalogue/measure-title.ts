import { findMeasure } from '@art32/catalogue'
import type { Language } from '@art32/catalogue'

/** How the catalogue calls a measure; its id where this release does not know it. */
export function measureTitle(id: string, language: Language): string {
  return findMeasure(id)?.title[language] ?? id
}
