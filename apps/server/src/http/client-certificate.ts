import { X509Certificate } from 'node:crypto'
import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'

/** Headers in which proxies hand on the client's certificate: nginx (URL-encoded PEM), Traefik, RFC 9440. */
export const certificateHeaders = ['X-SSL-Client-Cert', 'X-Forwarded-Tls-Client-Cert', 'Client-Cert'] as const
export type CertificateHeader = (typeof certificateHeaders)[number]

/** The longest that is read: a chain of RSA-4096 certificates has a few kilobytes. */
const longest = 16_384

/** The certificate that the other end of this very connection has shown, in DER. */
export function socketCertificate(socket: Socket | undefined): Uint8Array | null {
  if (!(socket instanceof TLSSocket)) return null
  return socket.getPeerX509Certificate()?.raw ?? null
}

/**
 * The certificate that a proxy hands on. Attacker-controlled unless the proxy is trusted: that is for the caller to see to.
 *
 * @returns DER, or null for none and for what is no certificate
 */
export function forwardedCertificate(headers: Headers, header: CertificateHeader): Uint8Array | null {
  const value = headers.get(header)
  if (value === null || value === '' || value.length > longest) return null
  try {
    return new X509Certificate(readers[header](value)).raw
  } catch {
    // Not a certificate: nobody is signed in by it.
    return null
  }
}

const readers: Record<CertificateHeader, (value: string) => string | Uint8Array> = {
  // https://nginx.org/en/docs/http/ngx_http_ssl_module.html#var_ssl_client_escaped_cert
  'X-SSL-Client-Cert': (value) => decodeURIComponent(value),
  // https://doc.traefik.io/traefik/middlewares/http/passtlsclientcert/: base64 of the DER, the client's first of a chain
  'X-Forwarded-Tls-Client-Cert': (value) => Buffer.from(decodeURIComponent(value.split(',')[0] ?? ''), 'base64'),
  // RFC 9440, 2.1: a byte sequence of RFC 8941, base64 between colons
  'Client-Cert': (value) => Buffer.from(/^:([A-Za-z0-9+/=]*):$/.exec(value.trim())?.[1] ?? '', 'base64'),
}
