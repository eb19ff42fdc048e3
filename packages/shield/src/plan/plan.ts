import { type Document, parseDocument, stringify } from 'yaml'
import { z } from 'zod'
import { ShieldError } from '../error.ts'

/**
 * A plan: for each column of a file what is in it and what is done with it. Written by `profile`, read and changed by people, kept
 * with the code that imports. A column that no plan names is not let through.
 */

/** A `|` or a space in it would let two domains have one key. */
const domain = z.string().regex(/^[A-Za-z0-9._-]{1,100}$/u, 'letters, digits, “.”, “_” and “-” name a domain')
/** How a date of three short numbers is meant; day first where it is not said. */
const dateOrder = z.enum(['dmy', 'mdy'])
const count = z.int().min(0).max(1000)

const known = {
  /** The type of what is in it: a detector's id, `name`, `given-name`, `family-name`, `text`, `harmless` … */
  type: z.string().min(1),
  /** How sure the profile was, 0 to 1. */
  confidence: z.number().min(0).max(1).optional(),
  /** No new value has more characters than this; what is longer is cut. For columns of a database that hold no more. */
  most: z.int().min(1).max(10_000_000).optional(),
}

const column = z.discriminatedUnion('do', [
  z.strictObject({ ...known, do: z.literal('keep') }),
  z.strictObject({ ...known, do: z.literal('delete') }),
  z.strictObject({ ...known, do: z.literal('quarantine') }),
  z.strictObject({ ...known, do: z.literal('text') }),
  /** A JSON document in each value; what is in it is planned as `column.path`, as in a file of JSON. */
  z.strictObject({ ...known, do: z.literal('json') }),
  /** An array as PostgreSQL writes it, `{a,"b c"}`; its elements are planned as `column[]`. */
  z.strictObject({ ...known, do: z.literal('array') }),
  z.strictObject({
    ...known,
    do: z.literal('mask'),
    /** How many characters stay at the beginning and at the end. */
    first: count.optional(),
    last: count.optional(),
    /** Nothing that a spreadsheet takes for a formula, or a table for its own signs. */
    with: z
      .string()
      .length(1)
      .regex(/^[^=+\-@\s"',;|\\\p{Cc}]$/u, 'a character that means nothing in tables, such as * or #')
      .optional(),
    /** Always so many, however long the value is; absent: one for each character. */
    length: z.int().min(1).max(16).optional(),
  }),
  z.strictObject({
    ...known,
    do: z.literal('generalise'),
    /** Dates: to what they are cut. */
    to: z.enum(['month', 'quarter', 'year', 'decade', 'age']).optional(),
    /** Of ages: the day on which they are reckoned, so that tomorrow's run gives the same. */
    on: z.iso.date().optional(),
    order: dateOrder.optional(),
    /** Numbers and ages: the width of a band, or where each begins. */
    band: z.union([z.int().positive(), z.array(z.int()).min(1).max(100)]).optional(),
    /** Everything: how many characters stay, from the first on. */
    first: z.int().min(1).max(1000).optional(),
    /** Coordinates: how many decimals stay. */
    decimals: z.int().min(0).max(6).optional(),
    /** Internet addresses: how many bits stay, of IPv4 and of IPv6. */
    bits: z.tuple([z.int().min(0).max(31), z.int().min(0).max(127)]).optional(),
  }),
  z.strictObject({
    ...known,
    do: z.literal('shift'),
    /** At most so many days, back or forth; the same for all dates of one subject. */
    days: z.int().min(1).max(36_500),
    order: dateOrder.optional(),
    /** The column that says who the record is about. */
    subject: z.string(),
  }),
  z.strictObject({
    ...known,
    do: z.literal('pseudonym'),
    as: z.enum(['text', 'uuid']).optional(),
    /** Whether the same value is the same pseudonym everywhere, within this document, or never. */
    same: z.enum(['everywhere', 'document', 'never']).optional(),
    /** Another pseudonymisation domain than the plan's. */
    domain: domain.optional(),
    /** Another epoch than the plan's: an older one keeps old joins. */
    epoch: z.int().min(0).optional(),
    /** Names: ä and ae, é and e are the same. */
    fold: z.boolean().optional(),
  }),
  z.strictObject({
    ...known,
    do: z.literal('format-preserving'),
    alphabet: z.enum(['digits', 'lower', 'upper', 'lower-digits', 'upper-digits']),
    /** Whole numbers: all of them are taken as having so many digits, so that different ones stay different without zeros in front. */
    width: z.int().min(6).max(18).optional(),
    domain: domain.optional(),
    epoch: z.int().min(0).optional(),
  }),
  z.strictObject({
    ...known,
    do: z.literal('reversible'),
    domain: domain.optional(),
    epoch: z.int().min(0).optional(),
  }),
])

/** What is done with a column, and what is in it. */
export type ColumnPlan = z.infer<typeof column>

const format = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('csv'),
    delimiter: z.enum([',', ';', '\t', '|']),
    quote: z.enum(['"', "'", 'none']).default('"'),
    /** Whether the first row names the columns. Without, they are called #1, #2 … */
    header: z.boolean().default(true),
  }),
  z.strictObject({ kind: z.literal('json') }),
  z.strictObject({ kind: z.literal('ndjson') }),
  z.strictObject({ kind: z.literal('text') }),
  z.strictObject({ kind: z.literal('sql') }),
  z.strictObject({ kind: z.literal('xlsx') }),
  z.strictObject({ kind: z.literal('parquet') }),
])

