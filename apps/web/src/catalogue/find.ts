import type { CatalogueMeasure, Language } from '@art32/catalogue'

/** Measures whose title, description or id holds every word that is looked for. */
export function findMeasures(
  measures: readonly CatalogueMeasure[],
  wanted: string,
  language: Language,
): readonly CatalogueMeasure[] {
  const words = plainWords(wanted)
    .split(' ')
    .filter((word) => word !== '')
  if (words.length === 0) return measures
  return measures.filter(({ id, title, description }) => {
    const text = plainWords(`${id} ${title[language]} ${description[language]}`)
    return words.every((word) => text.includes(word))
  })
}

/** Lower case, without marks and punctuation, so that “Verfugbarkeit” finds “Verfügbarkeit”. */
function plainWords(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
