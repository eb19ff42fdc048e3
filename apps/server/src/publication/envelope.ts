import { z } from 'zod'

/** The forms of public pages that are taken in, by where they are posted to below the page. */
export const takenForms = [
  'report',
  'report-incident',
  'request',
  'documents/request',
  'subscribe',
  'confirm',
  'unsubscribe',
] as const

/** A form that is taken in. */
export type TakenForm = (typeof takenForms)[number]

/** What stands for the token in pages that are published, until somebody comes with theirs. */
export const tokenMark = 'art32-token'

/** What is said of a submission, before the bytes of the form itself. */
export const Envelope = z.strictObject({
  format: z.literal('art32.intake/1'),
  /** Random. Whatever file it lies in: by this one it is handed on once. */
  id: z.uuid(),
  at: z.iso.datetime(),
  slug: z.string().regex(/^[a-z0-9][a-z0-9-]{1,62}$/),
  /** Whether it came to a domain of the tenant's own. */
  atSite: z.boolean(),
  form: z.enum(takenForms),
  language: z.enum(['en', 'de']),
  /** The secret of a link in a letter, with which the page was opened; empty: there is none. */
  link: z.string().regex(/^[A-Za-z0-9._-]{0,300}$/),
  /** Content type of the form. */
  type: z.string().max(300),
  /** The network that posted it, as coarse as art32 counts it. */
  group: z.string().max(60),
  /** The secret of the link that whoever posted it was given; null: they were given none. */
  token: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
})

/** What is said of a submission. */
export type Envelope = z.output<typeof Envelope>

/** A submission as it is sealed: one line of JSON, then the form as it was posted. */
export function pack(envelope: Envelope, body: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`${JSON.stringify(envelope)}\n`), body])
}

/** @returns null for what no portal packed */
export function unpack(bytes: Buffer): { readonly envelope: Envelope; readonly body: Buffer } | null {
  const end = bytes.indexOf(10)
  if (end < 0) return null
  try {
    const envelope = Envelope.safeParse(JSON.parse(bytes.toString('utf8', 0, end)))
    return envelope.success ? { envelope: envelope.data, body: bytes.subarray(end + 1) } : null
  } catch {
    return null
  }
}
