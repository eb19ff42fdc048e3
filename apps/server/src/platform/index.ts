/**
 * The platform: time, randomness, disk, keys and the database. Every effect of the server belongs here; other modules
 * receive them as arguments, and nothing happens at import.
 *
 * - Configuration is validated at start; an error names the key.
 * - Log lines carry a closed set of fields; there is none for a name, an address or free text.
 * - Secrets are sealed with AES-256-GCM at a named place; passwords are hashed with argon2id in a bounded queue.
 *
 * Sources: NIST SP 800-38D (GCM), RFC 9106 (argon2), OWASP Password Storage Cheat Sheet.
 */
export { acmeFailures, isMakeshift, openOwnAcme, prepareServed, readState as readAcmeState } from './acme/index.ts'
export type { AcmeTimes } from './acme/index.ts'
export { age, AgeError } from './age.ts'
export type { AgeIdentity, Bytes } from './age.ts'
export { archiveErrors, openArchive } from './archive.ts'
export type { Archive } from './archive.ts'
export { systemClock } from './clock.ts'
export type { Clock } from './clock.ts'
export { openPostgres } from './ahead.ts'
export type { BegunPostgres, OpenedPostgres } from './ahead.ts'
export { readConfig } from './config.ts'
export type { Config } from './config.ts'
export { ledgerCrypto, ledgerSigner, newLedgerKey } from './ledger-keys.ts'
export { openLoopDelay } from './delay.ts'
export { openMemoryRoom } from './memory.ts'
export type { MemoryRoom } from './memory.ts'
export { listen, usualPatience } from './listen.ts'
export type { Listener, Patience } from './listen.ts'
export { listenTls } from './listen-tls.ts'
export { errorClass, errorPlace, openLog } from './log.ts'
export type { Log } from './log.ts'
export { mailErrors, openMailer } from './mail.ts'
export type { Letter } from './letter.ts'
export type { Mailer } from './mail.ts'
export { drawPdf } from './drawing.ts'
export { askForBytes, askOutside } from './outward.ts'
export type { BytesAnswer, Question } from './outward.ts'
export type { Answer, Ask } from './outward.ts'
export { keyErrors, openMasterKey } from './master-key.ts'
export type { MasterKey } from './master-key.ts'
export { openPasswords } from './password.ts'
export type { PasswordCost, Passwords } from './password.ts'
export {
  connectExternal,
  databaseOutage,
  findPostgres,
  firstServer,
  hasCluster,
  isAway,
  isElsewhere,
  isSegment,
  layoutOf,
  layouts,
  lockFolder,
  nameIn,
  nextSegment,
  openDatabases,
  openEmptyServer,
  ownerRole,
  partsOf,
  recoverPostgres,
  removeHalfRestored,
  segmentBytes,
  startPostgres,
  withClient,
} from './postgres/index.ts'
export type {
  ClusterArchive,
  Connections,
  CopiedBase,
  CopiedTable,
  CopyIn,
  CopyOut,
  Credential,
  Databases,
  EmptyServer,
  Layout,
  Lying,
  PostgresServer,
  RunningPostgres,
  Scratch,
  Scratches,
  TenantDatabases,
} from './postgres/index.ts'
export { post } from './post.ts'
export type { PostOptions, Posted } from './post.ts'
export { openIntake } from './published/intake.ts'
export type { Intake } from './published/intake.ts'
export { keyOf, keysFor } from './published/shape.ts'
export type { Published, PublishedAnswer, PublishedPages, Variant } from './published/shape.ts'
export { openPublishedWriter } from './published/writer.ts'
export type { PublishedWriter } from './published/writer.ts'
export { openQueue } from './queue.ts'
export { allObjectErrors, isPassing, objectErrors, openObjectStore } from './objects/index.ts'
export type { ObjectReach, ObjectStore, StoredObject } from './objects/index.ts'
export { isLocalAddress } from './reach.ts'
export { readApart, readingErrors } from './reading.ts'
export { openScanner, scannerErrors } from './scanner.ts'
export type { Scanner } from './scanner.ts'
export { open, reseal, seal } from './seal.ts'
export type { KeyRing } from './seal.ts'
export { noHeads, openSignedHeads } from './signed-heads.ts'
export type { SignedHead, SignedHeads } from './signed-heads.ts'
export { openSpool } from './spool.ts'
export type { Spooled } from './spool.ts'
export { noTelemetry, openTelemetry } from './telemetry.ts'
export type { Telemetry } from './telemetry.ts'
export { packTar, TarError, unpackTar } from './tar.ts'
export type { TarFile } from './tar.ts'
export { fileBytes, openTarget, openStaging, slowed, targetOf, within } from './targets/index.ts'
export type { BackupSetting, Keep, Staging, Target } from './targets/index.ts'
export { answersWeb, worksOff } from './role.ts'
export type { ProcessRole } from './role.ts'
export { crewErrors, openAlone, openCrew } from './crew.ts'
export type { Crew } from './crew.ts'
export { openTxt } from './txt.ts'
export type { AskTxt } from './txt.ts'
export { typeset, typesetPaper, typesettingErrors } from './typesetter.ts'
export type { AuthoritySetting } from './stamping-authority.ts'
export type { WitnessSetting } from './witnesses.ts'
export { verifier } from './verifier.ts'
