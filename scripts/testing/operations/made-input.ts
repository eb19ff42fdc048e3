import { createHash } from 'node:crypto'
import { DrillPush } from '@art32/probes'
import fc from 'fast-check'
import { z } from 'zod'
import type { AnyOperation } from '../../../apps/server/src/kernel/index.ts'

/** Fields of operations of which the schema, written out, does not say what fits. */
const exceptions: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  // Words for yes and no, which are not written out.
  'duty.calendar': { mine: 'yes' },
  'processor.export': { contacts: 'yes' },
  // An address of the web without a format.
  'processor.add': { links: [{ kind: 'status', url: 'https://taken-over.example' }] },
  'processor.change': { links: [{ kind: 'status', url: 'https://taken-over.example' }] },
  // Nothing where it is empty, else an address.
  'report.add': { email: 'taken-over@example.com' },
  'request.record': { email: 'taken-over@example.com' },
  // By the rules of another standard.
  'advisory.create': { vector: null },
  'advisory.change': { vector: null },
  // Either of two.
  'holder.set': { owner: null, reason: null },
  'duty.add': { ownerRole: null },
  // In one language at least.
  'incident.draft_bulletin': {
    text: { state: 'investigating', texts: { en: { title: 'Delays', happened: 'Answers are slow.' } } },
  },
  // A kind of thing that files can belong to.
  'file.list': { kind: 'sign-off' },
  // What is replaced is named where something is.
  'processor.announce': { kind: 'replace' },
}

/** Of input that has one of two forms, the one that is made. */
const forms: Readonly<Record<string, z.ZodObject>> = { 'drill.push': DrillPush }

/** As far as zod writes it out for the OpenAPI document. */
const Shape = z.object({
  type: z.union([z.string(), z.array(z.string()).transform(([first]) => first)]).optional(),
  format: z.string().optional(),
  pattern: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  minLength: z.number().default(0),
  maxLength: z.number().default(Infinity),
  minimum: z.number().default(-Infinity),
  maximum: z.number().default(Infinity),
  minItems: z.number().default(0),
  properties: z.record(z.string(), z.unknown()).default({}),
  required: z.array(z.string()).default([]),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  propertyNames: z.unknown().optional(),
  additionalProperties: z.unknown().optional(),
})
type Shape = z.output<typeof Shape>

/** What is wanted of made input. */
export interface Wish {
  /** What really exists, by the names of the fields that carry it; taken wherever it fits. */
  readonly given?: Readonly<Record<string, unknown>>
  /** Whether what may be left out is. */
  readonly sparse?: boolean
  /** What is written wherever a text may be anything; long enough for what asks for a sentence. */
  readonly text?: string
  readonly now?: Date
}

/** An id that names nothing anywhere, for each field another. */
export function idOfNothing(name: string): string {
  const hash = createHash('sha256').update(name).digest('hex')
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`
}

/** Well-formed input of any operation, made from the schema of its input alone: a new operation needs no sample. */
export function madeInput({ id, input }: Pick<AnyOperation, 'id' | 'input'>, wish: Wish = {}): Record<string, unknown> {
  const form = forms[id] ?? input
  const { properties, required } = Shape.parse(z.toJSONSchema(form, { io: 'input', unrepresentable: 'any' }))
  const made = Object.entries(properties)
    .filter(([name]) => wish.sparse !== true || required.includes(name))
    .map(([name, schema]) => {
      const field: unknown = form.shape[name]
      const known = wish.given?.[name]
      if (known !== undefined && field instanceof z.ZodType && field.safeParse(known).success) return [name, known]
      return [name, valueOf(name, schema, { ...wish, exceptions: exceptions[id] ?? {} })]
    })
  return Object.fromEntries(made)
}

interface Making extends Wish {
  readonly exceptions: Readonly<Record<string, unknown>>
}

function valueOf(name: string, schema: unknown, wish: Making): unknown {
  if (name in wish.exceptions) return wish.exceptions[name]
  const shape = Shape.parse(schema)
  if (shape.const !== undefined) return shape.const
  if (shape.enum) return shape.enum[0]
  const [branch] = shape.anyOf ?? shape.oneOf ?? []
  if (branch !== undefined) return valueOf(name, branch, wish)
  if (shape.type === 'object') return objectOf(shape, wish)
  if (shape.type === 'array')
    return Array.from({ length: Math.max(1, shape.minItems) }, () => valueOf(singular(name), shape.items, wish))
  if (shape.type === 'boolean') return true
  if (shape.type === 'integer' || shape.type === 'number') return Math.min(Math.max(1, shape.minimum), shape.maximum)
  return textOf(name, shape, wish)
}

function objectOf(shape: Shape, wish: Making): object {
  if (shape.propertyNames !== undefined)
    return { [String(valueOf('name', shape.propertyNames, wish))]: valueOf('value', shape.additionalProperties, wish) }
  const wanted = Object.entries(shape.properties).filter(([name]) => !wish.sparse || shape.required.includes(name))
  return Object.fromEntries(wanted.map(([name, schema]) => [name, valueOf(name, schema, wish)]))
}

const singular = (name: string) => name.replace(/s$/, '')

/** Of every format that stands in a schema, one that fits. */
const ofFormat: Readonly<Record<string, (now: Date, name: string) => string>> = {
  uuid: (_, name) => idOfNothing(name),
  email: () => 'taken-over@example.com',
  date: (now) => now.toISOString().slice(0, 10),
  'date-time': (now) => now.toISOString(),
  duration: () => 'P1M',
  uri: () => 'https://taken-over.example/page',
}

/** Written unless another text is wished. */
const sentence = 'taken over by somebody'
/** So that a run can be repeated. */
const seed = 32

function textOf(name: string, shape: Shape, { given, text = sentence, now = new Date() }: Wish): string {
  const { format, pattern, minLength, maxLength } = shape
  const fits = (one: string) => pattern === undefined || new RegExp(pattern, 'u').test(one)
  const known = given?.[name]
  if (format === 'uuid' && typeof known === 'string' && fits(known)) return known
  const made = ofFormat[format ?? '']
  if (made) return made(now, name)
  const plain = text.padEnd(minLength, '.').slice(0, maxLength)
  if (pattern === undefined || fits(plain)) return plain
  const fitting = fc
    .stringMatching(new RegExp(pattern))
    .filter(({ length }) => length >= minLength && length <= maxLength)
  return fc.sample(fitting, { seed, numRuns: 1 })[0] ?? ''
}
