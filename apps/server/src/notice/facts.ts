import { z } from 'zod'
import { Line, Lines } from '../contract/index.ts'

/** Art. 6(1)(a) to (f) GDPR. */
export const bases = ['consent', 'contract', 'law', 'vital', 'public', 'interests'] as const
/** Art. 6(1)(a) to (f) GDPR. */
export type Basis = (typeof bases)[number]

/** Art. 9(2)(a) to (j) GDPR, for special categories of data. */
export const specials = [
  'none',
  'explicit-consent',
  'employment',
  'vital',
  'members',
  'made-public',
  'claims',
  'public-interest',
  'health',
  'public-health',
  'archive',
] as const
/** Art. 9(2) GDPR. */
export type Special = (typeof specials)[number]

/** Whether data have to be given (Art. 13(2)(e)). */
export const needs = ['law', 'contract', 'use', 'free'] as const

/** On what a transfer rests (Art. 44 to 49). */
export const transferBases = ['none', 'adequacy', 'dpf', 'scc', 'bcr', 'code', 'certification', 'derogation'] as const

/** A text in both languages. */
const Both = (most: number) =>
  z
    .object({ en: Lines(most).default(''), de: Lines(most).default('') })
    .strict()
    .prefault({})

/** A text in both languages. */
export interface Both {
  readonly en: string
  readonly de: string
}

/** A name for programs: it stays when the words around it change. */
export const Key = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/)

/** A length of time by the calendar: `P30D`, `P6M`, `P10Y`. */
const Period = z.string().regex(/^(?:P[1-9]\d{0,3}[DWMY])?$/)

const Purpose = z
  .object({
    text: Both(1_000),
    basis: z.enum(bases),
    special: z.enum(specials).default('none'),
    /** The interest pursued (f), the law (c) or the task (e). */
    detail: Both(1_000),
    /** The activity in the record of processing that this is part of. */
    activityId: z.uuid().nullable().default(null),
  })
  .strict()

const Category = z
  .object({
    key: Key,
    name: Both(300),
    need: z.enum(needs).nullable().default(null),
    /** What follows for whoever does not give them. */
    consequence: Both(1_000),
    fromPerson: z.boolean().default(true),
    /** Where they come from otherwise, and whether from a public source (Art. 14(2)(f)). */
    source: Both(500),
    /** Empty: no fixed period; then `criteria` says how it is decided. */
    period: Period.default(''),
    /** What the period begins with. */
    from: Both(300),
    criteria: Both(1_000),
  })
  .strict()

const Recipient = z
  .object({
    /** A processor of the register: name, place and transfer come from there. */
    processorId: z.uuid().nullable().default(null),
    /** Somebody else, or a category of recipients. */
    name: Both(300),
    /** Third country, ISO 3166-1 alpha-2; empty: none. */
    country: z
      .string()
      .regex(/^(?:[A-Z]{2})?$/)
      .default(''),
    transfer: z.enum(transferBases).default('none'),
  })
  .strict()

/** Everything of an app that Art. 13 and 14 ask for and no other register holds. */
export const Facts = z
  .object({
    name: Both(120),
    /** In a sentence: what it is for, and for whom. */
    about: Both(1_000),
    /** Where it is found: a web address. */
    address: Line(300).default(''),
    purposes: z.array(Purpose).max(40).default([]),
    categories: z.array(Category).max(60).default([]),
    recipients: z.array(Recipient).max(60).default([]),
    /** Said, since an empty list could be one that nobody filled in. */
    noRecipients: z.boolean().default(false),
    /** Said: nobody has to be designated (Art. 37). */
    noOfficer: z.boolean().default(false),
    /** Of the authority that is responsible, from the directory. */
    authority: z.string().max(40).default(''),
    /** Art. 22: null: not said yet. */
    automated: z.boolean().nullable().default(null),
    /** The logic involved, and what it means for the person. */
    logic: Both(2_000),
  })
  .strict()

/** Everything of an app that Art. 13 and 14 ask for. */
export type Facts = z.output<typeof Facts>

/** Who answers, as the record of processing says it. */
export interface Controller {
  readonly name: string
  readonly address: string
  readonly contact: string
  readonly representative: string
  readonly dpo: string
}

/** A processor of the register, as the notice names it. */
export interface NamedRecipient {
  readonly name: string
  readonly places: readonly string[]
  /** On what a transfer rests, in both languages; empty: there is none. */
  readonly transfer: Both
}

/** Facts with everything that they refer to: what a notice is made of. */
export interface Known {
  readonly facts: Facts
  readonly controller: Controller
  /** By the id of the processor; one that ended is not among them. */
  readonly processors: Readonly<Record<string, NamedRecipient>>
  readonly authority: { readonly name: string; readonly seat: string | null; readonly web: string | null } | null
  /** The activities of the record that go on. */
  readonly activities: readonly string[]
}
