/**
 * For tests of whoever writes OSCAL: the rules that such a file has to keep.
 *
 * - What its JSON schema refuses is refused; the schema is an excerpt that was transcribed, see `oscal-schema.ts`.
 * - Beyond the schema NIST asks that every UUID and id stands once, and that every reference leads somewhere in the file.
 * - What is in order has no problem, and a problem names its place.
 */
import { schemaProblems } from './json-schema.ts'
import { oscalSchema } from './oscal-schema.ts'

/** What is wrong with an OSCAL file of any model, each with its place; nothing where it is in order. */
export function oscalProblems(file: unknown): string[] {
  const [root = ''] = Object.keys(file ?? {})
  return [...schemaProblems(oscalSchema(root), file), ...referenceProblems(file)]
}

/** Members that name something in the same file, by what they name. */
const references: Readonly<Record<string, 'uuid' | 'id'>> = {
  'observation-uuid': 'uuid',
  'risk-uuid': 'uuid',
  'finding-uuid': 'uuid',
  'subject-uuid': 'uuid',
  'component-uuid': 'uuid',
  'actor-uuid': 'uuid',
  'party-uuids': 'uuid',
  'role-id': 'id',
}

function referenceProblems(file: unknown): string[] {
  const given = { uuid: new Set<string>(), id: new Set<string>() }
  const asked: { of: 'uuid' | 'id'; name: string; place: string }[] = []
  const problems: string[] = []
  walk(file, '', (key, value, place) => {
    if (typeof value !== 'string') return
    if (key === 'uuid' || (key === 'id' && !place.startsWith('/plan-of-action-and-milestones/system-id'))) {
      if (given[key].has(value)) problems.push(`${place}: ${value} stands twice`)
      given[key].add(value)
    }
    const of = references[key]
    if (of !== undefined) asked.push({ of, name: value, place })
    if (/^(?:href|source)$/.test(key) && value.startsWith('#')) asked.push({ of: 'uuid', name: value.slice(1), place })
  })
  return [
    ...problems,
    ...asked
      .filter(({ of, name }) => !given[of].has(name))
      .map(({ name, place }) => `${place}: ${name} is not in the file`),
  ]
}

function walk(value: unknown, path: string, visit: (key: string, value: unknown, place: string) => void): void {
  if (typeof value !== 'object' || value === null) return
  for (const [key, one] of Object.entries(value)) {
    // A list is told under the name of its member.
    const name = Array.isArray(value) ? (path.split('/').at(-1) ?? '') : key
    const place = Array.isArray(value) ? path : `${path}/${key}`
    visit(name, one, place)
    walk(one, place, visit)
  }
}
