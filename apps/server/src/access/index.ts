/**
 * Access: who may enter which tenant and do what there: tenants themselves, their members, invitations.
 *
 * - The role lies in the tenant's own database; the registry only knows that an account may open a tenant.
 * - The last owner stays; whoever is removed loses the sessions with the role, at once.
 * - Who runs the installation manages tenants and reads the content of none.
 *
 * Sources: Art. 25(2), 32(1)(b), 32(4) GDPR; OWASP ASVS 5.0 V8.
 */
export { manageOperations } from './manage.ts'
export type { ManageDependencies } from './manage.ts'
export { memberOperations } from './member.ts'
export type { MemberDependencies } from './member.ts'
export { accessErrors } from './errors.ts'
export { invitationOperations, invitePending } from './invitation.ts'
export type { InvitationDependencies } from './invitation.ts'
