import { describe, expect, it } from 'vitest'
import { mayRole } from './permission.ts'

describe('mayRole', () => {
  it('offers a signature to owner and signatory only', () => {
    const may = (['owner', 'editor', 'signatory', 'dpo', 'member'] as const).filter((role) =>
      mayRole(role, 'edition:sign'),
    )
    expect(may).toEqual(['owner', 'signatory'])
  })

  it('offers the data protection officer to look but not to change', () => {
    expect(mayRole('dpo', 'ledger:read')).toBe(true)
    expect(mayRole('dpo', 'mapping:confirm')).toBe(false)
  })

  it('offers nothing to somebody without a role', () => {
    expect(mayRole(null, 'ledger:read')).toBe(false)
  })
})
