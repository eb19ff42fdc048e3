import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assuranceOf } from './assurance.ts'
import type { CheckBacking, Promised } from './assurance.ts'

const now = new Date('2026-11-22T12:00:00Z')
const fresh = new Date('2026-11-23T00:00:00Z')
const old = new Date('2026-11-21T00:00:00Z')
const check = (state: CheckBacking['state'], more: Partial<CheckBacking> = {}): CheckBacking => ({
  relation: 'proves',
  state,
  freshUntil: fresh,
  ...more,
})
const part = (...checks: CheckBacking[]) => ({ confirmed: true, checks })
const signed = (until: readonly (Date | null)[], ...checks: CheckBacking[]) => ({
  ...part(...checks),
  signOffs: until.map((freshUntil) => ({ freshUntil })),
})
const missed = (...checks: CheckBacking[]) => ({
  ...part(...checks),
  signOffs: [{ freshUntil: fresh, isOverdue: true }],
})
const theirs = (until: readonly (Date | null)[], ...checks: CheckBacking[]) => ({
  guarantor: 'processor' as const,
  parts: [{ ...part(...checks), guarantees: until.map((freshUntil) => ({ freshUntil })) }],
})
const promised = (more: Partial<Promised>): Promised => ({ status: 'in-place', guarantor: 'us', parts: [], ...more })

