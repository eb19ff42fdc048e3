import { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { forwardedCertificate, socketCertificate } from './client-certificate.ts'
import type { CertificateHeader } from './client-certificate.ts'
import { clientAddress, plainAddress } from './peer.ts'
import type { TrustedProxies } from './peer.ts'

/** What a request shows of who sends it. */
export interface Shown {
  readonly headers: Headers
  /** The address it comes from. */
  readonly peer: string
  /** The client certificate in DER, where its key was shown to be there. */
  readonly certificate: Uint8Array | null
}

/** What stands in front of the server. */
export interface Front {
  readonly proxies: TrustedProxies
  /** In which header a trusted proxy hands on the client's certificate; null: in none. */
  readonly certificateHeader: CertificateHeader | null
}

/** What a request shows: of what its headers say about others, only what a trusted proxy wrote. */
export function shownBy(headers: Headers, bindings: unknown, { proxies, certificateHeader }: Front): Shown {
  const socket = socketOf(bindings)
  const nearest = plainAddress(socket?.remoteAddress ?? '')
  // A proxy's own certificate is the proxy's: it never signs in whoever stands behind.
  const forwards = certificateHeader !== null && proxies.has(nearest)
  const certificate = forwards ? forwardedCertificate(headers, certificateHeader) : socketCertificate(socket)
  return { headers, peer: clientAddress(nearest, headers, proxies), certificate }
}

/** The connection, as Node's adapter hands it on; none where the server asks itself for a page. */
function socketOf(bindings: unknown): Socket | undefined {
  if (typeof bindings !== 'object' || bindings === null || !('incoming' in bindings)) return undefined
  return bindings.incoming instanceof IncomingMessage ? bindings.incoming.socket : undefined
}
