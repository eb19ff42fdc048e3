import type { IdentifierDetector, Words } from './detector.ts'

interface Given extends Omit<IdentifierDetector, 'family' | 'accuracy'> {
  /** What is to be said beside the share of random values that pass. */
  readonly remark?: Words
}

/** A detector of identifiers whose accuracy is told from its chance. */
export function identifier({ remark, ...given }: Given): IdentifierDetector {
  const told = chanceWords(given.chance)
  const accuracy = remark === undefined ? told : { en: `${told.en} ${remark.en}`, de: `${told.de} ${remark.de}` }
  return { ...given, family: 'identifier', accuracy }
}

/** A sentence on how many random values pass. */
export function chanceWords(chance: number): Words {
  if (chance >= 0.5) {
    return {
      en: 'Nothing in it can be checked beyond its layout: in text it counts only beside one of its words.',
      de: 'Außer dem Aufbau ist nichts prüfbar: Im Text zählt sie nur neben einem ihrer Wörter.',
    }
  }
  const one = Math.round(1 / chance)
  const en = `Of random values with this layout one in ${one.toLocaleString('en')} passes`
  const de = `Von zufälligen Werten dieses Aufbaus besteht einer von ${one.toLocaleString('de')}`
  if (chance <= needsCueAbove) return { en: `${en}.`, de: `${de}.` }
  return {
    en: `${en}: in text it counts only beside one of its words.`,
    de: `${de}: Im Text zählt er nur neben einem ihrer Wörter.`,
  }
}

/** An identifier that more random values than this pass counts in text only near one of its words. */
export const needsCueAbove = 1 / 40

/** The same for one with letters: fewer things have such numbers. */
export const mixedNeedsCueAbove = 1 / 20
