import type { CatalogueMeasure } from '@art32/catalogue'
import type { CheckView } from '../api/api.ts'

/** The checks of a measure: those that the catalogue asks for, and those of this release that say they serve it. */
export function checksOf(
  { id: measure, checks }: Pick<CatalogueMeasure, 'id' | 'checks'>,
  release: ReadonlyMap<string, Pick<CheckView, 'id' | 'serves'>>,
  relation: 'proves' | 'supports',
): readonly string[] {
  const asked = checks.filter((check) => check.relation === relation).map(({ id }) => id)
  const serving = [...release.values()]
    .filter(({ serves }) => serves.some((one) => one.measure === measure && one.as === relation))
    .map(({ id }) => id)
  return [...new Set<string>([...asked, ...serving])]
}
