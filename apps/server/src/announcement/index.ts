/**
 * Announcement: what customers are told under their agreements, when it reached them, and what they said to it.
 *
 * - A publication that promises less than what a customer was told last is noted with it, in one transaction; who is to be told is found
 *   by the comparison of editions, as a customer may read them.
 * - Each customer has the days of their own agreement to object, from the day on which it was sent.
 * - A letter goes out at most once: that it is on its way is written down before; one that was interrupted is “lost”, and a person decides.
 * - Without a mail server or an address a notice waits for a person, who tells the customer and records the day.
 * - Silence agrees to an edition only where the agreement says so.
 *
 * Sources: Art. 28(2) and (3) GDPR; EDPB Guidelines 07/2020 no. 128 and 151 (changes, time to object).
 */
export { attendNotices } from './attend.ts'
export { publicationNoter } from './note.ts'
export { sendNotices } from './letters.ts'
export { announcementOperations } from './operations.ts'
export type { AnnouncementDependencies } from './operations.ts'
export { noticeQueue } from './queue.ts'
export type { NoticeJob } from './queue.ts'
