import { z } from 'zod'

/** What somebody outside tells; where to reach them is their choice. */
export const Reporting = z.object({
  what: z.string().trim().min(10).max(8_000),
  when: z
    .string()
    .trim()
    .max(200)
    .refine((text) => !/\p{Cc}/u.test(text)),
  contact: z
    .string()
    .trim()
    .max(254)
    .refine((text) => !/\p{Cc}/u.test(text)),
})
