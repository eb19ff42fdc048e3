/**
 * Directory: people who come by the sign-in of their own organisation (OpenID Connect), and whom its directory brings and
 * removes (SCIM 2.0).
 *
 * - A provider belongs to one tenant; a session that it opened opens that tenant and no other.
 * - Somebody is the provider's stable id, never a mail address; existing accounts are connected by whoever is signed in.
 * - A directory governs its tenant's membership; an account's name only where it made the account and nobody else has it.
 *
 * Sources: OpenID Connect Core 1.0, RFC 9700 (OAuth security), RFC 9207, RFC 7643 and 7644; docs/decisions 16 and 17.
 */
export { openSignInAttempts } from './attempt.ts'
export { openDomains } from './domain.ts'
export { openOpenId } from './openid.ts'
export { directoryOperations, redirectPath } from './operations.ts'
export type { DirectoryDependencies } from './operations.ts'
export { openScim } from './scim/scim.ts'
export type { Scim } from './scim/scim.ts'
export { openSignIn } from './sign-in.ts'
export type { SignIn } from './sign-in.ts'
