import { describe, expect, it } from 'vitest'
import { checks, connectorOf } from '../registry.ts'
import { manyFacts } from './many-facts.ts'

const shapes = ['wide', 'deep'] as const

describe('facts made by the schema of a connector', () => {
  it.each(checks.map((check) => [check.id, check] as const))(
    'can be judged by %s, as many as they are',
    (_id, check) => {
      const connector = connectorOf(check.connector)
      if (!connector) throw new Error('the check has no connector')
      for (const shape of shapes)
        for (const variant of [0, 1] as const) {
          const facts = manyFacts(connector, check.reads, { facts: 60, shape, variant })
          if (facts)
            expect(() => check.judge(facts, check.params.parse({}), new Date('2026-11-22T12:00:00.000Z'))).not.toThrow()
        }
    },
  )

  it('are as many as were wished for, in all lists together', () => {
    const connector = connectorOf('hetzner')
    if (!connector) throw new Error('there is no such connector')
    const facts = manyFacts(connector, ['servers', 'volumes'], { facts: 60, shape: 'wide', variant: 0 })
    expect(Object.values(facts ?? {}).map((list) => (list as unknown[]).length)).toEqual([30, 30])
  })

  it('are none where nothing they hold can be many', () => {
    const connector = connectorOf('http')
    if (!connector) throw new Error('there is no such connector')
    expect(manyFacts(connector, ['plain'], { facts: 60, shape: 'wide', variant: 0 })).toBeUndefined()
  })
})
