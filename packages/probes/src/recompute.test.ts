import { describe, expect, it } from 'vitest'
import { recomputeVerdict } from './recompute.ts'
import { releaseOf, withRunning } from './releases.ts'
import { checks } from './registry.ts'

const kept = {
  check: 'ver.not-eol',
  version: 1,
  parameters: {},
  judgedAt: '2026-11-22T12:00:00.000Z',
  state: 'fail',
  facts: {
    read: 'ok',
    complete: true,
    at: '2026-11-22T12:00:00.000Z',
    source: 'versions nodejs',
    facts: {
      components: {
        read: 'ok',
        complete: true,
        facts: [
          {
            product: 'nodejs',
            version: '18.0.0',
            observed: true,
            origin: 'upstream',
            lifecycle: { cycle: '18', endOfLife: '2025-04-30', latest: '18.20.8', latestDate: '2025-03-27' },
          },
        ],
      },
      data: { read: 'ok', complete: true, facts: { date: '2026-11-20', source: 'https://endoflife.date' } },
    },
  },
}

describe('a kept verdict', () => {
  it('is computed from its facts, parameters and instant', () => {
    expect(recomputeVerdict(kept)).toMatchObject({ can: 'yes', state: 'fail', kept: 'fail' })
    // On a day before its end it was none.
    const earlier = { ...kept, judgedAt: '2025-01-01T00:00:00.000Z' }
    expect(recomputeVerdict({ ...earlier, facts: { ...kept.facts, at: earlier.judgedAt } })).not.toMatchObject({
      state: 'fail',
    })
  })

  it('of another version names the release, of an unknown check says so', () => {
    expect(recomputeVerdict({ ...kept, version: 99 })).toEqual({
      can: 'no',
      why: 'other-version',
      check: 'ver.not-eol',
      version: 99,
      running: 1,
      release: null,
    })
    expect(recomputeVerdict({ ...kept, check: '__proto__' })).toMatchObject({ why: 'no-check' })
  })

  it.each([
    ['nothing', undefined],
    ['a text', 'x'],
    ['a list', []],
    ['facts that are none', { ...kept, facts: { read: 'ok' } }],
    [
      'a reason that is none',
      { ...kept, facts: { read: 'no', why: 'tired', detail: '', at: kept.judgedAt, source: '' } },
    ],
  ])('of another form is refused: %s', (_what, value) => {
    expect(recomputeVerdict(value)).toEqual({ can: 'no', why: 'form' })
  })

  it('whose facts lack a field is not evaluated instead of guessed', () => {
    const broken = structuredClone(kept) as unknown as { facts: { facts: { components: { facts: object[] } } } }
    broken.facts.facts.components.facts = [{ product: 'nodejs' }]
    expect(recomputeVerdict(broken)).toMatchObject({ can: 'yes', state: 'not-evaluated' })
  })
})

describe('the table of releases', () => {
  it('knows every version that runs', () => {
    expect(checks.filter(({ id, version }) => releaseOf(id, version) === null).map(({ id }) => id)).toEqual([])
  })

  it('never changes what stands in it', () => {
    const before = { 'a.b': { '1': '0.1.0' }, 'gone.one': { '3': '0.2.0' } }
    const after = withRunning(before, '0.9.0', [
      { id: 'a.b', version: 2 },
      { id: 'c.d', version: 1 },
    ])
    expect(after).toEqual({
      'a.b': { '1': '0.1.0', '2': '0.9.0' },
      'c.d': { '1': '0.9.0' },
      'gone.one': { '3': '0.2.0' },
    })
    expect(withRunning(after, '1.0.0', [{ id: 'a.b', version: 1 }])['a.b']).toEqual(after['a.b'])
    expect(releaseOf('constructor', 1, before)).toBeNull()
  })
})
