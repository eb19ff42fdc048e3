/**
 * Object stores: a bucket of Amazon S3 or of any storage that speaks like it (MinIO, Ceph, Garage, Cloudflare R2, Hetzner …).
 *
 * - Every request is signed with its body (AWS Signature Version 4); the secret never travels.
 * - A store is asked only where this installation allows it: by TLS, never the machine itself or its link, whatever name leads there.
 * - An object is there whole or not at all; a read that is cut off goes on where it was, with the same bytes or not at all.
 * - What a store answers is judged, not believed: sizes are bounded, its XML has no entities of its own, and its words go nowhere.
 * - Memory does not grow with an object: one part of it is held, 8 MiB up to 16 GiB of it.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/Welcome.html
 */
export type { StoredObject } from './about.ts'
export { allObjectErrors, isObjectError, isPassing, objectErrors } from './errors.ts'
export type { ObjectReach, ObjectStoreSettings } from './request.ts'
export { openObjectStore } from './store.ts'
export type { ObjectStore } from './store.ts'
