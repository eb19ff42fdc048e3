import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { collect } from '../engine/connector.ts'
import { judge, rollUp } from '../engine/judge.ts'
import { Unreadable } from '../engine/reading.ts'
import { testContext } from '../testing/servers.ts'
import { loadPassed } from './checks/passed.ts'
import { load } from './connector.ts'
import { readReport } from './report.ts'

const folder = mkdtempSync(join(tmpdir(), 'art32-load-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const written = new Date('2026-11-20T12:00:00Z')
const write = (name: string, content: object | string, at = written) => {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  utimesSync(path, at, at)
  return path
}
const look = async (path: string) => await collect(load, { path }, testContext())
const runsOf = async (path: string) => {
  const reading = await look(path)
  const one = reading.read === 'ok' ? reading.facts['runs'] : reading
  return one?.read === 'ok' ? one.facts : one?.why
}

/** As autocannon 8 writes it, without the many percentiles that nobody reads. */
const autocannon = {
  url: 'http://localhost:3000',
  connections: 10,
  sampleInt: 1000,
  pipelining: 1,
  duration: 10.03,
  samples: 10,
  start: '2026-11-19T10:00:00.000Z',
  finish: '2026-11-19T10:00:10.030Z',
  errors: 2,
  timeouts: 1,
  mismatches: 0,
  non2xx: 8,
  resets: 0,
  '1xx': 0,
  '2xx': 990,
  '3xx': 0,
  '4xx': 0,
  '5xx': 8,
  statusCodeStats: { 200: { count: 990 }, 503: { count: 8 } },
  latency: {
    average: 9.5,
    mean: 9.5,
    stddev: 3.1,
    min: 4,
    max: 88,
    p50: 9,
    p90: 12,
    p97_5: 15,
    p99: 21,
    totalCount: 998,
  },
  requests: { average: 99.8, mean: 99.8, stddev: 5, min: 90, max: 110, total: 998, p50: 100, sent: 1008 },
  throughput: { average: 20_000, total: 200_000 },
}

/** As `k6 run --summary-export` writes it: true means that the limit was broken. */
const exported = (broken: boolean) => ({
  root_group: { name: '', path: '', id: 'd41d8cd98f00b204e9800998ecf8427e', groups: {}, checks: {} },
  metrics: {
    http_req_duration: {
      avg: 120,
      min: 80,
      med: 110,
      max: 400,
      'p(90)': 180,
      'p(95)': 210,
      thresholds: { 'p(95)<500': broken },
    },
    http_req_failed: { passes: 5, fails: 995, value: 0.005 },
    http_reqs: { count: 1000, rate: 33.2 },
    checks: { passes: 1000, fails: 0, value: 1, thresholds: { 'rate>0.99': false } },
  },
})

/** As `handleSummary(data)` gets it. */
const handled = (ok: boolean) => ({
  options: { summaryTrendStats: ['avg', 'min', 'med', 'max', 'p(90)', 'p(95)'], summaryTimeUnit: '', noColor: false },
  state: { isStdOutTTY: true, isStdErrTTY: true, testRunDurationMs: 30_118 },
  metrics: {
    http_req_duration: {
      type: 'trend',
      contains: 'time',
      values: { avg: 120, min: 80, med: 110, max: 400, 'p(90)': 180, 'p(95)': 210 },
      thresholds: { 'p(95)<500': { ok } },
    },
    http_req_failed: { type: 'rate', contains: 'default', values: { rate: 0.005, passes: 5, fails: 995 } },
    http_reqs: { type: 'counter', contains: 'default', values: { count: 1000, rate: 33.2 } },
  },
})

const k6Facts = (set: number, broken: string[]) => ({
  tool: 'k6',
  at: written.toISOString(),
  requests: 1000,
  perSecond: 33.2,
  errorRate: 0.005,
  latency: { ms: 210, percentile: 'p95' },
  thresholds: { set, broken },
})

describe('the report', () => {
  it('of autocannon is read, errors without an answer included', async () => {
    expect(await runsOf(write('autocannon.json', autocannon))).toEqual([
      {
        tool: 'autocannon',
        at: '2026-11-19T10:00:10.030Z',
        requests: 1000,
        perSecond: 99.8,
        errorRate: 0.01,
        latency: { ms: 15, percentile: 'p97.5' },
        thresholds: null,
      },
    ])
  })

  it('of k6 is read in both of its forms, which mean the opposite by their yes', async () => {
    const limit = 'http_req_duration p(95)<500'
    expect(await runsOf(write('exported.json', exported(false)))).toEqual([k6Facts(2, [])])
    expect(await runsOf(write('exported.json', exported(true)))).toEqual([k6Facts(2, [limit])])
    expect(await runsOf(write('handled.json', handled(true)))).toEqual([k6Facts(1, [])])
    expect(await runsOf(write('handled.json', handled(false)))).toEqual([k6Facts(1, [limit])])
  })

  it('of a folder that was written last is judged', async () => {
    mkdirSync(join(folder, 'all'))
    write('all/a.json', exported(true), new Date('2026-10-01T00:00:00Z'))
    write('all/b.json', handled(true))
    const reading = await look(join(folder, 'all'))
    expect(rollUp(judge(loadPassed, reading, { system: 'test', now: new Date() }))).toBe('pass')
    write('all/c.json', exported(true), new Date('2026-11-21T00:00:00Z'))
    const worse = await look(join(folder, 'all'))
    expect(rollUp(judge(loadPassed, worse, { system: 'test', now: new Date() }))).toBe('fail')
  })
})

describe('a file that cannot be used', () => {
  it.each([
    ['is missing', join(folder, 'nowhere'), 'not-configured'],
    ['is no JSON', write('text.json', 'hello'), 'contract'],
    ['is something else', write('else.json', { name: 'package' }), 'contract'],
    ['measured no HTTP', write('grpc.json', { metrics: { iterations: { count: 1, rate: 1 } } }), 'contract'],
    ['holds wrong types', write('types.json', { ...autocannon, errors: 'none' }), 'contract'],
    ['is deep', write('deep.json', `{"metrics":${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}}`), 'contract'],
  ])('because it %s says why', async (_name, path, reason) => {
    expect(await runsOf(path)).toBe(reason)
  })

  it('is read or refused, whatever stands in it', () => {
    const value = fc.jsonValue()
    const odd = fc.record({
      metrics: fc.record({ http_reqs: value, http_req_failed: value, http_req_duration: value }, { requiredKeys: [] }),
    })
    fc.assert(
      fc.property(fc.oneof(odd, fc.record({ latency: value, requests: value }), value), (given) => {
        try {
          readReport(JSON.stringify(given), written)
        } catch (error) {
          expect(error).toBeInstanceOf(Unreadable)
        }
      }),
      { numRuns: 300 },
    )
  })
})
