/**
 * Access: who may enter which tenant and do what there: tenants themselves, their members, invitations, tokens.
 *
 * - The role lies in the tenant's own database; the registry only knows that an account may open a tenant.
 * - The last owner stays; whoever is removed loses the sessions with the role, at once.
 * - A token works in one tenant, with at most what its person's role carries at that moment, and goes with the membership.
 * - Who runs the installation manages tenants and reads the content of none, unless an owner lets them in for a time.
 * - The authorisation concept is made from the permissions by which the server decides; nobody writes it.
 *
 * Sources: Art. 25(2), 32(1)(b), 32(4) GDPR; OWASP ASVS 5.0 V8.
 */
export { accessErrors } from './errors.ts'
export { manageOperations } from './manage.ts'
export type { InstallationContext, ManageDependencies } from './manage.ts'
export { tokenOperations } from './token.ts'
export type { TokenDependencies } from './token.ts'
export { tokenPattern } from './token-text.ts'
export { openTokens } from './tokens.ts'
export type { Tokens } from './tokens.ts'
export { invitationOperations, invitationQueue, invite, invitePending, sendInvitation } from './invitation.ts'
export type { InvitationDependencies, InvitationJob } from './invitation.ts'
export { changeRole, enter, leave, memberOperations } from './member.ts'
export type { LeaveDependencies, MemberDependencies } from './member.ts'
export { conceptOperations } from './concept.ts'
export type { ConceptDependencies } from './concept.ts'
export { endGrants, endQueue, grantOperations } from './grant.ts'
export type { EndJob, GrantDependencies } from './grant.ts'
export { permissionWords, standingWords } from './words.ts'
