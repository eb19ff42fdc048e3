import type { ParameterCheckView } from '../api/api.ts'

/** Checks in whose names, fields or systems all the typed words are found; in either language. */
export function matching(checks: readonly ParameterCheckView[], typed: string): ParameterCheckView[] {
  const words = typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  return checks.filter(({ id, title, connector, systems, fields }) => {
    const texts = [id, title.en, title.de, connector.en, connector.de]
    const all = [...texts, ...systems.map(({ name }) => name), ...fields.flatMap(({ label }) => [label.en, label.de])]
    const text = all.join(' ').toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

/** What was declared, as the fields of a form have it: a list line by line, a structure as JSON. */
export function enteredOf(
  fields: ParameterCheckView['fields'],
  given: Readonly<Record<string, unknown>>,
): Record<string, string | number | boolean> {
  return Object.fromEntries(
    fields.flatMap(({ name, kind }) => {
      const value = given[name]
      if (value === undefined) return []
      if (kind === 'lines' && Array.isArray(value)) return [[name, value.join('\n')]]
      if (kind === 'json' || kind === 'rows') return [[name, JSON.stringify(value)]]
      return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [[name, value]] : []
    }),
  )
}

/** Fields that say something else than the check takes by itself. */
export function changedFields(
  fields: ParameterCheckView['fields'],
  entered: Readonly<Record<string, string | number | boolean>>,
): ParameterCheckView['fields'] {
  return fields.filter(({ name, preset }) => {
    const value = entered[name]
    return value !== undefined && String(value).trim() !== String(preset ?? '').trim()
  })
}
