import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { cvss4Score } from './cvss4.ts'
import { osvRecord, ratingOf } from './osv.ts'
import { record } from './vendor.ts'

const text = readFileSync(new URL('cvss4-scores.json', import.meta.url), 'utf8')
const { scores } = z.object({ scores: z.record(z.string(), z.number()) }).parse(JSON.parse(text))
const start = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H'

describe('a CVSS 4 vector', () => {
  it('has the score that others compute', () => {
    expect(Object.keys(scores).length).toBeGreaterThan(200)
    const ours = Object.fromEntries(Object.keys(scores).map((vector) => [vector, cvss4Score(vector)]))
    expect(ours).toEqual(scores)
  })

  // Scores that the specification and its examples publish.
  it.each([
    [`${start}/SC:H/SI:H/SA:H`, 10],
    [`${start}/SC:N/SI:N/SA:N`, 9.3],
    ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N', 0],
  ])('%s has the published score', (vector, score) => {
    expect(cvss4Score(vector)).toBe(score)
  })

  it.each([
    ['lacks a metric', start],
    ['names a metric twice', `${start}/SC:N/SI:N/SA:N/AV:N`],
    ['has an unknown value', `${start}/SC:N/SI:N/SA:Z`],
    ['has an unknown metric', `${start}/SC:N/SI:N/SA:N/QQ:N`],
    ['has safety where there is none', `${start}/SC:S/SI:N/SA:N`],
    ['leaves a metric of the base undefined', `${start}/SC:X/SI:N/SA:N`],
    ['is of another version', `${start}/SC:N/SI:N/SA:N`.replace('4.0', '4.1')],
  ])('that %s is none', (_name, vector) => {
    expect(cvss4Score(vector)).toBeUndefined()
  })

  it('disregards what supplements it', () => {
    expect(cvss4Score(`${start}/SC:N/SI:N/SA:N/S:P/AU:Y/U:Red`)).toBe(9.3)
  })

  it('is a score of one decimal or none, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((rest) => `${start}/${rest}`),
        ),
        (vector) => {
          const score = cvss4Score(vector)
          expect(score === undefined || (score >= 0 && score <= 10 && Math.round(score * 10) / 10 === score)).toBe(true)
        },
      ),
    )
  })

  it('counts where a record has no other', () => {
    const v4 = { type: 'CVSS_V4', score: `${start}/SC:N/SI:N/SA:N` }
    const v3 = { type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H' }
    const rate = (severity: object[]) => ratingOf(osvRecord.parse(record('GHSA-x', 'a', '2.0.0', { severity })))
    expect(rate([v4])).toEqual({ severity: 'critical', by: 'cvss-4', score: 9.3 })
    expect(rate([v4, v3])).toEqual({ severity: 'high', by: 'cvss-3', score: 7.2 })
  })
})
