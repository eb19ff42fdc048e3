import { z } from 'zod'
import { upgrades } from './starttls.ts'

/** Versions that are asked for, oldest first. SSLv2 is not: no client in use offers it. */
export const tlsVersions = ['SSLv3', '1.0', '1.1', '1.2', '1.3'] as const
export type TlsVersion = (typeof tlsVersions)[number]

const protocol = z.object({
  version: z.enum(tlsVersions),
  accepted: z.boolean(),
  /** How the server refused: by an alert, by answering with a lower version, or by closing in good order. */
  refusedBy: z.enum(['alert', 'lower-version', 'closed']).nullable(),
})

const certificate = z.object({
  fingerprint256: z.string(),
  /** Absent in what was seen before it was read. */
  serial: z.string().optional(),
  issuer: z.string(),
  validFrom: z.iso.datetime(),
  validTo: z.iso.datetime(),
  keyType: z.string(),
  /** Length of the modulus for RSA and DSA, of the curve for EC; 0 where neither applies. */
  keyBits: z.int(),
  signatureAlgorithm: z.string(),
  selfIssued: z.boolean(),
})

/** What an endpoint shows to a client. */
export const tlsFacts = {
  /** How TLS begins: at once (`none`), or after an upgrade that the server offers or not. */
  upgrade: z.object({ protocol: z.enum(upgrades), offered: z.boolean() }),
  protocols: z.array(protocol),
  ciphers: z.array(z.object({ version: z.enum(tlsVersions), name: z.string() })),
  certificate: z.object({
    host: z.string(),
    nameMatches: z.boolean(),
    /** As the server sent it, the certificate of the server first. */
    chain: z.array(certificate).min(1),
    /** Where the chain ends, by our own walk: independent of the dates. */
    anchor: z.enum(['trusted', 'self-signed', 'unknown-root', 'missing-intermediate']),
    /** Code of the verification by the runtime, `null` when it is content. */
    trustError: z.string().nullable(),
  }),
  /** `required`: without a certificate there is no session. `optional`: asked for, not needed. */
  clientCertificate: z.object({ wish: z.enum(['required', 'optional', 'not-required']) }),
}

export type TlsFacts = { readonly [K in keyof typeof tlsFacts]: z.output<(typeof tlsFacts)[K]> }