describe('the truth table of assurance', () => {
  const table: [string, Partial<Promised>, string][] = [
    ['nothing mapped', {}, 'stated'],
    ['signed off', { parts: [signed([fresh])] }, 'attested'],
    ['signed off, unconfirmed', { parts: [{ ...signed([fresh]), confirmed: false }] }, 'stated'],
    ['signed off, window over', { parts: [signed([old])] }, 'lapsed'],
    ['the window of one of two sign-offs is over', { parts: [signed([fresh, old])] }, 'lapsed'],
    ['signed off and proven', { parts: [signed([fresh], check('pass'))] }, 'verified'],
    ['window of the sign-off over, checks pass', { parts: [signed([old], check('pass'))] }, 'verified'],
    ['not signed off yet', { parts: [signed([null])] }, 'stated'],
    ['one of two is not signed off yet', { parts: [signed([fresh, null])] }, 'stated'],
    ['not signed off yet, checks pass', { parts: [signed([null], check('pass'))] }, 'verified'],
    ['both windows over', { parts: [signed([old], check('pass', { freshUntil: old }))] }, 'lapsed'],
    ['a duty overdue beyond its grace', { parts: [missed()] }, 'failing'],
    ['a duty overdue beyond its grace, checks pass', { parts: [missed(check('pass'))] }, 'failing'],
    ['a duty overdue, but planned', { status: 'planned', parts: [missed()] }, 'planned'],
    ['signed off, a check says fail', { parts: [signed([fresh], check('fail'))] }, 'failing'],
    ['window of the sign-off over, a check says fail', { parts: [signed([old], check('fail'))] }, 'failing'],
    ['signed off, could not look', { parts: [signed([fresh], check('not-evaluated'))] }, 'attested'],
    [
      'signed off, window of the check over',
      { parts: [signed([fresh], check('pass', { freshUntil: old }))] },
      'attested',
    ],
    [
      'signed off, what supports it fails',
      { parts: [signed([fresh], check('fail', { relation: 'supports' }))] },
      'stated',
    ],
    ['signed off while an exception holds', { parts: [signed([fresh], check('pass', { excepted: true }))] }, 'stated'],
    ['signed off where possible', { status: 'conditional', parts: [signed([fresh])] }, 'stated'],
    ['signed off but planned', { status: 'planned', parts: [signed([fresh])] }, 'planned'],
    ['one part signed off, one proven', { parts: [signed([fresh]), part(check('pass'))] }, 'attested'],
    ['one part signed off, one only stated', { parts: [signed([fresh]), part()] }, 'stated'],
    ['a processor, all of it on file', theirs([fresh]), 'inherited'],
    [
      'a processor, unconfirmed',
      { ...theirs([fresh]), parts: [{ ...theirs([fresh]).parts[0]!, confirmed: false }] },
      'stated',
    ],
    ['a processor whose papers we promise ourselves', { ...theirs([fresh]), guarantor: 'us' }, 'stated'],
    ['a processor, guaranteed by the customer', { ...theirs([fresh]), guarantor: 'customer' }, 'customer'],
    ['a processor whose papers ran out', theirs([old]), 'lapsed'],
    ['a processor of whom not all is on file', theirs([null]), 'stated'],
    ['two processors, both on file', theirs([fresh, fresh]), 'inherited'],
    ['two processors, the papers of one ran out', theirs([fresh, old]), 'lapsed'],
    ['two processors, of one not all is on file', theirs([fresh, null]), 'stated'],
    ['a processor that nobody names', theirs([]), 'stated'],
    ['a processor, and checks pass', theirs([fresh], check('pass')), 'verified'],
    ['a processor whose papers ran out, and checks pass', theirs([old], check('pass')), 'verified'],
    ['a processor, but a check says fail', theirs([fresh], check('fail')), 'failing'],
    ['a processor, window of the check over', theirs([fresh], check('pass', { freshUntil: old })), 'inherited'],
    ['a processor, could not look', theirs([fresh], check('not-evaluated')), 'inherited'],
    ['a processor, where possible', { ...theirs([fresh]), status: 'conditional' }, 'stated'],
    ['a processor, but planned', { ...theirs([fresh]), status: 'planned' }, 'planned'],
    [
      'a processor, and a duty overdue beyond its grace',
      { guarantor: 'processor', parts: [{ ...missed(), guarantees: [{ freshUntil: fresh }] }] },
      'failing',
    ],
    [
      'one part inherited, one proven',
      { ...theirs([fresh]), parts: [...theirs([fresh]).parts, part(check('pass'))] },
      'inherited',
    ],
    [
      'one part inherited, one only stated',
      { ...theirs([fresh]), parts: [...theirs([fresh]).parts, part()] },
      'stated',
    ],
    ['confirmed, no check', { parts: [part()] }, 'stated'],
    ['unconfirmed, all pass', { parts: [{ confirmed: false, checks: [check('pass')] }] }, 'stated'],
    ['unconfirmed, one fails', { parts: [{ confirmed: false, checks: [check('fail')] }] }, 'stated'],
    ['proving check passes', { parts: [part(check('pass'))] }, 'verified'],
    ['passes on one system, fails on another', { parts: [part(check('pass'), check('fail'))] }, 'failing'],
    [
      'passes on one system, could not look at another',
      { parts: [part(check('pass'), check('not-evaluated'))] },
      'stated',
    ],
    [
      'passes on one system, does not apply to another',
      { parts: [part(check('pass'), check('not-applicable'))] },
      'verified',
    ],
    ['applies to nothing', { parts: [part(check('not-applicable'))] }, 'stated'],
    ['could look at nothing', { parts: [part(check('not-evaluated'))] }, 'stated'],
    ['only informs', { parts: [part(check('info'))] }, 'stated'],
    ['only supports', { parts: [part(check('pass', { relation: 'supports' }))] }, 'stated'],
    ['only a supporting check fails', { parts: [part(check('fail', { relation: 'supports' }))] }, 'stated'],
    ['a supporting check fails', { parts: [part(check('pass'), check('fail', { relation: 'supports' }))] }, 'stated'],
    ['passed, window over', { parts: [part(check('pass', { freshUntil: old }))] }, 'lapsed'],
    ['one of two passes is too old', { parts: [part(check('pass'), check('pass', { freshUntil: old }))] }, 'lapsed'],
    ['fails with an exception', { parts: [part(check('pass'), check('fail', { excepted: true }))] }, 'stated'],
    ['all that fails has exceptions, nothing passes', { parts: [part(check('fail', { excepted: true }))] }, 'stated'],
    [
      'one fail with an exception, one without',
      { parts: [part(check('fail', { excepted: true }), check('fail'))] },
      'failing',
    ],
    ['passes while an exception holds', { parts: [part(check('pass', { excepted: true }))] }, 'stated'],
    [
      'passes while an exception holds for what supports it',
      { parts: [part(check('pass'), check('pass', { relation: 'supports', excepted: true }))] },
      'stated',
    ],
    [
      'a supporting check fails with an exception',
      { parts: [part(check('pass'), check('fail', { relation: 'supports', excepted: true }))] },
      'stated',
    ],
    [
      'an exception in one of two parts',
      { parts: [part(check('pass')), part(check('fail', { excepted: true }))] },
      'stated',
    ],
    [
      'nobody could look, but an exception holds',
      { parts: [part(check('not-evaluated', { excepted: true }))] },
      'stated',
    ],
    [
      'where possible, fails with an exception',
      { status: 'conditional', parts: [part(check('fail', { excepted: true }))] },
      'stated',
    ],
    ['two parts, one only stated', { parts: [part(check('pass')), part()] }, 'stated'],
    ['two parts, one failing', { parts: [part(check('pass')), part(check('fail'))] }, 'failing'],
    ['two parts, both verified', { parts: [part(check('pass')), part(check('pass'))] }, 'verified'],
    ['two parts, one lapsed and one stated', { parts: [part(check('pass', { freshUntil: old })), part()] }, 'lapsed'],
    ['where possible, passes', { status: 'conditional', parts: [part(check('pass'))] }, 'stated'],
    ['where possible, fails', { status: 'conditional', parts: [part(check('fail'))] }, 'failing'],
    ['planned, passes', { status: 'planned', parts: [part(check('pass'))] }, 'planned'],
    ['planned, fails', { status: 'planned', parts: [part(check('fail'))] }, 'planned'],
    ['not in place', { status: 'not-in-place', parts: [part(check('pass'))] }, 'absent'],
    ['not applicable', { status: 'not-applicable', parts: [part(check('fail'))] }, 'absent'],
    ['guaranteed by the customer', { guarantor: 'customer', parts: [part(check('fail'))] }, 'customer'],
    ['guaranteed by a processor, no report on file yet', { guarantor: 'processor', parts: [part()] }, 'stated'],
  ]
  for (const [situation, facts, expected] of table) {
    it(`says ${expected}: ${situation}`, () => {
      expect(assuranceOf(promised(facts), now)).toBe(expected)
    })
  }
})

