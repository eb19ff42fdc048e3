import type { Detector } from '../detect/detector.ts'
import { makeFinder } from '../detect/find.ts'
import { makeDetectors, onlyWhenNamed } from '../detect/registry.ts'
import { writeCanonical } from '../detect/type-of.ts'
import { type Canonical, canonicalName, canonicalText } from '../operation/canonical.ts'
import type { Plan } from '../plan/plan.ts'
import type { TextEngine } from '../text/engine.ts'
import { makeTextEngine } from '../text/makeTextEngine.ts'

/** All detectors for data of this plan's country. */
export const detectorsFor = ({ country }: Pick<Plan, 'country'>): readonly Detector[] => makeDetectors({ country })

/** What finds personal data in the texts of this plan: everything but what a plan has to name first (dates, UUIDs). */
export function textEngineFor(plan: Plan, gazetteer: SharedArrayBuffer): TextEngine {
  const detectors = detectorsFor(plan).filter(({ id }) => !onlyWhenNamed.has(id) || Object.hasOwn(plan.text.types, id))
  return makeTextEngine(makeFinder(detectors), gazetteer)
}

/** What people write in many ways though it is one thing. */
const names = new Set([
  'name',
  'given-name',
  'family-name',
  'place',
  'birth-place',
  'street',
  'address',
  'organisation',
  'username',
])

/** How values of a type are brought into one form. @param fold whether ä and ae are one */
export function canonicalFor(type: string, fold: boolean, detectors: readonly Detector[]): Canonical {
  const detector = detectors.find(({ id }) => id === type)
  if (detector !== undefined)
    return (bytes, start, end, out, at) => writeCanonical(detector, bytes, start, end, out, at)
  return names.has(type) ? canonicalName({ mergesUmlauts: fold }) : canonicalText
}
