import { z } from 'zod'
import { fail, info, pass } from '../../engine/check.ts'
import type { Check } from '../../engine/check.ts'
import { daysUntil } from '../../engine/duration.ts'
import { field } from '../../engine/text.ts'
import type { LoadFacts, LoadRun } from '../facts.ts'

const params = z.object({
  maxDays: field(z.int().min(1).default(180), {
    label: { en: 'Oldest load test', de: 'Ältester Lasttest' },
    unit: 'days',
  }),
  maxLatencyMs: field(z.number().positive().default(1_000), {
    label: { en: 'Longest answer for 95 of 100 requests', de: 'Längste Antwort für 95 von 100 Anfragen' },
    unit: 'milliseconds',
  }),
  maxErrorPercent: field(z.number().min(0).max(100).default(1), {
    label: { en: 'Failed requests allowed', de: 'Zulässige fehlgeschlagene Anfragen' },
    unit: 'percent',
  }),
  peakPerSecond: field(z.number().min(0).default(0), {
    label: { en: 'Requests per second at the expected peak', de: 'Anfragen pro Sekunde bei erwarteter Spitzenlast' },
  }),
})

export const loadPassed = {
  id: 'load.passed',
  version: 1,
  connector: 'load',
  title: {
    en: 'The latest load test is recent and kept its limits',
    de: 'Der letzte Lasttest ist aktuell und hielt seine Grenzen ein',
  },
  why: {
    en: 'How much a system bears is found out before the customers find it out.',
    de: 'Was ein System aushält, sollte man wissen, bevor die Kunden es herausfinden.',
  },
  remedy: {
    en: 'Run the load test against an environment like production, with limits fixed beforehand, and keep its report.',
    de: 'Den Lasttest gegen eine produktionsnahe Umgebung mit vorab festgelegten Grenzen fahren und den Bericht aufbewahren.',
  },
  severity: 'medium',
  serves: [{ measure: 'load-test', as: 'proves' }],
  params,
  reads: ['runs'],
  maxAge: 'P7D',
  onEmpty: 'fail',
  refs: ['ISO/IEC 27001:2022 A.8.6', 'BSI OPS.1.1.6'],
  sources: [
    'https://grafana.com/docs/k6/latest/results-output/end-of-test/',
    'https://github.com/mcollina/autocannon',
    'https://github.com/grafana/k6/issues/1498',
  ],
  pitfalls: [
    'The summary export of k6 says true of a threshold that was broken; handleSummary says ok: true of one that was kept.',
    'autocannon has no p95: its p97.5 is judged, which is never smaller.',
    'autocannon counts requests without an answer as errors and leaves them out of its latency; both are judged.',
    'A test that sent next to nothing keeps every limit: give the expected peak as a parameter.',
    'k6 writes no date into its summary; the time of the file counts.',
    'Whether the tested environment resembles production is not seen.',
  ],
  messages: {
    recent: { en: 'The load test is {days} days old.', de: 'Der Lasttest ist {days} Tage alt.' },
    old: { en: 'The latest load test is {days} days old.', de: 'Der letzte Lasttest ist {days} Tage alt.' },
    quick: {
      en: '{percentile} is {ms} ms; {most} ms are allowed.',
      de: '{percentile} ist {ms} ms; zulässig sind {most} ms.',
    },
    slow: {
      en: '{percentile} is {ms} ms; {most} ms are allowed.',
      de: '{percentile} ist {ms} ms; zulässig sind {most} ms.',
    },
    answered: { en: '{percent} % of the requests failed.', de: '{percent} % der Anfragen schlugen fehl.' },
    errors: {
      en: '{percent} % of the requests failed; {most} % are allowed.',
      de: '{percent} % der Anfragen schlugen fehl; zulässig sind {most} %.',
    },
    peak: {
      en: '{rate} requests per second; the peak is {peak}.',
      de: '{rate} Anfragen pro Sekunde; die Spitze liegt bei {peak}.',
    },
    weak: {
      en: 'Only {rate} requests per second; the peak is {peak}.',
      de: 'Nur {rate} Anfragen pro Sekunde; die Spitze liegt bei {peak}.',
    },
    nothing: { en: 'The load test sent no request.', de: 'Der Lasttest hat keine Anfrage gesendet.' },
    kept: { en: 'All {set} limits of the test were kept.', de: 'Alle {set} Grenzen des Tests wurden eingehalten.' },
    broken: { en: 'Limits of the test were broken: {limits}', de: 'Grenzen des Tests wurden gerissen: {limits}' },
    unlimited: { en: 'The test itself set no limits.', de: 'Der Test selbst hat keine Grenzen gesetzt.' },
  },
  judge({ runs }, given, now) {
    const at = newest(runs)
    const run = runs[at]
    if (run === undefined) return []
    const because = (name: string) => `runs.${at}.${name}`
    if (run.requests === 0) return [fail('rate', because('requests'), 'nothing')]
    const days = Math.max(0, daysUntil(now, new Date(run.at)))
    const { ms, percentile } = run.latency
    const percent = rounded(run.errorRate * 100)
    const rate = rounded(run.perSecond)
    const isSlow = ms > given.maxLatencyMs
    const isFaulty = run.errorRate * 100 > given.maxErrorPercent
    const isWeak = run.perSecond < given.peakPerSecond
    return [
      (days > given.maxDays ? fail : pass)('age', because('at'), days > given.maxDays ? 'old' : 'recent', { days }),
      (isSlow ? fail : pass)('latency', because('latency'), isSlow ? 'slow' : 'quick', {
        percentile,
        ms: rounded(ms),
        most: given.maxLatencyMs,
      }),
      (isFaulty ? fail : pass)('errors', because('errorRate'), isFaulty ? 'errors' : 'answered', {
        percent,
        most: given.maxErrorPercent,
      }),
      (isWeak ? fail : pass)('rate', because('perSecond'), isWeak ? 'weak' : 'peak', {
        rate,
        peak: given.peakPerSecond,
      }),
      judgeThresholds(run, because('thresholds')),
    ]
  },
} satisfies Check<LoadFacts, 'runs', typeof params>

function judgeThresholds({ thresholds }: LoadRun, because: string) {
  if (thresholds === null || thresholds.set === 0) return info('limits', because, 'unlimited')
  const { set, broken } = thresholds
  return broken.length > 0
    ? fail('limits', because, 'broken', { limits: broken.slice(0, 5).join(', ') })
    : pass('limits', because, 'kept', { set })
}

/** The index of the newest run; of two at the same time the worse one, whatever their order. */
function newest(runs: readonly LoadRun[]): number {
  const rank = (run: LoadRun) => [
    Date.parse(run.at),
    run.errorRate,
    run.latency.ms,
    -run.perSecond,
    run.thresholds?.broken.length ?? 0,
  ]
  const after = (a: LoadRun, b: LoadRun) => {
    const [left, right] = [rank(a), rank(b)]
    const at = left.findIndex((value, index) => value !== right[index])
    return at >= 0 && (left[at] ?? 0) > (right[at] ?? 0)
  }
  return runs.reduce((best, run, index) => (best < 0 || after(run, runs[best] ?? run) ? index : best), -1)
}

const rounded = (value: number) => Math.round(value * 100) / 100
