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
  /** Keys of the named selectors, or those found under usual names. */
  dkim: z.array(
    z.object({
      selector: z.string(),
      records: z.int(),
      /** `revoked`: without a key. `broken`: with one that is none. */
      state: z.enum(['valid', 'revoked', 'broken']),
      kind: z.enum(['rsa', 'ed25519']),
      bits: z.int().nullable(),
      testing: z.boolean(),
    }),
  ),
  mtaSts: z.object({
    servers: z.int(),
    records: z.int(),
    /** Why the policy cannot be used: no such host, a certificate that nobody accepts, not served, or not of the form. */
    fault: z.enum(['name', 'certificate', 'status', 'form']).nullable(),
    policy: z
      .object({
        mode: z.enum(['enforce', 'testing', 'none']),
        maxAgeSeconds: z.int(),
        /** Mail servers of the domain that the policy does not name. */
        uncovered: z.int(),
      })
      .nullable(),
  }),
  receiving: z.object({
    /** Mail servers; none where the domain takes no mail. */
    servers: z.int(),
    /** Records that begin with `v=TLSRPTv1`, and the addresses in the first. */
    reports: z.int(),
    reportsTo: z.int(),
  }),
}

export type DnsFacts = { readonly [K in keyof typeof dnsFacts]: z.output<(typeof dnsFacts)[K]> }
