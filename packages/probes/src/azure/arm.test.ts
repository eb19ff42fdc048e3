import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Unreadable } from '../engine/reading.ts'
import { groupLabel, labelOf, turns } from './arm.ts'

describe('work in turns', () => {
  it('never has more under way than allowed, and goes on after a failure', async () => {
    const turn = turns(3)
    let busy = 0
    let most = 0
    const all = await Promise.allSettled(
      Array.from({ length: 20 }, (_none, index) =>
        turn(async () => {
          busy += 1
          most = Math.max(most, busy)
          await sleep(1)
          busy -= 1
          if (index % 4 === 0) throw new Error('for the test')
          return index
        }),
      ),
    )
    expect(most).toBe(3)
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(15)
  })
})

describe('the id of a resource', () => {
  it('becomes the same name however Azure spells it', () => {
    const id =
      '/subscriptions/ABCDEF01-0000-4000-8000-000000000000/resourceGroups/RG/providers/Microsoft.KeyVault/vaults/KV'
    expect(labelOf(id)).toBe('abcdef01/rg/vaults/kv')
    expect(labelOf(id.toUpperCase())).toBe('abcdef01/rg/vaults/kv')
    expect(groupLabel('/subscriptions/abcdef01-0000/resourcegroups/RG')).toBe('abcdef01/rg')
  })

  it('is read or refused, whatever the text', () => {
    const part = fc.constantFrom('', '/', 'subscriptions', 'resourceGroups', 'providers', 'a', 'B.c', '%', 'é')
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(part).map((parts) => `/${parts.join('/')}`),
        ),
        (text) => {
          try {
            expect(labelOf(text)).toBe(labelOf(text).toLowerCase())
          } catch (error) {
            expect(error).toBeInstanceOf(Unreadable)
          }
        },
      ),
    )
  })
})
