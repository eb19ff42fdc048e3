import { z } from 'zod'
import { scoreOf } from './cvss.ts'
import { Line, Text } from './said.ts'

const Url = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .refine((url) => !/\s|\p{Cc}/u.test(url), 'holds a space')

/** Versions of a product, such as `1.4.2`, or a range as people write it: `before 1.5`, `>= 2.0, < 2.3`. */
const versions = z.array(Line(100)).max(100).default([])

/** What an advisory says, as people write it. It becomes CSAF and a page. */
export const AdvisoryText = z
  .object({
    language: z.enum(['en', 'de']),
    title: Line(200),
    /** What may happen, in two or three sentences, for whoever uses the product. */
    summary: Text(5_000),
    /** How it comes about; left out as long as it helps an attacker more than anybody else. */
    details: z.string().trim().max(20_000).default(''),
    products: z
      .array(z.object({ name: Line(200), affected: versions, fixed: versions }).strict())
      .min(1)
      .max(50),
    cve: z
      .string()
      .regex(/^CVE-\d{4}-\d{4,19}$/)
      .nullable()
      .default(null),
    /** CVSS 4.0. */
    vector: z
      .string()
      .max(300)
      .refine((vector) => scoreOf(vector) !== null, 'is no CVSS 4.0 vector')
      .nullable()
      .default(null),
    /** What to do: the version to install. */
    remedy: z.string().trim().max(5_000).default(''),
    /** What helps until then. */
    workaround: z.string().trim().max(5_000).default(''),
    references: z
      .array(z.object({ summary: Line(200), url: Url }).strict())
      .max(20)
      .default([]),
    /** Whom to thank, as they want it. */
    credit: z.string().trim().max(200).default(''),
  })
  .strict()

/** What an advisory says. */
export type AdvisoryText = z.output<typeof AdvisoryText>

/** A version that was published. */
export interface Revision {
  readonly number: number
  readonly date: string
  readonly summary: string
}

/** The id by which an advisory is known everywhere: `slug-2026-0001`. */
export function trackingIdOf(slug: string, year: number, number: number): string {
  return `${slug}-${year}-${String(number).padStart(4, '0')}`
}
