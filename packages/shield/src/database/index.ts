/**
 * Test copies of PostgreSQL databases without personal data. Apart from the rest of the shield, since it needs the driver.
 *
 * @module
 */
export { addressOf, addressVariables, nameOf } from './connect.ts'
export { copyIn, execute, type Filling } from './copy.ts'
export { copyDatabase, type CopyOptions, type CopyOutcome } from './copy-database.ts'
export { profileDatabase } from './profile-database.ts'
