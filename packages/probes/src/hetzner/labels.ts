import { z } from 'zod'
import { field } from '../engine/text.ts'

type Labels = Readonly<Record<string, string>>

/** `key=value`, or `key` for any value. */
const label = z.string().regex(/^[\w./-]+(=[\w.-]*)?$/)

/** Which labels say that something belongs to production. */
export const productionLabels = field(
  z.array(label).default(['env=prod', 'env=production', 'environment=prod', 'environment=production']),
  { label: { en: 'Labels of production', de: 'Labels der Produktion' } },
)

/** Which labels say that something is for tests. */
export const testLabels = field(
  z
    .array(label)
    .default([
      'env=test',
      'env=staging',
      'env=dev',
      'environment=test',
      'environment=staging',
      'environment=development',
    ]),
  { label: { en: 'Labels of test and development', de: 'Labels für Test und Entwicklung' } },
)

/** Which labels say that a database runs there. */
export const databaseLabels = field(z.array(label).default(['role=db', 'role=database', 'db', 'database']), {
  label: { en: 'Labels of database servers', de: 'Labels der Datenbankserver' },
})

type Cut = readonly (readonly [key: string, value: string | undefined])[]

/** Lists of labels are few, and asked for by each of a hundred thousand servers. */
const cut = new WeakMap<readonly string[], Cut>()

function cutOf(wanted: readonly string[]): Cut {
  const known = cut.get(wanted)
  if (known) return known
  const made = wanted.map((one) => {
    const [key = '', value] = one.split('=', 2)
    return [key, value] as const
  })
  cut.set(wanted, made)
  return made
}

/** Whether one of the labels is there. */
export function bears(labels: Labels, wanted: readonly string[]): boolean {
  return cutOf(wanted).some(
    ([key, value]) => Object.hasOwn(labels, key) && (value === undefined || labels[key] === value),
  )
}
