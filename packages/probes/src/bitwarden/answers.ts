import { z } from 'zod'

// Answers of the vendor, as far as they are read. It publishes no description of its own; this follows the models of
// its public server.

/** Lists have the token of the next page where there is one. */
const continuationToken = z.string().nullish()

export const membersPage = z.object({
  data: z.array(
    z.object({
      id: z.string().min(1),
      email: z.string(),
      status: z.int(),
      type: z.int(),
      twoFactorEnabled: z.boolean(),
    }),
  ),
  continuationToken,
})
export type Member = z.output<typeof membersPage>['data'][number]

export const policiesPage = z.object({
  data: z.array(
    z.object({
      type: z.int(),
      enabled: z.boolean(),
      data: z
        .object({
          minLength: z.number().nullish(),
          enforceOnLogin: z.boolean().nullish(),
          minutes: z.number().nullish(),
        })
        .nullish(),
    }),
  ),
  continuationToken,
})
export type Policy = z.output<typeof policiesPage>['data'][number]

export const eventsPage = z.object({
  data: z.array(z.object({ type: z.int(), date: z.string(), actingUserId: z.string().nullish() })),
  continuationToken,
})
export type Event = z.output<typeof eventsPage>['data'][number]
