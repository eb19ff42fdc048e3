import { z } from 'zod'
import type { Question } from '../api/api.ts'

const instant = z.iso.datetime({ offset: true })

/** Every answer of Prometheus says whether it is one. */
const success = <T>(data: z.ZodType<T>) => z.object({ status: z.literal('success'), data })

const targetsAnswer = success(
  z.object({
    activeTargets: z.array(
      z.object({
        labels: z.object({ job: z.string() }),
        lastScrape: instant,
        health: z.enum(['up', 'down', 'unknown']),
      }),
    ),
  }),
)
const vector = success(
  z.object({
    resultType: z.literal('vector'),
    result: z.array(z.object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) })),
  }),
)
const alertsAnswer = success(
  z.object({ alerts: z.array(z.object({ labels: z.object({ alertname: z.string() }), state: z.string() })) }),
)
const alertmanagersAnswer = success(z.object({ activeAlertmanagers: z.array(z.object({ url: z.string() })) }))

const statusAnswer = z.object({ cluster: z.object({ status: z.string() }) })
const receiversAnswer = z.array(z.object({ name: z.string() }))
const held = z.array(z.string())
const gettableAlerts = z.array(
  z.object({
    receivers: receiversAnswer,
    status: z.object({ state: z.string(), silencedBy: held, inhibitedBy: held }),
  }),
)
const received = z.object({ receivedAt: instant.nullable() })

/** A metric of Prometheus at one time, by its labels. */
export type Sample = z.output<typeof vector>['data']['result'][number]

const asked = <T>(path: string, schema: z.ZodType<T>, query: Readonly<Record<string, string>> = {}): Question<T> => ({
  path,
  schema,
  query,
})

/** What is asked of Prometheus (HTTP API v1). */
export const ofPrometheus = {
  targets: asked('/api/v1/targets', targetsAnswer, { state: 'active' }),
  query: (query: string) => asked('/api/v1/query', vector, { query }),
  alerts: asked('/api/v1/alerts', alertsAnswer),
  alertmanagers: asked('/api/v1/alertmanagers', alertmanagersAnswer),
}

/** What is asked of the Alertmanager (API v2). */
export const ofAlertmanager = {
  status: asked('/api/v2/status', statusAnswer),
  receivers: asked('/api/v2/receivers', receiversAnswer),
  alerts: (name: string) => asked('/api/v2/alerts', gettableAlerts, { filter: `alertname=${JSON.stringify(name)}` }),
}

/** What is asked of the receiver at the end of the path. */
export const ofReceiver = (path: string) => asked(path, received)
