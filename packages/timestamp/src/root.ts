import { Certificate } from 'pkijs'
import { StampError } from './problem.ts'

/** A root certificate that somebody trusts. */
export interface Root {
  readonly certificate: Certificate
}

const block = /-----BEGIN CERTIFICATE-----\r?\n([A-Za-z0-9+/=\r\n]+?)\r?\n?-----END CERTIFICATE-----/g

/** Root certificates out of PEM. @throws {StampError} `untrusted` for none, or one that is not signed by itself */
export async function readRoots(pem: string): Promise<Root[]> {
  const roots = await Promise.all([...pem.matchAll(block)].map(([, base64 = '']) => rootOf(base64)))
  if (roots.length === 0) throw new StampError('untrusted', 'There is no certificate in PEM.')
  return roots
}

async function rootOf(base64: string): Promise<Root> {
  const certificate = certificateOf(base64)
  // Only what signs itself has no byte that nothing vouches for.
  const isRoot =
    certificate.issuer.isEqual(certificate.subject) && (await certificate.verify(certificate).catch(() => false))
  if (!isRoot) throw new StampError('untrusted', 'The certificate is no root: it is not signed by itself.')
  return { certificate }
}

function certificateOf(base64: string): Certificate {
  try {
    return Certificate.fromBER(Uint8Array.from(atob(base64.replaceAll(/\s/g, '')), (sign) => sign.charCodeAt(0)))
  } catch (cause) {
    throw new StampError('untrusted', 'The certificate cannot be read.', { cause })
  }
}

/** PEM in one spelling. */
export function formatRoot({ certificate }: Root): string {
  const der = certificateDer(certificate)
  const base64 = btoa(Array.from(der, (byte) => String.fromCharCode(byte)).join(''))
  return `-----BEGIN CERTIFICATE-----\n${base64.replaceAll(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n`
}

/** The bytes of a certificate: what is signed as it was, and the rest in its one spelling. */
export function certificateDer(certificate: Certificate): Uint8Array<ArrayBuffer> {
  // Stands there twice; only the inner one is signed.
  certificate.signatureAlgorithm = certificate.signature
  return new Uint8Array(certificate.toSchema().toBER())
}
