import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { testContext } from '../testing/servers.ts'
import { collect } from './connector.ts'
import type { Connector } from './connector.ts'
import { defaultContext } from './prove.ts'
import { Unreadable, seen, unseen } from './reading.ts'
import type { Groups } from './reading.ts'

type House = { door: { open: boolean }; cellar: { open: boolean } }
const group = z.object({ open: z.boolean() })
const settings = z.object({ street: z.string(), key: z.string() })

const house = (look: () => Promise<Groups<House>>) =>
  ({
    id: 'house',
    title: { en: 'House', de: 'Haus' },
    about: { en: 'A house.', de: 'Ein Haus.' },
    settings,
    facts: { door: group, cellar: group },
    history: { volatile: [] },
    needs: [],
    address: ({ street }) => street,
    collect: look,
  }) satisfies Connector<typeof settings, House>

const refusing = (error: Error) =>
  house(async () => {
    throw error
  })

const given = { street: 'Example Street', key: 'swordfish' }
const good = { door: seen({ open: false }), cellar: seen({ open: true }) }

describe('collecting', () => {
  it('says what was seen, when and where, without settings', async () => {
    const reading = await collect(
      house(() => Promise.resolve(good)),
      given,
      testContext({ now: () => new Date('2026-11-22T12:00:00Z') }),
    )
    expect(reading).toEqual({
      read: 'ok',
      complete: true,
      facts: good,
      at: '2026-11-22T12:00:00.000Z',
      source: 'house Example Street',
    })
  })

  it('is not complete when a group was not seen, or not wholly', async () => {
    const refused = { ...good, cellar: unseen('denied', 'locked') }
    const partial = { ...good, cellar: seen({ open: true }, false) }
    for (const groups of [refused, partial])
      expect(
        await collect(
          house(() => Promise.resolve(groups)),
          given,
          testContext(),
        ),
      ).toMatchObject({ read: 'ok', complete: false })
  })

  it('makes a broken contract of a field that is missing, names it, and does not repeat the value', async () => {
    const groups = { door: seen({ ajar: 'swordfish' }), cellar: good.cellar } as unknown as Groups<House>
    const reading = await collect(
      house(() => Promise.resolve(groups)),
      given,
      testContext(),
    )
    expect(reading).toMatchObject({
      facts: { door: { read: 'no', why: 'contract', detail: 'open (invalid_type)' }, cellar: { read: 'ok' } },
    })
    expect(JSON.stringify(reading)).not.toContain('swordfish')
  })

  it('makes a broken contract of a group that was not delivered', async () => {
    const groups = { door: good.door } as unknown as Groups<House>
    expect(
      await collect(
        house(() => Promise.resolve(groups)),
        given,
        testContext(),
      ),
    ).toMatchObject({ facts: { cellar: { why: 'contract' } } })
  })

  it('names a wrong setting and does not look', async () => {
    const reading = await collect(
      house(() => Promise.reject(new Error('looked'))),
      { street: 5, key: 'swordfish' },
      testContext(),
    )
    expect(reading).toMatchObject({ read: 'no', why: 'not-configured', detail: 'settings: street (invalid_type)' })
  })

  it.each([
    [new Unreadable('unlicensed', 'no plan', { needs: 'P1' }), { why: 'unlicensed', detail: 'no plan', needs: 'P1' }],
    [Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), { why: 'unreachable' }],
    [Object.assign(new Error('x'), { code: 'EACCES' }), { why: 'denied' }],
    [new TypeError('cannot read swordfish'), { why: 'contract', detail: 'the answer could not be used (TypeError)' }],
  ])('turns %s into a reason', async (error, reason) => {
    const reading = await collect(refusing(error), given, testContext())
    expect(reading).toMatchObject({ read: 'no', ...reason })
    expect(JSON.stringify(reading)).not.toContain('swordfish')
  })

  it('does not wait for a connector that ignores the end of its time', async () => {
    const signal = AbortSignal.timeout(30)
    const reading = await collect(
      house(() => new Promise(() => undefined)),
      given,
      defaultContext(signal),
    )
    expect(reading).toMatchObject({ read: 'no', why: 'unreachable', detail: 'no answer in time' })
  })
})
