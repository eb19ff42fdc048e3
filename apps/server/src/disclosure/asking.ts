import { z } from 'zod'

const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .refine((text) => !/\p{Cc}|\p{Zl}|\p{Zp}/u.test(text))

/** What somebody tells who asks for documents. */
export const Asking = z.object({
  name: line(200),
  organisation: line(200),
  email: z.email().max(254),
  reason: z.string().trim().min(1).max(2_000),
})
