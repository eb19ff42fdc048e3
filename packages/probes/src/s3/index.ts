/**
 * What every storage that speaks like Amazon S3 demands of whoever asks, and how it answers: the signature of a request (AWS Signature
 * Version 4) and the plain XML of an answer. Pure: no connection, no state, no clock of its own.
 *
 * Beside the connector that looks at buckets, the server's own object stores use it.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export { authorizationOf, canonicalQuery, encode, stampOf } from './signature.ts'
export type { Signer } from './signature.ts'
export { allOf, parseXml, textAt } from './xml.ts'
export type { Element } from './xml.ts'
