import { X509Certificate, createPrivateKey, createPublicKey, webcrypto } from 'node:crypto'
import { createSecureContext } from 'node:tls'
import { AcmeFailure } from './failure.ts'

const day = 86_400_000
/** More than that no chain has. */
const mostCertificates = 10

/**
 * Judges what an authority gave before it takes the place of anything: the name, the key, the days, and that each
 * certificate was signed by the next one. Whether browsers trust the last one is not known here.
 *
 * @returns the chain in PEM, each certificate written anew, so that nothing else that was in the answer is kept
 * @throws {AcmeFailure} certificate
 */
export function judgeChain(pem: string, wanted: { name: string; key: string; now: Date }): string {
  try {
    const chain = (pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []).map(
      (one) => new X509Certificate(one),
    )
    const [leaf] = chain
    if (!leaf || chain.length > mostCertificates || !isFit(leaf, wanted) || !chain.every(isSignedByNext))
      throw new AcmeFailure('certificate')
    const text = chain.map((one) => one.toString()).join('')
    createSecureContext({ cert: text, key: wanted.key })
    return text
  } catch (cause) {
    throw cause instanceof AcmeFailure ? cause : new AcmeFailure('certificate', { cause })
  }
}

function isFit(leaf: X509Certificate, { name, key, now }: { name: string; key: string; now: Date }): boolean {
  const from = leaf.validFromDate.getTime()
  const until = leaf.validToDate.getTime()
  return (
    !leaf.ca &&
    leaf.checkHost(name, { subject: 'never' }) !== undefined &&
    leaf.checkPrivateKey(createPrivateKey(key)) &&
    // A clock that is a few minutes slow here.
    from <= now.getTime() + 600_000 &&
    until > now.getTime()
  )
}

function isSignedByNext(one: X509Certificate, index: number, chain: readonly X509Certificate[]): boolean {
  const next = chain[index + 1]
  return next === undefined || (one.checkIssued(next) && one.verify(next.publicKey))
}

/** Whether a certificate is of our own hand: something to speak TLS with until there is a real one. */
export function isMakeshift(certificate: X509Certificate): boolean {
  return certificate.checkIssued(certificate)
}

/**
 * A certificate that signs itself, for 90 days: the server speaks TLS from its first moment on, and nobody takes it for a real one.
 *
 * @param key in PEM
 * @returns PEM
 */
export async function makeshift(name: string, key: string, now: Date): Promise<string> {
  const { X509CertificateGenerator, SubjectAlternativeNameExtension } = await import('@peculiar/x509')
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  const pair = {
    privateKey: await webcrypto.subtle.importKey('pkcs8', derOf(key), algorithm, true, ['sign']),
    publicKey: await webcrypto.subtle.importKey(
      'spki',
      createPublicKey(key).export({ type: 'spki', format: 'der' }),
      algorithm,
      true,
      ['verify'],
    ),
  }
  const made = await X509CertificateGenerator.createSelfSigned(
    {
      name: 'CN=art32 without a certificate yet',
      notBefore: new Date(now.getTime() - 3_600_000),
      notAfter: new Date(now.getTime() + 90 * day),
      signingAlgorithm: algorithm,
      keys: pair,
      extensions: [new SubjectAlternativeNameExtension([{ type: 'dns', value: name }])],
    },
    webcrypto,
  )
  return `${made.toString('pem')}\n`
}

const derOf = (key: string) => createPrivateKey(key).export({ type: 'pkcs8', format: 'der' })

/**
 * How an authority knows a certificate when it is asked when to renew it.
 *
 * @returns null where the certificate does not name the key of its authority
 * @source RFC 9773 §4.1
 */
export async function hintId(certificate: X509Certificate): Promise<string | null> {
  const { X509Certificate: Parsed, AuthorityKeyIdentifierExtension } = await import('@peculiar/x509')
  const parsed = new Parsed(new Uint8Array(certificate.raw))
  const { keyId } = parsed.getExtension(AuthorityKeyIdentifierExtension) ?? {}
  if (keyId === undefined) return null
  const part = (hex: string) => Buffer.from(hex, 'hex').toString('base64url')
  return `${part(keyId)}.${part(parsed.serialNumber)}`
}
