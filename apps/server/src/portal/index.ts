/**
 * The portal: what the public sees of a tenant, without an account and without JavaScript.
 *
 * - Shows the newest published edition; a draft only to whoever is signed in or sits at the machine.
 * - A feed of the editions, and pages by which readers subscribe to letters; looking at one changes nothing.
 * - At a domain of the tenant's own the same page, with its own addresses.
 * - Requests nothing from anybody else, sets no cookie, and shows no detail of a weakness that helps an attacker.
 *
 * Source: Art. 28(1), 28(3)(h) GDPR (the controller must be able to assess the guarantees).
 */
export { answerFollow } from './follow-page.ts'
export { advisoryPage } from './advisory-page.ts'
export { openPageCache } from './cache.ts'
export { trustPage } from './portal.ts'
export { linkPage, postedPage } from './posted.ts'
export { answerReport } from './report-page.ts'
export { readForm } from './form.ts'
export { verifyPage } from './verify-page.ts'
export type { Visitor } from './portal.ts'
export { logPage } from './log-page.ts'
