/**
 * What a process without a database may have of the platform: no driver of a database, no key of the installation, no setting
 * that names one.
 */
export { age } from './age.ts'
export { systemClock } from './clock.ts'
export { openLoopDelay } from './delay.ts'
export { hasBody, listen } from './listen.ts'
export { errorClass, openLog } from './log.ts'
export type { Log } from './log.ts'
export { putIntoIntake } from './published/intake.ts'
export { openPublishedReader } from './published/reader.ts'
export type { PublishedReader } from './published/reader.ts'
export { keysFor } from './published/shape.ts'
export type { Published, PublishedAnswer, PublishedPages } from './published/shape.ts'
