/**
 * The profile: what a tenant says about itself on its public page beside its document. Where to report a weakness, and
 * which certificates others gave it.
 *
 * - Nothing here is proven by art32, and the page says so; an expired certificate is shown as expired, never hidden.
 * - Each change is a fact with who, when and why in the ledger.
 *
 * Sources: RFC 9116 (security.txt); Art. 28(5), 32(3) and 42 GDPR (certificates as an element to show compliance).
 */
export { profileOperations } from './operations.ts'
export { findProfile, securityTxt } from './profile.ts'
export type { Profile } from './profile.ts'
