/*
 * Which licences of others art32 may ship. Permissive ones, and MPL-2.0, which asks for the source of its own files only: they are shipped
 * unchanged. A choice (`MIT OR GPL-3.0-or-later`) is taken where one of its sides is allowed; of a sum every part has to be.
 */
import parse from 'spdx-expression-parse'

import type { Shipped } from './shipped.ts'

/** SPDX identifiers that may be shipped. */
export const allowed: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'MPL-2.0',
  'OFL-1.1',
  'Unlicense',
  'Zlib',
])

/** Packages that name their licence otherwise than by SPDX, and what their texts say. */
const clarified: Readonly<Record<string, string>> = {
  // Its LICENSE is the text with two clauses.
  'duck@0.1.12': 'BSD-2-Clause',
  // They name it in the old form, as a list.
  'ssh2@1.17.0': 'MIT',
  'cpu-features@0.0.10': 'MIT',
  'buildcheck@0.0.7': 'MIT',
}

/** The licence of a package as an SPDX expression. */
export const licenceOf = ({ name, version, licence }: Pick<Shipped, 'name' | 'version' | 'licence'>): string =>
  clarified[`${name}@${version}`] ?? licence

/** What stands against shipping under a licence, or nothing. */
export function objection(licence: string): string | undefined {
  if (licence === '') return 'names no licence'
  try {
    return isAllowed(parse(licence)) ? undefined : `is under ${licence}, which is not on the list`
  } catch {
    return `says "${licence}", which is no SPDX expression`
  }
}

type Expression = ReturnType<typeof parse>

function isAllowed(expression: Expression): boolean {
  if ('conjunction' in expression) {
    const sides = [expression.left, expression.right]
    return expression.conjunction === 'or' ? sides.some(isAllowed) : sides.every(isAllowed)
  }
  // Neither "or any later" nor an exception was looked at for any of them.
  return expression.plus !== true && expression.exception === undefined && allowed.has(expression.license)
}
