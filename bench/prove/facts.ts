import type { Connector } from '@art32/probes'
import { z } from 'zod'

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
  minimum: z.number().optional(),
  maximum: z.number().optional(),
})
type Form = z.output<typeof Form>

/** Where in the facts a value stands. */
interface Place {
  readonly shape: Shape
  /** How many facts a list holds that lies in no other. */
  readonly facts: number
  /** How many lists lie around it. */
  readonly depth: number
  /** Its place in all the lists around it: different for every thing of a kind. */
  readonly index: number
  /** The name under which it stands. */
  readonly name: string
}

const things = 10
const dayMs = 86_400_000

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
      const value = valueOf(form, { shape, facts: each, depth: 0, index: variant, name: group })
      return [group, schemas[group]?.parse(value)]
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

function valueOf(form: Form, place: Place): unknown {
  const { index, name } = place
  if (form.const !== undefined) return form.const
  if (form.enum) return form.enum[index % form.enum.length]
  if (form.anyOf) return valueOf(oneOf(form.anyOf, index), place)
  if (Array.isArray(form.type))
    return valueOf(
      oneOf(
        form.type.map((type) => ({ ...form, type })),
        index,
      ),
      place,
    )
  switch (form.type) {
    case 'array':
      return listOf(form.items ?? {}, place)
    case 'object':
      return Object.fromEntries(
        Object.entries(form.properties ?? {}).map(([key, inner]) => [key, valueOf(inner, { ...place, name: key })]),
      )
    case 'string':
      return textOf(form, place)
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

function listOf(item: Form, { shape, facts, depth, index, name }: Place): unknown[] {
  const isHolder = holdsDeeper(item)
  const count =
    shape === 'wide' ? (depth === 0 ? facts : 1) : isHolder ? things : depth === 0 ? facts : Math.ceil(facts / things)
  const length = depth > 1 ? 1 : count
  return Array.from({ length }, (_, at) =>
    valueOf(item, { shape, facts, depth: depth + 1, index: index * length + at, name }),
  )
}

function holdsDeeper(form: Form): boolean {
  return Object.values(form.properties ?? {}).some((inner) => inner.type === 'array' || holdsDeeper(inner))
}

function textOf({ format, pattern }: Form, { shape, facts, index, name }: Place): string {
  const at = new Date(Date.now() - (index % 900) * dayMs).toISOString()
  if (format === 'date-time') return at
  if (format === 'date') return at.slice(0, 10)
  if (pattern !== undefined) throw new Error(`${name} has a pattern that is not known: ${pattern}`)
  const pool = shape === 'wide' || naming.test(name) ? facts : things
  return `${name}-${index % pool}`
}

function numberOf({ type, minimum = 0, maximum = Number.MAX_SAFE_INTEGER }: Form, { index, facts }: Place): number {
  const least = Math.max(minimum, 0)
  const most = Math.min(maximum, least + facts)
  return type === 'integer' ? least + (index % (most - least + 1)) : least + ((index % 1_000) / 1_000) * (most - least)
}
