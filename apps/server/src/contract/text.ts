import { z } from 'zod'

/** One line without what no reader could see: control characters, marks of direction, breaks. */
export const Line = (most: number) =>
  z
    .string()
    .max(most * 2)
    .transform((text) =>
      text
        .replaceAll(/[\p{Zl}\p{Zp}\s]+/gu, ' ')
        .replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
        .trim(),
    )
    .pipe(z.string().max(most))

/** A text of several lines without what no reader could see. */
export const Lines = (most: number) =>
  z
    .string()
    .max(most * 2)
    .transform((text) =>
      text
        .replaceAll(/\r\n?/g, '\n')
        .replaceAll(/[\p{Cc}\p{Cf}]/gu, (one) => (one === '\n' ? one : ''))
        .replaceAll(/(?<![ \t])[ \t]+$/gm, '')
        .trim(),
    )
    .pipe(z.string().max(most))

/** A day of the calendar, `YYYY-MM-DD`. */
export const Day = z.iso.date()
