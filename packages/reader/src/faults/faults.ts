/** The faults of a document: one detector for each document rule of the catalogue, run in its order. */
import { documentRules } from '@art32/catalogue'
import type { Fault } from '../schema.ts'
import { completeness } from './completeness.ts'
import { currency } from './currency.ts'
import type { Detector, Examined } from './place.ts'
import { residue } from './residue.ts'
import { substance } from './substance.ts'
import { wording } from './wording.ts'

const detectors: Readonly<Record<string, Detector>> = {
  ...currency,
  ...residue,
  ...wording,
  ...substance,
  ...completeness,
}

/** Ids of the rules that are looked for; a test holds them equal to the catalogue's. */
export const detectedRules: readonly string[] = Object.keys(detectors)

/** All faults, in the order of the rules and then of the lines, each with place, reason and remedy in the document's language. */
export function findFaults(examined: Examined): Fault[] {
  const { language } = examined.document
  return documentRules.flatMap((rule) =>
    (detectors[rule.id]?.(examined) ?? []).map((place) => ({
      rule: rule.id,
      level: place.level ?? rule.level,
      line: place.line,
      page: place.line === null ? null : (examined.source.pageOfLine?.[place.line - 1] ?? null),
      text: place.text,
      why: rule.why[language],
      remedy: rule.remedy[language],
    })),
  )
}
