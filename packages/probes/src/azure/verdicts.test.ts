import { describe, expect, it } from 'vitest'
import { judge, rollUp } from '../engine/judge.ts'
import { checks } from '../registry.ts'
import { examined } from '../testing/examined.ts'
import { look } from './vendor.ts'

const parameters: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'azure.kv.network': { allowedAddresses: ['192.0.2.7'] },
  'azure.backup.protected': { workloads: ['vm-prod', 'pg-prod'] },
  'azure.locks': { groups: ['rg-prod'] },
  'azure.defender-secure-score': { before: 60 },
}

describe('Azure as it should be', () => {
  it('passes every check on what is really read', async () => {
    const { reading } = await look()
    const own = checks.filter(({ connector }) => connector === 'azure')
    const states = own.map((check) => [
      check.id,
      rollUp(judge(check, reading, { system: 'test', now: examined, parameters: parameters[check.id] ?? {} })),
    ])
    expect(own).toHaveLength(17)
    expect(states).toEqual(own.map(({ id }) => [id, 'pass']))
  })
})
