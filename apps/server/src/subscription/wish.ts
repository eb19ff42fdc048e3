import { followTopics } from '@art32/press'
import { z } from 'zod'

/** What somebody enters in the form. */
export const Wish = z.object({
  email: z
    .string()
    .trim()
    .max(254)
    .regex(/^[^\p{Cc}\p{Zl}\p{Zp}<>"(),:;\\[\]\s]+$/u)
    .pipe(z.email()),
  topics: z
    .array(z.enum(followTopics))
    .min(1)
    .transform((topics) => [...new Set(topics)]),
  language: z.enum(['en', 'de']),
})

/** What somebody entered. */
export type Wished = z.output<typeof Wish>