export type FormatPlan = z.infer<typeof format>

/** What a plan may say; its JSON schema is made from it. */
export const planSchema = z.strictObject({
  plan: z.literal('art32.shield/1'),
  format,
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']).default('utf-8'),
  /** The pseudonymisation domain (EDPB guidelines 01/2025): who may see the output. Another domain, other pseudonyms. */
  domain: domain.default('default'),
  epoch: z.int().min(0).default(0),
  /** Whose telephone numbers have no country code: ISO 3166, lower case. */
  country: z
    .string()
    .regex(/^[a-z]{2}$/u, 'two lower-case letters, as in de')
    .default('de'),
  /** What is done with a column that is not named here. */
  unknown: z.enum(['quarantine', 'delete', 'text']).default('quarantine'),
  columns: z.record(z.string(), column),
  /** What takes the place of what is found in text: for all types, then for some. */
  text: z
    .strictObject({
      default: z.enum(['label', 'delete', 'pseudonym']).default('label'),
      types: z.record(z.string(), z.enum(['label', 'delete', 'pseudonym', 'keep'])).default({}),
    })
    .default({ default: 'label', types: {} }),
  /** Columns that together may point at a person; their combinations are counted in the output. */
  quasiIdentifiers: z.array(z.string()).default([]),
  /** Columns of which the report says how many different values each combination has (l-diversity). */
  sensitive: z.array(z.string()).default([]),
})

/** A plan as it was read: for each column what is done with it; art32.shield/1. */
export type Plan = z.infer<typeof planSchema>

/**
 * Reads a plan as people keep it.
 *
 * @param name what to call it in an error, a file's name
 * @throws ShieldError with the line and what is allowed there
 */
export function readPlan(text: string, name: string): Plan {
  const document = parseDocument(text, { uniqueKeys: true, prettyErrors: true, logLevel: 'error' })
  const fault = document.errors[0]
  if (fault !== undefined) throw new ShieldError(`${name}: ${fault.message}`)
  const parsed = planSchema.safeParse(valueOf(document, name))
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join('.') || 'the plan'}: ${issue.message}`)
  throw new ShieldError(`${name} is not a plan: ${issues.join('; ')}.`)
}

/** The library refuses aliases, which a few lines could make gigabytes of, by an error of its own. */
function valueOf(document: Document, name: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 })
  } catch (cause) {
    throw new ShieldError(`${name}: a plan has no aliases (*). Write out what they stand for.`, { cause })
  }
}

/** Writes it as people read it. */
export function writePlan(plan: Plan): string {
  return stringify(plan, { lineWidth: 0, flowCollectionPadding: true, collectionStyle: 'any' })
}
