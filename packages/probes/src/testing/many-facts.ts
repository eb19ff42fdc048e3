import { z } from 'zod'
import type { Connector } from '../engine/connector.ts'

/**
 * `wide`: as many things as there are facts, each with one of whatever it holds. `deep`: ten things that hold all the
 * others, so that a loop over what one thing holds is as long as it can get.
 */
export type Shape = 'wide' | 'deep'

/** What is read of a JSON Schema: everything that the facts of connectors are made of. */
const Form = z.object({
  get anyOf() {
    return z.array(Form).optional()
  },
  get items() {
    return Form.optional()
  },
  get properties() {
    return z.record(z.string(), Form).optional()
  },
  type: z.union([z.string(), z.array(z.string())]).optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  format: z.string().optional(),
  pattern: z.string().optional(),
  maxItems: z.number().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
})
type Form = z.output<typeof Form>

/** Where in the facts a value stands; the same for all that one thing consists of. */
interface Place {
  readonly shape: Shape
  /** How many facts a list holds that lies in no other. */
  readonly facts: number
  /** How many lists lie around it. */
  readonly depth: number
  /** Its place in all the lists around it: different for every thing of a kind. */
  readonly index: number
}

const things = 10
const dayMs = 86_400_000
const now = Date.now()

/** What names one thing among all; every other text is shared, so that lists which belong together find each other. */
const naming = /^(id|number|commit|key|name|resource|item|path|incident|fingerprint\w*)$/

/**
 * The groups of facts that a check reads, so many facts in all their lists together, by the connector's own schema and
 * accepted by it.
 *
 * @param variant what stands outside of lists is, among others, false and 0, or true and 1
 * @returns undefined where none of the groups holds a list, since such facts cannot be many, and where this shape or
 *   variant would be the same as the first one
 */
export function manyFacts(
  { facts: schemas }: Connector,
  reads: readonly string[],
  { facts, shape, variant }: { facts: number; shape: Shape; variant: 0 | 1 },
): Readonly<Record<string, unknown>> | undefined {
  const forms = reads.map((group) => ({ group, form: Form.parse(z.toJSONSchema(schemas[group] ?? z.never())) }))
  const lists = forms.reduce((sum, { form }) => sum + countLists(form), 0)
  const isSame =
    (shape === 'deep' && !forms.some(({ form }) => holdsDeep(form))) ||
    (variant === 1 && !forms.some(({ form }) => form.type !== 'array'))
  if (lists === 0 || isSame) return undefined
  const each = Math.ceil(facts / lists)
  return Object.fromEntries(
    forms.map(({ group, form }) => {
      const make = (many: number) => valueOf(form, group, { shape, facts: many, depth: 0, index: variant })
      // Some of them stand for all: they are made alike.
      schemas[group]?.parse(make(Math.min(each, 500)))
      return [group, make(each)]
    }),
  )
}

/** Whether a list lies in another one. */
function holdsDeep(form: Form): boolean {
  if (form.type === 'array') return form.items !== undefined && holdsDeeper(form.items)
  return Object.values(form.properties ?? {}).some(holdsDeep)
}

/** How many lists there are that lie in no other. */
function countLists(form: Form): number {
  if (form.type === 'array') return 1
  return Object.values(form.properties ?? {}).reduce((sum, inner) => sum + countLists(inner), 0)
}

function valueOf(form: Form, name: string, place: Place): unknown {
  const { index } = place
  if (form.const !== undefined) return form.const
  if (form.enum) return form.enum[index % form.enum.length]
  if (form.anyOf) return valueOf(oneOf(form.anyOf, index), name, place)
  if (Array.isArray(form.type)) return valueOf({ ...form, type: oneType(form.type, index) }, name, place)
  switch (form.type) {
    case 'array':
      return listOf(form.items ?? {}, name, place).slice(0, form.maxItems)
    case 'object':
      return objectOf(form.properties ?? {}, place)
    case 'string':
      return textOf(form, name, place)
    case 'integer':
    case 'number':
      return numberOf(form, place)
    case 'boolean':
      return index % 7 !== 0
    case 'null':
      return null
    default:
      throw new Error(`${name} has a form that is not known: ${JSON.stringify(form)}`)
  }
}

/** Now and then nothing, where there may be nothing. */
function oneOf(forms: readonly Form[], index: number): Form {
  const some = forms.filter(({ type }) => type !== 'null')
  const chosen = index % 11 === 10 ? forms.find(({ type }) => type === 'null') : undefined
  return chosen ?? some[index % some.length] ?? { type: 'null' }
}

function oneType(types: readonly string[], index: number): string {
  return (index % 11 === 10 && types.includes('null') ? 'null' : types.find((type) => type !== 'null')) ?? 'null'
}

function objectOf(properties: Readonly<Record<string, Form>>, place: Place): Readonly<Record<string, unknown>> {
  const made: Record<string, unknown> = {}
  for (const name in properties) made[name] = valueOf(properties[name] ?? {}, name, place)
  return made
}

function listOf(item: Form, name: string, { shape, facts, depth, index }: Place): unknown[] {
  const few = holdsDeeper(item) ? things : depth === 0 ? facts : Math.ceil(facts / things)
  const count = shape === 'deep' ? few : depth === 0 ? facts : 1
  const length = depth > 1 ? 1 : count
  return Array.from({ length }, (_, at) =>
    valueOf(item, name, { shape, facts, depth: depth + 1, index: index * length + at }),
  )
}

function holdsDeeper(form: Form): boolean {
  return Object.values(form.properties ?? {}).some((inner) => inner.type === 'array' || holdsDeeper(inner))
}

function textOf({ format, pattern }: Form, name: string, { shape, facts, index }: Place): string {
  if (format === 'date-time' || format === 'date') {
    const at = new Date(now - (index % 900) * dayMs).toISOString()
    return format === 'date' ? at.slice(0, 10) : at
  }
  if (format === 'uuid') return `00000000-0000-4000-8000-${String(index % facts).padStart(12, '0')}`
  const pool = shape === 'wide' || naming.test(name) ? facts : things
  const fits = new RegExp(pattern ?? '', 'u')
  const [plain, digits] = [`${name}-${index % pool}`, String(index % pool)]
  // A name, or else a hash, or a key by its name and id.
  const text = [plain, digits.padStart(64, '0'), `key+${digits.padStart(8, '0')}`].find((one) => fits.test(one))
  if (text === undefined) throw new Error(`${name} has a pattern that is not known: ${pattern}`)
  return text
}

function numberOf({ type, minimum = 0, maximum = Number.MAX_SAFE_INTEGER }: Form, { index, facts }: Place): number {
  const least = Math.max(minimum, 0)
  const most = Math.min(maximum, least + facts)
  return type === 'integer' ? least + (index % (most - least + 1)) : least + ((index % 1_000) / 1_000) * (most - least)
}
