/**
 * Subscription: whoever follows a tenant's public page by mail.
 *
 * - Nobody is written to who did not confirm by a link in their own mailbox (double opt-in); the link works once, for days.
 * - The page answers everybody the same, known or not; how often links are sent is bounded by network, page and address.
 * - Each letter holds the link that ends it and erases the address; programs for mail can use it in one click.
 * - What is told is decided with the publication, in one transaction; sent at least once, with one id, in batches.
 * - Letters say what the public page says, and nothing else.
 *
 * Sources: Art. 6(1)(a), 7(3) GDPR; RFC 8058 (one-click unsubscribe); docs/decisions 34.
 */
export { sendConfirmation, sendToSubscribers } from './letters.ts'
export { editionNoter, noteLapses } from './notice.ts'
export { subscriberOperations } from './operations.ts'
export { confirmQueue, lapseQueue, lapseTime, letterQueue as subscriberLetterQueue } from './queues.ts'
export type { ConfirmJob, LetterJob as SubscriberLetterJob } from './queues.ts'
export { openSubscribing } from './subscribing.ts'
export { Wish } from './wish.ts'
export type { Subscribing } from './subscribing.ts'
