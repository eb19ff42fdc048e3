import { z } from 'zod'

/** What the monitoring sees, how available that was, and whether its alerts arrive. */
export const prometheusFacts = {
  /** One for each job that is scraped. */
  services: z.array(
    z.object({
      job: z.string(),
      targets: z.int(),
      up: z.int(),
      /** How long the target that was longest unheard of had been silent when this was read; null: one never spoke. */
      silentSeconds: z.int().nullable(),
    }),
  ),
  availability: z.object({
    metric: z.string(),
    /** What was asked for. */
    windowDays: z.int(),
    services: z.array(
      z.object({
        /** Job and instance. */
        name: z.string(),
        /** From 0 to 1. */
        average: z.number().min(0).max(1),
        /** How far back samples go within the window. */
        coveredDays: z.number(),
      }),
    ),
  }),
  /** The alert that always fires, so that silence means a fault. */
  watchdog: z.object({
    name: z.string(),
    isFiring: z.boolean(),
    /** Alertmanagers that Prometheus sends to. */
    alertmanagers: z.int(),
  }),
  alertmanager: z.object({
    isReady: z.boolean(),
    receivers: z.int(),
    /** The watchdog came here and nothing holds it back; null: it did not come. */
    watchdog: z.object({ isHeldBack: z.boolean(), receivers: z.int() }).nullable(),
  }),
  /** How long ago, when this was read, the watchdog had last arrived at the end of the path; null: never. */
  delivery: z.object({ minutesAgo: z.int().nullable() }),
}

export type PrometheusFacts = { readonly [K in keyof typeof prometheusFacts]: z.output<(typeof prometheusFacts)[K]> }
export type Service = PrometheusFacts['services'][number]
