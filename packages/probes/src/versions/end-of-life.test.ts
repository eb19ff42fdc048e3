import { readFileSync } from 'node:fs'
import { gunzipSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { compareVersions, endOfLifeSource, knowsProduct, lifecycleOf, refreshEndOfLife } from './end-of-life.ts'
import { lagOf, supportOf } from './support.ts'

const shipped = readFileSync(new URL('end-of-life.json.gz', import.meta.url))
afterEach(() => refreshEndOfLife(shipped))
const now = new Date('2026-11-22T12:00:00Z')

describe('the end-of-life data', () => {
  it('ships with its source, licence and date, and the products that matter', () => {
    expect(endOfLifeSource()).toMatchObject({ source: 'https://endoflife.date', licence: 'MIT', date: '2026-08-22' })
    expect(endOfLifeSource().products).toBeGreaterThan(100)
    for (const product of ['nodejs', 'postgresql', 'debian', 'ubuntu', 'openssl', 'nginx', 'python', 'kubernetes'])
      expect(knowsProduct(product)).toBe(true)
    expect(readFileSync(new URL('NOTICE.md', import.meta.url), 'utf8')).toContain(
      'Copyright 2020 endoflife.date contributors',
    )
  })

  it.each([
    ['nodejs', '20.20.2', '20', '2026-04-30'],
    ['debian', '12.11', '12', '2026-07-11'],
    ['debian', '12', '12', '2026-07-11'],
    ['openssl', '3.0.19', '3.0', '2026-09-07'],
    ['postgresql', '15.18', '15', '2027-11-11'],
    ['ubuntu', '22.04', '22.04', '2027-04-01'],
  ])('knows that %s %s belongs to %s and ends on %s', (product, version, cycle, endOfLife) => {
    expect(lifecycleOf(product, version)).toMatchObject({ cycle, endOfLife })
  })

  it('does not guess: an unknown product or version has no cycle, and names of objects are no products', () => {
    expect(lifecycleOf('nodejs', 'two')).toBeNull()
    expect(lifecycleOf('nodejs', '200.1')).toBeNull()
    for (const product of ['no-such-thing', 'constructor', '__proto__', 'toString'])
      expect(lifecycleOf(product, '1')).toBeNull()
  })

  it('is replaced by the answer of the API, plain or gzipped', () => {
    const answer = Buffer.from(
      JSON.stringify({
        generated_at: '2026-11-20T00:00:00+00:00',
        result: [
          {
            name: 'nodejs',
            releases: [
              {
                name: '30',
                releaseDate: '2027-04-01',
                isEol: false,
                eolFrom: null,
                latest: { name: '30.1.0', date: '2027-05-01' },
              },
              { name: '8', isEol: true },
            ],
          },
        ],
      }),
    )
    for (const bytes of [answer, gzipSync(answer)]) {
      refreshEndOfLife(bytes)
      expect(endOfLifeSource()).toMatchObject({ date: '2026-11-20', products: 1 })
      expect(lifecycleOf('nodejs', '30.0.0')).toEqual({
        cycle: '30',
        endOfLife: false,
        latest: '30.1.0',
        latestDate: '2027-05-01',
      })
      expect(lifecycleOf('nodejs', '8.1')).toMatchObject({ endOfLife: true, latest: null })
    }
  })

  it.each([Buffer.from('nonsense'), Buffer.from('{}'), Buffer.from([0x1f, 0x8b, 1]), Buffer.alloc(0)])(
    'refuses other bytes with a sentence and stays as it was',
    (bytes) => {
      expect(() => refreshEndOfLife(bytes)).toThrow(/^This is no end-of-life data/)
      expect(endOfLifeSource().date).toBe('2026-08-22')
    },
  )

  it('holds every cycle in a form that the checks can read', () => {
    const { products } = JSON.parse(gunzipSync(shipped).toString('utf8')) as { products: Record<string, [string][]> }
    for (const [product, rows] of Object.entries(products))
      for (const [cycle] of rows) expect(lifecycleOf(product, cycle)?.cycle, `${product} ${cycle}`).toBe(cycle)
  })
})

describe('comparing versions', () => {
  it('goes by numbers, part by part', () => {
    expect(compareVersions('9.2', '9.10')).toBe(-1)
    expect(compareVersions('1.22.1', '1.22.1-9+deb12')).toBe(0)
    expect(compareVersions('v2', '1.9.9')).toBe(1)
    expect(compareVersions('15', '15.0')).toBe(0)
  })

  it('is an order', () => {
    const version = fc.array(fc.nat(30), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('.'))
    fc.assert(
      fc.property(version, version, (a, b) => {
        expect(compareVersions(a, b)).toBe(0 - compareVersions(b, a))
      }),
    )
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0)
          expect(compareVersions(a, c)).toBeLessThanOrEqual(0)
      }),
    )
  })

  it('counts the last day of support in, and days since a patch', () => {
    const cycle = { cycle: '1', latest: '1.2', latestDate: '2026-11-12' }
    expect(supportOf({ ...cycle, endOfLife: '2026-11-22' }, now)).toEqual({
      state: 'supported',
      until: '2026-11-22',
      days: 0,
    })
    expect(supportOf({ ...cycle, endOfLife: '2026-11-21' }, now)).toEqual({ state: 'ended', since: '2026-11-21' })
    expect(supportOf({ ...cycle, endOfLife: false }, now)).toMatchObject({ state: 'supported', until: null })
    expect(lagOf('1.1', { ...cycle, endOfLife: false }, now)).toEqual({ behind: true, latest: '1.2', days: 10 })
    expect(lagOf('1.3', { ...cycle, endOfLife: false }, now)).toEqual({ behind: false })
  })
})
