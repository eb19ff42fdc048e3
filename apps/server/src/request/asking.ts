import { z } from 'zod'

/** What somebody may ask for, by the article that gives the right. */
export const kinds = [
  'access',
  'rectification',
  'erasure',
  'restriction',
  'notification',
  'portability',
  'objection',
  'automated-decision',
  'withdrawal',
  'complaint',
] as const

/** What somebody asks for. */
export type Kind = (typeof kinds)[number]

// Characters that turn the direction of what stands beside them, or are not seen at all.
const hidden = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu

/** One line of somebody outside. */
export const Line = (least: number, most: number) =>
  z
    .string()
    .transform((text) => text.replaceAll(hidden, ' ').replaceAll(/\s+/g, ' ').trim())
    .pipe(z.string().min(least).max(most))

/** Several lines of somebody outside. */
export const Text = (least: number, most: number) =>
  z
    .string()
    .transform((given) =>
      given
        .replaceAll('\r\n', '\n')
        .split('\n')
        .map((one) => one.replaceAll('\t', '    ').replaceAll(hidden, ''))
        .join('\n')
        .trim(),
    )
    .pipe(z.string().min(least).max(most))

/** A mail address, or none. */
export const Mail = z
  .string()
  .nullable()
  .transform((value) => (value === null || value.trim() === '' ? null : value.trim()))
  .pipe(z.email().max(254).nullable())

/** What somebody asks for. Only so much is asked of them as an answer needs. */
export const Asking = z.object({
  kinds: z.array(z.enum(kinds)).min(1).max(kinds.length),
  name: Line(0, 200),
  email: Mail,
  postal: Text(0, 500),
  text: Text(10, 10_000),
})
