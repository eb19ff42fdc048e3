import { z } from 'zod'

/** Most files with one message. */
export const mostFilesAtOnce = 3

/** Most bytes of a form with its files. */
export const mostFormBytes = 16 * 1_048_576

// Characters that turn the direction of what stands beside them, or are not seen at all: nobody needs them to report.
const hidden = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu

const line = (most: number) =>
  z
    .string()
    .transform((text) => text.replaceAll(hidden, ' ').replaceAll(/\s+/g, ' ').trim())
    .pipe(z.string().max(most))

const text = (most: number) =>
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
    .pipe(z.string().min(1).max(most))

/** One line that must say something. */
export const Line = (most: number) => line(most).pipe(z.string().min(1))

/** A text of several lines. */
export const Text = text

const orNull = (schema: z.ZodType<string, string>) =>
  z
    .string()
    .nullable()
    .default(null)
    .transform((value) => (value === null || value.trim() === '' ? null : value))
    .pipe(schema.nullable())

/** What a report says. Nobody has to say who they are. */
export const Reporting = z.object({
  title: Line(200),
  product: line(200).default(''),
  description: text(20_000),
  name: orNull(line(200)),
  email: orNull(z.email().max(254)),
  credit: orNull(line(200)),
})

/** What a report says. */
export type Reported = z.output<typeof Reporting>
