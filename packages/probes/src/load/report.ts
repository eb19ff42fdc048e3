import { z } from 'zod'
import { Unreadable } from '../engine/reading.ts'
import { parseJson } from '../files/read.ts'
import type { LoadRun } from './facts.ts'

const amount = z.number().nonnegative()
const autocannon = z.object({
  start: z.iso.datetime({ offset: true }).optional(),
  finish: z.iso.datetime({ offset: true }).optional(),
  duration: amount,
  errors: amount,
  non2xx: amount,
  mismatches: amount.optional(),
  latency: z.object({ p97_5: amount }),
  requests: z.object({ average: amount, total: amount }),
})

const values = z.record(z.string(), z.unknown())
const metric = z.looseObject({ values: values.optional(), thresholds: z.record(z.string(), z.unknown()).optional() })
const k6 = z.object({ metrics: z.record(z.string(), metric) })

const shape = z.object({ metrics: z.unknown(), latency: z.unknown(), requests: z.unknown() }).partial()

/** Reads the report of one load test, by what it looks like. @throws {Unreadable} contract */
export function readReport(text: string, modifiedAt: Date): LoadRun {
  const { metrics, latency, requests } = parseJson(text, shape)
  if (metrics !== undefined) return readK6(text, modifiedAt)
  if (latency !== undefined && requests !== undefined) return readAutocannon(text, modifiedAt)
  throw new Unreadable('contract', 'the file is neither a summary of k6 nor a report of autocannon')
}

/** `errors` counts timeouts as well and has no answer, so it is not among the requests with one. */
function readAutocannon(text: string, modifiedAt: Date): LoadRun {
  const { finish, errors, non2xx, mismatches = 0, latency, requests } = parseJson(text, autocannon)
  const all = requests.total + errors
  return {
    tool: 'autocannon',
    at: finish ?? modifiedAt.toISOString(),
    requests: all,
    perSecond: requests.average,
    errorRate: all === 0 ? 0 : Math.min(1, (errors + non2xx + mismatches) / all),
    latency: { ms: latency.p97_5, percentile: 'p97.5' },
    thresholds: null,
  }
}

type Metric = z.output<typeof metric>

/**
 * k6 has two forms: `handleSummary` puts numbers into `values` and says `{ok: true}` of a limit that was kept;
 * `--summary-export` has the numbers beside each other and says `true` of a limit that was *broken*.
 */
function readK6(text: string, modifiedAt: Date): LoadRun {
  const { metrics } = parseJson(text, k6)
  const number = (name: string, keys: readonly string[]): number => {
    const one = Object.hasOwn(metrics, name) ? metrics[name] : undefined
    const all: Readonly<Record<string, unknown>> = one?.values ?? one ?? {}
    const value = keys.map((key) => all[key]).find((found) => typeof found === 'number')
    if (typeof value !== 'number' || value < 0) throw new Unreadable('contract', `the summary lacks ${name} ${keys[0]}`)
    return value
  }
  const limits = Object.entries(metrics).flatMap(([name, one]) => limitsOf(name, one))
  return {
    tool: 'k6',
    at: modifiedAt.toISOString(),
    requests: number('http_reqs', ['count']),
    perSecond: number('http_reqs', ['rate']),
    errorRate: Math.min(1, number('http_req_failed', ['rate', 'value'])),
    latency: { ms: number('http_req_duration', ['p(95)']), percentile: 'p95' },
    thresholds: {
      set: limits.length,
      broken: limits
        .filter(({ isKept }) => !isKept)
        .map(({ name }) => name)
        .toSorted(),
    },
  }
}

const said = z.object({ ok: z.boolean() })

function limitsOf(name: string, one: Metric): { name: string; isKept: boolean }[] {
  return Object.entries(one.thresholds ?? {}).map(([limit, state]) => {
    const newer = said.safeParse(state)
    if (!newer.success && typeof state !== 'boolean')
      throw new Unreadable('contract', 'the summary says neither yes nor no to a threshold')
    return {
      name: `${name} ${limit}`.replace(/\p{Cc}/gu, ' ').slice(0, 200),
      isKept: newer.success ? newer.data.ok : state === false,
    }
  })
}
