/**
 * Shapes of a file, each in two readings of one definition: a function that refuses what does not fit, with the place,
 * and a JSON Schema. They cannot drift, since there is nothing to keep equal.
 *
 * @source JSON Schema 2020-12
 */

/** What is not an edition, and where: `sections[2].blocks[0].text`. */
export class EditionError extends Error {
  override readonly name = 'EditionError'
}

/** A JSON Schema, or a part of one: the keywords that the format needs. */
export interface JsonSchema {
  readonly $schema?: string
  readonly $id?: string
  readonly title?: string
  readonly description?: string
  readonly type?: string | readonly string[]
  readonly const?: string
  readonly enum?: readonly string[]
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly items?: JsonSchema
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | JsonSchema
  readonly minimum?: number
  readonly maximum?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly examples?: readonly string[]
}

/** Checks a value of the file at a place and refuses it with a sentence. */
export interface Shape {
  readonly check: (value: unknown, place: string) => void
  readonly schema: JsonSchema
}

/** Refuses with the place and what was expected there. */
export function refuse(place: string, expected: string): never {
  throw new EditionError(`The edition cannot be read: ${place} must be ${expected}.`)
}

export const text: Shape = {
  check(value, place) {
    if (typeof value !== 'string') refuse(place, 'a text')
  },
  schema: { type: 'string' },
}

export const flag: Shape = {
  check(value, place) {
    if (typeof value !== 'boolean') refuse(place, 'true or false')
  },
  schema: { type: 'boolean' },
}

/** A count, an index or a level: JSON numbers beyond 2^53 would not be what they seem. */
export const whole: Shape = {
  check(value, place) {
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) refuse(place, 'a whole number from 0')
  },
  schema: { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
}

/** Points of a level come in halves. */
export const points: Shape = {
  check(value, place) {
    if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) refuse(place, 'a number from 0')
  },
  schema: { type: 'number', minimum: 0 },
}

const instantStart = '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d'

/** The reader also refuses what has the form of an instant and is none, such as a 31 February or an hour 25. */
export const instant: Shape = {
  check(value, place) {
    if (typeof value !== 'string' || !new RegExp(instantStart).test(value) || Number.isNaN(Date.parse(value)))
      refuse(place, 'an instant such as 2026-11-22T08:15:00Z')
  },
  schema: { type: 'string', pattern: instantStart, examples: ['2026-11-22T08:15:00Z'] },
}

/** A text of a given form. @param expected  the form in words */
export function matching(pattern: string, expected: string, most: number): Shape {
  const form = new RegExp(pattern)
  return {
    check(value, place) {
      if (typeof value !== 'string' || value.length > most || !form.test(value)) refuse(place, expected)
    },
    schema: { type: 'string', pattern, maxLength: most },
  }
}

export function oneOf(...choices: readonly string[]): Shape {
  return {
    check(value, place) {
      if (!choices.some((choice) => choice === value)) refuse(place, `one of ${choices.join(', ')}`)
    },
    schema: choices.length === 1 && choices[0] !== undefined ? { const: choices[0] } : { enum: choices },
  }
}

export function orNull(shape: Shape): Shape {
  return {
    check(value, place) {
      if (value !== null) shape.check(value, place)
    },
    schema: { anyOf: [shape.schema, { type: 'null' }] },
  }
}

export function listOf(shape: Shape): Shape {
  return {
    check(value, place) {
      if (!Array.isArray(value)) refuse(place, 'a list')
      value.forEach((item, index) => shape.check(item, `${place}[${index}]`))
    },
    schema: { type: 'array', items: shape.schema },
  }
}

type Fields = Readonly<Record<string, Shape>>

/** An object with these fields and no other. */
export function record(fields: Fields, optional: Fields = {}): Shape {
  const schemas = Object.entries({ ...fields, ...optional }).map(([name, { schema }]): [string, JsonSchema] => [
    name,
    schema,
  ])
  return {
    check(value, place) {
      const given = membersOf(value, place)
      for (const [name, shape] of Object.entries(fields)) shape.check(given.get(name), `${place}.${name}`)
      for (const [name, shape] of Object.entries(optional))
        if (given.has(name)) shape.check(given.get(name), `${place}.${name}`)
      const unknown = [...given.keys()].find((name) => !Object.hasOwn(fields, name) && !Object.hasOwn(optional, name))
      if (unknown !== undefined) refuse(`${place}.${unknown}`, 'absent: art32.edition/1 has no such field')
    },
    schema: {
      type: 'object',
      properties: Object.fromEntries(schemas),
      required: Object.keys(fields),
      additionalProperties: false,
    },
  }
}

/** An object whose names are free. */
export function mapOf(shape: Shape): Shape {
  return {
    check(value, place) {
      for (const [name, one] of membersOf(value, place)) shape.check(one, `${place}.${name}`)
    },
    schema: { type: 'object', additionalProperties: shape.schema },
  }
}

/** A value that a statement promises. */
export const promised: Shape = {
  check(value, place) {
    if (Array.isArray(value)) listOf(text).check(value, place)
    else if (!['string', 'number', 'boolean'].includes(typeof value)) refuse(place, 'a value or a list of texts')
  },
  schema: { anyOf: [{ type: ['string', 'number', 'boolean'] }, { type: 'array', items: text.schema }] },
}

/** An object whose shape depends on its `kind`, which each of them begins with. */
export function byKind(kinds: Readonly<Record<string, readonly [fields: Fields, optional?: Fields]>>): Shape {
  const shapes = new Map(
    Object.entries(kinds).map(([kind, [fields, optional]]) => [
      kind,
      record({ kind: oneOf(kind), ...fields }, optional),
    ]),
  )
  const names = oneOf(...shapes.keys())
  return {
    check(value, place) {
      const kind = typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined
      names.check(kind, `${place}.kind`)
      shapes.get(String(kind))?.check(value, place)
    },
    schema: { oneOf: [...shapes.values()].map(({ schema }) => schema) },
  }
}

function membersOf(value: unknown, place: string): Map<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) refuse(place, 'an object')
  return new Map<string, unknown>(Object.entries(value))
}
