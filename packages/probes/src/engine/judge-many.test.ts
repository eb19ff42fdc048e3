import { hash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bbPipelineScans } from '../bitbucket/checks/pipeline-scans.ts'
import { bears } from '../hetzner/labels.ts'
import { productReleaseCadence } from '../git/checks/release-cadence.ts'
import { netExposedPorts } from '../ports/checks/exposed.ts'
import { checks, connectorOf } from '../registry.ts'
import { ciScanSteps } from '../sarif/checks/scan-steps.ts'
import { manyFacts } from '../testing/many-facts.ts'
import type { Check, Verdict } from './check.ts'
import { daysUntil, durationMs } from './duration.ts'
import { judge } from './judge.ts'
import type { Reading } from './reading.ts'
import { fill } from './text.ts'

const now = new Date('2026-11-22T12:00:00.000Z')

/** What an outcome without a hint was made of before it was made fast: all of it anew for each verdict. */
function slowly(check: Check, reading: Reading, verdict: Verdict): object {
  const text = check.messages[verdict.say.key] ?? { en: '', de: '' }
  const freshUntil = new Date(new Date(reading.at).getTime() + durationMs(check.maxAge))
  return {
    check: check.id,
    version: check.version,
    severity: check.severity,
    system: 'house',
    subject: verdict.subject,
    key: `${check.id}/${hash('sha256', `house\0${verdict.subject}`).slice(0, 24)}`,
    parameters: check.params.parse({}),
    at: reading.at,
    freshUntil: freshUntil.toISOString(),
    state: verdict.state,
    because: verdict.because,
    say: { ...fill(text, verdict.say.params), ...verdict.say },
  }
}

describe('judging many facts', () => {
  it.each(checks.map((check) => [check.id, check] as const))(
    'makes the same text of %s as one by one',
    (_id, check) => {
      const connector = connectorOf(check.connector)
      if (!connector) throw new Error('the check has no connector')
      const at = now.toISOString()
      for (const shape of ['wide', 'deep'] as const) {
        const groups = manyFacts(connector, check.reads, { facts: 60, shape, variant: 0 })
        if (!groups) continue
        const facts = Object.fromEntries(
          Object.entries(groups).map(([name, one]) => [name, { read: 'ok' as const, complete: true, facts: one }]),
        )
        const reading: Reading = { read: 'ok', complete: true, at, source: 'test', facts }
        const verdicts = check.judge(groups, check.params.parse({}), now)
        const sorted = verdicts.toSorted((a, b) => (a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : 0))
        const outcomes = judge(check, reading, { system: 'house', now })
        if (verdicts.length === 0) continue
        const bare = outcomes.map((outcome) => ({ ...outcome, hint: undefined }))
        expect(JSON.stringify(bare)).toBe(JSON.stringify(sorted.map((verdict) => slowly(check, reading, verdict))))
        expect(outcomes.map(({ hint }) => hint?.values)).toEqual(sorted.map(({ near }) => near?.values))
      }
    },
  )
})

const time = fc.integer({ min: 0, max: 60 }).map((days) => new Date(now.getTime() - days * 43_200_000).toISOString())

describe('checks that no longer search for each record', () => {
  it('find the labels that cutting each anew finds', () => {
    const label = fc.constantFrom('env=prod', 'env=', 'env', 'db', 'role=db', 'toString')
    fc.assert(
      fc.property(
        fc.array(label),
        fc.dictionary(fc.constantFrom('env', 'db', 'role'), fc.constantFrom('', 'prod', 'db')),
        (wanted, labels) => {
          const slow = wanted.some((one) => {
            const [key = '', value] = one.split('=', 2)
            return Object.hasOwn(labels, key) && (value === undefined || labels[key] === value)
          })
          expect([bears(labels, wanted), bears(labels, wanted)]).toEqual([slow, slow])
        },
      ),
    )
  })

  it('allow the ports that searching the list allows', () => {
    const port = fc.integer({ min: 1, max: 20 })
    fc.assert(
      fc.property(fc.array(port), fc.array(port), (open, allowed) => {
        const ports = open.map((one) => ({ family: 'IPv4' as const, port: one, state: 'open' as const }))
        const verdicts = netExposedPorts.judge({ ports, declared: { ports: allowed } })
        const failed = verdicts.filter(({ state }) => state === 'fail').map(({ subject }) => subject)
        expect(failed).toEqual(open.filter((one) => !allowed.includes(one)).map((one) => `IPv4:${one}`))
      }),
    )
  })

  it('take the first of the newest tags, whatever their order', () => {
    fc.assert(
      fc.property(fc.array(time, { minLength: 1 }), (times) => {
        const tags = times.map((at, index) => ({ name: `v${index}`, at }))
        const newest = tags.reduce((best, tag) => (new Date(tag.at) > new Date(best.at) ? tag : best))
        const [verdict] = productReleaseCadence.judge(
          { releases: { tags, changelog: true, securityPolicy: true } },
          productReleaseCadence.params.parse({}),
          now,
        )
        expect(verdict?.say.params['tag']).toBe(newest.name)
      }),
    )
  })

  it('judge steps of pipelines by the words in any case, the newest that succeeded first', () => {
    const step = fc.record({
      name: fc.constantFrom('SAST scan', 'Unit tests', 'Secret-Scan', 'x'),
      succeeded: fc.boolean(),
    })
    const run = fc.record({ main: fc.boolean(), at: time, steps: fc.array(step, { maxLength: 3 }) })
    const { maxDays, ...kinds } = bbPipelineScans.params.parse({})
    fc.assert(
      fc.property(fc.array(run, { maxLength: 6 }), (some) => {
        const runs = some.map((one, index) => ({ ...one, number: index, commit: 'c', succeeded: true }))
        const pipelines = { since: now.toISOString(), repositories: [{ repository: 'r', runs }] }
        const verdicts = bbPipelineScans.judge({ pipelines }, { maxDays, ...kinds }, now)
        const expected = Object.entries(kinds).map(([, names]) => {
          const steps = runs
            .filter(({ main }) => main)
            .flatMap(({ at, steps: all }) =>
              all
                .filter(({ name }) => names.some((word) => name.toLowerCase().includes(word.toLowerCase())))
                .map((one) => ({ at, ...one })),
            )
            .toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))
          const last = steps.find(({ succeeded }) => succeeded)
          if (steps.length === 0) return 'absent'
          if (last === undefined) return `failed ${steps[0]?.name}`
          const days = Math.max(0, -daysUntil(last.at, now) - 1)
          return `${days > maxDays ? 'old' : 'fresh'} ${last.name} ${days}`
        })
        const said = verdicts.map(({ say: { key, params } }) =>
          [key, params['step'], params['days']].filter((one) => one !== undefined).join(' '),
        )
        expect(said).toEqual(expected)
      }),
    )
  })

  it('compare hashes of any two lengths in both directions', () => {
    const hex = fc.constantFrom('abcdef', 'ABCDEF1', 'abcdef12', 'abcdef12345', 'bbcdef1', '')
    fc.assert(
      fc.property(hex, hex, (a, b) => {
        const [short = '', long = ''] = [a.toLowerCase(), b.toLowerCase()].toSorted((x, y) => x.length - y.length)
        const run = { tool: 't', at: now.toISOString(), succeeded: true, hasResults: true, revisions: [a] }
        const [verdict] = ciScanSteps.judge(
          { runs: [{ ...run, minor: 0, suppressed: 0 }], deployed: { revision: b } },
          { tools: [] },
        )
        expect(verdict?.state).toBe(short.length >= 7 && long.startsWith(short) ? 'pass' : 'fail')
      }),
    )
  })
})