const states = ['pass', 'fail', 'info', 'not-evaluated', 'not-applicable'] as const
const anyCheck = fc.record({
  relation: fc.constantFrom('proves', 'supports'),
  state: fc.constantFrom(...states),
  freshUntil: fc.constantFrom(fresh, old),
  excepted: fc.boolean(),
})
const anyPart = fc.record({ confirmed: fc.boolean(), checks: fc.array(anyCheck, { maxLength: 4 }) })
const anyPromise = fc.record({
  status: fc.constantFrom('in-place', 'planned', 'not-in-place', 'conditional', 'not-applicable'),
  guarantor: fc.constantFrom('us', 'processor', 'customer'),
  parts: fc.array(anyPart, { maxLength: 4 }),
})

describe('assurance', () => {
  it('is verified only where every part is confirmed and has a fresh, proving pass', () => {
    fc.assert(
      fc.property(anyPromise, (promise) => {
        if (assuranceOf(promise, now) !== 'verified') return
        expect(promise.status).toBe('in-place')
        for (const one of promise.parts) {
          expect(one.confirmed).toBe(true)
          expect(
            one.checks.some((each) => each.relation === 'proves' && each.state === 'pass' && each.freshUntil >= now),
          ).toBe(true)
          expect(one.checks.some((each) => each.excepted)).toBe(false)
          expect(one.checks.some((each) => each.state === 'fail')).toBe(false)
        }
      }),
    )
  })

  it('does not depend on the order of parts and checks', () => {
    fc.assert(
      fc.property(anyPromise, (promise) => {
        const turned = {
          ...promise,
          parts: promise.parts.toReversed().map((one) => ({ ...one, checks: one.checks.toReversed() })),
        }
        expect(assuranceOf(turned, now)).toBe(assuranceOf(promise, now))
      }),
    )
  })

  it('never becomes verified by one more fail, and never by one more look that saw nothing', () => {
    fc.assert(
      fc.property(anyPart, fc.constantFrom('fail' as const, 'not-evaluated' as const), (one, state) => {
        const worse = { ...one, checks: [...one.checks, check(state)] }
        expect(assuranceOf(promised({ parts: [worse] }), now)).not.toBe('verified')
      }),
    )
  })
})
