import type { Role } from '../api/api.ts'

/** What a page offers depends on these; the server decides again for itself. */
export type Permission =
  | 'register:write'
  | 'mapping:confirm'
  | 'connection:write'
  | 'check:run'
  | 'edition:draft'
  | 'edition:sign'
  | 'access:write'
  | 'ledger:read'

const grants: Readonly<Record<Role, readonly Permission[]>> = {
  owner: [
    'register:write',
    'mapping:confirm',
    'connection:write',
    'check:run',
    'edition:draft',
    'edition:sign',
    'access:write',
    'ledger:read',
  ],
  editor: ['register:write', 'mapping:confirm', 'connection:write', 'check:run', 'edition:draft', 'ledger:read'],
  signatory: ['mapping:confirm', 'edition:draft', 'edition:sign', 'ledger:read'],
  dpo: ['ledger:read'],
  member: [],
}

/** Whether a page offers this to a role; somebody without a role is offered nothing. */
export function mayRole(role: Role | null, permission: Permission): boolean {
  return role !== null && grants[role].includes(permission)
}
