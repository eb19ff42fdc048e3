/** What somebody may do in a tenant. `read` is split where a page shows more than the published document. */
export const permissions = [
  'register:read',
  'register:write',
  'mapping:confirm',
  'comment:write',
  'connection:write',
  'check:run',
  'facts:push',
  'drill:push',
  'deletion:report',
  'edition:draft',
  'edition:sign',
  'exception:grant',
  'duty:sign',
  'person:own',
  'person:read',
  'person:write',
  'incident:write',
  'request:read',
  'request:write',
  'ledger:read',
  'access:read',
  'access:write',
  'room:visit',
  'room:ask',
  'room:write',
  'shield:write',
  'shield:preview',
] as const

/** What somebody may do in a tenant. */
export type Permission = (typeof permissions)[number]

/** A person's role in one tenant. The dpo advises and reads all, and neither owns nor signs (Art. 38(6) GDPR). */
export type Role = 'owner' | 'editor' | 'signatory' | 'dpo' | 'member'

/** All roles, strongest first. */
export const roles = ['owner', 'editor', 'signatory', 'dpo', 'member'] as const satisfies readonly Role[]

/** How somebody stands in a tenant: by a role, or let in for a time as the operator or as the guest of a room. */
export const standings = [...roles, 'operator', 'guest'] as const

/** How somebody stands in a tenant. */
export type Standing = (typeof standings)[number]

const read: readonly Permission[] = ['register:read', 'ledger:read']

const grants = {
  owner: [
    ...read,
    'register:write',
    'mapping:confirm',
    'comment:write',
    'connection:write',
    'check:run',
    'facts:push',
    'drill:push',
    'deletion:report',
    'edition:draft',
    'edition:sign',
    'exception:grant',
    'duty:sign',
    'person:own',
    'person:read',
    'person:write',
    'incident:write',
    'request:read',
    'request:write',
    'access:read',
    'access:write',
    'room:visit',
    'room:write',
    'shield:write',
    'shield:preview',
  ],
  editor: [
    ...read,
    'register:write',
    'duty:sign',
    'person:own',
    'incident:write',
    'mapping:confirm',
    'comment:write',
    'connection:write',
    'check:run',
    'facts:push',
    'drill:push',
    'deletion:report',
    'edition:draft',
    'access:read',
    'room:visit',
    'room:write',
    'shield:write',
  ],
  signatory: [
    ...read,
    'mapping:confirm',
    'comment:write',
    'edition:draft',
    'edition:sign',
    'exception:grant',
    'duty:sign',
    'person:own',
    'person:read',
    'person:write',
    'incident:write',
    'request:read',
    'request:write',
    'room:visit',
    'room:write',
  ],
  dpo: [
    ...read,
    'comment:write',
    'access:read',
    'person:own',
    'person:read',
    'request:read',
    'request:write',
    'room:visit',
  ],
  member: ['register:read', 'duty:sign', 'person:own'],
  guest: ['room:visit', 'room:ask'],
} satisfies Record<Role | 'guest', readonly Permission[]>

/** What a role may do, as the table says it. */
export function permissionsOf(role: Role | 'guest'): readonly Permission[] {
  return grants[role]
}

/** How far an operator may be let in: to look, or to repair as an editor would. Never to sign, and never to let others in. */
export const grantScopes = ['read', 'work'] as const

/** How far an operator may be let in. */
export type GrantScope = (typeof grantScopes)[number]

const granted = {
  read,
  work: [...read, 'register:write', 'mapping:confirm', 'connection:write', 'check:run'],
} satisfies Record<GrantScope, readonly Permission[]>

/** What an operator may do whom a tenant let in. */
export function permissionsOfGrant(scope: GrantScope): readonly Permission[] {
  return granted[scope]
}
