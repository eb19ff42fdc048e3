import { z } from 'zod'
import { Line, Lines } from '../contract/index.ts'

/** As whom we process: for ourselves (Art. 30(1)), or on behalf of customers (Art. 30(2)). */
export const sides = ['controller', 'processor'] as const

/** As whom we process. */
export type Side = (typeof sides)[number]

const Words = z.array(Line(300).pipe(z.string().min(1))).max(60)

/** Who we are, as both records begin. */
export const Body = z.object({
  name: Line(300).default(''),
  address: Lines(1_000).default(''),
  /** Telephone and mail address. */
  contact: Lines(500).default(''),
  /** In the Union, where one is needed (Art. 27). */
  representative: Lines(1_000).default(''),
  dpo: Lines(1_000).default(''),
})

/** Who we are, as both records begin. */
export type Body = z.output<typeof Body>

/** A transfer to a third country or an international organisation, with what makes it lawful. */
const Transfer = z
  .object({
    country: Line(200).pipe(z.string().min(1)),
    recipient: Line(300).default(''),
    /** Adequacy decision, standard contractual clauses, or the documents under Art. 49(1) subparagraph 2. */
    safeguard: Lines(1_000).default(''),
  })
  .strict()

/** Everything that the law wants of an activity; which of it applies follows from the side. */
export const Said = z.object({
  /** Art. 30(1)(b). */
  purposes: Lines(4_000).default(''),
  legalBasis: Lines(2_000).default(''),
  /** Art. 30(2)(b): the categories of processing carried out on behalf of each controller. */
  categories: Lines(4_000).default(''),
  /** Art. 30(1)(a): who decides together with us. */
  jointControllers: Lines(2_000).default(''),
  /** Art. 30(1)(c). */
  people: Words.default([]),
  data: Words.default([]),
  /** Art. 30(1)(d). */
  recipients: Words.default([]),
  /** Art. 30(1)(e), (2)(c). */
  transfers: z.array(Transfer).max(40).default([]),
  /** Art. 30(1)(f). */
  retention: Lines(4_000).default(''),
  systems: Words.default([]),
  /** Art. 30(1)(g), (2)(d), beside the edition. */
  measures: Lines(4_000).default(''),
  /** The customers concerned; null: every customer with an agreement in force. */
  customerIds: z.array(z.uuid()).max(5_000).nullable().default(null),
})

/** Everything that the law wants of an activity. */
export type Said = z.output<typeof Said>

/** What the law wants of a side and is still empty. What it wants only “where applicable” is not among it. */
export function missingIn(side: Side, said: Said): (keyof Said)[] {
  const wanted: readonly (keyof Said)[] =
    side === 'controller' ? ['purposes', 'people', 'data', 'recipients', 'retention'] : ['categories']
  return wanted.filter((field) => said[field]?.length === 0)
}

/** The same for who we are. */
export function missingInBody(body: Body): (keyof Body)[] {
  return (['name', 'address', 'contact'] as const).filter((field) => body[field] === '')
}

/** A controller, as a version keeps it. */
export interface Controller {
  readonly name: string
  readonly address: string
  readonly contact: string
  readonly representative: string
  readonly dpo: string
}

/** An activity, as a version keeps it. */
export interface Recorded {
  readonly id: string
  readonly side: Side
  readonly name: string
  readonly said: Said
  /** Null: of our own. */
  readonly controllers: readonly Controller[] | null
}

/** A whole record. */
export interface Record30 {
  readonly format: 'art32.processing/1'
  readonly body: Body
  readonly activities: readonly Recorded[]
  /** Number of the edition that describes the measures; null: none is published. */
  readonly edition: number | null
}
