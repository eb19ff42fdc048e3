import { describe, expect, it } from 'vitest'
import { permissions, permissionsOf, permissionsOfGrant, roles, standings } from './permission.ts'
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

describe('the roles', () => {
  /** What docs/guides/people-and-access.md and the guides of people, requests and rooms say of each. */
  const said: Readonly<Record<'editor' | 'signatory' | 'dpo' | 'member', { may: Permission[]; never: Permission[] }>> =
    {
      editor: {
        may: ['register:write', 'mapping:confirm', 'connection:write', 'check:run', 'edition:draft', 'room:write'],
        never: ['edition:sign', 'exception:grant', 'access:write', 'person:read', 'request:read'],
      },
      signatory: {
        may: ['mapping:confirm', 'edition:sign', 'exception:grant', 'person:write', 'request:write', 'room:write'],
        never: ['register:write', 'connection:write', 'check:run', 'access:read', 'access:write', 'shield:preview'],
      },
      dpo: {
        may: [
          'register:read',
          'ledger:read',
          'access:read',
          'person:read',
          'request:read',
          'comment:write',
          'room:visit',
        ],
        never: ['edition:sign', 'exception:grant', 'duty:sign', 'person:write', 'access:write', 'room:write'],
      },
      member: {
        may: ['register:read', 'duty:sign', 'person:own'],
        never: ['ledger:read', 'comment:write', 'person:read', 'access:read', 'room:visit'],
      },
    }

  it.each(Object.entries(said))('let the %s do what the guide says', (role, { may, never }) => {
    const can = permissionsOf(role as keyof typeof said)
    expect(may.filter((one) => !can.includes(one))).toEqual([])
    expect(never.filter((one) => can.includes(one))).toEqual([])
  })

  it('let an owner do everything but ask as a guest, and nobody more', () => {
    expect(permissions.filter((one) => !permissionsOf('owner').includes(one))).toEqual(['room:ask'])
    for (const role of roles)
      expect(permissionsOf(role).filter((one) => !permissionsOf('owner').includes(one))).toEqual([])
  })

  it('leave inviting and removing people to the owner, and the first rows of a file', () => {
    for (const one of ['access:write', 'shield:preview'] as const)
      expect(roles.filter((role) => permissionsOf(role).includes(one))).toEqual(['owner'])
  })

  it('let whoever reads a kind of record and writes it read it first, with each permission once', () => {
    for (const role of roles) {
      const can = permissionsOf(role)
      expect(new Set(can).size).toBe(can.length)
      for (const kind of ['person', 'request', 'register', 'access'] as const)
        if (can.includes(`${kind}:write`)) expect(can).toContain(`${kind}:read`)
      // Whoever opens a room answers in it.
      if (can.includes('room:write')) expect(can).toContain('room:visit')
    }
  })

  it('let whoever connects systems bring what a program sends, and everybody keep their own record', () => {
    const pushes = ['facts:push', 'drill:push', 'deletion:report'] as const
    for (const role of roles) {
      const can = permissionsOf(role)
      for (const push of pushes) expect(can.includes(push)).toBe(can.includes('connection:write'))
      expect(can).toContain('person:own')
    }
  })
})

describe('somebody who is no member', () => {
  it('visits and asks as a guest, and does nothing else', () => {
    expect(permissionsOf('guest')).toEqual(['room:visit', 'room:ask'])
    expect(standings).toEqual([...roles, 'operator', 'guest'])
  })

  it('only reads as an operator, or repairs as an editor would', () => {
    expect(permissionsOfGrant('read')).toEqual(['register:read', 'ledger:read'])
    const work = permissionsOfGrant('work')
    const repairs: Permission[] = ['register:write', 'mapping:confirm', 'connection:write', 'check:run']
    expect(repairs.filter((one) => !work.includes(one))).toEqual([])
    expect(work.filter((one) => !permissionsOf('editor').includes(one))).toEqual([])
    const never = /sign|grant|access|person|request|incident|room|push|report|shield/
    expect(work.filter((one) => never.test(one))).toEqual([])
  })
})
