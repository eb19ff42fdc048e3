import { describe, expect, it } from 'vitest'
import { permissionsOf, roles } from './permission.ts'
import type { Permission } from './permission.ts'

describe('the dpo', () => {
  it('reads all and neither owns nor signs', () => {
    const never: Permission[] = [
      'edition:sign',
      'exception:grant',
      'register:write',
      'mapping:confirm',
      'access:write',
      'connection:write',
    ]
    for (const permission of never) expect(permissionsOf('dpo').includes(permission)).toBe(false)
    expect(permissionsOf('dpo').includes('register:read') && permissionsOf('dpo').includes('ledger:read')).toBe(true)
    for (const permission of ['edition:sign', 'exception:grant'] as const)
      expect(roles.filter((role) => permissionsOf(role).includes(permission))).toEqual(['owner', 'signatory'])
  })
})
