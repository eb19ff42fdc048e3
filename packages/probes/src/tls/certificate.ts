import { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import { getCACertificates } from 'node:tls'
import type { TLSSocket } from 'node:tls'
import type { TlsFacts } from './facts.ts'

type CertificateFacts = TlsFacts['certificate']

/** Longest chain that is read; a hostile server may send an endless one. */
const chainLimit = 10

/** Reads the chain that the server sent. `undefined` where it sent none. */
export function readCertificate(
  socket: TLSSocket,
  host: string,
  trust: string | undefined,
): CertificateFacts | undefined {
  const leaf = socket.getPeerX509Certificate()
  if (leaf === undefined) return undefined
  const chain = walk(leaf)
  return {
    host,
    nameMatches: (isIP(host) === 0 ? leaf.checkHost(host) : leaf.checkIP(host)) !== undefined,
    chain: chain.map((certificate) => ({
      fingerprint256: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
      serial: certificate.serialNumber.toLowerCase(),
      issuer: certificate.issuer.replaceAll('\n', ', '),
      validFrom: certificate.validFromDate.toISOString(),
      validTo: certificate.validToDate.toISOString(),
      ...readKey(certificate),
      signatureAlgorithm: certificate.signatureAlgorithm ?? 'unknown',
      selfIssued: certificate.checkIssued(certificate),
    })),
    anchor: anchorOf(chain, trust),
    trustError: socket.authorized ? null : String(socket.authorizationError),
  }
}

function walk(leaf: X509Certificate): X509Certificate[] {
  const chain = [leaf]
  for (
    let next = leaf.issuerCertificate;
    next !== undefined && chain.length < chainLimit;
    next = next.issuerCertificate
  ) {
    const { fingerprint256 } = next
    if (chain.some((known) => known.fingerprint256 === fingerprint256)) break
    chain.push(next)
  }
  return chain
}

const curveBits: Readonly<Record<string, number>> = {
  prime256v1: 256,
  secp384r1: 384,
  secp521r1: 521,
  secp256k1: 256,
  secp224r1: 224,
  prime192v1: 192,
}
const fixedBits: Readonly<Record<string, number>> = { ed25519: 256, ed448: 448 }

function readKey(certificate: X509Certificate): { keyType: string; keyBits: number } {
  const { asymmetricKeyType: keyType = 'unknown', asymmetricKeyDetails: details } = certificate.publicKey
  return {
    keyType,
    keyBits: details?.modulusLength ?? curveBits[details?.namedCurve ?? ''] ?? fixedBits[keyType] ?? 0,
  }
}

function anchorOf(chain: readonly X509Certificate[], trust: string | undefined): CertificateFacts['anchor'] {
  const roots = trusted(trust)
  const last = chain.at(-1)
  if (last === undefined) return 'missing-intermediate'
  const known = chain.some((certificate) => roots.some((root) => root.fingerprint256 === certificate.fingerprint256))
  if (known || roots.some((root) => last.checkIssued(root) && last.verify(root.publicKey))) return 'trusted'
  if (!last.checkIssued(last)) return 'missing-intermediate'
  return chain.length === 1 ? 'self-signed' : 'unknown-root'
}

let publicRoots: readonly X509Certificate[] | undefined

function trusted(pem: string | undefined): readonly X509Certificate[] {
  publicRoots ??= getCACertificates('default').map((root) => new X509Certificate(root))
  const own = pem?.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  return [...publicRoots, ...own.map((root) => new X509Certificate(root))]
}
