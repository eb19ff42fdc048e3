import type { IncomingMessage, Server, ServerResponse } from 'node:http'
/** A real time-stamping authority, made with OpenSSL. */
export interface TestAuthority {
  /** The root certificate, as PEM. */
  readonly root: string
  /** The file with it. */
  readonly rootFile: string
  /** Answers a request as it is. */
  readonly reply: (request: Uint8Array) => Uint8Array
  readonly remove: () => void
}
/** What an authority is to be. */
export interface AuthorityWish {
  /** The extended key usage of its certificate. */
  readonly usage?: string
  /** From when to when its certificate is valid, as OpenSSL writes it; otherwise from now for a year. */
  readonly validity?: readonly [from: string, to: string]
  /** Between root and certificate. */
  readonly intermediate?: boolean
  readonly curve?: boolean
  readonly name?: string
}
/** Makes the certificates of an authority: a root, perhaps one between, and the one that stamps. */
export declare function makeAuthority({ usage, validity, intermediate, curve, name }?: AuthorityWish): TestAuthority
/** How a served authority answers; replaced by tests that want it to lie. */
export type Answering = (request: Uint8Array, response: ServerResponse, message: IncomingMessage) => void
/** Serves an authority by HTTP as RFC 3161 describes. */
export declare function serveAuthority(answer: () => Answering): Promise<{
  server: Server
  address: string
}>
