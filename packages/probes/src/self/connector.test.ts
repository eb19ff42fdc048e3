import { describe, expect, it } from 'vitest'
import { prove } from '../engine/prove.ts'
import { parseTarget } from '../engine/target.ts'
import type { SelfFacts } from './facts.ts'

const told: SelfFacts = {
  runtime: { product: 'nodejs', version: '20.20.2' },
  resetTokens: { ttlSeconds: 3_600, hashed: true, singleUse: true },
}

describe('asking the installation about itself', () => {
  it('judges what it tells, with the support period of the runtime, and says of the rest that nobody looks', async () => {
    const { targets } = await prove(parseTarget('self'), { context: { self: () => Promise.resolve(told) } })
    const states = new Map(targets[0]?.checks.map(({ check, state }) => [check, state]))
    expect(states.get('self.runtime-supported')).toBe('fail')
    expect(states.get('self.reset-token-limited')).toBe('pass')
    expect(states.get('self.tenant-isolation')).toBe('not-evaluated')
    expect(targets[0]?.reading).toMatchObject({ read: 'ok', complete: false })
  })

  it('says that a group with another form breaks the contract', async () => {
    const wrong = { resetTokens: { ttlSeconds: 'an hour' } } as unknown as SelfFacts
    const { targets } = await prove(parseTarget('self'), { context: { self: () => Promise.resolve(wrong) } })
    expect(targets[0]?.reading).toMatchObject({ facts: { resetTokens: { read: 'no', why: 'contract' } } })
  })
})
