import { assurances, publicStates } from './assurance.ts'
import { aspects, changeKinds, directions } from './compare/kinds.ts'
import type { EditionDocument } from './edition.ts'

/** What is not an edition, and where: `sections[2].blocks[0].text`. */
export class EditionError extends Error {
  override readonly name = 'EditionError'
}

/** Checks a value of the file at a place and refuses it with a sentence. */
type Shape = (value: unknown, place: string) => void

/**
 * Reads an edition from its JSON, which may come from anybody.
 *
 * Only the shape is judged, completely and strictly: a field that the format does not have is refused too, since nobody
 * would see what it says. What the edition claims is judged by `auditEdition`.
 *
 * @throws EditionError  with the place and what was expected there
 */
export function readEdition(json: string): EditionDocument {
  const value = parsed(json)
  edition(value, 'edition')
  return value as EditionDocument
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch (cause) {
    throw new EditionError('The edition is not JSON: the file is damaged or not an edition.', { cause })
  }
}

function refuse(place: string, expected: string): never {
  throw new EditionError(`The edition cannot be read: ${place} must be ${expected}.`)
}

const text: Shape = (value, place) => {
  if (typeof value !== 'string') refuse(place, 'a text')
}

const flag: Shape = (value, place) => {
  if (typeof value !== 'boolean') refuse(place, 'true or false')
}

/** A count, an index or a level: JSON numbers beyond 2^53 would not be what they seem. */
const whole: Shape = (value, place) => {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) refuse(place, 'a whole number from 0')
}

const instant: Shape = (value, place) => {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value) || Number.isNaN(Date.parse(value)))
    refuse(place, 'an instant such as 2026-11-22T08:15:00Z')
}

const oneOf =
  (...choices: readonly string[]): Shape =>
  (value, place) => {
    if (!choices.some((choice) => choice === value)) refuse(place, `one of ${choices.join(', ')}`)
  }

const orNull =
  (shape: Shape): Shape =>
  (value, place) => {
    if (value !== null) shape(value, place)
  }

const listOf =
  (shape: Shape): Shape =>
  (value, place) => {
    if (!Array.isArray(value)) refuse(place, 'a list')
    value.forEach((item, index) => shape(item, `${place}[${index}]`))
  }

const record =
  (fields: Readonly<Record<string, Shape>>, optional: Readonly<Record<string, Shape>> = {}): Shape =>
  (value, place) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) refuse(place, 'an object')
    const given = new Map<string, unknown>(Object.entries(value))
    for (const [name, shape] of Object.entries(fields)) shape(given.get(name), `${place}.${name}`)
    for (const [name, shape] of Object.entries(optional))
      if (given.has(name)) shape(given.get(name), `${place}.${name}`)
    const unknown = [...given.keys()].find((name) => !Object.hasOwn(fields, name) && !Object.hasOwn(optional, name))
    if (unknown !== undefined) refuse(`${place}.${unknown}`, 'absent: art32.edition/1 has no such field')
  }

/** An object whose shape depends on its `kind`. */
const byKind =
  (shapes: Readonly<Record<string, Shape>>): Shape =>
  (value, place) => {
    const kind = typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined
    oneOf(...Object.keys(shapes))(kind, `${place}.kind`)
    shapes[String(kind)]?.(value, place)
  }

const numbers = (names: readonly string[]): Shape => record(Object.fromEntries(names.map((name) => [name, whole])))

/** Values that a statement promises, by name. */
const valuesByName: Shape = (value, place) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) refuse(place, 'an object')
  for (const [name, one] of Object.entries(value)) {
    if (Array.isArray(one)) listOf(text)(one, `${place}.${name}`)
    else if (!['string', 'number', 'boolean'].includes(typeof one))
      refuse(`${place}.${name}`, 'a value or a list of texts')
  }
}

const common = { kind: text, title: text, at: instant, leaf: whole }

const backing = byKind({
  check: record(
    {
      ...common,
      check: text,
      role: oneOf('proves', 'supports'),
      system: text,
      state: oneOf('pass', 'fail', 'info', 'not-evaluated', 'not-applicable', 'stale'),
    },
    { reason: text },
  ),
  'sign-off': record({ ...common, by: text }),
  agreement: record({ ...common, processor: text }),
})

const part = record({
  measure: text,
  title: text,
  required: flag,
  backing: listOf(backing),
  confirmedBy: orNull(record({ by: oneOf('person', 'release'), at: instant, leaf: whole })),
})

const block = byKind({
  text: record({ kind: text, text }),
  line: record(
    {
      kind: text,
      id: text,
      text,
      status: oneOf('in-place', 'planned', 'not-in-place', 'conditional', 'not-applicable'),
      assurance: oneOf(...assurances),
      publicState: oneOf(...publicStates),
      parts: listOf(part),
      checkedAt: orNull(instant),
      freshUntil: orNull(instant),
      guarantor: oneOf('us', 'processor', 'customer'),
      visibility: oneOf('public', 'customers', 'auditors'),
      cites: listOf(whole),
    },
    {
      period: record(
        { held: whole, failed: whole, notLooked: whole },
        { gaps: listOf(record({ from: instant, until: instant })) },
      ),
      condition: text,
      exception: record({ until: text, reason: text }),
      owner: text,
      cadence: text,
      rhythm: text,
      parameters: valuesByName,
      systems: listOf(text),
    },
  ),
})

const difference = record({
  aspect: oneOf(...aspects),
  of: text,
  before: text,
  after: text,
  direction: oneOf(...directions),
})

const decision = record(
  {
    before: text,
    after: text,
    differences: listOf(difference),
    reason: text,
    by: text,
    at: instant,
    leaf: whole,
    visibility: oneOf('public', 'customers', 'auditors'),
  },
  { equivalent: text },
)

/** Points of a level come in halves. */
const points: Shape = (value, place) => {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) refuse(place, 'a number from 0')
}

const changes = record({
  since: whole,
  date: instant,
  counts: numbers(changeKinds),
  decisions: listOf(decision),
  levels: listOf(record({ goal: text, before: points, after: points })),
})

const edition = record(
  {
    format: oneOf('art32.edition/1'),
    tenant: record({ publicId: text, name: text }),
    state: oneOf('draft', 'edition'),
    number: orNull(whole),
    language: oneOf('en', 'de'),
    title: text,
    date: instant,
    legalFrame: listOf(text),
    scope: text,
    source: orNull(record({ name: text, sha256: text, readAt: instant })),
    review: orNull(record({ by: text, at: instant })),
    mapping: numbers(['person', 'release', 'none']),
    counts: record({ lines: whole, assurance: numbers(assurances), public: numbers(publicStates) }),
    sections: listOf(record({ id: text, title: text, level: whole, blocks: listOf(block) })),
    withheld: numbers(['customers', 'auditors']),
    ledger: record({ origin: text, size: whole, root: text, key: text, checkpoint: text }),
    limits: listOf(text),
  },
  { changes },
)
