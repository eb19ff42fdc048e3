import { z } from 'zod'

/*
 * What makes a document CSAF 2.0 of the profile `csaf_security_advisory`, as far as this server writes it: the properties that
 * the schema requires, and the mandatory tests that could fail for them. Written from the standard.
 */

const filled = z.string().min(1)
const DateTime = z.iso.datetime({ offset: true })
const uniqueIds = z
  .array(filled)
  .min(1)
  .refine((ids) => new Set(ids).size === ids.length, 'names a product twice')
const Note = z.strictObject({
  category: z.enum(['description', 'details', 'faq', 'general', 'legal_disclaimer', 'other', 'summary']),
  text: filled,
  title: filled.optional(),
})
const Reference = z.strictObject({
  category: z.enum(['external', 'self']).optional(),
  summary: filled,
  url: z.url(),
})
const Product = z.strictObject({ name: filled, product_id: filled })
const Version = z.strictObject({
  category: z.enum(['product_version', 'product_version_range']),
  name: filled,
  product: Product,
})
const Name = z.strictObject({ branches: z.array(Version).min(1), category: z.literal('product_name'), name: filled })
const Vendor = z.strictObject({ branches: z.array(Name).min(1), category: z.literal('vendor'), name: filled })

/** The schema (CSAF 2.0 §3.2). */
export const Csaf = z.strictObject({
  document: z.strictObject({
    category: z.literal('csaf_security_advisory'),
    csaf_version: z.literal('2.0'),
    lang: z.string().regex(/^[a-z]{2}$/),
    title: filled,
    aggregate_severity: z.strictObject({ namespace: z.url().optional(), text: filled }).optional(),
    distribution: z.strictObject({ tlp: z.strictObject({ label: z.literal('WHITE'), url: z.url() }) }),
    notes: z.array(Note).min(1),
    publisher: z.strictObject({ category: z.literal('vendor'), name: filled, namespace: z.url() }),
    references: z.array(Reference).min(1),
    tracking: z.strictObject({
      id: z.string().regex(/^\S(?:.*\S)?$/),
      status: z.literal('final'),
      version: z.string().regex(/^[1-9]\d*$/),
      initial_release_date: DateTime,
      current_release_date: DateTime,
      generator: z.strictObject({
        date: DateTime,
        engine: z.strictObject({ name: filled, version: filled }),
      }),
      revision_history: z
        .array(z.strictObject({ number: z.string().regex(/^[1-9]\d*$/), date: DateTime, summary: filled }))
        .min(1),
    }),
  }),
  product_tree: z.strictObject({ branches: z.array(Vendor).min(1) }),
  vulnerabilities: z
    .array(
      z.strictObject({
        acknowledgments: z
          .array(z.strictObject({ summary: filled }))
          .min(1)
          .optional(),
        cve: z
          .string()
          .regex(/^CVE-\d{4}-\d{4,}$/)
          .optional(),
        ids: z.array(z.strictObject({ system_name: filled, text: filled })).min(1),
        notes: z.array(Note).min(1),
        product_status: z
          .strictObject({ fixed: uniqueIds.optional(), known_affected: uniqueIds.optional() })
          .refine((status) => Object.keys(status).length > 0, 'names no product'),
        remediations: z
          .array(
            z.strictObject({
              category: z.enum(['vendor_fix', 'workaround', 'none_available']),
              details: filled,
              product_ids: uniqueIds,
            }),
          )
          .min(1)
          .optional(),
        threats: z
          .array(z.strictObject({ category: z.literal('impact'), details: filled, product_ids: uniqueIds }))
          .min(1)
          .optional(),
        title: filled,
      }),
    )
    .min(1),
})

type Csaf = z.output<typeof Csaf>

interface Test {
  /** Its number in the standard. */
  readonly id: string
  /** What is wrong with the document, if anything. */
  readonly fails: (document: Csaf) => string | undefined
}

/** Mandatory tests (CSAF 2.0 §6.1) whose failure the schema alone does not rule out. */
const tests: readonly Test[] = [
  {
    id: '6.1.1',
    fails: (all) => {
      const defined = new Set(productIds(all))
      return used(all).find((id) => !defined.has(id)) && 'a product is used and defined nowhere'
    },
  },
  {
    id: '6.1.2',
    fails: (all) => (twice(productIds(all)) ? 'a product is defined twice' : undefined),
  },
  {
    id: '6.1.6',
    fails: ({ product_tree: { branches }, vulnerabilities }) => {
      const names = new Map(versionsOf(branches).map(({ product }) => [product.product_id, product.name]))
      const nameOf = (id: string) => names.get(id) ?? id
      return vulnerabilities.some(({ product_status: { fixed = [], known_affected: bad = [] } }) => {
        const affected = new Set(bad.map(nameOf))
        return fixed.some((id) => affected.has(nameOf(id)))
      })
        ? 'a version is affected and fixed'
        : undefined
    },
  },
  {
    id: '6.1.14',
    fails: ({ document: { tracking } }) => {
      const dates = tracking.revision_history.map(({ date }) => Date.parse(date))
      const inOrder = tracking.revision_history
        .toSorted((a, b) => Date.parse(a.date) - Date.parse(b.date) || Number(a.number) - Number(b.number))
        .every(({ number }, index) => Number(number) === index + 1)
      return dates.some(Number.isNaN) || !inOrder ? 'the versions are not in the order of their days' : undefined
    },
  },
  {
    id: '6.1.16',
    fails: ({ document: { tracking } }) =>
      tracking.revision_history.at(-1)?.number === tracking.version ? undefined : 'the version is not the last one',
  },
  {
    id: '6.1.22',
    fails: ({ document: { tracking } }) =>
      twice(tracking.revision_history.map(({ number }) => number)) ? 'a version is named twice' : undefined,
  },
  {
    id: '6.1.23',
    fails: ({ vulnerabilities }) =>
      twice(vulnerabilities.flatMap(({ cve }) => cve ?? [])) ? 'a CVE is named twice' : undefined,
  },
  {
    id: '6.1.27.1',
    fails: ({ document: { notes } }) =>
      notes.some(({ category }) => ['description', 'details', 'general', 'summary'].includes(category))
        ? undefined
        : 'no note says what it is about',
  },
  {
    id: '6.1.31',
    fails: ({ product_tree: { branches } }) =>
      versionsOf(branches).some(({ category, name }) => category === 'product_version' && operators.test(name))
        ? 'a single version is written as a range'
        : undefined,
  },
]

const operators = /[<>]|\b(?:after|all|before|earlier|first|last|later|less|prior|versions)\b/i

/** The first thing that is wrong with a document; null: it is valid. */
export function problemOf(document: unknown): string | null {
  const parsed = Csaf.safeParse(document)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`.slice(0, 200)
  }
  for (const { id, fails } of tests) {
    const problem = fails(parsed.data)
    if (problem !== undefined) return `${problem} (${id})`
  }
  return null
}

function versionsOf(branches: Csaf['product_tree']['branches']): z.output<typeof Version>[] {
  return branches.flatMap((vendor) => vendor.branches.flatMap((name) => name.branches))
}

function productIds({ product_tree: { branches } }: Csaf): string[] {
  return versionsOf(branches).map(({ product }) => product.product_id)
}

function used({ vulnerabilities }: Csaf): string[] {
  return vulnerabilities.flatMap(({ product_status: status, remediations = [], threats = [] }) => [
    ...(status.fixed ?? []),
    ...(status.known_affected ?? []),
    ...[...remediations, ...threats].flatMap((one) => one.product_ids),
  ])
}

function twice(values: readonly string[]): boolean {
  return new Set(values).size !== values.length
}
