import { z } from 'zod'

/** Headers that a judgement needs; nothing else of an answer is kept. */
export const keptHeaders = [
  'content-security-policy',
  'content-type',
  'cross-origin-opener-policy',
  'permissions-policy',
  'referrer-policy',
  'server',
  'strict-transport-security',
  'x-content-type-options',
  'x-frame-options',
  'x-powered-by',
] as const

/** What Art. 13 GDPR asks a notice to tell in every case. */
export const noticeParts = ['controller', 'purposes', 'basis', 'recipients', 'period', 'rights', 'complaint'] as const

/** In what form an export of data comes; `other`: none that is known. */
export const exportForms = ['json', 'csv', 'xml', 'zip', 'html', 'pdf', 'other'] as const
export type ExportForm = (typeof exportForms)[number]

/** What a web address answers to a client that has not signed in. */
export const httpFacts = {
  /** The same host on plain http. `closed`: the port refuses connections, so nothing can be sent in the clear. */
  plain: z.object({
    answer: z.enum(['redirect', 'content', 'closed']),
    status: z.int().nullable(),
    /** Where a redirect leads; host and scheme only. */
    leadsTo: z.object({ scheme: z.string(), host: z.string() }).nullable(),
    host: z.string(),
  }),
  page: z.object({
    scheme: z.enum(['http', 'https']),
    host: z.string(),
    status: z.int(),
    /** Redirects that were followed on the same site. */
    hops: z.int(),
    headers: z.partialRecord(z.enum(keptHeaders), z.string()),
    /** Strict-Transport-Security of the first answer, before any redirect. */
    firstHsts: z.string().nullable(),
  }),
  /** Cookies of every answer on the way; never their values. */
  cookies: z.array(
    z.object({
      name: z.string(),
      secure: z.boolean(),
      httpOnly: z.boolean(),
      sameSite: z.enum(['strict', 'lax', 'none']).nullable(),
    }),
  ),
  /** RFC 9116. */
  securityTxt: z.object({
    status: z.int(),
    contentType: z.string(),
    contacts: z.int(),
    /** As written; more than one is a fault. */
    expires: z.array(z.string()),
  }),
  /** The privacy notice: linked from the page, or at a given address. */
  notice: z.object({
    /** `no-page`: the address serves something else than pages, or not to everybody. */
    found: z.enum(['given', 'linked', 'none', 'no-page']),
    status: z.int().nullable(),
    tells: z.array(z.enum(noticeParts)),
    /** Of the words that the settings name. */
    missingWords: z.array(z.string()),
  }),
  /** The export of the data of a made-up account; empty: none was declared. Nothing of what it holds. */
  exports: z.array(
    z.object({
      status: z.int(),
      form: z.enum(exportForms),
      bytes: z.int(),
      /** How many words were declared, and the positions of those that are missing, from 1. */
      words: z.int(),
      missing: z.array(z.int()),
      /** A stranger gets it, too. */
      open: z.boolean(),
    }),
  ),
}

export type HttpFacts = { readonly [K in keyof typeof httpFacts]: z.output<(typeof httpFacts)[K]> }
