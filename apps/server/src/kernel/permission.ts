/** What a role may do. `read` is split where a page shows more than the published document. */
export type Permission =
  | 'register:read'
  | 'register:write'
  | 'mapping:confirm'
  | 'connection:write'
  | 'check:run'
  | 'edition:draft'
  | 'edition:sign'
  | 'access:write'
  | 'ledger:read'

/** A person's role in one tenant. The dpo advises and reads all, and neither owns nor signs (Art. 38(6) GDPR). */
export type Role = 'owner' | 'editor' | 'signatory' | 'dpo' | 'member'

/** All roles, strongest first. */
export const roles = ['owner', 'editor', 'signatory', 'dpo', 'member'] as const satisfies readonly Role[]

const read: readonly Permission[] = ['register:read', 'ledger:read']

const grants = {
  owner: [
    ...read,
    'register:write',
    'mapping:confirm',
    'connection:write',
    'check:run',
    'edition:draft',
    'edition:sign',
    'access:write',
  ],
  editor: [...read, 'register:write', 'mapping:confirm', 'connection:write', 'check:run', 'edition:draft'],
  signatory: [...read, 'mapping:confirm', 'edition:draft', 'edition:sign'],
  dpo: read,
  member: ['register:read'],
} satisfies Record<Role, readonly Permission[]>

/** What a role may do, as the table says it. */
export function permissionsOf(role: Role): readonly Permission[] {
  return grants[role]
}
