/**
 * The kiosk: the process of the role `portal`. It shows the public pages from published files, and takes in their forms.
 *
 * - It holds no connection to a database, no key and no secret: it refuses to start with one in its environment.
 * - What it reads is one folder, by hash and never by a path of a request; what it writes is sealed to a key that it does not have.
 * - Whoever takes it over can show false pages until that is seen, and read what is posted from then on; nothing of before.
 *
 * Sources: Art. 25(1), 32(1)(b) GDPR; NIST SP 800-207 (what faces everybody is trusted least).
 */
export { readKioskConfig } from './config.ts'
export type { KioskConfig } from './config.ts'
export { startKiosk } from './kiosk.ts'
export type { Kiosk } from './kiosk.ts'
