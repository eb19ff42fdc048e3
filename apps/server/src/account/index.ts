/**
 * Accounts: the people who sign in, and the first owner's one-time link.
 *
 * - better-auth keeps accounts, sessions and tokens; its tables are a frozen migration.
 * - Passwords are hashed with argon2id; reset and set-up tokens are stored hashed, work once, and run out.
 * - A TLS client certificate is known by the hash of all of it; removing it revokes it.
 * - A second factor is an authenticator app with recovery codes, or a passkey; a session knows what it has shown.
 * - Attempts are counted in the control database under keyed hashes; a device that signed in before has counts of its own.
 * - What an account may do lies in each tenant, not here.
 *
 * Sources: OWASP ASVS 5.0 V6, V7; NIST SP 800-63B-4; RFC 6238; WebAuthn level 3.
 */
export type { Account, Accounts, Means, SignedIn } from './account.ts'
export { leastPasswordLength, linkLimits, openAccounts } from './account.ts'
export { openAttempts } from './attempts.ts'
export type { Attempts } from './attempts.ts'
export { accountErrors } from './errors.ts'
export { factorOperations } from './factor-operations.ts'
export { accountOperations } from './operations.ts'
export type { AccountDependencies, CallerContext, OwnContext } from './operations.ts'
export { certificateOperations } from './certificate-operations.ts'
export { openCertificates } from './certificates.ts'
export type { Certificates } from './certificates.ts'
export { openRecovery } from './recovery.ts'
export type { Recovery } from './recovery.ts'
export { changeAs } from './transaction.ts'
