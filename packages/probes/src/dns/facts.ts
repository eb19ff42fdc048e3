import { z } from 'zod'

/** What the name system says about a domain. */
export const dnsFacts = {
  /** The closest CAA records, climbing towards the root (RFC 8659 §3). */
  caa: z.array(z.object({ domain: z.string(), tag: z.string(), value: z.string() })),
  /** `secure`: signed and verified by the name server. `bogus`: signed, and the signature does not hold. */
  dnssec: z.object({ state: z.enum(['secure', 'insecure', 'bogus']) }),
  spf: z.object({
    /** Records that begin with `v=spf1`; more than one is an error of the standard. */
    records: z.int(),
    /** Qualifier of the mechanism `all` that ends the evaluation, after redirects. */
    all: z.enum(['-', '~', '?', '+']).nullable(),
    /** Mechanisms that cause a query, counted through includes (RFC 7208 §4.6.4). */
    lookups: z.int(),
  }),
  dmarc: z.object({
    records: z.int(),
    policy: z.enum(['none', 'quarantine', 'reject']).nullable(),
    percent: z.int(),
    /** Where the record was found: the domain itself or a parent. */
    domain: z.string().nullable(),
  }),
}

export type DnsFacts = { readonly [K in keyof typeof dnsFacts]: z.output<(typeof dnsFacts)[K]> }
