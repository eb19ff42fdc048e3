/**
 * Notification: telling people by mail and programs by webhook what happened in a tenant.
 *
 * - Who is told of what is decided in the transaction of what happened; it is delivered at least once, with one id.
 * - Quiet by default: a weekly letter of new findings to owners and editors; at once what stops art32 from working, and new incidents of platforms.
 * - Letters hold counts and no content; webhooks hold random ids. Whoever reads more signs in.
 * - A webhook reaches no address of this machine; its secret is sealed and shown once.
 *
 * Sources: Standard Webhooks 1.0, RFC 8058 (one-click unsubscribe), OWASP SSRF Prevention Cheat Sheet, Art. 25(2) GDPR.
 */
export { announcer } from './announce.ts'
export { choiceOperations, openChoices } from './choice.ts'
export type { Choices } from './choice.ts'
export { deliver, webhookQueue } from './deliver.ts'
export type { DeliveryJob } from './deliver.ts'
export { failureOf, isForGood, isServerAway, letterQueue, sendLetters } from './letters.ts'
export type { LetterJob } from './letters.ts'
export { mailOperations } from './mail.ts'
export type { MailDependencies } from './mail.ts'
export { webhookOperations } from './webhook.ts'
