import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { selfResetTokenLimited } from '../self/checks/reset-token-limited.ts'
import { tlsExpiry } from '../tls/checks/expiry.ts'
import { tlsProtocols } from '../tls/checks/protocols.ts'
import { fail, pass } from './check.ts'
import type { Check } from './check.ts'
import { bindParameters, findingKey, judge, rollUp } from './judge.ts'
import { seen, unseen } from './reading.ts'
import type { Reading } from './reading.ts'

const at = '2026-11-22T12:00:00.000Z'
const now = new Date(at)
const reading = (...answers: boolean[]): Reading => ({ ...seen({ doors: seen(answers) }), at, source: 'test' })

const params = z.object({ allowed: z.int().default(0), level: z.enum(['1.2', '1.3']).default('1.2') })

const doors = {
  ...tlsProtocols,
  id: 'test.doors',
  params,
  reads: ['doors'],
  maxAge: 'P1D',
  serves: [{ measure: 'rooms-locked', as: 'proves', takes: { doorsOpen: 'allowed', tls: 'level' } }],
  messages: { open: { en: 'Door {door} is open.', de: 'Tür {door} ist offen.' }, shut: { en: 'Shut.', de: 'Zu.' } },
  judge({ doors }: { doors: boolean[] }) {
    return doors.map((open, door) =>
      open ? fail(`door-${door}`, `doors.${door}`, 'open', { door }) : pass(`door-${door}`, 'doors', 'shut'),
    )
  },
} satisfies Check<{ doors: boolean[] }, 'doors', typeof params>

describe('judging', () => {
  it('says for each subject what the check said, in both languages, with what led to it', () => {
    const [first, second] = judge(doors, reading(false, true), { system: 'house', now })
    expect(first).toMatchObject({
      check: 'test.doors',
      system: 'house',
      subject: 'door-0',
      state: 'pass',
      say: { en: 'Shut.' },
    })
    expect(second).toMatchObject({
      state: 'fail',
      because: ['doors.1'],
      say: { en: 'Door 1 is open.', de: 'Tür 1 ist offen.' },
    })
    expect(second).toMatchObject({
      parameters: { allowed: 0, level: '1.2' },
      at,
      freshUntil: '2026-11-23T12:00:00.000Z',
    })
  })

  it('gives the same outcome again from the stored reading', () => {
    const stored = JSON.parse(JSON.stringify(reading(true, false))) as Reading
    expect(judge(doors, stored, { system: 'house', now })).toEqual(
      judge(doors, reading(true, false), { system: 'house', now }),
    )
  })

  it('is stale, and asks no check, once the window has passed', () => {
    const late = new Date('2026-11-23T12:00:00.001Z')
    expect(judge(doors, reading(true), { system: 'house', now: late }).map(({ state }) => state)).toEqual(['stale'])
    expect(judge(doors, reading(true), { system: 'house', now: new Date('2026-11-23T12:00:00.000Z') })[0]?.state).toBe(
      'fail',
    )
  })

  it('passes the reason on when the whole look failed', () => {
    const blind: Reading = { ...unseen('throttled', 'too many'), at, source: 'test' }
    expect(judge(doors, blind, { system: 'house', now })).toMatchObject([
      { state: 'not-evaluated', reason: 'throttled', subject: '*', say: { params: { detail: 'too many' } } },
    ])
  })

  it('is not evaluated when a group is missing or the parameters are wrong', () => {
    const empty: Reading = { ...seen({}), at, source: 'test' }
    expect(judge(doors, empty, { system: 'house', now })[0]?.reason).toBe('contract')
    expect(judge(doors, reading(false), { system: 'house', now, parameters: { allowed: 'many' } })[0]).toMatchObject({
      reason: 'not-configured',
      say: { params: { detail: 'parameters: allowed' } },
    })
  })

  it.each(['fail', 'pass', 'not-applicable'] as const)(
    'says %s for an empty set where the check wants it so',
    (onEmpty) => {
      expect(judge({ ...doors, onEmpty }, reading(), { system: 'house', now }).map(({ state }) => state)).toEqual([
        onEmpty,
      ])
    },
  )

  it('stops at a sentence that the check does not have: that is a defect of the check', () => {
    const wrong = { ...doors, messages: {} }
    expect(() => judge(wrong, reading(true), { system: 'house', now })).toThrow('test.doors has no message "open"')
  })

  it('rolls subjects up to the worst, and to pass only where something passed', () => {
    const states = (...all: Parameters<typeof rollUp>[0][number]['state'][]) => rollUp(all.map((state) => ({ state })))
    expect(states('pass', 'fail', 'info')).toBe('fail')
    expect(states('pass', 'not-evaluated')).toBe('not-evaluated')
    expect(states('info', 'pass')).toBe('pass')
    expect(states('info')).toBe('info')
    expect(states()).toBe('not-applicable')
  })
})

describe('the key of a finding', () => {
  it('is the same for the same check, system and subject only, and shows neither', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 4 }), fc.string(), (system, subject, other) => {
        const key = findingKey('a.b', system, subject)
        expect(key).toBe(findingKey('a.b', system, subject))
        expect(key).toMatch(/^a\.b\/[0-9a-f]{24}$/)
        if (other !== subject) expect(findingKey('a.b', system, other)).not.toBe(key)
      }),
    )
    expect(findingKey('a', 'b', 'c\0d')).not.toBe(findingKey('a', 'b\0c', 'e'))
  })
})

describe('binding the parameters of a statement', () => {
  it('carries them over, as number or as text', () => {
    expect(bindParameters(doors, 'rooms-locked', { doorsOpen: '2', tls: 1.3 })).toEqual({
      parameters: { allowed: 2, level: '1.3' },
      bound: ['doorsOpen', 'tls'],
      refused: [],
    })
    expect(bindParameters(tlsProtocols, 'transport-encryption', { tls: '1.2' }).parameters).toEqual({
      minVersion: '1.2',
    })
  })

  it('counts durations in the unit of the parameter', () => {
    const bind = (tokenLifetime: string) => bindParameters(selfResetTokenLimited, 'password-reset', { tokenLifetime })
    expect(bind('PT15M')).toMatchObject({ parameters: { maxSeconds: 900 }, bound: ['tokenLifetime'] })
    expect(bind('P1D').parameters).toEqual({ maxSeconds: 86_400 })
    for (const odd of ['P1M', 'P1Y', 'PT', 'soon', 'P1.5D'])
      expect(bind(odd)).toEqual({ parameters: {}, bound: [], refused: ['tokenLifetime'] })
  })

  it('names what it cannot judge, and leaves alone what it does not take', () => {
    expect(bindParameters(doors, 'rooms-locked', { tls: '1.9', raidLevel: '5' })).toEqual({
      parameters: {},
      bound: [],
      refused: ['tls'],
    })
    expect(bindParameters(tlsExpiry, 'transport-encryption', { tls: '1.2' }).bound).toEqual([])
    expect(bindParameters(doors, 'visitor-escort', { tls: '1.2' }).bound).toEqual([])
  })
})
