import { isIP } from 'node:net'
import { join } from 'node:path'

/** How art32 gets its own certificate. */
export interface AcmeSetting {
  /** Where the authority says what it offers. */
  readonly directory: string
  /** The one name of the certificate: the host of the installation's address. */
  readonly name: string
  /** Whom the authority may write to; null: nobody. */
  readonly contact: string | null
  /** A customer number at the authority, where it needs one (RFC 8555 §7.3.4). */
  readonly binding: { readonly id: string; readonly secret: string } | null
  /** Who vouches for the authority's own server, PEM; null: those whom Node.js trusts. */
  readonly authorityFile: string | null
  /** Where keys, certificate and state lie. */
  readonly folder: string
}

/** Let's Encrypt. */
export const usualDirectory = 'https://acme-v02.api.letsencrypt.org/directory'

/**
 * The name that a certificate can be had for.
 *
 * @param publicUrl the address of the installation
 * @returns null where it is not https, an address instead of a name, or a name without a dot
 */
export function nameOf(publicUrl: string | undefined): string | null {
  if (publicUrl === undefined) return null
  const { protocol, hostname } = new URL(publicUrl)
  const isName = isIP(hostname.replace(/^\[|\]$/g, '')) === 0 && /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(hostname)
  return protocol === 'https:' && isName ? hostname : null
}

/** The file that is served: the key and the chain in one, so that no crash leaves one without the other. */
export const servedFile = (folder: string) => join(folder, 'served.pem')
